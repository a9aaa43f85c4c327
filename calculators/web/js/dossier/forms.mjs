// The forms that a dossier fills: that of its own page, and those of the pages where its other cases are answered, which
// find their answers in the tab.

import { SITE_ROOT } from "../common/root.mjs";
import { fill } from "../form/fields.mjs";
import { keep } from "../form/tab.mjs";
import { FILL } from "./store.mjs";

/** @typedef {import("./store.mjs").Case} Case */

/** The calculator whose form is in the page of the dossier. */
const HERE = "delais";

const form = () => document.querySelector(`mode-emploi-calculateur[data-calculateur=${HERE}]`);

/**
 * The reader comes with a paper: the form is about it.
 *
 * @param {string} name as a link gave it
 * @param {Record<string, Record<string, string>>} known the answers that go with a paper, by its name
 * @returns {string} the name; empty when it cannot be one
 */
export function receive(name, known) {
  const answers = Object.hasOwn(known, name) ? known[name] : { situation: name };
  for (const [path, value] of Object.entries(answers ?? {})) {
    const question = form()?.querySelector(`[data-champ="${path}"]`);
    if (question instanceof HTMLElement && fill(question, value)) {
      question.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 80 ? name : "";
}

/**
 * Gives each form of the site its answers, the one of this page too; of two cases on one page, the first.
 *
 * @param {Case[]} cas
 * @param {(string | undefined)[]} pages those of the cases
 */
export function keepForms(cas, pages) {
  for (const number of [...cas.keys()].reverse()) {
    keepForm(cas[number], pages[number]);
  }
  const first = cas.find(({ calculateur }) => calculateur === HERE);
  if (first) {
    form()?.dispatchEvent(new CustomEvent(FILL, { detail: first.reponses }));
  }
}

/**
 * @param {Case | undefined} told
 * @param {string | undefined} page
 * @returns {string} the address of the form; empty when the case has none
 */
function keepForm(told, page) {
  if (!told || page === undefined) {
    return "";
  }
  const address = new URL(`${page}/${location.protocol === "file:" ? "index.html" : ""}`, SITE_ROOT);
  keep(`${address.pathname} ${told.calculateur}`, {
    champs: told.reponses,
    calcule: true,
    adresse: "",
    coches: told.coches ?? [],
    repris: [],
    siens: Object.keys(told.reponses),
    ouvert: true,
  });
  return address.href;
}

/**
 * Leads to the form of a case, filled.
 *
 * @param {Case | undefined} told
 * @param {string | undefined} page
 */
export function review(told, page) {
  const here = form();
  if (told?.calculateur === HERE && here) {
    here.dispatchEvent(new CustomEvent(FILL, { detail: told.reponses }));
    here.scrollIntoView({ block: "start" });
    here.querySelector("select")?.focus({ preventScroll: true });
    return;
  }
  const address = keepForm(told, page);
  if (address) {
    location.assign(address);
  }
}
