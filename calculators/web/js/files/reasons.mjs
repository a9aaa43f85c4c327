// Why a file could not be looked at, or nothing be made of it: in the reader's words, with what to do.

import { EngineError } from "../engine/error.mjs";
import { why } from "../engine/why.mjs";
import { LibraryError } from "./checker.mjs";
import { UndrawableError } from "./photo.mjs";

export const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé, ou est-ce un dossier\u00a0?";
const NO_LIBRARY = "Ce qui lit ces fichiers n’a pas pu être chargé. Vérifiez votre connexion, puis recommencez.";
const TOO_LONG =
  "La lecture de ce fichier a été arrêtée\u00a0: il demande trop de temps ou de mémoire. Demandez-en une autre copie.";
const UNDRAWABLE =
  "Ce navigateur ne sait pas ouvrir cette image. Sur un iPhone : Réglages, Appareil photo, Formats, « Le plus " +
  "compatible », puis reprenez la photo. Sur un Android : ouvrez-la dans Photos et enregistrez-en une copie en JPEG.";
const AGAIN = "choisissez de nouveau vos fichiers";

/** @param {unknown} error */
export function reasonOf(error) {
  if (error instanceof UndrawableError) {
    return UNDRAWABLE;
  }
  if (error instanceof LibraryError) {
    return NO_LIBRARY;
  }
  const stopped = error instanceof EngineError && (error.reason === "timeout" || error.reason === "stopped");
  return stopped ? TOO_LONG : why(error, AGAIN);
}
