// What the answered forms of this tab tell the others, so that nothing is asked twice: kept for this tab alone, as the rest
// of what is typed. Python says which question of which form asks for the same thing; nothing here knows the questions.

import { GIVEN } from "../storage.json";

/** @typedef {Record<string, string[]>[]} Cases */
/**
 * @typedef {object} Given
 * @property {string} valeur the answer; empty when what was told last is none of the question's answers
 * @property {Cases} quand the cases of the form in which it is
 * @property {string} titre of the calculator that was told
 * @property {string} de the form where it was
 * @property {{ valeur: string, titre: string }} [autre] what another form had been told before
 */
/** @typedef {{ titre: string, reponses: { nom: string, valeur: string, parmi: string[], quand: Cases }[] }} Told */

/** Tells the forms of this page that this has changed. */
export const CHANGED = "demarches:repris";

/**
 * Takes note of what a form has just been told: the latest wins, and remembers what another form had said.
 *
 * @param {string} form its name in the site
 * @param {Told} told
 */
export function give(form, { titre, reponses }) {
  const known = all();
  for (const { nom, valeur, parmi, quand } of reponses) {
    const before = known.get(nom);
    if (before?.valeur === valeur || (before && !valeur && parmi.includes(before.valeur))) {
      continue;
    }
    const other = before?.valeur && before.de !== form ? { valeur: before.valeur, titre: before.titre } : before?.autre;
    const autre = valeur && other?.valeur !== valeur ? other : undefined;
    known.set(nom, { valeur, quand, titre, de: form, ...(autre && { autre }) });
  }
  write(known);
}

/**
 * What a form may be filled with, by path: what other forms were told.
 *
 * @param {string} calculator
 * @param {string} form its name in the site
 * @returns {Map<string, Given>}
 */
export function givenTo(calculator, form) {
  const start = `${calculator} `;
  const found = [...all()].filter(([name, { de, valeur }]) => name.startsWith(start) && de !== form && valeur);
  return new Map(found.map(([name, given]) => [name.slice(start.length), given]));
}

/** Forgets it all. */
export function forgetGiven() {
  write(new Map());
}

/** @returns {Map<string, Given>} */
function all() {
  try {
    const found = Object.entries(JSON.parse(sessionStorage.getItem(GIVEN) ?? "{}"));
    return new Map(found.filter(([, given]) => isGiven(given)));
  } catch {
    return new Map();
  }
}

/** @param {Map<string, Given>} known */
function write(known) {
  try {
    if (known.size) {
      sessionStorage.setItem(GIVEN, JSON.stringify(Object.fromEntries(known)));
    } else {
      sessionStorage.removeItem(GIVEN);
    }
  } catch {
    // A browser that keeps nothing: each form is filled by hand.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * Whether a record is one that this script writes.
 *
 * @param {any} record
 */
function isGiven(record) {
  const { valeur, titre, de, quand, autre = { valeur: "", titre: "" } } = record;
  return (
    [valeur, titre, de, autre.valeur, autre.titre].every((text) => typeof text === "string") &&
    quand.every((/** @type {Record<string, string[]>} */ one) => Object.values(one).every((answers) => Array.isArray(answers)))
  );
}
