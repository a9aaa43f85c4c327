// The file of a dossier, chosen or dropped on the page: read on the device, and opened.

import { el } from "../common/dom.mjs";
import { ONE_FILE, TOO_BIG, UNREADABLE } from "./words.mjs";

/** Bytes of a file that may be a dossier. */
const MOST = 1 << 20;

/**
 * Where a file is chosen, and the whole of an element for one that is dropped.
 *
 * @param {HTMLElement} element
 * @param {AbortSignal} signal
 * @param {(texte: string) => Promise<unknown>} open
 * @param {(words: string) => void} say
 */
export function importField(element, signal, open, say) {
  const read = async (/** @type {File} */ file) => {
    if (file.size > MOST) {
      say(TOO_BIG);
      return;
    }
    const texte = await file.text().catch(() => undefined);
    if (texte === undefined) {
      say(UNREADABLE);
    } else {
      await open(texte);
    }
  };
  const field = el("input", { type: "file", id: "dossier-fichier", accept: ".json,application/json", class: "dossier-fichier" });
  field.addEventListener("change", async () => {
    const [chosen] = field.files ?? [];
    if (chosen) {
      await read(chosen);
      field.value = "";
    }
  });
  element.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    const [dropped, another] = event.dataTransfer?.files ?? [];
    if (another) {
      say(ONE_FILE);
    } else if (dropped) {
      read(dropped);
    }
  }, { signal });
  return el("p", {}, el("label", { for: field.id }, "Ouvrir un fichier de dossier (ou déposez-le ici)"), field);
}
