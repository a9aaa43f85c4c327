// The workers that run Python, as the page sees them: what is told to them, what they tell, and how they fail.

import { EngineError } from "./error.mjs";

/** @typedef {import("./error.mjs").Reason} Reason */
/** @typedef {import("./download.mjs").Progress} Progress */
/**
 * @typedef {{ type: "begun" } | { type: "progress", bytes: number } | { type: "ready" } | { type: "cold" }
 *   | { type: "fatal", error: string, reason?: Reason, status?: number | undefined }
 *   | { type: "result", id: number, ok: true, value: string, files?: Blob[] }
 *   | { type: "result", id: number, ok: false, error: string }} FromWorker
 */
/**
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {string} base
 * @property {RequestCache} cache how the worker fetches
 * @property {WebAssembly.Module} module
 * @property {boolean} memory whether Python waits for the memory that it begins with: it comes in a message of its own
 * @property {Map<string, ArrayBuffer> | undefined} [library] what the worker needs without a snapshot, if it cannot fetch it
 */
/** @typedef {Boot | { type: "memory", snapshot: ArrayBuffer } | { type: "call", id: number, request: string, files: Blob[] }} ToWorker */

/** A worker whose script was not loaded, or stopped at once. */
export class WorkerError extends Error {}

/** Python could not begin with its memory as it was kept. */
export class SnapshotError extends Error {}

/** The hot part of the runtime was asked for what it does not have. */
export class ColdError extends Error {}

/**
 * @param {Worker} worker
 * @param {ToWorker} message
 * @param {Transferable[]} [given]
 */
export function send(worker, message, given = []) {
  worker.postMessage(message, given);
}

/**
 * Has a worker start Python; resolves when it is ready.
 *
 * @param {Worker} worker
 * @param {Boot} boot
 * @param {Progress} [progress]
 * @returns {Promise<void>}
 */
export function bootWorker(worker, boot, progress) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      const message = /** @type {FromWorker} */ (data);
      if (message.type === "ready") {
        resolve();
      } else if (message.type === "begun") {
        // Its script can be run: what stops it from now on is not how old the browser is.
        onFailure(worker, (reason) => reject(new EngineError("stopped", reason)));
      } else if (message.type === "cold") {
        reject(new ColdError("the start"));
      } else if (message.type === "fatal") {
        reject(new EngineError(message.reason ?? "stopped", message.error, message.status));
      } else if (message.type === "progress") {
        progress?.(message.bytes);
      }
    };
    send(worker, boot);
  });
}

/**
 * What a failure of the worker is, while it begins with its memory.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function snapshotError(error) {
  throw error instanceof ColdError || error instanceof SnapshotError ? error : new SnapshotError(String(error));
}

/**
 * Calls `failed` when a worker stops by itself, or says what cannot be read.
 *
 * @param {Worker} worker
 * @param {(message: string) => void} failed
 */
export function onFailure(worker, failed) {
  worker.onerror = (event) => {
    event.preventDefault();
    failed(event.message || "the worker's script cannot be loaded");
  };
  worker.onmessageerror = () => failed("a message of the worker cannot be read");
}

/**
 * Ends a worker; what it has said already is not heard.
 *
 * @param {Worker} worker
 */
export function end(worker) {
  worker.terminate();
  worker.onmessage = null;
  onFailure(worker, () => undefined);
}

/**
 * Ends a worker, if it ever comes.
 *
 * @param {Promise<Worker>} making
 */
export function endOnceMade(making) {
  making.then(end, () => undefined);
}
