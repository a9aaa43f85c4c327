// A table that a field narrows down to the rows that hold the words typed, or are known by them. Without it, the whole
// table stays.

import { zone } from "../common/dom.mjs";
import { narrowed } from "../search/words.mjs";

const NOTHING =
  "Aucune somme trouvée. Cela ne veut pas dire que la vôtre peut être prise\u00a0: essayez un autre mot, ou demandez à celui qui la verse.";

/**
 * A row of the table: what it says, or is known by.
 *
 * @typedef {{ row: HTMLElement, text: string }} Row
 */

class Search extends HTMLElement {
  connectedCallback() {
    const field = zone(this, "champ");
    field.hidden = false;
    field.querySelector("input")?.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement) {
        this.#show(event.target.value);
      }
    });
  }

  /** @param {string} typed */
  #show(typed) {
    const rows = this.#rows();
    const found = narrowed(rows, typed);
    for (const each of rows) each.row.hidden = !found.includes(each);
    const told = found.length > 1 ? `${found.length} sommes trouvées.` : "Une somme trouvée.";
    zone(this, "etat").textContent = typed.trim() === "" ? "" : found.length ? told : NOTHING;
  }

  /** @returns {Row[]} */
  #rows() {
    return [...this.querySelectorAll("tbody tr")].flatMap((row) => {
      if (!(row instanceof HTMLElement)) return [];
      const also = row.querySelector("[data-synonymes]")?.getAttribute("data-synonymes");
      return [{ row, text: `${row.textContent} ${also ?? ""}` }];
    });
  }
}

customElements.define("mode-emploi-recherche", Search);
