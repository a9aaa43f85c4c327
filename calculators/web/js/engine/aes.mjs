// AES for Python, whose libraries of it are in C and not in the browser's: it opens PDFs with the password that their reader
// types. Python finds it in the worker, by this name; see calculators/files/aes.py. The browser's own only answers later.

import { cbc, ecb } from "@noble/ciphers/aes.js";

// What is after the end of a text, in its last block, is Python's to take away.
const BARE = { disablePadding: true };

const aes = {
  /**
   * @param {Uint8Array} key
   * @param {Uint8Array} start
   * @param {Uint8Array} data whole blocks, as below
   */
  cbcEncrypt: (key, start, data) => cbc(key, start, BARE).encrypt(data),
  /**
   * @param {Uint8Array} key
   * @param {Uint8Array} start
   * @param {Uint8Array} data
   */
  cbcDecrypt: (key, start, data) => cbc(key, start, BARE).decrypt(data),
  /**
   * @param {Uint8Array} key
   * @param {Uint8Array} data
   */
  ecbDecrypt: (key, data) => ecb(key, BARE).decrypt(data),
};

Object.assign(self, { aes });
