// Lists the functions of Python that training leads to.
//
//     node called.mjs '{"runtime": "…", "snapshot": "…", …, "questions": "…", "sheets": "…", "target": "…"}'
//
// Python begins with its whole memory, whose code has not run, and answers. Two runs write the same bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aside, resume } from "./resume.mjs";
import { train } from "./train.mjs";

/** @typedef {import("./resume.mjs").Engine & import("./train.mjs").Training & { target: string }} Job */

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

const [python] = await resume(job, new Uint8Array(readFileSync(join(job.runtime, "pyodide.asm.wasm"))));
train(python, job);
writeFileSync(job.target, `${aside(python, new URL("../in_memory.py", import.meta.url)).get("called")()}\n`);
