// What the reader takes away of a dossier: a file, a calendar, a link and its QR code, the text, a sheet of paper.

import { copy, download } from "../answer/share.mjs";
import { el } from "../common/dom.mjs";
import { button } from "./buttons.mjs";
import { linkTo } from "./fragment.mjs";
import { engine } from "./requests.mjs";
import { held } from "./store.mjs";
import {
  CALENDAR,
  COPIED,
  COPY_BY_HAND,
  IN_LINK,
  LINK_COPIED,
  NO_ADDRESS,
  NO_DATE,
  NO_QR,
  QR_PREPARING,
  QR_READY,
  SAVED,
  TOO_LONG,
} from "./words.mjs";

/** @typedef {import("./requests.mjs").Opened} Opened */
/**
 * @typedef {object} Source what is taken away
 * @property {() => Opened | undefined} shown what Python last said of the dossier
 * @property {(again: () => unknown) => Promise<Opened | undefined>} renewed what Python says of the dossier as it is now, with
 *   what was ticked since: asked again if need be, for `again`; nothing when it does not answer
 * @property {import("./requests.mjs").Requests} requests
 */

/** Characters of an address that a phone reads from a screen. */
const LONGEST_ADDRESS = 1500;

/**
 * The buttons, side by side.
 *
 * @param {Source} source
 */
export function exportButtons(source) {
  const sharing = "share" in navigator ? [button("Partager…", () => share(source))] : [];
  return el(
    "div",
    { class: "calc-suites", role: "group", "aria-label": "Emporter ce dossier" },
    button("Enregistrer dans un fichier", () => save(source)),
    button("Ajouter à mon agenda (.ics)", () => calendar(source)),
    button("Lien et QR code pour un téléphone", () => link(source)),
    ...sharing,
    button("Copier le texte", () => copyText(source)),
    button("Imprimer", () => window.print()),
  );
}

/** @param {Source} source */
function save({ shown, requests }) {
  const one = held();
  if (one) {
    // Without Python too: the reader takes away what they told.
    download({ nom: shown()?.nom ?? "dossier.json", type: "application/json", contenu: one.texte });
    requests.say(SAVED);
  }
}

/** @param {Source} source */
async function calendar(source) {
  const opened = await source.renewed(() => calendar(source));
  if (!opened) {
    return;
  }
  const { agenda, nom } = opened;
  if (agenda) {
    download({ nom: nom.replace(/\.json$/, ".ics"), type: "text/calendar", contenu: agenda });
  }
  source.requests.say(agenda ? CALENDAR : NO_DATE);
}

/** @param {Source} source */
async function copyText(source) {
  const opened = await source.renewed(() => copyText(source));
  if (opened) {
    const { requests } = source;
    requests.say((await copy(opened.texte, requests.offered)) ? COPIED : COPY_BY_HAND);
  }
}

/** @param {Source} source */
async function link(source) {
  const { renewed, requests } = source;
  const opened = await renewed(() => link(source));
  if (!opened) {
    return;
  }
  const address = linkTo(opened.lien);
  if (!address) {
    requests.say(NO_ADDRESS);
    return;
  }
  const shown = el("p", {}, el("a", { href: address, translate: "no", rel: "nofollow" }, "Le lien vers ce dossier"));
  const place = el("div");
  const copying = button("Copier le lien", async () => requests.say((await copy(address, place)) ? LINK_COPIED : COPY_BY_HAND));
  requests.offered.replaceChildren(el("p", {}, IN_LINK), shown, copying, place);
  if (address.length > LONGEST_ADDRESS) {
    requests.say(TOO_LONG);
    return;
  }
  requests.clearFailed();
  requests.say(QR_PREPARING);
  try {
    const { html } = await engine().call({ qr: address });
    if (!shown.isConnected) {
      return; // the dossier was closed, or changed
    }
    const code = el("div", { class: "dossier-qr" });
    code.innerHTML = html;
    code.querySelector("figcaption")?.remove();
    requests.offered.append(code);
    requests.say(QR_READY);
  } catch (error) {
    console.debug("dossier", error);
    if (shown.isConnected) {
      requests.say("");
      requests.fail(NO_QR, () => link(source));
    }
  }
}

/** @param {Source} source */
async function share(source) {
  const opened = await source.renewed(() => share(source));
  if (!opened) {
    return;
  }
  const url = linkTo(opened.lien);
  try {
    await navigator.share({ title: "Mon dossier", text: opened.texte, ...(url && { url }) });
  } catch (error) {
    console.debug("dossier", error); // the reader changed their mind, or the system refuses
  }
}
