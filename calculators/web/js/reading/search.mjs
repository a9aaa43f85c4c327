// A table that a field narrows down to the rows that hold the words typed, or are known by them. Without it, the whole
// table stays.

import { zone } from "../common/dom.mjs";
import { forgiven, plain, slips } from "../search/words.mjs";

const NOTHING =
  "Aucune somme trouvée. Cela ne veut pas dire que la vôtre peut être prise\u00a0: essayez un autre mot, ou demandez à celui qui la verse.";

/**
 * A row of the table: what it says, or is known by.
 *
 * @typedef {{ row: HTMLElement, text: string }} Row
 */

/**
 * Whether a text holds a word, or one that `most` slips of typing make of it.
 *
 * @param {string} text
 * @param {string} word
 * @param {number} most
 */
function holds(text, word, most) {
  return text.includes(word) || (most > 0 && text.split(/[^\p{L}\p{N}]+/u).some((other) => slips(word, other, most) <= most));
}

class Search extends HTMLElement {
  connectedCallback() {
    const field = zone(this, "champ");
    field.hidden = false;
    field.querySelector("input")?.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement) {
        this.#show(plain(event.target.value).split(/\s+/u).filter(Boolean));
      }
    });
  }

  /** @param {string[]} words */
  #show(words) {
    const rows = this.#rows();
    const exact = rows.filter(({ text }) => words.every((word) => holds(text, word, 0)));
    const found = exact.length ? exact : rows.filter(({ text }) => words.every((word) => holds(text, word, forgiven(word))));
    for (const each of rows) each.row.hidden = !found.includes(each);
    const told = found.length > 1 ? `${found.length} sommes trouvées.` : "Une somme trouvée.";
    zone(this, "etat").textContent = words.length === 0 ? "" : found.length ? told : NOTHING;
  }

  /** @returns {Row[]} */
  #rows() {
    return [...this.querySelectorAll("tbody tr")].flatMap((row) => {
      if (!(row instanceof HTMLElement)) return [];
      const also = row.querySelector("[data-synonymes]")?.getAttribute("data-synonymes");
      return [{ row, text: plain(`${row.textContent} ${also ?? ""}`) }];
    });
  }
}

customElements.define("mode-emploi-recherche", Search);
