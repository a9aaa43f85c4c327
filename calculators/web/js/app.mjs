// The page script: everything that runs in a page, in one file.

import "./reading/trusted.mjs";
import "./reading/checked.mjs";
import { startEmbedding } from "./reading/embed.mjs";
import { engine } from "./engine/engine.mjs";
import "./form/form.mjs";
import "./form/narrow.mjs";
import { leadBack } from "./form/rewritten.mjs";
import "./files/files.mjs";
import "./lot/lot.mjs";
import "./pieces/attached.mjs";
import "./link/link.mjs";
import { offline } from "./offline/offline.mjs";
import "./offline/device.mjs";
import { rememberUnfolded } from "./reading/paper.mjs";
import "./reading/search.mjs";
import { startTheme } from "./reading/theme.mjs";
import "./reading/word.mjs";

// For whoever embeds the calculators, and for the tests.
Object.assign(globalThis, { demarches: { engine, offline } });

leadBack();
startEmbedding();
startTheme();
rememberUnfolded();
// A browser that cannot keep the site shows it all the same.
offline.visit().catch((error) => console.debug("hors connexion", error));
