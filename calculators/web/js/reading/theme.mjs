/**
 * What the theme's own script leaves out.
 *
 * - Instant navigation without a fixed address: the theme reads the list of pages
 *   from a sitemap of absolute addresses, which a site made to be copied anywhere
 *   cannot have. Links of the site are recognised by their folder instead.
 * - A jump inside a page never fetches that page again: a form keeps what was typed. It opens the folds it lands in.
 * - The search starts on whatever is put in its field: pasted with a mouse, dictated, dropped; the theme waits for a key.
 * - Menu and search open from real buttons, and give the focus back when they close.
 * - After a change of page, the focus goes to the new title, which is read aloud.
 * - A table wider than the screen scrolls inside a named region that the keyboard reaches.
 * - No one-letter shortcuts: they get in the way of voice control and of mistyping.
 */

/**
 * @typedef {{ next(url: URL): void }} LocationSubject
 * @typedef {{ subscribe(listener: (document: Document) => void): unknown }} DocumentSubject
 */

const reader = /** @type {Window & { location$?: LocationSubject, document$?: DocumentSubject }} */ (window);

/** Adds to the theme what it lacks; called once, for the life of the tab. */
export function startTheme() {
  removeOneKeyShortcuts();
  connectToggle("drawer");
  connectToggle("search");
  searchOnAnyInput();
  tickShownScheme();
  const { location$, document$ } = reader;
  if (document$) {
    document$.subscribe(() => unfold(named(new URL(location.href))));
    announcePages(document$);
    openWideTables(document$);
  }
  if (location$ && location.protocol !== "file:") {
    ignoreJumps(location$);
    navigateInstantly(location$);
  }
  document.documentElement.classList.add("theme-pret");
}

/** @param {LocationSubject} location$ */
function ignoreJumps(location$) {
  const next = location$.next.bind(location$);
  let shown = location.pathname;
  location$.next = (url) => {
    if (url.pathname === shown) {
      restoreScroll(url);
    } else {
      shown = url.pathname;
      next(url);
    }
  };
}

/**
 * The part of the page that an address names, if it names one; a fragment may hold anything.
 *
 * @param {URL} url
 */
function named(url) {
  try {
    return document.getElementById(decodeURIComponent(url.hash.slice(1)));
  } catch {
    return null;
  }
}

/**
 * Opens every fold around a part of the page, which would be out of sight; the theme opens the nearest only.
 *
 * @param {Element | null} part
 */
function unfold(part) {
  const folds = part ? [...document.querySelectorAll("details")].filter((fold) => fold.contains(part)) : [];
  for (const fold of folds) fold.open = true;
  // Even when the browser had opened some: it went there before the others were.
  if (folds.length) part?.scrollIntoView();
}

/** @param {URL} url */
function restoreScroll(url) {
  const target = named(url);
  unfold(target);
  if (typeof history.state?.y === "number") {
    window.scrollTo(0, history.state.y);
  } else if (target) {
    target.scrollIntoView();
  }
}

/** @param {LocationSubject} location$ */
function navigateInstantly(location$) {
  const site = siteFolder();
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link?.href || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (!isPage(url, site) || url.pathname === location.pathname) return;
    event.preventDefault();
    history.replaceState({ x: window.scrollX, y: window.scrollY }, "");
    history.pushState(null, "", url);
    location$.next(url);
  });
}

/** The folder of the site, from the theme's settings: `/` or `/some/folder/`. */
function siteFolder() {
  const settings = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
  const folder = new URL(settings.base ?? ".", location.href);
  return folder.href.endsWith("/") ? folder : new URL(`${folder.href}/`);
}

/**
 * @param {URL} url
 * @param {URL} site
 */
function isPage(url, site) {
  return url.origin === site.origin && url.pathname.startsWith(site.pathname) && /(\/|\.html)$/.test(url.pathname);
}

/** @param {DocumentSubject} document$ */
function announcePages(document$) {
  let first = true;
  document$.subscribe(() => {
    if (!first && !location.hash) {
      const title = document.querySelector(".md-content h1");
      if (title instanceof HTMLElement) {
        title.tabIndex = -1;
        title.focus({ preventScroll: true });
      }
    }
    first = false;
  });
}

/** @param {DocumentSubject} document$ */
function openWideTables(document$) {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) nameIfWide(target);
  });
  document$.subscribe(() => {
    watcher.disconnect();
    // The theme wraps the tables in this same turn.
    setTimeout(() => {
      for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .tableau")) watcher.observe(box);
    });
  });
}

/** @param {Element} box */
function nameIfWide(box) {
  if (box.scrollWidth > box.clientWidth) {
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "group"); // not a landmark: two tables of a page may have the same columns
    box.setAttribute("aria-label", tableName(box));
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}

/** @param {Element} box */
function tableName(box) {
  const caption = box.querySelector("caption")?.textContent?.trim();
  const columns = [...box.querySelectorAll("thead th")].map((cell) => cell.textContent?.trim());
  return caption || `Tableau : ${columns.join(", ")}`;
}

function removeOneKeyShortcuts() {
  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key.length === 1 && !modified && !toggle("search")?.checked) event.stopPropagation();
  });
}

/**
 * The theme shows the menu and the search when a hidden checkbox is ticked.
 *
 * @param {"drawer" | "search"} name
 */
function toggle(name) {
  const box = document.querySelector(`[data-md-toggle=${name}]`);
  return box instanceof HTMLInputElement ? box : null;
}

/** @param {"drawer" | "search"} name */
function connectToggle(name) {
  const box = toggle(name);
  const openers = () => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-theme-ouvre=${name}]`))];
  let [opener] = openers();
  if (!box || !opener) return;

  // The home page has an opener of its own for the search, and comes and goes.
  document.addEventListener("click", ({ target }) => {
    const pressed = openers().find((each) => target instanceof Node && each.contains(target));
    if (!pressed) return;
    opener = pressed;
    box.click();
    if (box.checked) firstStop(name)?.focus();
  });
  box.addEventListener("change", () => {
    for (const each of openers()) {
      if (each.hasAttribute("aria-expanded")) each.setAttribute("aria-expanded", String(box.checked));
    }
    if (!box.checked && isLost(document.activeElement)) opener?.focus();
  });
  if (name === "drawer") {
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-theme-ferme=drawer]")) box.click();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.checked) box.click();
    });
    document.addEventListener("focusin", (event) => {
      const inside = event.target instanceof Element && event.target.closest(".md-sidebar--primary");
      if (box.checked && !inside && event.target !== opener && event.target !== box) box.click();
    });
  }
}

function searchOnAnyInput() {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.matches("[data-md-component=search-query]")) {
      target.dispatchEvent(new Event("keyup"));
    }
  });
}

/** The theme shows the label of the scheme in use and leaves its radio button as it was: a screen reader needs both. */
function tickShownScheme() {
  const group = document.querySelector("[data-md-component=palette]");
  if (!group) return;
  const tick = () => {
    const radio = group.querySelector("label:not([hidden])")?.previousElementSibling;
    if (radio instanceof HTMLInputElement) radio.checked = true;
  };
  new MutationObserver(tick).observe(group, { attributeFilter: ["hidden"], subtree: true });
  tick();
}

/** @param {"drawer" | "search"} name */
function firstStop(name) {
  const found = document.querySelector(name === "drawer" ? "[data-theme-ferme=drawer]" : "[data-md-component=search-query]");
  return found instanceof HTMLElement ? found : null;
}

/**
 * The focus is nowhere, or on something that has just gone out of sight.
 *
 * @param {Element | null} element
 */
function isLost(element) {
  return !element || element === document.body || Boolean(element.closest(".md-sidebar--primary, .md-search"));
}
