// What the reader gives a form, kept for this tab alone, so that a reload, a guide opened and left with Back, or a phone
// that drops the tab loses nothing. The browser forgets it when the tab is closed; nothing of it is in the address.

import { ANSWERS } from "../storage.json";

/** Tells the forms of this page that the reader erases them all. */
export const ERASED = "demarches:efface";

/**
 * @typedef {object} Kept
 * @property {Record<string, string>} champs the answers, by path, as typed
 * @property {boolean} calcule whether their result was shown
 * @property {string} adresse the fragment of the address meanwhile
 * @property {string[]} coches the boxes ticked
 * @property {string[]} repris the paths of what was taken from another form
 * @property {string[]} siens the paths of what the reader answered in this one
 * @property {boolean} [ouvert] whether it comes from a dossier, which need not hold what nobody has changed
 */

/**
 * Keeps what a form holds.
 *
 * @param {string} form its name in the site
 * @param {Kept} kept
 */
export function keep(form, kept) {
  try {
    sessionStorage.setItem(ANSWERS + form, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: what is typed lasts as long as the page.
  }
}

/**
 * What was kept of a form; nothing when that is not what this script writes.
 *
 * @param {string} form
 * @returns {Kept | undefined}
 */
export function kept(form) {
  try {
    const found = JSON.parse(sessionStorage.getItem(ANSWERS + form) ?? "null");
    // As an earlier version of this script wrote it, all of it is the reader's own.
    const { repris = [], siens = Object.keys(found.champs) } = found;
    const texts = [...Object.values(found.champs), ...found.coches, found.adresse, ...repris, ...siens];
    return texts.every((text) => typeof text === "string") ? { ...found, repris, siens } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Forgets what these forms held.
 *
 * @param {(form: string) => boolean} chosen
 */
export function forget(chosen) {
  for (const form of forms().filter(chosen)) {
    sessionStorage.removeItem(ANSWERS + form);
  }
}

/** Forgets what the forms took from others: the reader erases where it came from. */
export function forgetTaken() {
  for (const form of forms()) {
    const found = kept(form);
    if (found?.repris.length) {
      const own = Object.entries(found.champs).filter(([path]) => !found.repris.includes(path));
      keep(form, { ...found, champs: Object.fromEntries(own), calcule: false, repris: [] });
    }
  }
}

/** Forgets what every form held, those of this page too. */
export function forgetAll() {
  forget(() => true);
  window.dispatchEvent(new Event(ERASED));
}

/** The forms of which something is kept. */
export function forms() {
  try {
    return Object.keys(sessionStorage)
      .filter((key) => key.startsWith(ANSWERS))
      .map((key) => key.slice(ANSWERS.length));
  } catch {
    return [];
  }
}
