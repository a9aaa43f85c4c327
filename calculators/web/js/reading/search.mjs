// A table that a field narrows down to the rows that hold the words typed, or are known by them. Without it, the whole
// table stays.

import { zone } from "../common/dom.mjs";

const NOTHING =
  "Aucune somme trouvée. Cela ne veut pas dire que la vôtre peut être prise\u00a0: essayez un autre mot, ou demandez à celui qui la verse.";

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
        const also = row.querySelector("[data-synonymes]")?.getAttribute("data-synonymes");
        const text = plain(`${row.textContent} ${also ?? ""}`);
        row.hidden = !words.every((word) => text.includes(word));
        count += row.hidden ? 0 : 1;
      }
    }
    const found = count > 1 ? `${count} sommes trouvées.` : "Une somme trouvée.";
    zone(this, "etat").textContent = words.length === 0 ? "" : count ? found : NOTHING;
  }
}

customElements.define("mode-emploi-recherche", Search);
