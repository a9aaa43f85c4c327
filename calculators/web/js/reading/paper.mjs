// What the reader has unfolded, for paper: the theme unfolds everything to print, and a guide would then print its
// calculators, and every article it cites.

/** Notes on each fold that the reader opens that it was opened by hand; called once, for the life of the tab. */
export function rememberUnfolded() {
  document.addEventListener("click", (event) => {
    const fold = event.target instanceof Element ? event.target.closest("summary")?.parentElement : null;
    if (fold instanceof HTMLDetailsElement) {
      fold.toggleAttribute("data-ouvert", !fold.open);
    }
  });
}
