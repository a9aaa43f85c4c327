// Taking an answer away: text and address to the clipboard.

import { el } from "../common/dom.mjs";

/**
 * Copies a text. Where the browser has no clipboard for this page (an address without https, a file), the text is
 * selected in a field, from where the reader copies it.
 *
 * @param {string} text
 * @param {HTMLElement} place where the field goes when it is needed
 * @returns {Promise<boolean>} whether the text is in the clipboard
 */
export async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    place.replaceChildren();
    return true;
  } catch {
    return copyFromField(text, place);
  }
}

/**
 * @param {string} text
 * @param {HTMLElement} place
 */
function copyFromField(text, place) {
  const field = el("textarea", { class: "calc-copie", readonly: true, rows: "6", "aria-label": "Texte à copier" });
  field.value = text;
  place.replaceChildren(field);
  field.focus();
  field.select();
  const done = document.execCommand("copy");
  if (done) {
    place.replaceChildren();
  }
  return done;
}

/**
 * Address where others can open this page: that of the site, for a copy opened from a folder; empty if the copy knows none.
 */
export function publicAddress() {
  if (location.protocol !== "file:") {
    return location.href;
  }
  const known = document.querySelector("link[rel=canonical]");
  return known instanceof HTMLLinkElement ? known.href : "";
}

/**
 * Address of a page with the answers; they stay in the part that browsers never send.
 *
 * @param {string} fragment
 * @param {string} page its address, which may be unknown
 */
export function addressWith(fragment, page = publicAddress()) {
  if (!page) {
    return "";
  }
  const url = new URL(page);
  url.searchParams.delete("integre"); // the whole page, for whom the address is sent to
  url.hash = fragment;
  return url.href;
}

/**
 * Gives the reader a file that was made in the page: nothing is asked of the server.
 *
 * @param {{ nom: string, type: string, contenu: string }} file
 */
export function download({ nom, type, contenu }) {
  save(new Blob([contenu], { type: `${type};charset=utf-8` }), nom);
}

/**
 * Likewise, of bytes.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
