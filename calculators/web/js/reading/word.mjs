// A word of the law, explained in place. Without this script, or in a browser without popovers, its link leads to the
// glossary.

const GAP = 6;

/** A link to the glossary, followed by the hidden definition that it then opens, as a button does. */
class Word extends HTMLElement {
  /** Pressing the word closes its definition before the click that follows would open it again. */
  #justClosed = false;

  connectedCallback() {
    const link = this.#link;
    const bubble = this.#bubble;
    if (!link || !bubble || !("popover" in bubble)) {
      return;
    }
    bubble.popover = "auto";
    bubble.hidden = false;
    bubble.tabIndex = -1;
    bubble.setAttribute("role", "dialog");
    bubble.setAttribute("aria-label", `Définition\u00a0: ${bubble.querySelector(".mot-nom")?.textContent ?? ""}`);
    bubble.setAttribute("aria-describedby", `${bubble.id}-texte`);
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", bubble.id);
    link.onpointerdown = () => {
      this.#justClosed = bubble.matches(":popover-open");
    };
    link.onclick = (event) => this.#press(event);
    link.onkeydown = (event) => {
      if (event.key === " ") this.#press(event);
    };
    bubble.onbeforetoggle = ({ newState }) => link.setAttribute("aria-expanded", String(newState === "open"));
    bubble.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.contains(relatedTarget)) bubble.hidePopover();
    });
  }

  get #link() {
    return /** @type {HTMLAnchorElement | null} */ (this.querySelector("a.mot"));
  }

  get #bubble() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".mot-bulle"));
  }

  /** @param {MouseEvent | KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const bubble = this.#bubble;
    if (bubble && !this.#justClosed) {
      bubble.showPopover();
      this.#place(bubble);
      bubble.focus({ preventScroll: true });
    }
    this.#justClosed = false;
  }

  /**
   * Under the word, or above it when there is no room; never out of the sides of the screen.
   *
   * @param {HTMLElement} bubble
   */
  #place(bubble) {
    const word = this.#link?.getClientRects()[0];
    if (!word) return;
    const { width, height } = bubble.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - GAP;
    const above = word.bottom + GAP + height > window.innerHeight && word.top > height + GAP;
    bubble.style.left = `${Math.max(GAP, Math.min(word.left, room)) + window.scrollX}px`;
    bubble.style.top = `${(above ? word.top - GAP - height : word.bottom + GAP) + window.scrollY}px`;
  }
}

customElements.define("mode-emploi-mot", Word);
