// Under an answer: what the reader does with it goes into the dossier that is open in this tab, with a word each time; when
// none is, the reader may begin one.

import { el } from "../common/dom.mjs";
import { SITE_ROOT } from "../common/root.mjs";
import { held, hold, nameOf, takeUp, withCase } from "./store.mjs";

/** @typedef {import("./store.mjs").Case} Case */

const BEGIN = "Mettre dans mon dossier";
const REFUSED = "Ce navigateur ne garde rien d’une page à l’autre : répondez plutôt dans « Mon dossier ».";
const IN_TAB = "Il reste dans cet onglet, sauf si vous le gardez.";

/**
 * @param {HTMLElement} section the answer, with what it is kept by
 * @param {Case} told
 * @param {string} subject the question that says what the form is about
 * @param {boolean} asked whether the reader has just asked for this answer
 */
export function offerDossier(section, told, subject, asked) {
  const place = section.querySelector(":scope > .calc-suites");
  const said = section.querySelector(":scope > p.calc-etat");
  if (!place || !said) {
    return;
  }
  const button = el("button", { type: "button", class: "md-button" }, BEGIN);
  const note = () => {
    takeUp();
    const { id, texte } = held() ?? { id: "", texte: "" };
    const next = withCase(texte, told, subject);
    if (hold({ id, texte: next })) {
      const page = `${SITE_ROOT}mon-dossier/${location.protocol === "file:" ? "index.html" : ""}`;
      const link = el("a", { class: "md-button", href: page }, "Voir mon dossier");
      button.replaceWith(link);
      if (!asked) {
        link.focus();
      }
      said.textContent = `Noté dans votre dossier «\u00a0${nameOf(next)}\u00a0». ${held()?.id ? "" : IN_TAB}`;
    } else {
      said.textContent = REFUSED;
    }
  };
  place.append(button);
  button.addEventListener("click", () => {
    asked = false;
    note();
  });
  if (asked && held()) {
    note();
  }
}
