// The engine: one worker that runs the calculators' Python, started when it is first needed and kept from page to page.
//
// The page fetches and compiles the runtime while the worker starts. Python begins with its memory as it was kept at
// build; if that fails for any reason, a new worker starts it the public way.
//
// The runtime comes in two parts. Its hot part comes first: it has the functions that answer, and instead of any other, a
// word that it was asked for. The whole runtime comes once the first answer is given; a question that led to that word is
// put again to a new worker on the whole runtime, whatever came of it.

import { savesData } from "../common/data.mjs";
import { compile, count, download, whyNoWorker } from "./download.mjs";
import { EngineError } from "./error.mjs";
import { Journal } from "./journal.mjs";
import { supply } from "./parts.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/**
 * @typedef {{ state: State, loaded: number, total: number, again: boolean }} StateDetail `loaded` and `total` are bytes;
 *   `again`: Python is starting once more, on the whole runtime, for a question that the hot part does not answer
 */
/** @typedef {"hot" | "whole" | "public"} Way on the hot part of the runtime, or the whole; without the snapshot, on the whole */
/** @typedef {import("./error.mjs").Reason} Reason */
/**
 * @typedef {{ type: "progress", bytes: number } | { type: "ready" } | { type: "cold" }
 *   | { type: "fatal", error: string, reason?: Reason, status?: number | undefined }
 *   | { type: "result", id: number, ok: true, value: string, files?: Blob[] }
 *   | { type: "result", id: number, ok: false, error: string }} FromWorker
 */
/**
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {string} base
 * @property {RequestCache} cache how the worker fetches
 * @property {WebAssembly.Module} module
 * @property {boolean} memory whether Python waits for the memory that it begins with: it comes in a message of its own
 * @property {Map<string, ArrayBuffer> | undefined} library what the worker needs without a snapshot, if it cannot fetch it
 */
/** @typedef {Boot | { type: "memory", snapshot: ArrayBuffer } | { type: "call", id: number, request: string, files: Blob[] }} ToWorker */
/** @typedef {{ value: string, made?: Blob[] | undefined }} Given a reply, and the files made with it */

/**
 * @typedef {object} Settings
 * @property {string} base address of the site's assets/ folder, ending with a slash
 * @property {EngineFiles} [files] the parts of the engine, from `base`
 * @property {number} [startPatience] milliseconds that a start may go without any progress
 * @property {number} [callPatience] milliseconds that one call may take
 * @property {boolean} [fetchesAhead] whether it has the browser keep the whole runtime once the hot part has answered
 */

/** Looks at a wait by that many steps. */
const STEPS = 8;

/** A page is taken to be at rest after this, in milliseconds, whatever it does. */
const IDLE = 2000;

/** Characters of a question that are told to developers. */
const LONGEST = 200;

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
  /** @type {{ hot?: WebAssembly.Module, whole?: WebAssembly.Module }} parts of the runtime, each compiled once */
  #modules = {};
  /** Whether the hot part has been asked for what it does not have. */
  #cold = false;
  /** Whether Python is starting once more, for that. */
  #again = false;
  /** Whether the whole runtime was needed, and could not be had: asked for again, nothing of it is taken from a cache. */
  #wholeFailed = false;
  /** How many questions were put again to the whole runtime. */
  replays = 0;
  /** @type {Promise<unknown> | undefined} settles when the whole runtime, fetched ahead, is kept by the browser or not */
  #ahead;
  /** Called with what comes of it. @type {(bytes: number) => void} */
  #onAhead = () => undefined;
  #journal = new Journal();
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} the current start, or the one that made the worker ready */
  #starting;
  /** Whether a question waits for Python to start, or was told that it did not. */
  #awaited = false;
  /** @type {Promise<unknown>} settles when the last call queued is over */
  #last = Promise.resolve();
  #calls = 0;
  /** Ends the call that is under way. @type {(error: EngineError) => void} */
  #giveUp = () => undefined;

  /** @param {Settings} settings */
  constructor(settings) {
    super();
    this.#settings = { files: ENGINE, startPatience: 30_000, callPatience: 10_000, fetchesAhead: true, ...settings };
  }

  /** @returns {StateDetail} */
  get state() {
    return { state: this.#state, loaded: this.#loaded, total: this.#total, again: this.#again };
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
   * Starts Python ahead of any question; a failure will be told when one is asked. Once it has been, only who was told starts
   * it again: their question would else join a start that began before they did what they were told to do, and fail with it.
   */
  prepare() {
    if (!this.#awaited) {
      this.start().catch((error) => console.debug("calculateur", error));
    }
  }

  /**
   * Asks Python; starts it when needed. Rejects with an EngineError when there is no answer.
   *
   * @param {object} request
   * @param {Blob[]} files handed to Python with the question, for it to read where they are
   * @returns {Promise<object>} with its `rendus`, Blobs that Python made, if files were handed
   */
  call(request, files = []) {
    const answer = this.#last.then(() => this.#ask(JSON.stringify(request), files));
    this.#last = answer.catch(() => undefined);
    return answer.then(({ value, made }) => Object.assign(JSON.parse(value), made && { rendus: made }));
  }

  /** Ends Python at once, whatever it does: its memory is given back, and the next call starts it again. */
  stop() {
    if (this.#state === "ready") {
      this.#discard();
      this.#become("idle", 0);
      this.#giveUp(new EngineError("stopped", "as asked"));
    }
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
    this.#journal = new Journal();
  }

  /** @returns {Promise<void>} */
  async #boot() {
    const { files } = this.#settings;
    // What failed may be what a cache kept: a login page, an error, a file cut short. Tried again, nothing is taken from one.
    const cache = this.#state === "failed" ? "reload" : "default";
    const first = files.hot && files.snapshot && !this.#cold ? "hot" : "whole";
    /** @type {Way} */
    let way = files.snapshot ? first : "public";
    let making = this.#makeWorker(cache);
    try {
      for (let begun = false; !begun; ) {
        try {
          await this.#startOn(way, making, cache);
          begun = true;
        } catch (error) {
          const next = after(way, error);
          if (!next) {
            throw error;
          }
          console.debug("calculateur", error);
          end(making);
          making = this.#makeWorker(cache);
          if (next === "whole") {
            this.#cold = this.#again = true;
          }
          way = next;
        }
      }
      this.#worker = await making;
    } catch (error) {
      end(making);
      const reason = await this.#reasonOf(error);
      this.#discard();
      // The hot part may have the answer to another question: it is tried first again.
      this.#wholeFailed = Boolean(files.hot) && way !== "hot";
      this.#cold = this.#again = false;
      this.#become("failed", 0);
      throw reason;
    }
    this.#again = false;
    if (way !== "hot") {
      // The hot part will not be asked again: a phone has no memory for both.
      delete this.#modules.hot;
    }
    this.#become("ready", this.#total);
  }

  /**
   * Starts Python in a worker. A failure of the snapshot is a SnapshotError: there is another way.
   *
   * @param {Way} way
   * @param {Promise<Worker>} making
   * @param {RequestCache} cache
   */
  async #startOn(way, making, cache) {
    const { files, startPatience } = this.#settings;
    const part = way === "hot" ? "hot" : "whole";
    const { hot, hot_memory, runtime, snapshot: memory, library } = files.bytes;
    const come = way === "public" && this.#modules.whole ? this.#loaded : 0;
    this.#total = come || { hot: hot + hot_memory, whole: runtime + memory, public: runtime + library }[way];
    this.#become("loading", come);
    /** @type {Promise<unknown> | undefined} settles when Python has begun with its memory, or cannot */
    let begun;
    // While the memory comes, Python gets as far as it can without: the one does not wait for the other.
    const [module, snapshot] = await this.#fetchParts(way, part, making, cache, (compiled) => {
      begun = making.then((worker) => this.#bootWorker(worker, { cache, module: compiled, memory: true }));
      begun.catch(() => undefined);
    });
    this.#modules[part] = module;
    if (way === "public") {
      await this.#beginThePublicWay(making, cache, module);
      return;
    }
    if (!snapshot) {
      throw new SnapshotError("it did not come");
    }
    const take = async () => {
      this.#send(await making, { type: "memory", snapshot }, [snapshot]);
      await begun;
    };
    await this.#patiently(making, take, { patience: startPatience / 2 }).catch((error) => {
      throw error instanceof ColdError ? error : new SnapshotError(String(error));
    });
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
   * Fetches a part of the runtime, and the snapshot if there is one to be had: one that keeps the reader waiting is given up.
   *
   * @param {Way} way
   * @param {"hot" | "whole"} part
   * @param {Promise<Worker>} making
   * @param {RequestCache} cache
   * @param {(module: WebAssembly.Module) => void} compiled called with it while the snapshot comes, if there is one
   * @returns {Promise<[WebAssembly.Module, ArrayBuffer | undefined]>}
   */
  #fetchParts(way, part, making, cache, compiled) {
    const { base, files, startPatience } = this.#settings;
    const enough = new AbortController();
    const { signal } = enough;
    const [file, integrity, bytes] =
      part === "hot"
        ? [files.hot_memory, files.hot_memory_integrity, files.bytes.hot_memory]
        : [files.snapshot, files.integrity, files.bytes.snapshot];
    const address = new URL(file, base).href;
    /** @param {(bytes: number) => void} progress */
    const fetchSnapshot = (progress) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new EngineError("silent", "the snapshot does not come")));
        this.#cacheOf(part, cache, progress)
          .then((how) => download(address, integrity, progress, { bytes, cache: how, signal }))
          .then(resolve, reject);
      }).catch((error) => {
        console.debug("calculateur", error);
        return undefined;
      });
    /** @param {(bytes: number) => void} progress */
    const fetchModule = async (progress) => {
      const module = this.#modules[part] ?? (await this.#compile(part, cache, progress));
      if (way !== "public") {
        compiled(module);
      }
      return module;
    };
    return this.#patiently(
      making,
      (progress) => Promise.all([fetchModule(progress), way === "public" ? undefined : fetchSnapshot(progress)]),
      { patience: startPatience, halfway: () => enough.abort() },
    );
  }

  /**
   * @param {"hot" | "whole"} part
   * @param {RequestCache} cache
   * @param {(bytes: number) => void} progress
   */
  async #compile(part, cache, progress) {
    const { base, files } = this.#settings;
    const [file, bytes] = part === "hot" ? [files.hot, files.bytes.hot] : [files.runtime, files.bytes.runtime];
    const how = await this.#cacheOf(part, cache, progress);
    return compile(new URL(file, base).href, bytes, progress, { cache: how });
  }

  /**
   * How to ask for what belongs to a part of the runtime: what is on its way already is asked for again only once it has
   * come, from what the browser keeps.
   *
   * @param {"hot" | "whole"} part
   * @param {RequestCache} cache
   * @param {(bytes: number) => void} progress
   * @returns {Promise<RequestCache>}
   */
  async #cacheOf(part, cache, progress) {
    if (part === "hot") {
      return cache;
    }
    if (this.#wholeFailed) {
      return "reload";
    }
    if (this.#ahead) {
      this.#onAhead = () => progress(0);
      await this.#ahead;
    }
    return cache;
  }

  /** Fetches the whole runtime and its memory before they are needed, for the browser to keep; a failure will be told then. */
  #fetchAhead() {
    const { base, files, fetchesAhead } = this.#settings;
    if (!files.hot || !fetchesAhead || this.#ahead || this.#modules.whole || supply.carried || savesData()) {
      return;
    }
    /** @param {string} file */
    const fetch = async (file) => {
      const response = await supply.open(new URL(file, base).href, { priority: "low" });
      await count(response, (bytes) => this.#onAhead(bytes));
    };
    this.#ahead = rest()
      .then(() => fetch(files.runtime))
      .then(() => fetch(files.snapshot))
      .catch((error) => console.debug("calculateur", error));
  }

  /**
   * Starts Python without a memory: from its library, which the worker fetches itself or is handed.
   *
   * @param {Promise<Worker>} making
   * @param {RequestCache} cache
   * @param {WebAssembly.Module} module
   */
  #beginThePublicWay(making, cache, module) {
    const { base, files, startPatience } = this.#settings;
    const parts = [files.library, files.lock, files.wheel].map((file) => new URL(file, base).href);
    if (files.snapshot) {
      this.#total = this.#loaded + files.bytes.library;
    }
    return this.#patiently(
      making,
      async (progress) => {
        const library = await supply.hand(parts);
        await this.#bootWorker(await making, { cache, module, memory: false, library }, progress);
      },
      { patience: startPatience },
    );
  }

  /**
   * Has a worker start Python; resolves when it is ready.
   *
   * @param {Worker} worker
   * @param {{ cache: RequestCache, module: WebAssembly.Module, memory: boolean, library?: Boot["library"] }} boot
   * @param {(bytes: number) => void} [progress]
   * @returns {Promise<void>}
   */
  #bootWorker(worker, { cache, module, memory, library }, progress) {
    const { base } = this.#settings;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        const message = /** @type {FromWorker} */ (data);
        if (message.type === "ready") {
          resolve();
        } else if (message.type === "cold") {
          reject(new ColdError("the start"));
        } else if (message.type === "fatal") {
          reject(new EngineError(message.reason ?? "stopped", message.error, message.status));
        } else if (message.type === "progress") {
          progress?.(message.bytes);
        }
      };
      this.#send(worker, { type: "boot", base, cache, module, memory, library });
    });
  }

  /** Starts Python for a question. */
  async #started() {
    this.#awaited = true;
    await this.start();
    this.#awaited = false;
  }

  /**
   * Puts a question to Python: again, on the whole runtime, if the hot part does not do.
   *
   * @param {string} request
   * @param {Blob[]} files
   * @returns {Promise<Given>}
   */
  async #ask(request, files) {
    await this.#started();
    const journal = this.#journal;
    try {
      const reply = await this.#put(request, files);
      if (!this.#cold) {
        journal.note(request, reply.value);
        this.#fetchAhead();
      }
      return reply;
    } catch (error) {
      if (!(error instanceof ColdError)) {
        throw error;
      }
      console.debug("calculateur", error);
    }
    this.replays += 1;
    this.#discard();
    this.#cold = this.#again = true;
    await this.#started();
    for (const told of journal.requests) {
      await this.#put(told, []);
    }
    return this.#put(request, files);
  }

  /**
   * @param {string} request
   * @param {Blob[]} files
   * @returns {Promise<Given>}
   */
  async #put(request, files) {
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
      this.#giveUp = (error) => {
        watch.stop();
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
        if (message.type === "cold") {
          watch.stop();
          reject(new ColdError(request.slice(0, LONGEST)));
        }
        if (message.type !== "result" || message.id !== id) {
          return;
        }
        watch.stop();
        if (message.ok) {
          resolve({ value: message.value, made: message.files });
        } else {
          reject(new EngineError("python", message.error));
        }
      };
      this.#send(worker, { type: "call", id, request, files });
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

/** Python could not begin with its memory as it was kept. */
class SnapshotError extends Error {}

/** The hot part of the runtime was asked for what it does not have. */
class ColdError extends Error {}

/**
 * The way to start that is left when one failed.
 *
 * @param {Way} way
 * @param {unknown} error
 * @returns {Way | undefined}
 */
function after(way, error) {
  if (way === "hot" && error instanceof ColdError) {
    return "whole";
  }
  return error instanceof SnapshotError ? "public" : undefined;
}

/** Waits until the page has nothing to do: the first answer is shown. */
function rest() {
  return new Promise((resolve) =>
    "requestIdleCallback" in window ? requestIdleCallback(resolve, { timeout: IDLE }) : setTimeout(resolve, IDLE),
  );
}

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
