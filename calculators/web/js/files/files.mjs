// The files that a reader is about to deposit: dropped or chosen, looked at one after the other on the device. Nothing of
// them is sent nor stored; their names and contents stand in the page as text alone.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { EngineError } from "../engine/error.mjs";
import { why } from "../engine/why.mjs";
import { unsaved } from "../offline/unsaved.mjs";
import { LibraryError, check, rest } from "./checker.mjs";

/** @typedef {import("./checker.mjs").Limits} Limits */
/** @typedef {import("./checker.mjs").Report} Report */

/** Files that are looked at, at most. */
const MOST = 200;

const NAME = "fichiers";
const PREPARING = "Le vérificateur se prépare…";
const CANCELLED = "Vérification arrêtée. Les fichiers déjà vérifiés restent dans la liste.";
const TOO_MANY = `Pas plus de ${MOST} fichiers à la fois\u00a0: les premiers seulement ont été pris.`;
const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé, ou est-ce un dossier\u00a0?";
const NO_LIBRARY = "Ce qui lit ces fichiers n’a pas pu être chargé. Vérifiez votre connexion, puis recommencez.";
const TOO_LONG =
  "La lecture de ce fichier a été arrêtée\u00a0: il demande trop de temps ou de mémoire. Demandez-en une autre copie.";
const NOT_A_PROMISE = "Personne ne peut promettre qu’un fichier sera accepté\u00a0: seul le site où vous le déposez le sait.";
const AGAIN = "choisissez de nouveau vos fichiers";

/** What a verdict is shown with, besides its words. */
const SIGNS = { convient: "✓", a_verifier: "!", serait_refuse: "✗" };

const UNITS = /** @type {const} */ ([
  [1e6, "Mo"],
  [1e3, "ko"],
  [1, "octets"],
]);

/** @param {number} size in bytes */
export function weight(size) {
  const [unit, name] = UNITS.find(([least]) => size >= least) ?? [1, "octet"];
  return `${(size / unit).toLocaleString("fr-FR", { maximumFractionDigits: unit === 1e6 ? 1 : 0 })}\u00a0${name}`;
}

/**
 * @typedef {{ file: File, place: HTMLElement, report?: Report }} Item
 */

class Files extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Item[]} */
  #items = [];
  /** @type {Item[]} those that wait */
  #queue = [];
  #running = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    zone(this, "entree").hidden = false;
    const input = this.#input;
    input.addEventListener("change", () => this.#take([...(input.files ?? [])]), { signal });
    zone(this, "annuler").addEventListener("click", () => this.#cancel(), { signal });
    zone(this, "endroit").addEventListener("change", () => this.#checkAgain(), { signal });
    for (const type of /** @type {const} */ (["dragover", "drop"])) {
      window.addEventListener(type, (event) => this.#onDrag(event), { signal });
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#queue = [];
    rest();
    unsaved.release(this);
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
    const room = MOST - this.#items.length;
    this.#say(files.length > room ? TOO_MANY : "");
    const taken = files.slice(0, Math.max(room, 0)).map((file) => ({ file, place: el("li", { class: "fichier" }, file.name) }));
    if (!taken.length) {
      return;
    }
    unsaved.hold(this);
    this.#items.push(...taken);
    this.#list.append(...taken.map(({ place }) => place));
    this.#queue.push(...taken);
    this.#input.value = "";
    this.#run();
  }

  /** The list of the files, made when the first comes. */
  get #list() {
    const result = zone(this, "resultat");
    const found = result.querySelector("ol");
    if (found) {
      return found;
    }
    const list = el("ol", { class: "fichiers-liste" });
    const erase = el("button", { type: "button", class: "md-button" }, "Retirer tous les fichiers");
    erase.addEventListener("click", () => this.#erase());
    result.replaceChildren(
      el("h3", { tabindex: "-1" }, "Vos fichiers"),
      el("p", { class: "calc-note" }, NOT_A_PROMISE),
      list,
      el("p", {}, erase),
    );
    return list;
  }

  /** What is allowed elsewhere is not allowed here. */
  #checkAgain() {
    this.#queue = [...this.#items];
    this.#items.forEach((item) => delete item.report);
    if (this.#queue.length) {
      this.#run();
    }
  }

  async #run() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    zone(this, "avancement").hidden = false;
    let done = 0;
    for (let item = this.#queue.shift(); item; item = this.#queue.shift()) {
      const total = done + 1 + this.#queue.length;
      const bar = /** @type {HTMLProgressElement} */ (zone(this, "barre"));
      [bar.max, bar.value] = [total, done];
      zone(this, "compte").textContent = done ? `Fichier ${done + 1} sur ${total}` : PREPARING;
      await this.#look(item);
      done += 1;
    }
    this.#running = false;
    zone(this, "avancement").hidden = true;
    rest();
    if (this.#items.every(({ report }) => report) && this.#items.length) {
      this.#tellAll();
    }
  }

  /** @param {Item} item */
  async #look(item) {
    const before = Object.fromEntries(
      this.#items.slice(0, this.#items.indexOf(item)).flatMap(({ report }) => (report ? [[report.empreinte, report.nom]] : [])),
    );
    try {
      await item.file.slice(0, 1).arrayBuffer();
    } catch (error) {
      console.debug(NAME, error);
      item.place.replaceChildren(el("strong", {}, item.file.name), el("p", {}, UNREADABLE));
      return;
    }
    try {
      item.report = await check(item.file, item.file.name, this.#limits, before);
      show(item.place, item.report);
    } catch (error) {
      console.debug(NAME, error);
      item.place.replaceChildren(el("strong", {}, item.file.name), el("p", {}, this.#reason(error)));
    }
  }

  /** @param {unknown} error */
  #reason(error) {
    if (error instanceof LibraryError) {
      return NO_LIBRARY;
    }
    const stopped = error instanceof EngineError && (error.reason === "timeout" || error.reason === "stopped");
    return stopped ? TOO_LONG : why(error, AGAIN);
  }

  #cancel() {
    this.#queue.forEach(({ place }) => place.remove());
    this.#items = this.#items.filter((item) => item.report || !this.#queue.includes(item));
    this.#queue = [];
    rest();
    this.#say(CANCELLED);
    this.#input.focus();
  }

  #erase() {
    this.#queue = [];
    this.#items = [];
    rest();
    zone(this, "resultat").replaceChildren();
    this.#say("Liste vidée. Vos fichiers n’ont pas été touchés.");
    unsaved.release(this);
    this.#input.focus();
  }

  #tellAll() {
    const refused = this.#items.filter(({ report }) => report?.verdict === "serait_refuse").length;
    const doubtful = this.#items.filter(({ report }) => report?.verdict === "a_verifier").length;
    const counts = [
      refused && `${refused} ${refused > 1 ? "seraient refusés" : "serait refusé"}`,
      doubtful && `${doubtful} à vérifier`,
    ].filter(Boolean);
    const number = this.#items.length;
    const files = `${number}\u00a0${number > 1 ? "fichiers vérifiés" : "fichier vérifié"}`;
    this.#say(`${files}\u00a0: ${counts.join(", ") || "rien à corriger"}.`);
    const title = zone(this, "resultat").querySelector("h3");
    if (title) {
      moveFocus(title);
    }
  }

  /** @param {string} text */
  #say(text) {
    zone(this, "annonce").textContent = text;
  }
}

/**
 * Shows what was found of a file.
 *
 * @param {HTMLElement} place
 * @param {Report} report
 */
function show(place, report) {
  const { nom, verdict, verdict_en_clair, type_en_clair, taille, pages, dimensions, motifs, nom_propose } = report;
  const facts = [
    type_en_clair,
    weight(taille),
    ...(pages ? [`${pages}\u00a0page${pages > 1 ? "s" : ""}`] : []),
    ...(dimensions ? [`${dimensions.join("\u00a0×\u00a0")} points`] : []),
  ];
  const reasons = motifs.map(({ message, remede }) => el("li", {}, el("strong", {}, message), " ", remede));
  const name = nom === nom_propose ? [] : [el("p", {}, "Nom proposé\u00a0: ", el("code", {}, nom_propose))];
  place.replaceChildren(
    el("p", { class: "fichier-nom" }, nom),
    el(
      "p",
      { class: `fichier-verdict fichier-verdict--${verdict}` },
      el("span", { "aria-hidden": "true" }, SIGNS[verdict]),
      ` ${verdict_en_clair}`,
    ),
    el("p", { class: "fichier-faits" }, facts.join(", ")),
    ...(reasons.length ? [el("ul", {}, ...reasons)] : []),
    ...name,
  );
}

customElements.define("mode-emploi-fichiers", Files);
