// The boxes of a list of documents. What is ticked goes with the answers, in this tab and in the links that the reader makes
// (`coches=rib,identite`); the reader may ask to keep it on this device, and can then erase it.

import { el, zone } from "../common/dom.mjs";
import { TICKS } from "../storage.json";

const KEY = "coches";
const IDENTIFIER = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST = 200;
const KEEP = "Garder mes coches sur cet appareil";
const ERASED = "Les coches gardées sur cet appareil sont effacées.";
const KEPT = "Vos coches sont gardées dans ce navigateur. Sur un appareil partagé, effacez-les ensuite.";
const REFUSED = "Ce navigateur ne permet pas de garder les coches. Copiez le lien : il les contient.";

/**
 * The documents that an address says are ticked. Whoever wrote it is not believed: only known boxes are ticked.
 *
 * @param {string} fragment
 * @returns {Set<string>}
 */
export function ticksOf(fragment) {
  const listed = new URLSearchParams(fragment.slice(0, 20_000)).get(KEY) ?? "";
  return new Set(listed.split(",").slice(0, MOST).filter((id) => IDENTIFIER.test(id)));
}

/** The ticks of the list that is shown, if it is one. */
export class Ticks {
  /** @type {HTMLInputElement[]} */
  #boxes = [];
  #fragment = "";
  #keeps = false;
  /** @type {(fragment: string) => void} */
  #changed;

  /** @param {(fragment: string) => void} changed told the address, ticks included, each time one changes */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * Brings a list that was just shown to life.
   *
   * @param {HTMLElement} section
   * @param {string} fragment the answers
   * @param {Set<string>} ticked by the address
   * @returns {string} the fragment, with the ticks
   */
  attach(section, fragment, ticked) {
    this.#fragment = fragment;
    this.#boxes = [...section.querySelectorAll("[data-piece]")].filter((box) => box instanceof HTMLInputElement);
    if (this.#boxes.length === 0) {
      return fragment;
    }
    const kept = read(TICKS + fragment);
    this.#keeps = kept !== undefined;
    const known = ticked.size ? ticked : ticksOf(`${KEY}=${kept ?? ""}`);
    const progress = zone(section, "avancement");
    progress.setAttribute("role", "status");
    for (const box of this.#boxes) {
      box.checked = names(box).some((name) => known.has(name));
      box.addEventListener("change", () => {
        this.#count(progress);
        this.#keep();
        this.#changed(this.#whole);
      });
    }
    zone(section, "pieces").append(this.#device());
    this.#count(progress);
    return this.#whole;
  }

  get #ticked() {
    return this.#boxes.filter((box) => box.checked).map((box) => box.dataset.piece ?? "");
  }

  get #whole() {
    const ticked = this.#ticked;
    return ticked.length ? `${this.#fragment}&${KEY}=${ticked.join(",")}` : this.#fragment;
  }

  /** @param {HTMLElement} progress */
  #count(progress) {
    // What is to be done or checked has its box, and is not one of the documents.
    const documents = this.#boxes.filter((box) => box.dataset.geste === undefined);
    const done = documents.filter((box) => box.checked).length;
    progress.textContent = documents.length ? `${done} ${done > 1 ? "pièces" : "pièce"} sur ${documents.length}` : "";
  }

  #keep() {
    return !this.#keeps || write(TICKS + this.#fragment, this.#ticked.join(","));
  }

  /** The reader's choice to keep the ticks here, and the way back. */
  #device() {
    const said = el("p", { class: "calc-etat", role: "status" });
    const identifier = "pieces-garder";
    const choice = el("input", { type: "checkbox", id: identifier });
    choice.checked = this.#keeps;
    choice.addEventListener("change", () => {
      this.#keeps = choice.checked;
      if (choice.checked) {
        choice.checked = this.#keeps = this.#keep();
        said.textContent = this.#keeps ? KEPT : REFUSED;
      } else {
        erase((key) => key === TICKS + this.#fragment);
        said.textContent = ERASED;
      }
    });
    const all = el("button", { type: "button", class: "md-button" }, "Effacer tout ce qui est gardé ici");
    all.addEventListener("click", () => {
      eraseTicks();
      this.#keeps = choice.checked = false;
      said.textContent = ERASED;
    });
    const option = el("div", { class: "piece-nom" }, choice, el("label", { for: identifier }, KEEP));
    return el("div", { class: "pieces-appareil" }, option, all, said);
  }
}

/**
 * The identifier of a document, then those it had before.
 *
 * @param {HTMLInputElement} box
 */
function names(box) {
  return [box.dataset.piece ?? "", ...(box.dataset.anciens ?? "").split(" ").filter(Boolean)];
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** Erases every tick kept on this device. */
export function eraseTicks() {
  erase((key) => key.startsWith(TICKS));
}

/** @param {(key: string) => boolean} chosen */
function erase(chosen) {
  try {
    for (const key of Object.keys(localStorage).filter(chosen)) {
      localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to erase.
  }
}
