// The engine: one worker that runs the calculators' Python, started when it is first needed and kept from page to page.
//
// The page fetches and compiles the runtime while the worker starts. Python begins with its memory as it was kept at
// build; if that fails for any reason, a new worker starts it the public way.
//
// The runtime comes in two parts. Its hot part comes first: it has the functions that answer, and instead of any other, a
// word that it was asked for. The whole runtime comes once the first answer is given; a question that led to that word is
// put again to a new worker on the whole runtime, whatever came of it.

import { whyNoWorker } from "./download.mjs";
import { EngineError } from "./error.mjs";
import { Journal } from "./journal.mjs";
import { supply } from "./parts.mjs";
import { Runtime, partOf } from "./runtime.mjs";
import { watchdog } from "./watchdog.mjs";
import { ColdError, SnapshotError, WorkerError, snapshotError } from "./workers.mjs";
import { bootWorker, end, endOnceMade, onFailure, send } from "./workers.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/**
 * @typedef {{ state: State, loaded: number, total: number, again: boolean }} StateDetail `loaded` and `total` are bytes;
 *   `again`: Python is starting once more, on the whole runtime, for a question that the hot part does not answer
 */
/** @typedef {import("./runtime.mjs").Way} Way */
/** @typedef {import("./runtime.mjs").Part} Part */
/** @typedef {import("./workers.mjs").FromWorker} FromWorker */
/** @typedef {{ value: string, made?: Blob[] | undefined }} Given a reply, and the files made with it */
/** @typedef {import("./download.mjs").Progress} Progress */

/**
 * @typedef {object} Settings
 * @property {string} base address of the site's assets/ folder, ending with a slash
 * @property {EngineFiles} [files] the parts of the engine, from `base`
 * @property {number} [startPatience] milliseconds that a start may go without any progress
 * @property {number} [callPatience] milliseconds that one call may take
 * @property {number} [aheadPatience] milliseconds that what was fetched ahead may go without a byte, once it is needed
 * @property {boolean} [fetchesAhead] whether it has the browser keep the whole runtime once the hot part has answered
 */

/** Characters of a question that are told to developers. */
const LONGEST = 200;

/** Milliseconds that finding out why a start failed may take. */
const PROBE = 5000;

/** Milliseconds: see Settings. */
const PATIENCE = { startPatience: 30_000, callPatience: 10_000, aheadPatience: 8000 };

const nothing = () => undefined;

/** How many questions were put again to the whole runtime, by all the engines of the page. */
let replays = 0;

/** Runs calls one after the other. Dispatches `state` events whose detail is a StateDetail. */
export class Engine extends EventTarget {
  /** @type {Required<Settings>} */
  #settings;
  /** @type {State} */
  #state = "idle";
  #loaded = 0;
  #total = 0;
  #runtime;
  /** How the worker was started. @type {Way | undefined} */
  #way;
  /** Whether Python is to start on the whole runtime: the hot part was asked for what it does not have. */
  #cold = false;
  /** Whether Python is starting once more, for that. */
  #again = false;
  #journal = new Journal();
  /** Whether the worker knows what is in the journal. */
  #told = false;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} the current start, or the one that made the worker ready */
  #starting;
  /** Whether a question waits for Python to start, or was told that it did not. */
  #awaited = false;
  /** @type {Promise<void>} settles when the last call queued is over */
  #last = Promise.resolve();
  #calls = 0;
  /** Ends the call that is under way. @type {(error: EngineError) => void} */
  #giveUp = nothing;

  /** @param {Settings} settings */
  constructor(settings) {
    super();
    this.#settings = { files: ENGINE, ...PATIENCE, fetchesAhead: true, ...settings };
    this.#runtime = new Runtime(this.#settings);
  }

  get replays() {
    return replays;
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
    return this.#runtime.address(file);
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
    // Nothing of a reply, nor of its files, is kept until the next one.
    this.#last = answer.then(nothing, nothing);
    return answer.then(({ value, made }) => Object.assign(JSON.parse(value), made && { rendus: made }));
  }

  /** Ends Python at once, whatever it does: its memory is given back, and the next call starts it again. */
  stop() {
    if (this.#state === "ready") {
      this.#lose();
      this.#journal = new Journal();
      this.#giveUp(new EngineError("stopped", "as asked"));
    }
  }

  /**
   * Tells that nobody wants the rest of a file: no Python will be told its pieces again.
   *
   * @param {number} file its number
   */
  forget(file) {
    this.#journal.forget(file);
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
    if (this.#worker) {
      end(this.#worker);
    }
    this.#worker = undefined;
    this.#starting = undefined;
  }

  /** Ends the worker, which will be needed again. */
  #lose() {
    this.#discard();
    this.#become("idle", 0);
  }

  /** @returns {Promise<void>} */
  async #boot() {
    const { files } = this.#settings;
    const first = files.hot && files.snapshot && !this.#cold ? "hot" : "whole";
    /** @type {Way} */
    let way = files.snapshot ? first : "public";
    let making = this.#makeWorker(way);
    /** @type {Set<Part>} */
    const failed = new Set();
    try {
      for (let begun = false; !begun; ) {
        try {
          await this.#startOn(way, making);
          begun = true;
        } catch (error) {
          const next = after(way, error);
          if (error instanceof WorkerError) {
            // Its script serves both parts.
            failed.add("hot").add("whole");
          } else if (!(error instanceof ColdError)) {
            failed.add(partOf(way));
          }
          if (!next) {
            throw error;
          }
          console.debug("calculateur", error);
          endOnceMade(making);
          making = this.#makeWorker(next);
          if (next === "whole") {
            this.#turnCold();
          }
          way = next;
        }
      }
      this.#worker = await making;
    } catch (error) {
      endOnceMade(making);
      const reason = await this.#reasonOf(error);
      this.#discard();
      this.#runtime.fail(failed, reason);
      // The hot part may have the answer to another question: it is tried first again.
      this.#cold = this.#again = false;
      this.#become("failed", 0);
      throw reason;
    }
    this.#way = way;
    this.#runtime.succeed(way);
    this.#told = this.#again = false;
    this.#attend(this.#worker);
    this.#become("ready", this.#total);
  }

  /** Has Python start again, on the whole runtime. */
  #turnCold() {
    replays += 1;
    this.#cold = this.#again = true;
  }

  /**
   * Between two calls, a worker may stop by itself: the next call makes another.
   *
   * @param {Worker} worker
   */
  #attend(worker) {
    worker.onmessage = null;
    onFailure(worker, (message) => {
      console.debug("calculateur", message);
      this.#lose();
    });
  }

  /**
   * Starts Python in a worker.
   *
   * @param {Way} way
   * @param {Promise<Worker>} making
   */
  async #startOn(way, making) {
    const [runtime, memory] = [new AbortController(), new AbortController()];
    try {
      await (way === "public"
        ? this.#startThePublicWay(making, runtime.signal)
        : this.#startWithMemory(way, making, runtime.signal, memory));
    } catch (error) {
      // What is still on its way serves nothing.
      runtime.abort();
      memory.abort();
      throw error;
    }
  }

  /**
   * Starts Python with its memory. A failure of the worker, or of the memory, is a SnapshotError: there is another way.
   *
   * @param {Part} part
   * @param {Promise<Worker>} making
   * @param {AbortSignal} signal
   * @param {AbortController} enough for a memory that keeps the reader waiting to be given up
   */
  async #startWithMemory(part, making, signal, enough) {
    const { base, files, startPatience } = this.#settings;
    const { hot, hot_memory, runtime, snapshot } = files.bytes;
    const [code, image] = part === "hot" ? [hot, hot_memory] : [runtime, snapshot];
    this.#total = code + image;
    this.#become("loading", this.#runtime.has(part) ? code : 0);
    /** @type {Promise<unknown> | undefined} settles when Python has begun with its memory, or cannot */
    let begun;
    const memory = await this.#patiently(
      making,
      (progress) => {
        const module = this.#runtime.module(part, progress, signal);
        // While the memory comes, Python gets as far as it can without: the one does not wait for the other.
        begun = Promise.all([making, module]).then(([worker, compiled]) =>
          bootWorker(worker, { type: "boot", base, cache: "default", module: compiled, memory: true }).catch(snapshotError),
        );
        // With the worker, which is told to begin before it is given its memory.
        const fetched = Promise.all([this.#runtime.memory(part, progress, enough.signal), module, making]);
        // A worker that fails already needs none.
        return Promise.race([fetched, begun.then(() => fetched)]).then(([bytes]) => bytes);
      },
      { patience: startPatience, halfway: () => enough.abort() },
    );
    if (!memory) {
      throw new SnapshotError("it did not come");
    }
    const take = async () => {
      send(await making, { type: "memory", snapshot: memory }, [memory]);
      await begun;
    };
    await this.#patiently(making, take, { patience: startPatience / 2 }).catch(snapshotError);
  }

  /**
   * Starts Python without a memory: from its library, which the worker fetches itself or is handed.
   *
   * @param {Promise<Worker>} making
   * @param {AbortSignal} signal
   */
  async #startThePublicWay(making, signal) {
    const { base, files, startPatience: patience } = this.#settings;
    const { runtime, library: bytes } = files.bytes;
    const come = this.#runtime.has("whole") ? this.#loaded : 0;
    this.#total = come || runtime + bytes;
    this.#become("loading", come);
    const fetchModule = (/** @type {Progress} */ progress) => this.#runtime.module("whole", progress, signal);
    const module = await this.#patiently(making, fetchModule, { patience });
    if (files.snapshot) {
      this.#total = this.#loaded + bytes;
    }
    const cache = this.#runtime.cacheFor("public");
    const parts = [files.library, files.lock, files.wheel].map((file) => this.address(file));
    const begin = async (/** @type {Progress} */ progress) => {
      const library = await supply.hand(parts);
      await bootWorker(await making, { type: "boot", base, cache, module, memory: false, library }, progress);
    };
    await this.#patiently(making, begin, { patience });
  }

  /** @param {Way} way */
  async #makeWorker(way) {
    try {
      return await supply.work(this.address(this.#settings.files.worker), this.#runtime.cacheFor(way));
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
    if (isBoxed()) {
      return new EngineError("sandbox", String(error));
    }
    let found = error instanceof EngineError ? error : new EngineError("browser", String(error));
    if (error instanceof WorkerError && !supply.carried) {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), PROBE);
      found = await whyNoWorker(this.address(this.#settings.files.worker), { signal: patience.signal }).catch((reason) =>
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
   * @param {(progress: Progress) => Promise<T>} step
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
        onFailure(worker, (message) => reject(new WorkerError(message)));
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
    try {
      return await this.#tell(request, files);
    } catch (error) {
      if (!(error instanceof ColdError)) {
        throw error;
      }
      console.debug("calculateur", error);
    }
    this.#discard();
    this.#turnCold();
    return this.#tell(request, files);
  }

  /**
   * Puts a question to Python, once it knows what the one before it was told.
   *
   * @param {string} request
   * @param {Blob[]} files
   * @returns {Promise<Given>}
   */
  async #tell(request, files) {
    await this.#started();
    const hot = this.#way === "hot";
    if (!this.#told) {
      this.#told = true;
      for (const before of this.#journal.requests()) {
        await this.#put(before, []);
      }
      if (!hot) {
        // No other Python takes over from one on the whole runtime: nothing is noted from now on.
        this.#journal = new Journal();
      }
    }
    const given = await this.#put(request, files);
    if (hot) {
      this.#journal.note(request, given.value);
      this.#runtime.fetchAhead();
    }
    return given;
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
    /** @type {ReturnType<typeof watchdog> | undefined} */
    let watch;
    const answered = new Promise((/** @type {(given: Given) => void} */ resolve, reject) => {
      this.#giveUp = reject;
      const cold = (/** @type {string} */ why) => reject(new ColdError(`${why}: ${request.slice(0, LONGEST)}`));
      /** @param {EngineError} error the worker answers nothing more */
      const replace = (error) => {
        if (this.#way === "hot") {
          // What the hot part does not have may have been read by it unawares.
          cold(error.message);
          return;
        }
        this.#lose();
        this.start().catch(nothing);
        reject(error);
      };
      watch = watchdog(callPatience, () => replace(new EngineError("timeout", `no answer within ${callPatience} ms`)));
      onFailure(worker, (message) => replace(new EngineError("stopped", message)));
      worker.onmessage = ({ data }) => {
        const message = /** @type {FromWorker} */ (data);
        if (message.type === "fatal") {
          replace(new EngineError("stopped", message.error));
        } else if (message.type === "cold") {
          cold("cold");
        } else if (message.type === "result" && message.id === id) {
          if (message.ok) {
            resolve({ value: message.value, made: message.files });
          } else {
            reject(new EngineError("python", message.error));
          }
        }
      };
      send(worker, { type: "call", id, request, files });
    });
    return answered.finally(() => {
      watch?.stop();
      this.#giveUp = nothing;
      if (this.#worker === worker) {
        this.#attend(worker);
      }
    });
  }
}

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
