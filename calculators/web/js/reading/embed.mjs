// A page inside another site's page: `?integre` takes the header, the menu and the footer away, `?integre=seul` all but the
// calculator. The page around is told how tall the frame must be, and where what the reader asked for begins.

import { el } from "../common/dom.mjs";

const NAME = "mode-emploi-demarches";
const ASKED = "integre";
const ALONE = "seul";
const WHOLE = "Ouvrir cette page dans «\u00a0Mode d’emploi des démarches\u00a0»";

/** Whether the page stands in another one, which must not be scrolled without the reader's asking. */
export function isEmbedded() {
  return new URLSearchParams(location.search).has(ASKED);
}

/** What the address asks of the frame, as a query: the answers that others put in it are not there. */
export function embeddedQuery() {
  return isEmbedded() ? `?${ASKED}${isAlone() ? `=${ALONE}` : ""}` : "";
}

function isAlone() {
  return new URLSearchParams(location.search).get(ASKED) === ALONE;
}

/** Takes the frame of the site away when the address asks for it. */
export function startEmbedding() {
  if (!isEmbedded()) {
    return;
  }
  document.documentElement.classList.add("integre");
  document.documentElement.classList.toggle("integre-seul", isAlone());
  // Without what was typed: the other tab asks again rather than show it in an address.
  const whole = el("a", { href: location.pathname, target: "_blank", rel: "noopener" }, WHOLE);
  document.querySelector(".md-content__inner")?.append(el("p", { class: "integre-retour" }, whole));
  // The other pages of the site are not to be shown in a frame: they open beside.
  document.addEventListener("click", leave, { capture: true });
  new ResizeObserver(() => tell()).observe(document.body);
  tell();
}

/**
 * Leads the page around to what the reader is led to in this one. Called for what the reader asked for, never for what
 * comes by itself.
 *
 * @param {Element} element
 */
export function leadAround(element) {
  if (isEmbedded()) {
    tell({ endroit: Math.max(0, Math.floor(element.getBoundingClientRect().top + scrollY)) });
  }
}

/**
 * Tells whoever holds the frame two lengths, in pixels, and nothing of the reader: it may be any page.
 *
 * @param {{ endroit?: number }} [place] how far below the top of the frame to read
 */
function tell(place = {}) {
  window.parent.postMessage({ source: NAME, hauteur: Math.ceil(document.body.scrollHeight), ...place }, "*");
}

/** @param {Event} event */
function leave(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link instanceof HTMLAnchorElement && (link.origin !== location.origin || link.pathname !== location.pathname)) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}
