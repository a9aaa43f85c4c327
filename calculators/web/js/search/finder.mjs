// Finds the pages that answer a few words. One for both generators, whose own searches rank otherwise, trip over « : »
// and « * », and know neither the slips of typing nor the words of everyday.

import { forgiven, slips, wordsOf } from "./words.mjs";

/**
 * A part of a page, as the index holds it. `mots`: what people type to come here; `poids`: less than 1 for what is
 * seldom looked for; `rien`: what is shown when no part has the words typed, and never otherwise.
 *
 * @typedef {{ location: string, title: string, text: string, mots?: string[], poids?: number, rien?: boolean }} Item
 *
 * @typedef {import("./words.mjs").Word} Word
 *
 * @typedef {object} Part
 * @property {Item} item
 * @property {number} id its place in the index
 * @property {number} score
 *
 * @typedef {object} Page
 * @property {Part[]} parts that hold some of the words, the best first
 * @property {number} score
 */

const TITLE = 4;
/** What a word is worth that is not quite the one typed: one that it begins, one that a slip or two make of it. */
const BEGUN = 0.6;
const SLIPPED = [1, 0.6, 0.35];
/** What a whole phrase that leads to a page is worth beside words found here and there. */
const LED = 40;
const MOST_FORMS = 40;

export class Finder {
  /** @type {Item[]} */
  #items;
  /** For each form, the parts that hold it and how well. @type {Map<string, Map<number, number>>} */
  #found = new Map();
  /** The phrases that lead somewhere: their forms, and the part. @type {{ forms: string[], id: number }[]} */
  #phrases = [];
  /** All the forms, in order: those that begin alike stand together. @type {string[]} */
  #forms;
  /** The words of the texts that were shown. @type {Map<string, Word[]>} */
  #read = new Map();
  /** The words of the law, each with what people say for them. @type {{ law: string[], said: string[] }[]} */
  #said;

  /**
   * @param {Item[]} items
   * @param {Record<string, string[]>} said what people say, for each word of the law
   */
  constructor(items, said = {}) {
    this.#items = items;
    this.#said = Object.entries(said).map(([law, words]) => ({
      law: forms(law),
      said: [...new Set(words.flatMap(forms))],
    }));
    const usual = items.reduce((sum, { text }) => sum + text.length, 0) / (items.length || 1);
    items.forEach((item, id) => {
      if (item.rien) return;
      for (const { form } of this.words(item.title)) this.#add(form, id, TITLE);
      /** @type {Map<string, number>} */
      const times = new Map();
      for (const { form } of this.words(item.text)) times.set(form, (times.get(form) ?? 0) + 1);
      const long = 0.4 + (0.6 * item.text.length) / usual;
      for (const [form, count] of times) this.#add(form, id, (2 * count) / (count + long));
      for (const phrase of item.mots ?? []) this.#phrases.push({ forms: [...new Set(forms(phrase))], id });
    });
    // Known, for slips of typing, without standing in any page.
    for (const form of this.#phrases.flatMap((phrase) => phrase.forms)) {
      if (!this.#found.has(form)) this.#found.set(form, new Map());
    }
    this.#forms = [...this.#found.keys()].sort();
  }

  /**
   * @param {string} form
   * @param {number} id
   * @param {number} worth
   */
  #add(form, id, worth) {
    const parts = this.#found.get(form) ?? new Map();
    parts.set(id, (parts.get(id) ?? 0) + worth);
    this.#found.set(form, parts);
  }

  /**
   * The words of a text and, where a word of the law stands, what people say for it.
   *
   * @param {string} text
   * @returns {Word[]}
   */
  words(text) {
    const words = wordsOf(text);
    const more = [];
    for (let i = 0; i < words.length; i++) {
      for (const { law, said } of this.#said) {
        const last = words[i + law.length - 1];
        if (last && law.every((form, j) => words[i + j]?.form === form)) {
          for (const form of said) more.push({ form, start: words[i]?.start ?? 0, end: last.end });
        }
      }
      // An article is also known by its number alone.
      const { form = "", start = 0, end = 0 } = words[i] ?? {};
      if (/^[lrda]\d/.test(form)) more.push({ form: form.slice(1), start, end });
    }
    return words.concat(more);
  }

  /**
   * The forms that a word typed may stand for, each with what it is then worth. The last word may go on.
   *
   * @param {string} form
   */
  meant(form) {
    const known = new Map();
    if (this.#found.has(form)) known.set(form, 1);
    const number = /\d/.test(form);
    if (!number && form.length > 2) {
      const longer = this.#begun(form).sort((a, b) => a.length - b.length);
      for (const other of longer.slice(0, MOST_FORMS)) known.set(other, BEGUN);
    }
    if (known.size === 0 && number && this.#found.has(form.replace(/^[lrda]/, ""))) {
      known.set(form.replace(/^[lrda]/, ""), BEGUN);
    }
    for (let most = 1; known.size === 0 && most <= forgiven(form); most++) {
      for (const other of this.#found.keys()) {
        if (!/\d/.test(other) && slips(form, other, most) <= most) known.set(other, SLIPPED[most] ?? 0);
      }
    }
    return known;
  }

  /**
   * The forms that begin with one, itself left out.
   *
   * @param {string} form
   */
  #begun(form) {
    let first = 0;
    for (let last = this.#forms.length; first < last; ) {
      const middle = (first + last) >> 1;
      if ((this.#forms[middle] ?? "") <= form) first = middle + 1;
      else last = middle;
    }
    let end = first;
    while (this.#forms[end]?.startsWith(form)) end++;
    return this.#forms.slice(first, end);
  }

  /**
   * The words of a text that is shown, kept for the next letter typed.
   *
   * @param {string} text
   */
  read(text) {
    return at(this.#read, text, () => this.words(text));
  }

  /**
   * The pages that hold the words typed, or that they lead to; the best first. When there are none, the one that says
   * what the site does not cover, and where to turn; but nothing for what has no word in it.
   *
   * @param {string} typed
   * @returns {{ pages: Page[], forms: Set<string> }} with the forms found, to be shown
   */
  find(typed) {
    const asked = [...new Set(wordsOf(typed).map(({ form }) => form))].map((form) => this.meant(form));
    /** @type {Map<string, { total: number[], parts: Map<number, number> }>} */
    const pages = new Map();
    const shown = new Set();
    asked.forEach((meant, word) => {
      const holding = new Set([...meant.keys()].flatMap((form) => [...(this.#found.get(form)?.keys() ?? [])]));
      const rare = Math.log(1 + this.#items.length / (1 + holding.size));
      for (const [form, worth] of meant) {
        shown.add(form);
        for (const [id, well] of this.#found.get(form) ?? []) {
          const page = at(pages, pageOf(this.#items[id]), () => ({ total: asked.map(() => 0), parts: new Map() }));
          const score = well * worth * rare * (this.#items[id]?.poids ?? 1);
          page.total[word] = Math.max(page.total[word] ?? 0, score);
          page.parts.set(id, (page.parts.get(id) ?? 0) + score);
        }
      }
    });
    for (const [id, worth] of this.#ledTo(asked)) {
      const page = at(pages, pageOf(this.#items[id]), () => ({ total: asked.map(() => 0), parts: new Map() }));
      page.parts.set(id, (page.parts.get(id) ?? 0) + worth);
      page.total.push(worth);
    }
    const ranked = [...pages.values()].map(({ total, parts }) => {
      const held = total.slice(0, asked.length).filter(Boolean).length / asked.length;
      const words = total.slice(0, asked.length).reduce((sum, score) => sum + score, 0) * held ** 2;
      const led = Math.max(0, ...total.slice(asked.length));
      const best = [...parts]
        .map(([id, score]) => ({ id, score, item: /** @type {Item} */ (this.#items[id]) }))
        .sort((a, b) => b.score - a.score || a.id - b.id);
      return { parts: best, score: words + (held ** 2 * (best[0]?.score ?? 0)) / 2 + led };
    });
    if (ranked.length === 0 && asked.length) {
      const nothing = this.#items.flatMap((item, id) => (item.rien ? [{ parts: [{ item, id, score: 1 }], score: 1 }] : []));
      return { pages: nothing, forms: shown };
    }
    return { pages: ranked.sort((a, b) => b.score - a.score), forms: shown };
  }

  /**
   * The parts that phrases lead to: those whose words were all typed, or that have all the words typed.
   *
   * @param {Map<string, number>[]} asked
   */
  *#ledTo(asked) {
    for (const { forms: phrase, id } of this.#phrases) {
      const share = phrase.map((form) => Math.max(0, ...asked.map((meant) => meant.get(form) ?? 0)));
      const typed = asked.filter((meant) => phrase.some((form) => meant.has(form))).length;
      const whole = share.every(Boolean) || typed === asked.length;
      if (whole && typed) {
        const worth = share.reduce((sum, one) => sum + one, 0) / (phrase.length + asked.length - typed);
        if (worth >= 0.5) yield /** @type {const} */ ([id, LED * worth]);
      }
    }
  }
}

/** @param {string} text */
function forms(text) {
  return wordsOf(text).map(({ form }) => form);
}

/** @param {Item | undefined} item */
function pageOf(item) {
  return item?.location.split("#")[0] ?? "";
}

/**
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 * @param {() => V} make
 * @returns {V}
 */
function at(map, key, make) {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
