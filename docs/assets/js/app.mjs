// The page script: everything that runs in a page, in one file.

import "./checked.mjs";
import { startEmbedding } from "./embed.mjs";
import { engine } from "./engine.mjs";
import "./form.mjs";
import "./lot.mjs";
import "./link.mjs";
import { offline } from "./offline.mjs";
import "./offline/device.mjs";
import { rememberUnfolded } from "./paper.mjs";
import "./search.mjs";
import { startTheme } from "./theme.mjs";
import "./word.mjs";

// For whoever embeds the calculators, and for the tests.
Object.assign(globalThis, { demarches: { engine, offline } });

startEmbedding();
startTheme();
rememberUnfolded();
// A browser that cannot keep the site shows it all the same.
offline.visit().catch((error) => console.debug("hors connexion", error));
