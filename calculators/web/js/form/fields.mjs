// The questions of a form: what they hold, and which of them are asked.

import { anniversary, isoDay, readDay } from "../common/dates.mjs";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * Every question, groups of rows and columns of rows included, in the order of the page.
 *
 * @param {ParentNode} root
 * @returns {HTMLElement[]}
 */
export function questions(root) {
  return [...root.querySelectorAll("[data-champ]")].filter((element) => element instanceof HTMLElement);
}

/** @param {HTMLElement} question */
export function pathOf(question) {
  return question.dataset.champ ?? "";
}

/**
 * @param {ParentNode} form
 * @param {string} path
 * @returns {HTMLElement | undefined}
 */
export function questionOf(form, path) {
  return questions(form).find((question) => pathOf(question) === path);
}

/** @param {HTMLElement} question */
export function isGroup(question) {
  return question.dataset.sorte === "lignes";
}

/**
 * Whether a question is answered in the reader's own words.
 *
 * @param {HTMLElement} question
 */
export function isText(question) {
  return question.dataset.sorte === "texte";
}

/**
 * The controls that answer one question: one, or the buttons of a choice.
 *
 * @param {HTMLElement} question
 * @returns {Control[]}
 */
export function controlsOf(question) {
  return isGroup(question) ? [] : controls(question);
}

/**
 * @param {ParentNode} root
 * @returns {Control[]}
 */
export function controls(root) {
  return [...root.querySelectorAll("input[name], select[name]")].filter(
    (element) => element instanceof HTMLInputElement || element instanceof HTMLSelectElement,
  );
}

/** @param {Control} control */
export function isRadio(control) {
  return control instanceof HTMLInputElement && control.type === "radio";
}

/**
 * The answer as it stands.
 *
 * @param {HTMLElement} question
 */
function answerOf(question) {
  const found = controlsOf(question).find(
    (control) => !(control instanceof HTMLInputElement && isRadio(control)) || control.checked,
  );
  return found?.value.trim() ?? "";
}

/**
 * The answer of a question that nobody has touched.
 *
 * @param {HTMLElement} question
 */
export function defaultOf(question) {
  for (const control of controlsOf(question)) {
    if (control instanceof HTMLSelectElement) {
      return [...control.options].find((option) => option.defaultSelected)?.value ?? "";
    }
    if (!isRadio(control)) {
      return control.defaultValue;
    }
    if (control.defaultChecked) {
      return control.value;
    }
  }
  return "";
}

/** What is answered so far: by path, and for a column of a group (`comptes.joint`) what its rows hold. */
class Answers {
  /** @type {Map<string, Set<string>>} */
  #known = new Map();

  /**
   * @param {string} key
   * @param {string} value
   */
  add(key, value) {
    this.#known.set(key, (this.#known.get(key) ?? new Set()).add(value));
  }

  /**
   * Whether a case is met: each question it names has one of the answers wanted. A name is a field of the same row first,
   * else one of the form, or a column of a group.
   *
   * @param {string} row start of the paths of the row, empty outside of rows
   * @param {Record<string, string[]>} wanted
   */
  meet(row, wanted) {
    return Object.entries(wanted).every(([name, allowed]) => {
      const found = (row && this.#known.get(row + name)) || this.#known.get(name);
      return [...(found ?? [])].some((answer) => allowed.some((one) => isWanted(answer, one)));
    });
  }
}

/**
 * Whether an answer is the one wanted, or a day of the interval wanted: `2004-01-02/2021-08-01`, or `/-P15Y` for any day
 * whose fifteenth anniversary is reached.
 *
 * @param {string} answer
 * @param {string} wanted
 */
function isWanted(answer, wanted) {
  const [first = "", last] = wanted.split("/");
  if (last === undefined || !answer) {
    return answer === wanted;
  }
  const [, years] = /^-P(\d+)Y$/.exec(last) ?? [];
  return first <= answer && (years ? anniversary(answer, Number(years)) <= isoDay() : answer <= last);
}

/**
 * Shows the questions that the other answers call for, and hides the others.
 *
 * @param {ParentNode} form
 */
export function showAsked(form) {
  const asked = askedWith(form, answerOf);
  for (const question of questions(form)) {
    question.hidden = !asked.has(question);
  }
}

/**
 * Marks the questions that only some answers call for, so that they can be seen to depend on them.
 *
 * @param {ParentNode} form
 */
export function markFollowUps(form) {
  const asked = askedWith(form, defaultOf);
  for (const question of questions(form)) {
    question.classList.toggle("calc-question--suite", !asked.has(question));
  }
}

/**
 * The questions that are asked, given what each holds. A condition only looks back, and a question that is not asked counts
 * with its default, so one pass is enough.
 *
 * @param {ParentNode} form
 * @param {(question: HTMLElement) => string} read
 * @returns {Set<HTMLElement>}
 */
function askedWith(form, read) {
  return readWith(form, read).asked;
}

/**
 * Whether the form, as it stands, is one of some cases.
 *
 * @param {ParentNode} form
 * @returns {(cases: Record<string, string[]>[]) => boolean}
 */
export function caseOf(form) {
  const { answers } = readWith(form, answerOf);
  return (cases) => cases.some((wanted) => answers.meet("", wanted));
}

/**
 * @param {ParentNode} form
 * @param {(question: HTMLElement) => string} read
 */
function readWith(form, read) {
  const answers = new Answers();
  /** @type {Set<HTMLElement>} */
  const asked = new Set();
  for (const question of questions(form)) {
    const [group = "", number, column] = pathOf(question).split(".");
    const row = column ? `${group}.${number}.` : "";
    const cases = /** @type {Record<string, string[]>[]} */ (JSON.parse(question.dataset.quand ?? "[{}]"));
    const isAsked = cases.some((wanted) => answers.meet(row, wanted));
    const text = isAsked ? read(question) : defaultOf(question);
    const value = question.dataset.sorte === "date" ? (readDay(text) ?? "") : text;
    const parent = question.parentElement?.closest("[data-champ]");
    answers.add(pathOf(question), value);
    if (isAsked) {
      asked.add(question);
    }
    if (parent instanceof HTMLElement && asked.has(parent)) {
      answers.add(`${group}.${column}`, value);
    }
  }
  return { answers, asked };
}

/**
 * The answers to send: the texts of the questions that are asked and answered, by path.
 *
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function collect(form) {
  /** @type {Record<string, string>} */
  const answers = {};
  for (const control of controls(form)) {
    const chosen = !(control instanceof HTMLInputElement && isRadio(control)) || control.checked;
    const text = control.value.trim();
    if (chosen && text && !control.disabled && !control.closest("[hidden]")) {
      answers[control.name] = text;
    }
  }
  return answers;
}

/**
 * The fields of dates that are asked and typed in a way that only Python reads.
 *
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement[]}
 */
export function unreadDates(form) {
  return [...askedWith(form, answerOf)]
    .filter((question) => question.dataset.sorte === "date")
    .flatMap(controlsOf)
    .filter((control) => control instanceof HTMLInputElement)
    .filter(({ value }) => value.trim() && !readDay(value));
}

/**
 * The answers for an address: those of the questions that are asked, but for what nobody has changed and for free texts;
 * dates for machines.
 *
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function forAddress(form) {
  /** @type {[string, string][]} */
  const answers = [];
  for (const question of askedWith(form, answerOf)) {
    const text = answerOf(question);
    if (text !== defaultOf(question) && !isText(question)) {
      answers.push([pathOf(question), (question.dataset.sorte === "date" && readDay(text)) || text]);
    }
  }
  return answers;
}

/**
 * The choices that are asked and not made.
 *
 * @param {HTMLFormElement} form
 * @returns {HTMLElement[]}
 */
export function unanswered(form) {
  return [...askedWith(form, answerOf)].filter((question) => question.dataset.sorte === "choix" && !answerOf(question));
}

/**
 * The answer of a choice, with its words.
 *
 * @param {HTMLElement} question
 */
export function chosen(question) {
  const option = question.querySelector("select option:checked, input:checked + label");
  return { value: answerOf(question), words: option?.textContent?.trim() ?? "" };
}

/**
 * The words of an answer that may be chosen; nothing where none is.
 *
 * @param {HTMLElement} question
 * @param {string} value
 */
export function wordsOf(question, value) {
  for (const control of controlsOf(question)) {
    if (control instanceof HTMLSelectElement) {
      return [...control.options].find((option) => option.value === value)?.text;
    }
    if (isRadio(control) && control.value === value) {
      return control.labels?.[0]?.textContent ?? undefined;
    }
  }
  return undefined;
}

/**
 * Puts an answer in its question.
 *
 * @param {HTMLElement} question
 * @param {string} text
 * @returns {boolean} whether the question can hold this answer
 */
export function fill(question, text) {
  const found = controlsOf(question);
  const [first] = found;
  if (first instanceof HTMLSelectElement) {
    const known = wanted([...first.options], text, (option) => option.textContent ?? "");
    if (known) {
      first.value = known.value;
    }
    return Boolean(known);
  }
  if (!first || !isRadio(first)) {
    if (first) {
      first.value = text;
    }
    return Boolean(first);
  }
  const chosen = wanted(found, text, (radio) => radio.labels?.[0]?.textContent ?? "");
  if (chosen instanceof HTMLInputElement) {
    chosen.checked = true;
  }
  return Boolean(chosen);
}

/**
 * The answer of a list that a text names, by its code or by its words, accents and capitals aside; none when two might be.
 *
 * @template {{ value: string }} T
 * @param {T[]} answers
 * @param {string} text
 * @param {(answer: T) => string} words
 * @returns {T | undefined}
 */
function wanted(answers, text, words) {
  const named = answers.filter(({ value }) => value === text);
  const near = named.length ? named : answers.filter(({ value }) => folded(value) === folded(text));
  const said = near.length ? near : answers.filter((answer) => folded(words(answer)) === folded(text));
  return said.length === 1 ? said[0] : undefined;
}

/** @param {string} text */
function folded(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Where the reader answers a question: its first control, or the one chosen; the heading of a group of rows.
 *
 * @param {HTMLElement} question
 * @returns {HTMLElement | undefined}
 */
export function entryOf(question) {
  if (isGroup(question)) {
    const legend = question.querySelector("legend");
    return legend ?? undefined;
  }
  const found = controlsOf(question);
  return found.find((control) => control instanceof HTMLInputElement && control.checked) ?? found[0];
}
