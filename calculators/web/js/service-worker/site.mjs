// The files of this version of the site, as publishing listed them.

import { HOME, PREFIX } from "./scope.mjs";

/** @typedef {import("../offline/messages.js").Part} Part */
/** @typedef {{ url: string, bytes: number, hash: string, part: Part }} SiteFile */

export const VERSION = SITE.version;

/** @type {Map<string, SiteFile>} by address */
export const FILES = new Map(
  Object.entries(SITE.files).map(([path, [bytes, hash, part]]) => {
    const { href } = new URL(path, HOME);
    return [href, { url: href, bytes, hash, part }];
  }),
);

/** Shown for an address that leads nowhere. */
export const NOT_FOUND = FILES.get(new URL("404.html", HOME).href);

/** @param {string} version */
export function cacheName(version) {
  return PREFIX + version;
}

/**
 * The address of a file, from that of a request: what a reader adds to it is no part of it.
 *
 * @param {string} address
 */
export function addressOf(address) {
  const url = new URL(address);
  return url.origin + url.pathname.replace(/\/index\.html$/, "/");
}

/**
 * Whether a file is the one that was published.
 *
 * @param {SiteFile} file
 * @param {Response} response read to its end
 */
export async function isRight(file, response) {
  const content = await response.arrayBuffer();
  return content.byteLength === file.bytes && (await hashOf(content)) === file.hash;
}

/** @param {ArrayBuffer} content */
async function hashOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
