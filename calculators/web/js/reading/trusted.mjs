// What a text must be before a script makes HTML, a script or a script's address of it, where the browser asks (Trusted
// Types). One policy for all that runs here, ours and the theme's: publishing puts it at the head of the theme's script,
// which comes before any other that writes, and of its search worker. What it refuses throws where it was asked.

/** What no page of the site holds. */
const NOWHERE = "applet, base, embed, frame, frameset, iframe, object, [srcdoc], [http-equiv=refresh i], animate, set";
/** What a whole page holds, and what is put in a page never does. */
const WHOLE_ONLY = "link, meta, script, style";

const page = typeof document === "undefined" ? undefined : document;

/** Where this script stands: the theme's, or its worker. */
const here = page ? /** @type {HTMLScriptElement | null} */ (page.currentScript)?.src : location.href;

/** The folder of the site; nothing when it is not known, as in a worker that stands in a page's memory. */
const site = /^(.*\/)assets\//.exec(here ?? "")?.[1];

/** The scripts written in the page, allowed by their hash: the theme runs again those of the page it brings. */
const written = new Set(Array.from(page?.scripts ?? [], (script) => (script.src ? "" : script.text)));

/** Scripts of the site; those that a copy opened from a folder has instead of its search's index and of its workers. */
const SCRIPTS = /^(assets\/[\w./-]+\.m?js|service-worker\.js)$/;
const CARRIED = /^search\/search_index\.js$/;

/** @param {string} address */
function isOurs(address) {
  const { href, protocol } = new URL(address, page?.baseURI ?? location.href);
  const place = site && href.startsWith(site) ? href.slice(site.length) : "";
  return SCRIPTS.test(place) || (location.protocol === "file:" && (CARRIED.test(place) || protocol === "blob:"));
}

/**
 * Whether nothing there would run, nor lead the page elsewhere.
 *
 * @param {ParentNode} root
 * @param {string} refused
 * @returns {boolean}
 */
function isInert(root, refused) {
  return Array.from(root.querySelectorAll("*")).every((element) => {
    const runs = Array.from(element.attributes).some(({ name, value }) => {
      return name.startsWith("on") || value.replace(/[\0-\x20]/g, "").toLowerCase().startsWith("javascript:");
    });
    return !runs && !element.matches(refused) && !(element instanceof HTMLTemplateElement && !isInert(element.content, refused));
  });
}

/** @type {((text: string, type?: string, use?: string) => string | null) | undefined} */
let html;
if (page && window.trustedTypes) {
  const inert = page.implementation.createHTMLDocument();
  const reading = window.trustedTypes.createPolicy("reading", { createHTML: (text) => text });
  html = (text, _, use) => {
    if (!text.includes("<")) return text;
    const marked = reading.createHTML(text);
    if (use === "DOMParser parseFromString") {
      return isInert(new DOMParser().parseFromString(marked, "text/html"), NOWHERE) ? text : null;
    }
    const part = inert.createElement("template");
    part.innerHTML = marked;
    return isInert(part.content, `${NOWHERE}, ${WHOLE_ONLY}`) ? text : null;
  };
}

self.trustedTypes?.createPolicy("default", {
  ...(html && { createHTML: html }),
  createScript: (text) => (written.has(text) ? text : null),
  createScriptURL: (address) => (isOurs(address) ? address : null),
});
