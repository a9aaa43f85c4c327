// Faulty answers: a summary that takes the focus, and each message beside its question.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { controlsOf, entryOf, questionOf, questions } from "./fields.mjs";
import { fullPath } from "./fragment.mjs";
import { leadAround } from "../reading/embed.mjs";

/** @typedef {{ champ: string, message: string, bonne_nouvelle?: boolean }} Fault */

const MARK = "Erreur\u00a0: ";
const GOOD = "Bonne nouvelle\u00a0: ";

/** @param {HTMLFormElement} form */
export function clearFaults(form) {
  zone(form, "erreurs").replaceChildren();
  for (const question of questions(form)) {
    mark(question, "");
  }
  for (const said of [MARK, GOOD]) {
    if (document.title.startsWith(said)) {
      document.title = document.title.slice(said.length);
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} summary HTML that Python rendered
 * @param {Fault[]} faults
 */
export function showFaults(form, summary, faults) {
  clearFaults(form);
  for (const { champ, message, bonne_nouvelle: good } of faults) {
    const question = questionOf(form, fullPath(form, champ));
    if (question) {
      mark(question, message, good);
    }
  }
  const place = zone(form, "erreurs");
  place.innerHTML = summary;
  document.title = (faults.every((fault) => fault.bonne_nouvelle) ? GOOD : MARK) + document.title;
  if (place.firstElementChild instanceof HTMLElement) {
    moveFocus(place.firstElementChild);
    leadAround(place.firstElementChild);
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
  leadAround(question);
  return true;
}

/**
 * Puts a message beside a question, or takes it away when it is empty.
 *
 * @param {HTMLElement} question
 * @param {string} message
 * @param {boolean} [good] it is no error: the answer is right, and need not be given
 */
function mark(question, message, good = false) {
  const place = zone(question, "erreur");
  place.hidden = !message;
  place.replaceChildren(...(message ? [el("strong", {}, good ? GOOD : MARK), message] : []));
  question.classList.toggle("calc-question--erreur", Boolean(message) && !good);
  question.classList.toggle("calc-question--bonne", Boolean(message) && good);
  const carriers = question.getAttribute("role") === "radiogroup" ? [question] : controlsOf(question);
  for (const carrier of carriers) {
    if (message && !good) {
      carrier.setAttribute("aria-invalid", "true");
    } else {
      carrier.removeAttribute("aria-invalid");
    }
  }
}
