// Why the engine gave no answer. Each reason has its own words for the reader, in why.mjs.

/**
 * @typedef {"offline" | "refused" | "page" | "damaged" | "silent" | "copy" | "sandbox" | "wasm" | "browser" | "stopped" | "timeout" | "python"} Reason
 *   offline: a file did not come, or not to its end; refused: the server answered by an error, whose number is `status`;
 *   page: a web page came in place of a file, as from a network that wants its visitors to sign in; damaged: other bytes than
 *   those that were built; silent: nothing came any more; copy: a file of the copy opened from a folder is not there, or
 *   damaged; sandbox: another site's frame gives the page no origin, so that nothing may be fetched; wasm: WebAssembly is
 *   switched off, or the page's policy forbids it; browser: this browser cannot, or may not; stopped: the runtime stopped, for want of memory for instance;
 *   timeout: one question took too long; python: an exception of our own program.
 */

/** No answer could be had; `reason` says why. */
export class EngineError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message for developers
   * @param {number} [status] of the server's answer
   */
  constructor(reason, message, status) {
    super(message);
    this.name = "EngineError";
    this.reason = reason;
    this.status = status;
  }
}
