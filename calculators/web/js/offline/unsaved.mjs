// What the page cannot take up again once it is loaded anew: a file being answered, a result that was not saved.

class Unsaved extends EventTarget {
  /** @type {Set<object>} */
  #holders = new Set();

  /** Whether a reload would lose something. Dispatches `change` when that changes. */
  get any() {
    return this.#holders.size > 0;
  }

  /** @param {object} holder what has something to lose */
  hold(holder) {
    this.#tell(() => this.#holders.add(holder));
  }

  /** @param {object} holder what has nothing to lose any more */
  release(holder) {
    this.#tell(() => this.#holders.delete(holder));
  }

  /** @param {() => void} change */
  #tell(change) {
    const before = this.any;
    change();
    if (this.any !== before) {
      this.dispatchEvent(new Event("change"));
    }
  }
}

/** The page's. */
export const unsaved = new Unsaved();
