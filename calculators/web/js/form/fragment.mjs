// The answers in the address: `#date_saisie=2026-11-20&solde=700`. It never leaves the device, and whoever wrote it is not
// believed: only known questions are filled, and Python checks every answer as if it had been typed. Free texts are never
// taken from it: what others wrote must not look like the site's own words.

import { fill, isGroup, isText, markFollowUps, pathOf, questionOf, questions, showAsked } from "./fields.mjs";
import { pairsOf } from "./rewritten.mjs";
import { most, resetRows } from "./rows.mjs";

const KEY = /^([a-z][a-z_0-9]*)(?:\.([1-9][0-9]{0,5})\.([a-z][a-z_0-9]*))?$/;
const LONGEST_ANSWER = 100;
const LONGEST_FRAGMENT = 20_000;
const LONGEST_SHOWN = 40;
/**
 * What a link may hold besides the answers of its form: the ticks of a list, that the page is in a frame, a dossier or the
 * paper that it begins with.
 */
const OTHERS = new Set(["coches", "integre", "dossier", "recu"]);
/** What a link says of the answer it was made from: the version of the rules, the day, the figures, by name. */
const MARK = /^(?:regles|calcule|alors\.[a-z][a-z0-9_.-]{0,80})$/;
const MOST_MARKS = 20;

/**
 * @typedef {object} Shared
 * @property {Map<string, string>} answers by path, rows numbered from 1 without a gap
 * @property {string[]} unread the parts of the link that could not be kept, as it wrote them
 */

/**
 * What a link says of the answer it was made from. Python alone reads what it holds.
 *
 * @param {string} fragment
 * @returns {Record<string, string>}
 */
export function markOf(fragment) {
  const found = pairsOf(fragment.slice(0, LONGEST_FRAGMENT)).filter(([key]) => MARK.test(key));
  return Object.fromEntries(found.slice(0, MOST_MARKS).map(([key, value]) => [key, value.slice(0, LONGEST_ANSWER)]));
}

/**
 * Whether a part of a link says something of its answer, and answers nothing.
 *
 * @param {string} key
 */
export function isMark(key) {
  return MARK.test(key);
}

/**
 * Reads a fragment for this form.
 *
 * @param {HTMLFormElement} form
 * @param {string} hash
 * @returns {Shared} without answers when it is not about this form (a heading's anchor, for instance)
 */
export function readFragment(form, hash) {
  const text = hash.replace(/^#/, "");
  if (!text.includes("=")) {
    return { answers: new Map(), unread: [] };
  }
  const pairs = pairsOf(text.slice(0, LONGEST_FRAGMENT));
  const columns = columnsOf(form);
  const shorts = shortNames(form);
  /** @type {Map<string, Map<number, Map<string, string>>>} */
  const groups = new Map();
  /** @type {Map<string, string>} */
  const answers = new Map();
  const unread = text.length > LONGEST_FRAGMENT ? ["la fin, trop longue"] : [];
  const texts = textsOf(form);

  for (const [key, value] of pairs.flatMap(renamed(form))) {
    for (const [path, answer] of shorts.get(key)?.(value) ?? [[key, value]]) {
      const [, head = "", number, column = ""] = KEY.exec(path) ?? [];
      const known = columns.get(head);
      if (!number && known?.size === 0) {
        answers.set(head, answer);
      } else if (number && known?.has(column)) {
        const rows = groups.get(head) ?? new Map();
        groups.set(head, rows.set(Number(number), (rows.get(Number(number)) ?? new Map()).set(column, answer)));
      } else if (!OTHERS.has(key) && !isMark(key) && !texts.has(`${head}.${column}`)) {
        unread.push(shown(key, value));
      }
    }
  }
  for (const [head, rows] of groups) {
    const group = questionOf(form, head);
    const kept = [...rows].sort(([a], [b]) => a - b).slice(0, group ? most(group) : 0);
    unread.push(...[...rows.keys()].slice(kept.length).map((number) => shown(`${head}.${number}`, "…")));
    for (const [index, [, row]] of kept.entries()) {
      for (const [column, answer] of row) {
        answers.set(`${head}.${index + 1}.${column}`, answer);
      }
    }
  }
  return { answers, unread };
}

/**
 * A part of a link, as a message names it.
 *
 * @param {string} key
 * @param {string} value
 */
function shown(key, value) {
  const text = value ? `${key}=${value}` : key;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/**
 * Whether a fragment is rather about this form than about another one of the page: it answers more of its questions.
 *
 * @param {HTMLFormElement} form
 * @param {string} hash
 */
export function isAbout(form, hash) {
  const known = (/** @type {HTMLFormElement} */ one) => readFragment(one, hash).answers.size;
  return known(form) > 0 && formsOfPage().every((other) => known(other) <= known(form));
}

/**
 * The parts of a fragment that no form of the page understands, when it understands none; one form has to say so, the
 * first.
 *
 * @param {HTMLFormElement} form
 * @param {string} hash
 */
export function lost(form, hash) {
  const forms = formsOfPage();
  const known = forms.some((one) => readFragment(one, hash).answers.size);
  return known || forms[0] !== form ? [] : readFragment(form, hash).unread;
}

/** @returns {HTMLFormElement[]} */
function formsOfPage() {
  return [...document.querySelectorAll("mode-emploi-calculateur form")].filter((one) => one instanceof HTMLFormElement);
}

/**
 * What replaces the answers that the form no longer offers: an address that was printed stays good.
 *
 * @param {HTMLFormElement} form
 * @returns {(pair: [string, string]) => [string, string][]}
 */
function renamed(form) {
  const former = /** @type {Record<string, Record<string, string>>} */ (JSON.parse(form.dataset.anciens ?? "{}"));
  const known = new Map(Object.entries(former).map(([old, now]) => [old, Object.entries(now)]));
  return ([key, value]) => known.get(`${key}=${value}`) ?? [[key, value]];
}

/**
 * The names of the form's questions, each with those of its columns.
 *
 * @param {HTMLFormElement} form
 * @returns {Map<string, Set<string>>}
 */
function columnsOf(form) {
  const columns = new Map();
  for (const question of questions(form)) {
    if (!pathOf(question).includes(".") && !isText(question)) {
      columns.set(pathOf(question), isGroup(question) ? columnsOfRows(question) : new Set());
    }
  }
  return columns;
}

/**
 * The questions answered in free words, which a link made before they were left out may hold: nothing is lost with them.
 *
 * @param {HTMLFormElement} form
 * @returns {Set<string>} `group.column`, or `question.`
 */
function textsOf(form) {
  const templates = [...form.querySelectorAll("template")].flatMap((template) => questions(template.content));
  return new Set(
    [...questions(form), ...templates].filter(isText).map((question) => {
      const [head = "", , column = ""] = pathOf(question).split(".");
      return `${head}.${column}`;
    }),
  );
}

/**
 * @param {HTMLElement} group
 * @returns {Set<string>}
 */
function columnsOfRows(group) {
  const template = group.querySelector("template");
  const found = template ? questions(template.content).filter((question) => !isText(question)) : [];
  return new Set(found.map((question) => pathOf(question).split(".")[2] ?? ""));
}

/**
 * The short names of the form (`solde` for the balance of the only account): each gives the answers it stands for.
 *
 * @param {HTMLFormElement} form
 * @returns {Map<string, (value: string) => [string, string][]>}
 */
function shortNames(form) {
  const paths = /** @type {Record<string, string>} */ (JSON.parse(form.dataset.abrege ?? "{}"));
  const fixed = /** @type {Record<string, Record<string, string>>} */ (JSON.parse(form.dataset.abregeFixe ?? "{}"));
  return new Map(
    Object.entries(paths).map(([short, path]) => [
      short,
      (value) => [[path, value], ...Object.entries(fixed[short] ?? {})],
    ]),
  );
}

/**
 * The path of a field that may be named by its short name.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function fullPath(form, name) {
  return shortNames(form).get(name)?.("")[0]?.[0] ?? name;
}

/**
 * Puts shared answers in the form, in place of everything it held.
 *
 * @param {HTMLFormElement} form
 * @param {Shared} shared
 * @returns {string[]} what has found no place
 */
export function fillForm(form, { answers, unread }) {
  form.reset();
  for (const group of questions(form).filter(isGroup)) {
    const start = `${pathOf(group)}.`;
    const numbers = [...answers.keys()].filter((path) => path.startsWith(start)).map((path) => path.split(".")[1]);
    resetRows(group, new Set(numbers).size);
  }
  const left = [...unread];
  for (const question of questions(form)) {
    const answer = answers.get(pathOf(question));
    if (answer !== undefined) {
      // No link holds free words: those are the reader's own, kept in the tab or in a dossier, however long.
      const tooLong = answer.length > LONGEST_ANSWER && !isText(question);
      if (tooLong || !fill(question, asTyped(answer, question.dataset.sorte))) {
        left.push(shown(pathOf(question), answer));
      }
    }
  }
  markFollowUps(form);
  showAsked(form);
  return left;
}

/**
 * Writes an answer as a reader would type it.
 *
 * @param {string} answer
 * @param {string | undefined} kind
 */
export function asTyped(answer, kind) {
  if (kind === "date") {
    return answer.replace(/^(\d{4})-(\d{2})-(\d{2})$/, "$3/$2/$1");
  }
  return kind === "montant" ? answer.replace(/^(-?\d+)\.(\d{1,2})$/, "$1,$2") : answer;
}
