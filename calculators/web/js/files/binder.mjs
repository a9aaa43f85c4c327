// The files that become one PDF: in what order, turned how. Buttons do it, so that a mouse, a finger and a keyboard all can.

import { el } from "../common/dom.mjs";

/** @typedef {{ file: File, tour: number }} Sheet */

const QUARTER = 90;

export class Binder {
  /** @type {Sheet[]} */
  #sheets = [];
  #list = el("ol", { class: "fichiers-ordre" });
  #make = el("button", { type: "button", class: "md-button md-button--primary" }, "Faire le PDF");
  /** @type {HTMLElement} */
  element;

  /** @param {(sheets: Sheet[]) => void} make called with the files, in order, when the reader asks for the PDF */
  constructor(make) {
    this.#make.addEventListener("click", () => make([...this.#sheets]));
    this.element = el(
      "section",
      { class: "fichiers-reunir", hidden: true },
      el("h3", {}, "Réunir en un seul PDF"),
      el("p", {}, "Mettez les fichiers dans l’ordre, à l’endroit. Vos fichiers ne sont pas changés."),
      this.#list,
      el("p", {}, this.#make),
    );
  }

  /** @param {File} file */
  add(file) {
    if (!this.#sheets.some((sheet) => sheet.file === file)) {
      this.#sheets.push({ file, tour: 0 });
      this.#show();
    }
  }

  /** @param {File} file */
  remove(file) {
    this.#sheets = this.#sheets.filter((sheet) => sheet.file !== file);
    this.#show();
  }

  #show() {
    this.element.hidden = !this.#sheets.length;
    this.#list.replaceChildren(...this.#sheets.map((sheet, at) => this.#row(sheet, at)));
  }

  /**
   * @param {Sheet} sheet
   * @param {number} at
   */
  #row(sheet, at) {
    const { name } = sheet.file;
    const last = this.#sheets.length - 1;
    const turned = sheet.tour ? ` (tourné de ${sheet.tour}°)` : "";
    return el(
      "li",
      {},
      el("span", { class: "fichier-nom" }, name),
      turned,
      el(
        "span",
        { class: "fichiers-gestes" },
        this.#button("Monter", name, at === 0, () => this.#move(at, at - 1)),
        this.#button("Descendre", name, at === last, () => this.#move(at, at + 1)),
        this.#button("Tourner", name, false, () => this.#turn(sheet, at)),
        this.#button("Ôter", name, false, () => this.remove(sheet.file)),
      ),
    );
  }

  /**
   * @param {string} words
   * @param {string} name
   * @param {boolean} disabled
   * @param {() => void} act
   */
  #button(words, name, disabled, act) {
    const button = el("button", { type: "button", class: "md-button", disabled, "aria-label": `${words} ${name}` }, words);
    button.addEventListener("click", act);
    return button;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #move(from, to) {
    this.#sheets.splice(to, 0, ...this.#sheets.splice(from, 1));
    this.#show();
    // The focus follows the file, on the button that was pressed, or on the other one where it can go no further.
    const [up, down] = this.#list.children[to]?.querySelectorAll("button") ?? [];
    const [pressed, other] = to < from ? [up, down] : [down, up];
    (pressed?.disabled ? other : pressed)?.focus();
  }

  /**
   * @param {Sheet} sheet
   * @param {number} at
   */
  #turn(sheet, at) {
    sheet.tour = (sheet.tour + QUARTER) % (4 * QUARTER);
    this.#show();
    this.#list.children[at]?.querySelectorAll("button")[2]?.focus();
  }
}
