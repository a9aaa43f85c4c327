// The files that a reader is about to deposit: dropped or chosen, looked at one after the other on the device. Nothing of
// them is sent nor stored; their names and contents stand in the page as text alone.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { EngineError } from "../engine/error.mjs";
import { why } from "../engine/why.mjs";
import { isoDay } from "../common/dates.mjs";
import { unsaved } from "../offline/unsaved.mjs";
import { Binder } from "./binder.mjs";
import { LibraryError, ask, check, rest } from "./checker.mjs";
import { KEPT, mendsOf } from "./pdf.mjs";
import { UndrawableError, redraw } from "./photo.mjs";

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
const PACKING = "Les fichiers de la liste, sauf ceux qui seraient refusés, sous leur nom simple, avec une liste numérotée en PDF.";
const AGAIN = "choisissez de nouveau vos fichiers";

const AS_JPEG = "En faire une image JPEG plus légère";
const UNDRAWABLE =
  "Ce navigateur ne sait pas ouvrir cette image. Sur un iPhone : Réglages, Appareil photo, Formats, « Le plus " +
  "compatible », puis reprenez la photo. Sur un Android : ouvrez-la dans Photos et enregistrez-en une copie en JPEG.";
const DRAWN = "Sans les données de l’appareil photo. Vérifiez que tout se lit avant de la déposer.";

/** Kinds of image that a browser may draw, and why one is drawn anew. */
const IMAGES = new Set(["jpeg", "png", "heic", "avif", "webp", "gif", "bmp", "tiff"]);
const DRAWN_FOR = new Set([
  ...["format-refuse", "format-deconseille", "trop-lourd", "poids-limite", "poids-inconnu"],
  ...["image-tournee", "couleurs-imprimeur", "position", "double-nature"],
]);
/** A phone has no memory to draw it. */
const HUGE = "image-immense";
/** Why a PDF is not put with others. */
const APART = new Set([...KEPT, HUGE]);

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

/** @typedef {{ file: File, place: HTMLElement, report?: Report, made?: HTMLElement[] }} Item `made`: how to take it away */

class Files extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Item[]} */
  #items = [];
  /** @type {Item[]} those that wait */
  #queue = [];
  #running = false;
  #working = 0;
  #stopping = false;
  #binder = new Binder((sheets) => this.#assemble(sheets));
  /** @type {string[]} addresses of what was made */
  #addresses = [];

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
    this.#free();
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
    this.#queueUp(files.slice(0, Math.max(room, 0)).map((file) => ({ file, place: el("li", { class: "fichier" }, file.name) })));
  }

  /** @param {Item[]} taken */
  #queueUp(taken) {
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
    const pack = el("button", { type: "button", class: "md-button" }, "Faire un zip avec un bordereau");
    pack.addEventListener("click", () => this.#pack());
    result.replaceChildren(
      el("h2", { tabindex: "-1" }, "Vos fichiers"),
      el("p", { class: "calc-note" }, NOT_A_PROMISE),
      list,
      this.#binder.element,
      el("section", { class: "fichiers-emballer" }, el("h3", {}, "Emporter le tout"), el("p", {}, PACKING), el("p", {}, pack)),
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
    [this.#running, this.#stopping] = [true, false];
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
    this.#settle();
    if (!this.#stopping && this.#items.length) {
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
      show(item.place, item.report, [...(item.made ?? []), ...this.#mends(item), this.#gestures(item)]);
      const { type, motifs } = item.report;
      if ((type === "pdf" || IMAGES.has(type)) && !motifs.some(({ code }) => APART.has(code))) {
        this.#binder.add(item.file);
      }
    } catch (error) {
      console.debug(NAME, error);
      if (this.#stopping) {
        // It was not looked at to its end, because the reader wished so.
        this.#items = this.#items.filter((other) => other !== item);
        item.place.remove();
        return;
      }
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

  /**
   * What can be done with one file.
   *
   * @param {Item} item
   */
  #gestures(item) {
    const { type, motifs } = /** @type {Report} */ (item.report);
    const place = el("p", { class: "fichiers-gestes" });
    if (IMAGES.has(type) && motifs.some(({ code }) => DRAWN_FOR.has(code)) && !motifs.some(({ code }) => code === HUGE)) {
      const draw = el("button", { type: "button", class: "md-button", "aria-label": `${AS_JPEG} : ${item.file.name}` }, AS_JPEG);
      draw.addEventListener("click", () => this.#redraw(item));
      place.append(draw);
    }
    const remove = el("button", { type: "button", class: "md-button", "aria-label": `Retirer ${item.file.name}` }, "Retirer");
    remove.addEventListener("click", () => this.#remove(item));
    place.append(remove);
    return place;
  }

  /**
   * What can be made of a PDF.
   *
   * @param {Item} item
   */
  #mends({ file, report }) {
    if (report?.type !== "pdf") {
      return [];
    }
    const stem = report.nom_propose.replace(/\.\w+$/, "");
    return mendsOf({ ...report, limite: this.#limits.prudence }, async ({ asked, words, suffix }) => {
      let reason = "";
      await this.#work(words, async () => {
        const { erreur = "", rendus = [] } = await ask(asked, [file]);
        reason = erreur;
        this.#say("");
        this.#givePdfs(rendus, `${stem}${suffix}`);
      });
      return reason;
    });
  }

  /**
   * Makes something, while the reader sees that it goes on and may stop it.
   *
   * @param {string} words
   * @param {() => Promise<void>} make
   */
  async #work(words, make) {
    this.#say(words);
    this.#working += 1;
    this.#stopping = false;
    if (!this.#running) {
      zone(this, "avancement").hidden = false;
      zone(this, "barre").removeAttribute("value");
      zone(this, "compte").textContent = words;
    }
    try {
      await make();
    } catch (error) {
      console.debug(NAME, error);
      if (!this.#stopping) {
        this.#say(error instanceof UndrawableError ? UNDRAWABLE : this.#reason(error));
      }
    } finally {
      this.#working -= 1;
      this.#settle();
    }
  }

  /**
   * @param {Blob[]} blobs
   * @param {string} stem
   */
  #givePdfs(blobs, stem) {
    blobs.forEach((blob, at) => {
      const part = blobs.length > 1 ? `-partie-${at + 1}` : "";
      this.#give(new Blob([blob], { type: "application/pdf" }), `${stem}${part}.pdf`);
    });
  }

  /** @param {Item} item */
  #remove(item) {
    this.#items = this.#items.filter((other) => other !== item);
    this.#queue = this.#queue.filter((other) => other !== item);
    this.#binder.remove(item.file);
    item.place.remove();
    if (!this.#items.length) {
      this.#erase();
    }
    this.#input.focus();
  }

  /**
   * Gives a file that was made: it is looked at as any other.
   *
   * @param {Blob} blob
   * @param {string} name
   * @param {HTMLElement[]} shown
   */
  #give(blob, name, shown = []) {
    const file = new File([blob], name, { type: blob.type });
    const made = [...shown, el("p", {}, this.#offer(blob, name))];
    this.#queueUp([{ file, made, place: el("li", { class: "fichier" }, name) }]);
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  #offer(blob, name) {
    const address = URL.createObjectURL(blob);
    this.#addresses.push(address);
    return el("a", { href: address, download: name, class: "md-button md-button--primary" }, `Enregistrer « ${name} »`);
  }

  #free() {
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
  }

  /** @param {Item} item */
  #redraw({ file, report }) {
    return this.#work("L’image se prépare…", async () => {
      const { blob, shown, size } = await redraw(file, this.#limits.prudence);
      if (this.#stopping) {
        return;
      }
      const [before = el("canvas"), after = el("canvas")] = shown;
      const figures = [
        figure(before, `Avant : ${report?.dimensions?.join(" × ") ?? report?.type_en_clair}, ${weight(file.size)}`),
        figure(after, `Après : ${size}, ${weight(blob.size)}`),
      ];
      const name = (report?.nom_propose ?? "image").replace(/\.\w+$/, "") + "-allegee.jpg";
      this.#give(blob, name, [el("div", { class: "fichiers-images" }, ...figures), el("p", {}, DRAWN)]);
    });
  }

  /** @param {import("./binder.mjs").Sheet[]} sheets */
  #assemble(sheets) {
    const limit = this.#limits.prudence;
    return this.#work("Le PDF se prépare…", async () => {
      const blobs = [];
      for (const { file } of sheets) {
        const { type } = this.#items.find((item) => item.file === file)?.report ?? {};
        blobs.push(type === "pdf" ? file : (await redraw(file, limit)).blob);
        if (this.#stopping) {
          return;
        }
      }
      const names = sheets.map(({ file }) => file.name);
      const asked = { action: "assembler", noms: names, tours: sheets.map(({ tour }) => tour), limite: limit };
      const { erreur = "", rendus = [] } = await ask(asked, blobs);
      this.#say(erreur);
      this.#givePdfs(rendus, `${isoDay()}_documents`);
    });
  }

  async #pack() {
    const kept = this.#items.filter(({ report }) => report && report.verdict !== "serait_refuse");
    if (!kept.length) {
      this.#say("Aucun fichier à emporter : tous seraient refusés.");
      return;
    }
    const names = kept.map(({ report }, at) => `${String(at + 1).padStart(2, "0")}_${report?.nom_propose}`);
    const lines = kept.map(({ report, file }, at) => {
      const pages = report?.pages ? `, ${report.pages} page${report.pages > 1 ? "s" : ""}` : "";
      return `${names[at]}${pages}, ${weight(file.size)}`;
    });
    await this.#work("Le zip se prépare…", async () => {
      const asked = { action: "emballer", noms: names, lignes: lines, titre: "Bordereau des pièces" };
      const { rendus = [] } = await ask(asked, kept.map(({ file }) => file));
      const [zip] = rendus;
      if (zip) {
        const link = this.#offer(new Blob([zip], { type: "application/zip" }), `${isoDay()}_pieces.zip`);
        const place = zone(this, "resultat").querySelector(".fichiers-emballer p:last-child");
        place?.replaceChildren(...[...place.children].slice(0, 1), " ", link);
        this.#say(`${kept.length > 1 ? `${kept.length} fichiers et leur bordereau sont prêts` : "Le fichier et son bordereau sont prêts"}.`);
        link.focus();
      }
    });
  }

  /** Gives Python's memory back, once it has nothing left to look at or to make. */
  #settle() {
    if (!this.#running && !this.#working) {
      zone(this, "avancement").hidden = true;
      rest();
    }
  }

  #cancel() {
    this.#queue.forEach(({ place }) => place.remove());
    this.#items = this.#items.filter((item) => item.report || !this.#queue.includes(item));
    this.#queue = [];
    this.#stopping = true;
    rest();
    this.#say(CANCELLED);
    this.#input.focus();
  }

  #erase() {
    this.#queue = [];
    this.#items.forEach(({ file }) => this.#binder.remove(file));
    this.#items = [];
    this.#free();
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
    const title = zone(this, "resultat").querySelector("h2");
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
 * @param {HTMLCanvasElement} canvas
 * @param {string} words
 */
function figure(canvas, words) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words);
  return el("figure", {}, canvas, el("figcaption", {}, words));
}

/**
 * Shows what was found of a file.
 *
 * @param {HTMLElement} place
 * @param {Report} report
 * @param {HTMLElement[]} more
 */
function show(place, report, more) {
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
    ...more,
  );
}

customElements.define("mode-emploi-fichiers", Files);
