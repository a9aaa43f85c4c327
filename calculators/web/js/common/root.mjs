// Where the site is.

const current = document.currentScript;

/** Address of the site's home page: the page script stands in its assets/ folder. */
export const SITE_ROOT =
  current instanceof HTMLScriptElement ? new URL("../", current.src).href : new URL("./", document.baseURI).href;
