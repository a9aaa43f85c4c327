// How the parts of the engine come to the page: from the site's server, unless the page script was told otherwise.

/**
 * @typedef {object} Supply
 * @property {(address: string, options?: RequestInit) => Promise<Response>} open gives a file; any that cannot be had rejects
 * @property {(address: string) => Promise<Worker>} work starts the worker whose script stands there
 * @property {(addresses: string[]) => Promise<Map<string, ArrayBuffer> | undefined>} hand gives a worker the files that it
 *   cannot fetch itself, by address; `undefined` when it can
 */

/** @type {Supply} */
const SERVER = {
  open: async (address, options) => {
    const response = await fetch(address, options);
    if (!response.ok) {
      throw new Error(`${address}: ${response.status}`);
    }
    return response;
  },
  // Safari and Firefox know module workers since 2023 at the latest; an older browser throws or fires `error`.
  work: async (address) => new Worker(address, { type: "module", name: "calculateurs" }),
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
