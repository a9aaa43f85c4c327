// A second Python, that asks half of the lines of a long file while the first one asks the others. It is there as long as the
// file is being answered, where the device has a second processor and memory to spare; without it, or once it fails, the
// first one asks all.

import { Engine, engine } from "../engine/engine.mjs";

/** @typedef {{ calculateur: string, colonnes: string[], aujourdhui: string }} Table what tells of the rows */

/** Gigabytes of memory, as browsers round them, that a device with some to spare has. */
const ENOUGH = 4;

/** Whether this device can bear a second Python. A browser that says nothing of its memory does not, on a phone. */
function maySpare() {
  const { hardwareConcurrency, deviceMemory } = /** @type {Navigator & { deviceMemory?: number }} */ (navigator);
  const memory = deviceMemory ?? (matchMedia("(any-pointer: fine)").matches ? ENOUGH : 0);
  return hardwareConcurrency > 1 && memory >= ENOUGH;
}

/**
 * @param {Engine} python
 * @param {Table} table
 * @param {string[][]} rangs
 * @returns {Promise<unknown[]>}
 */
async function put(python, table, rangs) {
  const { reponses } = /** @type {{ reponses: unknown[] }} */ (await python.call({ ...table, rangs }));
  return reponses;
}

export class Partner {
  /** @type {Engine | undefined} */
  #other;
  /** Whether there may be one. */
  #wanted;
  /** Whether it answers already: until then, nothing waits for it. */
  #ready = false;

  /** @param {boolean} worthIt whether the file is long enough */
  constructor(worthIt) {
    this.#wanted = worthIt && maySpare();
  }

  /** Whether to have the lines shared. */
  get wanted() {
    return this.#wanted;
  }

  /**
   * Asks rows of a file, half of them here and half there.
   *
   * @param {Table} table
   * @param {string[][]} rows
   */
  async ask(table, rows) {
    const other = (this.#other ??= this.#begin());
    const half = this.#wanted && this.#ready ? Math.ceil(rows.length / 2) : rows.length;
    const there = this.#put(other, table, rows.slice(half));
    // It may end badly before the first half is answered: that is told below.
    there.catch(() => undefined);
    return [...(await put(engine, table, rows.slice(0, half))), ...(await there)];
  }

  #begin() {
    const other = new Engine({ base: engine.address(""), fetchesAhead: false });
    other.start().then(
      () => {
        this.#ready = true;
      },
      (error) => console.debug("lot", error),
    );
    return other;
  }

  /**
   * @param {Engine} other
   * @param {Table} table
   * @param {string[][]} rows
   */
  async #put(other, table, rows) {
    if (!rows.length) {
      return [];
    }
    try {
      return await put(other, table, rows);
    } catch (error) {
      console.debug("lot", error);
      this.end();
      return put(engine, table, rows);
    }
  }

  /** Gives its memory back. */
  end() {
    this.#wanted = false;
    const other = this.#other;
    // One that starts, or that starts again, cannot be ended before it has; one that failed is not there.
    if (other && ["loading", "ready"].includes(other.state.state)) {
      other.start().then(
        () => other.stop(),
        () => undefined,
      );
    }
  }
}
