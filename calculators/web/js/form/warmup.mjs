// Starts the engine before it is asked for anything, when the reader is about to need it.

import { savesData } from "../common/data.mjs";
import { idle } from "../common/idle.mjs";
import { engine } from "../engine/engine.mjs";

const REST = 2000;

const start = () => engine.prepare();

/**
 * Starts the engine at the first sign of interest in `target`, or when the reader rests on it.
 *
 * @param {HTMLElement} target
 * @param {AbortSignal} signal
 */
export function warmUp(target, signal) {
  for (const type of ["focusin", "pointerdown", "input"]) {
    target.addEventListener(type, start, { signal, once: true });
  }
  if (!savesData()) {
    startAtRest(target, signal);
  }
}

/**
 * @param {HTMLElement} target
 * @param {AbortSignal} signal
 */
function startAtRest(target, signal) {
  let timer = 0;
  const watcher = new IntersectionObserver((entries) => {
    clearTimeout(timer);
    if (entries.some((entry) => entry.isIntersecting)) {
      timer = window.setTimeout(() => {
        watcher.disconnect();
        startUnlessLeft(signal);
      }, REST);
    }
  });
  watcher.observe(target);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    watcher.disconnect();
  });
}

/** @param {AbortSignal} signal */
async function startUnlessLeft(signal) {
  await idle();
  if (!signal.aborted) {
    start();
  }
}
