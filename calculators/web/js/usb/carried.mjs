// The parts of the engine, carried by scripts: a page opened as a file may run the scripts beside it, and read no other
// file. Each script calls `demarchesPart` with its file, compressed by gzip and written in base64.

import { EngineError } from "../engine/error.mjs";
import { comeFrom } from "../engine/parts.mjs";

/** @type {Map<string, string>} by address of the script */
const arrived = new Map();

/** @type {Map<string, string>} addresses of the workers' scripts, which only a page's own memory may hold here */
const scripts = new Map();

/** @param {string} packed */
function demarchesPart(packed) {
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement) {
    arrived.set(script.src, packed);
  }
}

/**
 * Runs the script that carries a file.
 *
 * @param {string} address
 * @returns {Promise<string>}
 */
function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${address}.js`;
    const end = () => {
      script.remove();
      const packed = arrived.get(script.src);
      arrived.delete(script.src);
      if (packed === undefined) {
        reject(new EngineError("copy", `${address}: not carried by this copy`));
      } else {
        resolve(packed);
      }
    };
    script.onload = end;
    script.onerror = end;
    document.head.append(script);
  });
}

/**
 * @param {string} packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
function decode(packed) {
  const { fromBase64 } = /** @type {{ fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }} */ (
    /** @type {unknown} */ (Uint8Array)
  );
  // Browsers of before 2025 decode no faster than letter by letter.
  return fromBase64
    ? fromBase64.call(Uint8Array, packed)
    : Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
}

/** @param {string} address */
async function open(address) {
  const packed = await load(address);
  try {
    return new Response(new Blob([decode(packed)]).stream().pipeThrough(new DecompressionStream("gzip")));
  } catch (error) {
    throw new EngineError("copy", `${address}: ${error}`);
  }
}

/** @param {string} address */
async function read(address) {
  const response = await open(address);
  return response.arrayBuffer().catch((error) => {
    throw new EngineError("copy", `${address}: ${error}`);
  });
}

/**
 * A classic worker: Chromium refuses a module that stands in the memory of a page opened as a file.
 *
 * @param {string} address
 */
async function work(address) {
  let script = scripts.get(address);
  if (!script) {
    const source = await read(address);
    script = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    scripts.set(address, script);
  }
  return new Worker(script, { name: "calculateurs" });
}

/** @param {string[]} addresses */
async function hand(addresses) {
  /** @type {Map<string, ArrayBuffer>} */
  const files = new Map();
  for (const address of addresses) {
    files.set(address, await read(address));
  }
  return files;
}

Object.assign(globalThis, { demarchesPart });
comeFrom({ carried: true, open, work, hand });
