// The letter of an answer, alive: each part is changed in place, the blanks that are left are counted, and the letter is
// printed, copied or taken away as a file. Nothing of it is kept: it goes with the page.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { copy, save } from "../answer/share.mjs";
import { engine } from "../engine/engine.mjs";
import { wordWriter } from "./writer.mjs";

/** A blank, as `calculators/letters/words/letter.py` writes one. */
const BLANK = /\[… ([^\]\n]*) …\]/g;
const HELP = "Touchez un paragraphe pour le changer. Vos changements se perdent si vous demandez de nouveau le courrier.";
const NO_BLANK = "Il ne reste aucun blanc : relisez, puis signez.";
const AGAIN = "Il reste des blancs, dans la liste plus haut. Remplissez-les, ou choisissez de nouveau « Imprimer » pour les remplir à la main.";
const COPIED = "Courrier copié.";
const COPY_BY_HAND = "Le texte est sélectionné : copiez-le avec Ctrl + C, ou par un appui long.";
const WRITING = "Le fichier se prépare…";
const SAVED =
  "Fichier enregistré sur votre appareil. Il contient vos réponses. Sa dernière page est à garder : ne l’envoyez pas.";
const NOT_SAVED = "Le fichier n’a pas pu être fait. Réessayez, copiez le courrier, ou imprimez-le.";
const RESTORED = "Le texte d’origine est revenu.";
/** On the root while a letter is shown: paper holds the letter alone. */
const PRINTED = "courrier-imprime";

/** @typedef {{ partie: string, texte: string, lignes: string[][] }} Part */

/**
 * Brings the letter that was just shown to life, if the answer is one.
 *
 * @param {HTMLElement} section
 */
export function offerLetter(section) {
  const letter = section.querySelector("[data-zone=courrier]");
  document.documentElement.classList.toggle(PRINTED, letter !== null);
  if (letter instanceof HTMLElement) {
    new Letter(letter).start();
  }
}

class Letter {
  /** @type {HTMLElement} */
  #letter;
  /** What is changed in place. @type {HTMLElement[]} */
  #fields = [];
  /** @type {string[]} */
  #first = [];
  #said = el("p", { class: "calc-etat", role: "status" });
  #place = el("div");
  /** Whether the reader knows that blanks are left. */
  #warned = false;

  /** @param {HTMLElement} letter */
  constructor(letter) {
    this.#letter = letter;
  }

  start() {
    for (const part of this.#letter.querySelectorAll("[data-mots]")) {
      this.#open(/** @type {HTMLElement} */ (part), /** @type {HTMLElement} */ (part).dataset.mots ?? "");
    }
    for (const cell of this.#letter.querySelectorAll("td")) {
      const field = el("div", {});
      field.append(...cell.childNodes);
      cell.replaceChildren(field);
      this.#open(field, this.#heading(cell));
    }
    this.#first = this.#fields.map((field) => field.textContent ?? "");
    zone(this.#letter, "courrier-outils").append(
      el("p", { class: "calc-aide" }, HELP),
      el(
        "div",
        { class: "calc-suites", role: "group", "aria-label": "Emporter ce courrier" },
        button("Imprimer le courrier", () => this.#print(), "md-button md-button--primary"),
        button("Copier le courrier", () => this.#copy()),
        button("Fichier Word ou LibreOffice (.docx)", () => this.#file()),
        button("Remettre le texte d’origine", () => this.#restore()),
      ),
      this.#place,
      this.#said,
    );
    this.#count();
  }

  /** @param {HTMLTableCellElement} cell */
  #heading(cell) {
    const heads = cell.closest("table")?.querySelectorAll("th") ?? [];
    const row = cell.parentElement instanceof HTMLTableRowElement ? cell.parentElement.sectionRowIndex + 1 : 1;
    return `${heads[cell.cellIndex]?.textContent ?? ""}, ligne ${row}`;
  }

  /**
   * @param {HTMLElement} field
   * @param {string} name
   */
  #open(field, name) {
    try {
      field.contentEditable = "plaintext-only";
    } catch {
      field.contentEditable = "true";
    }
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-multiline", "true");
    field.setAttribute("aria-label", name);
    field.setAttribute("spellcheck", "false");
    field.classList.add("courrier-champ");
    field.addEventListener("focusout", () => {
      mark(field, written(field));
      this.#count();
    });
    this.#fields.push(field);
  }

  /** The blanks that are left, each once, with where it comes first. */
  get #blanks() {
    /** @type {Map<string, HTMLElement>} */
    const found = new Map();
    for (const field of this.#fields) {
      for (const [, words = ""] of written(field).matchAll(BLANK)) {
        if (!found.has(words)) {
          found.set(words, field);
        }
      }
    }
    return found;
  }

  /** Lists the blanks that are left, each with the way to it. */
  #count() {
    const blanks = this.#blanks;
    const place = zone(this.#letter, "courrier-blancs");
    if (blanks.size === 0) {
      place.replaceChildren(el("p", {}, NO_BLANK));
      return;
    }
    const items = [...blanks].map(([words, field]) => el("li", {}, button(words, () => moveFocus(field), "courrier-vers")));
    const title = blanks.size > 1 ? `Il reste ${blanks.size} blancs :` : "Il reste 1 blanc :";
    place.replaceChildren(el("p", {}, el("strong", {}, title)), el("ul", {}, ...items));
  }

  #print() {
    if (this.#blanks.size && !this.#warned) {
      this.#warned = true;
      this.#said.textContent = AGAIN;
      return;
    }
    window.print();
  }

  async #copy() {
    const text = this.#parts(zone(this.#letter, "courrier-feuille"))
      .map(({ texte, lignes }) => (lignes.length ? lignes.map((line) => line.join(" | ")).join("\n") : texte))
      .join("\n\n");
    this.#said.textContent = (await copy(text, this.#place)) ? COPIED : COPY_BY_HAND;
  }

  async #file() {
    const { nom, titre } = this.#letter.dataset;
    this.#said.textContent = WRITING;
    try {
      const [reply, write] = await Promise.all([
        engine.call({ courrier: this.#parts(this.#letter), titre }),
        wordWriter(),
      ]);
      const { feuille } = /** @type {{ feuille: import("./word.mjs").Sheet }} */ (reply);
      save(await write(feuille), `courrier-${nom}.docx`);
      this.#said.textContent = SAVED;
    } catch (error) {
      console.debug("courrier", error);
      this.#said.textContent = NOT_SAVED;
    }
  }

  #restore() {
    this.#fields.forEach((field, number) => mark(field, this.#first[number] ?? ""));
    this.#count();
    this.#said.textContent = RESTORED;
  }

  /**
   * @param {HTMLElement} sheet what is sent, or all of it with what is kept
   * @returns {Part[]} the letter as the reader left it
   */
  #parts(sheet) {
    return [...sheet.querySelectorAll("[data-partie]")].map((found) => {
      const part = /** @type {HTMLElement} */ (found);
      const partie = part.dataset.partie ?? "";
      const heading = part.querySelector(".courrier-garde strong");
      if (heading instanceof HTMLElement) {
        const items = [...part.querySelectorAll("li")].map((item) => [written(item)]);
        return { partie, texte: written(heading), lignes: items };
      }
      const rows = [...part.querySelectorAll("tr")].map((row) => [...row.cells].map(written));
      return { partie, texte: rows.length ? "" : written(part), lignes: rows };
    });
  }
}

/**
 * What a part says, its ends of lines kept.
 *
 * @param {HTMLElement} part
 */
function written(part) {
  return part.innerText.replace(/\n+$/, "");
}

/**
 * Writes a text, its blanks apart.
 *
 * @param {HTMLElement} field
 * @param {string} text
 */
function mark(field, text) {
  /** @type {(Node | string)[]} */
  const pieces = [];
  let at = 0;
  for (const found of text.matchAll(BLANK)) {
    pieces.push(text.slice(at, found.index), el("mark", { class: "courrier-blanc" }, found[0]));
    at = found.index + found[0].length;
  }
  field.replaceChildren(...pieces, text.slice(at));
}

/**
 * @param {string} words
 * @param {() => unknown} action
 * @param {string} [look]
 */
function button(words, action, look = "md-button") {
  const made = el("button", { type: "button", class: look }, words);
  made.addEventListener("click", action);
  return made;
}
