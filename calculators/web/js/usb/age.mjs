// Says that this copy of the site is out of date, as soon as one of its amounts was to change; and that the clock by which
// that is known is wrong.

import { doubtOfClock } from "../common/clock.mjs";
import { isoDay } from "../common/dates.mjs";
import { el } from "../common/dom.mjs";

/** Shows the warning that stands in the page, with the changes that were expected by today. */
export function tellAge() {
  const today = isoDay();
  for (const copy of document.querySelectorAll("aside.copie")) {
    const doubt = doubtOfClock(copy);
    if (doubt && !document.querySelector("[data-zone=horloge]")) {
      copy.append(el("p", { class: "verifie-ancien" }, doubt));
    }
  }
  for (const warning of document.querySelectorAll("[data-zone=copie-perimee]")) {
    const changes = [...warning.querySelectorAll("li[data-depuis]")].filter((change) => change instanceof HTMLElement);
    for (const change of changes) {
      change.hidden = (change.dataset.depuis ?? "") > today;
    }
    if (warning instanceof HTMLElement) {
      warning.hidden = changes.every((change) => change.hidden);
    }
  }
}
