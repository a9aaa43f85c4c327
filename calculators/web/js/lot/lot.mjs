// A file of thousands of cases, CSV or workbook, answered in the page: read piece by piece, answered slice by slice by the
// engine, and given back as a file of the same kind. Nothing is sent, nothing is stored.

import { textOf } from "../common/bytes.mjs";
import { isoDay } from "../common/dates.mjs";
import { el, moveFocus, zone } from "../common/dom.mjs";
import { warmUp } from "../form/warmup.mjs";
import { download } from "../engine/download.mjs";
import { engine } from "../engine/engine.mjs";
import { EngineError } from "../engine/error.mjs";
import { why } from "../engine/why.mjs";
import { unsaved } from "../offline/unsaved.mjs";
import { Partner } from "./partner.mjs";

/** @typedef {{ champ: string, message: string }} Fault */
/**
 * @typedef {{ ok: true, texte: string, lignes: number, fautes: number, lus: number, attend: boolean, avis?: string[],
 *   agenda: string, fichier?: string, extension?: string, rangs?: string[][], colonnes?: string[] }
 *   | { ok: false, perdu?: boolean, manque?: boolean, erreurs: Fault[] }} Reply
 */
/** @typedef {{ blob: Blob, extension: string, avis: string[], agenda?: Blob }} Result `agenda`: the dates of all the lines */

const PIECE = 1 << 16;
/** Texts are handed to the browser, which may keep them out of memory, by this many characters. */
const PART = 1 << 20;
/** The percentages that are read aloud: the bar shows the others. */
const STEP = 25;

const PREPARING = "Le calculateur se prépare…";
const AGAIN_PREPARING = "Encore un instant\u00a0: le calculateur reçoit une autre de ses parties. Le calcul reprendra tout seul.";
const CANCELLED = "Calcul annulé. Rien n’a été gardé.";
const ONE_FILE = "Déposez un seul fichier à la fois.";
const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé, ou est-ce un dossier\u00a0?";
const NO_LIBRARY =
  "Ce qui lit les classeurs n’a pas pu être chargé. Vérifiez votre connexion et recommencez, ou enregistrez le classeur au format CSV.";
const ONE_CALENDAR = "Un seul agenda pour tout le fichier\u00a0:";
const AGAIN = "choisissez de nouveau le fichier";
const STOPPED = "Le calcul s’est interrompu. Choisissez de nouveau le fichier pour recommencer.";

let files = 0;

/** A file that could not be read from the device. */
class ReadError extends Error {}

/** What reads workbooks has not come. */
class LibraryError extends Error {}

/** A file that Python refuses; says why, and how to mend it. */
class Refused extends Error {
  /** @param {Fault[]} faults */
  constructor(faults) {
    super("refused");
    this.faults = faults;
  }
}

/** @param {number} count */
function inWords(count) {
  return count.toLocaleString("fr-FR");
}

/**
 * @param {Blob} piece
 * @returns {Promise<string>} a character a byte
 */
async function bytesOf(piece) {
  const content = await piece.arrayBuffer().catch((error) => {
    throw new ReadError(String(error));
  });
  return textOf(new Uint8Array(content));
}

/**
 * Gives Python what reads workbooks, from this site as everything else.
 *
 * @param {AbortSignal} signal
 */
async function teach(signal) {
  const address = engine.address(ENGINE.sheets);
  const content = await download(address, ENGINE.sheets_integrity, () => undefined, { signal }).catch((error) => {
    console.debug("lot", error);
    throw new LibraryError();
  });
  signal.throwIfAborted();
  await engine.call({ bibliotheque: btoa(textOf(new Uint8Array(content))), nom: "classeurs" });
}

/** What has been answered so far, as parts of a file. */
class Parts {
  /** @type {Blob[]} */
  #whole = [];
  #last = "";

  /** @param {string} text */
  add(text) {
    this.#last += text;
    if (this.#last.length > PART) {
      this.#whole.push(new Blob([this.#last]));
      this.#last = "";
    }
  }

  /** @param {string} type */
  file(type) {
    return new Blob([...this.#whole, this.#last], { type });
  }
}

/**
 * Answers a file.
 *
 * @param {string} calculator
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(reply: Reply & { ok: true }) => void} progress
 * @returns {Promise<Result>}
 */
async function answerFile(calculator, file, signal, progress) {
  files += 1;
  const numero = files;
  const partner = new Partner(file.size > PIECE);
  const forget = () => engine.forget(numero);
  signal.addEventListener("abort", forget);
  try {
    return await answerWith(partner, calculator, numero, file, signal, progress);
  } finally {
    forget();
    partner.end();
  }
}

/**
 * @param {Partner} partner
 * @param {string} calculator
 * @param {number} numero of the file
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(reply: Reply & { ok: true }) => void} progress
 * @returns {Promise<Result>}
 */
async function answerWith(partner, calculator, numero, file, signal, progress) {
  const parts = new Parts();
  const dates = new Parts();
  const asked = { calculateur: calculator, aujourdhui: isoDay() };
  const ensemble = partner.wanted;
  for (let at = 0; at === 0 || at < file.size; at += PIECE) {
    const fin = at + PIECE >= file.size;
    let octets = await bytesOf(file.slice(at, at + PIECE));
    let debut = at === 0;
    let attend = true;
    /** @type {unknown[]} */
    let reponses = [];
    while (attend) {
      signal.throwIfAborted();
      const request = { ...asked, lot: { numero, octets, debut, fin, ensemble, reponses } };
      let reply = /** @type {Reply} */ (await engine.call(request));
      if (!reply.ok && reply.manque) {
        await teach(signal);
        // Another file may have begun meanwhile: Python has only one in mind.
        signal.throwIfAborted();
        reply = /** @type {Reply} */ (await engine.call(request));
      }
      signal.throwIfAborted();
      if (!reply.ok) {
        if (reply.perdu || reply.manque) {
          throw new EngineError("stopped", "the file was forgotten");
        }
        throw new Refused(reply.erreurs);
      }
      parts.add(reply.texte);
      dates.add(reply.agenda);
      progress(reply);
      if (reply.avis) {
        const { avis, fichier, extension = "csv" } = reply;
        const blob = fichier === undefined ? parts.file("text/csv;charset=utf-8") : binary(fichier);
        const agenda = dates.file("text/calendar;charset=utf-8");
        return { blob, extension, avis, agenda: agenda.size ? agenda : undefined };
      }
      const { rangs, colonnes = [] } = reply;
      reponses = rangs ? await partner.ask({ ...asked, colonnes }, rangs) : [];
      [octets, debut, attend] = ["", false, reply.attend];
    }
  }
  throw new EngineError("stopped", "the file has no end");
}

/** @param {string} text a character a byte */
function binary(text) {
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))]);
}

class Batch extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {AbortController | undefined} alive while a file is being answered */
  #run;
  /** Addresses of the last result. @type {string[]} */
  #addresses = [];
  #said = -1;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const drop = zone(this, "depot");
    drop.hidden = false;
    const input = this.#input;
    input.addEventListener("change", () => this.#take(input.files), { signal });
    zone(this, "annuler").addEventListener("click", () => this.#cancel(), { signal });
    // A file dropped beside the zone must not replace the page, and what was typed in it.
    for (const type of /** @type {const} */ (["dragover", "drop"])) {
      window.addEventListener(type, (event) => this.#onDrag(event, drop), { signal });
    }
    engine.addEventListener("state", () => this.#showCount(), { signal });
    warmUp(this, signal);
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#run?.abort();
    this.#free();
    unsaved.release(this);
  }

  get #input() {
    const found = this.querySelector("input[type=file]");
    if (!(found instanceof HTMLInputElement)) {
      throw new Error("no field for a file");
    }
    return found;
  }

  /**
   * @param {DragEvent} event
   * @param {HTMLElement} drop
   */
  #onDrag(event, drop) {
    const transfer = event.dataTransfer;
    if (!transfer?.types.includes("Files")) {
      return;
    }
    const inside = event.target instanceof Node && drop.contains(event.target);
    event.preventDefault();
    transfer.dropEffect = inside ? "copy" : "none";
    drop.classList.toggle("lot-depot--survol", inside && event.type === "dragover");
    if (inside && event.type === "drop") {
      this.#take(transfer.files);
    }
  }

  /** @param {FileList | null} chosen */
  #take(chosen) {
    const [file, ...others] = chosen ?? [];
    if (others.length) {
      this.#say(ONE_FILE);
    } else if (file) {
      this.#answer(file);
    }
  }

  /** @param {File} file */
  async #answer(file) {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.#begin();
    try {
      const result = await answerFile(this.dataset.calculateur ?? "", file, run.signal, (reply) => this.#follow(reply, file.size));
      this.#give(result, file.name);
    } catch (error) {
      if (!run.signal.aborted) {
        this.#fail(error);
      }
    } finally {
      if (this.#run === run) {
        this.#end();
      }
    }
  }

  #begin() {
    this.#free();
    unsaved.hold(this);
    zone(this, "resultat").replaceChildren();
    zone(this, "avancement").hidden = false;
    this.#bar.removeAttribute("value");
    this.#tell(PREPARING);
    this.#said = -1;
    this.#say("");
    this.#lines = { lignes: 0, fautes: 0 };
  }

  #end() {
    this.#run = undefined;
    zone(this, "avancement").hidden = true;
    // The same file, mended, may be chosen again.
    this.#input.value = "";
  }

  #lines = { lignes: 0, fautes: 0 };
  #count = PREPARING;

  /** @param {string} count how far the file is */
  #tell(count) {
    this.#count = count;
    this.#showCount();
  }

  #showCount() {
    const words = engine.state.again ? AGAIN_PREPARING : this.#count;
    const line = zone(this, "compte");
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }

  get #bar() {
    return /** @type {HTMLProgressElement} */ (zone(this, "barre"));
  }

  /**
   * @param {Reply & { ok: true }} reply
   * @param {number} size
   */
  #follow(reply, size) {
    const percent = size ? Math.floor((100 * reply.lus) / size) : 100;
    this.#lines = reply;
    if (!reply.lus && size) {
      // Of a workbook, how much is left is not known.
      this.#tell(reply.lignes ? count(reply.lignes, "ligne calculée", "lignes calculées") : PREPARING);
      return;
    }
    this.#bar.max = 100;
    this.#bar.value = percent;
    this.#tell(`${count(reply.lignes, "ligne calculée", "lignes calculées")} (${percent}\u00a0%)`);
    const step = percent - (percent % STEP);
    if (step > this.#said) {
      this.#said = step;
      this.#say(`${step}\u00a0%`, { shown: false });
    }
  }

  /**
   * @param {string} text
   * @param {{ shown?: boolean }} [options]
   */
  #say(text, { shown = true } = {}) {
    const line = zone(this, "annonce");
    line.classList.toggle("hors-ecran", !shown);
    line.textContent = text;
  }

  #cancel() {
    this.#run?.abort();
    this.#end();
    unsaved.release(this);
    this.#say(CANCELLED);
    this.#input.focus();
  }

  /**
   * @param {Result} result
   * @param {string} name of the file that was answered
   */
  #give({ blob, extension, avis, agenda }, name) {
    const { lignes, fautes } = this.#lines;
    const bare = name.replace(/\.[^.]*$/, "");
    const wrong = fautes
      ? `, dont ${inWords(fautes)} en erreur. La dernière colonne, «\u00a0erreurs\u00a0», dit quoi corriger.`
      : ", sans erreur.";
    const result = this.#offer(blob, `${bare}-resultats.${extension}`, "Enregistrer", "md-button md-button--primary");
    result.addEventListener("click", () => unsaved.release(this));
    const links = [result];
    if (agenda) {
      links.push(this.#offer(agenda, `${bare}-agenda.ics`, ONE_CALENDAR, "md-button"));
    }
    const title = el("p", { tabindex: "-1" }, el("strong", {}, count(lignes, "ligne calculée", "lignes calculées")), wrong);
    this.#say("");
    const told = avis.length ? [el("ul", {}, ...avis.map((words) => el("li", {}, words)))] : [];
    zone(this, "resultat").replaceChildren(title, ...told, el("p", { class: "lot-fichiers" }, ...links));
    moveFocus(title);
  }

  /**
   * A link that saves a file.
   *
   * @param {Blob} blob
   * @param {string} file its name
   * @param {string} words
   * @param {string} look
   */
  #offer(blob, file, words, look) {
    const address = URL.createObjectURL(blob);
    this.#addresses.push(address);
    return el("a", { href: address, download: file, class: look }, `${words} «\u00a0${file}\u00a0»`);
  }

  /** @param {unknown} error */
  #fail(error) {
    console.debug("lot", error);
    unsaved.release(this);
    if (error instanceof Refused) {
      this.#refuse(error.faults);
    } else if (error instanceof ReadError) {
      this.#say(UNREADABLE);
    } else if (error instanceof LibraryError) {
      this.#say(NO_LIBRARY);
    } else {
      this.#say(engine.state.state === "failed" ? why(error, AGAIN) : STOPPED);
    }
  }

  /** @param {Fault[]} faults */
  #refuse(faults) {
    const items = faults.map(({ champ, message }) => el("li", {}, ...(champ ? [el("code", {}, champ), "\u00a0: "] : []), message));
    const title = el("p", {}, el("strong", {}, "Ce fichier ne peut pas être calculé."));
    const summary = el("div", { class: "calc-resume-erreurs", role: "group", tabindex: "-1" }, title, el("ul", {}, ...items));
    this.#say("");
    zone(this, "resultat").replaceChildren(summary);
    moveFocus(summary);
  }

  #free() {
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
  }
}

/**
 * @param {number} number
 * @param {string} one
 * @param {string} several
 */
function count(number, one, several) {
  return `${inWords(number)}\u00a0${number > 1 ? several : one}`;
}

customElements.define("mode-emploi-lot", Batch);
