// A long list of answers that a field narrows down to those that hold the words typed, or are known by them. Without it,
// the whole list stays.

import { zone } from "../common/dom.mjs";
import { narrowed } from "../search/words.mjs";

const NOTHING = "Aucun délai trouvé\u00a0: essayez un autre mot, ou effacez pour revoir toute la liste.";

/**
 * An answer of the list: what it says, its heading, and what it is known by.
 *
 * @typedef {{ option: HTMLOptionElement, text: string }} Entry
 */

class Narrow extends HTMLElement {
  connectedCallback() {
    const [field, list] = [this.querySelector("input"), this.#list];
    if (!field || !list) {
      return;
    }
    this.hidden = false;
    // What is typed here is no answer: the form is not to hear of it.
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      this.#show(field.value);
    });
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        list.focus();
      }
    });
    list.form?.addEventListener("reset", () => this.#show(""));
  }

  get #list() {
    const found = document.getElementById(this.dataset.liste ?? "");
    return found instanceof HTMLSelectElement ? found : undefined;
  }

  /** @param {string} typed */
  #show(typed) {
    const entries = this.#entries();
    const found = new Set(narrowed(entries, typed).map(({ option }) => option));
    for (const { option } of entries) {
      // Some browsers show what is hidden in a list: there it cannot be chosen. What was chosen stays.
      option.hidden = option.disabled = !found.has(option) && !option.selected;
    }
    for (const group of this.#list?.querySelectorAll("optgroup") ?? []) {
      group.hidden = !group.querySelector("option:not([hidden])");
    }
    const told = found.size > 1 ? `${found.size} délais trouvés, dans la liste ci-dessous.` : "Un délai trouvé, dans la liste ci-dessous.";
    zone(this, "trouves").textContent = typed.trim() === "" ? "" : found.size ? told : NOTHING;
  }

  /** @returns {Entry[]} */
  #entries() {
    return [...(this.#list?.options ?? [])]
      .filter((option) => option.value)
      .map((option) => {
        const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
        return { option, text: `${option.text} ${group} ${option.dataset.mots ?? ""}` };
      });
  }
}

customElements.define("mode-emploi-filtre", Narrow);
