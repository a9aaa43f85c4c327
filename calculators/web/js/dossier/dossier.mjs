// The page « Mon dossier », which alone loads this: the dossier that is open in the tab, shown as Python renders it, and what
// the reader does with it. Nothing is kept on the device, nor leaves it, unless the reader asks.

import { el, zone } from "../common/dom.mjs";
import { forgetGiven, give } from "../form/given.mjs";
import { forgetAll } from "../form/tab.mjs";
import { eraseTicks } from "../pieces/pieces.mjs";
import { button, twice } from "./buttons.mjs";
import { isSameMatter, sameCases, without } from "./changes.mjs";
import { exportButtons } from "./export.mjs";
import { keepForms, receive, review } from "./forms.mjs";
import { takeFragment } from "./fragment.mjs";
import { importField } from "./import.mjs";
import { keepOrRelease, keptList } from "./kept.mjs";
import { note, stepOf } from "./noting.mjs";
import { Requests } from "./requests.mjs";
import { ANSWERED, FORGOTTEN, contentOf, eraseHere, held, hold, keptHere, keptText, letGo, takeUp, withCase, written } from "./store.mjs";
import { Numbers } from "./turns.mjs";
import { TypedDays } from "./typed.mjs";
import { countPieces, toToday, watchView } from "./view.mjs";
import * as words from "./words.mjs";

/** @typedef {import("./store.mjs").Content} Content */
/** @typedef {import("./requests.mjs").Opened} Opened */

/** On the root while a dossier is shown: today comes before what the page is for. */
const OPEN = "dossier-ouvert";

/** What the dossier of the tab holds. */
const content = () => contentOf(held()?.texte ?? "");

class Dossier extends HTMLElement {
  /** @type {AbortController | undefined} alive while the element is in the page */
  #life;
  /** @type {Opened | undefined} what is shown */
  #shown;
  /** The paper that the reader came with, as a link named it: nothing is held before there is something to hold. */
  #received = "";
  #requests = new Requests();
  /** Those of the cases shown, for what is done to one after another went. */
  #numbers = new Numbers();
  /** The last dossier that the reader asked to open. */
  #opening = Symbol("none");
  #say = (/** @type {string} */ told) => this.#requests.say(told);
  #typed = new TypedDays();
  /** To open the dossier of a link: the address holds it no more, so that this stays until it is open. */
  #offer = el("div");
  #name = el("input", { type: "text", id: "dossier-nom", class: "calc-saisie", maxlength: "80", autocomplete: "off" });
  #here = el("input", { type: "checkbox", id: "dossier-garder" });

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const link = takeFragment();
    this.#tools(signal);
    document.addEventListener(ANSWERED, (event) => event instanceof CustomEvent && this.#told(event), { signal });
    document.addEventListener(FORGOTTEN, () => this.#show(), { signal });
    watchView(this, signal, (change) => this.#change(change), {
      fait: (number, pressed) => this.#note(number, pressed),
      revoir: (number) => review(content().cas[number], this.#pages[number]),
      retirer: (number) => this.#remove(this.#numbers.follow(number)),
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#comeBack(), { signal });
    // The page script, which comes after this one, has the engine and the forms.
    const begin = () => this.#begin(link);
    if (!("demarches" in globalThis)) {
      document.addEventListener("DOMContentLoaded", begin, { signal });
    } else {
      queueMicrotask(begin);
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    document.documentElement.classList.remove(OPEN);
    this.#requests.drop();
  }

  /** @param {ReturnType<typeof takeFragment>} link what the address held */
  #begin({ texte, recu }) {
    if (recu !== undefined) {
      this.#received = receive(recu, JSON.parse(this.dataset.recu ?? "{}"));
    }
    this.#takeUp();
    this.#show();
    if (texte !== undefined) {
      this.#offer.replaceChildren(button("Ouvrir le dossier de ce lien", () => this.#open(texte, { link: true })));
      this.#say(words.FROM_LINK);
    }
  }

  /** The page is shown again as it was left; the dossier of the tab may be another one by now. */
  #comeBack() {
    this.#takeUp();
    if (!isSameMatter(contentOf(this.#shown?.document ?? ""), content())) {
      this.#requests.forget();
      this.#typed.clear(zone(this, "vue"));
    }
    this.#show();
  }

  /** Another tab may have changed the dossier that is kept, or erased it. */
  #takeUp() {
    takeUp();
    const one = held();
    if (one) {
      this.#hold(one.id, one.texte);
    }
  }

  /** A form that is erased takes its cases out of the dossier: what was typed for them is not for those that come after. */
  #clearErased() {
    const left = new Set(content().cas.map(({ calculateur }) => calculateur));
    const { cas } = contentOf(this.#shown?.document ?? "");
    const gone = [...cas.keys()].filter((number) => !left.has(cas[number]?.calculateur ?? ""));
    if (gone.length) {
      gone.reverse().forEach((number) => this.#numbers.went(number));
      this.#shown = undefined;
      this.#typed.clear(zone(this, "vue"));
    }
  }

  /** The page of each case that is shown. */
  get #pages() {
    return this.#shown?.cas.map(({ page }) => page) ?? [];
  }

  // ------------------------------------------------------------------ what is shown

  /**
   * Shows the dossier of the tab, or how to begin one.
   *
   * @param {{ focus?: boolean, again?: () => unknown }} [options] `again`: what it is shown for
   * @returns {Promise<boolean>} whether it is shown as it is now
   */
  async #show({ focus = false, again = () => this.#show({ focus: true }) } = {}) {
    const one = held();
    this.#clearErased();
    this.#around(one);
    if (!one) {
      // What was asked of it is not awaited: an answer would hold again what the reader erased.
      this.#requests.forget();
      this.#alert("");
      this.#shown = undefined;
      this.#typed.clear(zone(this, "vue"));
      return false;
    }
    return Boolean(await this.#requests.inTurn(() => this.#draw({ focus, again })));
  }

  /** @param {{ focus: boolean, again: () => unknown }} options */
  async #draw({ focus, again }) {
    const reply = await this.#requests.askHeld({ again, failed: this.#shown ? words.NOT_RENEWED : words.NOT_SHOWN });
    if (reply?.ok) {
      this.#put(reply);
      if (focus) {
        toToday(this);
      }
    } else if (reply) {
      this.#say(reply.erreurs[0]?.message ?? "");
    }
    return Boolean(reply?.ok);
  }

  /**
   * Shows what stands around the dossier: its name and what is done with it, or how to begin; those that are kept here.
   *
   * @param {import("./store.mjs").Held | undefined} one
   */
  #around(one) {
    this.#list();
    zone(this, "outils").hidden = !one;
    zone(this, "debut").hidden = Boolean(one);
    const typing = one && document.activeElement === this.#name && this.#name.value !== this.#name.defaultValue;
    this.#name.defaultValue = one ? (contentOf(one.texte).nom ?? "") : "";
    if (!typing) {
      this.#name.value = this.#name.defaultValue;
    }
    this.#here.checked = Boolean(one?.id);
    document.documentElement.classList.toggle(OPEN, Boolean(one));
  }

  /**
   * @param {Opened} reply about the dossier of the tab
   * @param {number} [removed] number of the case that is gone
   */
  #put(reply, removed) {
    const same = sameCases(contentOf(this.#shown?.document ?? ""), contentOf(reply.document), removed);
    this.#shown = reply;
    const one = held();
    if (one?.texte !== reply.document) {
      this.#hold(one?.id ?? "", reply.document); // else nothing changed here, whatever another tab did
    }
    this.#typed.redraw(zone(this, "vue"), reply.html, { removed, same });
    countPieces(this);
    // What this dossier knows is not asked again by the other forms of the tab.
    for (const [number, { repris }] of reply.cas.entries()) {
      give(`dossier ${number}`, repris);
    }
  }

  /**
   * @param {string} id
   * @param {string} texte
   * @param {import("./store.mjs").Held} [from] what it was made from, when that is not the dossier of the tab
   */
  #hold(id, texte, from) {
    const found = hold({ id, texte }, from);
    const parted = Boolean(id) && !held()?.id;
    if (!found) {
      this.#alert(words.NOWHERE);
    } else if (parted) {
      this.#alert(keptText(id) === undefined ? words.ERASED_ELSEWHERE : words.CHANGED_ELSEWHERE);
    }
    if (parted) {
      this.#here.checked = false;
      this.#list();
    }
  }

  /** @param {string} told empty when there is nothing to tell any more */
  #alert(told) {
    const alert = zone(this, "alerte");
    alert.hidden = !told;
    alert.textContent = told;
  }

  // ------------------------------------------------------------------ what the reader does

  /**
   * The form of this page was answered: the dossier has it, and shows it.
   *
   * @param {CustomEvent} event
   */
  #told(event) {
    const { calculateur, reponses, sujet, told } = event.detail;
    event.preventDefault();
    if (told) {
      this.#clearErased();
      const one = held();
      this.#hold(one?.id ?? "", withCase(one?.texte ?? "", { calculateur, reponses }, sujet));
      this.#change((before) => ({ ...before, recu: before.recu || this.#received }));
      this.#show({ focus: true });
    }
  }

  /**
   * Opens a text: nothing changes if it cannot be, or if the reader asked for another since.
   *
   * @param {string} texte
   * @param {{ id?: string, link?: boolean }} [options]
   */
  async #open(texte, { id = "", link = false } = {}) {
    const opening = (this.#opening = Symbol(id));
    await this.#requests.inTurn(async () => {
      const again = () => (id ? this.#openKept(id) : this.#open(texte, { link }));
      const reply = await this.#requests.ask(texte, { again, failed: words.NOT_OPENED, link });
      if (!reply || opening !== this.#opening) {
        return;
      }
      if (id && keptText(id) !== texte) {
        this.#openKept(id); // changed or erased meanwhile
      } else if (reply.ok) {
        this.#opened(reply, { id, texte }, link);
      } else {
        if (!this.#shown) {
          await this.#draw({ focus: false, again: () => this.#show({ focus: true }) }); // the one of the tab may not be yet
        }
        this.#say(reply.erreurs[0]?.message ?? "");
      }
    });
  }

  /**
   * Opens one that is kept on this device, as it is now: the list of them may be from before.
   *
   * @param {string} id
   */
  async #openKept(id) {
    const texte = keptText(id);
    if (texte === undefined) {
      this.#list();
      this.#say(words.GONE);
    } else {
      await this.#open(texte, { id });
    }
  }

  /**
   * @param {Opened} reply
   * @param {import("./store.mjs").Held} from what was opened
   * @param {boolean} link
   */
  #opened(reply, from, link) {
    // The answers of one matter are never those of another.
    this.#forget();
    this.#hold(from.id, reply.document, from);
    this.#put(reply);
    keepForms(content().cas, this.#pages);
    this.#around(held());
    if (link) {
      this.#offer.replaceChildren();
    }
    this.#say(held()?.id ? words.OPENED_HERE : words.OPENED);
    toToday(this);
  }

  /** @param {(content: Content) => Content} change */
  #change(change) {
    const one = held();
    if (one) {
      this.#hold(one.id, written(change(contentOf(one.texte))));
    }
  }

  /**
   * @param {number} number of the case of a step that is done
   * @param {HTMLElement} pressed
   */
  #note(number, pressed) {
    const view = zone(this, "vue");
    const put = (/** @type {Opened} */ reply) => this.#noted(reply);
    note(stepOf(view, pressed, this.#numbers.follow(number)), { view, requests: this.#requests, put });
  }

  /** @param {Opened} reply where a step is done */
  #noted(reply) {
    this.#put(reply);
    keepForms(content().cas, this.#pages);
    toToday(this);
  }

  /**
   * A case goes once Python took the dossier without it: until then, the numbers in the page are those of what is held.
   *
   * @param {() => number | undefined} numbered its number, until it is gone
   */
  async #remove(numbered) {
    await this.#requests.inTurn(async () => {
      if (numbered() === undefined) {
        return; // chosen twice, or erased with its form
      }
      const aim = { again: () => this.#remove(numbered), failed: words.NOT_REMOVED };
      const reply = await this.#requests.askHeld(aim, (before) => without(before, numbered()));
      const number = numbered();
      if (reply?.ok) {
        this.#put(reply, number);
        if (number !== undefined) {
          this.#numbers.went(number);
        }
        toToday(this);
      } else if (reply) {
        this.#say(reply.erreurs[0]?.message ?? "");
      }
    });
  }

  // ------------------------------------------------------------------ keeping, taking away, erasing

  /** @param {AbortSignal} signal */
  #tools(signal) {
    this.#name.addEventListener("change", () => {
      this.#change((before) => ({ ...before, nom: this.#name.value.trim() }));
      this.#show();
    });
    this.#here.addEventListener("change", () => this.#keepOrNot());
    zone(this, "outils").replaceChildren(
      el("h3", {}, "Garder, emporter, effacer"),
      el("p", { class: "dossier-nom" }, el("label", { for: this.#name.id }, "Nom du dossier"), this.#name),
      el("div", { class: "piece-nom" }, this.#here, el("label", { for: this.#here.id }, "Garder ce dossier sur cet appareil")),
      exportButtons({
        shown: () => this.#shown,
        renewed: async (again) => {
          const fresh = held()?.texte === this.#shown?.document || (await this.#show({ again }));
          return fresh ? this.#shown : undefined;
        },
        requests: this.#requests,
      }),
      el(
        "div",
        { class: "calc-suites", role: "group", "aria-label": "Fermer ou effacer" },
        button("Fermer", () => this.#close()),
        twice("Effacer ce dossier", () => this.#erase(), this.#say),
      ),
    );
    const { failed, said, offered } = this.#requests;
    zone(this, "ouvrir").replaceChildren(
      importField(this, signal, (texte) => this.#open(texte), this.#say),
      ...[failed, said, this.#offer, offered],
    );
  }

  /** Lists the dossiers kept on this device. */
  #list() {
    zone(this, "liste").replaceChildren(
      ...keptList(held()?.id, {
        open: (id) => this.#openKept(id),
        erase: (id) => this.#eraseOne(id),
        eraseAll: () => this.#eraseAll(),
        say: this.#say,
      }),
    );
  }

  #keepOrNot() {
    const one = held();
    if (one) {
      const { kept, told } = keepOrRelease(one, this.#here.checked);
      this.#here.checked = kept;
      if (kept) {
        this.#alert("");
      }
      this.#say(told);
      this.#list();
    }
  }

  /** Forgets all that the tab holds of a matter. */
  #forget() {
    letGo();
    forgetAll();
    forgetGiven();
  }

  #close() {
    this.#forget();
    this.#say(words.CLOSED);
  }

  #erase() {
    const id = held()?.id;
    eraseHere((one) => one === id);
    eraseTicks();
    this.#forget();
    this.#sayErased();
  }

  /** What another tab made of it may be among those that are left. */
  #sayErased() {
    this.#say(keptHere().length ? words.ERASED_ALONE : words.ERASED);
  }

  /** @param {string} id */
  #eraseOne(id) {
    if (held()?.id === id) {
      this.#erase();
    } else {
      eraseHere((one) => one === id);
      this.#requests.clearFailed(); // it may be that one which could not be opened
      this.#list();
      this.#sayErased();
    }
  }

  #eraseAll() {
    eraseHere(() => true);
    eraseTicks();
    this.#forget();
    this.#offer.replaceChildren();
    this.#say(words.ALL_ERASED);
  }
}

// The theme runs this script again each time it brings the page.
if (!customElements.get("mode-emploi-dossier")) {
  customElements.define("mode-emploi-dossier", Dossier);
}
