// Starts Python under Node as the page's worker does: from the snapshot, on any module that has the runtime's layout. Two
// starts leave the same memory.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "pyodide";
import { beginWith, initialMemory, readSnapshot } from "../../js/engine/snapshot.mjs";
import { freezeSurroundings } from "./surroundings.mjs";

/**
 * @typedef {object} Engine
 * @property {string} runtime the folder of the whole runtime
 * @property {string} snapshot
 * @property {string} build the runtime that the snapshot is good for
 * @property {object} info what Pyodide's lock says of it
 * @property {string} empty a zip of nothing: the snapshot holds the library
 */

/**
 * @param {Engine} engine
 * @param {Uint8Array} module in place of the whole runtime's
 * @returns {Promise<[import("pyodide").PyodideAPI, WebAssembly.Instance]>}
 */
export async function resume({ runtime, snapshot, build, info, empty }, module) {
  freezeSurroundings();
  const { instantiate } = WebAssembly;
  /** @type {WebAssembly.Instance | undefined} */
  let instance;
  let initial = new Uint8Array();
  Object.assign(WebAssembly, {
    /** @param {Parameters<typeof instantiate>} given */
    async instantiate(...given) {
      // Pyodide has small modules of its own besides.
      const made = /** @type {any} */ (await instantiate(...given));
      if (!("__stack_low" in (made.instance?.exports ?? {}))) {
        return made;
      }
      const other = await instantiate(/** @type {BufferSource} */ (module), given[1]);
      instance = other.instance;
      initial = initialMemory(instance);
      return other;
    },
  });
  const { default: createPyodideModule } = await import(pathToFileURL(join(runtime, "pyodide.asm.mjs")).href);
  const { buffer } = new Uint8Array(readFileSync(snapshot));
  const python = await loadPyodide({
    indexURL: runtime,
    stdLibURL: empty,
    lockFileContents: JSON.stringify({ info, packages: {} }),
    packageBaseUrl: "./",
    ...beginWith(readSnapshot(buffer, build), createPyodideModule, () => initial),
  }).finally(() => Object.assign(WebAssembly, { instantiate }));
  if (!instance) {
    throw new Error("the runtime was not seen");
  }
  python.pyimport("calculators.web.page.resume").resume();
  return [python, instance];
}

/**
 * Runs a program of Python in names of its own, and gives these: nothing else in Python's memory knows them.
 *
 * @param {import("pyodide").PyodideAPI} python
 * @param {URL} file
 * @returns {import("pyodide/ffi").PyDict}
 */
export function aside(python, file) {
  const builtins = python.pyimport("builtins");
  const names = builtins.dict();
  builtins.exec(readFileSync(file, "utf-8"), names);
  builtins.destroy();
  return names;
}
