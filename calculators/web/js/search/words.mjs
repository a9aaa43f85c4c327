// Words as people type them and as pages write them, brought to one form: the search of the site and that of a table.

/** Words that tell nothing of what is looked for. */
const EMPTY = new Set(
  (
    "a ai ainsi alors apres as au aucun aucune aussi autre aux avant avec avez avoir c ce ceci cela celle celui ces cet " +
    "cette ceux chaque ci comme comment d dans de des donc dont du elle elles en encore entre est et etc etre eu fait il " +
    "ils j je l la le les leur leurs lors lui m ma mais me mes moi mon n ne ni non nos notre nous on ont ou par pas peut " +
    "peux plus pour puis quand que quel quelle quelles quels qu qui quoi s sa sans se sera ses si soit son sont sous sur " +
    "t ta te tes toi ton tous tout toute tres tu un une va vais veut veux vos votre vous y"
  ).split(" "),
);

/**
 * A tag, or a character written by its name; an article of a code (« R. 211-3 », « L 162-2 », « 1343-5 »);
 * « prud'hommes », however it is cut; any other word.
 */
const PARTS =
  /(?<skip><[^>]*>|&#?\w+;)|(?<![\p{L}\p{N}])(?<article>(?:[lrda]\.?\s?\*\s?|[lrda]\.\s?|[lrd]\s?(?=\d{3})|[lrda](?=\d))?\d+(?:-\d+)+|(?:[lrd]\.?\s?\*?\s?)\d{3,4}(?![\p{L}\p{N}]))|(?<court>prud['’\s]?ho[mn]+es?)(?![\p{L}\p{N}])|(?<word>[\p{L}\p{N}\p{Mn}]+)/giu;

/**
 * A text as one searches it: without accents nor capitals.
 *
 * @param {string} text
 */
export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/\u2019/gu, "'")
    .replace(/œ/giu, "oe")
    .replace(/æ/giu, "ae")
    .toLowerCase();
}

/**
 * The form that « bloquées », « bloqué » and « bloquer » share; short words and numbers stay as they are.
 *
 * @param {string} word
 */
function root(word) {
  const bare = plain(word);
  if (bare.length < 5 || /\d/.test(bare)) return bare;
  const one = bare.replace(/[sx]$/, "");
  const cut = one.replace(/(?:er|ez|ee?)$/, "");
  return cut.length >= 4 ? cut : one;
}

/**
 * A word of a text: its form, and where it stands.
 *
 * @typedef {{ form: string, start: number, end: number }} Word
 */

/**
 * The words of a text, which may be HTML, those that tell nothing left out.
 *
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsOf(text) {
  /** @type {Word[]} */
  const found = [];
  for (const { 0: said, index: start, groups = {} } of text.matchAll(PARTS)) {
    const end = start + said.length;
    if (groups.article) {
      found.push({ form: plain(said).replace(/[\s.*]/g, ""), start, end });
    } else if (groups.court) {
      found.push({ form: "prudhomm", start, end });
    } else if (groups.word && !EMPTY.has(plain(said))) {
      found.push({ form: root(said), start, end });
    }
  }
  return found;
}

/**
 * The number of letters to change, add, leave out or swap with their neighbour, to make one word of another; stops
 * beyond `most`.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, at(before, j - 2) + 1);
      }
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return at(last, other.length);
}

/**
 * How many slips a word of that length is forgiven.
 *
 * @param {string} word
 */
export function forgiven(word) {
  if (/\d/.test(word) || word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * Whether a word of a text begins as one typed does, or would but for `most` slips of typing.
 *
 * @param {string[]} forms
 * @param {string} typed
 * @param {number} most
 */
function holds(forms, typed, most) {
  return forms.some((form) => form.startsWith(typed) || (most > 0 && slips(typed, form, most) <= most));
}

/**
 * Those that hold every word typed, in the singular or not; when none does, those that hold them but for a slip of typing.
 *
 * @template {{ text: string }} T
 * @param {T[]} entries
 * @param {string} typed
 * @returns {T[]}
 */
export function narrowed(entries, typed) {
  const words = formsOf(typed);
  const known = entries.map((entry) => ({ entry, forms: formsOf(entry.text) }));
  /** @param {(word: string) => number} most */
  const found = (most) => known.filter(({ forms }) => words.every((word) => holds(forms, word, most(word)))).map(({ entry }) => entry);
  const exact = found(() => 0);
  return exact.length ? exact : found(forgiven);
}

/** @param {string} text */
function formsOf(text) {
  return wordsOf(text).map(({ form }) => form);
}

/**
 * @param {number[]} row
 * @param {number} i
 */
function at(row, i) {
  return row[i] ?? Infinity;
}
