// What there is to do with the files of a desk: one task at a time, with a bar and a button that stops it. Python's memory is
// given back when nothing is left to do.

import { rest } from "./checker.mjs";

/** @typedef {import("./items.mjs").Item} Item */
/**
 * @typedef {object} Task
 * @property {string} [words] what is said while it is done; of a file that is looked at, its number is said
 * @property {Item} [item] the file that is looked at
 * @property {(signal: AbortSignal) => Promise<unknown>} act
 */
/**
 * @typedef {object} Progress
 * @property {HTMLElement} progress shown while there is something to do
 * @property {HTMLElement} count
 * @property {HTMLProgressElement} bar
 */

const PREPARING = "Le vérificateur se prépare…";

/** Queues that are at work: Python is the same for all those of a page. */
let busy = 0;

/**
 * Resolves once something is done, or is stopped: what is stopped may go on for a while, in the browser's hands.
 *
 * @param {Promise<unknown>} doing
 * @param {AbortSignal} signal
 */
export async function doneOrStopped(doing, signal) {
  // A signal lives until something is stopped: nothing of what was done stays tied to it.
  const ended = new AbortController();
  try {
    await Promise.race([doing, new Promise((stop) => signal.addEventListener("abort", stop, { signal: ended.signal }))]);
  } finally {
    ended.abort();
  }
}

export class Queue {
  /** @type {Task[]} */
  #waiting = [];
  #running = false;
  #stop = new AbortController();
  /** @type {Progress} */
  #parts;
  /** @type {(looked: Item[]) => void} */
  #over;

  /**
   * @param {Progress} parts
   * @param {(looked: Item[]) => void} over nothing is left to do; `looked`: the files looked at meanwhile
   */
  constructor(parts, over) {
    [this.#parts, this.#over] = [parts, over];
  }

  /** Aborted when what is being done is stopped. */
  get signal() {
    return this.#stop.signal;
  }

  /** @param {Task[]} tasks */
  add(tasks) {
    this.#waiting.push(...tasks);
    this.#run();
  }

  /**
   * Nothing is to be done any more of what these tasks are about.
   *
   * @param {(task: Task) => boolean} chosen
   */
  drop(chosen) {
    this.#waiting = this.#waiting.filter((task) => !chosen(task));
  }

  /** Stops what is being done, and does nothing of what waits. */
  stop() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#waiting = [];
    this.#parts.progress.hidden = true;
    this.#rest();
  }

  async #run() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    busy += 1;
    let done = 0;
    /** @type {Item[]} */
    let looked = [];
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      const { signal } = this.#stop;
      this.#follow(task, done);
      await doneOrStopped(task.act(signal), signal);
      done = signal.aborted ? 0 : done + 1;
      looked = signal.aborted ? [] : [...looked, ...(task.item ? [task.item] : [])];
    }
    this.#running = false;
    busy -= 1;
    this.#parts.progress.hidden = true;
    this.#rest();
    if (done) {
      this.#over(looked);
    }
  }

  /**
   * Says how far it is.
   *
   * @param {Task} task
   * @param {number} done
   */
  #follow({ words }, done) {
    const { progress, bar, count } = this.#parts;
    const total = done + 1 + this.#waiting.length;
    progress.hidden = false;
    if (total > 1) {
      [bar.max, bar.value] = [total, done];
    } else {
      bar.removeAttribute("value"); // of one thing, how far it is is not known
    }
    count.textContent = words ?? (done ? `Fichier ${done + 1} sur ${total}` : PREPARING);
  }

  /** Gives Python's memory back, unless another queue is at work. */
  #rest() {
    if (busy <= (this.#running ? 1 : 0)) {
      rest();
    }
  }
}
