// A date picked in the device's own calendar, beside the field where it may as well be typed.

import { isoDay, readDay, typedDay } from "../common/dates.mjs";
import { el } from "../common/dom.mjs";

/**
 * Opens the calendar of a date question, on the day typed so far.
 *
 * @param {HTMLElement} question
 */
export function pickDate(question) {
  const typed = question.querySelector("input[name]");
  if (!(typed instanceof HTMLInputElement)) {
    return;
  }
  const picker = pickerOf(typed);
  picker.value = readDay(typed.value) ?? isoDay();
  // Put in the page a moment ago, it has no place yet: the calendar would open in the corner of the window.
  picker.getBoundingClientRect();
  try {
    picker.showPicker();
  } catch {
    typed.focus(); // no such calendar on this device: the date is typed
  }
}

/** @param {HTMLInputElement} typed */
function pickerOf(typed) {
  const known = typed.parentElement?.querySelector("input[type=date]");
  if (known instanceof HTMLInputElement) {
    return known;
  }
  const picker = el("input", { type: "date", class: "calc-calendrier", tabindex: "-1", "aria-hidden": "true" });
  picker.addEventListener("change", () => {
    if (picker.value) {
      typed.value = typedDay(picker.value);
      typed.dispatchEvent(new Event("input", { bubbles: true }));
      typed.focus();
    }
  });
  typed.after(picker);
  return picker;
}
