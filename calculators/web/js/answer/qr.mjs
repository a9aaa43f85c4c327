// The QR code of a list, taken away as a picture: lines for a printer, or points for a letter.

import { el } from "../common/dom.mjs";
import { save } from "./share.mjs";

const POINTS = 12;
const NAME = "liste-de-pieces";

/**
 * Adds the downloads under the QR code of a list, when there is one.
 *
 * @param {ParentNode} section
 */
export function offerQr(section) {
  const figure = section.querySelector("[data-zone=qr]");
  const drawing = figure?.querySelector("svg");
  const path = drawing?.querySelector("path")?.getAttribute("d");
  const size = Number(drawing?.getAttribute("viewBox")?.split(" ")[2]);
  if (!figure || !path || !size) {
    return;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
  figure.append(
    el(
      "div",
      { class: "pieces-boutons" },
      button("QR code en SVG", () => save(new Blob([svg], { type: "image/svg+xml" }), `${NAME}.svg`)),
      button("QR code en PNG", () => drawPoints(path, size)),
    ),
  );
}

/**
 * @param {string} words
 * @param {() => void} action
 */
function button(words, action) {
  const made = el("button", { type: "button", class: "md-button" }, words);
  made.addEventListener("click", action);
  return made;
}

/**
 * @param {string} path
 * @param {number} size
 */
function drawPoints(path, size) {
  const canvas = el("canvas", { width: String(size * POINTS), height: String(size * POINTS) });
  const pen = canvas.getContext("2d");
  if (!pen) {
    return;
  }
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(POINTS, POINTS);
  pen.fillStyle = "black";
  pen.fill(new Path2D(path));
  canvas.toBlob((blob) => blob && save(blob, `${NAME}.png`), "image/png");
}
