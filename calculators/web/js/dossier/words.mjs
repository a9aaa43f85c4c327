// What « Mon dossier » tells the reader, all of it but the names of the buttons: those are where the button is made.

export const PREPARING = "Votre dossier se prépare…";
export const READY = "Votre dossier est à jour.";
export const OPENED = "Dossier ouvert. Il reste dans cet onglet, sauf si vous le gardez.";
export const OPENED_HERE = "Dossier ouvert. Vos changements sont gardés sur cet appareil.";
export const FROM_LINK = "Ce lien contient un dossier. Il n’est ni enregistré ni envoyé.";

// What Python did not answer.
export const NOT_SHOWN = "Le dossier n’a pas pu être préparé.";
export const NOT_RENEWED = "Le dossier n’a pas pu être mis à jour\u00a0: ce qui en est affiché date d’avant.";
export const NOT_OPENED = "Ce dossier n’a pas pu être ouvert.";
export const NOT_NOTED = "Ce jour n’a pas pu être noté\u00a0: il reste écrit à sa place.";
export const NOT_REMOVED = "Ces réponses n’ont pas pu être retirées.";
export const TRY_AGAIN =
  "Rien n’est perdu tant que vous restez sur cette page\u00a0: choisissez «\u00a0Réessayer\u00a0». Si cela recommence, vérifiez votre connexion.";

export const NO_DAY = "Indiquez le jour, sous la forme JJ/MM/AAAA.";

export const TOO_BIG = "Ce fichier est trop gros pour être un dossier. Rien n’en a été ouvert.";
export const UNREADABLE = "Ce fichier ne peut pas être lu. A-t-il été déplacé\u00a0?";
export const ONE_FILE = "Déposez un seul fichier à la fois.";

export const KEPT = "Ce dossier est gardé dans ce navigateur, et suit vos changements. Sur un appareil partagé, effacez-le ensuite.";
export const NOT_KEPT = "Ce navigateur ne permet pas de garder un dossier. Enregistrez-le dans un fichier.";
export const NOWHERE = "Ce navigateur ne garde rien\u00a0: enregistrez le dossier dans un fichier avant de quitter cette page.";
export const ERASED_ELSEWHERE =
  "Ce dossier a été effacé de cet appareil dans un autre onglet. Il n’est plus que dans celui-ci\u00a0: gardez-le de nouveau, ou effacez-le ici aussi.";
export const CHANGED_ELSEWHERE =
  "Ce dossier a été changé dans un autre onglet\u00a0: il est gardé tel qu’il y est, et reste dans la liste. Ce que vous voyez ici n’est plus que dans cet onglet.";
export const GONE = "Ce dossier n’est plus gardé sur cet appareil.";
export const RELEASED = "Ce dossier n’est plus gardé sur cet appareil. Il reste dans cet onglet.";

export const SAVED = "Fichier enregistré sur votre appareil. Il contient vos réponses. «\u00a0Ouvrir un fichier\u00a0» le reprend, ici ou ailleurs.";
export const CALENDAR = "Fichier enregistré\u00a0: ouvrez-le pour ajouter à votre agenda ce qui reste à faire.";
export const NO_DATE = "Aucune date à venir\u00a0: il n’y a rien à mettre dans l’agenda.";
export const COPIED = "Texte copié.";
export const LINK_COPIED = "Lien copié.";
export const COPY_BY_HAND = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl + C, ou par un appui long.";
export const IN_LINK = "Ce lien contient vos réponses\u00a0: ne le montrez qu’à qui peut les lire. Le nom du dossier et les textes libres n’y sont pas.";
export const NO_ADDRESS = "Cette copie du site n’a pas d’adresse en ligne, donc pas de lien\u00a0: enregistrez le dossier dans un fichier.";
export const TOO_LONG = "Ce dossier est trop long pour un QR code\u00a0: enregistrez le fichier, et envoyez-le à votre téléphone.";
export const QR_PREPARING = "Le QR code se prépare…";
export const QR_READY = "Montrez ce code à l’appareil photo du téléphone.";
export const NO_QR = "Le QR code n’a pas pu être fait. Le lien reste bon.";

export const SURE = "Effacer\u00a0? Choisissez encore une fois ce bouton.";
export const CLOSED = "Dossier fermé\u00a0: il n’est plus dans cet onglet.";
export const ERASED = "Dossier effacé\u00a0: il n’en reste rien sur cet appareil, sauf dans un autre onglet où il serait ouvert.";
export const ERASED_ALONE = "Dossier effacé. Ceux de la liste sont encore gardés sur cet appareil.";
export const ALL_ERASED = "Tout est effacé\u00a0: il ne reste aucun dossier, ni aucune réponse, sur cet appareil, sauf dans un autre onglet encore ouvert.";
