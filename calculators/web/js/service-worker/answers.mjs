// Answers the requests of the pages from what is kept, else from the network.

import { versionOf } from "./record.mjs";
import { HOME } from "./scope.mjs";
import { FILES, NOT_FOUND, VERSION, addressOf } from "./site.mjs";
import { download, read, readOlder } from "./store.mjs";

/** Files named by their content: those of an earlier version are of use to the pages that were opened with it. */
const ASSETS = new URL("assets/", HOME).href;

/**
 * Whether a request is for a whole file of this site. Any other is left to the browser.
 *
 * @param {Request} request
 */
export function isOurs({ method, url, mode, headers }) {
  if (method !== "GET" || !url.startsWith(HOME) || headers.has("range")) {
    return false;
  }
  const address = addressOf(url);
  return mode === "navigate" || FILES.has(address) || address.startsWith(ASSETS);
}

/**
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
export async function answer({ request, clientId }) {
  const address = addressOf(request.url);
  const opens = request.mode === "navigate";
  const found = await keptAnswer(address, opens ? VERSION : await versionOf(clientId)).catch(() => undefined);
  if (found) {
    return found;
  }
  const folder = opens && FILES.get(`${address}/`);
  if (folder) {
    return Response.redirect(folder.url + new URL(request.url).search);
  }
  const file = FILES.get(address);
  try {
    return await (file ? download(file, request.cache) : fetch(request));
  } catch (error) {
    const page = opens ? await notFound() : undefined;
    if (page) {
      return page;
    }
    throw error;
  }
}

/**
 * @param {string} address
 * @param {string} version that the page was opened with
 */
async function keptAnswer(address, version) {
  const older = version === VERSION ? undefined : await readOlder(address, version);
  const file = FILES.get(address);
  return older ?? (file ? read(file) : readOlder(address));
}

/** What names a place of the site in that page: a site made to be copied anywhere takes its host's root for its home. */
const PLACES = /( (?:href|src)="|"(?:base|search)": ?")(\/[^"]*)/g;

/** The page for an address that leads nowhere, brought to the folder where the site is. */
async function notFound() {
  const page = NOT_FOUND && (await read(NOT_FOUND).catch(() => undefined));
  if (!page) {
    return undefined;
  }
  const { pathname } = new URL(HOME);
  const text = (await page.text()).replaceAll(
    PLACES,
    (_, start, place) => start + (`${place}/`.startsWith(pathname) ? place : pathname + place.slice(1)),
  );
  return new Response(text, { status: 404, headers: page.headers });
}
