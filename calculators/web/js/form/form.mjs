// The calculators' forms, alive: one custom element per calculator, whose HTML was made at build.

import { Answer } from "../answer/answer.mjs";
import { isoDay } from "../common/dates.mjs";
import { zone } from "../common/dom.mjs";
import { clearFaults, goToField, showFaults } from "./faults.mjs";
import { collect, controls, isGroup, markFollowUps, questions, showAsked } from "./fields.mjs";
import { fillForm, isAbout, readFragment } from "./fragment.mjs";
import { pickDate } from "./picker.mjs";
import { Ticks, ticksOf } from "../checklist/pieces.mjs";
import { offerQr } from "../answer/qr.mjs";
import { addRow, offerActions, removeRow } from "./rows.mjs";
import { publicAddress } from "../answer/share.mjs";
import { Status } from "./status.mjs";
import { warmUp } from "./warmup.mjs";
import { isEmbedded } from "../reading/embed.mjs";
import { engine } from "../engine/engine.mjs";
import { LEAVING } from "../offline/offline.mjs";
import { SITE_ROOT } from "../common/root.mjs";

/** @typedef {import("./faults.mjs").Fault} Fault */
/** @typedef {import("../answer/answer.mjs").Reply} Reply */
/** @typedef {import("../engine/engine.mjs").StateDetail} StateDetail */
/** @typedef {Record<string, string>} Answers texts by path, as typed */
/** @typedef {({ ok: true } & Reply) | { ok: false, html: string, erreurs: Fault[] }} Outcome */

const PARTLY_FILLED =
  "Une partie du lien n’a pas pu être reprise. Vérifiez chaque réponse, puis choisissez «\u00a0Calculer\u00a0».";
const READY = "Votre résultat est affiché sous le formulaire.";
/** Marks an address that holds answers still being given: they are not sent. */
const DRAFT = "brouillon";
const OUTDATED = "Réponse changée\u00a0: le résultat est à recalculer.";

/** A calculator in the page. */
class Calculator extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Status | undefined} */
  #status;
  /** @type {Answer | undefined} */
  #answer;
  /** Number of the last question put to the engine: the answer to any other is not shown. */
  #asked = 0;
  /** @type {Answers | undefined} the answers that the shown result rests on */
  #answered;
  /** The boxes of a list of documents. */
  #ticks = new Ticks((fragment) => this.#remember(fragment));
  /** @type {Set<string>} those that the address ticks, until they are shown */
  #ticked = new Set();
  /** The fragment that the form was filled from, or that its result gave. */
  #fragment = "";
  /** Whether the reader has answered anything. */
  #touched = false;
  /** The page that this form is in. */
  #page = "";

  connectedCallback() {
    const form = this.#form;
    if (!form) {
      return;
    }
    this.#page = location.pathname;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#status = new Status(form, () => this.#submit(), this.#method);
    this.#answer = new Answer(zone(this, "resultat"), this.#prefix, {
      edit: () => this.#edit(),
      recompute: () => this.#submit(),
    });

    form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    form.addEventListener("input", () => this.#onInput(), { signal });
    form.addEventListener("click", (event) => this.#onClick(event), { signal });
    window.addEventListener("hashchange", () => this.#readAddress(), { signal });
    window.addEventListener("beforeprint", () => this.#answer?.datePaper(), { signal });
    window.addEventListener(LEAVING, () => this.#keepDraft(), { signal });
    warmUp(form, signal);

    for (const group of questions(form).filter(isGroup)) {
      offerActions(group);
    }
    markFollowUps(form);
    showAsked(form);
    form.querySelector("[type=submit]")?.removeAttribute("disabled");
    this.#readAddress();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#asked += 1;
    this.#status?.remove();
    if (this.#form) {
      clearFaults(this.#form);
    }
  }

  get #form() {
    return this.querySelector("form");
  }

  get #prefix() {
    return this.dataset.prefixe ?? "calc";
  }

  /** How to do it by hand, beside the element. */
  get #method() {
    const found = this.parentElement?.querySelector("details[data-zone=methode]");
    return found instanceof HTMLDetailsElement ? found : undefined;
  }

  /** Level of the result's heading: one below the heading the calculator stands under. */
  get #level() {
    const before = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter(
      (heading) => heading.compareDocumentPosition(this) & Node.DOCUMENT_POSITION_FOLLOWING && !this.contains(heading),
    );
    const last = before.at(-1);
    return last ? Number(last.tagName.slice(1)) + 1 : Number(this.dataset.niveau ?? 3);
  }

  /** @param {Event} event */
  #onSubmit(event) {
    event.preventDefault();
    this.#submit();
  }

  #onInput() {
    const form = this.#form;
    if (!form) {
      return;
    }
    this.#touched = true;
    showAsked(form);
    if (this.#answered) {
      const outdated = !sameAnswers(collect(form), this.#answered);
      const news = this.#answer?.outdate(outdated);
      if (news && outdated) {
        this.#status?.announce(OUTDATED);
      }
    }
  }

  /** @param {Event} event */
  #onClick(event) {
    const form = this.#form;
    const target = event.target instanceof Element ? event.target.closest("[data-action], [data-vers]") : null;
    if (!form || !(target instanceof HTMLElement)) {
      return;
    }
    if (target.dataset.vers !== undefined) {
      if (goToField(form, target.dataset.vers)) {
        event.preventDefault();
      }
      return;
    }
    if (target.dataset.action === "calendrier") {
      const question = target.closest("[data-champ]");
      if (question instanceof HTMLElement) {
        pickDate(question);
      }
      return;
    }
    const group = target.closest("[data-sorte=lignes]");
    const row = target.closest("[data-ligne]");
    if (!(group instanceof HTMLElement)) {
      return;
    }
    const done = row instanceof HTMLElement ? removeRow(group, row) : addRow(group);
    markFollowUps(form);
    this.#onInput();
    this.#status?.announce(done);
  }

  /** Leads back to the first question. */
  #edit() {
    const [first] = this.#form ? controls(this.#form) : [];
    this.#form?.scrollIntoView({ block: "start" });
    first?.focus({ preventScroll: true });
  }

  /** Fills the form from the address, and computes, when the address is about this form. */
  #readAddress() {
    const form = this.#form;
    const fragment = location.hash.slice(1);
    const shared = form && fragment !== this.#fragment ? readFragment(form, fragment) : undefined;
    if (!form || !shared || !isAbout(form, fragment)) {
      return;
    }
    this.#fragment = fragment;
    this.#ticked = ticksOf(fragment);
    this.#unfold();
    this.#forget();
    if (history.state?.[DRAFT]) {
      fillForm(form, shared);
      this.#touched = true;
      history.replaceState({ ...history.state, [DRAFT]: false }, "");
    } else if (fillForm(form, shared)) {
      this.#submit({ lead: !hasPlace() && !isEmbedded() });
    } else {
      this.#status?.say(PARTLY_FILLED);
    }
  }

  /** Opens what the page folds around the calculator, so that an answer asked by a link is seen. */
  #unfold() {
    for (let fold = this.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
      fold.open = true;
    }
  }

  /** Puts what is typed in the address before the page is loaded again, unless its result is there. */
  #keepDraft() {
    const answers = this.#form ? collect(this.#form) : {};
    if (this.#touched && !sameAnswers(answers, this.#answered ?? {})) {
      history.replaceState({ ...history.state, [DRAFT]: true }, "", `#${new URLSearchParams(answers)}`);
    }
  }

  /** Takes away the result and the messages. */
  #forget() {
    this.#asked += 1;
    this.#answered = undefined;
    this.#answer?.hide();
    if (this.#form) {
      clearFaults(this.#form);
    }
  }

  /**
   * Asks Python, and shows its answer unless another question was asked meanwhile. The reader is led to the answer, unless
   * gone on to something else since, or come back to this page where the place was kept.
   *
   * @param {{ lead?: boolean }} [options]
   */
  async #submit({ lead = true } = {}) {
    const form = this.#form;
    const status = this.#status;
    if (!form || !status) {
      return;
    }
    const number = ++this.#asked;
    const answers = collect(form);
    const place = document.activeElement;
    const follow = () => status.follow(engine.state);
    clearFaults(form);
    follow();
    engine.addEventListener("state", follow);
    try {
      const outcome = /** @type {Outcome} */ (await engine.call(this.#request(answers)));
      if (number === this.#asked) {
        const stayed = document.activeElement === place && sameAnswers(answers, collect(form));
        status.clear();
        this.#show(outcome, answers, lead && stayed);
      }
    } catch (error) {
      if (number === this.#asked) {
        status.fail(error);
      }
    } finally {
      engine.removeEventListener("state", follow);
    }
  }

  /** @param {Answers} champs */
  #request(champs) {
    return {
      calculateur: this.dataset.calculateur,
      champs,
      aujourdhui: isoDay(),
      prefixe: this.#prefix,
      racine: SITE_ROOT,
      fichier: location.protocol === "file:" ? "index.html" : "",
      adresse: publicAddress().replace(/[?#].*$/, ""),
      niveau: this.#level,
    };
  }

  /**
   * @param {Outcome} outcome
   * @param {Answers} answers
   * @param {boolean} lead
   */
  #show(outcome, answers, lead) {
    const form = this.#form;
    const answer = this.#answer;
    if (!form || !answer) {
      return;
    }
    if (!outcome.ok) {
      this.#answered = undefined;
      answer.hide();
      showFaults(form, outcome.html, outcome.erreurs);
      return;
    }
    answer.show(outcome, this.#level);
    this.#answered = answers;
    offerQr(zone(this, "resultat"));
    this.#remember(this.#ticks.attach(zone(this, "resultat"), outcome.fragment, this.#ticked));
    this.#ticked = new Set();
    this.#onInput();
    if (lead) {
      answer.focus();
    } else {
      this.#status?.say(READY);
    }
  }

  /**
   * Puts the answers in the address, without a new entry in the history.
   *
   * @param {string} fragment
   */
  #remember(fragment) {
    this.#fragment = fragment;
    this.#answer?.follow(fragment);
    // The address is that of the next page as soon as its link is followed, before that page is there.
    if (location.pathname === this.#page) {
      history.replaceState(history.state, "", `#${fragment}`);
    }
  }
}

/** Whether the reader comes back to a page left halfway down, where the theme puts the reader again. */
function hasPlace() {
  return history.state?.y > 0;
}

/**
 * @param {Answers} some
 * @param {Answers} others
 */
function sameAnswers(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

customElements.define("mode-emploi-calculateur", Calculator);
