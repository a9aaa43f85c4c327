// The dossier as Python drew it in the page: what the reader ticks and presses there, what is counted of it, where it begins.

import { dayInWords } from "../common/dates.mjs";
import { moveFocus, zone } from "../common/dom.mjs";
import { sent, ticked } from "./changes.mjs";

/** @typedef {import("./store.mjs").Content} Content */

/**
 * @param {HTMLElement} element
 * @param {AbortSignal} signal
 * @param {(change: (content: Content) => Content) => void} change what is ticked changes the dossier at once
 * @param {Record<string, (number: number, button: HTMLElement) => unknown>} acts what its buttons do to a case, by their name
 */
export function watchView(element, signal, change, acts) {
  element.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-action]") : null;
    if (button instanceof HTMLElement) {
      acts[button.dataset.action ?? ""]?.(Number(button.dataset.cas), button);
    }
  }, { signal });
  element.addEventListener("change", ({ target: box }) => {
    if (!(box instanceof HTMLInputElement)) {
      return;
    }
    const { piece, cas: number, courrier } = box.dataset;
    if (piece) {
      change((content) => ticked(content, Number(number), piece, box.checked));
      countPieces(element);
    } else if (courrier) {
      change((content) => sent(content, courrier, box.checked));
      const words = box.labels?.[0]?.firstChild;
      if (words) {
        words.textContent = box.checked ? `Parti le ${dayInWords()}` : "Parti";
      }
    }
  }, { signal });
}

/**
 * Counts what is ticked in each list of documents.
 *
 * @param {HTMLElement} element
 */
export function countPieces(element) {
  for (const list of element.querySelectorAll("[data-zone=pieces]")) {
    const boxes = [...list.querySelectorAll("input[data-piece]:not([data-geste])")];
    const ready = boxes.filter((box) => box instanceof HTMLInputElement && box.checked).length;
    const words = `${ready} ${ready > 1 ? "pièces" : "pièce"} sur ${boxes.length}`;
    zone(list, "avancement").textContent = boxes.length ? words : "";
  }
}

/**
 * What is said beside the field of a step: why its day is not noted. Empty when nothing is wrong, or not yet.
 *
 * @param {HTMLInputElement} field
 */
export function faultOf(field) {
  return besideOf(field).textContent;
}

/**
 * @param {HTMLInputElement} field
 * @param {string} fault
 */
export function sayFault(field, fault) {
  const said = besideOf(field);
  said.hidden = !fault;
  said.textContent = fault;
  if (fault) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", said.id);
  } else {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

/** @param {HTMLInputElement} field */
function besideOf(field) {
  return zone(/** @type {HTMLElement} */ (field.parentElement), "erreur");
}

/**
 * Brings the reader to what is to be done today, unless they are typing a day further down.
 *
 * @param {HTMLElement} element
 */
export function toToday(element) {
  const title = element.querySelector("#dossier-aujourdhui");
  if (title instanceof HTMLElement && !zone(element, "vue").contains(document.activeElement)) {
    moveFocus(title);
  }
}
