// The reader's clock, which decides what is past and what is to come: a wrong one is noticed, and told.

import { anniversary, dayInWords, isoDay } from "./dates.mjs";

/** Where on earth the day is another one than where the site was built. */
const ELSEWHERE = 24 * 60 * 60 * 1000;

/** Years after which whoever reads a site that nobody has built again may as well have a wrong clock. */
const YEARS = 1;

/**
 * What is told of the reader's clock, when it cannot be right, or when the site is too old for it; nothing otherwise.
 *
 * @param {Element} element in which the day of the build is written: `data-jour`
 * @returns {string}
 */
export function doubtOfClock(element) {
  const built = element.closest("[data-jour]")?.getAttribute("data-jour") ?? "";
  const [year = 0, month = 1, day = 1] = built.split("-").map(Number);
  const made = new Date(year, month - 1, day);
  if (!year) {
    return "";
  }
  const says = `Votre appareil est réglé au ${dayInWords()}`;
  if (isoDay() < isoDay(new Date(made.getTime() - ELSEWHERE))) {
    return (
      `${says}, avant le jour où ce site a été fait (${dayInWords(made)})\u00a0: sa date est fausse. ` +
      "Réglez-la, puis recommencez. Sinon, ce site se trompe sur ce qui est passé et sur ce qui est à venir."
    );
  }
  if (isoDay() > anniversary(built, YEARS)) {
    return (
      `${says}, et cette version du site a été faite le ${dayInWords(made)}. Si la date est juste, les montants et les ` +
      "règles ont pu changer\u00a0: cherchez une version plus récente. Si elle est fausse, réglez-la, puis recommencez."
    );
  }
  return "";
}
