// Where the reader's files are looked at and mended: one task at a time, with a bar and a button that stops it. What is
// made of a file is looked at in its turn, and stands in its place; Python's memory is given back when nothing is left to do.

import { el } from "../common/dom.mjs";
import { EngineError } from "../engine/error.mjs";
import { why } from "../engine/why.mjs";
import { unsaved } from "../offline/unsaved.mjs";
import { LibraryError, ask, check, rest } from "./checker.mjs";
import { KEPT, mendsOf } from "./pdf.mjs";
import { UndrawableError, redraw } from "./photo.mjs";
import { figure, show, weight } from "./shown.mjs";

/** @typedef {import("./checker.mjs").Limits} Limits */
/** @typedef {import("./checker.mjs").Report} Report */
/**
 * @typedef {object} Item a file on the desk
 * @property {File} file
 * @property {HTMLElement} place where what was found of it is shown
 * @property {Report} [report] what was found, once it was
 * @property {boolean} [failed] it could not be looked at: why is in its place
 * @property {Item[]} [of] what it was made of
 * @property {HTMLElement[]} [made] how it was made, to be seen
 * @property {Item} [instead] what was made of it, and goes in its place
 */
/**
 * @typedef {object} Parts
 * @property {HTMLElement} progress shown while there is something to do
 * @property {HTMLElement} count
 * @property {HTMLProgressElement} bar
 * @property {HTMLElement} cancel
 * @property {HTMLElement} said read aloud
 */
/**
 * @typedef {object} Owner what the desk asks of where it stands
 * @property {() => Limits} limits those of the place where the files go
 * @property {(item: Item) => void} put shows the place of a file that was made
 * @property {(item: Item) => void} seen something was found of a file, or what is to be deposited of it changed
 * @property {(item: Item) => void} removed
 * @property {(looked: Item[]) => void} over nothing is left to do; `looked`: the files looked at meanwhile
 * @property {() => void} cancelled the button that had the focus is gone
 */
/** @typedef {{ words?: string, item?: Item, act: (signal: AbortSignal) => Promise<unknown> }} Task */
/** @typedef {{ titre: string, note: string, items: Item[] }} Heading what was asked for, and the files tied to it */

/** Files that are looked at, at most. */
const MOST = 200;

const NAME = "fichiers";
const PREPARING = "Le vérificateur se prépare…";
const CANCELLED = "Vérification arrêtée. Les fichiers déjà vérifiés restent dans la liste.";
const STOPPED = "Arrêté. Vos fichiers n’ont pas été touchés.";
const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé, ou est-ce un dossier\u00a0?";
const NO_LIBRARY = "Ce qui lit ces fichiers n’a pas pu être chargé. Vérifiez votre connexion, puis recommencez.";
const TOO_LONG =
  "La lecture de ce fichier a été arrêtée\u00a0: il demande trop de temps ou de mémoire. Demandez-en une autre copie.";
const AGAIN = "choisissez de nouveau vos fichiers";
const TOO_MANY = `Pas plus de ${MOST} fichiers à la fois\u00a0: les premiers seulement ont été pris.`;

const DRAWING = "L’image se prépare…";
const AS_JPEG = "En faire une image JPEG plus légère";
const UNDRAWABLE =
  "Ce navigateur ne sait pas ouvrir cette image. Sur un iPhone : Réglages, Appareil photo, Formats, « Le plus " +
  "compatible », puis reprenez la photo. Sur un Android : ouvrez-la dans Photos et enregistrez-en une copie en JPEG.";
const DRAWN = "Sans les données de l’appareil photo. Vérifiez que tout se lit avant de la déposer.";
const BINDING = "Le PDF se prépare…";
const PACKING = "Le zip se prépare…";

/** Kinds of image that a browser may draw, and why one is drawn anew. */
const IMAGES = new Set(["jpeg", "png", "heic", "avif", "webp", "gif", "bmp", "tiff"]);
const DRAWN_FOR = new Set([
  ...["trop-lourd", "poids-limite", "poids-inconnu", "image-tournee", "couleurs-imprimeur", "position", "double-nature"],
]);
/** The same, for an image that is not a JPEG already. */
const OTHER_THAN_JPEG = new Set(["format-refuse", "format-deconseille"]);
/** A phone has no memory to draw it. */
const HUGE = "image-immense";
/** Why a PDF is not put with others. */
const APART = new Set([...KEPT, HUGE]);

/** Desks that are at work: Python is the same for all those of a page. */
let busy = 0;

/**
 * Whether a file may be put with others in one PDF.
 *
 * @param {Item} item
 */
export function bindable({ report }) {
  const known = report && (report.type === "pdf" || IMAGES.has(report.type));
  return Boolean(known) && !report?.motifs.some(({ code }) => APART.has(code));
}

/**
 * Whether an image is better drawn anew.
 *
 * @param {Report} report
 */
function drawable({ type, motifs }) {
  const mends = motifs.some(({ code }) => DRAWN_FOR.has(code) || (type !== "jpeg" && OTHER_THAN_JPEG.has(code)));
  return IMAGES.has(type) && mends && !motifs.some(({ code }) => code === HUGE);
}

/**
 * The files to deposit: those that nothing was made of, and that would not be refused.
 *
 * @param {Item[]} items
 */
export function deposited(items) {
  return items.filter(({ report, instead }) => report && !instead && report.verdict !== "serait_refuse");
}

export class Desk {
  /** @type {Item[]} */
  items = [];
  /** What is to be said of the files that were not taken. */
  left = "";
  /** @type {Parts} */
  #parts;
  /** @type {Owner} */
  #owner;
  /** @type {Task[]} */
  #waiting = [];
  #running = false;
  #stop = new AbortController();
  /** @type {string[]} addresses of what was made */
  #addresses = [];

  /**
   * @param {Parts} parts
   * @param {Owner} owner
   */
  constructor(parts, owner) {
    [this.#parts, this.#owner] = [parts, owner];
    parts.cancel.addEventListener("click", () => this.#cancel());
  }

  /**
   * As many of these files as there is room for, each with its place, still to be shown.
   *
   * @param {File[]} files
   * @returns {Item[]}
   */
  take(files) {
    const room = Math.max(MOST - this.items.length, 0);
    this.left = files.length > room ? TOO_MANY : "";
    this.say(this.left);
    return files.slice(0, room).map((file) => ({ file, place: el("li", { class: "fichier", tabindex: "-1" }, file.name) }));
  }

  /**
   * Looks at files, whose places are shown.
   *
   * @param {Item[]} items
   */
  add(items) {
    if (items.length) {
      unsaved.hold(this);
      this.items.push(...items);
      this.#queue(items.map((item) => ({ item, act: (signal) => this.#look(item, signal) })));
    }
  }

  /**
   * Takes files that were looked at on another desk.
   *
   * @param {Item[]} items
   */
  adopt(items) {
    if (items.length) {
      unsaved.hold(this);
      this.items.push(...items);
      items.filter(({ report }) => report).forEach((item) => this.#show(item));
    }
  }

  /** What is allowed elsewhere is not allowed here: looks at all of them again. */
  again() {
    this.items.forEach((item) => {
      delete item.report;
      item.failed = false;
    });
    this.#waiting = [];
    this.#queue(this.items.map((item) => ({ item, act: (signal) => this.#look(item, signal) })));
  }

  /** @param {Item} item */
  remove(item) {
    this.#drop(item);
    this.#owner.removed(item);
  }

  /** Forgets all of it. */
  clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    [this.items, this.#waiting] = [[], []];
    this.#parts.progress.hidden = true;
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
    this.#rest();
    unsaved.release(this);
  }

  /** @param {string} text */
  say(text) {
    this.#parts.said.textContent = text;
  }

  /**
   * Makes one PDF of files, several if it were too heavy.
   *
   * @param {import("./binder.mjs").Sheet[]} sheets
   * @param {string} stem of its name
   * @param {(words: string) => void} failed why it was not made, for where it was asked
   */
  assemble(sheets, stem, failed) {
    this.#queue([{ words: BINDING, act: (signal) => this.#assemble(sheets, stem, failed, signal) }]);
  }

  /**
   * Makes a zip of the files tied to what was asked for, and of the list of it all.
   *
   * @param {Heading[]} headings
   * @param {string} subject what they are for
   * @param {string} name of the zip
   * @param {(link: HTMLAnchorElement, count: number) => void} made
   * @param {(words: string) => void} failed
   */
  pack(headings, subject, name, made, failed) {
    this.#queue([{ words: PACKING, act: (signal) => this.#pack(headings, subject, name, made, failed, signal) }]);
  }

  /** @param {Task[]} tasks */
  #queue(tasks) {
    this.#waiting.push(...tasks);
    this.#run();
  }

  async #run() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    busy += 1;
    let done = 0;
    /** @type {Item[]} */
    let looked = [];
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      const { signal } = this.#stop;
      this.#follow(task, done);
      // What is stopped may go on for a while, in the browser's hands: nothing waits for it, and nothing comes of it.
      await Promise.race([task.act(signal), new Promise((stop) => signal.addEventListener("abort", stop))]);
      done = signal.aborted ? 0 : done + 1;
      looked = signal.aborted ? [] : [...looked, ...(task.item ? [task.item] : [])];
    }
    this.#running = false;
    busy -= 1;
    this.#parts.progress.hidden = true;
    this.#rest();
    if (done) {
      this.#owner.over(looked.filter((item) => this.items.includes(item)));
    }
  }

  /**
   * Says how far it is.
   *
   * @param {Task} task
   * @param {number} done
   */
  #follow({ words }, done) {
    const { progress, bar, count } = this.#parts;
    const total = done + 1 + this.#waiting.length;
    progress.hidden = false;
    if (total > 1) {
      [bar.max, bar.value] = [total, done];
    } else {
      bar.removeAttribute("value"); // of one thing, how far it is is not known
    }
    count.textContent = words ?? (done ? `Fichier ${done + 1} sur ${total}` : PREPARING);
  }

  /** Gives Python's memory back, unless another desk is at work. */
  #rest() {
    if (busy <= (this.#running ? 1 : 0)) {
      rest();
    }
  }

  #cancel() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#waiting = [];
    this.#parts.progress.hidden = true;
    this.#rest();
    const lost = this.items.filter(({ report, failed }) => !report && !failed);
    lost.forEach((item) => this.#drop(item));
    lost.forEach((item) => this.#owner.removed(item));
    this.say(lost.length ? CANCELLED : STOPPED);
    this.#owner.cancelled();
  }

  /** @param {Item} item */
  #drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#waiting = this.#waiting.filter((task) => task.item !== item);
    item.place.remove();
    for (const one of item.of ?? []) {
      if (one.instead === item) {
        delete one.instead;
        this.#seen(one);
      }
    }
  }

  /**
   * @param {Item} item
   * @param {AbortSignal} signal
   */
  async #look(item, signal) {
    const { file } = item;
    const before = Object.fromEntries(
      this.items.slice(0, this.items.indexOf(item)).flatMap(({ report }) => (report ? [[report.empreinte, report.nom]] : [])),
    );
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch (error) {
      console.debug(NAME, error);
      this.#fail(item, UNREADABLE);
      return;
    }
    try {
      const report = await check(file, file.name, this.#owner.limits(), before);
      if (!signal.aborted && this.items.includes(item)) {
        item.report = report;
        this.#seen(item);
        this.#replace(item);
      }
    } catch (error) {
      console.debug(NAME, error);
      if (!signal.aborted) {
        this.#fail(item, reasonOf(error));
      }
    }
  }

  /**
   * What a file was made of is deposited no more, if it is better.
   *
   * @param {Item} item
   */
  #replace(item) {
    for (const one of item.of ?? []) {
      if (item.report?.verdict !== "serait_refuse" && this.items.includes(one)) {
        one.instead = item;
        this.#seen(one);
      }
    }
  }

  /**
   * @param {Item} item
   * @param {string} reason
   */
  #fail(item, reason) {
    item.failed = true;
    item.place.replaceChildren(el("p", { class: "fichier-nom" }, item.file.name), el("p", {}, reason), this.#gestures(item));
    this.#owner.seen(item);
  }

  /** @param {Item} item */
  #seen(item) {
    this.#show(item);
    this.#owner.seen(item);
  }

  /** @param {Item} item */
  #show(item) {
    const { report, instead, of, made = [], place, file } = item;
    if (!report) {
      return;
    }
    const saved = of ? [el("p", {}, this.#offer(file, report.nom_propose))] : [];
    const gone = instead
      ? [el("p", { class: "fichier-remplace" }, `« ${instead.file.name} » le remplace. Retirez celui-là pour reprendre celui-ci.`)]
      : [];
    show(place, report, [...made, ...saved, ...gone, ...this.#mends(item), this.#gestures(item)]);
  }

  /**
   * What can be done with one file.
   *
   * @param {Item} item
   */
  #gestures(item) {
    const { report, instead, file } = item;
    const place = el("p", { class: "fichiers-gestes" });
    if (report && !instead && drawable(report)) {
      const draw = el("button", { type: "button", class: "md-button", "aria-label": `${AS_JPEG} : ${file.name}` }, AS_JPEG);
      draw.addEventListener("click", () => {
        this.#queue([{ words: DRAWING, act: (signal) => this.#redraw(item, signal) }]);
      });
      place.append(draw);
    }
    const remove = el("button", { type: "button", class: "md-button", "aria-label": `Retirer ${file.name}` }, "Retirer");
    remove.addEventListener("click", () => this.remove(item));
    place.append(remove);
    return place;
  }

  /**
   * What can be made of a PDF.
   *
   * @param {Item} item
   */
  #mends(item) {
    const { report, instead } = item;
    if (report?.type !== "pdf" || instead) {
      return [];
    }
    return mendsOf({ ...report, limite: this.#owner.limits().prudence }, (mend) => this.#mended(item, mend));
  }

  /**
   * Makes another PDF of one; gives why it could not be, for where it was asked.
   *
   * @param {Item} item
   * @param {import("./pdf.mjs").Mend} mend
   * @returns {Promise<string>}
   */
  #mended(item, { asked, words, suffix }) {
    return new Promise((settle) => {
      let reason = "";
      const stopped = () => settle(reason);
      this.#stop.signal.addEventListener("abort", stopped, { once: true });
      this.#queue([
        {
          words,
          act: async (signal) => {
            try {
              const { erreur = "", rendus = [] } = await ask(asked, [item.file]);
              reason = erreur;
              if (!signal.aborted && this.items.includes(item)) {
                this.say("");
                const stem = (item.report?.nom_propose ?? "document").replace(/\.\w+$/, "");
                this.#givePdfs(rendus, `${stem}${suffix}`, [item]);
              }
            } catch (error) {
              this.#tell(error, signal, (told) => (reason = told));
            }
            settle(reason);
          },
        },
      ]);
    });
  }

  /**
   * @param {Blob[]} blobs
   * @param {string} stem
   * @param {Item[]} of
   */
  #givePdfs(blobs, stem, of) {
    blobs.forEach((blob, at) => {
      const part = blobs.length > 1 ? `-partie-${at + 1}` : "";
      this.#give(new Blob([blob], { type: "application/pdf" }), `${stem}${part}.pdf`, of);
    });
  }

  /**
   * Gives a file that was made: it is looked at as any other.
   *
   * @param {Blob} blob
   * @param {string} name
   * @param {Item[]} of
   * @param {HTMLElement[]} made
   */
  #give(blob, name, of, made = []) {
    const file = new File([blob], name, { type: blob.type });
    const item = { file, of, made, place: el("li", { class: "fichier", tabindex: "-1" }, name) };
    this.#owner.put(item);
    this.add([item]);
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  #offer(blob, name) {
    const address = URL.createObjectURL(blob);
    this.#addresses.push(address);
    return el("a", { href: address, download: name, class: "md-button md-button--primary" }, `Enregistrer « ${name} »`);
  }

  /**
   * @param {Item} item
   * @param {AbortSignal} signal
   */
  async #redraw(item, signal) {
    const { file, report } = item;
    try {
      const { blob, shown, size } = await redraw(file, this.#owner.limits().prudence);
      if (signal.aborted || !this.items.includes(item)) {
        return;
      }
      const [before = el("canvas"), after = el("canvas")] = shown;
      const figures = [
        figure(before, `Avant : ${report?.dimensions?.join(" × ") ?? report?.type_en_clair}, ${weight(file.size)}`),
        figure(after, `Après : ${size}, ${weight(blob.size)}`),
      ];
      const name = (report?.nom_propose ?? "image").replace(/\.\w+$/, "") + "-allegee.jpg";
      this.#give(blob, name, [item], [el("div", { class: "fichiers-images" }, ...figures), el("p", {}, DRAWN)]);
    } catch (error) {
      this.#tell(error, signal, (words) => {
        item.place.querySelector(".fichier-echec")?.remove();
        item.place.querySelector(".fichiers-gestes")?.before(el("p", { class: "fichier-echec" }, words));
      });
    }
  }

  /**
   * @param {import("./binder.mjs").Sheet[]} sheets
   * @param {string} stem
   * @param {(words: string) => void} failed
   * @param {AbortSignal} signal
   */
  async #assemble(sheets, stem, failed, signal) {
    const limit = this.#owner.limits().prudence;
    const of = sheets.flatMap(({ file }) => this.items.filter((item) => item.file === file));
    try {
      const blobs = [];
      for (const { file, report } of of) {
        blobs.push(report?.type === "pdf" ? file : (await redraw(file, limit)).blob);
        if (signal.aborted) {
          return;
        }
      }
      const noms = sheets.map(({ file }) => file.name);
      const asked = { action: "assembler", noms, tours: sheets.map(({ tour }) => tour), limite: limit };
      const { erreur, rendus = [] } = await ask(asked, blobs);
      if (signal.aborted) {
        return;
      }
      if (erreur) {
        this.say(erreur);
        failed(erreur);
        return;
      }
      this.#givePdfs(rendus, stem, of);
    } catch (error) {
      this.#tell(error, signal, failed);
    }
  }

  /**
   * @param {Heading[]} headings
   * @param {string} subject
   * @param {string} name
   * @param {(link: HTMLAnchorElement, count: number) => void} made
   * @param {(words: string) => void} failed
   * @param {AbortSignal} signal
   */
  async #pack(headings, subject, name, made, failed, signal) {
    const rubriques = headings.map(({ titre, note, items }) => ({
      titre,
      note,
      fichiers: items.map(({ file, report }) => ({
        nom: report?.nom_propose,
        type: report?.type,
        pages: report?.pages ?? null,
        taille: file.size,
      })),
    }));
    const files = headings.flatMap(({ items }) => items.map(({ file }) => file));
    try {
      const asked = { action: "emballer", titre: "Bordereau des pièces", objet: subject, rubriques };
      const { rendus = [] } = await ask(asked, files);
      const [zip] = rendus;
      if (zip && !signal.aborted) {
        made(this.#offer(new Blob([zip], { type: "application/zip" }), name), files.length);
      }
    } catch (error) {
      this.#tell(error, signal, failed);
    }
  }

  /**
   * Says aloud why something was not made, and shows it where it was asked, which may be far down the page.
   *
   * @param {unknown} error
   * @param {AbortSignal} signal
   * @param {(words: string) => void} failed
   */
  #tell(error, signal, failed) {
    console.debug(NAME, error);
    if (!signal.aborted) {
      const words = error instanceof UndrawableError ? UNDRAWABLE : reasonOf(error);
      this.say(words);
      failed(words);
    }
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof LibraryError) {
    return NO_LIBRARY;
  }
  const stopped = error instanceof EngineError && (error.reason === "timeout" || error.reason === "stopped");
  return stopped ? TOO_LONG : why(error, AGAIN);
}
