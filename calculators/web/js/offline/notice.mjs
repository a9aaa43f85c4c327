// Tells the reader, without getting in the way, that a newer version of the site is there.

import { el } from "../common/dom.mjs";
import { unsaved } from "./unsaved.mjs";

const READY = "Une version plus récente de ce site est prête.";
const RESUMED = "Vos réponses en cours seront reprises.";
const FILE =
  "Avant de l’afficher, enregistrez le résultat de votre fichier\u00a0: sinon, vous devrez choisir ce fichier de nouveau. Vos autres réponses seront reprises.";

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
    const put = () => {
      said.textContent = `${READY} ${unsaved.any ? FILE : RESUMED}`;
    };
    later.addEventListener("click", () => {
      unsaved.removeEventListener("change", put);
      this.#shown?.remove();
    });
    this.#shown = el("section", { class: "mise-a-jour md-typeset", "aria-label": "Mise à jour du site" }, said, now, later);
    document.body.append(this.#shown);
    // A region is read aloud when its text comes after it.
    requestAnimationFrame(() => {
      put();
      unsaved.addEventListener("change", put);
    });
  }
}
