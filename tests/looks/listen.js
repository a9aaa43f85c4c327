// What is announced without being asked for, in its order: `listen.said`.

(() => {
  const said = [];
  const LIVE = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output";
  const heard = new Map();

  function hear(region) {
    const text = region.innerText?.replace(/\s+/gu, " ").trim() ?? "";
    if (text === (heard.get(region) ?? "")) return;
    heard.set(region, text);
    if (text && region.checkVisibility({ visibilityProperty: true })) {
      const role = region.getAttribute("role") ?? region.tagName.toLowerCase();
      said.push(`${region.getAttribute("aria-live") ?? { alert: "assertive" }[role] ?? "polite"} : ${text}`);
    }
  }

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest(LIVE);
      if (region) hear(region);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["hidden"] });

  document.addEventListener("focusin", ({ target }) => said.push(`focus : ${target.tagName.toLowerCase()} « ${(target.ariaLabel ?? target.labels?.[0]?.innerText ?? target.innerText ?? "").replace(/\s+/gu, " ").trim().slice(0, 80)} »`));

  globalThis.listen = { said };
})();
