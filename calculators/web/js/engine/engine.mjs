// The engine: one worker that runs the calculators' Python, started when it is first needed and kept from page to page.
//
// The page fetches and compiles the runtime while the worker starts. Python begins with its memory as it was kept at
// build; if that fails for any reason, a new worker starts it the public way.

import { compile, download, whyNoWorker } from "./download.mjs";
import { EngineError } from "./error.mjs";
import { supply } from "./parts.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ state: State, loaded: number, total: number }} StateDetail `loaded` and `total` are bytes. */
/** @typedef {import("./error.mjs").Reason} Reason */
/**
 * @typedef {{ type: "progress", bytes: number } | { type: "ready" }
 *   | { type: "fatal", error: string, reason?: Reason, status?: number | undefined }
 *   | { type: "result", id: number, ok: true, value: string }
 *   | { type: "result", id: number, ok: false, error: string }} FromWorker
 */
/**
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {string} base
 * @property {RequestCache} cache how the worker fetches
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

/** Looks at a wait by that many steps. */
const STEPS = 8;

/** Milliseconds that finding out why a start failed may take. */
const PROBE = 5000;

/**
 * Calls `giveUp` once `patience` milliseconds have gone by without `renew`, and `halfway` at half of that. The time that the
 * page sleeps, in a tab put aside or on a machine whose lid is shut, does not count.
 *
 * @param {number} patience
 * @param {() => void} giveUp
 * @param {() => void} [halfway]
 */
function watchdog(patience, giveUp, halfway) {
  let left = STEPS;
  const timer = setInterval(() => {
    left -= 1;
    if (left === STEPS / 2) {
      halfway?.();
    }
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
   * Address of a part of the engine.
   *
   * @param {string} file
   */
  address(file) {
    return new URL(file, this.#settings.base).href;
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
    const { files, startPatience } = this.#settings;
    // What failed may be what a cache kept: a login page, an error, a file cut short. Tried again, nothing is taken from one.
    const cache = this.#state === "failed" ? "reload" : "default";
    this.#total = files.bytes.runtime + (files.snapshot ? files.bytes.snapshot : files.bytes.library);
    this.#become("loading", 0);
    let making = this.#makeWorker(cache);
    try {
      const [module, snapshot] = await this.#fetchParts(making, cache);
      this.#module = module;
      try {
        await this.#begin(making, cache, snapshot, snapshot ? startPatience / 2 : startPatience);
      } catch (error) {
        if (!snapshot) {
          throw error;
        }
        console.debug("calculateur", error);
        end(making);
        making = this.#makeWorker(cache);
        await this.#begin(making, cache, undefined, startPatience);
      }
      this.#worker = await making;
    } catch (error) {
      end(making);
      const reason = await this.#reasonOf(error);
      this.#discard();
      this.#become("failed", 0);
      throw reason;
    }
    this.#become("ready", this.#total);
  }

  /** @param {RequestCache} cache */
  async #makeWorker(cache) {
    const { base, files } = this.#settings;
    try {
      return await supply.work(new URL(files.worker, base).href, cache);
    } catch (error) {
      throw error instanceof EngineError ? error : new EngineError("browser", String(error));
    }
  }

  /**
   * Why a start failed.
   *
   * @param {unknown} error
   * @returns {Promise<EngineError>}
   */
  async #reasonOf(error) {
    const { base, files } = this.#settings;
    if (isBoxed()) {
      return new EngineError("sandbox", String(error));
    }
    let found = error instanceof EngineError ? error : new EngineError("browser", String(error));
    if (error instanceof WorkerError && !supply.carried) {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), PROBE);
      found = await whyNoWorker(new URL(files.worker, base).href, { signal: patience.signal }).catch((reason) =>
        reason instanceof EngineError ? reason : new EngineError("offline", String(reason)),
      );
      clearTimeout(timer);
    }
    const ofTheCopy = supply.carried && ["offline", "refused", "page", "damaged"].includes(found.reason);
    return ofTheCopy ? new EngineError("copy", found.message) : found;
  }

  /**
   * Runs a step of the start. It fails when the worker does, or when nothing comes for too long: neither a fetch nor
   * Pyodide's own promise ends for sure.
   *
   * @template T
   * @param {Promise<Worker>} making
   * @param {(progress: (bytes: number) => void) => Promise<T>} step
   * @param {{ patience: number, halfway?: () => void }} wait in milliseconds; `halfway` is called at half of them
   * @returns {Promise<T>}
   */
  #patiently(making, step, { patience, halfway }) {
    let over = false;
    /** @type {ReturnType<typeof watchdog> | undefined} */
    let watch;
    const ended = new Promise((resolve, reject) => {
      const giveUp = () => reject(new EngineError("silent", `no progress for ${patience} ms`));
      watch = watchdog(patience, giveUp, halfway);
      making.then((worker) => {
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new WorkerError(event.message || "the worker's script cannot be loaded"));
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
   * Fetches the runtime, and the snapshot if there is one to be had: one that keeps the reader waiting is given up.
   *
   * @param {Promise<Worker>} making
   * @param {RequestCache} cache
   * @returns {Promise<[WebAssembly.Module, ArrayBuffer | undefined]>}
   */
  #fetchParts(making, cache) {
    const { base, files, startPatience } = this.#settings;
    const enough = new AbortController();
    const { signal } = enough;
    /** @param {(bytes: number) => void} progress */
    const fetchSnapshot = (progress) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new EngineError("silent", "the snapshot does not come")));
        download(new URL(files.snapshot, base).href, files.integrity, progress, { cache, signal }).then(resolve, reject);
      }).catch((error) => {
        console.debug("calculateur", error);
        return undefined;
      });
    return this.#patiently(
      making,
      (progress) => {
        const runtime = new URL(files.runtime, base).href;
        return Promise.all([
          this.#module ?? compile(runtime, files.bytes.runtime, progress, { cache }),
          files.snapshot ? fetchSnapshot(progress) : undefined,
        ]);
      },
      { patience: startPatience, halfway: () => enough.abort() },
    );
  }

  /**
   * Starts Python in a worker; resolves when it is ready.
   *
   * @param {Promise<Worker>} making
   * @param {RequestCache} cache
   * @param {ArrayBuffer | undefined} snapshot
   * @param {number} patience
   */
  #begin(making, cache, snapshot, patience) {
    const { base, files } = this.#settings;
    const module = /** @type {WebAssembly.Module} */ (this.#module);
    const parts = [files.library, files.lock, files.wheel].map((file) => new URL(file, base).href);
    if (!snapshot && files.snapshot) {
      this.#total = this.#loaded + files.bytes.library;
    }
    /**
     * @param {Worker} worker
     * @param {(bytes: number) => void} progress
     */
    const ready = (worker, progress) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => {
          const message = /** @type {FromWorker} */ (data);
          if (message.type === "ready") {
            resolve(undefined);
          } else if (message.type === "fatal") {
            reject(new EngineError(message.reason ?? "stopped", message.error, message.status));
          } else if (message.type === "progress") {
            progress(message.bytes);
          }
        };
      });
    return this.#patiently(
      making,
      async (progress) => {
        const library = snapshot ? undefined : await supply.hand(parts);
        const worker = await making;
        const begun = ready(worker, progress);
        this.#send(worker, { type: "boot", base, cache, module, snapshot, library }, snapshot ? [snapshot] : []);
        await begun;
      },
      { patience },
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
      throw new EngineError("stopped", "the worker is gone");
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
        replace(new EngineError("stopped", event.message || "the worker stopped"));
      };
      worker.onmessage = ({ data }) => {
        const message = /** @type {FromWorker} */ (data);
        if (message.type === "fatal") {
          replace(new EngineError("stopped", message.error));
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

/** A worker whose script was not loaded, or stopped at once. */
class WorkerError extends Error {}

/**
 * Ends a worker, if it ever comes.
 *
 * @param {Promise<Worker>} making
 */
function end(making) {
  making.then((worker) => worker.terminate()).catch(() => undefined);
}

/** Whether another site's frame gives the page no origin: to its own server, it is then a stranger. */
function isBoxed() {
  return globalThis.origin === "null" && location.protocol !== "file:";
}

/** Address of the assets/ folder, from that of the page script, which stands in it. */
function assets() {
  const current = document.currentScript;
  const address = current instanceof HTMLScriptElement ? current.src : document.baseURI;
  return new URL("./", address).href;
}

/** The page's engine. */
export const engine = new Engine({ base: assets() });
