// How the parts of the engine come to the page: from the site's server, unless the page script was told otherwise.

import { EngineError } from "./error.mjs";

/**
 * @typedef {object} Supply
 * @property {boolean} carried whether the parts are in the reader's folder, so that asking again gives the same
 * @property {(address: string, options?: RequestInit) => Promise<Response>} open gives a file; any that cannot be had rejects
 * @property {(address: string, cache: RequestCache) => Promise<Worker>} work starts the worker whose script stands there
 * @property {(addresses: string[]) => Promise<Map<string, ArrayBuffer> | undefined>} hand gives a worker the files that it
 *   cannot fetch itself, by address; `undefined` when it can
 */

/** The network itself wants its visitors to sign in. */
const SIGN_IN = 511;

/**
 * Fetches a file of the site.
 *
 * @param {string} address
 * @param {RequestInit} [options]
 * @param {typeof fetch} [ask] the browser's, where another one has taken its place
 */
export async function fetchFile(address, options, ask = fetch) {
  const response = await ask(address, options).catch((error) => {
    throw new EngineError("offline", `${address}: ${error}`);
  });
  if (!response.ok) {
    const reason = response.status === SIGN_IN ? "page" : "refused";
    throw new EngineError(reason, `${address}: ${response.status}`, response.status);
  }
  return response;
}

/**
 * Whether the server says that this is a page, which no part of the engine is.
 *
 * @param {Response} response
 */
export function isPage(response) {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(response.headers.get("content-type") ?? "");
}

/** @type {Supply} */
const SERVER = {
  carried: false,
  open: (address, options) => fetchFile(address, options),
  work: async (address, cache) => {
    if (cache !== "default") {
      // A worker's script is taken from what the browser keeps: this puts the right one there.
      await (await fetchFile(address, { cache })).arrayBuffer();
    }
    // Safari and Firefox know module workers since 2023 at the latest; an older browser throws or fires `error`.
    return new Worker(address, { type: "module", name: "calculateurs" });
  },
  hand: async () => undefined,
};

/** What the engine asks. */
export let supply = SERVER;

/**
 * Makes the parts come another way, for the life of the page; to be called before the engine starts.
 *
 * @param {Supply} other
 */
export function comeFrom(other) {
  supply = other;
}
