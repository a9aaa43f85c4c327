// The reader's own files, each tied to a document of a list: looked at there, they tick it or say why not, and go away
// together in one zip whose list follows this one. Nothing of them is sent nor stored.
//
// A document is ticked by its files once none of them would be refused: a tick means that it is ready, goes in links and in
// the dossier, and is counted. One that the reader ticked stays so, with a warning: they may have it on paper.

import { isoDay } from "../common/dates.mjs";
import { el, moveFocus } from "../common/dom.mjs";
import { FORGOTTEN } from "../dossier/store.mjs";
import { Binder } from "../files/binder.mjs";
import { Desk } from "../files/desk.mjs";
import { bindable, deposited } from "../files/items.mjs";
import { SIGNS, nothingToTake, summary } from "../files/shown.mjs";

/** @typedef {import("../files/checker.mjs").Limits} Limits */
/** @typedef {import("../files/items.mjs").Item} Item */
/**
 * @typedef {object} Wanted one document of the list
 * @property {HTMLInputElement} box
 * @property {HTMLElement} line
 * @property {string} titre
 * @property {Item[]} items its files
 * @property {"" | "files" | "reader"} by who ticked or unticked it, since its files changed
 * @property {HTMLInputElement} input
 * @property {HTMLElement} verdict
 * @property {HTMLElement} list
 * @property {Binder} binder
 */
/** @typedef {{ endroit: string, files: Map<string, { items: Item[], by: Wanted["by"] }> }} Kept */

const OFFER = "Vérifier mes fichiers, pièce par pièce";
const QUESTION = "Vous déposez ces pièces en ligne\u00a0? ";
const WHERE = "Où les déposerez-vous\u00a0?";
const HOW = "Choisissez les fichiers sous chaque pièce, ou déposez-les dessus. Ils restent sur votre appareil\u00a0: rien n’est envoyé.";
const BESIDE = "Déposez le fichier sur une pièce de la liste.";
const NOT_A_PROMISE = "Personne ne peut promettre qu’un fichier sera accepté\u00a0: seul le site où vous le déposez le sait.";
const CHOOSE = "Choisir le fichier";
const ADD = "Ajouter un fichier";
const PACKED =
  "Les fichiers de vos pièces, sous un nom simple, avec un bordereau en PDF qui suit la liste. Ceux qui seraient refusés n’y " +
  "sont pas, ni ceux dont un autre a été fait.";
const EMPTIED = "Fichiers retirés de la liste. Ils n’ont pas été touchés.";
/** Where files go when neither the list nor the reader says. */
const ELSEWHERE = "autre";

/** What stands on the desk of a list that is shown anew, until it is: by what holds the list. @type {WeakMap<Element, Kept>} */
const kept = new WeakMap();

let lists = 0;

class Attached extends HTMLElement {
  /** @type {Wanted[]} */
  #all = [];
  /** @type {Desk | undefined} */
  #desk;
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  #number = (lists += 1);
  #said = el("p", { class: "calc-etat", role: "status" });
  #place = el("select", { class: "calc-saisie" });
  #packed = el("p");
  #end = el("section", { class: "fichiers-emballer", hidden: true });

  connectedCallback() {
    const boxes = [...(this.#list?.querySelectorAll("input[data-piece]:not([data-geste])") ?? [])];
    const line = this.querySelector(".pieces-fichiers");
    if (!this.#host || !line || !boxes.length) {
      return;
    }
    this.#life = new AbortController();
    const { signal } = this.#life;
    // Before whoever shows another list in its place: the files of a matter are of no other.
    window.addEventListener(FORGOTTEN, () => this.#forget(), { capture: true, signal });
    const begin = button(OFFER, () => {
      this.#open();
      this.#place.focus();
    });
    line.replaceChildren(QUESTION, begin);
    // The list was shown anew, for an answer that changed: its files are those of the reader still. Its own script has
    // not yet seen its boxes.
    queueMicrotask(() => this.#takeUp());
  }

  disconnectedCallback() {
    this.#life?.abort();
    const host = this.#owner;
    if (host && this.#desk && !this.#forgotten) {
      const files = this.#all.map(({ box, items, by }) => /** @type {const} */ ([box.dataset.piece ?? "", { items, by }]));
      kept.set(host, { endroit: this.#place.value, files: new Map([...(kept.get(host)?.files ?? []), ...files]) });
      // What no list takes up by then is forgotten.
      setTimeout(() => kept.delete(host));
    }
    this.#desk?.clear();
  }

  /** Whether the matter was just let go: a list that takes the place of this one is of another. */
  #forgotten = false;

  #forget() {
    this.#forgotten = true;
    setTimeout(() => (this.#forgotten = false));
  }

  /** The list that this element stands in. */
  get #list() {
    const found = this.closest("[data-zone=pieces]");
    return found instanceof HTMLElement ? found : undefined;
  }

  /** Where the page says what each place takes. */
  get #host() {
    const found = this.closest("[data-endroits]");
    return found instanceof HTMLElement ? found : undefined;
  }

  /** The same, once the element is gone. @type {HTMLElement | undefined} */
  #owner;

  /** @returns {Record<string, Limits>} */
  get #places() {
    return JSON.parse(this.#host?.dataset["endroits"] ?? "{}");
  }

  /** @returns {Limits} */
  get #limits() {
    return /** @type {Limits} */ (this.#places[this.#place.value]);
  }

  /** Shows where files are chosen: above the list, under each document, and what to do with them all at its end. */
  #open() {
    const list = this.#list;
    if (this.#desk || !list) {
      return;
    }
    this.#owner = this.#host;
    const signal = this.#life?.signal;
    const options = Object.entries(this.#places).map(([key, { titre }]) => el("option", { value: key }, titre));
    this.#place.replaceChildren(...options);
    this.#place.value = this.dataset["depot"] ?? ELSEWHERE;
    this.#place.id = `pieces-endroit-${this.#number}`;
    const cancel = el("button", { type: "button", class: "md-button" }, "Annuler");
    const [count, bar] = [el("p"), el("progress", { class: "lot-barre", "aria-label": "Avancement de la vérification" })];
    const progress = el("div", { class: "lot-avancement", hidden: true }, count, bar, el("p", {}, cancel));
    this.replaceChildren(
      el(
        "section",
        { class: "pieces-depot" },
        el("div", { class: "calc-question" }, el("label", { for: this.#place.id }, WHERE), this.#place),
        el("p", { class: "calc-aide" }, HOW),
        this.#said,
      ),
    );
    // In sight from anywhere in the list.
    this.after(progress);
    this.#desk = new Desk(
      { progress, count, bar, cancel, said: this.#said },
      {
        limits: () => this.#limits,
        put: (item) => this.#put(item),
        seen: (item) => this.#seen(item),
        removed: (item) => this.#removed(item),
        over: (looked) => this.#tell(looked),
        cancelled: () => this.#place.focus(),
      },
    );
    this.#all = [...list.querySelectorAll("input[data-piece]:not([data-geste])")].flatMap((box, at) =>
      box instanceof HTMLInputElement ? this.#prepare(box, at) : [],
    );
    this.#end.replaceChildren(
      el("p", {}, el("strong", {}, "Emporter le tout")),
      el("p", {}, PACKED),
      el("p", { class: "calc-note" }, NOT_A_PROMISE),
      el("p", { class: "fichiers-gestes" }, button("Faire un zip avec son bordereau", () => this.#pack()), button("Retirer tous les fichiers", () => this.#empty())),
      this.#packed,
    );
    list.querySelector(".pieces-liste")?.after(this.#end);
    this.#place.addEventListener("change", () => this.#desk?.again());
    for (const type of /** @type {const} */ (["dragover", "drop"])) {
      // Before what else of the page takes files; and a file dropped beside must not replace the page, and all of this.
      window.addEventListener(type, (event) => this.#onDrag(event), { signal, capture: true });
    }
  }

  /**
   * What stands under a wanted.
   *
   * @param {HTMLInputElement} box
   * @param {number} at
   * @returns {Wanted[]}
   */
  #prepare(box, at) {
    const line = box.closest("li");
    if (!line) {
      return [];
    }
    const titre = box.labels?.[0]?.textContent?.trim() ?? "";
    const id = `pieces-fichier-${this.#number}-${at}`;
    const input = el("input", { type: "file", id, multiple: true, class: "hors-ecran" });
    const label = el("label", { for: id, class: "md-button" }, CHOOSE, el("span", { class: "hors-ecran" }, `\u00a0: ${titre}`));
    const verdict = el("p", { class: "piece-verdict", hidden: true });
    const list = el("ol", { class: "fichiers-liste" });
    /** @type {Wanted} */
    const wanted = {
      ...{ box, line, titre, input, verdict, list, items: [], by: "" },
      binder: new Binder({
        title: el("p", {}, el("strong", {}, "En faire un seul PDF")),
        make: (sheets) => this.#desk?.assemble(sheets, box.dataset.piece ?? "piece", (words) => wanted.binder.fail(words)),
        say: (words) => this.#desk?.say(words),
      }),
    };
    input.addEventListener("change", () => this.#take(wanted, [...(input.files ?? [])]));
    box.addEventListener("change", (event) => {
      if (event.isTrusted) {
        wanted.by = "reader";
        this.#judge(wanted);
      }
    });
    const place = el("div", { class: "piece-fichiers" }, el("p", { class: "piece-choix" }, input, label), verdict, list, wanted.binder.element);
    line.insertBefore(place, line.querySelector(".piece-source"));
    return [wanted];
  }

  /** @param {DragEvent} event */
  #onDrag(event) {
    const transfer = event.dataTransfer;
    const target = event.target;
    if (!transfer?.types.includes("Files") || !(target instanceof Node)) {
      return;
    }
    const over = this.#all.find(({ line }) => line.contains(target));
    for (const { line } of this.#all) {
      line.classList.toggle("piece--survol", line === over?.line && event.type === "dragover");
    }
    if (!over && !this.#list?.contains(target)) {
      // It may be for another part of the page; nothing takes it, it must not replace the page.
      window.addEventListener(event.type, (last) => last.preventDefault(), { once: true });
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    transfer.dropEffect = over ? "copy" : "none";
    if (event.type === "drop") {
      if (over) {
        this.#take(over, [...transfer.files]);
      } else {
        this.#desk?.say(BESIDE);
      }
    }
  }

  /**
   * @param {Wanted} wanted
   * @param {File[]} files
   */
  #take(wanted, files) {
    const items = this.#desk?.take(files) ?? [];
    wanted.input.value = "";
    wanted.items.push(...items);
    wanted.by = wanted.by === "reader" ? "" : wanted.by;
    wanted.list.append(...items.map(({ place }) => place));
    this.#judge(wanted);
    this.#desk?.add(items);
  }

  /** Takes the files of the list that stood here. */
  #takeUp() {
    const host = this.#host;
    const found = host && kept.get(host);
    if (!found || !this.isConnected) {
      return;
    }
    this.#open();
    if (found.endroit in this.#places) {
      this.#place.value = found.endroit;
    }
    for (const wanted of this.#all) {
      const before = found.files.get(wanted.box.dataset.piece ?? "");
      if (before?.items.length) {
        found.files.delete(wanted.box.dataset.piece ?? "");
        wanted.items = before.items;
        wanted.by = before.by === "files" && !wanted.box.checked ? "" : before.by;
        wanted.list.append(...before.items.map(({ place }) => place));
      }
    }
    const items = this.#all.flatMap((wanted) => wanted.items);
    this.#desk?.adopt(items.filter(({ report }) => report));
    items.forEach((item) => this.#bind(item));
    this.#all.forEach((wanted) => this.#judge(wanted));
    this.#desk?.add(items.filter(({ report }) => !report));
  }

  /** @param {Item} item */
  #of(item) {
    return this.#all.find(({ items }) => items.includes(item));
  }

  /** @param {Item} item made of files of one document */
  #put(item) {
    const wanted = item.of?.[0] && this.#of(item.of[0]);
    wanted?.items.push(item);
    wanted?.list.append(item.place);
  }

  /** @param {Item} item */
  #seen(item) {
    this.#bind(item);
    const wanted = this.#of(item);
    if (wanted) {
      this.#judge(wanted);
    }
  }

  /** @param {Item} item */
  #bind(item) {
    const binder = this.#of(item)?.binder;
    if (bindable(item) && !item.instead) {
      binder?.add(item.file, item.of?.[0]?.file);
    } else {
      binder?.remove(item.file);
    }
  }

  /** @param {Item} item */
  #removed(item) {
    const wanted = this.#of(item);
    if (wanted) {
      wanted.items = wanted.items.filter((other) => other !== item);
      wanted.binder.remove(item.file);
      this.#judge(wanted);
      wanted.input.focus();
    }
  }

  /**
   * Ticks a document whose files are all good to deposit, or says why not.
   *
   * @param {Wanted} wanted
   */
  #judge(wanted) {
    const { box, verdict, input, binder } = wanted;
    const items = wanted.items.filter(({ instead }) => !instead);
    const waits = items.some(({ report, failed }) => !report && !failed);
    const good = items.length > 0 && !waits && items.every(({ report }) => report && report.verdict !== "serait_refuse");
    if (!waits && good !== box.checked && wanted.by === (good ? "" : "files")) {
      box.checked = good;
      wanted.by = good ? "files" : "";
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const [first] = input.labels?.[0]?.childNodes ?? [];
    if (first) {
      first.textContent = items.length ? ADD : CHOOSE;
    }
    // A PDF alone that nothing is said of stays as it is.
    const fine = items.every(({ report }) => report?.type === "pdf" && report.verdict === "convient");
    binder.element.hidden = binder.count < (fine ? 2 : 1);
    verdict.hidden = !items.length;
    verdict.textContent = waits ? "Vérification en cours…" : said(items, box.checked, good);
    this.#end.hidden = this.#all.every((other) => !other.items.length);
    this.#packed.replaceChildren();
  }

  #pack() {
    const headings = this.#all.map(({ titre, items, box, line }) => {
      const files = deposited(items);
      const depends = line.classList.contains("piece--selon-le-cas") ? "selon le cas" : "";
      return { titre, items: files, note: box.checked ? "réunie à part" : depends };
    });
    if (headings.every(({ items }) => !items.length)) {
      this.#desk?.say(nothingToTake(this.#desk.items));
      return;
    }
    /**
     * @param {HTMLElement} link
     * @param {number} count
     */
    const made = (link, count) => {
      const missing = headings.filter(({ items }) => !items.length).length;
      const without = missing ? ` ${missing} ${missing > 1 ? "pièces n’ont" : "pièce n’a"} pas de fichier\u00a0: le bordereau le dit.` : "";
      const ready = count > 1 ? `${count} fichiers et leur bordereau sont prêts.` : "Le fichier et son bordereau sont prêts.";
      this.#packed.replaceChildren(link);
      this.#desk?.say(ready + without);
      link.focus();
    };
    const failed = (/** @type {string} */ words) => this.#packed.replaceChildren(words);
    this.#desk?.pack(headings, this.dataset["objet"] ?? "", `${isoDay()}_pieces.zip`, made, failed);
  }

  #empty() {
    this.#desk?.clear();
    for (const wanted of this.#all) {
      wanted.items.forEach(({ file, place }) => {
        wanted.binder.remove(file);
        place.remove();
      });
      wanted.items = [];
      this.#judge(wanted);
    }
    this.#desk?.say(EMPTIED);
    this.#place.focus();
  }

  /** @param {Item[]} looked */
  #tell(looked) {
    if (looked.length && this.#desk) {
      this.#desk.say([summary(this.#desk.items), this.#desk.left].filter(Boolean).join(" "));
      const [last] = looked.slice(-1);
      if (last && looked.every(({ of }) => of)) {
        moveFocus(last.place); // the button that made it is gone
      }
    }
  }
}

/**
 * What the files of a document are worth, and whether it is ticked.
 *
 * @param {Item[]} items
 * @param {boolean} ticked
 * @param {boolean} good
 */
function said(items, ticked, good) {
  const several = items.length > 1;
  if (good) {
    const doubtful = items.some(({ report }) => report?.verdict === "a_verifier");
    const what = doubtful ? "un point est à vérifier ci-dessous" : `rien à corriger dans ${several ? "ses fichiers" : "son fichier"}`;
    return `${doubtful ? SIGNS.a_verifier : SIGNS.convient} ${ticked ? "Pièce cochée" : "Pièce non cochée"}\u00a0: ${what}.`;
  }
  const refused = items.some(({ report }) => report?.verdict === "serait_refuse");
  const which = several ? "un de ses fichiers" : "son fichier";
  const waits = items.some(({ stopped }) => stopped);
  const what = refused ? `${which} serait refusé` : `${which} ${waits ? "n’est pas encore vérifié" : "n’a pas pu être lu"}`;
  return `${SIGNS.serait_refuse} ${ticked ? "Attention, pièce cochée par vous" : "Pièce non cochée"}\u00a0: ${what}.`;
}

/**
 * @param {string} words
 * @param {() => void} act
 */
function button(words, act) {
  const made = el("button", { type: "button", class: "md-button" }, words);
  made.addEventListener("click", act);
  return made;
}

customElements.define("mode-emploi-pieces", Attached);
