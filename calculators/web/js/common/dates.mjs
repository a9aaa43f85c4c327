// The reader's own day.

const two = (/** @type {number} */ number) => String(number).padStart(2, "0");

/** The day for machines: `2026-11-21`. */
export function isoDay(day = new Date()) {
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The day for readers: « 21 novembre 2026 », « 1er décembre 2026 ». */
export function dayInWords(day = new Date()) {
  return new Intl.DateTimeFormat("fr", { dateStyle: "long" }).format(day).replace(/^1 /, "1er ").replace(" ", "\u00a0");
}

/**
 * The day of a date as it is mostly typed, for machines; nothing when it is none, or written in one of the other ways that
 * only Python reads.
 *
 * @param {string} text
 */
export function readDay(text) {
  const [iso] = /^\d{4}-\d\d-\d\d$/.exec(text.trim()) ?? [];
  const [, day = "", month = "", year = ""] = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : iso;
}

/**
 * The same day some years later, or the last of the month.
 *
 * @param {string} iso
 * @param {number} years
 */
export function anniversary(iso, years) {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return `${year + years}-${two(month)}-${two(Math.min(day, last))}`;
}

/**
 * A day for machines, as it is typed: `21/11/2026`.
 *
 * @param {string} iso
 */
export function typedDay(iso) {
  return iso.split("-").reverse().join("/");
}
