// The page script: everything that runs in a page, in one file.

import "./checked.mjs";
import { startEmbedding } from "./embed.mjs";
import { engine } from "./engine.mjs";
import "./form.mjs";
import "./lot.mjs";
import "./link.mjs";
import "./search.mjs";
import { startTheme } from "./theme.mjs";
import "./word.mjs";

// For whoever embeds the calculators, and for the tests.
Object.assign(globalThis, { demarches: { engine } });

startEmbedding();
startTheme();
