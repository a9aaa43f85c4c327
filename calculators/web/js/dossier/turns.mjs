// What is to be done to a dossier is done one after the other, each from what the former left: none is lost.

export class Turns {
  /** @type {Promise<unknown> | undefined} the last one, until it is done */
  #last;
  /** Counts the times that all was dropped. */
  #dropped = 0;

  /** Whether nothing waits, nor is being done. */
  get idle() {
    return !this.#last;
  }

  /**
   * Does it once all that was to be done before is, whether that went well or not.
   *
   * @template T
   * @param {() => Promise<T>} job
   * @returns {Promise<T | undefined>} nothing when it was dropped before its turn
   */
  take(job) {
    const turn = this.#after(this.#last, job).finally(() => {
      if (this.#last === turn) {
        this.#last = undefined;
      }
    });
    this.#last = turn;
    return turn;
  }

  /** Nothing that waits is to be done any more; what comes next does not wait for what is being done. */
  drop() {
    this.#dropped += 1;
    this.#last = undefined;
  }

  /**
   * @template T
   * @param {Promise<unknown> | undefined} former
   * @param {() => Promise<T>} job
   */
  async #after(former, job) {
    const dropped = this.#dropped;
    if (former) {
      await former.catch(() => undefined);
    }
    return dropped === this.#dropped ? job() : undefined;
  }
}

/** Follows cases by their number, which is one less each time that one before them goes. */
export class Numbers {
  /** Those that went, each as it was numbered when it did. @type {number[]} */
  #gone = [];

  /** @param {number} number */
  went(number) {
    this.#gone.push(number);
  }

  /**
   * @param {number} number of a case now
   * @returns {() => number | undefined} its number then; nothing once it is gone
   */
  follow(number) {
    const before = this.#gone.length;
    return () => {
      let now = number;
      for (const gone of this.#gone.slice(before)) {
        if (gone === now) {
          return undefined;
        }
        now -= Number(gone < now);
      }
      return now;
    };
  }
}
