// How the script that writes .docx files (`word.mjs`) comes to the page: with the first file that is asked for.

import { engine } from "../engine/engine.mjs";
import { EngineError } from "../engine/error.mjs";
import { fetchFile, supply } from "../engine/parts.mjs";
import { el } from "../common/dom.mjs";

/** @typedef {(sheet: import("./word.mjs").Sheet) => Promise<Blob>} Writer */

/** @type {Promise<Writer> | undefined} */
let coming;
/** Whether what came was not that script: asked for again, nothing is taken from a cache. */
let failed = false;

/**
 * Gives what writes .docx files. One that failed can be asked for again.
 *
 * @returns {Promise<Writer>}
 */
export function wordWriter() {
  coming ??= load(engine.address(ENGINE.word)).catch((error) => {
    coming = undefined;
    failed = true;
    throw error;
  });
  return coming;
}

/**
 * A script and no module: those that stand in a folder, opened as a file, are refused.
 *
 * @param {string} address
 * @returns {Promise<Writer>}
 */
async function load(address) {
  if (failed && !supply.carried) {
    await (await fetchFile(address, { cache: "reload" })).arrayBuffer();
  }
  // A file has no hash that the browser would check.
  const script = el("script", supply.carried ? {} : { integrity: ENGINE.word_integrity });
  script.src = address;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new EngineError("offline", `${address}: the script did not come`));
    document.head.append(script);
  }).finally(() => script.remove());
  if (!globalThis.demarchesWord) {
    throw new EngineError("damaged", `${address}: not the script that was built`);
  }
  return globalThis.demarchesWord;
}
