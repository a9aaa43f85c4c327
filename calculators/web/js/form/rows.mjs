// Groups of rows: adding, removing, and numbering them from 1 without a gap.

import { controls, questionOf } from "./fields.mjs";
import { zone } from "../common/dom.mjs";

const MARK = "__n__";

/**
 * @param {HTMLElement} group
 * @returns {HTMLElement[]}
 */
function rowsOf(group) {
  return [...zone(group, "lignes").children].filter((row) => row instanceof HTMLElement);
}

/**
 * The row of that name and number: `sommes.2`.
 *
 * @param {HTMLFormElement} form
 * @param {string} path
 */
export function rowAt(form, path) {
  const [name = "", number] = path.split(".");
  const group = questionOf(form, name);
  return group && rowsOf(group)[Number(number) - 1];
}

/** @param {HTMLElement} group */
function least(group) {
  return Number(group.dataset.min ?? 0);
}

/** @param {HTMLElement} group */
export function most(group) {
  return Number(group.dataset.max ?? 1);
}

/** @param {HTMLElement} group */
function template(group) {
  const found = zone(group, "modele");
  if (!(found instanceof HTMLTemplateElement)) {
    throw new Error("no template");
  }
  return found.content;
}

/**
 * A row from the template, with its number in the names, the identifiers and the words.
 *
 * @param {HTMLElement} group
 * @param {number} number
 * @returns {HTMLElement}
 */
function makeRow(group, number) {
  const row = document.importNode(template(group), true).firstElementChild;
  if (!(row instanceof HTMLElement)) {
    throw new Error("empty template");
  }
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll(MARK, String(number));
    }
  }
  nameRow(group, row, number);
  return row;
}

/**
 * Puts the number in the words of a row, as the template has them.
 *
 * @param {HTMLElement} group
 * @param {HTMLElement} row
 * @param {number} number
 */
function nameRow(group, row, number) {
  const words = template(group).querySelectorAll(".calc-numero");
  for (const [index, element] of row.querySelectorAll(".calc-numero").entries()) {
    element.textContent = (words[index]?.textContent ?? "").replaceAll(MARK, String(number));
  }
}

/**
 * Gives a row another number, and leaves everything else as it is: answers, messages, focus.
 *
 * @param {HTMLElement} group
 * @param {HTMLElement} row
 * @param {number} number
 */
function renumber(group, row, number) {
  const name = group.dataset.champ ?? "";
  const old = row.dataset.ligne ?? "";
  if (old === String(number)) {
    return;
  }
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value
        .replaceAll(`${name}.${old}.`, `${name}.${number}.`)
        .replaceAll(`-${name}-${old}-`, `-${name}-${number}-`);
    }
  }
  row.dataset.ligne = String(number);
  nameRow(group, row, number);
}

/**
 * Offers only what can be done: no removal below the least number of rows, no addition above the greatest.
 *
 * @param {HTMLElement} group
 */
export function offerActions(group) {
  const rows = rowsOf(group);
  for (const row of rows) {
    for (const button of row.querySelectorAll("[data-action=retirer]")) {
      button.toggleAttribute("hidden", rows.length <= least(group));
    }
  }
  group.querySelector(":scope > [data-action=ajouter]")?.toggleAttribute("hidden", rows.length >= most(group));
}

/**
 * Words of a row's heading, as they come within a sentence.
 *
 * @param {HTMLElement} row
 */
function titleOf(row) {
  return (row.querySelector(".calc-numero")?.textContent ?? "").toLowerCase();
}

/**
 * Adds a row at the end.
 *
 * @param {HTMLElement} group
 * @returns {HTMLElement | undefined} the row; nothing when there are enough
 */
function append(group) {
  const rows = rowsOf(group);
  if (rows.length >= most(group)) {
    return undefined;
  }
  const row = makeRow(group, rows.length + 1);
  zone(group, "lignes").append(row);
  return row;
}

/**
 * Adds a row and leads the reader to it.
 *
 * @param {HTMLElement} group
 * @returns {string} what was done, to be announced
 */
export function addRow(group) {
  const row = append(group);
  offerActions(group);
  if (!row) {
    return "";
  }
  controls(row)[0]?.focus();
  return `Ligne ajoutée\u00a0: ${titleOf(row)}.`;
}

/**
 * Removes a row, numbers the others again, and leads the reader back to the button that adds one.
 *
 * @param {HTMLElement} group
 * @param {HTMLElement} row
 * @returns {string} what was done, to be announced
 */
export function removeRow(group, row) {
  if (rowsOf(group).length <= least(group)) {
    return "";
  }
  const done = `Ligne retirée\u00a0: ${titleOf(row)}.`;
  row.remove();
  for (const [index, other] of rowsOf(group).entries()) {
    renumber(group, other, index + 1);
  }
  offerActions(group);
  const add = group.querySelector(":scope > [data-action=ajouter]");
  if (add instanceof HTMLElement) {
    add.focus();
  }
  return done;
}

/**
 * Makes a group have this many rows, as nearly as its bounds allow; all of them new.
 *
 * @param {HTMLElement} group
 * @param {number} count
 */
export function resetRows(group, count) {
  zone(group, "lignes").replaceChildren();
  const wanted = Math.max(count, least(group));
  while (rowsOf(group).length < wanted && append(group));
  offerActions(group);
}
