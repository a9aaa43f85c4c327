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
 * @param {RequestInit & { bytes?: number }} options `bytes`: how many were built, where that is known
 */
export async function download(address, integrity, progress, { bytes = 0, ...options }) {
  // Where the page itself may not hash (plain HTTP), the browser does: it then tells nothing before the last byte.
  const checked = crypto.subtle ? options : { ...options, integrity };
  const response = await supply.open(address, checked);
  const content = await readAll(response, bytes, progress);
  if (crypto.subtle && `sha256-${btoa(String.fromCharCode(...(await sha256(content))))}` !== integrity) {
    throw new EngineError(isPage(response) ? "page" : "damaged", `${address}: not the bytes that were built`);
  }
  return content;
}

/**
 * Reads a response to its end. Where the browser can, it writes what comes straight in its place: of many megabytes, each
 * copy keeps the reader waiting.
 *
 * @param {Response} response
 * @param {number} bytes of what was built, if known
 * @param {Progress} progress
 */
async function readAll(response, bytes, progress) {
  const reader = bytes ? writer(response) : undefined;
  if (!reader) {
    count(response.clone(), progress).catch(() => undefined);
    return response.arrayBuffer();
  }
  let content = new ArrayBuffer(bytes);
  for (let at = 0; at < bytes; ) {
    const { value, done } = await reader.read(new Uint8Array(content, at));
    content = value?.buffer ?? content;
    if (done) {
      return content.slice(0, at);
    }
    at += value.byteLength;
    progress(value.byteLength);
  }
  // A response that is not read to its end is not kept by the browser.
  const { done } = await reader.read(new Uint8Array(1));
  if (!done) {
    reader.cancel().catch(() => undefined);
    return new ArrayBuffer(0);
  }
  return content;
}

/**
 * What writes a response in the place that it is given, if the browser has such readers.
 *
 * @param {Response} response
 */
function writer({ body }) {
  try {
    return body?.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
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
