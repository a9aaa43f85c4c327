// A page inside another site's page: `?integre` takes the header, the menu and the footer away, and tells the page around
// it how tall it is.

const NAME = "mode-emploi-demarches";

/** Takes the frame of the site away when the address asks for it. */
export function startEmbedding() {
  if (!new URLSearchParams(location.search).has("integre")) {
    return;
  }
  document.documentElement.classList.add("integre");
  const tell = () => {
    window.parent.postMessage({ source: NAME, hauteur: Math.ceil(document.body.scrollHeight) }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
