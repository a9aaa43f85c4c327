// Lists whose lines are dragged, by a mouse or a finger alike. A script of its own, fetched by the page that has such a list:
// see binder.mjs.

import Sortable from "sortablejs";

/** Milliseconds that a line takes to its place; none for a reader who asked for no movement. */
const SLIDE = 150;

/**
 * @param {HTMLElement} list whose lines each have a handle
 * @param {(from: number, to: number) => void} moved
 */
function sort(list, moved) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  new Sortable(list, {
    handle: ".fichiers-poignee",
    // The browser's own dragging knows no finger, and is that of the files that are dropped on the page.
    forceFallback: true,
    animation: still ? 0 : SLIDE,
    onEnd: ({ oldIndex, newIndex }) => {
      if (oldIndex !== undefined && newIndex !== undefined && oldIndex !== newIndex) {
        moved(oldIndex, newIndex);
      }
    },
  });
}

Object.assign(globalThis, { demarchesSorting: sort });
