// The page « Mon dossier », which alone loads this: the dossier that is open in the tab, shown as Python renders it, and what
// the reader does with it. Nothing is kept on the device, nor leaves it, unless the reader asks.

import { addressWith, copy, download, publicAddress } from "../answer/share.mjs";
import { isoDay, dayInWords } from "../common/dates.mjs";
import { el, moveFocus, zone } from "../common/dom.mjs";
import { SITE_ROOT } from "../common/root.mjs";
import { fill } from "../form/fields.mjs";
import { forgetGiven, give } from "../form/given.mjs";
import { forgetAll, keep } from "../form/tab.mjs";
import { eraseTicks } from "../pieces/pieces.mjs";
import {
  ANSWERED,
  FILL,
  contentOf,
  eraseHere,
  held,
  hold,
  keepHere,
  keptHere,
  letGo,
  nameOf,
  withCase,
  written,
} from "./store.mjs";

/** @typedef {import("./store.mjs").Held} Held */
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

/** Bytes of a file that may be a dossier. */
const MOST = 1 << 20;
/** Characters of an address that a phone reads from a screen. */
const LONGEST_ADDRESS = 1500;
/** On the root while a dossier is shown: today comes before what the page is for. */
const OPEN = "dossier-ouvert";
const LINK = "#dossier=";
const RECEIVED = "#recu=";

const PREPARING = "Votre dossier se prépare…";
const READY = "Votre dossier est à jour.";
const NOT_SHOWN = "Le dossier n’a pas pu être préparé.";
const NOT_RENEWED = "Le dossier n’a pas pu être mis à jour : ce qui en est affiché date d’avant.";
const NOT_OPENED = "Ce dossier n’a pas pu être ouvert.";
const NOT_NOTED = "Ce jour n’a pas pu être noté : il reste écrit à sa place.";
const NOT_REMOVED = "Ces réponses n’ont pas pu être retirées.";
const TRY_AGAIN =
  "Rien n’est perdu tant que vous restez sur cette page : choisissez « Réessayer ». Si cela recommence, vérifiez votre connexion.";
const TOO_BIG = "Ce fichier est trop gros pour être un dossier. Rien n’en a été ouvert.";
const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé ?";
const ONE_FILE = "Déposez un seul fichier à la fois.";
const NO_DAY = "Indiquez le jour, sous la forme JJ/MM/AAAA.";
const OPENED = "Dossier ouvert. Il reste dans cet onglet, sauf si vous le gardez.";
const OPENED_HERE = "Dossier ouvert. Vos changements sont gardés sur cet appareil.";
const KEPT = "Ce dossier est gardé dans ce navigateur, et suit vos changements. Sur un appareil partagé, effacez-le ensuite.";
const NOT_KEPT = "Ce navigateur ne permet pas de garder un dossier. Enregistrez-le dans un fichier.";
const NOWHERE = "Ce navigateur ne garde rien : enregistrez le dossier dans un fichier avant de quitter cette page.";
const RELEASED = "Ce dossier n’est plus gardé sur cet appareil. Il reste dans cet onglet.";
const SAVED = "Fichier enregistré sur votre appareil. Il contient vos réponses. « Ouvrir un fichier » le reprend, ici ou ailleurs.";
const CALENDAR = "Fichier enregistré : ouvrez-le pour ajouter à votre agenda ce qui reste à faire.";
const NO_DATE = "Aucune date à venir : il n’y a rien à mettre dans l’agenda.";
const COPIED = "Texte copié.";
const COPY_BY_HAND = "Le texte est sélectionné : copiez-le avec Ctrl + C, ou par un appui long.";
const CLOSED = "Dossier fermé : il n’est plus dans cet onglet.";
const ERASED = "Dossier effacé : il n’en reste rien sur cet appareil.";
const ALL_ERASED = "Tout est effacé : il ne reste aucun dossier, ni aucune réponse, sur cet appareil.";
const SURE = "Effacer ? Choisissez encore une fois ce bouton.";
const FROM_LINK = "Ce lien contient un dossier. Il n’est ni enregistré ni envoyé.";
const IN_LINK = "Ce lien contient vos réponses : ne le montrez qu’à qui peut les lire. Le nom du dossier et les textes libres n’y sont pas.";
const TOO_LONG = "Ce dossier est trop long pour un QR code : enregistrez le fichier, et envoyez-le à votre téléphone.";
const NO_ADDRESS = "Cette copie du site n’a pas d’adresse en ligne, donc pas de lien : enregistrez le dossier dans un fichier.";
const QR_PREPARING = "Le QR code se prépare…";
const NO_QR = "Le QR code n’a pas pu être fait. Le lien reste bon.";

/** The engine is the page script's: one for the whole page. */
const engine = () => /** @type {any} */ (globalThis).demarches.engine;

class Dossier extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Opened | undefined} what is shown */
  #shown;
  /** The paper that the reader came with, as a link named it: nothing is held before there is something to hold. */
  #received = "";
  /** Number of the last question put to the engine: the answer to any other is not shown. */
  #asked = 0;
  #said = el("p", { class: "calc-etat", role: "status", tabindex: "-1" });
  /** What Python did not answer, and « Réessayer »: until it is asked something else. */
  #failed = el("p", { role: "status" });
  /** To open the dossier of a link: the address holds it no more, so that this stays until it is open. */
  #offer = el("div");
  #place = el("div");
  #name = el("input", { type: "text", id: "dossier-nom", class: "calc-saisie", maxlength: "80", autocomplete: "off" });
  #here = el("input", { type: "checkbox", id: "dossier-garder" });

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { hash } = location;
    if (hash.startsWith(LINK) || hash.startsWith(RECEIVED)) {
      // What it holds is not left in the history of a computer that others use.
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    this.#tools(signal);
    document.addEventListener(ANSWERED, (event) => event instanceof CustomEvent && this.#told(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#show(), { signal });
    // The page script, which comes after this one, has the engine and the forms.
    const begin = () => this.#begin(hash);
    if (!("demarches" in globalThis)) {
      document.addEventListener("DOMContentLoaded", begin, { signal });
    } else {
      queueMicrotask(begin);
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    document.documentElement.classList.remove(OPEN);
    this.#asked += 1;
  }

  /** @param {string} hash */
  #begin(hash) {
    if (hash.startsWith(RECEIVED)) {
      this.#receive(decode(hash.slice(RECEIVED.length)));
    }
    this.#show();
    if (hash.startsWith(LINK)) {
      const texte = fromLink(hash.slice(LINK.length));
      this.#offer.replaceChildren(button("Ouvrir le dossier de ce lien", () => this.#open(texte, { link: true })));
      this.#say(FROM_LINK);
    }
  }

  /**
   * The reader comes with a paper: the form is about it.
   *
   * @param {string} name
   */
  #receive(name) {
    const known = /** @type {Record<string, Record<string, string>>} */ (JSON.parse(this.dataset.recu ?? "{}"));
    const answers = Object.hasOwn(known, name) ? known[name] : { situation: name };
    for (const [path, value] of Object.entries(answers ?? {})) {
      const question = this.#form?.querySelector(`[data-champ="${path}"]`);
      if (question instanceof HTMLElement && fill(question, value)) {
        question.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.#received = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 80 ? name : "";
  }

  get #form() {
    return document.querySelector("mode-emploi-calculateur[data-calculateur=delais]") ?? undefined;
  }

  // ------------------------------------------------------------------ what is shown

  /**
   * Shows the dossier of the tab, or how to begin one.
   *
   * @param {{ focus?: boolean, again?: () => unknown }} [options] `again`: what it is shown for
   * @returns {Promise<boolean>} whether it is shown as it is now
   */
  async #show({ focus = false, again = () => this.#show({ focus: true }) } = {}) {
    const one = held();
    this.#list();
    zone(this, "outils").hidden = !one;
    zone(this, "debut").hidden = Boolean(one);
    this.#name.value = one ? (contentOf(one.texte).nom ?? "") : "";
    this.#here.checked = Boolean(one?.id);
    document.documentElement.classList.toggle(OPEN, Boolean(one));
    if (!one) {
      this.#shown = undefined;
      zone(this, "vue").replaceChildren();
      return false;
    }
    const reply = await this.#ask(one.texte, { again, failed: this.#shown ? NOT_RENEWED : NOT_SHOWN });
    const now = held();
    if (reply && now && now.texte !== one.texte) {
      return this.#show({ focus, again }); // ticked, named or noted meanwhile: that is what is shown
    }
    if (reply?.ok) {
      this.#put(reply, now?.id ?? "");
      if (focus) {
        this.#toToday();
      }
    } else if (reply) {
      this.#say(reply.erreurs[0]?.message ?? "");
    }
    return Boolean(reply?.ok);
  }

  /**
   * What is taken away is what Python said of the dossier as it is now, with what was ticked since.
   *
   * @param {() => unknown} again takes it away
   */
  async #isRenewed(again) {
    return held()?.texte === this.#shown?.document || this.#show({ again });
  }

  #toToday() {
    const title = this.querySelector("#dossier-aujourdhui");
    if (title instanceof HTMLElement) {
      moveFocus(title);
    }
  }

  /**
   * @param {Opened} reply
   * @param {string} id
   */
  #put(reply, id) {
    this.#shown = reply;
    this.#hold(id, reply.document);
    const view = zone(this, "vue");
    view.innerHTML = reply.html;
    this.#count();
    // What this dossier knows is not asked again by the other forms of the tab.
    for (const [number, { repris }] of reply.cas.entries()) {
      give(`dossier ${number}`, repris);
    }
  }

  /**
   * @param {string} texte
   * @param {Aim} aim
   * @returns {Promise<Reply | undefined>} nothing when another question was asked since, or when it could not be: this is told
   */
  async #ask(texte, { again, failed, link = false }) {
    const number = ++this.#asked;
    this.#failed.replaceChildren();
    this.#say(PREPARING);
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
        this.#fail(`${failed} ${TRY_AGAIN}`, again);
      }
      return undefined;
    }
  }

  /**
   * What was said meanwhile of something else stays, and what it offers: a text to copy by hand, say.
   *
   * @param {string} words
   */
  #prepared(words) {
    if (this.#said.textContent === PREPARING) {
      this.#say(words);
      this.#place.replaceChildren();
    }
  }

  /**
   * @param {string} words
   * @param {() => unknown} again what failed, as it was asked
   */
  #fail(words, again) {
    const retry = button("Réessayer", async () => {
      await again();
      // The button had the focus, and is gone.
      if (document.activeElement === document.body) {
        moveFocus(this.#failed.querySelector("button") ?? this.#said);
      }
    });
    this.#failed.replaceChildren(words, " ", retry);
  }

  /**
   * Asks for the dossier of the tab with a change that is held only once Python took it.
   *
   * @param {(content: Content) => Content} change
   * @param {Aim} aim
   * @returns {Promise<Reply | undefined>}
   */
  async #askWith(change, aim) {
    const texte = held()?.texte ?? "";
    const reply = await this.#ask(written(change(contentOf(texte))), aim);
    return reply && held()?.texte !== texte ? this.#askWith(change, aim) : reply; // ticked meanwhile: that stays
  }

  /**
   * @param {string} id
   * @param {string} texte
   */
  #hold(id, texte) {
    if (!hold({ id, texte })) {
      const alert = zone(this, "alerte");
      alert.hidden = false;
      alert.textContent = NOWHERE;
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#said.textContent = words;
  }

  // ------------------------------------------------------------------ what the reader does

  /**
   * The form of this page was answered: the dossier has it, and shows it.
   *
   * @param {CustomEvent} event
   */
  #told(event) {
    const { calculateur, reponses, sujet, told } = event.detail;
    event.preventDefault();
    if (told) {
      const one = held();
      this.#hold(one?.id ?? "", withCase(one?.texte ?? "", { calculateur, reponses }, sujet));
      this.#change((content) => ({ ...content, recu: content.recu || this.#received }));
      this.#show({ focus: true });
    }
  }

  /**
   * Opens a text: nothing changes if it cannot be.
   *
   * @param {string} texte
   * @param {{ id?: string, link?: boolean }} [options]
   */
  async #open(texte, { id = "", link = false } = {}) {
    const reply = await this.#ask(texte, { again: () => this.#open(texte, { id, link }), failed: NOT_OPENED, link });
    if (!reply) {
      return;
    }
    if (id && !keptHere().some((one) => one.id === id)) {
      return; // erased meanwhile
    }
    if (!reply.ok) {
      if (!this.#shown) {
        await this.#show(); // the one of the tab, when this question came before its answer
      }
      this.#say(reply.erreurs[0]?.message ?? "");
      return;
    }
    // The answers of one matter are never those of another.
    this.#forget();
    this.#hold(id, reply.document);
    this.#put(reply, id);
    this.#keepForms();
    zone(this, "outils").hidden = false;
    zone(this, "debut").hidden = true;
    document.documentElement.classList.add(OPEN);
    this.#name.value = reply.titre;
    this.#here.checked = Boolean(id);
    this.#list();
    if (link) {
      this.#offer.replaceChildren();
    }
    this.#say(id ? OPENED_HERE : OPENED);
    this.#toToday();
  }

  /** Gives each form of the site its answers, the one of this page too; of two cases on one page, the first. */
  #keepForms() {
    const { cas } = contentOf(held()?.texte ?? "");
    const first = cas.findIndex(({ calculateur }) => calculateur === "delais");
    for (const number of [...cas.keys()].reverse()) {
      this.#keepForm(number);
    }
    if (cas[first]) {
      this.#form?.dispatchEvent(new CustomEvent(FILL, { detail: cas[first].reponses }));
    }
  }

  /** @param {number} number */
  #keepForm(number) {
    const told = contentOf(held()?.texte ?? "").cas[number];
    const page = this.#shown?.cas[number]?.page;
    if (!told || page === undefined) {
      return "";
    }
    const address = new URL(`${page}/${location.protocol === "file:" ? "index.html" : ""}`, SITE_ROOT);
    keep(`${address.pathname} ${told.calculateur}`, {
      champs: told.reponses,
      calcule: true,
      adresse: "",
      coches: told.coches ?? [],
      repris: [],
      siens: Object.keys(told.reponses),
      ouvert: true,
    });
    return address.href;
  }

  /** @param {Event} event */
  #onClick(event) {
    const target = event.target instanceof Element ? event.target.closest("button[data-action]") : null;
    if (!(target instanceof HTMLElement)) {
      return;
    }
    const number = Number(target.dataset.cas);
    if (target.dataset.action === "fait") {
      this.#done(target, number);
    } else if (target.dataset.action === "revoir") {
      this.#review(number);
    } else if (target.dataset.action === "retirer") {
      this.#remove(number);
    }
  }

  /** @param {Event} event */
  #onChange(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) {
      return;
    }
    const { piece, cas: number, courrier } = box.dataset;
    if (piece) {
      this.#change((content) => {
        const cas = content.cas.map((one, index) => {
          const others = (one.coches ?? []).filter((tick) => tick !== piece);
          return index === Number(number) ? { ...one, coches: box.checked ? [...others, piece] : others } : one;
        });
        return { ...content, cas };
      });
      this.#count();
    } else if (courrier) {
      this.#change(({ courriers = {}, ...rest }) => {
        const { [courrier]: _, ...others } = courriers;
        return { ...rest, courriers: box.checked ? { ...others, [courrier]: isoDay() } : others };
      });
      const words = box.labels?.[0]?.firstChild;
      if (words) {
        words.textContent = box.checked ? `Parti le ${dayInWords()}` : "Parti";
      }
    }
  }

  /** @param {(content: Content) => Content} change */
  #change(change) {
    const one = held();
    if (one) {
      this.#hold(one.id, written(change(contentOf(one.texte))));
    }
  }

  /** Counts what is ticked in each list of documents. */
  #count() {
    for (const list of this.querySelectorAll("[data-zone=pieces]")) {
      const boxes = [...list.querySelectorAll("input[data-piece]:not([data-geste])")];
      const done = boxes.filter((box) => box instanceof HTMLInputElement && box.checked).length;
      const words = `${done} ${done > 1 ? "pièces" : "pièce"} sur ${boxes.length}`;
      zone(list, "avancement").textContent = boxes.length ? words : "";
    }
  }

  /**
   * A step is done on the day typed: the calculator says what follows. What it refuses is not noted.
   *
   * @param {HTMLElement} target
   * @param {number} number
   */
  async #done(target, number) {
    const row = target.parentElement;
    const field = row?.querySelector("input");
    if (!row || !field) {
      return;
    }
    const said = zone(row, "erreur");
    said.hidden = true; // it is of what was typed before
    field.removeAttribute("aria-invalid");
    const change = (/** @type {Content} */ content) => {
      const cas = content.cas.map((told, index) => {
        return index === number ? { ...told, reponses: { ...told.reponses, [target.dataset.question ?? ""]: field.value } } : told;
      });
      return { ...content, cas };
    };
    const typed = Boolean(field.value.trim());
    const reply = typed ? await this.#askWith(change, { again: () => this.#done(target, number), failed: NOT_NOTED }) : undefined;
    if (typed && !reply) {
      return;
    }
    const fault = reply?.ok ? reply.cas[number]?.erreurs[0] : (reply?.erreurs[0]?.message ?? NO_DAY);
    if (!reply?.ok || fault) {
      said.hidden = false;
      said.textContent = fault ?? "";
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    this.#put(reply, held()?.id ?? "");
    this.#keepForms();
    this.#say(READY);
    this.#toToday();
  }

  /**
   * A case goes once Python took the dossier without it: until then, the numbers in the page are those of what is held.
   *
   * @param {number} number
   */
  async #remove(number) {
    const reply = await this.#askWith(
      ({ cas, ...rest }) => ({ ...rest, cas: cas.filter((_, index) => index !== number) }),
      { again: () => this.#remove(number), failed: NOT_REMOVED },
    );
    if (reply?.ok) {
      this.#put(reply, held()?.id ?? "");
      this.#toToday();
    } else if (reply) {
      this.#say(reply.erreurs[0]?.message ?? "");
    }
  }

  /**
   * Leads to the form of a case, filled.
   *
   * @param {number} number
   */
  #review(number) {
    const told = contentOf(held()?.texte ?? "").cas[number];
    const form = this.#form;
    if (told?.calculateur === "delais" && form) {
      form.dispatchEvent(new CustomEvent(FILL, { detail: told.reponses }));
      form.scrollIntoView({ block: "start" });
      form.querySelector("select")?.focus({ preventScroll: true });
      return;
    }
    const address = this.#keepForm(number);
    if (address) {
      location.assign(address);
    }
  }

  // ------------------------------------------------------------------ keeping, taking away, erasing

  /** @param {AbortSignal} signal */
  #tools(signal) {
    const file = el("input", { type: "file", id: "dossier-fichier", accept: ".json,application/json", class: "dossier-fichier" });
    file.addEventListener("change", async () => {
      const [chosen] = file.files ?? [];
      if (chosen) {
        await this.#openFile(chosen);
        file.value = "";
      }
    });
    this.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      const [dropped, another] = event.dataTransfer?.files ?? [];
      if (another) {
        this.#say(ONE_FILE);
      } else if (dropped) {
        this.#openFile(dropped);
      }
    }, { signal });
    this.#name.addEventListener("change", () => {
      this.#change((content) => ({ ...content, nom: this.#name.value.trim() }));
      this.#show();
    });
    this.#here.addEventListener("change", () => this.#keepOrNot());
    const share = "share" in navigator ? [button("Partager…", () => this.#share())] : [];
    zone(this, "outils").replaceChildren(
      el("h3", {}, "Garder, emporter, effacer"),
      el("p", { class: "dossier-nom" }, el("label", { for: this.#name.id }, "Nom du dossier"), this.#name),
      el("div", { class: "piece-nom" }, this.#here, el("label", { for: this.#here.id }, "Garder ce dossier sur cet appareil")),
      el(
        "div",
        { class: "calc-suites", role: "group", "aria-label": "Emporter ce dossier" },
        button("Enregistrer dans un fichier", () => this.#save()),
        button("Ajouter à mon agenda (.ics)", () => this.#calendar()),
        button("Lien et QR code pour un téléphone", () => this.#link()),
        ...share,
        button("Copier le texte", () => this.#copy()),
        button("Imprimer", () => window.print()),
      ),
      el(
        "div",
        { class: "calc-suites", role: "group", "aria-label": "Fermer ou effacer" },
        button("Fermer", () => this.#close()),
        twice("Effacer ce dossier", () => this.#erase(), (words) => this.#say(words)),
      ),
    );
    zone(this, "ouvrir").replaceChildren(
      el("p", {}, el("label", { for: file.id }, "Ouvrir un fichier de dossier (ou déposez-le ici)"), file),
      this.#failed,
      this.#said,
      this.#offer,
      this.#place,
    );
  }

  /** Lists the dossiers kept on this device. */
  #list() {
    const kept = keptHere();
    const open = held()?.id;
    const items = kept.map(({ id, texte }) => {
      const name = nameOf(texte);
      const unseen = () => el("span", { class: "hors-ecran" }, ` : ${name}`);
      const opening = button("Ouvrir", () => this.#open(texte, { id }), unseen());
      const erasing = twice("Effacer", () => this.#eraseOne(id), (words) => this.#say(words), unseen());
      const words = el("strong", {}, name);
      return el("li", {}, words, ...(id === open ? [" (ouvert)"] : [" ", opening]), " ", erasing);
    });
    const all = twice("Tout effacer", () => this.#eraseAll(), (words) => this.#say(words));
    const title = el("p", {}, el("strong", {}, kept.length > 1 ? `${kept.length} dossiers gardés ici` : "1 dossier gardé ici"));
    zone(this, "liste").replaceChildren(...(kept.length ? [title, el("ul", {}, ...items), all] : []));
  }

  /** @param {File} file */
  async #openFile(file) {
    if (file.size > MOST) {
      this.#say(TOO_BIG);
      return;
    }
    const texte = await file.text().catch(() => undefined);
    if (texte === undefined) {
      this.#say(UNREADABLE);
    } else {
      await this.#open(texte);
    }
  }

  #keepOrNot() {
    const one = held();
    if (!one) {
      return;
    }
    if (this.#here.checked) {
      const kept = keepHere(one.texte);
      this.#here.checked = Boolean(kept);
      if (kept) {
        hold(kept);
      }
      this.#say(kept ? KEPT : NOT_KEPT);
    } else {
      eraseHere((id) => id === one.id);
      hold({ id: "", texte: one.texte });
      this.#say(RELEASED);
    }
    this.#list();
  }

  #save() {
    const one = held();
    if (one) {
      // Without Python too: the reader takes away what they told.
      download({ nom: this.#shown?.nom ?? "dossier.json", type: "application/json", contenu: one.texte });
      this.#say(SAVED);
    }
  }

  async #calendar() {
    if (!(await this.#isRenewed(() => this.#calendar()))) {
      return;
    }
    const { agenda = "", nom = "" } = this.#shown ?? {};
    if (agenda) {
      download({ nom: nom.replace(/\.json$/, ".ics"), type: "text/calendar", contenu: agenda });
    }
    this.#say(agenda ? CALENDAR : NO_DATE);
  }

  async #copy() {
    if (!(await this.#isRenewed(() => this.#copy()))) {
      return;
    }
    this.#say((await copy(this.#shown?.texte ?? "", this.#place)) ? COPIED : COPY_BY_HAND);
  }

  /** The address of this page with the dossier, which browsers never send; empty for a copy that knows none. */
  get #address() {
    const page = publicAddress().replace(/[?#].*$/, "");
    return page && this.#shown ? addressWith(LINK.slice(1) + toLink(this.#shown.lien), page) : "";
  }

  async #link() {
    if (!(await this.#isRenewed(() => this.#link()))) {
      return;
    }
    const address = this.#address;
    if (!address) {
      this.#say(NO_ADDRESS);
      return;
    }
    const link = el("p", {}, el("a", { href: address, translate: "no", rel: "nofollow" }, "Le lien vers ce dossier"));
    const place = el("div");
    const copying = button("Copier le lien", async () => this.#say((await copy(address, place)) ? "Lien copié." : COPY_BY_HAND));
    this.#place.replaceChildren(el("p", {}, IN_LINK), link, copying, place);
    if (address.length > LONGEST_ADDRESS) {
      this.#say(TOO_LONG);
      return;
    }
    this.#failed.replaceChildren();
    this.#say(QR_PREPARING);
    try {
      const { html } = await engine().call({ qr: address });
      if (!link.isConnected) {
        return; // the dossier was closed, or changed
      }
      const code = el("div", { class: "dossier-qr" });
      code.innerHTML = html;
      code.querySelector("figcaption")?.remove();
      this.#place.append(code);
      this.#say("Montrez ce code à l’appareil photo du téléphone.");
    } catch (error) {
      console.debug("dossier", error);
      if (link.isConnected) {
        this.#say("");
        this.#fail(NO_QR, () => this.#link());
      }
    }
  }

  async #share() {
    if (!(await this.#isRenewed(() => this.#share()))) {
      return;
    }
    const url = this.#address;
    try {
      await navigator.share({ title: "Mon dossier", text: this.#shown?.texte ?? "", ...(url && { url }) });
    } catch (error) {
      console.debug("dossier", error); // the reader changed their mind, or the system refuses
    }
  }

  /** Forgets all that the tab holds of a matter. */
  #forget() {
    this.#asked += 1; // whatever was asked of it is no longer awaited
    this.#failed.replaceChildren();
    this.#place.replaceChildren();
    letGo();
    forgetAll();
    forgetGiven();
  }

  #close() {
    this.#forget();
    this.#show();
    this.#say(CLOSED);
  }

  #erase() {
    const id = held()?.id;
    eraseHere((one) => one === id);
    eraseTicks();
    this.#forget();
    this.#show();
    this.#say(ERASED);
  }

  /** @param {string} id */
  #eraseOne(id) {
    if (held()?.id === id) {
      this.#erase();
    } else {
      eraseHere((one) => one === id);
      this.#failed.replaceChildren(); // it may be that one which could not be opened
      this.#list();
      this.#say(ERASED);
    }
  }

  #eraseAll() {
    eraseHere(() => true);
    eraseTicks();
    this.#forget();
    this.#offer.replaceChildren();
    this.#show();
    this.#say(ALL_ERASED);
  }
}

/**
 * A link's own letters: an address holds nothing else.
 *
 * @param {string} text
 */
function toLink(text) {
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} letters */
function fromLink(letters) {
  try {
    return atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    return "";
  }
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/**
 * @param {string} words
 * @param {() => unknown} action
 * @param {(Node | string)[]} more
 */
function button(words, action, ...more) {
  const made = el("button", { type: "button", class: "md-button" }, words, ...more);
  made.addEventListener("click", action);
  return made;
}

/**
 * A button that asks to be chosen twice: what it erases does not come back.
 *
 * @param {string} words
 * @param {() => unknown} action
 * @param {(words: string) => void} say
 * @param {(Node | string)[]} more
 */
function twice(words, action, say, ...more) {
  let sure = false;
  const made = button(words, () => {
    if (sure) {
      action();
    } else {
      sure = true;
      say(SURE);
    }
  }, ...more);
  made.addEventListener("blur", () => {
    sure = false;
  });
  return made;
}

// The theme runs this script again each time it brings the page.
if (!customElements.get("mode-emploi-dossier")) {
  customElements.define("mode-emploi-dossier", Dossier);
}
