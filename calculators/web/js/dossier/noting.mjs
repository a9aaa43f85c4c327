// A step that the reader says is done, on the day typed beside it: the calculator says what follows.

import { done } from "./changes.mjs";
import { fieldsOf } from "./typed.mjs";
import { sayFault } from "./view.mjs";
import { NOT_NOTED, NO_DAY } from "./words.mjs";

/**
 * @typedef {object} Step
 * @property {() => number | undefined} numbered the number of its case, which changes when one before goes
 * @property {string} question the one that asks for its day
 * @property {string} asked its field, among those of its case
 */
/**
 * @typedef {object} Place where the step is
 * @property {HTMLElement} view
 * @property {import("./requests.mjs").Requests} requests
 * @property {(reply: import("./requests.mjs").Opened) => void} put shows the dossier where the step is done
 */

/**
 * The step of a button « Noter ».
 *
 * @param {HTMLElement} view
 * @param {HTMLElement} pressed
 * @param {Step["numbered"]} numbered
 * @returns {Step}
 */
export function stepOf(view, pressed, numbered) {
  const asked = fieldsOf(view).find(({ field }) => field.parentElement === pressed.parentElement)?.asked ?? "";
  return { numbered, question: pressed.dataset.question ?? "", asked };
}

/**
 * Notes the day that is typed. What the calculator refuses is not noted.
 *
 * @param {Step} step
 * @param {Place} place
 */
export async function note(step, { view, requests, put }) {
  const { numbered, question, asked } = step;
  // The dossier may be drawn again before its turn, or before the answer: the field is another one then.
  const find = () => fieldsOf(view).find((one) => one.cas === numbered() && one.asked === asked)?.field;
  const typed = find();
  if (!typed) {
    return;
  }
  const day = typed.value;
  if (!day.trim()) {
    refuse(typed, NO_DAY);
    return;
  }
  sayFault(typed, "");
  await requests.inTurn(async () => {
    if (numbered() === undefined) {
      return;
    }
    const aim = { again: () => note(step, { view, requests, put }), failed: NOT_NOTED };
    const reply = await requests.askHeld(aim, (before) => done(before, numbered(), question, day));
    if (!reply) {
      return;
    }
    const field = find();
    const fault = reply.ok ? reply.cas[numbered() ?? -1]?.erreurs[0] : reply.erreurs[0]?.message;
    if (!reply.ok || fault) {
      refuse(field, fault ?? "");
      return;
    }
    if (field?.value === day) {
      field.value = ""; // the dossier has it: it is no longer to be kept for later
    }
    put(reply);
  });
}

/**
 * @param {HTMLInputElement | undefined} field
 * @param {string} fault
 */
function refuse(field, fault) {
  if (field) {
    sayFault(field, fault);
    field.focus();
  }
}
