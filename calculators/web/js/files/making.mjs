// What is made of files: an image drawn anew, one PDF of several, a zip of all with the list of it. Nothing of the page here
// but the pictures of an image.

import { el } from "../common/dom.mjs";
import { ask } from "./checker.mjs";
import { redraw } from "./photo.mjs";
import { figure, weight } from "./shown.mjs";

/** @typedef {import("./items.mjs").Item} Item */
/** @typedef {{ titre: string, note: string, items: Item[] }} Heading what was asked for, and the files tied to it */

const DRAWN = "Sans les données de l’appareil photo. Vérifiez que tout se lit avant de la déposer.";

/**
 * @param {Item} item an image
 * @param {number} limit bytes
 */
export async function redrawn({ file, known }, limit) {
  const { blob, shown, size } = await redraw(file, limit);
  const [before = el("canvas"), after = el("canvas")] = shown;
  const figures = [
    figure(before, `Avant : ${known?.dimensions?.join(" × ") ?? known?.type_en_clair}, ${weight(file.size)}`),
    figure(after, `Après : ${size}, ${weight(blob.size)}`),
  ];
  const name = (known?.nom_propose ?? "image").replace(/\.\w+$/, "") + "-allegee.jpg";
  return { blob, name, made: [el("div", { class: "fichiers-images" }, ...figures), el("p", {}, DRAWN)] };
}

/**
 * One PDF of files, several if it were too heavy.
 *
 * @param {{ item: Item, tour: number }[]} sheets
 * @param {number} limit bytes
 * @param {AbortSignal} signal
 * @returns {Promise<{ erreur?: string, rendus?: Blob[] }>} nothing when it was stopped
 */
export async function assembled(sheets, limit, signal) {
  const blobs = [];
  for (const { file, known } of sheets.map(({ item }) => item)) {
    blobs.push(known?.type === "pdf" ? file : (await redraw(file, limit)).blob);
    if (signal.aborted) {
      return {};
    }
  }
  const noms = sheets.map(({ item }) => item.file.name);
  return ask({ action: "assembler", noms, tours: sheets.map(({ tour }) => tour), limite: limit }, blobs);
}

/**
 * A zip of the files tied to what was asked for, and of the list of it all.
 *
 * @param {Heading[]} headings
 * @param {string} subject what they are for
 */
export async function packed(headings, subject) {
  const rubriques = headings.map(({ titre, note, items }) => ({
    titre,
    note,
    fichiers: items.map(({ file, known }) => ({
      nom: known?.nom_propose,
      type: known?.type,
      pages: known?.pages ?? null,
      taille: file.size,
    })),
  }));
  const files = headings.flatMap(({ items }) => items.map(({ file }) => file));
  const asked = { action: "emballer", titre: "Bordereau des pièces", objet: subject, rubriques };
  const { rendus = [] } = await ask(asked, files);
  return { zip: rendus[0], count: files.length };
}
