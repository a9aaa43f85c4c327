// The files that a reader is about to deposit: dropped or chosen, looked at one after the other on the device. Nothing of
// them is sent nor stored; their names and contents stand in the page as text alone.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { isoDay } from "../common/dates.mjs";
import { Binder } from "./binder.mjs";
import { Desk } from "./desk.mjs";
import { bindable, deposited } from "./items.mjs";
import { nothingToTake, summary } from "./shown.mjs";

/** @typedef {import("./checker.mjs").Limits} Limits */
/** @typedef {import("./items.mjs").Item} Item */

const NOT_A_PROMISE = "Personne ne peut promettre qu’un fichier sera accepté\u00a0: seul le site où vous le déposez le sait.";
const PACKED =
  "Les fichiers de la liste, sous leur nom simple, avec une liste numérotée en PDF. Ceux qui seraient refusés n’y sont pas, ni " +
  "ceux dont un autre a été fait.";
const ONLY = "Ne montrer que les fichiers à corriger ou à vérifier";
const EMPTIED = "Liste vidée. Vos fichiers n’ont pas été touchés.";
/** Files from which those that need something are looked for among the others. */
const MANY = 6;

class Files extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Desk | undefined} */
  #desk;
  /** @type {HTMLElement | undefined} */
  #filter;
  #binder = new Binder({
    title: el("h3", {}, "En faire un seul PDF"),
    make: (sheets) => this.#desk?.assemble(sheets, `${isoDay()}_documents`, (words) => this.#binder.fail(words)),
    say: (words) => this.#desk?.say(words),
  });

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    zone(this, "entree").hidden = false;
    this.#desk ??= new Desk(
      {
        progress: zone(this, "avancement"),
        count: zone(this, "compte"),
        bar: /** @type {HTMLProgressElement} */ (zone(this, "barre")),
        cancel: zone(this, "annuler"),
        said: zone(this, "annonce"),
      },
      {
        limits: () => this.#limits,
        put: (item) => this.#list.append(item.place),
        seen: (item) => this.#bind(item),
        removed: (item) => this.#removed(item),
        over: (looked) => this.#tell(looked),
        cancelled: () => this.#input.focus(),
      },
    );
    const input = this.#input;
    input.addEventListener("change", () => this.#take([...(input.files ?? [])]), { signal });
    zone(this, "endroit").addEventListener("change", () => this.#desk?.again(), { signal });
    for (const type of /** @type {const} */ (["dragover", "drop"])) {
      window.addEventListener(type, (event) => this.#onDrag(event), { signal });
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#desk?.clear();
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
  }

  /** @returns {Limits} */
  get #limits() {
    const place = /** @type {HTMLSelectElement} */ (zone(this, "endroit")).value;
    return JSON.parse(this.dataset["endroits"] ?? "{}")[place];
  }

  /** @param {DragEvent} event */
  #onDrag(event) {
    const transfer = event.dataTransfer;
    if (!transfer?.types.includes("Files")) {
      return;
    }
    const drop = zone(this, "depot");
    const inside = event.target instanceof Node && drop.contains(event.target);
    // A file dropped beside the zone must not replace the page.
    event.preventDefault();
    transfer.dropEffect = inside ? "copy" : "none";
    drop.classList.toggle("lot-depot--survol", inside && event.type === "dragover");
    if (inside && event.type === "drop") {
      this.#take([...transfer.files]);
    }
  }

  /** @param {File[]} files */
  #take(files) {
    const items = this.#desk?.take(files) ?? [];
    if (items.length) {
      this.#list.append(...items.map(({ place }) => place));
      this.#input.value = "";
      this.#desk?.add(items);
    }
  }

  /** The list of the files, made when the first comes. */
  get #list() {
    const result = zone(this, "resultat");
    const found = result.querySelector("ol");
    if (found) {
      return found;
    }
    const list = el("ol", { class: "fichiers-liste" });
    const only = el("input", { type: "checkbox", id: "fichiers-a-corriger" });
    only.addEventListener("change", () => list.classList.toggle("fichiers-liste--a-corriger", only.checked));
    this.#filter = el("p", { class: "fichiers-filtre", hidden: true }, only, " ", el("label", { for: only.id }, ONLY));
    const erase = el("button", { type: "button", class: "md-button" }, "Retirer tous les fichiers");
    erase.addEventListener("click", () => this.#erase());
    const pack = el("button", { type: "button", class: "md-button" }, "Faire un zip avec un bordereau");
    pack.addEventListener("click", () => this.#pack());
    result.replaceChildren(
      el("h2", { tabindex: "-1" }, "Vos fichiers"),
      el("p", { class: "calc-note" }, NOT_A_PROMISE),
      this.#filter,
      list,
      this.#binder.element,
      el("section", { class: "fichiers-emballer" }, el("h3", {}, "Emporter le tout"), el("p", {}, PACKED), el("p", {}, pack)),
      el("p", {}, erase),
    );
    return list;
  }

  /** @param {Item} item */
  #bind(item) {
    if (bindable(item) && !item.instead) {
      this.#binder.add(item.file, item.of?.[0]?.file);
    } else {
      this.#binder.remove(item.file);
    }
  }

  /** @param {Item} item */
  #removed(item) {
    this.#binder.remove(item.file);
    if (!this.#desk?.items.length) {
      this.#erase();
    }
    this.#input.focus();
  }

  #pack() {
    const items = this.#desk?.items ?? [];
    const kept = deposited(items);
    if (!kept.length) {
      this.#desk?.say(nothingToTake(items));
      return;
    }
    const headings = kept.map((item) => ({ titre: "", note: "", items: [item] }));
    const place = zone(this, "resultat").querySelector(".fichiers-emballer p:last-child");
    /** @param {HTMLElement | string} shown beside the button */
    const give = (shown) => place?.replaceChildren(...[...place.children].slice(0, 1), " ", shown);
    /**
     * @param {HTMLElement} link
     * @param {number} count
     */
    const made = (link, count) => {
      give(link);
      this.#desk?.say(`${count > 1 ? `${count} fichiers et leur bordereau sont prêts` : "Le fichier et son bordereau sont prêts"}.`);
      link.focus();
    };
    this.#desk?.pack(headings, "", `${isoDay()}_pieces.zip`, made, give);
  }

  #erase() {
    this.#desk?.items.forEach(({ file }) => this.#binder.remove(file));
    this.#desk?.clear();
    zone(this, "resultat").replaceChildren();
    this.#desk?.say(EMPTIED);
    this.#input.focus();
  }

  /** @param {Item[]} looked */
  #tell(looked) {
    const [last] = looked.slice(-1);
    if (!last || !this.#desk) {
      return;
    }
    if (this.#filter) {
      this.#filter.hidden = this.#desk.items.length < MANY;
    }
    this.#desk.say([summary(this.#desk.items), this.#desk.left].filter(Boolean).join(" "));
    // What the reader has just asked for is in sight; of what they brought, all of it.
    const title = looked.every(({ of }) => of) ? last.place : zone(this, "resultat").querySelector("h2");
    if (title) {
      moveFocus(title);
    }
  }
}

customElements.define("mode-emploi-fichiers", Files);
