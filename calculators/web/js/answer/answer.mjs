// The answer in the page: what Python rendered, with the ways to keep it.

import { doubtOfClock } from "../common/clock.mjs";
import { dayInWords } from "../common/dates.mjs";
import { el, moveFocus } from "../common/dom.mjs";
import { addressWith, copy, download } from "./share.mjs";
import { leadAround } from "../reading/embed.mjs";

/**
 * @typedef {object} Reply
 * @property {string} html
 * @property {string} texte
 * @property {string} fragment
 * @property {string} marque what a link made now says of the answer
 * @property {{ calculateur: string }} resultat
 * @property {string} tableur
 * @property {FileToKeep[]} fichiers
 */

/**
 * @typedef {object} FileToKeep
 * @property {string} nom
 * @property {string} type
 * @property {string} contenu
 */

const COPIED = "Texte copié.";
const LINK_COPIED = "Lien copié. Il contient vos réponses\u00a0: ne l’envoyez qu’à qui peut les lire.";
const LOCAL_LINK_COPIED = "Lien copié. Il n’ouvre que cette copie du site, sur cet appareil.";
const IN_ADDRESS =
  "Vos réponses sont dans l’adresse\u00a0: vous pouvez l’ajouter à vos favoris. Sur un appareil partagé, effacez-les ensuite.";
const SAVED = "Fichier enregistré\u00a0: ouvrez-le pour ajouter les dates à votre agenda.";
const TAKEN = "Fichier enregistré sur votre appareil. Il contient vos réponses.";
const COPY_BY_HAND = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl\u00a0+\u00a0C, ou par un appui long.";
const OUTDATED = "Vous avez changé une réponse depuis ce calcul.";

/** The result section of one calculator. */
export class Answer {
  /** @type {HTMLElement} */
  #section;
  /** @type {string} */
  #prefix;
  /** @type {{ edit: () => void, recompute: () => void, address: () => void }} */
  #ways;
  /** @type {HTMLElement | undefined} */
  #warning;
  /** What only the paper shows: when it was printed, and from which address. */
  #paper = el("p", { class: "calc-imprime" });
  #fragment = "";
  #mark = "";

  /**
   * @param {HTMLElement} section
   * @param {string} prefix start of the identifiers
   * @param {{ edit: () => void, recompute: () => void, address: () => void }} ways back to the form, and into the address
   */
  constructor(section, prefix, ways) {
    this.#section = section;
    this.#prefix = prefix;
    this.#ways = ways;
  }

  hide() {
    this.#section.hidden = true;
    this.#section.replaceChildren();
    this.#warning = undefined;
  }

  /**
   * @param {Reply} reply
   * @param {number} level of the heading
   */
  show(reply, level) {
    const title = el(
      /** @type {"h2"} */ (`h${Math.min(level, 6)}`),
      { class: "calc-resultat-titre", id: `${this.#prefix}-resultat-titre`, tabindex: "-1" },
      "Votre résultat",
    );
    this.#warning = this.#outdatedWarning();
    this.#section.replaceChildren(this.#paper, title, this.#warning);
    this.#section.insertAdjacentHTML("beforeend", reply.html);
    this.#section.append(...this.#actions(reply));
    this.#fragment = reply.fragment;
    this.#mark = reply.marque;
    this.datePaper();
    this.#section.hidden = false;

    // Focus reads the title and, as its description, the sentence that answers: each of them once.
    const sentence = this.#section.querySelector(".calc-phrase");
    if (sentence) {
      sentence.id = `${this.#prefix}-resultat-phrase`;
      title.setAttribute("aria-describedby", sentence.id);
    }
  }

  focus() {
    const title = this.#section.querySelector(".calc-resultat-titre");
    if (title instanceof HTMLElement) {
      title.scrollIntoView({ block: "start" });
      moveFocus(title);
      leadAround(title);
    }
  }

  /** Writes the day of printing: the page may have been open for long. */
  datePaper() {
    const address = addressWith(this.#whole) || "une copie du site sans connexion";
    this.#paper.textContent = `Imprimé le ${dayInWords()} depuis ${address}`;
  }

  /**
   * Follows the address, which may say more than the answers: what is ticked.
   *
   * @param {string} fragment
   */
  follow(fragment) {
    this.#fragment = fragment;
    this.datePaper();
  }

  /**
   * Says, or no longer says, that the answers have changed since.
   *
   * @param {boolean} outdated
   * @returns {boolean} whether that is news
   */
  outdate(outdated) {
    if (!this.#warning || this.#warning.hidden !== outdated) {
      return false;
    }
    this.#warning.hidden = !outdated;
    this.#section.classList.toggle("calc-resultat--perime", outdated);
    return true;
  }

  /** The answers, then what a link to them says of the result. */
  get #whole() {
    return `${this.#fragment}&${this.#mark}`;
  }

  #outdatedWarning() {
    const again = button("Recalculer", this.#ways.recompute);
    return el("div", { class: "calc-perime", hidden: true }, el("p", {}, el("strong", {}, "Résultat à recalculer. "), OUTDATED), again);
  }

  /**
   * The answer as a file, for a dossier, a spreadsheet or another program.
   *
   * @param {Reply} reply
   * @param {HTMLElement} said
   */
  #files({ texte, tableur, resultat }, said) {
    /** @type {[string, string, string, string][]} */
    const kinds = [
      ["Texte (.txt)", "txt", "text/plain", `${texte}\n`],
      ["Tableur (.csv)", "csv", "text/csv", tableur],
      ["Données (.json)", "json", "application/json", `${JSON.stringify(resultat, null, 2)}\n`],
    ];
    const buttons = kinds.map(([words, ending, type, contenu]) =>
      button(words, () => {
        download({ nom: `resultat-${resultat.calculateur}.${ending}`, type, contenu });
        said.textContent = TAKEN;
      }),
    );
    return el(
      "details",
      { class: "calc-pli calc-fichiers" },
      el("summary", {}, "Enregistrer dans un fichier"),
      el("div", { role: "group", "aria-label": "Enregistrer dans un fichier" }, ...buttons),
    );
  }

  /** @param {Reply} reply */
  #actions(reply) {
    const { texte, fichiers } = reply;
    const said = el("p", { class: "calc-etat", role: "status" });
    const place = el("div");
    /**
     * @param {string} text
     * @param {string} success
     */
    const take = async (text, success) => {
      said.textContent = (await copy(text, place)) ? success : COPY_BY_HAND;
    };
    return [
      el(
        "div",
        { class: "calc-suites", role: "group", "aria-label": "Garder ce résultat" },
        button("Copier le texte", () => {
          const address = addressWith(this.#whole);
          const told = [texte, `Calculé le ${dayInWords()}${address && `\u00a0: ${address}`}`, doubtOfClock(this.#section)];
          return take(told.filter(Boolean).join("\n\n"), COPIED);
        }),
        button("Copier le lien", () => {
          const address = addressWith(this.#whole);
          return address
            ? take(address, LINK_COPIED)
            : take(addressWith(this.#whole, location.href), LOCAL_LINK_COPIED);
        }),
        button("Garder l’adresse", () => {
          this.#ways.address();
          said.textContent = IN_ADDRESS;
        }),
        ...fichiers.map((file) =>
          button("Ajouter à mon agenda (.ics)", () => {
            download(file);
            said.textContent = SAVED;
          }),
        ),
        button("Imprimer", () => window.print()),
        button("Modifier mes réponses", this.#ways.edit),
      ),
      this.#files(reply, said),
      place,
      said,
    ];
  }
}

/**
 * @param {string} words
 * @param {() => unknown} action
 */
function button(words, action) {
  const made = el("button", { type: "button", class: "md-button" }, words);
  made.addEventListener("click", action);
  return made;
}
