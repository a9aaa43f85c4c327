// The service worker: keeps the site on the reader's device, so that it opens without a network.

import { answer, isOurs } from "./answers.mjs";
import * as record from "./record.mjs";
import { worker } from "./scope.mjs";
import { open } from "./store.mjs";
import { describe, keepMore, prepare } from "./upkeep.mjs";

/** @typedef {import("../offline/messages.js").ToServiceWorker} ToServiceWorker */

worker.addEventListener("install", (event) => event.waitUntil(prepare()));

worker.addEventListener("activate", (event) => event.waitUntil(begin()));

worker.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) {
    event.respondWith(answer(event));
  }
});

worker.addEventListener("message", (event) => {
  const port = event.ports[0];
  const done = obey(/** @type {ToServiceWorker} */ (event.data));
  event.waitUntil(
    done.then(
      (value) => port?.postMessage({ ok: true, value }),
      (error) => port?.postMessage({ ok: false, error: String(error) }),
    ),
  );
});

async function begin() {
  try {
    await record.takeOver();
    await open();
  } finally {
    await worker.clients.claim();
  }
}

/** @param {ToServiceWorker} message */
function obey(message) {
  switch (message.type) {
    case "keep":
      return keepMore(message.parts);
    case "describe":
      return describe();
    case "erase":
      return record.erase();
    case "take-over":
      return worker.skipWaiting();
  }
}
