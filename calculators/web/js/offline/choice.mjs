// What may be kept on the device: as the reader says, and as the connection is paid for.

import { REFUSAL } from "../storage.json";

/** @typedef {import("./messages.js").Part} Part */
/** @typedef {{ saveData?: boolean, effectiveType?: string, type?: string }} Connection what some browsers tell of it */

const NO = "non";

/** Whether the reader wants the site to be kept: yes, unless told otherwise. */
export const wanted = {
  get() {
    try {
      return localStorage.getItem(REFUSAL) !== NO;
    } catch {
      return true;
    }
  },

  /** @param {boolean} value */
  set(value) {
    try {
      if (value) {
        localStorage.removeItem(REFUSAL);
      } else {
        localStorage.setItem(REFUSAL, NO);
      }
    } catch {
      // A browser that keeps nothing keeps no site either.
    }
  },
};

/**
 * What may be fetched ahead of its use over a connection: the whole site; no engine, which is large, over a telephone's; and
 * nothing when the reader spares data, or waits long enough for what is asked. What is used is kept in any case.
 *
 * @param {Connection} connection
 * @returns {Part[]}
 */
export function allowed(connection = /** @type {{ connection?: Connection }} */ (navigator).connection ?? {}) {
  const { saveData, effectiveType = "", type } = connection;
  if (saveData || effectiveType.endsWith("2g")) {
    return [];
  }
  return type === "cellular" || effectiveType === "3g" ? ["base", "page"] : ["base", "page", "engine"];
}
