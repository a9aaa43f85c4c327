// Where a court, a front desk or a law firm makes a link: its address, its QR code, what to print, the code to embed it.
// The link is made here; Python is asked for the QR code only.

import { el, moveFocus, zone } from "../common/dom.mjs";
import { isoDay } from "../common/dates.mjs";
import { clearFaults, goToField, showFaults } from "../form/faults.mjs";
import { chosen, forAddress, markFollowUps, pathOf, questionOf, showAsked, unanswered } from "../form/fields.mjs";
import { pickDate } from "../form/picker.mjs";
import { offerQr } from "../answer/qr.mjs";
import { copy, publicAddress } from "../answer/share.mjs";
import { engine } from "../engine/engine.mjs";
import { SITE_ROOT } from "../common/root.mjs";

const LIST = "pieces";
const STRIPS = 8;
/** Above the title of a list, on paper. */
const BRING = "Quoi apporter";
const LOCAL =
  "Cette adresse ne s’ouvre que sur cet ordinateur. Faites le lien depuis le site publié, avant de l’imprimer.";
const OUTDATED = "Réponse changée\u00a0: choisissez à nouveau «\u00a0Faire le lien\u00a0».";
const DRAWING = "Le QR code se prépare…";
const DRAWN = "Le QR code est prêt.";
const FAILED = "Le QR code n’a pas pu être fait. Le lien et le code à coller restent bons.";
const COPIED = "Copié.";
const COPY_BY_HAND = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl\u00a0+\u00a0C, ou par un appui long.";
const SEE = "Une réponse manque";

class LinkMaker extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  #address = "";
  /** Whether it is a list of documents. */
  #isList = false;
  /** @type {SVGElement | undefined} the code of that address */
  #code;
  /** What the code to embed is made of: the title, the page, and the answers after its address. */
  #embedded = { title: "", page: "", fragment: "" };

  connectedCallback() {
    const form = this.#form;
    if (!form) {
      return;
    }
    this.#life = new AbortController();
    const { signal } = this.#life;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#make(form);
    }, { signal });
    form.addEventListener("input", () => this.#onInput(form), { signal });
    // Python is fetched once somebody answers, and never for who only reads.
    form.addEventListener("input", () => engine.prepare(), { signal, once: true });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.#alone.addEventListener("change", () => this.#writeEmbedding(), { signal });
    for (const type of ["pointerdown", "keydown"]) {
      document.addEventListener(type, putPaperAway, { signal, capture: true });
    }
    markFollowUps(form);
    showAsked(form);
    form.querySelector("[type=submit]")?.removeAttribute("disabled");
  }

  disconnectedCallback() {
    this.#life?.abort();
    putPaperAway();
    if (this.#form) {
      clearFaults(this.#form);
    }
  }

  get #form() {
    return this.querySelector("form");
  }

  get #result() {
    return zone(this, "resultat");
  }

  /** @param {HTMLFormElement} form */
  #onInput(form) {
    showAsked(form);
    if (!this.#result.hidden) {
      this.#result.hidden = true;
      zone(form, "etat").textContent = OUTDATED;
    }
  }

  /** @param {Event} event */
  #onClick(event) {
    const target = event.target instanceof Element ? event.target.closest("[data-action], [data-vers]") : null;
    const form = this.#form;
    if (!form || !(target instanceof HTMLElement)) {
      return;
    }
    const question = target.closest("[data-champ]");
    if (target.dataset.vers !== undefined) {
      if (goToField(form, target.dataset.vers)) {
        event.preventDefault();
      }
    } else if (target.dataset.action === "calendrier" && question instanceof HTMLElement) {
      pickDate(question);
    } else if (target.dataset.action === "copier-lien") {
      this.#copy(this.#address);
    } else if (target.dataset.action === "copier-code") {
      this.#copy(this.#embedding.value);
    } else if (target.dataset.action === "affiche" || target.dataset.action === "bandelettes") {
      this.#print(target.dataset.action);
    }
  }

  /** @param {HTMLFormElement} form */
  #make(form) {
    clearFaults(form);
    zone(form, "etat").textContent = "";
    const missing = unanswered(form);
    if (missing.length) {
      this.#result.hidden = true;
      this.#ask(form, missing);
      return;
    }
    const [name = "", title = ""] = this.#chosen(form);
    const answers = forAddress(form).filter(([path]) => path !== "calculateur");
    const page = `${publishedRoot()}calculateurs/${name}/`;
    // Of what it will answer, only with which rules it was made: whoever opens it later is told what changed.
    const mark = [["regles", this.dataset.regles ?? ""], ["calcule", isoDay()]];
    const fragment = answers.length ? `#${new URLSearchParams(answers)}` : "";
    this.#address = page + (answers.length ? `#${new URLSearchParams([...answers, ...mark])}` : "");
    this.#isList = name === LIST;

    zone(this, "lien").replaceChildren(el("a", { href: this.#address, translate: "no" }, this.#address));
    const local = zone(this, "local");
    local.hidden = !isLocal(new URL(page));
    local.textContent = LOCAL;
    this.#embedded = { title, page, fragment };
    this.#writeEmbedding();
    this.#word("titre").value = title;
    this.#word("phrase").value = (this.#isList ? this.dataset.phraseListe : this.dataset.phraseCalculateur) ?? "";
    zone(this, "dit").textContent = "";
    zone(this, "copie").replaceChildren();
    this.#result.hidden = false;
    moveFocus(zone(this, "titre"));
    this.#result.scrollIntoView({ block: "start" });
    this.#draw(this.#address);
  }

  /**
   * The calculator chosen, and the title of what is given.
   *
   * @param {HTMLFormElement} form
   */
  #chosen(form) {
    const answer = (/** @type {string} */ path) => {
      const question = questionOf(form, path);
      return question ? chosen(question) : { value: "", words: "" };
    };
    const name = answer("calculateur");
    const quoted = /«\s*(.*?)\s*»/u.exec(name.words)?.[1] ?? name.words;
    return [name.value, name.value === LIST ? answer("demarche").words : quoted];
  }

  /**
   * Says which choices are not made, and leads to them.
   *
   * @param {HTMLFormElement} form
   * @param {HTMLElement[]} missing
   */
  #ask(form, missing) {
    const faults = missing.map((question) => {
      const label = question.querySelector("label, legend")?.textContent?.trim() ?? "";
      return { champ: pathOf(question), message: `«\u00a0${label}\u00a0»\u00a0: choisissez une réponse.` };
    });
    const title = el("h2", { id: "lien-erreurs-titre" }, missing.length > 1 ? `${missing.length} réponses manquent` : SEE);
    const links = faults.map(({ champ, message }) => {
      return el("li", {}, el("a", { href: `#lien-${champ}`, "data-vers": champ }, message));
    });
    const attributes = { class: "calc-resume-erreurs", role: "group", tabindex: "-1", "aria-labelledby": title.id };
    showFaults(form, el("div", attributes, title, el("ul", {}, ...links)).outerHTML, faults);
  }

  /** Writes the code to embed what was chosen, with or without the text of its page. */
  #writeEmbedding() {
    const { title, page, fragment } = this.#embedded;
    const how = this.#alone.checked ? "?integre=seul" : "?integre";
    this.#embedding.value = this.#embedding.defaultValue
      .replace("[titre]", () => escaped(title))
      .replace("[adresse]", () => escaped(`${page}${how}${fragment}`));
  }

  get #alone() {
    return /** @type {HTMLInputElement} */ (zone(this, "seul"));
  }

  get #embedding() {
    const found = this.querySelector("textarea");
    if (!found) {
      throw new Error("no code to embed");
    }
    return found;
  }

  /** @param {"titre" | "phrase"} name */
  #word(name) {
    return /** @type {HTMLInputElement} */ (zone(this, `papier-${name}`));
  }

  /**
   * Asks Python for the QR code, and shows it unless another link was made meanwhile.
   *
   * @param {string} address
   */
  async #draw(address) {
    const said = zone(this, "etat-qr");
    const place = zone(this, "place-qr");
    const paper = zone(this, "papier");
    this.#code = undefined;
    paper.hidden = true;
    place.replaceChildren();
    said.textContent = DRAWING;
    try {
      const { html } = /** @type {{ html: string }} */ (await engine.call({ qr: address }));
      if (address === this.#address) {
        place.innerHTML = html;
        offerQr(place);
        this.#code = place.querySelector("svg") ?? undefined;
        paper.hidden = false;
        said.textContent = DRAWN;
      }
    } catch (error) {
      console.debug("lien", error);
      if (address === this.#address) {
        said.textContent = FAILED;
        const again = el("button", { type: "button", class: "md-button" }, "Réessayer");
        again.addEventListener("click", () => this.#draw(address));
        place.replaceChildren(again);
      }
    }
  }

  /** @param {string} text */
  async #copy(text) {
    zone(this, "dit").textContent = (await copy(text, zone(this, "copie"))) ? COPIED : COPY_BY_HAND;
  }

  /** @param {"affiche" | "bandelettes"} kind */
  #print(kind) {
    const code = this.#code;
    if (!code) {
      return;
    }
    putPaperAway();
    const site = document.querySelector(".md-header__topic")?.textContent?.trim() ?? "";
    const sheet = () => [
      ...(this.#isList ? [el("p", { class: "papier-rubrique" }, BRING)] : []),
      el("p", { class: "papier-titre" }, this.#word("titre").value),
      el("p", { class: "papier-phrase" }, this.#word("phrase").value),
      el("div", { class: "papier-code" }, code.cloneNode(true)),
      el("p", { class: "papier-site" }, site),
      el("p", { class: "papier-adresse", translate: "no" }, this.#address),
    ];
    const count = kind === "affiche" ? 1 : STRIPS;
    const sheets = Array.from({ length: count }, () => el("div", { class: "papier-feuille" }, ...sheet()));
    document.body.append(el("div", { class: `papier papier--${kind}` }, ...sheets));
    document.documentElement.classList.add("imprime-papier");
    window.print();
  }
}

/**
 * Gives the page back to the printer: what was last printed stays until the reader does something else, as some browsers
 * come back before they have drawn it.
 */
function putPaperAway() {
  document.documentElement.classList.remove("imprime-papier");
  document.querySelector(".papier")?.remove();
}

/** Address of the site: that of the published one, for a copy opened from a folder that knows it. */
function publishedRoot() {
  const known = location.protocol === "file:" && publicAddress();
  return known ? new URL("../../", known).href : SITE_ROOT;
}

/**
 * Whether nobody else can open an address.
 *
 * @param {URL} url
 */
function isLocal({ protocol, hostname }) {
  return protocol === "file:" || /^(localhost|127\..*|\[::1\])$/.test(hostname);
}

/**
 * A text as the attribute of a code to paste.
 *
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

customElements.define("mode-emploi-lien", LinkMaker);
