// How far each text stands out from what is behind it, reckoned from the computed styles alone: `looks.texts()`.
//
// Each text gets what it is read by (`key`), its ratio, the ratio it needs, and what keeps the reckoning from being sure
// (`doubt`). Two texts of one key are the same to a contrast checker: it may look at one of them. Axe does not look at
// the text of a pseudo-element, nor settles a text of a drawing: this does.

(() => {
  const CONTROLS = "input:not([type=hidden], [type=checkbox], [type=radio], [type=range], [type=file]), select, textarea";
  const SHAPES = "rect, circle, ellipse, path, polygon";

  /** A computed colour as red, green, blue (0 to 255) and opacity (0 to 1), or nothing for another notation. */
  function colour(text) {
    const numbers = (text.match(/[\d.]+(?:e-?\d+)?/gu) ?? []).map(Number);
    if (text.startsWith("rgb")) return [...numbers.slice(0, 3), numbers[3] ?? 1];
    if (text.startsWith("color(srgb ")) return [...numbers.slice(0, 3).map((part) => part * 255), numbers[3] ?? 1];
    return undefined;
  }

  const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);

  function luminance(rgb) {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;

  /**
   * Whether a list, say, has been scrolled under its title: opaque, it hides what it is painted over, and the rest has its own
   * ground. What sticks has a place of its own too, so that nothing stays under it; anything else may hide a text for good.
   */
  function scrolledUnder(reading, title, box, element, lines) {
    const { layers, doubts } = reading.ground(title);
    if (reading.style(title).position !== "sticky" || layers.length > 1 || doubts.length > 0) return false;
    return lines.filter((line) => meet(line, box)).every((line) => {
      const x = (Math.max(line.left, box.left) + Math.min(line.right, box.right)) / 2;
      const y = (Math.max(line.top, box.top) + Math.min(line.bottom, box.bottom)) / 2;
      // From the front to the back; nothing, for a point out of the window.
      const there = document.elementsFromPoint(x, y);
      const [front, back] = [title, element].map((one) => there.findIndex((other) => one.contains(other)));
      return front >= 0 && front < back;
    });
  }

  /** Where a pseudo-element that is placed stands, the styles of its element and its own being known. */
  function placed(element, style) {
    const box = element.getBoundingClientRect();
    const [left, top] = [box.left + element.clientLeft + parseFloat(style.left), box.top + element.clientTop + parseFloat(style.top)];
    return { left, top, right: left + parseFloat(style.width), bottom: top + parseFloat(style.height) };
  }

  /** What the style sheets add before and after the elements, looked for once for each width. */
  let added = { width: 0, count: 0, list: [] };
  function pseudos() {
    const every = document.body.querySelectorAll("*");
    if (added.width !== innerWidth || added.count !== every.length) {
      const list = [...every].flatMap((element) => ["::before", "::after"]
        .filter((name) => !["none", "normal"].includes(getComputedStyle(element, name).content))
        .map((name) => [element, name]));
      added = { width: innerWidth, count: every.length, list };
    }
    return added.list;
  }

  class Reading {
    styles = new Map();
    grounds = new Map();
    added = Map.groupBy(pseudos(), ([element]) => element);

    style(element) {
      let known = this.styles.get(element);
      if (!known) this.styles.set(element, (known = getComputedStyle(element)));
      return known;
    }

    /** What is painted behind the content of an element: colours from the front to the back, and what is not sure. */
    ground(element) {
      if (!element) return { layers: [[255, 255, 255, 1]], doubts: [], clips: [], pseudos: [] };
      const known = this.grounds.get(element);
      if (known) return known;
      const behind = this.ground(element.parentElement);
      const style = this.style(element);
      const own = colour(style.backgroundColor);
      const doubts = [...behind.doubts];
      if (!own) doubts.push(`a colour written ${style.backgroundColor}`);
      if (style.backgroundImage !== "none") doubts.push("an image behind");
      if (style.opacity !== "1") doubts.push(`opacity ${style.opacity}`);
      if (style.filter !== "none" || style.mixBlendMode !== "normal") doubts.push("a filter");
      const layers = own?.[3] === 1 ? [own] : own?.[3] ? [own, ...behind.layers] : behind.layers;
      const opaque = own?.[3] === 1 && style.opacity === "1";
      const found = {
        layers,
        doubts: opaque ? doubts.filter((doubt) => doubt !== "an image behind" || style.backgroundImage !== "none") : doubts,
        clips: style.overflow === "visible" ? behind.clips : [element, ...behind.clips],
        pseudos: opaque ? [] : behind.pseudos,
      };
      for (const [, name] of this.added.get(element) ?? []) {
        const pseudo = getComputedStyle(element, name);
        if (pseudo.display === "none") continue;
        const painted = pseudo.backgroundImage !== "none" || (colour(pseudo.backgroundColor)?.[3] ?? 1) > 0;
        if (painted && pseudo.position === "absolute") found.pseudos = [...found.pseudos, [element, pseudo]];
      }
      this.grounds.set(element, found);
      return found;
    }
  }

  const flat = (layers) => layers.reduceRight((back, front) => over(front, back), [255, 255, 255, 1]);

  function needed(style) {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  }

  /** The boxes of the words of an element, cut to what its scrolling parts show of them. */
  function boxes(element, clips) {
    const range = document.createRange();
    const found = [];
    const nodes = element.matches(CONTROLS) ? [element] : [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    for (const node of nodes) {
      range.selectNodeContents(node);
      found.push(...(node === element ? [element.getBoundingClientRect()] : range.getClientRects()));
    }
    const windows = clips.map((clip) => clip.getBoundingClientRect());
    return found.filter((box) => box.width > 1 && box.height > 1 && windows.every((window) => meet(box, window)));
  }

  function elements() {
    const found = new Set(document.querySelectorAll(CONTROLS));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.trim()) found.add(walker.currentNode.parentElement);
    }
    return [...found].filter((element) => !element.closest("script, style, noscript, :disabled, [aria-disabled=true]") &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  }

  /** The text of a drawing, over the last shape painted before it that holds its middle. */
  function ofDrawing(reading, element, root) {
    const style = reading.style(element);
    const box = element.getBoundingClientRect();
    const middle = new DOMPoint(box.left + box.width / 2, box.top + box.height / 2);
    const { layers, doubts } = reading.ground(root.parentElement);
    const behind = [];
    for (const shape of root.querySelectorAll(SHAPES)) {
      if (!(shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) || shape.closest("defs, marker, clipPath, mask")) continue;
      const look = reading.style(shape);
      const fill = colour(look.fill);
      if (look.fill === "none" || !fill) continue;
      if (shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) {
        behind.unshift([...fill.slice(0, 3), fill[3] * Number(look.fillOpacity) * Number(look.opacity)]);
      }
    }
    return { ink: colour(style.fill), layers: [...behind, ...layers], doubts, needed: needed(style) };
  }

  function texts() {
    const reading = new Reading();
    const found = [];
    const floating = [...document.body.querySelectorAll("*")].filter((element) => {
      const style = reading.style(element);
      return ["absolute", "fixed", "sticky"].includes(style.position) &&
        (style.backgroundImage !== "none" || colour(style.backgroundColor)?.[3] !== 0) &&
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    }).map((element) => [element, element.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1);

    const note = (element, what, { ink, layers, doubts, needed }, more = []) => {
      const doubt = [...doubts, ...(ink ? [] : ["a colour of another notation"])].join(", ");
      const back = flat(layers);
      const value = doubt ? 0 : ratio(over(ink, back), back);
      found.push({ element, what, ink, doubt, needed, ratio: value, key: JSON.stringify([ink, layers, needed, doubt, ...more]) });
    };

    for (const element of elements()) {
      const style = reading.style(element);
      const root = element.closest("svg");
      if (root) {
        if (!element.closest("title, desc")) note(element, "drawing", ofDrawing(reading, element, root));
        continue;
      }
      const { layers, doubts, clips, pseudos } = reading.ground(element);
      const lines = boxes(element, clips.filter((clip) => clip !== element || !element.matches(CONTROLS)));
      if (lines.length === 0 && clips.length === 0) continue; // a pixel for screen readers
      const near = pseudos.filter(([parent, pseudo]) => lines.some((line) => meet(line, placed(parent, pseudo))));
      const met = floating.filter(([other, box]) => !other.contains(element) && !element.contains(other) && lines.some((line) => meet(line, box)));
      const unsure = met.filter(([other, box]) => !scrolledUnder(reading, other, box, element, lines));
      const all = [...doubts, ...(near.length > 0 ? ["a pseudo-element at the same place"] : []),
        ...(unsure.length > 0 ? [`${unsure[0][0].className} at the same place`] : [])];
      const link = element.closest("a");
      note(element, "text", { ink: colour(style.color), layers, doubts: all, needed: needed(style) }, [
        style.fontSize, style.fontWeight, style.textShadow,
        link ? [reading.style(link).textDecorationLine, reading.style(link.parentElement).color, reading.style(link).fontWeight] : 0,
        met.length > 0 || near.length > 0 ? [location.pathname, found.length] : 0,
      ]);
    }
    for (const [element, name] of pseudos()) {
      const pseudo = getComputedStyle(element, name);
      if (!/["\w]/u.test(pseudo.content) || /^(?:"\s*"|url.*)(?:$| \/)/u.test(pseudo.content) || pseudo.display === "none") continue;
      if (pseudo.maskImage !== "none" || pseudo.visibility === "hidden" || pseudo.opacity === "0") continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const { layers, doubts } = reading.ground(element);
      const own = colour(pseudo.backgroundColor);
      note(element, name, {
        ink: colour(pseudo.color), layers: own?.[3] ? [own, ...layers] : layers, doubts, needed: needed(pseudo),
      });
    }
    return found;
  }

  globalThis.looks = { ...globalThis.looks, texts, colour, ratio, flat, Reading };
})();
