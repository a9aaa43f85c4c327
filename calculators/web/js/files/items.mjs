// A file that the reader brought or had made: what is known of it, and what may become of it.

import { KEPT } from "./pdf.mjs";

/** @typedef {import("./checker.mjs").Report} Report */
/**
 * @typedef {object} Item
 * @property {File} file
 * @property {HTMLElement} place where what was found of it is shown
 * @property {Report} [report] what was found, once it was, for the place where the files go
 * @property {Report} [known] what was last found, be it for another place
 * @property {string} [failed] why nothing was found, when nothing is being looked for
 * @property {boolean} [stopped] the reader stopped before it was looked at
 * @property {Item[]} [of] what it was made of
 * @property {HTMLElement[]} [made] how it was made, to be seen
 * @property {Item} [instead] what was made of it, and goes in its place
 */

/** Kinds of image that a browser may draw, and why one is drawn anew. */
const IMAGES = new Set(["jpeg", "png", "heic", "avif", "webp", "gif", "bmp", "tiff"]);
const DRAWN_FOR = new Set([
  ...["trop-lourd", "poids-limite", "poids-inconnu", "image-tournee", "couleurs-imprimeur", "position", "double-nature"],
]);
/** The same, for an image that is not a JPEG already. */
const OTHER_THAN_JPEG = new Set(["format-refuse", "format-deconseille"]);
/** A phone has no memory to draw it. */
const HUGE = "image-immense";
/** Why a PDF is not put with others. */
const APART = new Set([...KEPT, HUGE]);

/**
 * Whether a file may be put with others in one PDF.
 *
 * @param {Item} item
 */
export function bindable({ known }) {
  const sheets = known && (known.type === "pdf" || IMAGES.has(known.type));
  return Boolean(sheets) && !known?.motifs.some(({ code }) => APART.has(code));
}

/**
 * Whether an image is better drawn anew.
 *
 * @param {Report} report
 */
export function drawable({ type, motifs }) {
  const mends = motifs.some(({ code }) => DRAWN_FOR.has(code) || (type !== "jpeg" && OTHER_THAN_JPEG.has(code)));
  return IMAGES.has(type) && mends && !motifs.some(({ code }) => code === HUGE);
}

/**
 * The files to deposit: those that nothing was made of, and that would not be refused.
 *
 * @param {Item[]} items
 */
export function deposited(items) {
  return items.filter(({ report, instead }) => report && !instead && report.verdict !== "serait_refuse");
}
