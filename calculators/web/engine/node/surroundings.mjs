// What is around Python at build, the same each time: a number drawn by chance may look like a place in memory, and a day or
// an hour lead to other code.

import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const RealDate = Date;

/** Makes the clock and the source of randomness the same at every start. */
export function freezeSurroundings() {
  process.env["TZ"] = "UTC";
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
