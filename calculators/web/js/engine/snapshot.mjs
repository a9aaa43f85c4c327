// The memory of a Python that is ready to answer, written at build by calculators/web/engine/node/make_snapshot.mjs.
//
// It is put back through a private interface of the pinned version of Pyodide: whoever calls this has another way ready.

/** @typedef {import("pyodide").PyodideConfig} PyodideConfig */
/**
 * @typedef {object} Snapshot
 * @property {string} build the runtime it was made by, and is good for
 * @property {number} heap bytes of memory
 * @property {object} config what Pyodide said of its own state
 * @property {Uint32Array} runs places and lengths, two by two, of what differs from the memory a module begins with
 * @property {Uint8Array} content what stands at these places, end to end
 * @property {number} start where the pieces of memory begin that were asked for one by one
 * @property {Uint32Array} kinds of these pieces, two by two: what stands before one, and whether such pieces are TEXTS, KEYS, or HELD
 * @property {Uint16Array} pieces the kind of each, in order
 * @property {Uint32Array} bodies what the pieces hold, kind by kind
 */

/** The global of the runtime's hot part that tells that something was asked of it which only the whole runtime does. */
export const COLD = "$cold";

/** "MDSN", little-endian. */
const MAGIC = 0x4e53444d;

/**
 * Throws when `bytes` are not a whole snapshot of the runtime `build`.
 *
 * @param {ArrayBuffer} bytes
 * @param {string} build
 * @returns {Snapshot}
 */
export function readSnapshot(bytes, build) {
  const [magic, length = 0] = new Uint32Array(bytes, 0, 2);
  if (magic !== MAGIC) {
    throw new Error("not a snapshot");
  }
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  if (header.build !== build) {
    throw new Error(`a snapshot of the runtime ${header.build}, not of ${build}`);
  }
  let at = 8 + length;
  /** @param {number} size */
  const take = (size) => {
    at += size;
    return at - size;
  };
  const { sizes, ...rest } = header;
  const needed = sizes.reduce((/** @type {number} */ sum, /** @type {number} */ size) => sum + size, at);
  if (bytes.byteLength !== needed) {
    throw new Error(`a snapshot of ${bytes.byteLength} bytes instead of ${needed}`);
  }
  const [forRuns, forKinds, forPieces, forBodies, forContent] = sizes;
  return {
    ...rest,
    runs: new Uint32Array(bytes, take(forRuns), forRuns / 4),
    kinds: new Uint32Array(bytes, take(forKinds), forKinds / 4),
    pieces: new Uint16Array(bytes, take(forPieces), header.pieces),
    bodies: new Uint32Array(bytes, take(forBodies), forBodies / 4),
    content: new Uint8Array(bytes, take(forContent), forContent),
  };
}

/**
 * Copies the memory that a WebAssembly instance begins with, before any of its code runs: up to its stack, all that the
 * module itself fills; the rest is zeros.
 *
 * @param {WebAssembly.Instance} instance
 */
export function initialMemory({ exports }) {
  const memory = /** @type {WebAssembly.Memory} */ (exports["memory"]);
  const end = /** @type {WebAssembly.Global} */ (exports["__stack_low"]);
  return new Uint8Array(memory.buffer.slice(0, end.value));
}

/**
 * Gives the options that make loadPyodide begin with a snapshot, which may come while Pyodide does what comes before.
 *
 * @param {Snapshot | Promise<Snapshot> | undefined} coming
 * @param {NonNullable<PyodideConfig["createPyodideModule"]>} createPyodideModule
 * @param {() => Uint8Array} initial the memory that the instance began with, once there is one
 * @returns {PyodideConfig}
 */
export function beginWith(coming, createPyodideModule, initial) {
  return {
    // Pyodide's own format holds the whole memory; ours is put back by the function below.
    _loadSnapshot: new Uint8Array(0),
    createPyodideModule: async (settings) => {
      const module = await createPyodideModule(settings);
      let snapshot = /** @type {Snapshot} */ (await coming);
      coming = undefined;
      module.API.restoreSnapshot = () => {
        restore(/** @type {any} */ (module), snapshot, initial());
        const { config } = snapshot;
        // Pyodide keeps these functions, not what they were given: a phone has no memory to spare.
        snapshot = { ...snapshot, content: new Uint8Array(), bodies: new Uint32Array(), pieces: new Uint16Array() };
        return /** @type {any} */ (config);
      };
      return module;
    },
  };
}

/**
 * @param {{ HEAPU8: Uint8Array, _malloc(size: number): number, _free(at: number): void }} module
 * @param {Snapshot} snapshot
 * @param {Uint8Array} initial
 */
function restore(module, snapshot, initial) {
  const before = module.HEAPU8.length;
  if (before < snapshot.heap) {
    module._malloc(snapshot.heap - snapshot.start); // Makes the memory grow; what it notes there is written over.
  }
  rebuild(module.HEAPU8, snapshot, initial, before);
  let at = snapshot.start;
  for (const kind of snapshot.pieces) {
    if (snapshot.kinds[2 * kind + 1] === HELD) {
      module._free(at + 4);
    }
    at += (snapshot.kinds[2 * kind] ?? 0) & ~7;
  }
}

/**
 * Pieces of which something is computed again: the hash of a text, and the table of a dictionary. Those that are held only
 * for the memory to be kept: the places of what is free, which it holds in lists, differ from one to the next.
 */
export const [TEXTS, KEYS, HELD] = [1, 2, 3];

/** A piece that is free and as long as this is mostly zeros. */
export const LONG = 4096;
/** Before each piece stand its length and, in the lowest bits, marks: that it is used, that the one before it is. */
export const [USED, AFTER_USED] = [2, 1];
/**
 * Whether what a piece holds is among the bodies; else it is among the other changes.
 *
 * @param {number} header what stands before it
 */
export function isWhole(header) {
  return Boolean(header & USED) || header < LONG;
}

/**
 * Writes a memory as it was.
 *
 * @param {Uint8Array} memory
 * @param {Snapshot} snapshot
 * @param {Uint8Array} initial
 * @param {number} used bytes that may not be zeros: a phone need not have the others before they are used
 */
export function rebuild(memory, { runs, content, start, kinds, pieces, bodies }, initial, used) {
  memory.set(initial);
  memory.fill(0, initial.length, used);
  let from = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const at = runs[index] ?? 0;
    const to = from + (runs[index + 1] ?? 0);
    memory.set(content.subarray(from, to), at);
    from = to;
  }
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  const places = beginnings(kinds, pieces);
  let at = start / 4;
  for (const kind of pieces) {
    const header = kinds[2 * kind] ?? 0;
    words[at] = header;
    const next = at + (header & ~7) / 4;
    if (isWhole(header)) {
      let place = places[kind] ?? 0;
      for (let word = at + 1; word < next; word += 1, place += 1) {
        words[word] = bodies[place] ?? 0;
      }
      places[kind] = place;
      if (kinds[2 * kind + 1] === TEXTS && words[at + 1 + HASH] === 0) {
        words[at + 1 + HASH] = hashOf(words, memory, at + 1);
      }
    }
    at = next;
  }
  // The texts are all there.
  at = start / 4;
  for (const kind of pieces) {
    if (kinds[2 * kind + 1] === KEYS) {
      const { from: first, table } = tableOf(words, at + 1);
      memory.set(new Uint8Array(table.buffer), first);
    }
    at += ((kinds[2 * kind] ?? 0) & ~7) / 4;
  }
}

/**
 * Where the bodies of each kind begin, in words.
 *
 * @param {Uint32Array} kinds
 * @param {Uint16Array} pieces
 */
function beginnings(kinds, pieces) {
  const places = new Uint32Array(kinds.length / 2);
  for (const kind of pieces) {
    places[kind] = (places[kind] ?? 0) + 1;
  }
  let sum = 0;
  places.forEach((count, kind) => {
    const header = kinds[2 * kind] ?? 0;
    places[kind] = sum;
    sum += isWhole(header) ? count * ((header & ~7) / 4 - 1) : 0;
  });
  return places;
}

/** Of a text in Python's memory, in words: its length, the hash that Python finds it by, its marks. */
const [LENGTH, MARKS] = [2, 4];
export const HASH = 3;
/** Marks: that its letters follow, that all are of ASCII; between them, how many bytes each takes. */
const [COMPACT, ASCII] = [1 << 5, 1 << 6];
/** Bytes before its letters, if of ASCII or not. */
const [BEFORE_ASCII, BEFORE] = [20, 28];
const MULTIPLIER = 1000003;

/**
 * The hash of a text as Python computes it (FNV, without anything secret: `PYTHONHASHSEED=0`). Zero when it is not simple.
 *
 * @param {Uint32Array} words
 * @param {Uint8Array} memory
 * @param {number} at the text, in words
 */
export function hashOf(words, memory, at) {
  const marks = words[at + MARKS] ?? 0;
  const length = (words[at + LENGTH] ?? 0) * ((marks >> 2) & 7);
  if (!(marks & COMPACT) || !length) {
    return 0;
  }
  let byte = at * 4 + (marks & ASCII ? BEFORE_ASCII : BEFORE);
  let left = length % 4 || 4;
  let hash = (memory[byte] ?? 0) << 7;
  for (const end = byte + length - left; byte < end; byte += 4) {
    hash = Math.imul(MULTIPLIER, hash) ^ (words[byte / 4] ?? 0);
  }
  for (; left; left -= 1, byte += 1) {
    hash = Math.imul(MULTIPLIER, hash) ^ (memory[byte] ?? 0);
  }
  hash ^= length;
  return hash === -1 ? 0xfffffffe : hash >>> 0;
}

/** Of the keys of a dictionary, in words: what its table and its entries are, how many there are. */
const [SIZES, ENTRIES] = [1, 4];
/** Bytes before the table. */
const BEFORE_TABLE = 20;
/** How many places of the table a number of one byte tells, and of two; the place of no key. */
const [BYTE, SHORT, EMPTY] = [2 ** 8, 2 ** 16, -1];
/** How a key that finds its place taken goes on. */
const [STEP, SHIFT] = [5, 5];

/**
 * The table by which a dictionary finds the places of its keys, as Python fills it when no key was ever taken out.
 *
 * @param {Uint32Array} words
 * @param {number} at its keys, in words
 * @returns {{ from: number, table: Int8Array | Int16Array | Int32Array }} the table, and where it is, in bytes
 */
export function tableOf(words, at) {
  const sizes = words[at + SIZES] ?? 0;
  const size = 2 ** (sizes & 0xff);
  const table = size < BYTE ? new Int8Array(size) : size < SHORT ? new Int16Array(size) : new Int32Array(size);
  const from = at * 4 + BEFORE_TABLE;
  const first = (from + table.byteLength) / 4;
  // Keys that are all texts have their hash in themselves.
  const ofTexts = Boolean((sizes >> 16) & 0xff);
  const length = ofTexts ? 2 : 3;
  const count = words[at + ENTRIES] ?? 0;
  table.fill(EMPTY);
  for (let index = 0; index < count; index += 1) {
    const entry = words[first + index * length] ?? 0;
    const hash = (ofTexts ? words[entry / 4 + HASH] : entry) ?? 0;
    let place = hash & (size - 1);
    for (let rest = hash; table[place] !== EMPTY; ) {
      rest >>>= SHIFT;
      place = (Math.imul(place, STEP) + rest + 1) & (size - 1);
    }
    table[place] = index;
  }
  return { from, table };
}
