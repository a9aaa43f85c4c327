// Fetches parts of the engine, and tells how many bytes have come.

import { EngineError } from "./error.mjs";
import { isPage, supply } from "./parts.mjs";

/** @typedef {(bytes: number) => void} Progress called with the number of bytes that have just come */

/** A module of WebAssembly with nothing in it. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Reads a response to its end, and keeps nothing of it.
 *
 * @param {Response} response
 * @param {Progress} progress
 */
export async function count(response, progress) {
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.length;
    progress(part.value.length);
  }
  return bytes;
}

/**
 * Compiles a WebAssembly module while it arrives.
 *
 * @param {string} address
 * @param {number} bytes of the module that was built
 * @param {Progress} progress
 * @param {RequestInit} options
 */
export async function compile(address, bytes, progress, options) {
  if (!mayCompile()) {
    throw new EngineError("wasm", "no WebAssembly, or none allowed");
  }
  if (!("compileStreaming" in WebAssembly)) {
    throw new EngineError("browser", "an old WebAssembly");
  }
  const response = await supply.open(address, options);
  const counting = count(response.clone(), progress).catch(() => undefined);
  const type = "application/wasm";
  // A host that does not know the type only costs the compiled code that the browser would have kept.
  const known = response.headers.get("content-type") === type;
  const typed = known ? response : new Response(response.body, { headers: { "content-type": type } });
  try {
    return await WebAssembly.compileStreaming(typed);
  } catch (error) {
    throw new EngineError(await whyNot(response, counting, bytes), `${address}: ${error}`);
  }
}

/** Whether this browser has WebAssembly, and its settings and the page's policy let it run. */
function mayCompile() {
  try {
    return Boolean(new WebAssembly.Module(EMPTY_MODULE));
  } catch {
    return false;
  }
}

/**
 * @param {Response} response
 * @param {Promise<number | undefined>} counting
 * @param {number} bytes
 * @returns {Promise<import("./error.mjs").Reason>}
 */
async function whyNot(response, counting, bytes) {
  if (isPage(response)) {
    return "page";
  }
  const came = await counting;
  return came === undefined ? "offline" : came === bytes ? "browser" : "damaged";
}

/**
 * Fetches bytes, and refuses any others than those whose hash is known.
 *
 * @param {string} address
 * @param {string} integrity
 * @param {Progress} progress
 * @param {RequestInit} options
 */
export async function download(address, integrity, progress, options) {
  // Where the page itself may not hash (plain HTTP), the browser does: it then tells nothing before the last byte.
  const checked = crypto.subtle ? options : { ...options, integrity };
  const response = await supply.open(address, checked);
  count(response.clone(), progress).catch(() => undefined);
  const content = await response.arrayBuffer();
  if (crypto.subtle && `sha256-${btoa(String.fromCharCode(...(await sha256(content))))}` !== integrity) {
    throw new EngineError(isPage(response) ? "page" : "damaged", `${address}: not the bytes that were built`);
  }
  return content;
}

/** @param {ArrayBuffer} content */
async function sha256(content) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}

/**
 * Why a worker's script does not run, from what now comes at its address; its name carries the hash of its content.
 *
 * @param {string} address
 * @param {RequestInit} options
 */
export async function whyNoWorker(address, options) {
  const response = await supply.open(address, options);
  const content = await response.arrayBuffer();
  if (isPage(response)) {
    return new EngineError("page", `${address}: a page`);
  }
  const [, named] = /-([0-9a-f]{12})\.\w+$/.exec(address) ?? [];
  const right = !crypto.subtle || !named || hexadecimal(await sha256(content)).startsWith(named);
  return new EngineError(right ? "browser" : "damaged", `${address}: the worker's script cannot be run`);
}

/** @param {Uint8Array} bytes */
function hexadecimal(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
