// Ends a wait for what may never come.

/** Looks at a wait by that many steps. */
const STEPS = 8;

/**
 * Calls `giveUp` once `patience` milliseconds have gone by without `renew`, and `halfway` at half of that. The time that the
 * page sleeps, in a tab put aside or on a machine whose lid is shut, does not count.
 *
 * @param {number} patience
 * @param {() => void} giveUp
 * @param {() => void} [halfway]
 */
export function watchdog(patience, giveUp, halfway) {
  let left = STEPS;
  const timer = setInterval(() => {
    left -= 1;
    if (left === STEPS / 2) {
      halfway?.();
    }
    if (left === 0) {
      clearInterval(timer);
      giveUp();
    }
  }, patience / STEPS);
  return {
    renew: () => {
      left = STEPS;
    },
    stop: () => clearInterval(timer),
  };
}
