// The engine: one worker that runs the calculators' Python, started when it is first needed and kept from page to page.

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ state: State, loaded: number, total: number }} StateDetail `loaded` and `total` are bytes. */
/** @typedef {"unavailable" | "timeout" | "python"} Reason why the engine gave no answer */
/**
 * @typedef {{ type: "progress", loaded: number } | { type: "ready" } | { type: "fatal", error: string }
 *   | { type: "result", id: number, ok: true, value: string }
 *   | { type: "result", id: number, ok: false, error: string }} FromWorker
 */
/** @typedef {{ type: "boot", base: string } | { type: "call", id: number, request: string }} ToWorker */

/**
 * @typedef {object} Settings
 * @property {string} base address of the site's assets/ folder, ending with a slash
 * @property {string} worker path of the worker's script, from `base`
 * @property {number} total bytes to fetch before Python is ready
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

/** Runs calls one after the other. Dispatches `state` events whose detail is a StateDetail. */
export class Engine extends EventTarget {
  /** @type {Settings & { startPatience: number, callPatience: number }} */
  #settings;
  /** @type {State} */
  #state = "idle";
  #loaded = 0;
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
    this.#settings = { startPatience: 30_000, callPatience: 10_000, ...settings };
  }

  /** @returns {StateDetail} */
  get state() {
    return { state: this.#state, loaded: this.#loaded, total: this.#settings.total };
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
    const { base, worker: script, total, startPatience } = this.#settings;
    this.#become("loading", 0);
    try {
      // Safari and Firefox know module workers since 2023 at the latest; an older browser throws or fires `error`.
      const worker = new Worker(new URL(script, base), { type: "module", name: "calculateurs" });
      this.#worker = worker;
      await new Promise((resolve, reject) => {
        // Pyodide's own promise stays pending for ever when WebAssembly fails, so silence is a failure too.
        const giveUp = () => reject(new EngineError("unavailable", `no progress for ${startPatience} ms`));
        let timer = setTimeout(giveUp, startPatience);
        worker.onerror = (event) => {
          event.preventDefault();
          clearTimeout(timer);
          reject(new EngineError("unavailable", event.message || "the worker's script cannot be loaded"));
        };
        worker.onmessage = ({ data }) => {
          const message = /** @type {FromWorker} */ (data);
          clearTimeout(timer);
          if (message.type === "ready") {
            resolve(undefined);
          } else if (message.type === "fatal") {
            reject(new EngineError("unavailable", message.error));
          } else if (message.type === "progress") {
            timer = setTimeout(giveUp, startPatience);
            this.#become("loading", Math.min(message.loaded, total));
          }
        };
        this.#send(worker, { type: "boot", base });
      });
    } catch (error) {
      this.#discard();
      this.#become("failed", 0);
      throw error instanceof EngineError ? error : new EngineError("unavailable", String(error));
    }
    this.#become("ready", total);
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
        clearTimeout(timer);
        this.#discard();
        this.#become("idle", 0);
        this.start().catch(() => undefined);
        reject(error);
      };
      const timer = setTimeout(
        () => replace(new EngineError("timeout", `no answer within ${callPatience} ms`)),
        callPatience,
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
        clearTimeout(timer);
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
   */
  #send(worker, message) {
    worker.postMessage(message);
  }
}

/** Address of the assets/ folder, from that of the page script, which stands in it. */
function assets() {
  const current = document.currentScript;
  const address = current instanceof HTMLScriptElement ? current.src : document.baseURI;
  return new URL("./", address).href;
}

/** The page's engine. */
export const engine = new Engine({ base: assets(), worker: ENGINE.worker, total: ENGINE.bytes });
