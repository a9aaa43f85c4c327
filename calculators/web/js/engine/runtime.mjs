// The parts of the runtime, and the memory that Python begins with on each, as they come to the page.

import { savesData } from "../common/data.mjs";
import { Ahead } from "./ahead.mjs";
import { compile, download } from "./download.mjs";
import { EngineError } from "./error.mjs";
import { supply } from "./parts.mjs";

/** @typedef {"hot" | "whole"} Part of the runtime, with its memory */
/** @typedef {Part | "public"} Way to start: on the hot part of the runtime, or the whole; without its memory, on the whole */
/** @typedef {import("./download.mjs").Progress} Progress */

/** Reasons that are those of a network: something did not come. @type {Set<import("./error.mjs").Reason>} */
const MISSING = new Set(["offline", "silent", "refused", "page"]);

/**
 * The part of the runtime that a way starts on.
 *
 * @param {Way} way
 * @returns {Part}
 */
export function partOf(way) {
  return way === "hot" ? "hot" : "whole";
}

export class Runtime {
  /** @type {{ base: string, files: EngineFiles, aheadPatience: number, fetchesAhead: boolean }} */
  #settings;
  /** @type {Partial<Record<Part, WebAssembly.Module>>} parts of the runtime, each compiled once */
  #modules = {};
  /** Parts that were needed, and could not be had: asked for again, nothing of them is taken from a cache. @type {Set<Part>} */
  #failed = new Set();
  /** The whole runtime, on its way before it is needed. */
  #ahead = new Ahead();

  /** @param {{ base: string, files: EngineFiles, aheadPatience: number, fetchesAhead: boolean }} settings */
  constructor(settings) {
    this.#settings = settings;
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
   * How to ask for what a way to start needs. What failed may be what a cache kept: a login page, an error, a file cut short.
   *
   * @param {Way} way
   * @returns {RequestCache}
   */
  cacheFor(way) {
    return this.#failed.has(partOf(way)) ? "reload" : "default";
  }

  /**
   * Python could not start, on these parts.
   *
   * @param {Iterable<Part>} parts
   * @param {EngineError} why
   */
  fail(parts, { reason }) {
    for (const part of parts) {
      this.#failed.add(part);
      // What has not come says nothing against what has.
      if (!MISSING.has(reason)) {
        delete this.#modules[part];
      }
    }
  }

  /**
   * Python has started.
   *
   * @param {Way} way
   */
  succeed(way) {
    const part = partOf(way);
    this.#failed.delete(part);
    if (part !== "hot") {
      // The hot part will not be asked again: a phone has no memory for both.
      delete this.#modules.hot;
    }
  }

  /**
   * Whether a part has come.
   *
   * @param {Part} part
   */
  has(part) {
    return Boolean(this.#modules[part]);
  }

  /**
   * @param {Part} part
   * @param {Progress} progress
   * @param {AbortSignal} signal
   */
  async module(part, progress, signal) {
    const { files } = this.#settings;
    const [file, bytes] = part === "hot" ? [files.hot, files.bytes.hot] : [files.runtime, files.bytes.runtime];
    const fetch = async () => {
      const cache = await this.#cacheOf(part, file, progress);
      return compile(this.address(file), bytes, progress, { cache, signal });
    };
    const module = this.#modules[part] ?? (await fetch());
    this.#modules[part] = module;
    return module;
  }

  /**
   * Fetches the memory that Python begins with, if it is to be had.
   *
   * @param {Part} part
   * @param {Progress} progress
   * @param {AbortSignal} signal
   * @returns {Promise<ArrayBuffer | undefined>}
   */
  memory(part, progress, signal) {
    const { files } = this.#settings;
    const [file, integrity, bytes] =
      part === "hot"
        ? [files.hot_memory, files.hot_memory_integrity, files.bytes.hot_memory]
        : [files.snapshot, files.integrity, files.bytes.snapshot];
    const fetch = async () => {
      const cache = await this.#cacheOf(part, file, progress);
      return download(this.address(file), integrity, progress, { bytes, cache, signal });
    };
    return new Promise((/** @type {(content: ArrayBuffer) => void} */ resolve, reject) => {
      signal.addEventListener("abort", () => reject(new EngineError("silent", "the snapshot does not come")));
      fetch().then(resolve, reject);
    }).catch((error) => {
      console.debug("calculateur", error);
      return undefined;
    });
  }

  /** Fetches the whole runtime and its memory before they are needed, for the browser to keep. */
  fetchAhead() {
    const { files, fetchesAhead } = this.#settings;
    if (fetchesAhead && !this.has("whole") && !supply.carried && !savesData()) {
      this.#ahead.begin([files.runtime, files.snapshot].map((file) => this.address(file)));
    }
  }

  /**
   * How to ask for a file, once what is on its way already has come, to be then taken from what the browser keeps. What was
   * given up is not: a service worker may still be waiting for it.
   *
   * @param {Part} part
   * @param {string} file
   * @param {Progress} progress
   * @returns {Promise<RequestCache>}
   */
  async #cacheOf(part, file, progress) {
    const { aheadPatience } = this.#settings;
    const gaveUp = part !== "hot" && (await this.#ahead.finish(this.address(file), aheadPatience, () => progress(0)));
    return gaveUp ? "reload" : this.cacheFor(part);
  }
}
