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

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";
import { AFTER_USED, HASH, HELD, KEYS, LONG, TEXTS, USED, hashOf, isWhole, readSnapshot, rebuild, tableOf } from "../../js/engine/snapshot.mjs";
import { aside } from "./resume.mjs";
import { seal, sealed } from "./sealed_data.mjs";
import { freezeSurroundings } from "./surroundings.mjs";

/** @typedef {{ library: string, runtime: string, target: string, build: string, prepare: string, requests: string[], called: string }} Job */

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

/** From this number of holders on, an object is one that stays for ever; the number that Python itself gives such objects. */
const [IMMORTAL_FROM, IMMORTAL] = [2 ** 30, 5 * 2 ** 28];

/** In a text, how many words before its marks. */
const TEXT_MARKS = 4;

/** Bytes below the top of the stack that are left alone. */
const RED_ZONE = 64;

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? "{}");

/** WebAssembly's memory grows by so many bytes. */
const PAGE = 1 << 16;
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
 * @param {boolean} keeps whether the pieces of it that are not long stay held: whoever takes the memory up frees them
 * @returns {Set<number>} the addresses of those
 */
function clearFreeMemory(runtime, keeps) {
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
  const isLong = (/** @type {number} */ at) => ((runtime.HEAPU32[at / 4 - 1] ?? 0) & ~7) >= LONG;
  held.filter((at) => isLong(at) || !keeps).forEach((at) => runtime._free(at));
  runtime.HEAPU32[place] = end;
  growing = true;
  memory.fill(0, end);
  memory.fill(0, runtime.___stack_low, runtime._emscripten_stack_get_current() - RED_ZONE);
  return new Set(held.filter((at) => keeps && !isLong(at)));
}

/**
 * @typedef {[followed: Uint32Array, others: Uint32Array, sizes: Uint32Array, texts: Uint32Array]} Objects the addresses of
 *   those that the collector of garbage follows, and of the others; two by two, those of some and their sizes; those that
 *   are texts
 */

/** @param {Uint8Array} bytes */
function numbers(bytes) {
  return new Uint32Array(bytes.slice().buffer);
}

/**
 * Makes objects stay for ever, out of sight of the collector of garbage: neither the number of those that hold one nor its
 * neighbours in the collector's list are then kept, which differ from one object to the next. Nor what was left in the
 * memory of texts and numbers beyond their end, and beside the marks of a text.
 *
 * @param {Runtime} runtime
 * @param {Objects} objects
 */
function settle({ HEAPU8, HEAPU32, ___stack_low: low }, [followed, others, sizes, texts]) {
  for (const at of texts.filter((address) => address > low).map((address) => address / 4)) {
    HEAPU32[at + TEXT_MARKS] = (HEAPU32[at + TEXT_MARKS] ?? 0) & 0xff;
  }
  for (let index = 0; index < sizes.length; index += 2) {
    const [at = 0, size = 0] = sizes.subarray(index, index + 2);
    if (at > low) {
      // Before a piece of memory stands its size, with marks in its lowest bits; four bytes of it are before the piece.
      HEAPU8.fill(0, at + size, at - 4 + ((HEAPU32[at / 4 - 1] ?? 0) & ~7));
    }
  }
  for (const at of followed.map((address) => address / 4)) {
    // Before an object stand the places of the next one and of the one before, whose lowest bits say something else.
    const next = (HEAPU32[at - 2] ?? 0) & ~3;
    const ours = (HEAPU32[at - 1] ?? 0) & ~3;
    HEAPU32[ours / 4] = ((HEAPU32[ours / 4] ?? 0) & 3) | next;
    HEAPU32[next / 4 + 1] = ((HEAPU32[next / 4 + 1] ?? 0) & 3) | ours;
    HEAPU32[at - 2] = HEAPU32[at - 1] = 0;
  }
  for (const at of [...followed, ...others].map((address) => address / 4)) {
    if ((HEAPU32[at] ?? 0) < IMMORTAL_FROM) {
      HEAPU32[at] = IMMORTAL;
    }
  }
}

/**
 * Lists the names that nothing holds but Python's table of names, where each stands twice: names of what was let go. A word
 * that only looks like the address of one counts as well.
 *
 * @param {Runtime} runtime
 * @param {[address: number, size: number][]} names
 */
function unused({ HEAPU32, ___stack_low: low }, names) {
  /** @type {Map<number, number>} */
  const seen = new Map();
  names.forEach(([at]) => at > low && seen.set(at, 0));
  for (const word of HEAPU32) {
    const times = seen.get(word);
    if (times !== undefined) {
      seen.set(word, times + 1);
    }
  }
  return names.filter(([at]) => seen.get(at) === 2);
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

/** Where the stack's own room ends, the pieces of memory begin that the allocator gives: within so many bytes. */
const SEARCHED = 1 << 24;

/**
 * Finds the pieces of memory that the allocator gave, one after the other: before each stands its length.
 *
 * @param {Uint32Array} words
 * @param {number} from a place, in bytes, before the first
 */
function findPieces(words, from) {
  /** @param {number} first */
  const follow = (first) => {
    const found = [];
    // Each tells whether the one before it is used: so does the first, before which there is none.
    let before = USED;
    for (let at = first; at < words.length; ) {
      const header = words[at] ?? 0;
      const size = header & ~7;
      if (size < 16 || at + size / 4 >= words.length || Boolean(header & AFTER_USED) !== Boolean(before & USED)) {
        break;
      }
      found.push(at);
      before = header;
      at += size / 4;
    }
    return found;
  };
  for (let at = from; at < from + SEARCHED; at += 8) {
    const found = follow((at + 4) / 4);
    if (found.length > 10_000) {
      return found;
    }
  }
  throw new Error("the pieces of memory are not laid out as expected");
}

/**
 * What a piece is alike: the class of the object in it, if there is one. A wrong guess only costs some bytes.
 *
 * @param {Uint32Array} words
 * @param {number} at what stands before the piece
 */
function likeness(words, at) {
  const [first = 0, second = 0, third = 0, fourth = 0] = words.subarray(at + 1, at + 5);
  if (!((words[at] ?? 0) & USED)) {
    return 0;
  }
  if (first >= IMMORTAL_FROM) {
    return second;
  }
  return first === 0 && second === 0 && third >= IMMORTAL_FROM ? fourth : 1;
}

/** From these powers of two to these, a dictionary has places. */
const [FEWEST, MOST] = [3, 20];

/**
 * Where the table of a dictionary is, in bytes, if a piece holds the keys of one and Python would fill its table anew with
 * the same: keys were taken out of some.
 *
 * @param {Uint8Array} bytes
 * @param {Uint32Array} words
 * @param {number} at what stands before the piece
 * @returns {[from: number, to: number] | undefined}
 */
function tableIn(bytes, words, at) {
  const header = words[at] ?? 0;
  const [holders = 0, sizes = 0, , room = 0, count = 0] = words.subarray(at + 1, at + 6);
  const [power, powerOfBytes, kind] = [sizes & 0xff, (sizes >> 8) & 0xff, (sizes >> 16) & 0xff];
  const wide = power < 8 ? 0 : power < 16 ? 1 : 2;
  const isOne = header & USED && holders > 0 && holders < IMMORTAL_FROM && powerOfBytes === power + wide && kind < 3;
  if (!isOne || power < FEWEST || power > MOST || !count || room + count > 2 ** power) {
    return undefined;
  }
  const length = kind ? 2 : 3;
  const end = at * 4 + (header & ~7);
  if ((at + 6) * 4 + 2 ** powerOfBytes + count * length * 4 > end) {
    return undefined;
  }
  const { from, table } = tableOf(words, at + 1);
  const to = from + table.byteLength;
  return Buffer.compare(bytes.subarray(from, to), new Uint8Array(table.buffer)) ? undefined : [from, to];
}

/**
 * Writes a memory as pieces of one kind after those of another, which a compressor finds much more alike.
 *
 * @param {Uint8Array} heap
 * @param {object} config what Pyodide says of its own state
 * @param {Uint8Array} initial
 * @param {number} low from where the memory does not come from the module
 * @param {number} text the class of texts
 * @param {Set<number>} held
 */
function encode(heap, config, initial, low, text, held) {
  const bytes = heap.slice();
  const words = new Uint32Array(bytes.buffer);
  const found = findPieces(words, low & ~7);
  // Before any text loses its hash.
  const tables = new Map(found.map((at) => [at, tableIn(bytes, words, at)]));
  /** @type {Map<string, { like: number, header: number, at: number[] }>} */
  const byKind = new Map();
  /** @type {Map<number, number>} */
  const often = new Map();
  for (const at of found) {
    const header = words[at] ?? 0;
    const table = tables.get(at);
    const mark = held.has(4 * at + 4) ? HELD : table && KEYS;
    const like = mark ?? likeness(words, at);
    const name = `${like}:${header}`;
    const kind = byKind.get(name) ?? { like, header, at: [] };
    byKind.set(name, kind);
    kind.at.push(at);
    often.set(like, (often.get(like) ?? 0) + 1);
    if (table) {
      bytes.fill(0, ...table);
    }
    if (like === text && words[at + 1 + HASH] === hashOf(words, bytes, at + 1)) {
      words[at + 1 + HASH] = 0;
    }
  }
  const kinds = [...byKind.values()].sort(
    (one, other) =>
      (often.get(other.like) ?? 0) - (often.get(one.like) ?? 0) || one.like - other.like || one.header - other.header,
  );
  /** @type {Map<number, number>} */
  const kindOf = new Map(kinds.flatMap(({ at }, kind) => at.map((one) => /** @type {const} */ ([one, kind]))));
  const pieces = Uint16Array.from([...found, ...(found.length % 2 ? [0] : [])], (at) => kindOf.get(at) ?? 0);
  const bodies = kinds
    .filter(({ header }) => isWhole(header))
    .flatMap(({ header, at }) => at.map((one) => words.slice(one + 1, one + (header & ~7) / 4)));
  const joined = new Uint8Array(Buffer.concat(bodies.map(({ buffer }) => new Uint8Array(buffer))));
  // What is left, where all these were: the module's own memory, and what is free.
  for (const at of found) {
    const header = words[at] ?? 0;
    words.fill(0, at, isWhole(header) ? at + (header & ~7) / 4 : at + 1);
  }
  const runs = changes(bytes, initial);
  const parts = [
    new Uint8Array(Uint32Array.from(runs.flat()).buffer),
    new Uint8Array(Uint32Array.from(kinds.flatMap(({ header, like }) => [header, like === text ? TEXTS : like === KEYS || like === HELD ? like : 0])).buffer),
    new Uint8Array(pieces.buffer),
    joined,
    Buffer.concat(runs.map(([at, length]) => bytes.subarray(at, at + length))),
  ];
  const described = {
    build: job.build,
    heap: heap.length,
    config,
    start: (found[0] ?? 0) * 4,
    pieces: found.length,
    sizes: parts.map(({ length }) => length),
  };
  const header = new TextEncoder().encode(JSON.stringify(described));
  const padded = Buffer.concat([header, Buffer.alloc(-header.length & 3, " ")]);
  return Buffer.concat([new Uint8Array(Uint32Array.of(MAGIC, padded.length).buffer), padded, ...parts]);
}

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
const { _module: runtime } = /** @type {{ _module: Runtime }} */ (/** @type {unknown} */ (python));
const inMemory = aside(python, new URL("../in_memory.py", import.meta.url));
/**
 * @param {string} called
 * @param {string[]} given
 */
const ask = (called, ...given) => {
  const asked = inMemory.get(called);
  const reply = asked(...given);
  asked.destroy();
  return reply;
};
if (job.called) {
  ask("slim", readFileSync(job.called, "utf-8"));
  const names = JSON.parse(ask("names"));
  const places = ask("addresses");
  const [followed, others, sizes, texts] = places.toJs();
  places.destroy();
  settle(runtime, [numbers(followed), numbers(others), numbers(sizes), numbers(texts)]);
  clearFreeMemory(runtime, false);
  const forgotten = unused(runtime, names);
  ask("forget", JSON.stringify(forgotten.map(([at]) => at)));
  forgotten.forEach(([at, size]) => runtime.HEAPU8.fill(0, at, at + size));
} else {
  ask("refresh");
  ask("freeze");
}
const text = inMemory.get("TEXT");
inMemory.clear();
inMemory.destroy();
const held = clearFreeMemory(runtime, true);

// Pyodide's own format: a header of 12 numbers, of which the second and third are where the memory begins and how long
// the text before it is.
const made = python.makeMemorySnapshot();
const [, start = 0, length = 0] = new Uint32Array(made.buffer, made.byteOffset, 3);
const config = JSON.parse(new TextDecoder().decode(made.subarray(48, 48 + length)));
// Beyond what was ever asked for, the memory only grew by the steps of the runtime: whoever takes it up need not have that.
const used = runtime.HEAPU32[runtime._emscripten_get_sbrk_ptr() / 4] ?? made.length;
const heap = made.subarray(start, start + Math.ceil(used / PAGE) * PAGE);
const first = initialMemory();
if (job.called) {
  const { words } = sealed(new Uint8Array(readFileSync(join(job.runtime, "pyodide.asm.wasm"))));
  seal(heap, words);
  seal(first, words);
}
const written = encode(heap, config, first, runtime.___stack_low, text, held);
// It is read again as the browser will.
const rebuilt = new Uint8Array(heap.length);
rebuild(rebuilt, readSnapshot(new Uint8Array(written).buffer, job.build), first.subarray(0, runtime.___stack_low), 0);
const differs = Buffer.compare(rebuilt, heap);
if (differs) {
  throw new Error(`the memory would not be the same: at ${heap.findIndex((byte, at) => byte !== rebuilt[at])}`);
}
writeFileSync(job.target, written);
