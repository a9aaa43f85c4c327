// Tells the reader, without getting in the way, that a newer version of the site is there.

import { el } from "../calculator/dom.mjs";

const READY = "Une version plus récente de ce site est prête. Vos réponses en cours seront reprises.";

export class UpdateNotice {
  /** @type {() => void} */
  #agree;
  /** @type {HTMLElement | undefined} */
  #shown;

  /** @param {() => void} agree */
  constructor(agree) {
    this.#agree = agree;
  }

  /** Shows it, unless it is there or was put off. */
  show() {
    if (this.#shown) {
      return;
    }
    const said = el("p", { role: "status" });
    const what = el("span", { class: "hors-ecran" }, " la nouvelle version");
    const now = el("button", { type: "button", class: "md-button md-button--primary" }, "Afficher", what);
    const later = el("button", { type: "button", class: "md-button" }, "Plus tard");
    now.addEventListener("click", this.#agree);
    later.addEventListener("click", () => this.#shown?.remove());
    this.#shown = el("section", { class: "mise-a-jour md-typeset", "aria-label": "Mise à jour du site" }, said, now, later);
    document.body.append(this.#shown);
    // A region is read aloud when its text comes after it.
    requestAnimationFrame(() => {
      said.textContent = READY;
    });
  }
}
