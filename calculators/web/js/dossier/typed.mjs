// The days typed in the fields « C'est fait » and not noted yet: Python knows nothing of them, and draws the dossier anew at
// each change. They stay by their question and its case, with why one was refused, and with the focus and the caret of a
// reader who is typing one.

import { faultOf, sayFault } from "./view.mjs";

/** @typedef {{ day: string, fault: string }} Typed */

export class TypedDays {
  /**
   * Those of each case, by its number; also those whose step is not shown, as while the answers of its case are refused.
   *
   * @type {Record<string, Typed>[]}
   */
  #cases = [];

  /**
   * @param {HTMLElement} view
   * @param {string} html what is shown in it from now on
   * @param {object} now
   * @param {number | undefined} now.removed number of the case that is gone: those after it have one less
   * @param {boolean[]} now.same of each case, whether it is told as before: what was wrong with a day still is
   */
  redraw(view, html, { removed, same }) {
    /** @type {{ days: Record<string, Typed>, asked: string, old: HTMLInputElement } | undefined} */
    let focused;
    for (const { cas, asked, field } of fieldsOf(view)) {
      const days = (this.#cases[cas] ??= {});
      days[asked] = { day: field.value, fault: faultOf(field) };
      if (field === document.activeElement) {
        focused = { days, asked, old: field };
      }
    }
    if (removed !== undefined) {
      this.#cases.splice(removed, 1);
    }
    view.innerHTML = html;
    for (const { cas, asked, field } of fieldsOf(view)) {
      const days = this.#cases[cas];
      const { day, fault } = days?.[asked] ?? { day: "", fault: "" };
      field.value = day;
      sayFault(field, same[cas] ? fault : "");
      if (focused && focused.days === days && focused.asked === asked) {
        const { selectionStart, selectionEnd } = focused.old;
        field.focus({ preventScroll: true });
        field.setSelectionRange(selectionStart, selectionEnd);
      }
    }
  }

  /**
   * Nothing is shown, nor kept: what was typed for one matter is never put in another.
   *
   * @param {HTMLElement} view
   */
  clear(view) {
    this.#cases = [];
    view.replaceChildren();
  }
}

/**
 * The fields of a view. Two steps of a case may ask for the same day: their order tells them apart.
 *
 * @param {HTMLElement} view
 */
export function fieldsOf(view) {
  /** @type {Record<string, number>} */
  const seen = {};
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll("[data-action=fait]"));
  return [...buttons].map((button) => {
    const { cas, question } = button.dataset;
    const same = `${cas} ${question}`;
    seen[same] = (seen[same] ?? 0) + 1;
    const field = /** @type {HTMLInputElement} */ (button.parentElement?.querySelector("input"));
    return { cas: Number(cas), asked: `${question} ${seen[same]}`, field };
  });
}
