// Reads and writes a WebAssembly module by its sections: all of it stays, byte for byte, but bodies of functions that are
// replaced, static data that is changed, and what is added. Types, tables, memory and indices do not move, so a memory kept
// with one module is good for the other.

/** The sections that are read, by their number. */
const IMPORT = 2;
const GLOBAL = 6;
const EXPORT = 7;
const CODE = 10;
const DATA = 11;
const DATA_COUNT = 12;

/** What an export is of, and the kinds of imports. */
const KINDS = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };

const I32 = 0x7f;
const MUTABLE = 1;
const [UNREACHABLE, END, GLOBAL_SET, I32_CONST] = [0x00, 0x0b, 0x24, 0x41];

/** @typedef {{ id: number, start: number, end: number }} Section */

/** Numbers of a module, from one place on. */
export class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    const byte = this.bytes[this.at];
    if (byte === undefined) {
      throw new Error("the module is cut short");
    }
    this.at += 1;
    return byte;
  }

  /** A number of 32 bits at most. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value >>> 0;
      }
    }
  }

  /** A number with a sign, of which the 32 lowest bits are given, as a number without one. */
  signed() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= shift < 32 ? (byte & 0x7f) << shift : 0;
      if (byte < 0x80) {
        return (shift + 7 < 32 && byte & 0x40 ? value | (-1 << (shift + 7)) : value) >>> 0;
      }
    }
  }

  skip() {
    const length = this.number();
    this.at += length;
  }
}

/** @param {number} value */
function written(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value);
  return bytes;
}

/**
 * A place in memory, as an instruction has it: with a sign.
 *
 * @param {number} value
 */
function writtenSigned(value) {
  const bytes = written(value);
  const last = bytes.at(-1) ?? 0;
  return last & 0x40 ? [...bytes.slice(0, -1), last | 0x80, 0] : bytes;
}

/** A module of WebAssembly, read as far as its functions' bodies. */
export class ModuleParts {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    /** @type {Section[]} */
    this.sections = [];
    for (let reader = new Reader(bytes, 8); reader.at < bytes.length; ) {
      const id = reader.byte();
      const length = reader.number();
      this.sections.push({ id, start: reader.at, end: reader.at + length });
      reader.at += length;
    }
    /** Where each function's body is, its length left out. @type {[number, number][]} */
    this.bodies = this.#items(CODE, (reader) => {
      const length = reader.number();
      const start = reader.at;
      reader.at += length;
      return /** @type {[number, number]} */ ([start, reader.at]);
    });
    this.globals = this.#importedGlobals() + this.#open(GLOBAL).number();
  }

  /** @param {number} id */
  #section(id) {
    const found = this.sections.filter((section) => section.id === id);
    if (found.length !== 1) {
      throw new Error(`the module has ${found.length} sections ${id}`);
    }
    return /** @type {Section} */ (found[0]);
  }

  /** @param {number} id */
  #open(id) {
    return new Reader(this.bytes, this.#section(id).start);
  }

  /**
   * @template T
   * @param {number} id
   * @param {(reader: Reader) => T} read
   */
  #items(id, read) {
    const reader = this.#open(id);
    const items = Array.from({ length: reader.number() }, () => read(reader));
    if (reader.at !== this.#section(id).end) {
      throw new Error(`section ${id} of the module is not laid out as expected`);
    }
    return items;
  }

  /**
   * The pieces of static data: where each is in memory, and where in the module.
   *
   * @returns {{ address: number, start: number, end: number }[]}
   */
  get data() {
    return this.#items(DATA, (reader) => {
      if (reader.number() !== 0 || reader.byte() !== I32_CONST) {
        throw new Error("static data of the module is not at a place known beforehand");
      }
      const address = reader.signed();
      reader.byte(); // the end of that expression
      const length = reader.number();
      reader.at += length;
      return { address, start: reader.at - length, end: reader.at };
    });
  }

  /** What the module's own globals begin with, where that is a number: they hold places in memory. */
  get numbers() {
    const found = this.#items(GLOBAL, (reader) => {
      reader.at += 2; // its type, and whether it may change
      const value = reader.byte() === I32_CONST ? reader.signed() : undefined;
      if (value === undefined || reader.byte() !== END) {
        throw new Error("a global of the module does not begin with a number");
      }
      return value;
    });
    return found;
  }

  #importedGlobals() {
    const kinds = this.#items(IMPORT, (reader) => {
      reader.skip();
      reader.skip();
      const kind = reader.byte();
      if (kind === KINDS.global) {
        reader.at += 2;
      } else if (kind === KINDS.function) {
        reader.number();
      } else {
        if (kind !== KINDS.memory) {
          reader.byte(); // what a table holds, or the attribute of a tag
        }
        const limits = kind === KINDS.tag ? 0 : reader.number();
        reader.number();
        if (limits & 1) {
          reader.number();
        }
      }
      return kind;
    });
    return kinds.filter((kind) => kind === KINDS.global).length;
  }

  /**
   * Where the instructions of a body begin, after its local variables.
   *
   * @param {number} start
   */
  instructions(start) {
    const reader = new Reader(this.bytes, start);
    for (let groups = reader.number(); groups; groups -= 1) {
      reader.number();
      reader.byte();
    }
    return reader.at;
  }

  /**
   * Writes the module with other bodies, and with one more global of 32 bits for each of `names`, exported by that name.
   *
   * @param {string[]} names
   * @param {(index: number, start: number, end: number) => Uint8Array[]} body
   */
  rewritten(names, body) {
    const { bytes } = this;
    const added = {
      [GLOBAL]: names.map(() => Uint8Array.of(I32, MUTABLE, I32_CONST, 0, END)),
      [EXPORT]: names.map((name, index) => {
        const letters = new TextEncoder().encode(name);
        return Uint8Array.of(...written(letters.length), ...letters, KINDS.global, ...written(this.globals + index));
      }),
    };
    const parts = [bytes.subarray(0, 8)];
    for (const { id, start, end } of this.sections) {
      /** @type {Uint8Array[]} */
      let content = [bytes.subarray(start, end)];
      if (id === GLOBAL || id === EXPORT) {
        const reader = new Reader(bytes, start);
        const count = reader.number() + names.length;
        content = [Uint8Array.from(written(count)), bytes.subarray(reader.at, end), ...added[id]];
      } else if (id === CODE) {
        const bodies = this.bodies.flatMap(([from, to], index) => {
          const one = body(index, from, to);
          return [Uint8Array.from(written(sizeOf(one))), ...one];
        });
        content = [Uint8Array.from(written(this.bodies.length)), ...bodies];
      }
      parts.push(Uint8Array.from([id, ...written(sizeOf(content))]), ...content);
    }
    return new Uint8Array(Buffer.concat(parts));
  }
}

/** @param {Uint8Array[]} parts */
function sizeOf(parts) {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/**
 * The instructions that put 1 in a global.
 *
 * @param {number} global
 */
function note(global) {
  return [I32_CONST, 1, GLOBAL_SET, ...written(global)];
}

/** What the global that counts the calls of a function is called. @param {number} index */
export function counterOf(index) {
  return `$called${index}`;
}

/**
 * The same module, which notes each function that is called in an exported global of its own: see `counterOf`.
 *
 * @param {Uint8Array} bytes
 */
export function counting(bytes) {
  const module = new ModuleParts(bytes);
  const names = module.bodies.map((_, index) => counterOf(index));
  return module.rewritten(names, (index, start, end) => {
    const first = module.instructions(start);
    return [bytes.subarray(start, first), Uint8Array.from(note(module.globals + index)), bytes.subarray(first, end)];
  });
}

/** @typedef {[from: number, to: number]} Range places in memory: the second is the first one after it */

/**
 * The memory that a module begins with, as far as it has static data.
 *
 * @param {Uint8Array} bytes
 * @returns {{ first: number, image: Uint8Array }} where the data begins
 */
export function staticData(bytes) {
  const { data } = new ModuleParts(bytes);
  const first = Math.min(...data.map(({ address }) => address));
  const image = new Uint8Array(Math.max(...data.map(({ address, start, end }) => address + end - start)));
  data.forEach(({ address, start, end }) => image.set(bytes.subarray(start, end), address));
  return { first, image };
}

/**
 * The same module with other static data, all in one piece.
 *
 * @param {Uint8Array} bytes
 * @param {Uint8Array} image
 */
function withData(bytes, image) {
  const { first } = staticData(bytes);
  const head = [1, 0, I32_CONST, ...writtenSigned(first), END, ...written(image.length - first)];
  const contents = new Map([
    [DATA_COUNT, [Uint8Array.of(1)]],
    [DATA, [Uint8Array.from(head), image.subarray(first)]],
  ]);
  const parts = [bytes.subarray(0, 8)];
  for (const { id, start, end } of new ModuleParts(bytes).sections) {
    const content = contents.get(id) ?? [bytes.subarray(start, end)];
    parts.push(Uint8Array.from([id, ...written(sizeOf(content))]), ...content);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * The same module, whose static data holds nothing but `filling` there.
 *
 * @param {Uint8Array} bytes
 * @param {Range[]} ranges
 * @param {number} filling a byte
 */
export function emptied(bytes, ranges, filling = 0) {
  const { image } = staticData(bytes);
  ranges.forEach(([from, to]) => image.fill(filling, from, to));
  return withData(bytes, image);
}

/**
 * The same module, whose static data holds this number in these places.
 *
 * @param {Uint8Array} bytes
 * @param {number[]} places
 * @param {number} number
 */
export function holding(bytes, places, number) {
  const { image } = staticData(bytes);
  const view = new DataView(image.buffer);
  places.forEach((at) => view.setUint32(at, number, true));
  return withData(bytes, image);
}

/**
 * The same module with the bodies of `hot` functions only: any other sets the global exported as `flag`, and traps.
 *
 * @param {Uint8Array} bytes
 * @param {Set<number>} hot
 * @param {string} flag
 */
export function trimmed(bytes, hot, flag) {
  const module = new ModuleParts(bytes);
  // No local variable: these instructions, and the end.
  const cold = Uint8Array.from([0, ...note(module.globals), UNREACHABLE, END]);
  return module.rewritten([flag], (index, start, end) => [hot.has(index) ? bytes.subarray(start, end) : cold]);
}
