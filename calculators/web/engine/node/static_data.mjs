// Finds the static data of a module that its hot functions cannot reach: reading does not trap, so nothing may be left to
// chance.
//
// A place in memory is read through an address, and an address comes from somewhere: from a number in the code of a hot
// function, from a global, from a word of the memory that Python begins with, or from a word of static data that was reached
// in this way. Whatever looks like an address counts as one. What is addressed is taken to end where the next thing begins
// that anything addresses, hot or not.
//
// That is a guess where code counts from the middle or from outside of a thing, or far into a large one: the state of Python
// is one. So nothing is given up from the first place on that Python writes in, where such things stand. And only long
// stretches that nothing reaches are given up, and not their ends: whole families of tables (the characters of Asian encodings, the names of
// characters…), never a part of one that is used. The tests fill what was given up with one byte, then with another, and
// want the same answers.

import { ModuleParts, Reader, staticData } from "./module_parts.mjs";

/** @typedef {import("./module_parts.mjs").Range} Range */

/** Bytes of the shortest stretch that is given up, and how many are kept at both of its ends. */
export const [SHORTEST, MARGIN] = [16_384, 4096];

/** What follows instructions: nothing for all others. */
const [I32_CONST, I64_CONST, F32_CONST, F64_CONST] = [0x41, 0x42, 0x43, 0x44];
/** A type, then instructions. */
const BLOCKS = new Set([0x02, 0x03, 0x04, 0x06]);
/** One number: a label, a function, a variable, a tag, a type. */
const ONE = new Set([0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x18, 0xd0, 0xd2, ...range(0x20, 0x26), 0x3f, 0x40]);
const CALL_INDIRECT = new Set([0x11, 0x13]);
const [BR_TABLE, SELECT] = [0x0e, 0x1c];
/** How it is aligned, and what is added to the address. */
const MEMORY = new Set(range(0x28, 0x3e));
/** Followed by which one it is. */
const MORE = 0xfc;
/** None of these, then one number, then two. */
const [OF_MORE, OF_ONE] = [8, new Set([9, 11, 13, 15, 16, 17])];
/** Instructions that are followed by nothing. */
const ALONE = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1, ...range(0x45, 0xc4)]);

/**
 * @param {number} first
 * @param {number} last
 */
function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * Gives `found` each number of a body that may be an address, or lead to one.
 *
 * @param {Uint8Array} bytes
 * @param {number} start its first instruction
 * @param {number} end
 * @param {(number: number) => void} found
 */
export function numbersOf(bytes, start, end, found) {
  const reader = new Reader(bytes, start);
  while (reader.at < end) {
    const at = reader.at;
    const code = reader.byte();
    if (code === I32_CONST || code === I64_CONST) {
      found(reader.signed());
    } else if (MEMORY.has(code)) {
      reader.number();
      found(reader.number());
    } else if (ONE.has(code)) {
      reader.number();
    } else if (BLOCKS.has(code)) {
      reader.signed();
    } else if (CALL_INDIRECT.has(code)) {
      reader.number();
      reader.number();
    } else if (code === F32_CONST || code === F64_CONST) {
      reader.at += code === F32_CONST ? 4 : 8;
    } else if (code === BR_TABLE || code === SELECT) {
      for (let count = reader.number() + Number(code === BR_TABLE); count; count -= 1) {
        reader.number();
      }
    } else if (code === MORE) {
      const which = reader.number();
      if (which >= OF_MORE) {
        reader.number();
        if (!OF_ONE.has(which)) {
          reader.number();
        }
      }
    } else if (!ALONE.has(code)) {
      throw new Error(`the module has an instruction ${code.toString(16)}, at ${at}, which is not known here`);
    }
  }
  if (reader.at !== end) {
    throw new Error("a body of the module is not laid out as expected");
  }
}

/**
 * Lists the stretches of a module's static data that its `hot` functions cannot reach.
 *
 * @param {Uint8Array} bytes
 * @param {Set<number>} hot
 * @param {Uint32Array} memory the words that Python begins with
 * @param {Range[]} known things whose ends are known: each is given up if nothing reaches it, however short it is
 * @returns {Range[]}
 */
export function unreached(bytes, hot, memory, known = []) {
  const module = new ModuleParts(bytes);
  const { first, image: data } = staticData(bytes);
  const end = data.length;
  const image = new Uint8Array((end + 3) & ~3);
  image.set(data);
  /** The static data, as the module has it and as Python may have changed it. */
  const images = [new Uint32Array(image.buffer), memory.subarray(0, image.length / 4)];

  /** @param {number} word */
  const isPlace = (word) => word >= first && word < end;
  /** Where something begins, and whether it is reached. */
  const [BEGINS, REACHED] = [1, 2];
  const places = new Uint8Array(end + 1);
  /** Places that are reached, of which what is there has not been looked at. @type {number[]} */
  const waiting = [];
  /** @param {number} word */
  const see = (word) => {
    if (isPlace(word)) {
      places[word] ||= BEGINS;
    }
  };
  /** @param {number} word */
  const reach = (word) => {
    if (isPlace(word) && places[word] !== REACHED) {
      places[word] = REACHED;
      waiting.push(word);
    }
  };
  module.bodies.forEach(([start, last], index) =>
    numbersOf(bytes, module.instructions(start), last, hot.has(index) ? reach : see),
  );
  module.numbers.forEach(reach);
  memory.subarray(image.length / 4).forEach(reach);
  images.forEach((words) => words.forEach(see));
  known.flat().forEach(see);

  const reached = new Uint8Array(end);
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    let to = from + 1;
    while (to < end && !places[to]) {
      to += 1;
    }
    reached.fill(1, from, to);
    for (let word = (from + 3) >> 2; word * 4 + 4 <= to; word += 1) {
      images.forEach((words) => reach(words[word] ?? 0));
    }
  }
  const [before, now] = /** @type {[Uint32Array, Uint32Array]} */ (images);
  const changed = before.findIndex((word, at) => word !== now[at]);
  const constants = changed < 0 ? end : changed * 4;
  return [...stretches(reached.subarray(0, constants), first), ...known.filter(([from, to]) => !reached.subarray(from, to).includes(1))];
}

/**
 * The long stretches of zeros, without their ends.
 *
 * @param {Uint8Array} reached
 * @param {number} first
 */
function stretches(reached, first) {
  /** @type {Range[]} */
  const found = [];
  for (let from = first; from < reached.length; ) {
    const to = reached[from] ? from + 1 : reached.indexOf(1, from);
    const end = to < 0 ? reached.length : to;
    if (!reached[from] && end - from >= SHORTEST) {
      found.push([from + MARGIN, end - MARGIN]);
    }
    from = end;
  }
  return found;
}
