// Writes the hot part of a runtime: the same WebAssembly module, with the code that answers and nothing in place of the rest.
//
//     node hot_part.mjs '{"runtime": "…", "snapshot": "…", "build": "…", "info": {…}, "questions": "…", "sheets": "…", "target": "…"}'
//
// A module that notes which functions are called takes up the memory `snapshot`, as in the browser, and answers the page's
// `questions`, a JSON list of texts, by the page's own path: a text in, a text out. If `sheets` is named, their answers are
// asked again as files, and workbooks are read with what it holds. What was called is hot; the rest sets the global `$cold`
// and traps:
// calculators/web/js/engine/worker.mjs looks at it. Beside the module, `hot.json` lists what is hot. Two runs write the same
// bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COLD } from "../../js/engine/snapshot.mjs";
import { counterOf, counting, trimmed } from "./module_parts.mjs";
import { resume } from "./resume.mjs";

/** @typedef {import("./resume.mjs").Engine & { questions: string, sheets: string, target: string }} Job */

const WASM = "pyodide.asm.wasm";

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

const whole = new Uint8Array(readFileSync(join(job.runtime, WASM)));

/** Bytes of a text whose characters are bytes. @param {string} text */
const bytesOf = (text) => Buffer.from(text, "utf-8").toString("latin1");

/** A file as the programs that people have write it. @type {((text: string) => string)[]} */
const WRITTEN = [
  bytesOf,
  (text) => bytesOf(text.replaceAll(";", ",")),
  (text) => bytesOf(text.replaceAll(";", "\t").replaceAll("\r\n", "\n")),
  (text) => Buffer.from(text, "latin1").toString("latin1"),
  (text) => Buffer.from(`\ufeff${text}`, "utf16le").toString("latin1"),
  (text) => bytesOf(`sep=;\n${text}`),
  (text) => bytesOf(text.replace(";", ";;").slice(0, -20)),
  (text) => bytesOf(`${text}"`),
];

/** Bytes of a piece, fewer than the page's own so that more of them are joined. */
const PIECE = 3000;

/** Asks all that training asks. @param {import("pyodide").PyodideAPI} python */
function train(python) {
  /** @type {(request: string) => string} */
  const answer = python.pyimport("calculators.web.page.browser").answer;
  /** @param {string} request */
  const ask = (request) => {
    try {
      return JSON.parse(answer(request));
    } catch {
      return {}; // What fails does so on the hot part too.
    }
  };
  const answered = JSON.parse(readFileSync(job.questions, "utf-8")).map(ask);
  if (job.sheets) {
    askFiles(answered, ask);
    ask(JSON.stringify({ bibliotheque: readFileSync(job.sheets).toString("base64"), nom: "classeurs" }));
    python.pyimport("calculators.sheets.rehearsal").rehearse();
  }
}

/** @typedef {{ tableur?: string, resultat?: { calculateur: string }, attend?: boolean }} Reply */

/**
 * @param {Reply[]} answered
 * @param {(request: string) => Reply} ask
 */
function askFiles(answered, ask) {
  let numero = 0;
  /**
   * @param {string} calculateur
   * @param {string} file
   */
  const askFile = (calculateur, file) => {
    numero += 1;
    for (let at = 0; at < file.length; at += PIECE) {
      const fin = at + PIECE >= file.length;
      /** @type {Reply} */
      let reply = { attend: true };
      for (let octets = file.slice(at, at + PIECE), debut = at === 0; reply.attend; octets = "", debut = false) {
        reply = ask(JSON.stringify({ calculateur, aujourdhui: "2026-11-21", lot: { numero, octets, debut, fin } }));
      }
    }
  };
  /** @type {Map<string, string[]>} lines of files, by calculator */
  const tables = new Map();
  for (const { tableur, resultat } of answered) {
    if (tableur && resultat) {
      const found = tables.get(resultat.calculateur) ?? [];
      tables.set(resultat.calculateur, [...found, tableur]);
    }
  }
  for (const [calculateur, files] of tables) {
    files.slice(0, 40).forEach((file, index) => {
      // The same lines many times over: more than one call answers.
      const [head = "", ...lines] = file.split("\r\n");
      const longer = [head, ...new Array(index % 50 ? 2 : 120).fill(lines[0]), "", "x;y"].join("\r\n");
      askFile(calculateur, (WRITTEN[index % WRITTEN.length] ?? bytesOf)(longer));
    });
  }
}

const [python, { exports }] = await resume(job, counting(whole));
train(python);
const hot = new Set();
for (let index = 0; counterOf(index) in exports; index += 1) {
  if (/** @type {WebAssembly.Global} */ (exports[counterOf(index)]).value) {
    hot.add(index);
  }
}
writeFileSync(join(job.target, WASM), trimmed(whole, hot, COLD));
writeFileSync(join(job.target, "hot.json"), `${JSON.stringify([...hot])}\n`);
