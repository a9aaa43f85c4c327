// Small help to make and find elements.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean>} [attributes] `true` sets the attribute empty, `false` leaves it out
 * @param {(Node | string)[]} children texts stay texts, whatever they hold
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children);
  return element;
}

/**
 * A part of the calculator, by the name its HTML gives it.
 *
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function zone(root, name) {
  const found = root.querySelector(`[data-zone="${name}"]`);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`no zone ${name}`);
  }
  return found;
}

/**
 * Gives the focus to an element that need not be in the order of the keyboard.
 *
 * @param {HTMLElement} element
 */
export function moveFocus(element) {
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}
