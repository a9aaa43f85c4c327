// What can be made of one PDF: a copy that opens without its password, one with some pages turned, one that is lighter.

import { el } from "../common/dom.mjs";

/**
 * @typedef {object} Mend what is asked of Python for a file, and what becomes of it
 * @property {object} asked
 * @property {string} words said while it is made
 * @property {string} suffix put after its name
 */
/** @typedef {(mend: Mend) => Promise<string>} Make gives why it could not be made; nothing when it was */
/** @typedef {{ nom: string, pages: number | null, motifs: { code: string }[], limite: number }} Document */

/** Pages that have a button each; of more, one is chosen by its number. */
const MOST_BUTTONS = 24;
const [QUARTER, WHOLE] = [90, 360];

const OPEN = "Ouvrir avec ce mot de passe";
const LIGHTER = "L’alléger, ou le couper sous la limite";
const PAGES = "N’en garder que les pages";
const NO_PASSWORD = "Tapez le mot de passe de ce PDF.";
const TURNING =
  "Chaque appui tourne la page d’un quart de tour vers la droite. Une page à l’envers en demande deux. Votre fichier n’est pas changé.";

/** Fields made, each with a name of its own. */
let fields = 0;

/** Why a PDF is offered lighter, or without what is around its pages. */
const HEAVY = ["trop-lourd", "poids-limite", "poids-inconnu"];
const AROUND = ["debut-inattendu", "fin-inattendue", "double-nature", "script"];
/** Why none is made of its pages. */
export const KEPT = new Set([
  ...["signature", "formulaire", "formulaire-dynamique", "mot-de-passe", "protege"],
  ...["illisible", "coupe", "pdf-demesure", "pdf-non-ouvert"],
]);

/**
 * What is offered for a PDF once looked at.
 *
 * @param {Document} document
 * @param {Make} make
 * @returns {HTMLElement[]}
 */
export function mendsOf(document, make) {
  const codes = new Set(document.motifs.map(({ code }) => code));
  if (codes.has("mot-de-passe")) {
    return [withPassword(document, make)];
  }
  const offered = [];
  if (codes.has("protege") && !codes.has("signature")) {
    offered.push(withoutProtection(document, make));
  }
  if (document.pages && [...codes].every((code) => !KEPT.has(code))) {
    if (HEAVY.some((code) => codes.has(code))) {
      offered.push(again(document, make, { what: LIGHTER, words: "Le PDF s’allège…", suffix: "-allege" }));
    }
    if (AROUND.some((code) => codes.has(code))) {
      offered.push(again(document, make, { what: PAGES, words: "Le PDF se prépare…", suffix: "-pages" }));
    }
    offered.push(turner(document, document.pages, make));
  }
  return offered;
}

/**
 * @param {string} words
 * @param {string} name
 * @param {string} [more]
 */
function button(words, name, more = "") {
  return el("button", { type: "button", class: `md-button ${more}`, "aria-label": `${words} : ${name}` }, words);
}

/** Where it is said, beside a gesture, why it could not be done. */
function complaint() {
  const place = el("p", { class: "calc-erreur", role: "alert", hidden: true });
  /** @param {string} reason */
  const say = (reason) => {
    place.textContent = reason;
    place.hidden = !reason;
  };
  return { place, say };
}

/**
 * Tells of a field that what was typed is not right.
 *
 * @param {HTMLInputElement} field
 * @param {boolean} wrong
 */
function mark(field, wrong) {
  field.setAttribute("aria-invalid", String(wrong));
  if (wrong) {
    field.focus();
  }
}

/**
 * @param {Document} document
 * @param {Make} make
 */
function withPassword({ nom }, make) {
  const id = `mot-de-passe-${(fields += 1)}`;
  const field = el("input", { type: "password", id, class: "calc-saisie", autocomplete: "off", "aria-describedby": `${id}-aide` });
  const { place, say } = complaint();
  const open = el("button", { type: "submit", class: "md-button", "aria-label": `${OPEN} : ${nom}` }, OPEN);
  const form = el(
    "form",
    { class: "fichiers-mot-de-passe", novalidate: true },
    el("label", { for: id }, `Mot de passe de «\u00a0${nom}\u00a0»`),
    el("p", { id: `${id}-aide`, class: "calc-aide" }, "Il reste sur votre appareil, et n’est pas gardé."),
    field,
    place,
    el("p", { class: "fichiers-gestes" }, open),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = field.value;
    // It is nowhere in the page once it was used.
    field.value = "";
    say("");
    open.disabled = true;
    const asked = { action: "ouvrir", nom, mot_de_passe: password };
    const reason = password ? await make({ asked, words: "Le PDF s’ouvre…", suffix: "-sans-mot-de-passe" }) : NO_PASSWORD;
    open.disabled = false;
    say(reason);
    mark(field, Boolean(reason));
  });
  return form;
}

/**
 * @param {Document} document
 * @param {Make} make
 */
function withoutProtection({ nom }, make) {
  const copy = button("En faire une copie sans protection", nom);
  const asked = { action: "ouvrir", nom, mot_de_passe: "" };
  return once(copy, () => make({ asked, words: "La copie se prépare…", suffix: "-sans-protection" }));
}

/**
 * Its pages again, and nothing else: no heavier than the limit, or cut.
 *
 * @param {Document} document
 * @param {Make} make
 * @param {{ what: string, words: string, suffix: string }} said
 */
function again({ nom, limite }, make, { what, words, suffix }) {
  const asked = { action: "assembler", noms: [nom], tours: [0], limite };
  return once(button(what, nom), () => make({ asked, words, suffix }));
}

/**
 * @param {HTMLButtonElement} pressed
 * @param {() => Promise<string>} act
 */
function once(pressed, act) {
  const { place, say } = complaint();
  pressed.addEventListener("click", async () => {
    say("");
    pressed.disabled = true;
    say(await act());
    pressed.disabled = false;
  });
  return el("div", {}, el("p", { class: "fichiers-gestes" }, pressed), place);
}

/**
 * Pages turned one by one.
 *
 * @param {Document} document
 * @param {number} count
 * @param {Make} make
 */
function turner({ nom, limite }, count, make) {
  /** @type {Record<number, number>} */
  const turns = {};
  const told = el("p", { class: "fichiers-tours", "aria-live": "polite" });
  const done = button("Faire le PDF aux pages tournées", nom, "md-button--primary");
  done.disabled = true;

  /** @param {number} page */
  function turn(page) {
    turns[page] = ((turns[page] ?? 0) + QUARTER) % WHOLE;
    const turned = Object.entries(turns).filter(([, by]) => by);
    told.textContent = turned.length
      ? `Vers la droite\u00a0: ${turned.map(([number, by]) => `page ${number} de ${by}°`).join(", ")}.`
      : "Aucune page ne sera tournée.";
    done.disabled = !turned.length;
  }

  const gesture = once(done, () => {
    const asked = { action: "assembler", noms: [nom], tours: [0], pages: [turns], limite };
    return make({ asked, words: "Les pages se tournent…", suffix: "-tourne" });
  });
  return el(
    "details",
    { class: "fichiers-pages" },
    el("summary", {}, "Tourner des pages"),
    el("p", { class: "calc-aide" }, TURNING),
    count <= MOST_BUTTONS ? buttons(nom, count, turn) : byNumber(nom, count, turn),
    told,
    gesture,
  );
}

/**
 * @param {string} name
 * @param {number} count
 * @param {(page: number) => void} turn
 */
function buttons(name, count, turn) {
  const group = el("div", { role: "group", class: "fichiers-gestes", "aria-label": `Pages de ${name}` });
  for (let page = 1; page <= count; page += 1) {
    const one = el("button", { type: "button", class: "md-button", "aria-label": `Tourner la page ${page} de ${name}` }, `Page ${page}`);
    one.addEventListener("click", () => turn(page));
    group.append(one);
  }
  return group;
}

/**
 * @param {string} name
 * @param {number} count
 * @param {(page: number) => void} turn
 */
function byNumber(name, count, turn) {
  const id = `page-${(fields += 1)}`;
  const field = el("input", { type: "text", inputmode: "numeric", id, class: "calc-saisie", autocomplete: "off" });
  const one = button("Tourner cette page", name);
  const { place, say } = complaint();
  const act = () => {
    const page = Number(field.value.trim());
    const known = Number.isInteger(page) && page >= 1 && page <= count;
    say(known ? "" : `Tapez un numéro de page, de 1 à ${count}.`);
    mark(field, !known);
    if (known) {
      turn(page);
    }
  };
  one.addEventListener("click", act);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      act();
    }
  });
  return el(
    "div",
    {},
    el("label", { for: id }, `Numéro de la page, de 1 à ${count}`),
    field,
    place,
    el("p", { class: "fichiers-gestes" }, one),
  );
}
