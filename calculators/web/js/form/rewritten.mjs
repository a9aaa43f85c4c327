// What a link meant before others rewrote it: mail programs, word processors and forms encode it again, end it with the
// point of the sentence, or move it from the fragment to the query. Only what can mean one thing is put right.

const ENCODED = /%[0-9a-f]{2}/i;
const TIMES = 2;
/** Where another answer begins: no answer holds the name of one. */
const NEXT = /&(?:amp;|#38;)*(?=[a-z][a-z_0-9.]*=)/i;
const PAIR = /^([^=]*)=(.*)$/s;
/** Marks of the sentence or of the mail around the link: no answer ends with one. */
const AFTER = /(?:[.,;:!?»"'\]]|%22|%27|%c2%bb)+$/i;
/** What closes a bracket that the link did not open: the mail's, around it. */
const CLOSED = /^([^(]*)\)$|^((?:(?!<|%3c).)*)(?:>|%3e)$/is;

/**
 * The answers that the address means to give, as a fragment: of its fragment, or of its query when it has none.
 *
 * @param {{ hash: string, search: string }} address
 */
export function meant({ hash, search }) {
  let text = hash.replace(/^#/, "") || search.replace(/^\?/, "");
  for (let time = 0; time < TIMES && !text.includes("="); time += 1) {
    text = decoded(text);
  }
  text = text.replace(/^(?:[#?]|%23)+/i, "").replaceAll(/&(?:amp;|#38;)+/gi, "&");
  text = text.replace(AFTER, "");
  const [, round, angle] = CLOSED.exec(text) ?? [];
  return (round ?? angle ?? text).replace(AFTER, "");
}

/**
 * The pairs of a fragment; what was encoded once more than a link needs is decoded, and the marks that part the answers
 * when some of them were encoded and others not.
 *
 * @param {string} text
 * @returns {[string, string][]}
 */
export function pairsOf(text) {
  return [...new URLSearchParams(text)].flatMap(([key, value]) => {
    const whole = value ? `${plain(key)}=${plain(value)}` : plain(key);
    return whole.split(NEXT).map((pair) => {
      const [, name = pair, answer = ""] = PAIR.exec(pair) ?? [];
      return /** @type {[string, string]} */ ([name.trim().toLowerCase(), answer]);
    });
  });
}

/** @param {string} text */
function plain(text) {
  let found = text;
  for (let time = 0; time < TIMES && ENCODED.test(found); time += 1) {
    found = decoded(found);
  }
  return found;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that encodes nothing
  }
}

/**
 * Leads to the page that an address meant, when its « # » was encoded and so taken for part of the name of the page.
 */
export function leadBack() {
  const { pathname, search, hash } = location;
  const [path, ...rest] = pathname.split(/%23/i);
  if (rest.length && document.querySelector("#page-introuvable")) {
    location.replace(`${path}#${rest.join("#")}${search}${hash}`);
  }
}
