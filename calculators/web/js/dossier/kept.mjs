// The dossiers that the reader asks to keep on this device, and their list.

import { el } from "../common/dom.mjs";
import { button, twice } from "./buttons.mjs";
import { eraseHere, hold, keepHere, keptHere, keptText, nameOf } from "./store.mjs";
import { CHANGED_ELSEWHERE, KEPT, NOT_KEPT, RELEASED } from "./words.mjs";

/** @typedef {import("./store.mjs").Held} Held */
/**
 * @typedef {object} Acts what the reader does with them
 * @property {(id: string) => unknown} open
 * @property {(id: string) => unknown} erase
 * @property {() => unknown} eraseAll
 * @property {(words: string) => void} say
 */

/**
 * Keeps the dossier of the tab on this device, or does so no more.
 *
 * @param {Held} one
 * @param {boolean} wanted
 * @returns {{ kept: boolean, told: string }} whether it is there now, and what the reader is told
 */
export function keepOrRelease({ id, texte }, wanted) {
  if (!wanted) {
    hold({ id: "", texte });
    if (![texte, undefined].includes(keptText(id))) {
      return { kept: false, told: CHANGED_ELSEWHERE }; // what another tab added is not erased unseen
    }
    eraseHere((one) => one === id);
    return { kept: false, told: RELEASED };
  }
  const one = keepHere(texte);
  if (one) {
    hold(one, one);
  }
  return { kept: Boolean(one), told: one ? KEPT : NOT_KEPT };
}

/**
 * @param {string | undefined} current the one that is open
 * @param {Acts} acts
 * @returns {HTMLElement[]} nothing when none is kept
 */
export function keptList(current, { open, erase, eraseAll, say }) {
  const kept = keptHere();
  if (!kept.length) {
    return [];
  }
  const items = kept.map(({ id, texte }) => {
    const name = nameOf(texte);
    const unseen = () => el("span", { class: "hors-ecran" }, ` : ${name}`);
    const opening = button("Ouvrir", () => open(id), unseen());
    const erasing = twice("Effacer", () => erase(id), say, unseen());
    const words = el("strong", {}, name);
    return el("li", {}, words, ...(id === current ? [" (ouvert)"] : [" ", opening]), " ", erasing);
  });
  const title = el("p", {}, el("strong", {}, kept.length > 1 ? `${kept.length} dossiers gardés ici` : "1 dossier gardé ici"));
  return [title, el("ul", {}, ...items), twice("Tout effacer", eraseAll, say)];
}
