// What would be lost where the reader's device imposes its own colours: `looks.forced()`.
//
// Shadows and backgrounds go, a drawing keeps its own colours: each thing must still have an edge or an ink to be seen by.

(() => {
  const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=date].calc-calendrier), select, textarea, .md-button, .md-search__button";
  const BARS = ".comparaison__barres rect, .calc-barre rect, .calc-frise-image :is(rect, circle, line)";

  const say = (what, element) => `${what}: ${element.outerHTML.replace(/\s+/gu, " ").slice(0, 120)}`;

  function forced() {
    const { texts, colour, ratio, flat, Reading } = globalThis.looks;
    const reading = new Reading();
    const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    /** Whether a colour is seen over what is behind an element. */
    const seen = (text, element) => {
      const ink = colour(text);
      return Boolean(ink?.[3]) && ratio(flat([ink]), flat(reading.ground(element).layers)) >= 3;
    };
    const edged = (element) => {
      const style = getComputedStyle(element);
      const side = (name) => style[`${name}Style`] !== "none" && parseFloat(style[`${name}Width`]) >= 1 && seen(style[`${name}Color`], element.parentElement);
      return side("borderBottom") || side("outline");
    };
    const all = texts();
    const found = all.filter(({ doubt, ratio: value, needed }) => !doubt && value < needed)
      .map(({ element, what, ratio: value }) => say(`${what}, contrast ${value.toFixed(2)}`, element));
    // The browser paints a plate of its own right behind the letters.
    const plate = reading.ground(document.body).layers;
    found.push(...all.filter(({ element, what, ink }) => what !== "drawing" && ink && getComputedStyle(element).forcedColorAdjust === "auto" &&
      ratio(flat([ink, ...plate]), flat(plate)) < 4.5).map(({ element, what }) => say(`${what}, of the colour of its plate`, element)));
    for (const field of document.querySelectorAll(FIELDS)) {
      if (shown(field) && !edged(field) && !edged(field.closest("form") ?? field)) found.push(say("no edge", field));
    }
    for (const bar of document.querySelectorAll(BARS)) {
      const style = getComputedStyle(bar);
      const root = bar.closest("svg").parentElement;
      if (shown(bar) && ![style.fill, style.stroke].some((ink) => ink !== "none" && seen(ink, root))) found.push(say("no ink", bar));
    }
    for (const element of document.body.querySelectorAll("*")) {
      for (const name of reading.added.get(element)?.map(([, name]) => name) ?? []) {
        const style = getComputedStyle(element, name);
        if (style.maskImage !== "none" && style.display !== "none" && parseFloat(style.width) > 0 && shown(element) && !seen(style.backgroundColor, element)) {
          found.push(say(`no sign ${name}`, element));
        }
      }
    }
    return found;
  }

  globalThis.looks = { ...globalThis.looks, forced };
})();
