// Finds static data that known words alone lead to: the code of the modules that are built into Python, and what the
// functions of its own modules say of themselves. Python has imported these modules when its memory is kept, and nothing
// here shows such texts. In the hot part, each of these words holds a place that no memory has: to read there traps, and the
// worker puts the question again to the whole runtime.

import { holding, staticData } from "./module_parts.mjs";

/** @typedef {import("./module_parts.mjs").Range} Range */
/**
 * @typedef {object} Sealed
 * @property {number[]} words where they are, in memory
 * @property {Range[]} code of modules: nothing else leads there
 * @property {Range[]} texts something else may lead there
 */

/** The place that no memory has. */
export const NOWHERE = 0xffff0000;

/** How the code of a module begins, as it is built in, but for a mark; so many zeros follow: it takes no argument. */
const [CODE, MARK, ZEROS] = [0x63, 0x80, 12];
/** Words that tell of a function of C: its name, where it is among the functions, how it is called, what it says of itself. */
const TOLD = 4;
/** How it may be called is told below this: what is told of nothing else is a place of the static data. */
const MOST_FLAGS = 0x3ff;
/** More functions than there are. */
const MOST_FUNCTIONS = 20_000;

const [NAME, SENTENCE] = [/^[A-Za-z_][\w.]*$/, /^(?=.* )[\t\n\f\r -~\u00a0-\u{10ffff}]{12,}$/su];

/**
 * @param {Uint8Array} bytes
 * @returns {Sealed}
 */
export function sealed(bytes) {
  const { first, image } = staticData(bytes);
  const end = image.length;
  const words = new Uint32Array(image.buffer, 0, end >> 2);

  /** @param {number} place */
  const isPlace = (place) => place >= first && place < end;
  /**
   * @param {number} place
   * @param {RegExp} letters
   */
  const textAt = (place, letters) => {
    const to = isPlace(place) ? image.indexOf(0, place) : -1;
    const text = to < 0 ? "" : new TextDecoder().decode(image.subarray(place, to));
    return letters.test(text) ? text : "";
  };
  /** @param {number} at */
  const isCode = (at) =>
    ((image[at] ?? 0) | MARK) === (CODE | MARK) && image.subarray(at + 1, at + 1 + ZEROS).every((byte) => !byte);
  /**
   * Whether these words tell of a function, or end the list of some.
   *
   * @param {number} at
   */
  const isTold = (at) => {
    const [name = 0, which = 0, flags = 0, said = 0] = words.subarray(at, at + TOLD);
    const isFunction = isPlace(name) && which < MOST_FUNCTIONS && flags <= MOST_FLAGS;
    return isFunction ? Boolean(which && flags) : !(name || which || flags || said);
  };
  /**
   * Whether a sentence begins here: it may also be the end of another text, which the linker then has only once.
   *
   * @param {number} at
   */
  const isWhole = (at) => image[at - 1] === 0 && Boolean(textAt(at, SENTENCE));
  /** @type {Sealed} */
  const found = { words: [], code: [], texts: [] };
  for (let at = first >> 2; at + TOLD <= words.length; at += 1) {
    const [name = 0, code = 0, size = 0, said = 0] = words.subarray(at, at + TOLD);
    if (!isPlace(name)) {
      continue;
    }
    if (said <= 1 && isPlace(code) && size > ZEROS && code + size <= end && isCode(code) && textAt(name, NAME)) {
      found.words.push(4 * at + 4);
      found.code.push([code, code + size]);
    } else if (isPlace(said) && isTold(at) && isTold(at + TOLD) && textAt(name, NAME) && isWhole(said)) {
      found.words.push(4 * at + 12);
      found.texts.push([said, image.indexOf(0, said)]);
    }
  }
  const apart = new Set(found.words);
  const starts = new Set(found.code.map(([from]) => from));
  const other = words.findIndex((word, at) => starts.has(word) && !apart.has(4 * at));
  if (other >= 0) {
    throw new Error(`the word at ${4 * other} leads to the code of a module as well`);
  }
  return found;
}

/**
 * Makes these words of a memory lead nowhere.
 *
 * @param {Uint8Array} memory
 * @param {number[]} words
 */
export function seal(memory, words) {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  words.forEach((at) => view.setUint32(at, NOWHERE, true));
}

/**
 * The same module, whose static data has these words lead nowhere.
 *
 * @param {Uint8Array} bytes
 * @param {number[]} words
 */
export function sealing(bytes, words) {
  return holding(bytes, words, NOWHERE);
}
