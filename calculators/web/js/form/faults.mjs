// Faulty answers: a summary that takes the focus, and each message beside its question.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { controlsOf, entryOf, questionOf, questions } from "./fields.mjs";
import { fullPath } from "./fragment.mjs";

/** @typedef {{ champ: string, message: string }} Fault */

const MARK = "Erreur\u00a0: ";

/** @param {HTMLFormElement} form */
export function clearFaults(form) {
  zone(form, "erreurs").replaceChildren();
  for (const question of questions(form)) {
    mark(question, "");
  }
  if (document.title.startsWith(MARK)) {
    document.title = document.title.slice(MARK.length);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} summary HTML that Python rendered
 * @param {Fault[]} faults
 */
export function showFaults(form, summary, faults) {
  clearFaults(form);
  for (const { champ, message } of faults) {
    const question = questionOf(form, fullPath(form, champ));
    if (question) {
      mark(question, message);
    }
  }
  const place = zone(form, "erreurs");
  place.innerHTML = summary;
  document.title = MARK + document.title;
  if (place.firstElementChild instanceof HTMLElement) {
    moveFocus(place.firstElementChild);
  }
}

/**
 * Follows a link of the summary: `true` when it led to a question.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function goToField(form, name) {
  const question = questionOf(form, fullPath(form, name));
  const entry = question && entryOf(question);
  if (!entry) {
    return false;
  }
  question.scrollIntoView({ block: "start" });
  entry.focus({ preventScroll: true });
  return true;
}

/**
 * Puts a message beside a question, or takes it away when it is empty.
 *
 * @param {HTMLElement} question
 * @param {string} message
 */
function mark(question, message) {
  const place = zone(question, "erreur");
  place.hidden = !message;
  place.replaceChildren(...(message ? [el("strong", {}, MARK), message] : []));
  question.classList.toggle("calc-question--erreur", Boolean(message));
  const carriers = question.getAttribute("role") === "radiogroup" ? [question] : controlsOf(question);
  for (const carrier of carriers) {
    if (message) {
      carrier.setAttribute("aria-invalid", "true");
    } else {
      carrier.removeAttribute("aria-invalid");
    }
  }
}
