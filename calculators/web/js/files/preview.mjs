// Pictures made small, in grey: whether there is anything on them is seen there; Python judges.

import { textOf } from "../common/bytes.mjs";

/** Points along the long side: one or so in a millimetre of a sheet. */
const LONG = 280;
/** A picture is halved until it is this near to its size: made smaller at once, a browser would leave points out. */
const NEAR = 2;

/** @typedef {[number, string]} Preview its width, and its points in grey, a character a byte */

/**
 * Puts a picture in a canvas whose long side is so many points, as a mean of its own.
 *
 * @param {ImageBitmap} bitmap
 * @param {number} long
 */
export function reduced(bitmap, long) {
  let [width, height] = [bitmap.width, bitmap.height];
  /** @type {CanvasImageSource} */
  let from = bitmap;
  /** @type {HTMLCanvasElement | undefined} */
  let canvas;
  const scale = Math.min(1, long / Math.max(width, height));
  const [least, lowest] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  do {
    const last = width <= least * NEAR && height <= lowest * NEAR;
    const next = document.createElement("canvas");
    next.width = last ? least : Math.ceil(width / 2);
    next.height = last ? lowest : Math.ceil(height / 2);
    const pen = next.getContext("2d", { willReadFrequently: true });
    if (!pen) {
      throw new Error("no canvas");
    }
    pen.fillStyle = "white";
    pen.fillRect(0, 0, next.width, next.height);
    pen.drawImage(from, 0, 0, width, height, 0, 0, next.width, next.height);
    free(canvas);
    [canvas, from, width, height] = [next, next, next.width, next.height];
  } while (width > least || height > lowest);
  return canvas;
}

/** @param {HTMLCanvasElement | undefined} canvas */
export function free(canvas) {
  if (canvas) {
    // Its memory goes at once, and not when the browser thinks of it.
    canvas.width = canvas.height = 0;
  }
}

/**
 * The points of a canvas in grey.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {number} width
 * @param {number} height
 */
export function greyOf(pen, width, height) {
  const { data } = pen.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(4 * at, 4 * at + 3);
    grey[at] = (2 * red + 5 * green + blue) >> 3;
  }
  return grey;
}

/**
 * @param {ImageBitmap} bitmap
 * @returns {Preview}
 */
export function previewOf(bitmap) {
  const canvas = reduced(bitmap, LONG);
  const pen = canvas.getContext("2d");
  const points = pen ? greyOf(pen, canvas.width, canvas.height) : new Uint8Array();
  const { width } = canvas;
  free(canvas);
  return [width, textOf(points)];
}
