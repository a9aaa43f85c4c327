// A table that a field narrows down to the rows that hold the words typed. Without it, the whole table stays.

import { zone } from "./calculator/dom.mjs";

/**
 * A text as one searches it: without accents nor capitals.
 *
 * @param {string} text
 */
function plain(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/\u2019/gu, "'").toLowerCase();
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
    let count = 0;
    for (const row of this.querySelectorAll("tbody tr")) {
      if (row instanceof HTMLElement) {
        const text = plain(row.textContent ?? "");
        row.hidden = !words.every((word) => text.includes(word));
        count += row.hidden ? 0 : 1;
      }
    }
    const plural = count > 1 ? "sommes trouvées" : "somme trouvée";
    zone(this, "etat").textContent = words.length > 0 ? `${count} ${plural}.` : "";
  }
}

customElements.define("mode-emploi-recherche", Search);
