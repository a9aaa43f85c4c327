// Writes the memory of a Python that is ready to answer, for the browser to take up from there.
//
//     node make_snapshot.mjs '{"library": "…", "runtime": "…", "target": "…", "build": "…", "prepare": "module:function", …}'
//
// `library` is one zip of bytecode: the standard library and our package; `runtime` is the folder of Pyodide's own files.
// The function `prepare` is called with the `requests`, a list of texts; what it leaves in memory is the snapshot. Only
// what differs from the memory the WebAssembly module itself begins with is written. The format is read by
// calculators/web/js/engine/snapshot.mjs; two runs write the same bytes.
//
// Made by the very runtime that is shipped: `_makeSnapshot` is a private interface of this version of Pyodide.

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { loadPyodide } from "pyodide";

/** @typedef {{ library: string, runtime: string, target: string, build: string, prepare: string, requests: string[] }} Job */

/**
 * @typedef {object} Runtime what Pyodide's own module gives of its memory
 * @property {Uint8Array} HEAPU8
 * @property {Uint32Array} HEAPU32
 * @property {number} ___stack_low
 * @property {(size: number) => number} _malloc
 * @property {(at: number) => void} _free
 * @property {() => number} _emscripten_get_sbrk_ptr
 * @property {() => number} _emscripten_stack_get_current
 */

/** "MDSN", little-endian. */
const MAGIC = 0x4e53444d;

/** Memory is compared by blocks of that many bytes. */
const BLOCK = 256;

/** The allocator gives no smaller piece. */
const SMALLEST_PIECE = 12;

/** Bytes below the top of the stack that are left alone. */
const RED_ZONE = 64;

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

/** Makes the clock and the source of randomness the same at every run. */
function freezeSurroundings() {
  const RealDate = Date;
  let now = RealDate.UTC(2026, 0, 1);
  let elapsed = 0;
  let seed = 1;
  class FixedDate extends RealDate {
    /** @param {unknown[]} parts */
    constructor(...parts) {
      // @ts-expect-error: the constructor has several forms, all passed on
      super(...(parts.length ? parts : [now]));
    }
    /** @override */
    static now() {
      return (now += 1);
    }
  }
  Object.assign(globalThis, { Date: FixedDate });
  performance.now = () => (elapsed += 0.01);
  /**
   * @template T
   * @param {T} array
   */
  const fill = (array) => {
    if (ArrayBuffer.isView(array)) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let index = 0; index < bytes.length; index += 1) {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        bytes[index] = seed >>> 16;
      }
    }
    return array;
  };
  Object.assign(globalThis.crypto, { getRandomValues: fill });
  Object.assign(crypto, { randomFillSync: fill });
  syncBuiltinESMExports();
}

/** While false, the memory does not grow: an allocation that finds no room fails. */
let growing = true;

/**
 * Keeps a copy of the first big memory that a WebAssembly module is given, before any of its code runs, and lets
 * `growing` rule over its growth.
 *
 * @returns {() => Uint8Array}
 */
function keepInitialMemory() {
  const { instantiate } = WebAssembly;
  /** @type {Uint8Array | undefined} */
  let initial;
  Object.assign(WebAssembly, {
    /** @param {Parameters<typeof instantiate>} given */
    async instantiate(...given) {
      const { env } = /** @type {{ env?: Record<string, (size: number) => number> }} */ (given[1] ?? {});
      const grow = env?.["emscripten_resize_heap"];
      if (env && grow) {
        env["emscripten_resize_heap"] = (size) => (growing ? grow(size) : 0);
      }
      const made = await instantiate(...given);
      const { exports } = /** @type {WebAssembly.Instance} */ ("instance" in made ? made.instance : made);
      const { memory } = exports;
      if (!initial && memory instanceof WebAssembly.Memory && "__stack_low" in exports) {
        initial = new Uint8Array(memory.buffer.slice(0));
      }
      return made;
    },
  });
  return () => {
    if (!initial) {
      throw new Error("no memory was seen");
    }
    return initial;
  };
}

/**
 * Fills with zeros the memory that is free: what was left there would be shipped for nothing.
 *
 * @param {Runtime} runtime
 */
function clearFreeMemory(runtime) {
  const place = runtime._emscripten_get_sbrk_ptr() / 4;
  const end = runtime.HEAPU32[place] ?? 0;
  const memory = runtime.HEAPU8;
  // No room beyond what is used, so that only what was freed can be had, the largest pieces first.
  growing = false;
  runtime.HEAPU32[place] = memory.length;
  const held = [];
  for (let size = 1 << 24; size >= SMALLEST_PIECE; size -= Math.max(8, (size >> 5) * 8)) {
    for (let at = runtime._malloc(size); at; at = runtime._malloc(size)) {
      memory.fill(0, at, at + size);
      held.push(at);
    }
  }
  held.forEach((at) => runtime._free(at));
  runtime.HEAPU32[place] = end;
  growing = true;
  memory.fill(0, end);
  memory.fill(0, runtime.___stack_low, runtime._emscripten_stack_get_current() - RED_ZONE);
}

/**
 * Lists what differs from `initial` in `heap`, as pairs of a place and a length.
 *
 * @param {Uint8Array} heap
 * @param {Uint8Array} initial
 */
function changes(heap, initial) {
  /** @type {[number, number][]} */
  const runs = [];
  for (let at = 0; at < heap.length; at += BLOCK) {
    const before = at < initial.length ? initial.subarray(at, at + BLOCK) : new Uint8Array(BLOCK);
    if (Buffer.compare(heap.subarray(at, at + BLOCK), before)) {
      const last = runs.at(-1);
      if (last && last[0] + last[1] === at) {
        last[1] += BLOCK;
      } else {
        runs.push([at, BLOCK]);
      }
    }
  }
  return runs;
}

/**
 * @param {Uint8Array} heap
 * @param {object} config what Pyodide says of its own state
 * @param {Uint8Array} initial
 */
function encode(heap, config, initial) {
  const runs = changes(heap, initial);
  const text = JSON.stringify({ build: job.build, heap: heap.length, runs: runs.length, config });
  const header = Buffer.from(text.padEnd(Math.ceil(Buffer.byteLength(text) / 4) * 4));
  return Buffer.concat([
    new Uint8Array(Uint32Array.of(MAGIC, header.length).buffer),
    header,
    new Uint8Array(Uint32Array.from(runs.flat()).buffer),
    ...runs.map(([at, length]) => heap.subarray(at, at + length)),
  ]);
}

process.env["TZ"] = "UTC";
freezeSurroundings();
const initialMemory = keepInitialMemory();
const lock = JSON.parse(readFileSync(new URL("pyodide-lock.json", import.meta.resolve("pyodide")), "utf-8"));
const python = await loadPyodide({
  _makeSnapshot: true,
  indexURL: job.runtime,
  stdLibURL: job.library,
  lockFileContents: JSON.stringify({ info: lock.info, packages: {} }),
  packageBaseUrl: "./",
  env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" },
  _sysExecutable: "./this.program",
});
const [module = "", name = ""] = job.prepare.split(":");
const prepare = python.pyimport(module)[name];
prepare(JSON.stringify(job.requests));
prepare.destroy();
clearFreeMemory(/** @type {{ _module: Runtime }} */ (/** @type {unknown} */ (python))._module);

// Pyodide's own format: a header of 12 numbers, of which the second and third are where the memory begins and how long
// the text before it is.
const made = python.makeMemorySnapshot();
const [, start = 0, length = 0] = new Uint32Array(made.buffer, made.byteOffset, 3);
const config = JSON.parse(new TextDecoder().decode(made.subarray(48, 48 + length)));
writeFileSync(job.target, encode(made.subarray(start), config, initialMemory()));
