// The questions of a form that were answered in another one of the tab: filled, marked as such, and the reader's to change.
// What the reader has answered here is never replaced; what is marked follows the form that it comes from.

import { el, zone } from "../common/dom.mjs";
import { caseOf, chosen, controlsOf, defaultOf, entryOf, fill, isRadio, pathOf, questions, wordsOf } from "./fields.mjs";
import { asTyped } from "./fragment.mjs";
import { givenTo } from "./given.mjs";

/** @typedef {import("./given.mjs").Given} Given */
/** @typedef {{ note: HTMLElement, given: Given }} Mark */

let marks = 0;

/** What a form has taken from others. */
export class Carried {
  #form;
  #calculator;
  #name;
  /** @type {WeakSet<HTMLElement>} what the reader answered, or cleared, in this form */
  #own = new WeakSet();
  /** @type {Map<HTMLElement, Mark>} */
  #marks = new Map();

  /**
   * @param {HTMLFormElement} form
   * @param {string} calculator
   * @param {string} name of the form in the site
   */
  constructor(form, calculator, name) {
    this.#form = form;
    this.#calculator = calculator;
    this.#name = name;
  }

  /** The paths of what is taken from others now. */
  get paths() {
    return questions(this.#form).filter((question) => this.#marks.has(question)).map(pathOf);
  }

  /** The paths of what the reader answered here. */
  get own() {
    return questions(this.#form).filter((question) => this.#own.has(question)).map(pathOf);
  }

  /** How many of what is taken are seen. */
  get shown() {
    return questions(this.#form).filter((question) => this.#marks.has(question) && !question.closest("[hidden]")).length;
  }

  /** Forgets what it took, and who answered what: the form is made anew. */
  reset() {
    for (const question of [...this.#marks.keys()]) {
      this.#unmark(question);
    }
    this.#own = new WeakSet();
  }

  /**
   * The reader has answered this.
   *
   * @param {Element | null} question
   */
  answer(question) {
    if (question instanceof HTMLElement) {
      this.#own.add(question);
      this.#unmark(question);
    }
  }

  /**
   * The reader has answered all of these; what is marked stays so.
   *
   * @param {(question: HTMLElement) => boolean} these
   */
  answerAll(these) {
    for (const question of questions(this.#form)) {
      if (!this.#marks.has(question) && these(question)) {
        this.#own.add(question);
      }
    }
  }

  /**
   * Fills what nobody has answered here, and follows what it took before.
   *
   * @returns {boolean} whether anything has changed
   */
  update() {
    const given = givenTo(this.#calculator, this.#name);
    const told = new Set((this.#form.dataset.repondu ?? "").split(" "));
    let changed = false;
    for (const question of questions(this.#form)) {
      const one = told.has(pathOf(question)) || this.#own.has(question) ? undefined : given.get(pathOf(question));
      // Read anew each time: what was just filled may be what this one depends on.
      const wanted = one && caseOf(this.#form)(one.quand) ? one : undefined;
      changed = this.#set(question, wanted) || changed;
    }
    return changed;
  }

  /**
   * The reader wants none of this one.
   *
   * @param {HTMLElement} question
   */
  clear(question) {
    this.#empty(question);
    this.answer(question);
    entryOf(question)?.focus();
  }

  /**
   * @param {HTMLElement} question
   * @param {Given | undefined} given
   * @returns {boolean} whether that changes anything
   */
  #set(question, given) {
    const mark = this.#marks.get(question);
    const before = chosen(question).value;
    if (!given) {
      if (mark) {
        this.#empty(question);
        this.#unmark(question);
      }
      return Boolean(mark);
    }
    if ((!mark && before !== defaultOf(question)) || JSON.stringify(mark?.given) === JSON.stringify(given)) {
      return false;
    }
    this.#unmark(question);
    if (!fill(question, asTyped(given.valeur, question.dataset.sorte))) {
      return Boolean(mark);
    }
    if (chosen(question).value !== defaultOf(question) || given.autre) {
      this.#mark(question, given);
    }
    return chosen(question).value !== before || Boolean(mark);
  }

  /** @param {HTMLElement} question */
  #empty(question) {
    for (const control of controlsOf(question)) {
      if (control instanceof HTMLInputElement && isRadio(control)) {
        control.checked = control.defaultChecked;
      }
    }
    if (!fill(question, defaultOf(question))) {
      const [first] = controlsOf(question);
      if (first instanceof HTMLSelectElement) {
        first.selectedIndex = 0;
      }
    }
  }

  /**
   * @param {HTMLElement} question
   * @param {Given} given
   */
  #mark(question, given) {
    const label = question.querySelector("label, legend")?.firstChild?.textContent ?? "";
    const clear = el(
      "button",
      { type: "button", class: "calc-repris-effacer", "data-action": "effacer-repris" },
      "Effacer",
      el("span", { class: "hors-ecran" }, ` la réponse reprise\u00a0: ${label}`),
    );
    const words = el("span", { id: `repris-${(marks += 1)}` }, inWords(question, given));
    const note = el("p", { class: "calc-repris" }, words, " ", clear);
    zone(question, "erreur").after(note);
    describe(question, words.id, true);
    this.#marks.set(question, { note, given });
  }

  /** @param {HTMLElement} question */
  #unmark(question) {
    const mark = this.#marks.get(question);
    if (mark) {
      describe(question, mark.note.firstElementChild?.id ?? "", false);
      mark.note.remove();
      this.#marks.delete(question);
    }
  }
}

/**
 * Where it comes from, and what another form was told.
 *
 * @param {HTMLElement} question
 * @param {Given} given
 */
function inWords(question, { titre, autre }) {
  const from = `Repris de votre calcul «\u00a0${titre}\u00a0»`;
  if (!autre) {
    return `${from}. Vérifiez, et changez si besoin.`;
  }
  const { sorte } = question.dataset;
  const words = wordsOf(question, autre.valeur) ?? asTyped(autre.valeur, sorte);
  const said = sorte === "montant" ? `${words}\u00a0€` : words;
  return `${from}, le plus récent. Votre calcul «\u00a0${autre.titre}\u00a0» disait\u00a0: ${said}. Vérifiez.`;
}

/**
 * Adds a text to what describes a question to a screen reader, or takes it away.
 *
 * @param {HTMLElement} question
 * @param {string} id
 * @param {boolean} described
 */
function describe(question, id, described) {
  const carriers = question.getAttribute("role") === "radiogroup" ? [question] : controlsOf(question);
  for (const carrier of carriers) {
    const others = (carrier.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    carrier.setAttribute("aria-describedby", [...others, ...(described ? [id] : [])].join(" "));
  }
}
