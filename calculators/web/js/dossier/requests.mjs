// What is asked of Python about a dossier, and what the reader is told of it. Only the last question is answered: the answer
// to any other is of a dossier that has changed since. What failed is said, and asked again as it was.

import { isoDay } from "../common/dates.mjs";
import { el, moveFocus } from "../common/dom.mjs";
import { SITE_ROOT } from "../common/root.mjs";
import { button } from "./buttons.mjs";
import { contentOf, held, written } from "./store.mjs";
import { PREPARING, READY, TRY_AGAIN } from "./words.mjs";

/** @typedef {import("./store.mjs").Content} Content */
/** @typedef {{ calculateur: string, page: string, erreurs: string[], repris: import("../form/given.mjs").Told }} CaseReply */
/**
 * @typedef {{ ok: true, html: string, document: string, lien: string, titre: string, nom: string, texte: string,
 *   agenda: string, cas: CaseReply[] } | { ok: false, erreurs: { message: string }[] }} Reply
 */
/** @typedef {Extract<Reply, { ok: true }>} Opened */
/**
 * @typedef {object} Aim what a question to Python is for
 * @property {() => unknown} again does it once more, as it was asked
 * @property {string} failed what the reader is told when Python does not answer
 * @property {boolean} [link] whether the text came by a link
 */

/** The engine is the page script's: one for the whole page. */
export const engine = () => /** @type {any} */ (globalThis).demarches.engine;

export class Requests {
  /** Number of the last question put to the engine. */
  #asked = 0;
  said = el("p", { class: "calc-etat", role: "status", tabindex: "-1" });
  /** What Python did not answer, and « Réessayer »: until it is asked something else. */
  failed = el("p", { role: "status" });
  /** What is offered with what is said: a link, a text to copy by hand. */
  offered = el("div");

  /** @param {string} words */
  say(words) {
    this.said.textContent = words;
  }

  /**
   * @param {string} texte
   * @param {Aim} aim
   * @returns {Promise<Reply | undefined>} nothing when another question was asked since, or when it could not be: this is told
   */
  async ask(texte, { again, failed, link = false }) {
    const number = ++this.#asked;
    this.failed.replaceChildren();
    this.say(PREPARING);
    try {
      const reply = /** @type {Reply} */ (
        await engine().call({
          dossier: texte,
          lien: link,
          aujourdhui: isoDay(),
          racine: SITE_ROOT,
          fichier: location.protocol === "file:" ? "index.html" : "",
          niveau: 3,
        })
      );
      if (number !== this.#asked) {
        return undefined;
      }
      this.#prepared(READY);
      return reply;
    } catch (error) {
      console.debug("dossier", error);
      if (number === this.#asked) {
        this.#prepared("");
        this.fail(`${failed} ${TRY_AGAIN}`, again);
      }
      return undefined;
    }
  }

  /**
   * Asks for the dossier of the tab with a change that is held only once Python took it.
   *
   * @param {(content: Content) => Content} change
   * @param {Aim} aim
   * @returns {Promise<Reply | undefined>}
   */
  async askWith(change, aim) {
    const texte = held()?.texte ?? "";
    const reply = await this.ask(written(change(contentOf(texte))), aim);
    return reply && held()?.texte !== texte ? this.askWith(change, aim) : reply; // ticked meanwhile: that stays
  }

  /**
   * What was said meanwhile of something else stays, and what it offers: a text to copy by hand, say.
   *
   * @param {string} words
   */
  #prepared(words) {
    if (this.said.textContent === PREPARING) {
      this.say(words);
      this.offered.replaceChildren();
    }
  }

  /**
   * @param {string} words
   * @param {() => unknown} again what failed, as it was asked
   */
  fail(words, again) {
    const retry = button("Réessayer", async () => {
      await again();
      // The button had the focus, and is gone.
      if (document.activeElement === document.body) {
        moveFocus(this.failed.querySelector("button") ?? this.said);
      }
    });
    this.failed.replaceChildren(words, " ", retry);
  }

  /** Whatever was asked is no longer awaited. */
  drop() {
    this.#asked += 1;
  }

  /** Nothing is left of what was asked of a dossier, nor of what was offered of it. */
  forget() {
    this.drop();
    this.failed.replaceChildren();
    this.offered.replaceChildren();
  }
}
