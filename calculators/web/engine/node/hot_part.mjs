// Writes the hot part of a runtime: the same WebAssembly module, with the code that answers and nothing in place of the rest.
//
//     node hot_part.mjs '{"runtime": "…", "snapshot": "…", "build": "…", "info": {…}, "questions": "…", "sheets": "…", "target": "…"}'
//
// A module that notes which functions are called takes up the memory `snapshot`, as in the browser, and answers the page's
// `questions`, a JSON list of texts, by the page's own path: a text in, a text out. If `sheets` is named, their answers are
// asked again as files, and workbooks are read with what it holds. What was called is hot; the rest sets the global `$cold`
// and traps:
// calculators/web/js/engine/worker.mjs looks at it. Static data that what is hot cannot reach is emptied: see
// `static_data.mjs` and `sealed_data.mjs`. Beside the module,
// `hot.json` lists what is hot, and `emptied.json` the places in memory that were emptied. Two runs write the same bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COLD, TEXTS, readSnapshot } from "../../js/engine/snapshot.mjs";
import { counterOf, counting, emptied, trimmed } from "./module_parts.mjs";
import { resume } from "./resume.mjs";
import { sealed, sealing } from "./sealed_data.mjs";
import { unreached } from "./static_data.mjs";
import { train } from "./train.mjs";

/** @typedef {import("./resume.mjs").Engine & import("./train.mjs").Training & { target: string }} Job */

const WASM = "pyodide.asm.wasm";

/**
 * The words that Python begins with and that may be places in memory: those of texts are letters, and nothing of the stack is
 * left by then.
 *
 * @param {WebAssembly.Memory} memory
 */
function placesOf({ buffer }) {
  const words = new Uint32Array(buffer.slice(0));
  const { start, kinds, pieces } = readSnapshot(new Uint8Array(readFileSync(job.snapshot)).buffer, job.build);
  words.fill(0, Number(/** @type {WebAssembly.Global} */ (exports["__stack_low"]).value) / 4, start / 4);
  let at = start / 4;
  for (const kind of pieces) {
    const next = at + ((kinds[2 * kind] ?? 0) & ~7) / 4;
    if (kinds[2 * kind + 1] === TEXTS) {
      words.fill(0, at + 1, next);
    }
    at = next;
  }
  return words;
}

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

const whole = new Uint8Array(readFileSync(join(job.runtime, WASM)));

const { words: apart, code, texts } = sealed(whole);
const base = sealing(whole, apart);

const [python, { exports }] = await resume(job, counting(base));
const begun = placesOf(/** @type {WebAssembly.Memory} */ (exports["memory"]));
train(python, job);
const hot = new Set();
for (let index = 0; counterOf(index) in exports; index += 1) {
  if (/** @type {WebAssembly.Global} */ (exports[counterOf(index)]).value) {
    hot.add(index);
  }
}
const empty = [...unreached(base, hot, begun, texts), ...code];
writeFileSync(join(job.target, WASM), emptied(trimmed(base, hot, COLD), empty));
/**
 * @param {string} name
 * @param {unknown} list
 */
const note = (name, list) => writeFileSync(join(job.target, name), `${JSON.stringify(list)}\n`);
note("hot.json", [...hot]);
note("emptied.json", empty);
