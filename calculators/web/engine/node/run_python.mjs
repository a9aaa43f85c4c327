// Runs Python code inside Pyodide under Node.
//
//     node run_python.mjs '{"code": "…", "mounts": {"/job": "/host/folder"}, "options": {…}, "snapshot": {…}, "sealed": true}'
//
// `options` go to loadPyodide as they are: `indexURL` is the folder of another runtime than Pyodide's own. Python begins
// with the memory of `snapshot`, if given, as in the browser.
// With `sealed`, Python finds no object of Node's and no way to import one; Node's own permissions stand behind.
// Python's own output is printed; an exception ends the process with status 1. It ends by itself: `process.exit` now and
// then waits for ever, for a thread of the compiler that itself waits to collect garbage.

import { constants, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "pyodide";
import { beginWith, initialMemory, readSnapshot } from "../../js/engine/snapshot.mjs";

/** @typedef {NonNullable<Parameters<typeof loadPyodide>[0]>} Options */
/** @typedef {{ file: string, build: string }} Snapshot */
/** @typedef {{ code: string, mounts?: Record<string, string>, options?: Options, snapshot?: Snapshot, sealed?: boolean }} Job */

/** What leads from JavaScript to this computer or to the network; a console holds the streams of the process. */
const OUTSIDE = ["process", "console", "fetch", "WebSocket", "EventSource", "BroadcastChannel", "navigator"];

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

function seal() {
  for (const name of OUTSIDE) {
    Reflect.deleteProperty(globalThis, name);
  }
  registerHooks({
    resolve(specifier) {
      throw new Error(`sealed: no import of ${specifier}`);
    },
  });
}

/**
 * @param {Snapshot} snapshot
 * @returns {Promise<Options>}
 */
async function optionsFrom({ file, build }) {
  const { instantiate } = WebAssembly;
  /** @type {Uint8Array} */
  let initial;
  Object.assign(WebAssembly, {
    /** @param {Parameters<typeof instantiate>} given */
    async instantiate(...given) {
      const made = /** @type {any} */ (await instantiate(...given));
      if ("__stack_low" in (made.instance?.exports ?? {})) {
        initial = initialMemory(made.instance);
      }
      return made;
    },
  });
  const { buffer } = new Uint8Array(readFileSync(file));
  const { indexURL } = job.options ?? {};
  const glue = indexURL ? pathToFileURL(join(indexURL, "pyodide.asm.mjs")).href : "pyodide/pyodide.asm.mjs";
  const { default: createPyodideModule } = await import(glue);
  return beginWith(readSnapshot(buffer, build), createPyodideModule, () => initial);
}

if (job.sealed) {
  // All that Pyodide takes of it; Node's permissions refuse the rest.
  Object.assign(process, { binding: () => ({ fs: constants }) });
}
const python = await loadPyodide({
  env: {
    // Two runs of one job give the same bytes.
    PYTHONHASHSEED: "0",
    PYTHONDONTWRITEBYTECODE: "1",
    SOURCE_DATE_EPOCH: process.env["SOURCE_DATE_EPOCH"] ?? "0",
    // The columns that bytecode remembers of its source weigh a tenth of the snapshot; its lines are enough.
    PYTHONNODEBUGRANGES: "1",
  },
  ...job.options,
  ...(job.snapshot ? await optionsFrom(job.snapshot) : {}),
});
for (const [inside, host] of Object.entries(job.mounts ?? {})) {
  python.FS.mkdirTree(inside);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: host }, inside);
}
const node = process;
if (job.sealed) {
  seal();
}
try {
  python.runPython(job.code);
} catch (error) {
  node.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  node.exitCode = 1;
}
