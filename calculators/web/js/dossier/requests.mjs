// What is asked of Python about a dossier, and what the reader is told of it. Each question waits for the answer to the one
// before, which may change the dossier. What failed is said, and asked again as it was.

import { isoDay } from "../common/dates.mjs";
import { el, moveFocus } from "../common/dom.mjs";
import { SITE_ROOT } from "../common/root.mjs";
import { button } from "./buttons.mjs";
import { contentOf, held, written } from "./store.mjs";
import { Turns } from "./turns.mjs";
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
  #turns = new Turns();
  /** Counts the times that an answer was no longer awaited. */
  #dropped = 0;
  /** What « Réessayer » does. @type {{ words: string, again: () => unknown }[]} */
  #failures = [];
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
   * Does once all that was asked before is done. What failed before is no longer said, unless it did in the same go.
   *
   * @template T
   * @param {() => Promise<T>} job what asks Python, and does something of its answer
   * @returns {Promise<T | undefined>}
   */
  inTurn(job) {
    if (this.#turns.idle) {
      this.clearFailed();
    }
    return this.#turns.take(job);
  }

  /**
   * @param {string} texte
   * @param {Aim} aim
   * @returns {Promise<Reply | undefined>} nothing when it is no longer awaited, or when it could not be: this is told
   */
  async ask(texte, { again, failed, link = false }) {
    const dropped = this.#dropped;
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
      if (dropped !== this.#dropped) {
        return undefined;
      }
      this.#prepared(this.#failures.length ? "" : READY);
      return reply;
    } catch (error) {
      console.debug("dossier", error);
      if (dropped === this.#dropped) {
        this.#prepared("");
        this.fail(failed, again, TRY_AGAIN);
      }
      return undefined;
    }
  }

  /**
   * Asks for the dossier of the tab, with a change that is held only once Python took it.
   *
   * @param {Aim} aim
   * @param {(content: Content) => Content} [change]
   * @returns {Promise<Reply | undefined>} nothing either when the tab holds none any more
   */
  async askHeld(aim, change) {
    const texte = held()?.texte;
    if (texte === undefined) {
      return undefined;
    }
    const reply = await this.ask(change ? written(change(contentOf(texte))) : texte, aim);
    return reply && held()?.texte !== texte ? this.askHeld(aim, change) : reply; // ticked or named meanwhile: that stays
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
   * @param {string} [advice]
   */
  fail(words, again, advice = "") {
    this.#failures.push({ words, again });
    const failures = this.#failures;
    const retry = button("Réessayer", async () => {
      this.clearFailed();
      await Promise.all(failures.map((one) => one.again()));
      // The button had the focus, and is gone.
      if (document.activeElement === document.body) {
        moveFocus(this.failed.querySelector("button") ?? this.said);
      }
    });
    const told = new Set([...failures.map((one) => one.words), advice]);
    this.failed.replaceChildren([...told].filter(Boolean).join(" "), " ", retry);
  }

  /** Nothing that failed is said any more. */
  clearFailed() {
    this.#failures = [];
    this.failed.replaceChildren();
  }

  /** Whatever was asked is no longer awaited, nor what was to be. */
  drop() {
    this.#dropped += 1;
    this.#turns.drop();
  }

  /** Nothing is left of what was asked of a dossier, nor of what was offered of it. */
  forget() {
    this.drop();
    this.clearFailed();
    this.#prepared("");
    this.offered.replaceChildren();
  }
}
