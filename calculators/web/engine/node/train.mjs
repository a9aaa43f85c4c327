// Asks Python all that training asks: texts in, texts out, by the page's own path.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Training
 * @property {string} questions a JSON list of the page's questions
 * @property {string} sheets what reads workbooks; if it is named, the answers are asked again as files, and workbooks read
 */

/** Bytes of a text whose characters are bytes. @param {string} text */
const bytesOf = (text) => Buffer.from(text, "utf-8").toString("latin1");

/** A file as the programs that people have write it. @type {((text: string) => string)[]} */
const WRITTEN = [
  bytesOf,
  (text) => bytesOf(text.replaceAll(";", ",")),
  (text) => bytesOf(text.replaceAll(";", "\t").replaceAll("\r\n", "\n")),
  (text) => Buffer.from(text, "latin1").toString("latin1"),
  (text) => Buffer.from(`\ufeff${text}`, "utf16le").toString("latin1"),
  (text) => Buffer.from(text, "utf16le").toString("latin1"),
  (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16().toString("latin1"),
  (text) => Buffer.from(text, "utf16le").swap16().toString("latin1"),
  (text) => bytesOf(`sep=;\n${text}`),
  (text) => bytesOf(text.replace(";", ";;").slice(0, -20)),
  (text) => bytesOf(`${text}"`),
];

/** What cells hold that no question takes. */
const FAULTY = ["hier", "x", "12 50", "-1", "31/02/2026", "<b>é</b>"];

/** Bytes of a piece, fewer than the page's own so that more of them are joined; more, for many rows to be answered at once. */
const [PIECE, SHARED] = [3000, 20_000];

/**
 * After how many new things Python looks for those that nothing holds: in the page, after thousands, whatever it is doing then.
 * Here, often enough for it to meet all that there may be.
 */
const OFTEN = 50;

/**
 * @param {import("pyodide").PyodideAPI} python
 * @param {Training} job
 */
export function train(python, job) {
  python.pyimport("gc").set_threshold(OFTEN);
  /** @type {(request: string) => string} */
  const answer = python.pyimport("calculators.web.page.browser").answer;
  /** @param {string} request */
  const ask = (request) => {
    try {
      return JSON.parse(answer(request));
    } catch (error) {
      if (error instanceof python.ffi.PythonError) {
        return {}; // What fails does so on the hot part too.
      }
      throw error; // A runtime that broke down would answer nothing more, and teach nothing.
    }
  };
  const answered = JSON.parse(readFileSync(job.questions, "utf-8")).map(ask);
  if (job.sheets) {
    askFiles(answered, ask);
    ask(JSON.stringify({ bibliotheque: readFileSync(job.sheets).toString("base64"), nom: "classeurs" }));
    python.pyimport("calculators.sheets.rehearsal").rehearse();
  }
}

/**
 * @typedef {object} Reply
 * @property {string} [tableur]
 * @property {{ calculateur: string }} [resultat]
 * @property {boolean} [attend]
 * @property {string[][]} [rangs] rows that another Python may ask
 * @property {string[]} [colonnes]
 * @property {unknown[]} [reponses]
 */

/**
 * @param {Reply[]} answered
 * @param {(request: string) => Reply} ask
 */
function askFiles(answered, ask) {
  let numero = 0;
  /**
   * @param {string} calculateur
   * @param {string} file
   * @param {boolean} ensemble whether its rows are asked apart, as when two Pythons share them
   */
  const askFile = (calculateur, file, ensemble) => {
    numero += 1;
    const aujourdhui = "2026-11-21";
    const piece = ensemble ? SHARED : PIECE;
    for (let at = 0; at < file.length; at += piece) {
      const fin = at + piece >= file.length;
      /** @type {Reply} */
      let reply = { attend: true };
      for (let octets = file.slice(at, at + piece), debut = at === 0; reply.attend; octets = "", debut = false) {
        const { rangs, colonnes } = reply;
        const { reponses } = rangs ? ask(JSON.stringify({ calculateur, aujourdhui, colonnes, rangs })) : { reponses: [] };
        reply = ask(JSON.stringify({ calculateur, aujourdhui, lot: { numero, octets, debut, fin, ensemble, reponses } }));
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
      const faulty = FAULTY.map((cell) => head.split(";").map(() => cell).join(";"));
      const longer = [head, ...new Array(index % 50 ? 2 : 120).fill(lines[0]), "", "x;y", ...faulty].join("\r\n");
      askFile(calculateur, (WRITTEN[index % WRITTEN.length] ?? bytesOf)(longer), index % 3 === 0);
    });
  }
}
