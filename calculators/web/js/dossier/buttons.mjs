// The buttons of « Mon dossier »: one that acts at once, and one that asks to be chosen twice.

import { el } from "../common/dom.mjs";
import { SURE } from "./words.mjs";

/**
 * @param {string} words
 * @param {() => unknown} action
 * @param {(Node | string)[]} more
 */
export function button(words, action, ...more) {
  const made = el("button", { type: "button", class: "md-button" }, words, ...more);
  made.addEventListener("click", action);
  return made;
}

/**
 * A button that asks to be chosen twice: what it erases does not come back.
 *
 * @param {string} words
 * @param {() => unknown} action
 * @param {(words: string) => void} say
 * @param {(Node | string)[]} more
 */
export function twice(words, action, say, ...more) {
  let sure = false;
  const made = button(words, () => {
    if (sure) {
      action();
    } else {
      sure = true;
      say(SURE);
    }
  }, ...more);
  made.addEventListener("blur", () => {
    sure = false;
  });
  return made;
}
