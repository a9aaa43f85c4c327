// What the reader changes in a dossier: each gives the dossier that is to be, and leaves the one it was given as it is.

import { isoDay } from "../common/dates.mjs";

/** @typedef {import("./store.mjs").Case} Case */
/** @typedef {import("./store.mjs").Content} Content */

/**
 * @param {Content} content
 * @param {number | undefined} number
 * @param {(one: Case) => Case} change
 * @returns {Content}
 */
function withChanged(content, number, change) {
  return { ...content, cas: content.cas.map((one, index) => (index === number ? change(one) : one)) };
}

/**
 * A document of a list is ready, or is no more.
 *
 * @param {Content} content
 * @param {number} number of the case
 * @param {string} piece
 * @param {boolean} ready
 */
export function ticked(content, number, piece, ready) {
  return withChanged(content, number, (one) => {
    const others = (one.coches ?? []).filter((tick) => tick !== piece);
    return { ...one, coches: ready ? [...others, piece] : others };
  });
}

/**
 * A letter left today, or did not.
 *
 * @param {Content} content
 * @param {string} courrier
 * @param {boolean} left
 * @returns {Content}
 */
export function sent({ courriers = {}, ...rest }, courrier, left) {
  const { [courrier]: _, ...others } = courriers;
  return { ...rest, courriers: left ? { ...others, [courrier]: isoDay() } : others };
}

/**
 * A step is done on a day.
 *
 * @param {Content} content
 * @param {number | undefined} number of the case, unless it is gone
 * @param {string} question the one that asks for that day
 * @param {string} day as it was typed
 */
export function done(content, number, question, day) {
  return withChanged(content, number, (one) => ({ ...one, reponses: { ...one.reponses, [question]: day } }));
}

/**
 * @param {Content} content
 * @param {number | undefined} number of the case that goes, unless it is gone
 * @returns {Content}
 */
export function without({ cas, ...rest }, number) {
  return { ...rest, cas: cas.filter((_, index) => index !== number) };
}

/**
 * Tells of each case of a dossier whether it is told as it was.
 *
 * @param {Content} before
 * @param {Content} now
 * @param {number} [removed] number of the case that is gone since
 */
export function sameCases(before, now, removed) {
  const told = before.cas.filter((_, number) => number !== removed).map(({ reponses }) => JSON.stringify(reponses));
  return now.cas.map(({ reponses }, number) => JSON.stringify(reponses) === told[number]);
}

/**
 * Whether a dossier still has the cases that it had, with the same answers.
 *
 * @param {Content} before
 * @param {Content} now
 */
export function isSameMatter(before, now) {
  return sameCases(now, before).every(Boolean);
}
