// The files that become one PDF: in what order, turned how. Dragged by a mouse or a finger; buttons do the same, so that a
// keyboard can, and each move is said aloud.

import { el } from "../common/dom.mjs";
import { engine } from "../engine/engine.mjs";

/** @typedef {{ file: File, tour: number }} Sheet */
/**
 * @typedef {object} Uses
 * @property {HTMLElement} title
 * @property {(sheets: Sheet[]) => void} make called with the files, in order, when the reader asks for the PDF
 * @property {(words: string) => void} say
 */
/** @typedef {(list: HTMLElement, moved: (from: number, to: number) => void) => void} Sorting what sorting.mjs gives */

const QUARTER = 90;
/** Files from which there is an order to set. */
const SEVERAL = 2;

/** @type {Promise<Sorting | undefined> | undefined} */
let sorting;

/** What drags, fetched once there is something to drag: the buttons do without it. */
function fetchSorting() {
  sorting ??= new Promise((resolve) => {
    const script = el("script", { src: engine.address(ENGINE.sorting) });
    const end = () => {
      script.remove();
      resolve(/** @type {{ demarchesSorting?: Sorting }} */ (globalThis).demarchesSorting);
    };
    script.addEventListener("load", end);
    script.addEventListener("error", end);
    document.head.append(script);
  });
  return sorting;
}

export class Binder {
  /** @type {Sheet[]} */
  #sheets = [];
  #list = el("ol", { class: "fichiers-ordre" });
  #fault = el("p", { class: "fichier-echec", hidden: true });
  #sortable = false;
  /** @type {Uses} */
  #uses;
  /** @type {HTMLElement} */
  element;

  /** @param {Uses} uses */
  constructor(uses) {
    this.#uses = uses;
    const make = el("button", { type: "button", class: "md-button md-button--primary" }, "Faire le PDF");
    make.addEventListener("click", () => uses.make([...this.#sheets]));
    this.element = el(
      "section",
      { class: "fichiers-reunir", hidden: true },
      uses.title,
      el("p", {}, "Mettez les fichiers dans l’ordre, à l’endroit\u00a0: glissez-les, ou servez-vous des boutons. Trop lourd, le PDF est coupé entre deux pages. Vos fichiers ne sont pas changés."),
      this.#list,
      this.#fault,
      el("p", {}, make),
    );
  }

  /** How many files there are to put together. */
  get count() {
    return this.#sheets.length;
  }

  /**
   * @param {File} file
   * @param {File} [of] what it was made of, next to which it comes
   */
  add(file, of) {
    if (!this.#sheets.some((sheet) => sheet.file === file)) {
      const at = this.#sheets.findIndex((sheet) => sheet.file === of);
      this.#sheets.splice(at < 0 ? this.#sheets.length : at + 1, 0, { file, tour: 0 });
      this.#show();
    }
  }

  /** @param {File} file */
  remove(file) {
    if (this.#sheets.some((sheet) => sheet.file === file)) {
      this.#sheets = this.#sheets.filter((sheet) => sheet.file !== file);
      this.#show();
    }
  }

  /**
   * Shows why the PDF was not made, until something changes.
   *
   * @param {string} words
   */
  fail(words) {
    this.#fault.textContent = words;
    this.#fault.hidden = false;
  }

  #show() {
    this.#fault.hidden = true;
    this.element.hidden = !this.#sheets.length;
    this.#list.replaceChildren(...this.#sheets.map((sheet, at) => this.#row(sheet, at)));
    if (this.#sheets.length >= SEVERAL && !this.#sortable) {
      this.#sortable = true;
      fetchSorting().then((sort) => sort?.(this.#list, (from, to) => this.#move(from, to)));
    }
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
      el("span", { class: "fichiers-poignee", "aria-hidden": "true", hidden: last < 1 }, "⠿"),
      el("span", { class: "fichier-nom" }, name),
      turned,
      el(
        "span",
        { class: "fichiers-gestes" },
        this.#button("Monter", name, at === 0, () => this.#step(at, at - 1)),
        this.#button("Descendre", name, at === last, () => this.#step(at, at + 1)),
        this.#button("Tourner", name, false, () => this.#turn(sheet, at)),
        this.#button("Ôter", name, false, () => this.#take(sheet.file)),
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
    this.#uses.say(`${this.#sheets[to]?.file.name}\u00a0: place ${to + 1} sur ${this.#sheets.length}.`);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #step(from, to) {
    this.#move(from, to);
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
    this.#uses.say(`${sheet.file.name}\u00a0: ${sheet.tour ? `tourné de ${sheet.tour}°` : "dans son sens"}.`);
    this.#list.children[at]?.querySelectorAll("button")[2]?.focus();
  }

  /** @param {File} file */
  #take(file) {
    const at = this.#sheets.findIndex((sheet) => sheet.file === file);
    this.remove(file);
    this.#uses.say(`${file.name}\u00a0: ôté du PDF.`);
    // The focus goes to the file that took its place, or to the one before it.
    const next = this.#list.children[Math.min(at, this.#sheets.length - 1)];
    next?.querySelectorAll("button")[3]?.focus();
  }
}
