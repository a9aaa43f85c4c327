// The page's side of the service worker: once the page has come and rests, the site is kept on the device, pages first;
// and the reader is told when a newer version is there. Nothing is reloaded unless the reader says so.

import { idle } from "../common/idle.mjs";
import { engine } from "../engine/engine.mjs";
import { allowed, wanted } from "./choice.mjs";
import { UpdateNotice } from "./notice.mjs";
import { SITE_ROOT } from "../common/root.mjs";

/** @typedef {import("./messages.js").Kept} Kept */
/** @typedef {import("./messages.js").Part} Part */
/** @typedef {import("./messages.js").ToServiceWorker} ToServiceWorker */

/** The engine is fetched for those who stay a little. */
const REST = 3000;

/** A page is taken to be at rest after this, whatever it does. */
const IDLE = 500;

/** A tab that stays open looks for a newer version no more often than this. */
const HOUR = 60 * 60 * 1000;

/** A newer version that the reader asked for should be in use after this. */
const PATIENCE = 5000;

/** Tells the pages' own scripts that the reader has just agreed to the page being loaded again. */
export const LEAVING = "demarches:avant-rechargement";

/** What the site keeps on the device. Dispatches `change` when that changes. */
export class Offline extends EventTarget {
  #notice = new UpdateNotice(() => this.#update());
  /** @type {ServiceWorkerRegistration | undefined} */
  #registration;
  #checked = Date.now();

  #refused = false;

  /** Whether this browser, here, can keep the site. */
  get possible() {
    return OFFLINE && !this.#refused && isServed() && window.top === window && hasServiceWorkers();
  }

  /** Keeps what the device and the reader allow, once the page has come and rests. */
  async visit() {
    if (!this.possible) {
      return;
    }
    await rest();
    if (!wanted.get()) {
      return;
    }
    const parts = allowed();
    await this.#register();
    if (parts.length) {
      await this.#gather(["base", "page"]);
    }
    if (parts.includes("engine")) {
      await new Promise((resolve) => setTimeout(resolve, REST));
      await rest();
      await this.#gather(parts);
    }
  }

  /** Keeps the whole site, since the reader asks for it. */
  async keep() {
    wanted.set(true);
    await this.#register();
    // Some browsers ask the reader: whatever the answer, and whenever.
    navigator.storage?.persist?.().catch(() => undefined);
    return this.#gather(["base", "page", "engine"]);
  }

  /** Erases everything and keeps nothing more. */
  async erase() {
    wanted.set(false);
    const registration = await this.#found();
    if (registration) {
      await ask(registration, { type: "erase" });
      await registration.unregister();
    }
    this.#registration = undefined;
    this.dispatchEvent(new Event("change"));
  }

  /**
   * What is kept; nothing when the site keeps nothing here.
   *
   * @returns {Promise<Kept | undefined>}
   */
  async describe() {
    const registration = this.possible && wanted.get() ? await this.#found() : undefined;
    return registration?.active ? ask(registration, { type: "describe" }) : undefined;
  }

  async #found() {
    return this.#registration ?? (await navigator.serviceWorker.getRegistration(SITE_ROOT));
  }

  async #register() {
    if (this.#registration) {
      return;
    }
    const controlled = navigator.serviceWorker.controller !== null;
    const address = new URL("service-worker.js", SITE_ROOT);
    const registering = navigator.serviceWorker.register(address, { updateViaCache: "none" });
    const registration = await registering.catch((error) => {
      this.#refused = true;
      this.dispatchEvent(new Event("change"));
      throw error;
    });
    this.#registration = registration;
    this.#watch(registration, controlled);
    await navigator.serviceWorker.ready;
    this.#look(registration);
  }

  /**
   * Looks for a newer version now: left alone, some browsers do so long after the page has come.
   *
   * @param {ServiceWorkerRegistration} registration
   */
  #look(registration) {
    this.#checked = Date.now();
    registration.update().catch(() => undefined);
  }

  /**
   * @param {ServiceWorkerRegistration} registration
   * @param {boolean} controlled whether an earlier visit had registered it
   */
  #watch(registration, controlled) {
    if (registration.waiting && controlled) {
      this.#notice.show();
    }
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && registration.active) {
          this.#notice.show();
        }
      });
    });
    let first = !controlled;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (!first) {
        // Another tab has agreed: this page goes on with the version it has.
        this.#notice.show();
      }
      first = false;
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Math.abs(Date.now() - this.#checked) > HOUR) {
        this.#look(registration);
      }
    });
  }

  /** Shows the newer version, as the reader asks. */
  #update() {
    const waiting = this.#registration?.waiting;
    if (waiting) {
      navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
      // A browser lets the version in use finish all that it has begun, which may take long. Loaded again, the page is done
      // with it, and the reader may ask once more.
      setTimeout(reload, PATIENCE);
      waiting.postMessage({ type: "take-over" });
    } else {
      reload();
    }
  }

  /**
   * Keeps these parts, a little at a time.
   *
   * @param {Part[]} parts
   */
  async #gather(parts) {
    for (let more = true; more; ) {
      await engineAtRest();
      await rest();
      // The reader may have had everything erased meanwhile, here or in another tab.
      if (!this.#registration || !wanted.get()) {
        return;
      }
      ({ more } = await ask(this.#registration, { type: "keep", parts }));
      this.dispatchEvent(new Event("change"));
    }
  }
}

/**
 * Puts a request to the service worker in use.
 *
 * @param {ServiceWorkerRegistration} registration
 * @param {ToServiceWorker} message
 * @returns {Promise<Kept>}
 */
function ask(registration, message) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => (data.ok ? resolve(data.value) : reject(new Error(data.error)));
    registration.active?.postMessage(message, [port2]);
  });
}

/** Loads the page again. What was typed is kept at the last moment, and nothing is asked of the service worker until then. */
function reload() {
  window.dispatchEvent(new Event(LEAVING));
  location.reload();
}

/** Waits until the page has come, and has nothing to do. */
async function rest() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  }
  await idle(IDLE);
}

/** Waits until the engine is not starting: the reader who asks for an answer comes first. */
async function engineAtRest() {
  while (engine.state.state === "loading") {
    await new Promise((resolve) => engine.addEventListener("state", resolve, { once: true }));
  }
}

/** A copy opened from a folder is on the device already. */
function isServed() {
  return window.isSecureContext && location.protocol.startsWith("http");
}

/** A browser that keeps nothing may know them, and refuse them. */
function hasServiceWorkers() {
  try {
    return Boolean(navigator.serviceWorker);
  } catch {
    return false;
  }
}

/** The page's. */
export const offline = new Offline();
