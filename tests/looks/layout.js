// What a reader who enlarges the page or spaces its letters would lose: `looks.cut()`; the spacing itself: `looks.space(…)`;
// the frame alone: `looks.frame(…)`.

(() => {
  const SCROLLS = ["auto", "scroll"];
  const CUTS = ["hidden", "clip"];

  /** The spacing that a reader may ask for (WCAG 1.4.12). */
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  sheet.disabled = true;
  /** Of the content, its title alone, which the frame leads to. */
  const alone = new CSSStyleSheet();
  alone.replaceSync(".md-content__inner > :not(h1, #__skip) { display: none !important }");
  alone.disabled = true;
  document.adoptedStyleSheets.push(sheet, alone);

  function space(spaced) {
    sheet.disabled = !spaced;
  }

  function frame(shown) {
    alone.disabled = !shown;
  }

  const say = (what, element) => `${what}: ${(element.closest("[class]") ?? element).outerHTML.replace(/\s+/gu, " ").slice(0, 90)} « ${element.textContent.trim().slice(0, 60)} »`;

  /** The boxes of the words on the screen, with the element that holds them. */
  function words() {
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, noscript, svg, .hors-ecran, option")) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) found.push({ element, box });
      }
    }
    return found;
  }

  /** What an element is seen through: the nearest part that hides what goes beyond it, sideways, and whether it scrolls. */
  function windows() {
    const known = new Map();
    return function through(element) {
      if (!element || element === document.documentElement) return undefined;
      if (!known.has(element)) {
        const style = getComputedStyle(element);
        const kind = SCROLLS.includes(style.overflowX) ? "scrolls" : CUTS.includes(style.overflowX) ? "cuts" : "";
        known.set(element, kind && element !== document.body ? { element, kind, style } : style.position === "fixed" ? undefined : through(element.parentElement));
      }
      return known.get(element);
    };
  }

  /** The nearest part around an element whose edge is seen, by a line or a background, up to what it is seen through. */
  function boxes() {
    const known = new Map();
    const clear = (colour) => colour === "transparent" || colour.endsWith(", 0)");
    return function around(element, end) {
      if (!element || element === document.body || element === end) return undefined;
      if (!known.has(element)) {
        const style = getComputedStyle(element);
        const lined = ["Left", "Right"].some((side) => parseFloat(style[`border${side}Width`]) > 0 && !clear(style[`border${side}Color`]));
        const seen = style.display !== "inline" && style.display !== "contents" && (lined || !clear(style.backgroundColor));
        known.set(element, seen ? element : around(element.parentElement, end));
      }
      return known.get(element);
    };
  }

  function cut() {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page scrolls sideways, ${document.documentElement.scrollWidth} for ${innerWidth}`);
    const through = windows();
    const around = boxes();
    const all = words();
    for (const { element, box } of all) {
      const window = through(element);
      const edges = around(element, window?.element)?.getBoundingClientRect();
      if (edges && (box.right > edges.right + 1 || box.left < edges.left - 1)) found.push(say("out of its box", element));
      if (!window) {
        if (box.right > innerWidth + 1 || box.left < -1) found.push(say("out of the screen", element));
        continue;
      }
      const edge = window.element.getBoundingClientRect();
      const beyond = box.right > edge.right + 1 || box.left < edge.left - 1;
      if (beyond && window.kind === "cuts") found.push(say("cut", element));
      if (beyond && window.kind === "scrolls") {
        const region = window.element;
        if ([...region.querySelectorAll("table")].some((table) => table.rows[0]?.cells.length <= 2)) found.push(say("scrolls sideways for two columns", element));
        if (!region.querySelector("table, pre, code")) found.push(say("scrolls sideways and is no table", element));
        else if (region.tabIndex !== 0 || !(region.role === "region" || region.closest("pre")) && !region.ariaLabel) found.push(say("a table without a region", region));
      }
    }
    for (const element of document.body.querySelectorAll("*")) {
      if (!element.textContent.trim() || element.closest("svg, .hors-ecran, select")) continue;
      const style = getComputedStyle(element);
      if (CUTS.includes(style.overflowY) && element.clientHeight > 1 && element.scrollHeight > element.clientHeight + 2 &&
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && style.clipPath === "none") {
        const edge = element.getBoundingClientRect();
        if (all.some((word) => element.contains(word.element) && word.box.bottom - word.box.height / 4 > edge.bottom)) found.push(say("cut below", element));
      }
    }
    return [...new Set([...found, ...overlaps(all, through)])];
  }

  /** Words over other words. What stays in place while the page scrolls goes over them: it is not that. */
  function overlaps(all, through) {
    const found = [];
    const stays = new Map();
    const floats = (element) => {
      if (!element) return false;
      if (!stays.has(element)) stays.set(element, ["fixed", "sticky"].includes(getComputedStyle(element).position) || floats(element.parentElement));
      return stays.get(element);
    };
    // The letters themselves are the middle of their line.
    const lines = all.filter(({ element }) => !floats(element)).filter(({ element, box }) => {
      const window = through(element)?.element.getBoundingClientRect();
      return !window || (box.left < window.right && box.right > window.left && box.top < window.bottom && box.bottom > window.top);
    }).map(({ element, box }) => ({ element, left: box.left + 1, right: box.right - 1, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 }));
    lines.sort((a, b) => a.top - b.top);
    let open = [];
    for (const line of lines) {
      open = open.filter((other) => other.bottom > line.top);
      for (const other of open) {
        if (other.left < line.right && line.left < other.right && other.element !== line.element) {
          found.push(`${say("over other words", line.element)} / « ${other.element.textContent.trim().slice(0, 40)} »`);
        }
      }
      open.push(line);
    }
    return found;
  }

  /** What moves although the reader asked for no motion. */
  function moving() {
    const lasts = (list) => list.split(",").some((time) => parseFloat(time) > 0.001);
    return [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return (style.transitionProperty !== "none" && lasts(style.transitionDuration)) ||
        (style.animationName !== "none" && lasts(style.animationDuration));
    }).map((element) => say("moves", element));
  }

  globalThis.looks = { ...globalThis.looks, cut, space, frame, moving };
})();
