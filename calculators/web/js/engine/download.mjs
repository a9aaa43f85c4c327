// Fetches parts of the engine, and tells how many bytes have come.

import { supply } from "./parts.mjs";

/** @typedef {(bytes: number) => void} Progress called with the number of bytes that have just come */

/**
 * @param {string} address
 * @param {Progress} progress
 * @param {RequestInit} [options]
 */
async function fetchPart(address, progress, options) {
  const response = await supply.open(address, options);
  count(response.clone(), progress).catch(() => undefined);
  return response;
}

/**
 * @param {Response} response
 * @param {Progress} progress
 */
async function count(response, progress) {
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    progress(part.value.length);
  }
}

/**
 * Compiles a WebAssembly module while it arrives.
 *
 * @param {string} address
 * @param {Progress} progress
 */
export async function compile(address, progress) {
  const response = await fetchPart(address, progress);
  const type = "application/wasm";
  // A host that does not know the type only costs the compiled code that the browser would have kept.
  const known = response.headers.get("content-type") === type;
  return WebAssembly.compileStreaming(known ? response : new Response(response.body, { headers: { "content-type": type } }));
}

/**
 * Fetches bytes, and refuses any others than those whose hash is known.
 *
 * @param {string} address
 * @param {string} integrity
 * @param {Progress} progress
 */
export async function download(address, integrity, progress) {
  const { subtle } = crypto;
  // Where the page itself may not hash (plain HTTP), the browser does: it then tells nothing before the last byte.
  if (!subtle) {
    return (await fetchPart(address, progress, { integrity })).arrayBuffer();
  }
  const content = await (await fetchPart(address, progress)).arrayBuffer();
  const hash = String.fromCharCode(...new Uint8Array(await subtle.digest("SHA-256", content)));
  if (`sha256-${btoa(hash)}` !== integrity) {
    throw new Error(`${address}: not the bytes that were built`);
  }
  return content;
}
