// What a text must be before a script makes HTML, a script or a script's address of it, where the browser asks (Trusted
// Types). One policy for all that runs here, ours and the theme's: publishing puts it at the head of the theme's script,
// which comes before any other that writes, and of its search worker. The page script has it too, and does without the
// theme's where that one did not come. What it refuses throws where it was asked.

/** What no page of the site holds. */
const NOWHERE = "applet, base, embed, frame, frameset, iframe, object, [srcdoc], [http-equiv=refresh i], animate, set";
/** What a whole page holds, and what is put in a page never does. */
const WHOLE_ONLY = "link, meta, noscript, script, style";
/** Elements whose words some places read as elements: in what is put in a page, they hold none. */
const WORDS_ONLY = "noembed, noframes, textarea, title, xmp";

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
 * @param {boolean} whole whether it is a whole page, and not what is put in one
 * @returns {boolean}
 */
function isInert(root, whole) {
  const refused = whole ? NOWHERE : `${NOWHERE}, ${WHOLE_ONLY}`;
  return Array.from(root.querySelectorAll("*")).every((element) => {
    const runs = Array.from(element.attributes).some(({ name, value }) => {
      return name.startsWith("on") || value.replace(/[\0-\x20]/g, "").toLowerCase().startsWith("javascript:");
    });
    const hides = !whole && element.matches(WORDS_ONLY) && element.textContent?.includes("<");
    const holds = element instanceof HTMLTemplateElement ? element.content : undefined;
    return !(runs || hides || element.matches(refused)) && (!holds || isInert(holds, whole));
  });
}

/**
 * How HTML is judged in a page; a worker writes none.
 *
 * @param {Document} of
 * @param {TrustedTypes} types
 */
function judge({ implementation }, types) {
  const inert = implementation.createHTMLDocument();
  const reading = types.createPolicy("reading", { createHTML: (text) => text });
  /** @type {(text: string, type?: string, use?: string) => string | null} */
  return (text, _, use) => {
    if (!text.includes("<")) return text;
    const marked = reading.createHTML(text);
    if (use === "DOMParser parseFromString") {
      return isInert(new DOMParser().parseFromString(marked, "text/html"), true) ? text : null;
    }
    const part = inert.createElement("template");
    part.innerHTML = marked;
    return isInert(part.content, false) ? text : null;
  };
}

const types = self.trustedTypes;
if (types && !types.defaultPolicy) {
  types.createPolicy("default", {
    ...(page && { createHTML: judge(page, types) }),
    createScript: (text) => (written.has(text) ? text : null),
    createScriptURL: (address) => (isOurs(address) ? address : null),
  });
}
