// Bytes in what only holds texts, as a question for Python.

/** Characters that a call of `String.fromCharCode` takes. */
const STRIP = 4096;

/**
 * Bytes as a text, a character a byte.
 *
 * @param {Uint8Array | Uint8ClampedArray} bytes
 */
export function textOf(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += STRIP) {
    text += String.fromCharCode(...bytes.subarray(at, at + STRIP));
  }
  return text;
}
