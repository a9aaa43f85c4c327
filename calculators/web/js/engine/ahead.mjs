// Fetches files before they are needed, for the browser to keep; whoever needs one waits for it only as long as it comes.

import { idle } from "../common/idle.mjs";
import { count } from "./download.mjs";
import { supply } from "./parts.mjs";
import { watchdog } from "./watchdog.mjs";

/** A page is taken to be at rest after this, in milliseconds, whatever it does. */
const IDLE = 2000;

/** A file on its way, which a browser fetches after all that the page asks for. */
class Fetching {
  #leaving = new AbortController();
  /** @type {(bytes: number) => void} */
  #heard = () => undefined;
  /** Resolves when it has come, or will not: whether it did. @type {Promise<boolean>} */
  came;
  /** @type {ReturnType<typeof watchdog> | undefined} of who waits for it */
  #watch;

  /** @param {string} address */
  constructor(address) {
    this.came = supply
      .open(address, { priority: "low", signal: this.#leaving.signal })
      .then((response) => count(response, (bytes) => this.#heard(bytes)))
      .then(
        () => true,
        (error) => {
          console.debug("calculateur", error);
          return false;
        },
      );
  }

  /**
   * Resolves when it has come, or will not: whether it was given up, once nothing of it came for too long. Asked for afresh,
   * it may.
   *
   * @param {number} patience in milliseconds
   * @param {() => void} progress called as it comes
   * @returns {Promise<boolean>}
   */
  async finish(patience, progress) {
    this.#watch?.stop();
    const watch = watchdog(patience, () => this.#leaving.abort());
    this.#watch = watch;
    this.#heard = () => {
      watch.renew();
      progress();
    };
    await this.came;
    watch.stop();
    return this.#leaving.signal.aborted;
  }
}

export class Ahead {
  /** @type {Map<string, Fetching>} by address */
  #begun = new Map();
  #asked = false;
  /** Whether what was to be fetched is needed now. */
  #needed = false;

  /**
   * Once the page is at rest, fetches files one after the other; a failure will be told when they are needed.
   *
   * @param {string[]} addresses
   */
  async begin(addresses) {
    if (this.#asked) {
      return;
    }
    this.#asked = true;
    await idle(IDLE);
    for (const address of addresses) {
      if (this.#needed) {
        return;
      }
      const fetching = new Fetching(address);
      this.#begun.set(address, fetching);
      if (!(await fetching.came)) {
        return;
      }
    }
  }

  /**
   * To be called before a file is asked for: resolves at once, unless it is on its way. Nothing more is fetched ahead then.
   *
   * @param {string} address
   * @param {number} patience milliseconds without a byte after which it is given up
   * @param {() => void} progress called as it comes
   * @returns {Promise<boolean>} whether it was given up
   */
  async finish(address, patience, progress) {
    const fetching = this.#begun.get(address);
    this.#needed = true;
    return (await fetching?.finish(patience, progress)) ?? false;
  }
}
