"""What is said of each reason: what it is, and how to mend it. A verdict never says that a file is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.files.model import Type, Verdict
from calculators.typography import french

if TYPE_CHECKING:
    from calculators.files.model import Examen, Limites, Motif

__all__ = ["KINDS", "MOTIFS", "VERDICTS", "kind", "mended", "said", "to_dict", "weight"]

VERDICTS = {
    Verdict.CONVIENT: "Rien à corriger",
    Verdict.A_VERIFIER: "À vérifier",
    Verdict.SERAIT_REFUSE: "Serait refusé",
}

KINDS = {
    Type.PDF: "PDF",
    Type.JPEG: "photo JPEG",
    Type.PNG: "image PNG",
    Type.HEIC: "photo d'iPhone (HEIC)",
    Type.AVIF: "image AVIF",
    Type.WEBP: "image WebP",
    Type.TIFF: "image TIFF",
    Type.GIF: "image GIF",
    Type.BMP: "image BMP",
    Type.SVG: "dessin SVG",
    Type.DOC: "ancien document Office (.doc, .xls…)",
    Type.DOCX: "document Word (.docx)",
    Type.XLSX: "classeur Excel (.xlsx)",
    Type.ODT: "document LibreOffice (.odt)",
    Type.ODS: "classeur LibreOffice (.ods)",
    Type.RTF: "document RTF",
    Type.ZIP: "archive ZIP",
    Type.RAR: "archive",
    Type.EXE: "programme",
    Type.HTML: "page web (HTML)",
    Type.EML: "courriel enregistré",
    Type.TEXTE: "texte",
    Type.VIDEO: "vidéo ou son",
    Type.VIDE: "fichier vide",
    Type.INCONNU: "fichier d'un type inconnu",
}

_PHOTO_TO_JPEG = "Refaites-en une image JPEG : ouvrez-la, puis « Exporter » ou « Enregistrer sous », au format JPEG."
_PRINT_TO_PDF = "Ouvrez-le, puis « Imprimer » et « Enregistrer au format PDF »."
#: How a file of a kind becomes one that is taken.
_TO_TAKEN = {
    Type.HEIC: (
        "Sur l'iPhone, selon sa version : Réglages, Appareil photo, Formats, « Le plus compatible », puis reprenez la "
        "photo. Ou numérisez la page dans l'application Notes : elle devient un PDF. Sur un Android : ouvrez-la dans "
        "Photos, et enregistrez-en une copie en JPEG."
    ),
    **dict.fromkeys((Type.JPEG, Type.PNG), f"Mettez-la dans un PDF. {_PRINT_TO_PDF.replace('-le', '-la')}"),
    **dict.fromkeys((Type.AVIF, Type.WEBP, Type.TIFF, Type.GIF, Type.BMP), _PHOTO_TO_JPEG),
    **dict.fromkeys(
        (Type.SVG, Type.DOC, Type.DOCX, Type.XLSX, Type.ODT, Type.ODS, Type.RTF, Type.HTML, Type.EML, Type.TEXTE),
        _PRINT_TO_PDF,
    ),
    **dict.fromkeys((Type.ZIP, Type.RAR), "Ouvrez l'archive, et déposez un par un les documents qu'elle contient."),
    Type.EXE: "Ne l'ouvrez pas. Demandez à qui vous l'a envoyé un document au format PDF.",
}
_OTHERWISE = "Demandez ce document au format PDF, ou photographiez-le."

_FORMATS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}

#: By code: what it is, and what to do. Between braces, the values of the reason.
MOTIFS = {
    "vide": (
        "Ce fichier est vide.",
        "Enregistrez de nouveau le document, ou envoyez-le de nouveau.",
    ),
    "format-refuse": ("Type du fichier : {type}. Cet endroit n'accepte que : {formats}.", "{mieux}"),
    "format-deconseille": (
        "Type du fichier : {type}. Les formats admis ne sont pas publiés ; préférez : {formats}.",
        "{mieux}",
    ),
    "trop-lourd": (
        "Il pèse {taille}, pour une limite de {maximum}.",
        "Numérisez à 150 ou 200 points par pouce, en gris. Réduisez une photo, ou séparez un long document en deux.",
    ),
    "poids-limite": (
        "Il pèse {taille}, tout près de la limite. Le site ne dit pas comment il compte le mégaoctet.",
        "Si le dépôt échoue, allégez-le sous {prudence}.",
    ),
    "poids-inconnu": (
        "Il pèse {taille}. La limite n'est pas publiée.",
        "Lisez celle de la page de dépôt, ou allégez-le sous {prudence}.",
    ),
    "presque-vide": ("Ce PDF pèse {taille} : il ne contient peut-être rien.", "Ouvrez-le, et regardez chaque page."),
    "coupe": (
        "La fin du fichier manque : il a été coupé, souvent pendant un envoi ou un téléchargement.",
        "Reprenez-le à sa source : téléchargez-le ou numérisez-le de nouveau.",
    ),
    "illisible": ("Ce fichier ne peut pas être lu.", "Enregistrez-le de nouveau, ou imprimez-le en PDF."),
    "double-nature": (
        "Ce fichier contient aussi autre chose : {autre}.",
        "Un antivirus peut l'écarter. Ouvrez-le, puis enregistrez-en une copie.",
    ),
    "debut-inattendu": (
        "Ce PDF ne commence pas comme un PDF.",
        "Certains sites ne le reconnaîtront pas. Imprimez-le en PDF, sauf s'il est signé.",
    ),
    "fin-inattendue": (
        "Ce PDF est suivi de {suite} qui n'en font pas partie.",
        "Certains sites ne le reconnaîtront pas. Imprimez-le en PDF, sauf s'il est signé.",
    ),
    "definition-faible": (
        "L'image est petite : {largeur} × {hauteur} points. Un petit texte peut être illisible.",
        "Reprenez la photo de plus près, ou numérisez la page.",
    ),
    "image-immense": (
        "L'image est immense : {largeur} × {hauteur} points. Elle n'a pas été ouverte ici.",
        "Réduisez-la : 2 000 points de large suffisent pour un texte.",
    ),
    "image-vide": (
        "L'image paraît vide : presque toute d'une seule couleur.",
        "Ouvrez-la : si elle devait montrer quelque chose, reprenez la photo.",
    ),
    "image-sombre": ("L'image est très sombre.", "Reprenez la photo à la lumière du jour, sans flash."),
    "image-floue": ("L'image paraît floue.", "Agrandissez-la : si le texte ne se lit pas, reprenez la photo."),
    "image-tournee": (
        "La photo a été prise appareil tourné. Certains sites la montreront couchée.",
        "Tournez-la et enregistrez-la de nouveau.",
    ),
    "couleurs-imprimeur": (
        "Ses couleurs sont celles d'un imprimeur (CMJN) : certains sites les affichent mal.",
        "Enregistrez-la de nouveau en JPEG ordinaire.",
    ),
    "position": (
        "La photo dit aussi où elle a été prise.",
        "Si vous ne voulez pas le dire, faites-en une capture d'écran, ou retirez sa position.",
    ),
    "pdf-non-ouvert": (
        "Ce PDF est trop lourd pour être ouvert ici ({taille}) : seuls son poids et son nom ont été vérifiés.",
        "Séparez-le en plusieurs fichiers.",
    ),
    "mot-de-passe": (
        "Ce PDF demande un mot de passe : sans lui, il ne s'ouvre pas.",
        "Faites-en une copie sans mot de passe, ou demandez-en une à qui vous l'a donné.",
    ),
    "protege": (
        "Ce PDF est protégé : certains sites refusent un fichier chiffré.",
        "Faites-en une copie sans protection, sauf s'il est signé.",
    ),
    "pdf-demesure": (
        "Ce PDF demande bien plus de mémoire qu'un document : sa lecture a été arrêtée.",
        "Demandez une autre copie à qui vous l'a donné.",
    ),
    "rien-dans-les-pages": ("Rien n'est dessiné dans ses pages.", "Ouvrez-le : ses pages sont peut-être blanches."),
    "pages-blanches": ("Pages blanches : {pages}.", "Vérifiez qu'il ne manque rien. Un verso vide peut rester."),
    "pages-images-vides": (
        "Pages numérisées qui paraissent vides : {pages}.",
        "Un verso vide peut rester. Sinon, numérisez-les de nouveau.",
    ),
    "images-non-regardees": (
        "Pages numérisées qui n'ont pas été regardées : {pages}.",
        "Ouvrez le PDF, et vérifiez qu'aucune n'est vide.",
    ),
    "pages-tournees": (
        "Pages tournées autrement que les autres : {pages}.",
        "Vérifiez qu'elles se lisent à l'endroit ; sinon, tournez-les.",
    ),
    "pages-etranges": (
        "Pages d'une taille inhabituelle : {pages}.",
        "Vérifiez qu'elles s'affichent et s'impriment en entier.",
    ),
    "beaucoup-de-pages": ("Il a {nombre} pages.", "Vérifiez que toutes sont demandées, ou séparez-le par document."),
    "signature": (
        "Ce PDF est signé électroniquement.",
        "Déposez-le tel quel : l'imprimer, le réduire ou le fusionner efface la signature.",
    ),
    "formulaire": (
        "Ce PDF est un formulaire à remplir.",
        "Vérifiez que vos réponses y sont bien, puis déposez-le tel quel.",
    ),
    "formulaire-dynamique": (
        "Ce formulaire est d'un type ancien (XFA), que beaucoup de sites n'affichent pas.",
        "Ouvrez-le avec Adobe Reader, puis imprimez-le en PDF.",
    ),
    "portfolio": (
        "Ce PDF est un porte-documents : les pièces sont cachées dedans.",
        "Enregistrez chaque pièce à part, et déposez-les une par une.",
    ),
    "pieces-jointes": (
        "D'autres fichiers sont joints dans ce PDF : ils risquent de n'être vus de personne.",
        "S'ils comptent, déposez-les à part. Une facture électronique peut rester ainsi.",
    ),
    "script": (
        "Ce PDF contient un programme : un antivirus peut l'écarter.",
        "S'il n'est pas signé, imprimez-le en PDF.",
    ),
    "sans-extension": ("Le nom ne finit pas par une extension.", "Renommez-le : il doit finir par « .{attendue} »."),
    "extension-trompeuse": (
        "Le nom finit par « .{lue} », mais le contenu est d'un autre type ({type_lu}).",
        "Renommez-le : il doit finir par « .{attendue} ».",
    ),
    "double-extension": ("Le nom a deux extensions, comme un fichier piégé.", "Renommez-le : {propose}."),
    "nom-trop-long": ("Le nom a {longueur} caractères ; au-delà de {maximum}, il est parfois refusé.", "{renommer}"),
    "nom-interdit": ("Le nom contient un caractère que des sites refusent.", "{renommer}"),
    "nom-fragile": ("Le nom commence ou finit par un point ou un espace, ou il est réservé par Windows.", "{renommer}"),
    "nom-accentue": ("Le nom a des accents : quelques sites les abîment.", "Vous pouvez le renommer : {propose}."),
    "meme-contenu": ("Même contenu que « {autre} ».", "Ne déposez qu'un des deux, ou vérifiez qu'il s'agit du bon."),
}


def weight(size: int) -> str:
    """Say a number of bytes.

    >>> weight(9_500_000), weight(640), weight(1_999_999), weight(48_300)
    ('9,5 Mo', '640 octets', '2,0 Mo', '48 ko')
    """
    if size < 1_000:  # noqa: PLR2004  # units follow one another by thousands
        return f"{size} octets" if size > 1 else f"{size} octet"
    return f"{size // 1_000} ko" if size < 1_000_000 else f"{size / 1_000_000:.1f} Mo".replace(".", ",")  # noqa: PLR2004


def kind(examen: Examen) -> str:
    """Say what a file is."""
    return french(KINDS[examen.type])


def said(motif: Motif, examen: Examen, limites: Limites) -> tuple[str, str]:
    """Say a reason: what it is, and what to do."""
    values: dict[str, str | int] = dict(motif.valeurs)
    for name in ("taille", "maximum", "prudence", "suite"):
        if name in values and motif.code != "nom-trop-long":
            values[name] = weight(int(values[name]))
    if "autre" in values and motif.code == "double-nature":
        values["autre"] = KINDS[Type(str(values["autre"]))]
    values |= {
        "type": KINDS[examen.type],
        "type_lu": KINDS[examen.type],
        "formats": ", ".join(_FORMATS[name] for name in limites.formats or limites.conseilles),
        "mieux": _TO_TAKEN.get(examen.type, _OTHERWISE),
        "propose": f"« {examen.nom_propose} »",
        "renommer": f"Renommez-le : « {examen.nom_propose} ».",
    }
    what, how = MOTIFS[motif.code]
    if examen.type is Type.EXE:
        # Whatever is wrong with a program, its name above all, is not to be mended.
        how = "{mieux}"
    return french(what.format_map(values)), french(how.format_map(values))


def to_dict(examen: Examen, limites: Limites) -> dict[str, Any]:
    """Give a file once looked at, for machines and for the page."""
    motifs = []
    for motif in examen.motifs:
        what, how = said(motif, examen, limites)
        motifs.append({"code": motif.code, "gravite": motif.gravite.value, "message": what, "remede": how})
    return {
        "nom": examen.nom,
        "type": examen.type.value,
        "type_en_clair": kind(examen),
        "taille": examen.taille,
        "pages": examen.pages,
        "dimensions": list(examen.dimensions) if examen.dimensions else None,
        "verdict": examen.verdict.value,
        "verdict_en_clair": french(VERDICTS[examen.verdict]),
        "motifs": motifs,
        "nom_propose": examen.nom_propose,
        "empreinte": examen.empreinte,
    }


#: Why a PDF cannot be made. Between braces, the name of the file.
_MENDED = {
    "rien": "Aucun fichier à réunir.",
    "trop-de-pages": "Cela fait trop de pages pour un seul PDF. Réunissez moins de fichiers.",
    "trop-lourd-ici": "« {nom} » est trop lourd pour être ouvert ici. Séparez-le d'abord avec un autre outil.",
    "signature": "« {nom} » est signé : le réunir à un autre efface la signature. Déposez-le tel quel.",
    "formulaire": "« {nom} » est un formulaire : le réunir à un autre peut effacer vos réponses. Déposez-le tel quel.",
    "protege": "« {nom} » est protégé : faites-en d'abord une copie sans mot de passe.",
    "mot-de-passe-faux": (
        "Ce mot de passe n'ouvre pas « {nom} ». Vérifiez les majuscules et les chiffres, puis tapez-le de nouveau."
    ),
    "sans-mot-de-passe": "« {nom} » s'ouvre déjà sans mot de passe.",
    "signature-protegee": (
        "« {nom} » est signé : en faire une copie sans mot de passe efface la signature. Demandez-en une à son auteur."
    ),
    "chiffrement-inconnu": (
        "« {nom} » est protégé d'une façon que cette page ne sait pas ouvrir. Ouvrez-le avec un lecteur de PDF, puis "
        "imprimez-le en PDF."
    ),
    "illisible": "« {nom} » ne peut pas être lu jusqu'au bout. Retirez-le, ou reprenez-le à sa source.",
    "page-trop-lourde": "Une page de « {nom} » dépasse à elle seule la limite. Numérisez-la moins finement.",
}


def mended(code: str, name: str) -> str:
    """Say why a PDF cannot be made.

    >>> mended("rien", "")
    'Aucun fichier à réunir.'
    """
    return french(_MENDED[code].format(nom=name))
