// A page inside another site's page: `?integre` takes the header, the menu and the footer away, and tells the page around
// it how tall it is.

const NAME = "mode-emploi-demarches";

/** Whether the page stands in another one, which must not be scrolled without the reader's asking. */
export function isEmbedded() {
  return new URLSearchParams(location.search).has("integre");
}

/** Takes the frame of the site away when the address asks for it. */
export function startEmbedding() {
  if (!isEmbedded()) {
    return;
  }
  document.documentElement.classList.add("integre");
  // The other pages of the site are not to be shown in a frame: they open beside.
  document.addEventListener("click", leave, { capture: true });
  const tell = () => {
    window.parent.postMessage({ source: NAME, hauteur: Math.ceil(document.body.scrollHeight) }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}

/** @param {Event} event */
function leave(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link instanceof HTMLAnchorElement && (link.origin !== location.origin || link.pathname !== location.pathname)) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}
