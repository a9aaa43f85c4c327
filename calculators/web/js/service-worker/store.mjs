// What is kept of this version. Nothing is given out, nor taken in, but the very bytes that were published: an entry that is
// missing or wrong is fetched again, and what cannot be kept is simply not.

import { PREFIX } from "./scope.mjs";
import { FILES, VERSION, cacheName, isRight } from "./site.mjs";

/** @typedef {import("./site.mjs").SiteFile} SiteFile */

/** Files that are fetched at the same time, ahead of their use. */
const LANES = 4;

/** The same whatever encodings a browser accepts: they are kept decoded. */
const ANY_ENCODING = { ignoreVary: true };

/** @type {Map<string, { coming: Promise<Response>, kept: Promise<boolean> }>} downloads under way, by address */
const running = new Map();

/** The cache, unless the reader had it erased. */
async function cache() {
  return (await caches.has(cacheName(VERSION))) ? caches.open(cacheName(VERSION)) : undefined;
}

/** Makes the place where this version is kept. */
export async function open() {
  await caches.open(cacheName(VERSION));
}

/**
 * The addresses of what is kept of a version.
 *
 * @param {string} [version]
 * @returns {Promise<Set<string>>}
 */
export async function keptOf(version = VERSION) {
  const name = cacheName(version);
  const requests = (await caches.has(name)) ? await (await caches.open(name)).keys() : [];
  return new Set(requests.map((request) => request.url));
}

/**
 * A file as it is kept; a wrong one is dropped.
 *
 * @param {SiteFile} file
 * @returns {Promise<Response | undefined>}
 */
export async function read(file) {
  const kept = await cache();
  const found = await kept?.match(file.url, ANY_ENCODING);
  if (found && !(await isRight(file, found.clone()).catch(() => false))) {
    await kept?.delete(file.url, ANY_ENCODING);
    return undefined;
  }
  return found;
}

/**
 * What any version kept at an address.
 *
 * @param {string} url
 * @param {string} [version] this one only
 */
export async function readOlder(url, version) {
  for (const name of await caches.keys()) {
    if (version ? name === cacheName(version) : name.startsWith(PREFIX)) {
      const found = await caches.match(url, { ...ANY_ENCODING, cacheName: name });
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

/**
 * A file from the network, given out while it comes; it is kept once it has come whole, if it is the right one.
 *
 * @param {SiteFile} file
 * @param {RequestCache} asked how the page asks for it
 */
export async function download(file, asked) {
  const { coming } = downloading(file, { cache: asked === "reload" ? asked : "default" });
  return (await coming).clone();
}

/**
 * @param {SiteFile} file
 * @param {RequestInit} options
 */
function downloading(file, options) {
  const begun = running.get(file.url);
  // Who asks past every cache does so because what came before was wrong, or does not come.
  if (begun && options.cache !== "reload") {
    return begun;
  }
  const coming = fetch(file.url, options);
  // The next request for that file begins another download.
  const over = () => {
    if (running.get(file.url)?.coming === coming) {
      running.delete(file.url);
    }
  };
  const kept = coming.then((response) => keep(file, response, over)).catch(() => false);
  const download = { coming, kept: kept.finally(over) };
  running.set(file.url, download);
  return download;
}

/**
 * @param {SiteFile} file
 * @param {Response} response that nobody has read: readers have copies
 * @param {() => void} whole called once it has come, and before it is read
 */
async function keep(file, response, whole) {
  if (response.status !== 200) {
    // Whoever asked has not taken a copy yet: the error is for them to read.
    return false;
  }
  const right = await isRight(file, response.clone());
  whole();
  const place = right ? await cache() : undefined;
  if (!place) {
    await response.body?.cancel();
    return false;
  }
  // A browser takes no redirected answer for a page.
  await place.put(file.url, response.redirected ? new Response(response.body, response) : response);
  return true;
}

/**
 * Fetches files ahead of their use, unless there is no room for them. Tells how many could be kept.
 *
 * @param {SiteFile[]} files
 */
export async function gather(files) {
  if (!(await hasRoom(files))) {
    return 0;
  }
  const waiting = [...files];
  let count = 0;
  const lane = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const obtained = await obtain(file);
      // Added once it is known: what is read before waiting is old when another lane has counted meanwhile.
      count += obtained ? 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return count;
}

/** @param {SiteFile} file */
async function obtain(file) {
  if (await copyOlder(file).catch(() => false)) {
    return true;
  }
  const polite = /** @type {RequestInit} */ ({ priority: "low" });
  // What the browser keeps on its own side may be older, or damaged.
  return (
    (await downloading(file, { ...polite, cache: "no-cache" }).kept) ||
    (await downloading(file, { ...polite, cache: "reload" }).kept)
  );
}

/**
 * Takes a file that another version has kept, if it has not changed.
 *
 * @param {SiteFile} file
 */
async function copyOlder(file) {
  const found = await readOlder(file.url);
  const place = found && (await isRight(file, found.clone())) ? await cache() : undefined;
  await place?.put(file.url, /** @type {Response} */ (found));
  return Boolean(place);
}

/** @param {SiteFile[]} files */
async function hasRoom(files) {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  return files.reduce((sum, { bytes }) => sum + bytes, 0) < quota - usage;
}

/** Looks at every file that is kept, and drops the wrong ones. */
export async function check() {
  for (const file of FILES.values()) {
    await read(file);
  }
}
