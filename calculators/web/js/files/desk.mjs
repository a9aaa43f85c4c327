// Where the reader's files are looked at and mended. What is made of a file is looked at in its turn, and stands in its place.

import { el, moveFocus } from "../common/dom.mjs";
import { unsaved } from "../offline/unsaved.mjs";
import { ask, check } from "./checker.mjs";
import { assembled, packed, redrawn } from "./making.mjs";
import { mendsOf } from "./pdf.mjs";
import { Queue, doneOrStopped } from "./queue.mjs";
import { UNREADABLE, reasonOf } from "./reasons.mjs";
import { gestures, show } from "./shown.mjs";

/** @typedef {import("./checker.mjs").Limits} Limits */
/** @typedef {import("./items.mjs").Item} Item */
/** @typedef {import("./making.mjs").Heading} Heading */
/** @typedef {import("./queue.mjs").Progress & { cancel: HTMLElement, said: HTMLElement }} Parts `said` is read aloud */
/**
 * @typedef {object} Owner what the desk asks of where it stands
 * @property {() => Limits} limits those of the place where the files go
 * @property {(item: Item) => void} put shows the place of a file that was made
 * @property {(item: Item) => void} seen something was found of a file, or what is to be deposited of it changed
 * @property {(item: Item) => void} removed
 * @property {(looked: Item[]) => void} over nothing is left to do; `looked`: the files looked at meanwhile
 * @property {() => void} cancelled the button that had the focus is gone
 */

/** Files that are looked at, at most. */
const MOST = 200;

const NAME = "fichiers";
const CANCELLED = "Vérification arrêtée. Les fichiers déjà vérifiés restent dans la liste.";
const UNCHECKED = "Pas encore vérifié pour l’endroit que vous avez choisi.";
const CHECK = "Vérifier les fichiers qui restent";
const GONE = "Aucun PDF n’a été fait\u00a0: ses fichiers ne sont plus dans la liste.";
const STOPPED = "Arrêté. Vos fichiers n’ont pas été touchés.";
const TOO_MANY = `Pas plus de ${MOST} fichiers à la fois\u00a0: les premiers seulement ont été pris.`;

const DRAWING = "L’image se prépare…";
const BINDING = "Le PDF se prépare…";
const PACKING = "Le zip se prépare…";

/**
 * Whether a file is kept though it was not looked at.
 *
 * @param {Item} item
 */
function stays({ known, of }) {
  return Boolean(known ?? of);
}

export class Desk {
  /** @type {Item[]} */
  items = [];
  /** What is to be said with what was found: of the files that were not taken, of a PDF that was not made. */
  left = "";
  /** Looks at the files that the reader stopped before. */
  #rest = el("p", { class: "fichiers-gestes" });
  /** @type {Parts} */
  #parts;
  /** @type {Owner} */
  #owner;
  /** @type {Queue} */
  #queue;
  /** @type {string[]} addresses of what was made */
  #addresses = [];

  /**
   * @param {Parts} parts
   * @param {Owner} owner
   */
  constructor(parts, owner) {
    [this.#parts, this.#owner] = [parts, owner];
    this.#queue = new Queue(parts, (looked) => {
      owner.over(looked.filter((item) => this.items.includes(item)));
      this.left = "";
    });
    parts.cancel.addEventListener("click", () => this.#cancel());
    const check = el("button", { type: "button", class: "md-button" }, CHECK);
    check.addEventListener("click", () => this.#check(this.items.filter(({ stopped }) => stopped)));
    this.#rest.append(check);
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
      this.#lookAt(items);
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
    this.items.forEach((item) => delete item.report);
    this.#queue.drop(({ item }) => Boolean(item));
    this.#lookAt(this.items);
  }

  /** @param {Item} item */
  remove(item) {
    this.#drop(item);
    this.#owner.removed(item);
  }

  /** Forgets all of it. */
  clear() {
    this.items = [];
    this.#offerRest();
    this.#queue.stop();
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
    unsaved.release(this);
  }

  /** @param {string} text */
  say(text) {
    this.#parts.said.textContent = text;
  }

  /**
   * Makes one PDF of files, several if it were too heavy: of those that are still there when its turn comes.
   *
   * @param {import("./binder.mjs").Sheet[]} sheets
   * @param {string} stem of its name
   * @param {(words: string) => void} failed why it was not made, for where it was asked
   */
  assemble(sheets, stem, failed) {
    this.#make(BINDING, failed, async (signal) => {
      const left = sheets.flatMap(({ file, tour }) => this.items.filter((item) => item.file === file).map((item) => ({ item, tour })));
      const { erreur, rendus = [] } = left.length ? await assembled(left, this.#owner.limits().prudence, signal) : {};
      if (signal.aborted) {
        return;
      }
      // Some may have been taken away meanwhile: what was made stands beside the others.
      const of = left.map(({ item }) => item).filter((item) => this.items.includes(item));
      const reason = of.length ? erreur : GONE;
      if (reason) {
        this.left = reason;
        this.say(reason);
        failed(reason);
        return;
      }
      this.#givePdfs(rendus, stem, of);
    });
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
    this.#make(PACKING, failed, async (signal) => {
      const { zip, count } = await packed(headings, subject);
      if (zip && !signal.aborted) {
        made(this.#offer(new Blob([zip], { type: "application/zip" }), name), count);
      }
    });
  }

  #cancel() {
    this.#queue.stop();
    this.left = "";
    const waiting = this.items.filter(({ report, failed }) => !report && !failed);
    // What was looked at once, for another place, or was made here, is not lost with what was only brought.
    const [kept, lost] = [waiting.filter(stays), waiting.filter((item) => !stays(item))];
    lost.forEach((item) => this.#drop(item));
    lost.forEach((item) => this.#owner.removed(item));
    for (const item of kept) {
      [item.failed, item.stopped] = [UNCHECKED, true];
      this.#seen(item);
    }
    this.#offerRest();
    const rest = kept.length ? ` ${kept.length} ${kept.length > 1 ? "restent" : "reste"} à vérifier pour cet endroit.` : "";
    this.say(waiting.length ? CANCELLED + rest : STOPPED);
    this.#owner.cancelled();
  }

  /** Offers to look at the files that the reader stopped before, if there are some. */
  #offerRest() {
    if (this.items.some(({ stopped }) => stopped)) {
      this.#parts.said.after(this.#rest);
    } else {
      this.#rest.remove();
    }
  }

  /**
   * Looks at files that the reader stopped before.
   *
   * @param {Item[]} items
   */
  #check(items) {
    this.#lookAt(items);
    const [first] = items;
    if (first) {
      moveFocus(first.place); // the button is gone
    }
  }

  /** @param {Item} item */
  #drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#queue.drop((task) => task.item === item);
    item.place.remove();
    this.#offerRest();
    for (const one of item.of ?? []) {
      if (one.instead === item) {
        delete one.instead;
        this.#seen(one);
      }
    }
  }

  /** @param {Item[]} items */
  #lookAt(items) {
    for (const item of items.filter(({ stopped }) => stopped)) {
      delete item.stopped;
      delete item.failed;
      this.#seen(item);
    }
    this.#offerRest();
    this.#queue.add(items.map((item) => ({ item, act: (signal) => this.#look(item, signal) })));
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
    const limits = this.#owner.limits();
    try {
      const report = await check(file, file.name, limits, before);
      if (signal.aborted || !this.items.includes(item)) {
        return;
      }
      item.known = report;
      // For a place that the reader changed meanwhile, it is looked at again in its turn.
      if (limits.titre === this.#owner.limits().titre) {
        item.report = report;
        delete item.failed;
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
    item.failed = reason;
    delete item.known;
    this.#seen(item);
  }

  /** @param {Item} item */
  #seen(item) {
    this.#show(item);
    this.#owner.seen(item);
  }

  /** @param {Item} item */
  #show(item) {
    const { report, known, failed, instead, of, made = [], place, file } = item;
    const saved = of ? [el("p", {}, this.#offer(file, known?.nom_propose ?? file.name))] : [];
    const gone = instead
      ? [el("p", { class: "fichier-remplace" }, `« ${instead.file.name} » le remplace. Retirez celui-là pour reprendre celui-ci.`)]
      : [];
    const more = [...made, ...saved, ...gone, ...this.#mends(item), this.#gestures(item)];
    if (report) {
      show(place, report, more);
    } else {
      place.replaceChildren(el("p", { class: "fichier-nom" }, file.name), ...(failed ? [el("p", {}, failed)] : []), ...more);
    }
  }

  /** @param {Item} item */
  #gestures(item) {
    return gestures(item, () => this.#redraw(item), () => this.remove(item), () => this.#check([item]));
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
  async #mended(item, { asked, words, suffix }) {
    let reason = "";
    const { signal: stopped } = this.#queue;
    const made = this.#make(words, (told) => (reason = told), async (signal) => {
      const { erreur = "", rendus = [] } = await ask(asked, [item.file]);
      reason = erreur;
      if (!signal.aborted && this.items.includes(item)) {
        this.say("");
        const stem = (item.known?.nom_propose ?? "document").replace(/\.\w+$/, "");
        this.#givePdfs(rendus, `${stem}${suffix}`, [item]);
      }
    });
    await doneOrStopped(made, stopped);
    return reason;
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

  /** @param {Item} item */
  #redraw(item) {
    const failed = (/** @type {string} */ words) => {
      item.place.querySelector(".fichier-echec")?.remove();
      item.place.querySelector(".fichiers-gestes")?.before(el("p", { class: "fichier-echec" }, words));
    };
    this.#make(DRAWING, failed, async (signal) => {
      const { blob, name, made } = await redrawn(item, this.#owner.limits().prudence);
      if (!signal.aborted && this.items.includes(item)) {
        this.#give(blob, name, [item], made);
      }
    });
  }

  /**
   * Makes something in its turn, or says aloud why it was not, and shows it where it was asked, which may be far down the page.
   *
   * @param {string} words said meanwhile
   * @param {(words: string) => void} failed
   * @param {(signal: AbortSignal) => Promise<void>} make
   * @returns {Promise<void>} resolved once this is over; never if it is stopped before its turn
   */
  #make(words, failed, make) {
    return new Promise((over) => {
      const act = async (/** @type {AbortSignal} */ signal) => {
        try {
          await make(signal);
        } catch (error) {
          console.debug(NAME, error);
          if (!signal.aborted) {
            const reason = reasonOf(error);
            this.say(reason);
            failed(reason);
          }
        }
        over();
      };
      this.#queue.add([{ words, act }]);
    });
  }
}
