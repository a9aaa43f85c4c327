// What axe says of the page as it stands, in lines to read: `looks.axe(…)`, `looks.contrast(…)`.

(() => {
  const line = (id, element) => `${id} ${element.outerHTML.replace(/\s+/gu, " ").slice(0, 200)}`;

  /** What axe finds under these rules (`{ tags, except }` or `{ rules }`), in the whole page. */
  async function findings({ tags, except = [], rules }) {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: tags ? { type: "tag", values: tags } : { type: "rule", values: rules },
      rules: Object.fromEntries(except.map((id) => [id, { enabled: false }])),
      resultTypes: ["violations"], elementRef: true, selectors: false, preload: false,
    });
    return [...violations.flatMap(({ id, nodes }) => nodes.map(({ element }) => line(id, element))), ...twice()];
  }

  /** The names given to two elements: axe leaves them to be reviewed. */
  function twice() {
    const names = new Set();
    return [...document.querySelectorAll("[id]")].filter(({ id }) => names.has(id) || !names.add(id)).map((element) => line("duplicate-id", element));
  }

  /**
   * What is too pale, and what neither axe nor the reckoning of contrast.js can settle.
   *
   * Axe is asked once about the texts that are the same to it, and not again about those of `known`, seen in other pages.
   */
  async function contrast({ rules, known }) {
    const texts = globalThis.looks.texts();
    const seen = new Set(known);
    const first = texts.filter(({ what, key }) => what !== "::before" && what !== "::after" && !seen.has(key) && seen.add(key));
    const sure = texts.filter(({ doubt }) => !doubt);
    const found = sure.filter(({ ratio, needed }) => ratio < needed).map(({ element, what, ratio, needed }) =>
      line(`contrast of ${what}, ${ratio.toFixed(2)} for ${needed}:`, element));
    const unsettled = texts.filter(({ what, doubt }) => doubt && what !== "text").map(({ element, what, doubt }) =>
      line(`contrast of ${what}, ${doubt}:`, element));
    if (first.length > 0) {
      const results = await globalThis.axe.run(first.map(({ element }) => element), {
        runOnly: { type: "rule", values: rules },
        resultTypes: ["violations", "incomplete"], elementRef: true, selectors: false, preload: false,
      });
      found.push(...results.violations.flatMap(({ id, nodes }) => nodes.map(({ element }) => line(id, element))));
      const settled = new Set(sure.map(({ element }) => element));
      const doubts = new Map(texts.map(({ element, doubt }) => [element, doubt]));
      unsettled.push(...results.incomplete.flatMap(({ id, nodes }) => nodes.filter(({ element }) => !settled.has(element)).map((node) =>
        line(`${id} incomplete, ${node.any[0]?.data?.messageKey}, ${doubts.get(node.element)}:`, node.element))));
    }
    return { found, unsettled, keys: first.map(({ key }) => key), texts: texts.length };
  }

  globalThis.looks = { ...globalThis.looks, findings, contrast };
})();
