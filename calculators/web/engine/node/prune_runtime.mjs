// Takes out of Pyodide's runtime what nothing here can reach.
//
//     node prune_runtime.mjs '{"runtime": "…", "programs": ["…"], "target": "…"}'
//
// Pyodide exports every function of CPython, for extension modules to be linked with; no calculator loads any. An export
// of pyodide.asm.wasm stays when a program names it: what pyodide.asm.mjs does besides receiving the exports, or one of
// `programs`. The others go, with what only they led to. Both files are read in the folder `runtime` and written in
// `target`; two runs write the same bytes. A runtime laid out otherwise, or a name that is missing in the end, fails.
//
// Pyodide is distributed under the MPL-2.0: this program is the whole of what is changed in it.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import binaryen from "binaryen";

/** @typedef {{ runtime: string, programs: string[], target: string }} Job */

const WASM = "pyodide.asm.wasm";
const GLUE = "pyodide.asm.mjs";

/** What a minified worker still says of its origin. */
const NOTICE = "/*! Pyodide's pyodide.asm.mjs (MPL-2.0), changed by calculators/web/engine/node/prune_runtime.mjs */\n";

/** What this version of Pyodide is compiled for. Named one by one: with all of them, what is written does not load. */
const FEATURES = /** @type {const} */ ([
  "MutableGlobals",
  "NontrappingFPToInt",
  "BulkMemory",
  "BulkMemoryOpt",
  "SignExt",
  "ExceptionHandling",
  "ReferenceTypes",
]);

/** Where the glue receives the exports: the variables, then the function that gives each its value. */
const RECEIVING = /(?<=\bvar )(?<variables>[\w$,]+);function assignWasmExports\(wasmExports\)\{(?<body>[^{}]*)\}/;

/** One export received, for nothing but to be there. */
const RECEIVED = /^(?<variable>[\w$]+)=Module\["\k<variable>"\]=wasmExports\["(?<name>[\w$]+)"\](?:\.value>>>0)?$/;

/**
 * The glue asks for a name that only running it would tell; not so when it only puts `_` before one that is written in full
 * elsewhere.
 */
const COMPUTED = /\b(?:Module|wasmExports)\[(?!"[\w$]+"\]|"_"\+[\w$]+\]).{0,40}/;

/**
 * @param {string} file
 * @param {string} what
 * @param {string} reason
 */
function fault(file, what, reason) {
  return new Error(`${file}: ${what}: ${reason}`);
}

/** @param {string} text */
function words(text) {
  return new Set(text.match(/[\w$]+/g));
}

/**
 * Tells whether a program names an export: as it is, or with the `_` that Emscripten puts before it.
 *
 * @param {string} name
 * @param {Set<string>} named
 */
function isNamed(name, named) {
  return named.has(name) || named.has(`_${name}`);
}

/**
 * Splits the glue at the place where it receives the exports.
 *
 * @param {string} glue
 */
function readGlue(glue) {
  const found = RECEIVING.exec(glue);
  if (!found?.groups) {
    throw fault(GLUE, "assignWasmExports", "the function that receives the exports is not where it was");
  }
  const { variables = "", body = "" } = found.groups;
  const received = body.split(";").map((statement) => {
    const { variable, name } = RECEIVED.exec(statement)?.groups ?? {};
    return { statement, variable, name };
  });
  const irregular = received.filter(({ name }) => !name).map(({ statement }) => statement);
  const own = new Set(received.map(({ variable }) => variable));
  const others = variables.split(",").filter((variable) => !own.has(variable));
  const before = glue.slice(0, found.index);
  const after = glue.slice(found.index + found[0].length);
  const [computed] = COMPUTED.exec(`${before}${irregular.join(";")};${after}`) ?? [];
  if (computed) {
    throw fault(GLUE, computed, "this name is computed, so what it needs cannot be known");
  }
  return { before, after, received, others, rest: [before, ...irregular, ...others, after].join(" ") };
}

/**
 * Writes the glue so that it receives no more than what is exported.
 *
 * @param {ReturnType<typeof readGlue>} read
 * @param {Set<string>} kept
 */
function writeGlue({ before, after, received, others }, kept) {
  const stay = received.filter(({ name }) => !name || kept.has(name));
  const variables = [...stay.flatMap(({ variable }) => variable ?? []), ...others].join(",");
  const body = stay.map(({ statement }) => statement).join(";");
  return `${NOTICE}${before}${variables};function assignWasmExports(wasmExports){${body}}${after}`;
}

/**
 * @param {Uint8Array} bytes
 * @returns {string[]}
 */
function exportsOf(bytes) {
  return WebAssembly.Module.exports(new WebAssembly.Module(/** @type {BufferSource} */ (bytes))).map(({ name }) => name);
}

/**
 * @param {Uint8Array} bytes
 * @param {Set<string>} kept the exports that stay
 */
function pruneWasm(bytes, kept) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(FEATURES.reduce((sum, name) => sum | binaryen.Features[name], Number(binaryen.Features.MVP)));
  for (const name of exportsOf(bytes)) {
    if (!kept.has(name)) {
      module.removeExport(name);
    }
  }
  module.runPasses(["remove-unused-module-elements"]);
  if (!module.validate()) {
    throw fault(WASM, FEATURES.join(", "), "these features of WebAssembly are not enough for this runtime");
  }
  return module.emitBinary();
}

/**
 * Throws when the pruned glue receives, or a program names, an export that was there and is there no longer.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @param {ReturnType<typeof readGlue>} glue
 * @param {Map<string, string>} programs
 */
function check(before, after, glue, programs) {
  const left = new Set(after);
  const lost = glue.received.find(({ name }) => name && !left.has(name));
  if (lost) {
    throw fault(GLUE, String(lost.name), `received there, but ${WASM} does not export it`);
  }
  const pruned = before.filter((name) => !left.has(name));
  for (const [file, text] of new Map([...programs, [GLUE, glue.rest]])) {
    const named = words(text);
    const missing = pruned.find((name) => isNamed(name, named));
    if (missing) {
      throw fault(file, missing, `named there, but ${WASM} no longer exports it`);
    }
  }
}

/** @param {Job} job */
function prune(job) {
  const programs = new Map(job.programs.map((file) => [basename(file), readFileSync(file, "utf-8")]));
  const wasm = readFileSync(join(job.runtime, WASM));
  const glue = readGlue(readFileSync(join(job.runtime, GLUE), "utf-8"));

  const exported = exportsOf(wasm);
  const named = words([glue.rest, ...programs.values()].join("\n"));
  const kept = new Set(exported.filter((name) => isNamed(name, named)));

  const prunedWasm = pruneWasm(wasm, kept);
  const prunedGlue = writeGlue(glue, kept);
  check(exported, exportsOf(prunedWasm), readGlue(prunedGlue), programs);
  writeFileSync(join(job.target, WASM), prunedWasm);
  writeFileSync(join(job.target, GLUE), prunedGlue);
}

try {
  prune(JSON.parse(process.argv[2] ?? "{}"));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
