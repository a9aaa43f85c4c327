// What the end of the page's address holds: a whole dossier, for a link that was sent, or the name of the paper that the
// reader came with. Browsers never send that part.

import { addressWith, publicAddress } from "../answer/share.mjs";

const LINK = "#dossier=";
const RECEIVED = "#recu=";

/**
 * Takes out of the address what it holds: it is not left in the history of a computer that others use.
 *
 * @returns {{ texte?: string, recu?: string }} the text of a dossier, empty when the link is damaged; the name of a paper
 */
export function takeFragment() {
  const { hash } = location;
  const texte = hash.startsWith(LINK) ? fromLink(hash.slice(LINK.length)) : undefined;
  const recu = hash.startsWith(RECEIVED) ? decode(hash.slice(RECEIVED.length)) : undefined;
  if (texte !== undefined || recu !== undefined) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return { texte, recu };
}

/**
 * The address of this page with a dossier; empty for a copy of the site that knows none.
 *
 * @param {string} lien the dossier as Python writes it for a link
 */
export function linkTo(lien) {
  const page = publicAddress().replace(/[?#].*$/, "");
  return page && addressWith(LINK.slice(1) + toLink(lien), page);
}

/**
 * A link's own letters: an address holds nothing else.
 *
 * @param {string} text
 */
function toLink(text) {
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} letters */
function fromLink(letters) {
  try {
    return atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    return "";
  }
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
