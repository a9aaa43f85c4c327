// Checks files one at a time, in a Python of its own: the one that answers the forms never sees a file, and what a file
// makes this one do ends with it.

import { download } from "../engine/download.mjs";
import { Engine, engine } from "../engine/engine.mjs";

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
/** @typedef {{ ok: boolean, manque?: "files" | "pdf", rendus?: Blob[], fichier?: Report, erreur?: string }} Reply */

/** Milliseconds that one file may take: two thousand pages do, on a phone. */
const PATIENCE = 60_000;
/** Points of an image that are decoded to look at it, and the side of the squares that are looked at. */
const MOST_POINTS = 50_000_000;
const TILE = 128;
/** Squares looked at along a side, and those that are kept: where there is most to see. */
const [GRID, KEPT] = [6, 6];
/** Characters that a call of `String.fromCharCode` takes. */
const STRIP = 4096;

/** What checks files, or reads PDFs, has not come. */
export class LibraryError extends Error {}

// The whole runtime at once: its hot part is that of the forms.
const checker = new Engine({ base: engine.address(""), files: { ...ENGINE, hot: "" }, callPatience: PATIENCE });

/** @param {Uint8Array | Uint8ClampedArray} bytes */
function textOf(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += STRIP) {
    text += String.fromCharCode(...bytes.subarray(at, at + STRIP));
  }
  return text;
}

/** @param {"files" | "pdf"} what */
async function teach(what) {
  const [file, hash] = what === "pdf" ? [ENGINE.pdf, ENGINE.pdf_integrity] : [ENGINE.files, ENGINE.files_integrity];
  const content = await download(checker.address(file), hash, () => undefined, {}).catch((error) => {
    console.debug("fichiers", error);
    throw new LibraryError(what);
  });
  await checker.call({ bibliotheque: btoa(textOf(new Uint8Array(content))), nom: what });
}

/**
 * Asks Python about files; gives it first what it says it lacks.
 *
 * @param {object} asked
 * @param {Blob[]} files
 * @returns {Promise<Reply>}
 */
export async function ask(asked, files) {
  const given = new Set();
  for (;;) {
    const reply = /** @type {Reply} */ (await checker.call({ depot: asked }, files));
    if (!reply.manque) {
      return reply;
    }
    if (given.has(reply.manque)) {
      throw new LibraryError(reply.manque);
    }
    given.add(reply.manque);
    await teach(reply.manque);
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
  const first = await report(file, { nom, limites, avant });
  const [width, height] = first.dimensions ?? [0, 0];
  if (!width || width * height > MOST_POINTS) {
    return first;
  }
  const tuiles = await tilesOf(file).catch(() => undefined);
  return tuiles ? report(file, { nom, limites, avant, tuiles }) : first;
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
 * Some squares of an image, at its own scale and in grey, a character a byte.
 *
 * @param {Blob} file
 */
async function tilesOf(file) {
  const bitmap = await createImageBitmap(file);
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
    const { data } = pen.getImageData(0, 0, TILE, TILE);
    const grey = new Uint8Array(TILE * TILE);
    let steps = 0;
    for (let at = 0; at < grey.length; at += 1) {
      const [red = 0, green = 0, blue = 0] = data.subarray(4 * at, 4 * at + 3);
      grey[at] = (2 * red + 5 * green + blue) >> 3;
      steps += Math.abs((grey[at] ?? 0) - (grey[at - 1] ?? 0));
    }
    tiles.push({ grey, steps });
  }
  bitmap.close();
  canvas.width = canvas.height = 0;
  tiles.sort((one, other) => other.steps - one.steps);
  return tiles.slice(0, KEPT).map(({ grey }) => textOf(grey));
}

/** Ends Python: what the files took of memory is given back. */
export function rest() {
  checker.stop();
}
