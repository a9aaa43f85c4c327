// Where dossiers are: the one that is open, in this tab; those that the reader asked to keep, on this device. Each is the
// text of its file, as Python wrote it: Python reads it again as if a stranger had written it.

import { DOSSIER, DOSSIERS } from "../storage.json";

/** Tells who shows a dossier that a form has been answered, before it shows the answer; whoever shows it elsewhere says so. */
export const ANSWERED = "demarches:calcule";
/** Asks a form to take these answers. */
export const FILL = "demarches:remplir";
/** Tells whoever shows the dossier of the tab, or has files of it, that what was told of it was taken away. */
export const FORGOTTEN = "demarches:oublie";

/**
 * @typedef {{ id: string, texte: string }} Held `id`: its name on this device; empty when it is not kept there
 * @typedef {{ calculateur: string, reponses: Record<string, string>, coches?: string[] }} Case
 * @typedef {{ nom?: string, recu?: string, cas: Case[], courriers?: Record<string, string> }} Content
 */

/** @returns {Held | undefined} the dossier that is open in this tab */
export function held() {
  if (globalThis.demarchesDossier) {
    return globalThis.demarchesDossier; // what is stored, if anything, is from before the browser refused
  }
  try {
    const found = JSON.parse(sessionStorage.getItem(DOSSIER) ?? "null");
    return typeof found?.id === "string" && typeof found.texte === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Holds a dossier open in this tab; kept on this device too, if what is there is what it was made from. Another tab may have
 * erased that, which is not kept again, or changed it, which is not lost: here it is then held as one that is not kept.
 *
 * @param {Held} one
 * @param {Held} [from] what it was made from
 * @returns {boolean} whether another page of the tab will find it
 */
export function hold({ id, texte }, from = held()) {
  const own = Boolean(id) && from?.id === id && [from.texte, texte].some((mine) => isSame(mine, keptText(id)));
  const one = { id: own ? id : "", texte };
  try {
    if (own) {
      localStorage.setItem(DOSSIERS + id, texte);
    }
    sessionStorage.setItem(DOSSIER, JSON.stringify(one));
    globalThis.demarchesDossier = undefined;
    return true;
  } catch {
    // What the device keeps may be from before.
    globalThis.demarchesDossier = { id: own && keptText(id) === texte ? id : "", texte };
    return false;
  }
}

/** What each version of the site writes of itself in the texts of dossiers. */
const OF_THE_SITE = new Set(["$schema", "regles"]);

/**
 * Whether two texts say the same of a matter.
 *
 * @param {string} one
 * @param {string | undefined} other
 */
function isSame(one, other) {
  const told = (/** @type {string} */ texte) =>
    JSON.stringify(contentOf(texte), (key, value) => (OF_THE_SITE.has(key) ? undefined : value));
  return other !== undefined && told(one) === told(other);
}

/**
 * Takes up what another tab changed in the dossier of this one, which has nothing that it did not keep: for a page that
 * shows nothing of it yet.
 */
export function takeUp() {
  const one = held();
  const texte = one?.id ? keptText(one.id) : undefined;
  if (one && texte !== undefined) {
    hold({ id: one.id, texte }, { id: one.id, texte });
  }
}

/** Closes it. */
export function letGo() {
  globalThis.demarchesDossier = undefined;
  try {
    sessionStorage.removeItem(DOSSIER);
  } catch {
    // Nothing was kept.
  }
  document.dispatchEvent(new Event(FORGOTTEN));
}

/**
 * Takes out of the dossier of this tab what a calculator was told, unless the reader keeps that dossier.
 *
 * @param {string} calculator
 */
export function forgetCases(calculator) {
  const one = held();
  if (one && keptText(one.id) === undefined) {
    const content = contentOf(one.texte);
    const cas = content.cas.filter(({ calculateur }) => calculateur !== calculator);
    if (cas.length) {
      hold({ id: "", texte: written({ ...content, cas }) });
      document.dispatchEvent(new Event(FORGOTTEN));
    } else {
      letGo();
    }
  }
}

/**
 * Keeps a dossier on this device.
 *
 * @param {string} texte
 * @returns {Held | undefined} nothing where the browser refuses
 */
export function keepHere(texte) {
  const one = { id: crypto.randomUUID?.() ?? String(Date.now()), texte };
  try {
    localStorage.setItem(DOSSIERS + one.id, texte);
    return one;
  } catch {
    return undefined;
  }
}

/**
 * The text of a dossier kept on this device, as it is now.
 *
 * @param {string} id
 * @returns {string | undefined} nothing when it is not there, or no more
 */
export function keptText(id) {
  try {
    return localStorage.getItem(DOSSIERS + id) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @returns {Held[]} those kept on this device, by name */
export function keptHere() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(DOSSIERS))
      .map((key) => ({ id: key.slice(DOSSIERS.length), texte: localStorage.getItem(key) ?? "" }))
      .sort((a, b) => nameOf(a.texte).localeCompare(nameOf(b.texte), "fr"));
  } catch {
    return [];
  }
}

/** @param {(id: string) => boolean} chosen */
export function eraseHere(chosen) {
  for (const { id } of keptHere().filter((one) => chosen(one.id))) {
    localStorage.removeItem(DOSSIERS + id);
  }
}

/**
 * What a text holds; an empty dossier when it is none.
 *
 * @param {string} texte
 * @returns {Content}
 */
export function contentOf(texte) {
  try {
    const found = JSON.parse(texte);
    return Array.isArray(found?.cas) ? found : emptied();
  } catch {
    return emptied();
  }
}

/** @param {string} texte */
export function nameOf(texte) {
  const { nom } = contentOf(texte);
  return typeof nom === "string" && nom ? nom : "Dossier sans nom";
}

/** @returns {Content & { format: string, version: number }} */
function emptied() {
  return { format: "mode-emploi-demarches/dossier", version: 3, nom: "", recu: "", cas: [], courriers: {} };
}

/** @param {Content} content */
export function written(content) {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The same dossier with what a form was told: one case a subject.
 *
 * @param {string} texte
 * @param {Case} told
 * @param {string} subject the question that says what the form is about; empty when it is always about the same thing
 */
export function withCase(texte, told, subject) {
  const content = contentOf(texte);
  const about = (/** @type {Case} */ one) => (subject ? one.reponses?.[subject] : "");
  const same = content.cas.findIndex((one) => one.calculateur === told.calculateur && about(one) === about(told));
  const ticked = told.coches ?? content.cas[same]?.coches ?? [];
  const cas = [...content.cas];
  cas.splice(same < 0 ? cas.length : same, same < 0 ? 0 : 1, { ...told, coches: ticked });
  return written({ ...content, cas });
}
