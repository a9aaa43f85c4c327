// What the page says of a file that was looked at, and of several: their verdicts, in words and a sign.

import { el } from "../common/dom.mjs";
import { drawable } from "./items.mjs";

/** @typedef {import("./checker.mjs").Report} Report */
/** @typedef {import("./items.mjs").Item} Item */

/** What a verdict is shown with, besides its words. */
export const SIGNS = { convient: "✓", a_verifier: "!", serait_refuse: "✗" };

/** Of an image whose format is not wanted: the page makes a PDF of it, further down. */
const HERE = "Ou ici\u00a0: « En faire un seul PDF », plus bas.";

const AS_JPEG = "En faire une image JPEG plus légère";

const UNITS = /** @type {const} */ ([
  [1e6, "Mo"],
  [1e3, "ko"],
  [1, "octets"],
]);

/** @param {number} size in bytes */
export function weight(size) {
  const [unit, name] = UNITS.find(([least]) => size >= least) ?? [1, "octet"];
  return `${(size / unit).toLocaleString("fr-FR", { maximumFractionDigits: unit === 1e6 ? 1 : 0 })}\u00a0${name}`;
}

/**
 * A picture of what was drawn, with its measures.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} words
 */
export function figure(canvas, words) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words);
  return el("figure", {}, canvas, el("figcaption", {}, words));
}

/**
 * Shows what was found of a file.
 *
 * @param {HTMLElement} place
 * @param {Report} report
 * @param {HTMLElement[]} more
 */
export function show(place, report, more) {
  const { nom, verdict, verdict_en_clair, type_en_clair, taille, pages, dimensions, motifs, nom_propose } = report;
  const facts = [
    type_en_clair,
    weight(taille),
    ...(pages ? [`${pages}\u00a0page${pages > 1 ? "s" : ""}`] : []),
    ...(dimensions ? [`${dimensions.join("\u00a0×\u00a0")} points`] : []),
  ];
  const reasons = motifs.map(({ code, message, remede }) => {
    const here = dimensions && code.startsWith("format-") ? [" ", HERE] : [];
    return el("li", {}, el("strong", {}, message), " ", remede, ...here);
  });
  // Of an empty file, there is nothing to name.
  const name = nom === nom_propose || !taille ? [] : [el("p", { class: "fichier-propose" }, "Nom proposé\u00a0: ", el("code", {}, nom_propose))];
  place.replaceChildren(
    el("p", { class: "fichier-nom" }, nom),
    el(
      "p",
      { class: `fichier-verdict fichier-verdict--${verdict}` },
      el("span", { "aria-hidden": "true" }, SIGNS[verdict]),
      ` ${verdict_en_clair}`,
    ),
    el("p", { class: "fichier-faits" }, facts.join(", ")),
    ...(reasons.length ? [el("ul", {}, ...reasons)] : []),
    ...name,
    ...more,
  );
}

/**
 * What can be done with one file.
 *
 * @param {Item} item
 * @param {() => void} redraw makes an image of it, drawn anew
 * @param {() => void} remove takes it away
 * @param {() => void} check looks at it, if the reader stopped before
 */
export function gestures({ report, instead, file, stopped }, redraw, remove, check) {
  const place = el("p", { class: "fichiers-gestes" });
  if (stopped) {
    const checking = el("button", { type: "button", class: "md-button", "aria-label": `Vérifier ${file.name}` }, "Vérifier");
    checking.addEventListener("click", check);
    place.append(checking);
  }
  if (report && !instead && drawable(report)) {
    const drawing = el("button", { type: "button", class: "md-button", "aria-label": `${AS_JPEG} : ${file.name}` }, AS_JPEG);
    drawing.addEventListener("click", redraw);
    place.append(drawing);
  }
  const removing = el("button", { type: "button", class: "md-button", "aria-label": `Retirer ${file.name}` }, "Retirer");
  removing.addEventListener("click", remove);
  place.append(removing);
  return place;
}

/**
 * Why there is nothing to take away.
 *
 * @param {Item[]} items
 */
export function nothingToTake(items) {
  return `Aucun fichier à emporter\u00a0: ${items.some(({ stopped }) => stopped) ? "il en reste à vérifier pour cet endroit" : "tous seraient refusés"}.`;
}

/**
 * How many files were looked at, and what is to be done. One that another was made of is not counted among those to mend.
 *
 * @param {Item[]} items
 */
export function summary(items) {
  const kept = items.filter(({ instead }) => !instead);
  const refused = kept.filter(({ report }) => report?.verdict === "serait_refuse").length;
  const doubtful = kept.filter(({ report }) => report?.verdict === "a_verifier").length;
  const left = items.filter(({ stopped }) => stopped).length;
  const unread = items.filter(({ report, stopped }) => !report && !stopped).length;
  const counts = [
    refused && `${refused} ${refused > 1 ? "seraient refusés" : "serait refusé"}`,
    doubtful && `${doubtful} à vérifier`,
    unread && `${unread} ${unread > 1 ? "n’ont pas pu être lus" : "n’a pas pu être lu"}`,
    left && `${left} pas encore ${left > 1 ? "vérifiés" : "vérifié"}`,
  ].filter(Boolean);
  const number = items.length - unread - left;
  const files = `${number}\u00a0${number > 1 ? "fichiers vérifiés" : "fichier vérifié"}`;
  return `${files}\u00a0: ${counts.join(", ") || "rien à corriger"}.`;
}
