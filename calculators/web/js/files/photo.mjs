// A photo drawn anew: upright, readable, light, and without what the camera wrote in it.

import { el } from "../common/dom.mjs";

/** Points along the long side: an A4 sheet at 200 dots an inch, at which small print is read. */
const LONG = 2400;
const QUALITIES = [0.85, 0.75, 0.6];
/** How much smaller it is drawn when that is not enough, and how often. */
const [SMALLER, TIMES] = [0.75, 4];
/** The long side of what is shown of it. */
const SHOWN = 240;
const POINTS = "\u00a0×\u00a0";

/** The browser cannot draw this kind of image. */
export class UndrawableError extends Error {}

/** @typedef {{ blob: Blob, shown: HTMLCanvasElement[], size: string }} Photo `shown`: before, and after */

/** @param {Blob} file */
async function decoded(file) {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    throw new UndrawableError(String(error));
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} long
 */
function drawn(bitmap, long) {
  const scale = Math.min(1, long / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) {
    throw new UndrawableError("no canvas");
  }
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} quality
 * @returns {Promise<Blob>}
 */
function encoded(canvas, quality) {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UndrawableError("no memory"))), "image/jpeg", quality),
  );
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} limit bytes
 */
async function light(bitmap, limit) {
  let long = LONG;
  for (let time = 0; time < TIMES; time += 1) {
    const canvas = drawn(bitmap, long);
    for (const quality of QUALITIES) {
      const blob = await encoded(canvas, quality);
      if (blob.size <= limit) {
        const size = `${canvas.width}${POINTS}${canvas.height}`;
        canvas.width = canvas.height = 0;
        return { blob, size };
      }
    }
    canvas.width = canvas.height = 0;
    long *= SMALLER;
  }
  throw new UndrawableError("too heavy");
}

/**
 * Makes a JPEG of an image, no heavier than `limit`.
 *
 * @param {Blob} file
 * @param {number} limit bytes
 * @returns {Promise<Photo>}
 */
export async function redraw(file, limit) {
  const bitmap = await decoded(file);
  try {
    const { blob, size } = await light(bitmap, limit);
    const after = await decoded(blob);
    const shown = [drawn(bitmap, SHOWN), drawn(after, SHOWN)];
    after.close();
    return { blob, shown, size };
  } finally {
    bitmap.close();
  }
}
