// Checks files one at a time, in a Python of its own: the one that answers the forms never sees a file, and what a file
// makes this one do ends with it.

import { textOf } from "../common/bytes.mjs";
import { download } from "../engine/download.mjs";
import { Engine, engine } from "../engine/engine.mjs";
import { EngineError } from "../engine/error.mjs";
import { greyOf, previewOf } from "./preview.mjs";

/** @typedef {{ titre: string, formats: string[], conseilles: string[], maximum: number | null, prudence: number }} Limits */
/** @typedef {{ code: string, gravite: "serait_refuse" | "a_verifier" | "a_savoir", message: string, remede: string }} Reason */
/**
 * @typedef {object} Report what Python says of a file: see calculators/files/words.py
 * @property {string} nom
 * @property {string} type
 * @property {string} type_en_clair
 * @property {number} taille
 * @property {number | null} pages
 * @property {[number, number] | null} dimensions
 * @property {"convient" | "a_verifier" | "serait_refuse"} verdict
 * @property {string} verdict_en_clair
 * @property {Reason[]} motifs
 * @property {string} nom_propose
 * @property {string} empreinte
 */
/**
 * @typedef {{ ok: boolean, manque?: "files" | "pdf", rendus?: Blob[], fichier?: Report, erreur?: string, numeros?: number[] }}
 *   Reply
 */
/** @typedef {Record<number, import("./preview.mjs").Preview>} Previews by the number of the page, 0 for an image */

/** Milliseconds that one file may take: two thousand pages do, on a phone. */
const PATIENCE = 60_000;
/** Points of an image that are decoded to look at it, and the side of the squares that are looked at. */
const MOST_POINTS = 50_000_000;
const TILE = 128;
/** What Python says of pages whose pictures only a browser draws. */
const UNSEEN = "images-non-regardees";
/** Squares looked at along a side, and those that are kept: where there is most to see. */
const [GRID, KEPT] = [6, 6];

/** What checks files, or reads PDFs, has not come. */
export class LibraryError extends Error {}

// The whole runtime at once: its hot part is that of the forms.
const checker = new Engine({ base: engine.address(""), files: { ...ENGINE, hot: "" }, callPatience: PATIENCE });

/** How often Python was ended; questions that wait for an answer, and what gives up those that wait for its start. */
let [rests, pending] = [0, 0];
/** @type {Set<() => void>} */
const waiting = new Set();

/** The reader wished so, or left the page. */
const stopped = () => new EngineError("stopped", "as asked");

/** Resolves when Python is ready; rejects at once when it is ended before. */
function started() {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(stopped());
    waiting.add(giveUp);
    checker
      .start()
      .then(resolve, reject)
      .finally(() => {
        waiting.delete(giveUp);
        if (!pending) {
          checker.stop();
        }
      });
  });
}

/**
 * Puts a question, unless Python was ended since `begun`.
 *
 * @param {number} begun
 * @param {object} question
 * @param {Blob[]} [files]
 * @returns {Promise<Reply>}
 */
async function put(begun, question, files) {
  if (rests === begun) {
    await started();
  }
  if (rests !== begun) {
    throw stopped();
  }
  return /** @type {Promise<Reply>} */ (checker.call(question, files));
}

/**
 * @param {"files" | "pdf"} what
 * @param {number} begun
 */
async function teach(what, begun) {
  const [file, hash] = what === "pdf" ? [ENGINE.pdf, ENGINE.pdf_integrity] : [ENGINE.files, ENGINE.files_integrity];
  const content = await download(checker.address(file), hash, () => undefined, {}).catch((error) => {
    console.debug("fichiers", error);
    throw new LibraryError(what);
  });
  await put(begun, { bibliotheque: btoa(textOf(new Uint8Array(content))), nom: what });
}

/**
 * Asks Python about files; gives it first what it says it lacks.
 *
 * @param {object} asked
 * @param {Blob[]} files
 * @returns {Promise<Reply>}
 */
export async function ask(asked, files) {
  const begun = rests;
  const given = new Set();
  pending += 1;
  try {
    for (;;) {
      const reply = await put(begun, { depot: asked }, files);
      if (!reply.manque) {
        return reply;
      }
      if (given.has(reply.manque)) {
        throw new LibraryError(reply.manque);
      }
      given.add(reply.manque);
      await teach(reply.manque, begun);
    }
  } finally {
    pending -= 1;
  }
}

/**
 * @param {Blob} file
 * @param {string} nom
 * @param {Limits} limites
 * @param {Record<string, string>} avant names of the files before it, by the hash of their content
 * @returns {Promise<Report>}
 */
export async function check(file, nom, limites, avant) {
  const begun = rests;
  const asked = { nom, limites, avant };
  const first = await report(file, asked);
  const seen = await drawn(file, first);
  if (rests !== begun) {
    throw stopped();
  }
  return seen ? report(file, { ...asked, ...seen }) : first;
}

/**
 * What only a browser sees of a file: its image, or its pages that are one; nothing when there is none, or none it can draw.
 *
 * @param {Blob} file
 * @param {Report} found
 */
async function drawn(file, { dimensions, motifs }) {
  if (motifs.some(({ code }) => code === UNSEEN)) {
    return { apercus: await pagesOf(file) };
  }
  const [width, height] = dimensions ?? [0, 0];
  return width && width * height <= MOST_POINTS ? look(file).catch(() => undefined) : undefined;
}

/**
 * @param {Blob} file
 * @param {object} asked
 */
async function report(file, asked) {
  const { fichier } = await ask({ action: "verifier", ...asked }, [file]);
  if (!fichier) {
    throw new Error("no report");
  }
  return fichier;
}

/**
 * The pages of a PDF that are one picture, drawn small one after the other; those that the browser cannot draw are left out.
 *
 * @param {Blob} file
 */
async function pagesOf(file) {
  const { rendus = [], numeros = [] } = await ask({ action: "images" }, [file]);
  /** @type {Previews} */
  const previews = {};
  for (const [at, page] of numeros.entries()) {
    const bitmap = await createImageBitmap(/** @type {Blob} */ (rendus[at])).catch(() => undefined);
    if (bitmap) {
      previews[page] = previewOf(bitmap);
      bitmap.close();
    }
  }
  return previews;
}

/**
 * An image made small, and some squares of it at its own scale, in grey, a character a byte.
 *
 * @param {Blob} file
 */
async function look(file) {
  const bitmap = await createImageBitmap(file);
  /** @type {Previews} */
  const apercus = { 0: previewOf(bitmap) };
  const tuiles = tilesOf(bitmap);
  bitmap.close();
  return { apercus, tuiles };
}

/** @param {ImageBitmap} bitmap */
function tilesOf(bitmap) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const tiles = [];
  for (let index = 0; pen && index < GRID * GRID; index += 1) {
    const x = ((bitmap.width - TILE) * (index % GRID)) / (GRID - 1);
    const y = ((bitmap.height - TILE) * Math.floor(index / GRID)) / (GRID - 1);
    pen.fillStyle = "white";
    pen.fillRect(0, 0, TILE, TILE);
    pen.drawImage(bitmap, Math.floor(x), Math.floor(y), TILE, TILE, 0, 0, TILE, TILE);
    const grey = greyOf(pen, TILE, TILE);
    let steps = 0;
    for (let at = 0; at < grey.length; at += 1) {
      steps += Math.abs((grey[at] ?? 0) - (grey[at - 1] ?? 0));
    }
    tiles.push({ grey, steps });
  }
  canvas.width = canvas.height = 0;
  tiles.sort((one, other) => other.steps - one.steps);
  return tiles.slice(0, KEPT).map(({ grey }) => textOf(grey));
}

/** Ends Python: what the files took of memory is given back. */
export function rest() {
  rests += 1;
  waiting.forEach((giveUp) => giveUp());
  checker.stop();
}
