// Draws pictures: `node draw_cards.mjs JOB`, a JSON file that gives the SVG of each PNG to write.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Resvg } from "@resvg/resvg-js";

const font = createRequire(import.meta.url).resolve("@expo-google-fonts/gelasio/700Bold/Gelasio_700Bold.ttf");

/** @type {Record<string, string>} */
const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf-8"));

for (const [file, svg] of Object.entries(job)) {
  const drawing = new Resvg(svg, {
    font: { fontFiles: [font], loadSystemFonts: false, defaultFontFamily: "Gelasio" },
  });
  writeFileSync(file, drawing.render().asPng());
}
