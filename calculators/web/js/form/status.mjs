// What the reader is told while the calculator works, and when it cannot.

import { why } from "../engine/why.mjs";
import { el, moveFocus, zone } from "../common/dom.mjs";

/** @typedef {import("../engine/engine.mjs").StateDetail} StateDetail */

const PREPARING = "Le calculateur se prépare. Le résultat s’affichera tout seul.";
const AGAIN_PREPARING = "Encore un instant\u00a0: cette question demande une autre partie du calculateur. Le résultat s’affichera tout seul.";
const COMPUTING = "Calcul en cours…";
const AGAIN = "choisissez «\u00a0Réessayer\u00a0»";
const STAYS = "Vos réponses restent dans le formulaire.";

/** Steps of the progress that are put in words: the bar shows the others. */
const STEP = 25;

/** The status line of one form, its progress bar, and the ways out of a failure. */
export class Status {
  /** @type {HTMLElement} */
  #line;
  /** Read aloud without being shown: what is done is in sight already. */
  #voice = el("p", { class: "hors-ecran", role: "status" });
  #bar = el("progress", { class: "calc-progres", "aria-label": "Préparation du calculateur", hidden: true });
  #ways = el("p", { class: "calc-issues", hidden: true });
  #said = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {() => void} retry
   * @param {HTMLDetailsElement | undefined} method how to do without the calculator
   */
  constructor(form, retry, method) {
    this.#line = zone(form, "etat");
    const again = el("button", { type: "button", class: "md-button" }, "Réessayer");
    again.addEventListener("click", retry);
    this.#ways.append(again);
    if (method) {
      const byHand = el("button", { type: "button", class: "md-button" }, "Faire le calcul à la main");
      byHand.addEventListener("click", () => openMethod(method));
      this.#ways.append(byHand);
    }
    this.#line.after(this.#bar, this.#ways, this.#voice);
  }

  /** Takes away what it added to the page. */
  remove() {
    this.clear();
    this.#bar.remove();
    this.#ways.remove();
    this.#voice.remove();
  }

  clear() {
    this.say("");
  }

  /**
   * Shows and reads a sentence; the bar and the ways out go.
   *
   * @param {string} text
   */
  say(text) {
    this.#line.textContent = text;
    this.#bar.hidden = true;
    this.#ways.hidden = true;
    this.#voice.textContent = "";
  }

  /**
   * Shows a sentence in place of another, if that one is what is shown.
   *
   * @param {string} before
   * @param {string} text
   */
  replace(before, text) {
    if (this.#line.textContent === before) {
      this.say(text);
    }
  }

  /**
   * Shows a way on, beside the sentence.
   *
   * @param {HTMLButtonElement} way
   */
  offer(way) {
    this.#line.append(" ", way);
  }

  /**
   * Reads a sentence without showing it.
   *
   * @param {string} text
   */
  announce(text) {
    this.#voice.textContent = text;
  }

  /**
   * Tells how far the engine is, while an answer is awaited.
   *
   * @param {StateDetail} detail
   */
  follow({ state, loaded, total, again }) {
    if (state === "ready") {
      this.say(COMPUTING);
      return;
    }
    const percent = total ? Math.floor((100 * loaded) / total) : 0;
    const step = percent - (percent % STEP);
    const preparing = again ? AGAIN_PREPARING : PREPARING;
    if (this.#bar.hidden || step !== this.#said) {
      this.say(step ? `${preparing} (${step}\u00a0%)` : preparing);
    }
    this.#said = step;
    this.#bar.hidden = false;
    this.#bar.max = total || 1;
    this.#bar.value = loaded;
  }

  /** @param {unknown} error */
  fail(error) {
    console.debug("calculateur", error);
    this.say(`${why(error, AGAIN)} ${STAYS}`);
    this.#ways.hidden = false;
  }
}

/** @param {HTMLDetailsElement} method */
function openMethod(method) {
  method.open = true;
  const summary = method.querySelector("summary");
  if (summary) {
    moveFocus(summary);
  }
}
