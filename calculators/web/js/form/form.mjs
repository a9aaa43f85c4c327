// The calculators' forms, alive: one custom element per calculator, whose HTML was made at build.

import { Answer } from "../answer/answer.mjs";
import { doubtOfClock } from "../common/clock.mjs";
import { isoDay } from "../common/dates.mjs";
import { el, zone } from "../common/dom.mjs";
import { Carried } from "./carried.mjs";
import { clearFaults, goToField, showFaults } from "./faults.mjs";
import { collect, controls, isGroup, markFollowUps, pathOf, questions, showAsked, unreadDates } from "./fields.mjs";
import { fillForm, isAbout, isMark, lost, markOf, readFragment } from "./fragment.mjs";
import { CHANGED, forgetGiven, give } from "./given.mjs";
import { pickDate } from "./picker.mjs";
import { Ticks, eraseTicks, ticksOf } from "../pieces/pieces.mjs";
import { offerDossier } from "../dossier/note.mjs";
import { ANSWERED, FILL, forgetCases, letGo } from "../dossier/store.mjs";
import { offerLetter } from "../letter/letter.mjs";
import { offerQr } from "../answer/qr.mjs";
import { addRow, offerActions, removeRow, resetRows, rowAt } from "./rows.mjs";
import { publicAddress } from "../answer/share.mjs";
import { Status } from "./status.mjs";
import { ERASED as ALL_FORGOTTEN, forget, forgetAll, forgetTaken, forms, keep, kept } from "./tab.mjs";
import { warmUp } from "./warmup.mjs";
import { meant } from "./rewritten.mjs";
import { embeddedQuery, isEmbedded, leadAround } from "../reading/embed.mjs";
import { engine } from "../engine/engine.mjs";
import { LEAVING } from "../offline/offline.mjs";
import { SITE_ROOT } from "../common/root.mjs";
import { GIVEN } from "../storage.json";

/** @typedef {import("./faults.mjs").Fault} Fault */
/** @typedef {import("../answer/answer.mjs").Reply} Reply */
/** @typedef {import("../engine/engine.mjs").StateDetail} StateDetail */
/** @typedef {Record<string, string>} Answers texts by path, as typed */
/** @typedef {import("./given.mjs").Told} Told */
/** @typedef {({ ok: true, repris: Told, sujet: string } & Reply) | { ok: false, html: string, erreurs: Fault[] }} Outcome */

const PARTLY_FILLED = "Une partie du lien n’a pas été comprise\u00a0:";
const CHECK = "Vérifiez chaque réponse, puis choisissez";
const NOT_READ = "Rien de ce lien n’a été compris\u00a0:";
const ANSWER = "Répondez aux questions, puis choisissez";
const MOST_NAMED = 3;
const READY = "Votre résultat est affiché sous le formulaire.";
const TAKEN_UP = "Vos réponses dans cet onglet sont reprises.";
const TAKEN_CHANGED =
  "Vos réponses dans cet onglet sont reprises. L’une vient d’un autre calcul et a changé : choisissez « Calculer ».";
const CLEARED = "Réponse effacée.";
const ERASED = "Vos réponses sont effacées.";
const ALL_ERASED = "Tout ce que vous avez tapé dans cet onglet est effacé.";
const IN_DOSSIER = "Votre dossier est à jour.";
const OUTDATED = "Réponse changée\u00a0: le résultat est à recalculer.";

/** The address that this document was opened at. */
const LANDING = location.href;

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
  /** The answers of the shown result and what is ticked, as a link would hold them. */
  #shared = "";
  /** What the address says of its result: the version of the rules, the day, the figures. */
  #mark = "";
  /** What a link to the shown result would say of it. */
  #today = "";
  /** @type {Record<string, string> | undefined} the same of the link that asks, until the reader asks in its place */
  #link;
  /** Whether the address holds the answers: the reader came by such a link, or asked for it. */
  #inAddress = false;
  /** Whether the reader has answered anything. */
  #touched = false;
  /** The page that this form is in. */
  #page = "";
  /** @type {Carried | undefined} what other forms of the tab were told */
  #carried;
  /** How many answers of other forms the reader knows to be in this one, and in which words. */
  #told = { count: 0, words: "" };

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
      address: () => this.#keepAddress(),
    });

    form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.#carried = new Carried(form, this.dataset.calculateur ?? "", this.#name);

    // By Enter too, which clicks it. In a frame that may send no form, nothing else tells of it.
    form.querySelector("[type=submit]")?.addEventListener("click", (event) => this.#onSubmit(event), { signal });
    form.addEventListener("input", (event) => this.#onInput(event), { signal });
    form.addEventListener("change", () => this.#writeDates(form), { signal });
    form.addEventListener("click", (event) => this.#onClick(event), { signal });
    window.addEventListener("hashchange", () => this.#readAddress() || this.#sayLost(), { signal });
    window.addEventListener("beforeprint", () => this.#answer?.datePaper(), { signal });
    for (const type of [LEAVING, "pagehide"]) {
      window.addEventListener(type, () => this.#keep(), { signal });
    }
    window.addEventListener(CHANGED, () => this.#follow(), { signal });
    window.addEventListener(ALL_FORGOTTEN, () => this.#empty(form), { signal });
    this.addEventListener(FILL, (event) => event instanceof CustomEvent && this.#fillWith(event.detail), { signal });
    // Another frame of this tab, or another page before the reader came back to this one, was told something.
    window.addEventListener("storage", ({ key }) => key === GIVEN && this.#follow(), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#follow(), { signal });
    // A phone may drop a tab that it has hidden without another word.
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep(), { signal });
    warmUp(form, signal);

    for (const group of questions(form).filter(isGroup)) {
      offerActions(group);
    }
    markFollowUps(form);
    showAsked(form);
    form.querySelector("[type=submit]")?.removeAttribute("disabled");
    this.#lookAtClock();
    if (!this.#readAddress()) {
      const told = this.#sayLost();
      if (!this.#takeUp({ compute: !told })) {
        this.#follow();
        if (told) {
          this.#sayLost();
        }
      }
    }
  }

  /** Says above the form, on paper too, that the clock is wrong: every answer rests on it. */
  #lookAtClock() {
    const doubt = doubtOfClock(this);
    const said = zone(this, "horloge");
    said.textContent = doubt;
    said.hidden = !doubt;
  }

  disconnectedCallback() {
    this.#keep();
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

  /** The name of this form in the site. */
  get #name() {
    return `${this.#page} ${this.#prefix}`;
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

  /** @param {Event} [event] of the reader's own hand */
  #onInput(event) {
    if (event?.target instanceof Element) {
      this.#carried?.answer(event.target.closest("[data-champ]"));
    }
    this.#touch();
    this.#follow();
  }

  /** Takes from the other forms what is not answered here, and shows what the answers call for. */
  #follow() {
    const form = this.#form;
    if (!form) {
      return;
    }
    this.#carried?.update();
    showAsked(form);
    this.#tellCarried();
    if (this.#answered) {
      const outdated = !sameAnswers(collect(form), this.#answered);
      const news = this.#answer?.outdate(outdated);
      if (news && outdated) {
        this.#status?.announce(OUTDATED);
      }
    }
  }

  /** Says how many answers come from other forms, each time there are more. */
  #tellCarried() {
    const count = this.#carried?.shown ?? 0;
    const known = this.#told;
    if (count > known.count) {
      this.#told = { count, words: takenInWords(count) };
      this.#status?.say(this.#told.words);
      this.querySelector("[data-action=effacer]")?.removeAttribute("hidden");
    } else if (count < known.count) {
      this.#told = { count, words: count ? takenInWords(count) : "" };
      this.#status?.replace(known.words, this.#told.words);
    }
  }

  /**
   * Writes as the others the dates typed in words or in short: the reader sees the day each was read as, and the questions
   * that depend on it are asked. What cannot be read stays as it is: the answer says why.
   *
   * @param {HTMLFormElement} form
   */
  async #writeDates(form) {
    for (const field of unreadDates(form)) {
      const typed = field.value;
      try {
        const reply = await engine.call({ jour: typed, aujourdhui: isoDay() });
        const { jour } = /** @type {{ jour: string }} */ (reply);
        if (jour && field.value === typed) {
          field.value = jour;
          this.#onInput();
        }
      } catch {
        return; // no engine: whoever asks for the answer is told
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
    if (target.dataset.action === "effacer") {
      this.#erase(form);
      return;
    }
    if (target.dataset.action === "effacer-repris") {
      const question = target.closest("[data-champ]");
      if (question instanceof HTMLElement) {
        this.#carried?.clear(question);
        this.#onInput();
        this.#status?.announce(CLEARED);
      }
      return;
    }
    const again = target.dataset.action === "retirer-et-calculer";
    const row = again ? rowAt(form, target.dataset.rang ?? "") : target.closest("[data-ligne]");
    const group = (again ? row : target)?.closest("[data-sorte=lignes]");
    if (!(group instanceof HTMLElement)) {
      return;
    }
    const done = row instanceof HTMLElement ? removeRow(group, row) : addRow(group);
    markFollowUps(form);
    this.#onInput();
    this.#status?.announce(done);
    if (again) {
      this.#submit();
    }
  }

  /** Leads back to the first question. */
  #edit() {
    const [first] = this.#form ? controls(this.#form) : [];
    this.#form?.scrollIntoView({ block: "start" });
    first?.focus({ preventScroll: true });
    leadAround(this);
  }

  /**
   * Fills the form from the address, and computes, when the address is about this form.
   *
   * @returns {boolean} whether it is
   */
  #readAddress() {
    const form = this.#form;
    const fragment = meant(location);
    if (!form || fragment === this.#fragment || !isAbout(form, fragment)) {
      return false;
    }
    this.#fragment = fragment;
    this.#inAddress = true;
    const mark = markOf(fragment);
    this.#mark = new URLSearchParams(mark).toString();
    // The links of the guides say nothing of an answer: they are of today. One that others kept is told to say nothing.
    const others = location.href === LANDING && !isEmbedded();
    this.#link = others || Object.keys(mark).length ? mark : undefined;
    if (location.hash.slice(1) !== fragment) {
      // Put right for whoever copies it; and what the query held is not sent again.
      const query = location.hash ? location.search : embeddedQuery();
      history.replaceState(history.state, "", `${location.pathname}${query}#${fragment}`);
    }
    // Loaded again: what was typed since the address was written is worth more than the address.
    if (kept(this.#name)?.adresse === fragment && this.#takeUp()) {
      return true;
    }
    this.#ticked = ticksOf(fragment);
    this.#unfold();
    this.#forget();
    this.#touch();
    this.#carried?.reset();
    const unread = fillForm(form, readFragment(form, fragment));
    // A link holds the whole of a case, maybe another's: what it leaves empty stays so. One that only says what the form
    // is about, as those of the guides to a letter, holds nobody's case.
    const keys = [...new URLSearchParams(fragment).keys()].filter((key) => !isMark(key));
    const only = keys.every((key) => key === form.dataset.sujet);
    this.#carried?.answerAll((question) => !only || pathOf(question) === form.dataset.sujet);
    if (only) {
      this.#follow();
    }
    if (unread.length) {
      this.#status?.say(`${PARTLY_FILLED} ${quoted(unread)} ${CHECK} ${this.#sending}`);
    } else {
      this.#submit({ lead: !hasPlace() && !isEmbedded(), told: false });
    }
    return true;
  }

  /**
   * Fills the form with what was typed in this tab, and computes if its result had been shown.
   *
   * @param {{ compute?: boolean }} [options] without, what the reader is being told stays in sight
   * @returns {boolean} whether there was anything
   */
  #takeUp({ compute = true } = {}) {
    const form = this.#form;
    const found = kept(this.#name);
    if (!form || !found) {
      return false;
    }
    this.#ticked = new Set(found.coches);
    this.#unfold();
    this.#forget();
    this.#touch();
    this.#carried?.reset();
    const own = Object.entries(found.champs).filter(([path]) => !found.repris.includes(path));
    fillForm(form, { answers: new Map(own), unread: [] });
    this.#carried?.answerAll((question) => found.siens.includes(pathOf(question)));
    this.#follow();
    const same = found.ouvert || sameAnswers(collect(form), found.champs);
    if (compute && found.calcule && same) {
      this.#submit({ lead: false, told: false });
    } else if (compute) {
      this.#status?.say(found.calcule ? `${TAKEN_CHANGED} ${this.#sending}` : TAKEN_UP);
    }
    return true;
  }

  /**
   * Takes the answers of a dossier, in place of all that the form held.
   *
   * @param {Answers} answers
   */
  #fillWith(answers) {
    const form = this.#form;
    if (form) {
      this.#forget();
      this.#touch();
      this.#carried?.reset();
      fillForm(form, { answers: new Map(Object.entries(answers)), unread: [] });
      this.#carried?.answerAll((question) => pathOf(question) in answers);
      this.#follow();
    }
  }

  /**
   * Names the parts of an address that means to give answers, when no form of the page understands any.
   *
   * @returns {boolean} whether there was something to say
   */
  #sayLost() {
    const parts = this.#form ? lost(this.#form, meant({ hash: location.hash, search: "" })) : [];
    if (parts.length) {
      this.#status?.say(`${NOT_READ} ${quoted(parts)} ${ANSWER} ${this.#sending}`);
    }
    return parts.length > 0;
  }

  /** The button that asks for the answer, as a sentence ends with it. */
  get #sending() {
    return `«\u00a0${this.#form?.querySelector("[type=submit]")?.textContent}\u00a0».`;
  }

  /** Opens what the page folds around the calculator, so that an answer asked by a link is seen. */
  #unfold() {
    for (let fold = this.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
      fold.open = true;
    }
  }

  /** Keeps what the form holds for this tab, once the reader has answered anything. */
  #keep() {
    const form = this.#form;
    if (form && this.#touched) {
      const champs = collect(form);
      keep(this.#name, {
        champs,
        calcule: this.#answered !== undefined && sameAnswers(champs, this.#answered),
        adresse: this.#inAddress ? this.#fragment : "",
        coches: [...ticksOf(this.#shared)],
        repris: this.#carried?.paths ?? [],
        siens: this.#carried?.own ?? [],
      });
    }
  }

  /** From now on there is something to erase. */
  #touch() {
    this.#touched = true;
    this.querySelector("[data-action=effacer]")?.removeAttribute("hidden");
  }

  /**
   * Erases the form, its result, what the address says of them, what was kept, and what was taken from it or from others.
   *
   * @param {HTMLFormElement} form
   */
  #erase(form) {
    this.#empty(form);
    forgetTaken();
    forgetGiven();
    eraseTicks();
    // What was only put in the dossier of this tab goes with it; one kept on this device is the reader's to erase.
    forgetCases(this.dataset.calculateur ?? "");
    this.#status?.say(ERASED);
    this.#offerToForgetOthers();
    controls(form)[0]?.focus();
  }

  /**
   * Makes the form as it came, and the address; nothing of it is kept.
   *
   * @param {HTMLFormElement} form
   */
  #empty(form) {
    this.#forget();
    this.#carried?.reset();
    this.#told = { count: 0, words: "" };
    form.reset();
    for (const group of questions(form).filter(isGroup)) {
      resetRows(group, 0);
    }
    markFollowUps(form);
    showAsked(form);
    this.#touched = this.#inAddress = false;
    this.#fragment = this.#shared = this.#mark = "";
    this.#link = undefined;
    this.#ticked = new Set();
    this.querySelector("[data-action=effacer]")?.setAttribute("hidden", "");
    history.replaceState(null, "", location.pathname + location.search);
    forget((name) => name === this.#name);
    this.#status?.clear();
  }

  /** Offers to erase what other forms of the site keep for this tab, if they do. */
  #offerToForgetOthers() {
    const here = document.querySelectorAll("mode-emploi-calculateur [data-action=effacer]:not([hidden])");
    if (forms().length || here.length) {
      const all = el("button", { type: "button", class: "md-button" }, "Effacer aussi les autres calculateurs");
      all.addEventListener("click", () => {
        forgetAll();
        letGo();
        this.#status?.say(ALL_ERASED);
      });
      this.#status?.offer(all);
    }
  }

  /** Takes away the result and the messages. */
  #forget() {
    this.#asked += 1;
    this.#answered = undefined;
    this.#shared = "";
    this.#answer?.hide();
    if (this.#form) {
      clearFaults(this.#form);
    }
  }

  /**
   * Asks Python, and shows its answer unless another question was asked meanwhile. The reader is led to the answer, unless
   * gone on to something else since, or come back to this page where the place was kept.
   *
   * @param {{ lead?: boolean, told?: boolean }} [options] told: the reader asks, and the other forms may know
   */
  async #submit({ lead = true, told = true } = {}) {
    const form = this.#form;
    const status = this.#status;
    if (!form || !status) {
      return;
    }
    const number = ++this.#asked;
    if (told) {
      this.#link = undefined;
    }
    this.#lookAtClock();
    const place = document.activeElement;
    const follow = () => {
      if (number === this.#asked) {
        status.follow(engine.state);
      }
    };
    clearFaults(form);
    follow();
    engine.addEventListener("state", follow);
    try {
      await this.#writeDates(form);
      const answers = collect(form);
      const outcome = /** @type {Outcome} */ (await engine.call(this.#request(answers)));
      if (number === this.#asked) {
        const stayed = document.activeElement === place && sameAnswers(answers, collect(form));
        status.clear();
        this.#show(outcome, answers, lead && stayed, told);
        if (outcome.ok && told) {
          give(this.#name, outcome.repris);
        }
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
      lien: this.#link,
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
   * @param {boolean} told whether the reader has just asked
   */
  #show(outcome, answers, lead, told) {
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
    this.#answered = answers;
    const calculateur = this.dataset.calculateur ?? "";
    const detail = { calculateur, reponses: answers, sujet: outcome.sujet, told };
    if (!this.dispatchEvent(new CustomEvent(ANSWERED, { bubbles: true, cancelable: true, detail }))) {
      this.#carried?.answerAll((question) => !question.closest("[hidden]"));
      this.#touch();
      this.#status?.say(IN_DOSSIER);
      return;
    }
    // The address of a link that was opened keeps saying what it was made with, until the reader asks again.
    this.#today = outcome.marque;
    this.#mark = told ? outcome.marque : this.#mark;
    answer.show(outcome, this.#level);
    offerQr(zone(this, "resultat"));
    offerLetter(zone(this, "resultat"));
    // What was ticked in the list of the answers before this one still is.
    const ticked = this.#ticked.size ? this.#ticked : ticksOf(this.#shared);
    this.#remember(this.#ticks.attach(zone(this, "resultat"), outcome.fragment, ticked));
    this.#ticked = new Set();
    if (!isEmbedded()) {
      offerDossier(zone(this, "resultat"), { calculateur, reponses: answers }, outcome.sujet, told);
    }
    this.#carried?.answerAll((question) => !question.closest("[hidden]"));
    this.#onInput();
    if (lead) {
      answer.focus();
    } else {
      this.#status?.say(READY);
    }
  }

  /**
   * Follows the answers and the ticks: in the address too, if they are there already.
   *
   * @param {string} shared as a link would hold them
   */
  #remember(shared) {
    this.#shared = shared;
    this.#answer?.follow(shared);
    if (this.#inAddress) {
      this.#writeAddress();
    }
  }

  /** Puts the answers in the address, since the reader asks for it. */
  #keepAddress() {
    this.#inAddress = true;
    this.#mark = this.#today;
    this.#writeAddress();
  }

  /** Writes the address, without a new entry in the history. */
  #writeAddress() {
    this.#fragment = [this.#shared, this.#mark].filter(Boolean).join("&");
    // The address is that of the next page as soon as its link is followed, before that page is there.
    if (location.pathname === this.#page) {
      history.replaceState(history.state, "", `#${this.#fragment}`);
    }
  }
}

/** @param {number} count */
function takenInWords(count) {
  return count > 1
    ? `${count} réponses sont reprises de vos calculs dans cet onglet : vérifiez-les.`
    : "Une réponse est reprise de votre calcul dans cet onglet : vérifiez-la.";
}

/**
 * Parts of a link as a sentence names them: the first ones.
 *
 * @param {string[]} parts
 */
function quoted(parts) {
  const named = parts.slice(0, MOST_NAMED).map((part) => `«\u00a0${part}\u00a0»`);
  return `${named.join(", ")}${parts.length > MOST_NAMED ? "…" : "."}`;
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
