// What this site keeps on the device, told to the reader, with the means to keep it whole and to erase it.

import { el } from "../common/dom.mjs";
import { offline } from "./offline.mjs";
import { wanted } from "./choice.mjs";

const IMPOSSIBLE = "Ici, ce site ne garde rien pour s’ouvrir sans connexion.";
const NOTHING = "Rien n’est gardé pour l’instant pour ouvrir ce site sans connexion.";
const REFUSED = "Vous avez choisi de ne rien garder. Il faut une connexion pour ouvrir ce site.";
const WHOLE = "Tout le site est gardé sur cet appareil. Les guides, la recherche et les calculateurs s’ouvrent sans connexion.";
const PART = "Une partie du site est gardée sur cet appareil.";
const GATHERING = "Le site est en train d’être gardé sur cet appareil.";
const FAILED = "Le site n’a pas pu être gardé en entier : la connexion ou la place a manqué.";

class Device extends HTMLElement {
  #said = el("p", { role: "status" });
  #keep = el("button", { type: "button", class: "md-button" }, "Garder tout le site");
  #erase = el("button", { type: "button", class: "md-button" }, "Effacer ce qui est gardé");
  #follow = () => void this.#show();

  connectedCallback() {
    this.replaceChildren(this.#said, this.#keep, this.#erase);
    this.#keep.onclick = () => this.#do(offline.keep(), GATHERING);
    this.#erase.onclick = () => this.#do(offline.erase(), "");
    offline.addEventListener("change", this.#follow);
    this.#follow();
  }

  disconnectedCallback() {
    offline.removeEventListener("change", this.#follow);
  }

  /**
   * @param {Promise<void>} done
   * @param {string} meanwhile
   */
  async #do(done, meanwhile) {
    this.#said.textContent = meanwhile;
    try {
      await done;
    } catch (error) {
      console.debug("hors connexion", error);
    }
    await this.#show();
    if (meanwhile && !this.#keep.hidden) {
      this.#said.textContent = `${FAILED} ${this.#said.textContent}`;
    }
  }

  async #show() {
    const kept = await offline.describe().catch(() => undefined);
    const whole = kept !== undefined && kept.bytes === kept.total;
    this.#keep.hidden = !offline.possible || whole;
    this.#erase.hidden = !kept?.bytes;
    if (kept?.bytes) {
      const size = whole ? megabytes(kept.bytes) : `${megabytes(kept.bytes)} sur ${megabytes(kept.total)}`;
      this.#said.textContent = `${whole ? WHOLE : PART} (${size})`;
    } else {
      this.#said.textContent = !offline.possible ? IMPOSSIBLE : wanted.get() ? NOTHING : REFUSED;
    }
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  const number = (bytes / 1e6).toLocaleString("fr", { maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
  return `${number}\u00a0Mo`;
}

customElements.define("mode-emploi-appareil", Device);
