// Takes the place of the service worker of a site that had one and wants none: erases what it kept, and goes.

import { deleteCaches, worker } from "./scope.mjs";

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener("activate", (event) => event.waitUntil(leave()));

// A page of the former site, still open, may call it back before it has gone.
worker.addEventListener("message", (event) => event.waitUntil(leave()));

async function leave() {
  try {
    await deleteCaches(() => true);
  } finally {
    await worker.registration.unregister();
  }
}
