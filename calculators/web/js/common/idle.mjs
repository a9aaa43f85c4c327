// When the page has nothing to do.

/**
 * Resolves then, and after `longest` milliseconds whatever it does: a page that is not painted may never be idle.
 *
 * @param {number} [longest]
 * @returns {Promise<void>}
 */
export function idle(longest) {
  return new Promise((resolve) => {
    // Safari has had no requestIdleCallback for long.
    if ("requestIdleCallback" in window) {
      requestIdleCallback(() => resolve(), longest ? { timeout: longest } : {});
    } else {
      setTimeout(resolve, longest ?? 0);
    }
  });
}
