// Where the service worker is, and what its caches are called.

import { SITE } from "../storage.json";

/** @type {ServiceWorkerGlobalScope} */
export const worker = /** @type {any} */ (self);

/** The site's home page. */
export const HOME = worker.registration.scope;

/** Starts the names of the caches of this site, which may share its origin with others. */
export const PREFIX = `${SITE}${HOME} `;

/** @param {(name: string) => boolean} chosen among those of this site */
export async function deleteCaches(chosen) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && chosen(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}
