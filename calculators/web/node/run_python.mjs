// Runs Python code inside Pyodide under Node.
//
//     node run_python.mjs '{"code": "…", "mounts": {"/work": "/host/folder"}, "options": {…}}'
//
// `options` go to loadPyodide as they are. Python's own output is printed; an exception ends the process with status 1.

import { loadPyodide } from "pyodide";

/** @typedef {{ code: string, mounts?: Record<string, string>, options?: Parameters<typeof loadPyodide>[0] }} Job */

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

const python = await loadPyodide({
  // Two runs of one job give the same bytes.
  env: { PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1", SOURCE_DATE_EPOCH: process.env["SOURCE_DATE_EPOCH"] ?? "0" },
  ...job.options,
});
for (const [inside, host] of Object.entries(job.mounts ?? {})) {
  python.FS.mkdirTree(inside);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: host }, inside);
}
try {
  python.runPython(job.code);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
process.exit(0);
