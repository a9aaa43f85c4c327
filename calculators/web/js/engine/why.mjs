// What a reader is told when no answer could be had: what came, and what to do.

import { EngineError } from "./error.mjs";

/** @typedef {import("./error.mjs").Reason} Reason */

const NOT_STARTED = "Le calculateur n’a pas pu démarrer.";
const NO_ANSWER = "Le calcul n’a pas abouti.";

/** What the server of the site can do nothing about until later. */
const LATER = new Set([408, 429]);

/** @type {Record<Exclude<Reason, "refused">, string>} `{…}` is where the reader is told how to ask again, or of this page */
const WORDS = {
  offline: `${NOT_STARTED} La connexion a manqué avant la fin. Vérifiez-la, puis {again}.`,
  page:
    `${NOT_STARTED} Une page web est arrivée à sa place\u00a0: souvent, la page de connexion d’un réseau (hôtel, gare, ` +
    "bureau). Connectez-vous à ce réseau dans un autre onglet, puis {again}.",
  damaged: `${NOT_STARTED} Un fichier est arrivé coupé ou abîmé. Pour le redemander en entier, {again}.`,
  silent:
    `${NOT_STARTED} Plus rien n’arrive\u00a0: la connexion est coupée ou très lente, ou l’appareil est très occupé. ` +
    "Attendez un peu, puis {again}.",
  copy:
    `${NOT_STARTED} Un fichier de cette copie du site manque, ou il est abîmé. Décompressez de nouveau son archive, ou ` +
    "demandez une autre copie.",
  sandbox:
    `${NOT_STARTED} Le site qui l’affiche l’enferme dans un cadre sans droits (« sandbox »)\u00a0: votre connexion n’y est ` +
    "pour rien. Ouvrez cette adresse dans un nouvel onglet\u00a0: {address}",
  wasm:
    `${NOT_STARTED} WebAssembly, dont il a besoin, est désactivé\u00a0: par un réglage de sécurité du navigateur ou de ` +
    "l’appareil (mode Isolement, par exemple), ou par le réseau. Autorisez-le pour ce site, ou essayez avec un autre " +
    "navigateur ou un autre appareil.",
  browser:
    `${NOT_STARTED} Ce navigateur est trop ancien, ou un réglage l’en empêche. Essayez avec un autre navigateur ou un ` +
    "autre appareil.",
  stopped: `${NO_ANSWER} L’appareil manque peut-être de mémoire. Fermez d’autres onglets, puis {again}.`,
  timeout: `${NO_ANSWER} Il durait trop longtemps. Si vous voulez le refaire, {again}.`,
  python: `${NO_ANSWER} L’erreur vient de ce site, pas de vous.`,
};

/**
 * What happened, and what to do.
 *
 * @param {unknown} error
 * @param {string} again how to ask again, as an order without its capital
 */
export function why(error, again) {
  if (!(error instanceof EngineError)) {
    return NO_ANSWER;
  }
  const words = error.reason === "refused" ? refused(error.status ?? 0) : WORDS[error.reason];
  return words.replace("{again}", again).replace("{address}", location.origin + location.pathname);
}

/** @param {number} status */
function refused(status) {
  return status >= 500 || LATER.has(status)
    ? `${NOT_STARTED} Le serveur du site répond par une erreur (${status}). Attendez quelques minutes, puis {again}.`
    : `${NOT_STARTED} Le serveur du site n’a pas donné un fichier (erreur ${status}). Rechargez la page\u00a0: le site a peut-être changé.`;
}
