// The engine: one worker that runs the calculators' Python, started when it is first needed and kept from page to page.
//
// The page fetches and compiles the runtime while the worker starts. Python begins with its memory as it was kept at
// build; if that fails for any reason, a new worker starts it the public way.

import { compile, download } from "./download.mjs";
import { supply } from "./parts.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ state: State, loaded: number, total: number }} StateDetail `loaded` and `total` are bytes. */
/** @typedef {"unavailable" | "timeout" | "python"} Reason why the engine gave no answer */
/**
 * @typedef {{ type: "progress", bytes: number } | { type: "ready" } | { type: "fatal", error: string }
 *   | { type: "result", id: number, ok: true, value: string }
 *   | { type: "result", id: number, ok: false, error: string }} FromWorker
 */
/**
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {string} base
 * @property {WebAssembly.Module} module
 * @property {ArrayBuffer | undefined} snapshot
 * @property {Map<string, ArrayBuffer> | undefined} library what the worker needs without a snapshot, if it cannot fetch it
 */
/** @typedef {Boot | { type: "call", id: number, request: string }} ToWorker */

/**
 * @typedef {object} Settings
 * @property {string} base address of the site's assets/ folder, ending with a slash
 * @property {EngineFiles} [files] the parts of the engine, from `base`
 * @property {number} [startPatience] milliseconds that a start may go without any progress
 * @property {number} [callPatience] milliseconds that one call may take
 */

/** No answer could be had; `reason` says why. */
export class EngineError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.name = "EngineError";
    this.reason = reason;
  }
}

/** Looks at a wait by that many steps. */
const STEPS = 8;

/**
 * Calls `giveUp` once `patience` milliseconds have gone by without `renew`. The time that the page sleeps, in a tab put aside
 * or on a machine whose lid is shut, does not count.
 *
 * @param {number} patience
 * @param {() => void} giveUp
 */
function watchdog(patience, giveUp) {
  let left = STEPS;
  const timer = setInterval(() => {
    left -= 1;
    if (left === 0) {
      clearInterval(timer);
      giveUp();
    }
  }, patience / STEPS);
  return {
    renew: () => {
      left = STEPS;
    },
    stop: () => clearInterval(timer),
  };
}

/** Runs calls one after the other. Dispatches `state` events whose detail is a StateDetail. */
export class Engine extends EventTarget {
  /** @type {Required<Settings>} */
  #settings;
  /** @type {State} */
  #state = "idle";
  #loaded = 0;
  #total = 0;
  /** @type {WebAssembly.Module | undefined} the runtime, compiled once */
  #module;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} the current start, or the one that made the worker ready */
  #starting;
  /** @type {Promise<unknown>} settles when the last call queued is over */
  #last = Promise.resolve();
  #calls = 0;

  /** @param {Settings} settings */
  constructor(settings) {
    super();
    this.#settings = { files: ENGINE, startPatience: 30_000, callPatience: 10_000, ...settings };
  }

  /** @returns {StateDetail} */
  get state() {
    return { state: this.#state, loaded: this.#loaded, total: this.#total };
  }

  /**
   * Resolves when Python is ready. A start that failed can be tried again.
   *
   * @returns {Promise<void>}
   */
  start() {
    this.#starting ??= this.#boot();
    return this.#starting;
  }

  /**
   * Asks Python; starts it when needed. Rejects with an EngineError when there is no answer.
   *
   * @param {object} request
   * @returns {Promise<object>}
   */
  call(request) {
    const answer = this.#last.then(() => this.#ask(JSON.stringify(request)));
    this.#last = answer.catch(() => undefined);
    return answer.then((text) => JSON.parse(text));
  }

  /**
   * @param {State} state
   * @param {number} loaded
   */
  #become(state, loaded) {
    this.#state = state;
    this.#loaded = loaded;
    this.dispatchEvent(new CustomEvent("state", { detail: this.state }));
  }

  /** Ends the worker, if any: the next start makes a new one. */
  #discard() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#starting = undefined;
  }

  /** @returns {Promise<void>} */
  async #boot() {
    const { files } = this.#settings;
    this.#total = files.bytes.runtime + (files.snapshot ? files.bytes.snapshot : files.bytes.library);
    this.#become("loading", 0);
    try {
      const first = this.#makeWorker();
      const [module, snapshot] = await this.#patiently(first, (progress) => this.#fetchParts(progress));
      this.#module = module;
      try {
        await this.#begin(first, snapshot);
      } catch (error) {
        if (!snapshot) {
          throw error;
        }
        console.debug("calculateur", error);
        (await first).terminate();
        await this.#begin(this.#makeWorker(), undefined);
      }
    } catch (error) {
      this.#discard();
      this.#become("failed", 0);
      throw error instanceof EngineError ? error : new EngineError("unavailable", String(error));
    }
    this.#become("ready", this.#total);
  }

  async #makeWorker() {
    const { base, files } = this.#settings;
    this.#worker = await supply.work(new URL(files.worker, base).href);
    return this.#worker;
  }

  /**
   * Runs a step of the start. It fails when the worker does, or when nothing comes for too long: neither a fetch nor
   * Pyodide's own promise ends for sure.
   *
   * @template T
   * @param {Promise<Worker>} making
   * @param {(progress: (bytes: number) => void) => Promise<T>} step
   * @returns {Promise<T>}
   */
  #patiently(making, step) {
    const { startPatience } = this.#settings;
    let over = false;
    /** @type {ReturnType<typeof watchdog> | undefined} */
    let watch;
    const ended = new Promise((resolve, reject) => {
      watch = watchdog(startPatience, () =>
        reject(new EngineError("unavailable", `no progress for ${startPatience} ms`)),
      );
      making.then((worker) => {
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new EngineError("unavailable", event.message || "the worker's script cannot be loaded"));
        };
      }, reject);
      const progress = (/** @type {number} */ bytes) => {
        if (!over) {
          watch?.renew();
          this.#become("loading", Math.min(this.#loaded + bytes, this.#total));
        }
      };
      step(progress).then(resolve, reject);
    });
    return ended.finally(() => {
      over = true;
      watch?.stop();
    });
  }

  /**
   * Fetches the runtime, and the snapshot if there is one to be had.
   *
   * @param {(bytes: number) => void} progress
   * @returns {Promise<[WebAssembly.Module, ArrayBuffer | undefined]>}
   */
  #fetchParts(progress) {
    const { base, files } = this.#settings;
    const snapshot = files.snapshot
      ? download(new URL(files.snapshot, base).href, files.integrity, progress).catch((error) => {
          console.debug("calculateur", error);
          return undefined;
        })
      : undefined;
    const module = this.#module ?? compile(new URL(files.runtime, base).href, progress);
    return Promise.all([module, snapshot]);
  }

  /**
   * Starts Python in a worker; resolves when it is ready.
   *
   * @param {Promise<Worker>} making
   * @param {ArrayBuffer | undefined} snapshot
   */
  async #begin(making, snapshot) {
    const { base, files } = this.#settings;
    const module = /** @type {WebAssembly.Module} */ (this.#module);
    const parts = [files.library, files.lock, files.wheel].map((file) => new URL(file, base).href);
    const library = snapshot ? undefined : await supply.hand(parts);
    const worker = await making;
    if (!snapshot && files.snapshot) {
      this.#total = this.#loaded + files.bytes.library;
    }
    return this.#patiently(
      making,
      (progress) =>
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => {
            const message = /** @type {FromWorker} */ (data);
            if (message.type === "ready") {
              resolve(undefined);
            } else if (message.type === "fatal") {
              reject(new EngineError("unavailable", message.error));
            } else if (message.type === "progress") {
              progress(message.bytes);
            }
          };
          this.#send(worker, { type: "boot", base, module, snapshot, library }, snapshot ? [snapshot] : []);
        }),
    );
  }

  /**
   * @param {string} request
   * @returns {Promise<string>}
   */
  async #ask(request) {
    await this.start();
    const worker = this.#worker;
    if (!worker) {
      throw new EngineError("unavailable", "the worker is gone");
    }
    const id = ++this.#calls;
    const { callPatience } = this.#settings;
    return new Promise((resolve, reject) => {
      /** @param {EngineError} error */
      const replace = (error) => {
        watch.stop();
        this.#discard();
        this.#become("idle", 0);
        this.start().catch(() => undefined);
        reject(error);
      };
      const watch = watchdog(callPatience, () =>
        replace(new EngineError("timeout", `no answer within ${callPatience} ms`)),
      );
      worker.onerror = (event) => {
        event.preventDefault();
        replace(new EngineError("unavailable", event.message || "the worker stopped"));
      };
      worker.onmessage = ({ data }) => {
        const message = /** @type {FromWorker} */ (data);
        if (message.type === "fatal") {
          replace(new EngineError("unavailable", message.error));
        }
        if (message.type !== "result" || message.id !== id) {
          return;
        }
        watch.stop();
        if (message.ok) {
          resolve(message.value);
        } else {
          reject(new EngineError("python", message.error));
        }
      };
      this.#send(worker, { type: "call", id, request });
    });
  }

  /**
   * @param {Worker} worker
   * @param {ToWorker} message
   * @param {Transferable[]} [given]
   */
  #send(worker, message, given = []) {
    worker.postMessage(message, given);
  }
}

/** Address of the assets/ folder, from that of the page script, which stands in it. */
function assets() {
  const current = document.currentScript;
  const address = current instanceof HTMLScriptElement ? current.src : document.baseURI;
  return new URL("./", address).href;
}

/** The page's engine. */
export const engine = new Engine({ base: assets() });
