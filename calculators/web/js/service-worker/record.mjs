// What outlives the service worker, which the browser stops when it has nothing to do: the version in use, what the reader
// lets it keep, and the pages that were opened with an earlier version. These go on with the files of theirs.

import { HOME, PREFIX, deleteCaches, worker } from "./scope.mjs";
import { VERSION, cacheName } from "./site.mjs";

/** @typedef {import("../offline/messages.js").Part} Part */
/**
 * @typedef {object} State
 * @property {string} version in use
 * @property {Part[]} parts to keep whole
 * @property {number} checked when every file was last looked at
 * @property {Record<string, string>} past the version of each page opened before the one in use, by client
 */

/** Bytes of a record at most: a hundred times what the pages of one browser need. */
const LARGEST = 100_000;

/** @type {Part[]} */
const PARTS = ["base", "page", "engine", "spare"];

const NAME = `${PREFIX}etat`;
const ADDRESS = new URL("__etat", HOME).href;

/** @type {Promise<State | undefined> | undefined} */
let known;

/** What was last written, if anything was. */
export function read() {
  known ??= load().catch(() => undefined);
  return known;
}

/** @returns {Promise<State | undefined>} */
async function load() {
  const found = await caches.match(ADDRESS, { cacheName: NAME });
  const content = await found?.blob();
  return content && content.size <= LARGEST ? understand(JSON.parse(await content.text())) : undefined;
}

/**
 * What a record says, where it is as this script writes it. Anything else on the device is of another program, or of another
 * time: what cannot be understood is as if it had not been written.
 *
 * @param {unknown} found
 * @returns {State | undefined}
 */
function understand(found) {
  const { version, parts, checked, past } = /** @type {Record<string, unknown>} */ (Object(found));
  if (typeof version !== "string" || !version) {
    return undefined;
  }
  const listed = Array.isArray(parts) ? parts : [];
  const pages = Object.entries(Object(past)).filter(([, of]) => typeof of === "string" && of);
  return {
    version,
    parts: PARTS.filter((part) => listed.includes(part)),
    checked: typeof checked === "number" ? checked : 0,
    past: Object.fromEntries(pages),
  };
}

/**
 * Changes the record of the version in use.
 *
 * @param {Partial<State>} changes
 */
export async function write(changes) {
  const state = { version: VERSION, parts: [], checked: 0, past: {}, ...(await read()), ...changes };
  known = Promise.resolve(state);
  await (await caches.open(NAME)).put(ADDRESS, Response.json(state));
}

/**
 * The version that a page was opened with.
 *
 * @param {string} client
 */
export async function versionOf(client) {
  const { past = {} } = (await read()) ?? {};
  return Object.hasOwn(past, client) ? /** @type {string} */ (past[client]) : VERSION;
}

/** Makes this version the one in use. Every page that is open stays with the version it had. */
export async function takeOver() {
  const state = await read();
  const before = state?.version ?? VERSION;
  const open = await clients();
  const past = before === VERSION ? {} : Object.fromEntries(open.map((id) => [id, state?.past[id] ?? before]));
  await write({ version: VERSION, past });
  await deleteCaches((name) => ![NAME, cacheName(VERSION), ...Object.values(past).map(cacheName)].includes(name));
}

/** Forgets the earlier versions whose last page has been closed. */
export async function tidy() {
  const past = Object.entries((await read())?.past ?? {});
  if (past.length) {
    const open = await clients();
    const left = past.filter(([id]) => open.includes(id));
    const needed = left.map(([, version]) => version);
    const done = past.map(([, version]) => version).filter((version) => !needed.includes(version));
    await write({ past: Object.fromEntries(left) });
    await deleteCaches((name) => done.map(cacheName).includes(name));
  }
}

/** Erases everything that this site keeps. */
export async function erase() {
  await deleteCaches(() => true);
  known = undefined;
}

/** The pages and workers that are open. */
async function clients() {
  const found = await worker.clients.matchAll({ type: "all", includeUncontrolled: true });
  return found.filter(({ url }) => url.startsWith(HOME)).map(({ id }) => id);
}
