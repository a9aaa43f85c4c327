// The worker of the search, in place of the theme's: it speaks as Material's and Zensical's do, and answers with our own.

import { Finder } from "./finder.mjs";

/**
 * @typedef {import("./finder.mjs").Item} Item
 * @typedef {import("./finder.mjs").Page} Page
 * @typedef {{ start: number, end: number }} Range
 */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const MOST_PAGES = 20;
const MOST_PARTS = 4;
/** Letters of the page shown around the words found. */
const SHOWN = 220;

/** @type {Finder} */
let finder;
/** Its index has a list of `items`; Material's, of `docs`. */
let zensical = false;
/** @type {Item[]} */
let items = [];

/**
 * Answers one message of the theme; nothing for one that asks for nothing.
 *
 * @param {{ type: number, data: any }} message
 */
export function answer({ type, data }) {
  if (type === SETUP) {
    zensical = "items" in data;
    items = data.items ?? data.docs;
    finder = new Finder(items, data.config.synonymes);
    return { type: READY };
  }
  if (type === QUERY) {
    const typed = zensical ? data.input : data;
    const { pages, forms } = finder.find(typeof typed === "string" ? typed : "");
    const best = pages.slice(0, MOST_PAGES);
    return { type: RESULT, data: zensical ? forZensical(best, forms) : forMaterial(best, forms) };
  }
  return undefined;
}

/**
 * Each page with its parts, as Material shows them: one of them is the page itself.
 *
 * @param {Page[]} pages
 * @param {Set<string>} forms
 */
function forMaterial(pages, forms) {
  return {
    items: pages.map(({ parts, score }) => {
      const top = parts[0]?.score || 1;
      const shown = parts.slice(0, MOST_PARTS).map(({ item, score: own }) => ({
        location: item.location,
        title: marked(item.title, ranges(item.title, forms)),
        text: excerpt(item.text, ranges(item.text, forms)),
        score: (score * own) / top,
        terms: {},
      }));
      const address = parts[0]?.item.location.split("#")[0] ?? "";
      if (!shown.some(({ location }) => location === address)) {
        const page = items.find(({ location }) => location === address);
        shown.push({ location: address, title: page?.title ?? "", text: "", score: 0, terms: {} });
      }
      return shown;
    }),
  };
}

/**
 * The best part of each page, then the others, as Zensical shows them: one list.
 *
 * @param {Page[]} pages
 * @param {Set<string>} forms
 */
function forZensical(pages, forms) {
  const best = pages.flatMap(({ parts }) => parts.slice(0, 1));
  const others = pages.flatMap(({ parts }) => parts.slice(1, MOST_PARTS));
  const found = [...best, ...others].map(({ item, id }) => ({
    id,
    matches: ["title", "text"].map((field) => ({
      id,
      field,
      score: 0,
      value: {
        highlight: {
          ranges: ranges(field === "title" ? item.title : item.text, forms).map(({ start, end }) => ({
            start,
            end,
            value: end - start,
          })),
        },
      },
    })),
  }));
  return { items: found, query: { values: [] }, aggregations: [], pagination: { total: found.length } };
}

/**
 * Where the words found stand in a text, in order, none inside another.
 *
 * @param {string} text
 * @param {Set<string>} forms
 */
function ranges(text, forms) {
  /** @type {Range[]} */
  const kept = [];
  const found = finder.read(text).filter(({ form }) => forms.has(form));
  for (const { start, end } of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= (kept.at(-1)?.end ?? 0)) kept.push({ start, end });
  }
  return kept;
}

/**
 * @param {string} text
 * @param {Range[]} found
 * @param {number} [from]
 * @param {number} [to]
 */
function marked(text, found, from = 0, to = text.length) {
  let html = "";
  let done = from;
  for (const { start, end } of found) {
    if (start >= done && end <= to) {
      html += `${bare(text.slice(done, start))}<mark>${bare(text.slice(start, end))}</mark>`;
      done = end;
    }
  }
  return html + bare(text.slice(done, to));
}

/**
 * A few lines of a text around the first word found, or its beginning; HTML that holds nothing but marks.
 *
 * @param {string} text
 * @param {Range[]} found
 */
function excerpt(text, found) {
  const first = found[0]?.start ?? 0;
  // From the beginning of the paragraph, when it is near.
  const block = text.lastIndexOf("<p>", first);
  const from = first - block < SHOWN / 2 ? Math.max(0, block) : space(text, first - SHOWN / 2);
  const to = space(text, from + SHOWN * 1.5);
  const words = marked(text, found, from, to).trim();
  return `${from > 0 && words ? "… " : ""}${words}${to < text.length ? " …" : ""}`;
}

/**
 * The next place where a text can be cut: between two words, outside a tag.
 *
 * @param {string} text
 * @param {number} from
 */
function space(text, from) {
  const rest = text.slice(Math.max(0, from));
  const tag = rest.indexOf(">");
  const inside = tag >= 0 && !rest.slice(0, tag).includes("<") ? tag + 1 : 0;
  const next = rest.slice(inside).search(/[\s<]/);
  return next < 0 ? text.length : Math.max(0, from) + inside + next;
}

/**
 * The words between the tags; what is left is written as HTML already.
 *
 * @param {string} html
 */
function bare(html) {
  return html.replace(/<[^>]*>/g, " ").replace(/ {2,}/g, " ");
}

globalThis.onmessage = ({ data }) => {
  const reply = answer(data);
  if (reply) globalThis.postMessage(reply);
};
