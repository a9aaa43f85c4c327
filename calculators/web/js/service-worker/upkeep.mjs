// Keeps the site on the device, a little at a time, and gets the next version ready.

import * as record from "./record.mjs";
import { FILES, VERSION } from "./site.mjs";
import * as store from "./store.mjs";

/** @typedef {import("../offline/messages.js").Kept} Kept */
/** @typedef {import("../offline/messages.js").Part} Part */
/** @typedef {import("./site.mjs").SiteFile} SiteFile */

/** Bytes fetched at one request of the page, unless a single file is larger. */
const BATCH = 1_000_000;

/** How long what is kept is believed to be right without being looked at, save what is used. */
const TRUST = 24 * 60 * 60 * 1000;

/**
 * Keeps a few more files of these parts.
 *
 * @param {Part[]} parts
 * @returns {Promise<Kept>}
 */
export async function keepMore(parts) {
  await store.open();
  const state = await record.read();
  await record.write({ parts: [...new Set([...(state?.parts ?? []), ...parts])] });
  await record.tidy();
  // Either way: a clock that was ahead, and was put right, would leave what is kept unseen for years.
  if (Math.abs(Date.now() - (state?.checked ?? 0)) > TRUST) {
    await store.check();
    await record.write({ checked: Date.now() });
  }
  const files = [...FILES.values()].filter(({ part }) => parts.includes(part));
  const kept = await store.keptOf();
  const missing = files.filter(({ url }) => !kept.has(url));
  const batch = firstOf(missing);
  const count = await store.gather(batch);
  return { ...(await describe()), more: count > 0 && missing.length > count };
}

/** @param {SiteFile[]} files */
function firstOf(files) {
  let bytes = 0;
  return files.filter((file, index) => (bytes += file.bytes) <= BATCH || index === 0);
}

/** @returns {Promise<Kept>} */
export async function describe() {
  const kept = await store.keptOf();
  const files = [...FILES.values()].filter(({ url, part }) => part !== "spare" || kept.has(url));
  const size = (/** @type {typeof files} */ some) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  return { version: VERSION, bytes: size(files.filter(({ url }) => kept.has(url))), total: size(files), more: false };
}

/**
 * Gets everything of this version that the reader had of the one in use, or fails: a version is whole or it is not there.
 * What could be fetched stays for the next time.
 */
export async function prepare() {
  const state = await record.read();
  if (!state) {
    return;
  }
  const before = await store.keptOf(state.version);
  const files = [...FILES.values()].filter(isWanted(state.parts, before));
  await store.open();
  const kept = await store.keptOf();
  const missing = files.filter(({ url }) => !kept.has(url));
  if ((await store.gather(missing)) < missing.length) {
    throw new Error("this version could not be fetched whole");
  }
  for (const file of files) {
    if (!(await store.read(file))) {
      throw new Error(`${file.url} was damaged`);
    }
  }
}

/**
 * What the reader asked to keep, what was kept, and what goes with it.
 *
 * @param {Part[]} asked
 * @param {Set<string>} before
 * @returns {(file: SiteFile) => boolean}
 */
function isWanted(asked, before) {
  const parts = new Set(asked);
  if (before.size) {
    parts.add("base");
  }
  if ([...before].some((url) => url.includes("/assets/engine/"))) {
    parts.add("engine");
  }
  return ({ url, part }) => parts.has(part) || before.has(url);
}
