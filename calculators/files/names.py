"""Names that get a file refused or lost, and one to give it."""

from __future__ import annotations

import re
import unicodedata

from calculators.files.kinds import ENDINGS
from calculators.files.model import Gravite, Motif, Type

__all__ = ["ending_of", "look_at", "proposed"]

_LONGEST = 100
_LONGEST_PROPOSED = 60
_FORBIDDEN = frozenset('\\/:*?"<>|')
#: Endings that a double one hides: « acte.pdf.exe » is shown as « acte.pdf ».
_HIDING = re.compile(r"\.(pdf|jpe?g|png|docx?|odt)\.[A-Za-z0-9]{2,4}$", re.IGNORECASE)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-_. ]?(0[1-9]|1[0-2])[-_. ]?((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
#: Names that cameras and scanners give, which say nothing of the document.
_MACHINE = re.compile(
    r"(?:img|dsc|dscn|dscf|pxl|photo|image|scan|numerisation|document|sans-titre|whatsapp-image)"
    r"(?:-(?:\d+s?|at|img|wa\d+))*"
)
#: What may be an ending, and no figure of a date.
_ENDING = re.compile(r"(?=.*[a-z])[a-z0-9]{1,5}")
#: Letters of a single word that no decomposition parts, and what parts two words.
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "’": " ", "–": " ", "—": " "}
)


def ending_of(name: str) -> str:
    """Give the ending of a name, in small letters; empty when it has none.

    >>> ending_of("Acte.PDF"), ending_of("acte"), ending_of(".pdf")
    ('pdf', '', '')
    """
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def look_at(name: str, kind: Type) -> tuple[Motif, ...]:
    """List what is awkward in the name of a file of this kind."""
    found = []
    ending, right = ending_of(name), ENDINGS.get(kind, ())
    if right and not ending:
        found.append(Motif("sans-extension", Gravite.A_VERIFIER, {"attendue": right[0]}))
    elif right and ending not in right and not (kind is Type.TEXTE and ending not in _KNOWN):
        found.append(Motif("extension-trompeuse", Gravite.A_VERIFIER, {"lue": ending, "attendue": right[0]}))
    if _HIDING.search(name):
        found.append(Motif("double-extension", Gravite.A_VERIFIER))
    if len(name) > _LONGEST:
        found.append(Motif("nom-trop-long", Gravite.A_VERIFIER, {"longueur": len(name), "maximum": _LONGEST}))
    if _FORBIDDEN & set(name) or any(unicodedata.category(letter)[0] == "C" for letter in name):
        found.append(Motif("nom-interdit", Gravite.A_VERIFIER))
    elif name != name.strip(" .") or _RESERVED.match(name.partition(".")[0]):
        found.append(Motif("nom-fragile", Gravite.A_VERIFIER))
    elif not name.isascii():
        found.append(Motif("nom-accentue", Gravite.A_SAVOIR))
    return tuple(found)


_KNOWN = {"bin", *(ending for endings in ENDINGS.values() for ending in endings)}


def proposed(name: str, kind: Type) -> str:
    """Give a plain name for a file: its day first, if the name holds one, then what it says, without accents.

    >>> proposed("Pièce d'identité 20-11-2026.PDF", Type.PDF), proposed("IMG_20261120_101112.heic", Type.HEIC)
    ('2026-11-20_piece-d-identite.pdf', '2026-11-20_document.heic')
    >>> proposed("📄", Type.JPEG)
    'document.jpg'
    """
    stem, ending = name, _ending(name, kind)
    if ending and ending_of(stem) == ending:
        stem = stem.rpartition(".")[0]
    while ending_of(stem) in _KNOWN:
        stem = stem.rpartition(".")[0]
    day = ""
    if found := _YEAR_FIRST.search(stem):
        day, stem = "-".join(found.groups()), stem[: found.start()] + " " + stem[found.end() :]
    elif found := _DAY_FIRST.search(stem):
        day, stem = "-".join(reversed(found.groups())), stem[: found.start()] + " " + stem[found.end() :]
    plain = unicodedata.normalize("NFKD", stem.translate(_LIGATURES)).encode("ascii", "ignore").decode()
    said = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_PROPOSED].strip("-")
    if not said or _RESERVED.match(said) or _MACHINE.fullmatch(said):
        said = "document"
    return "".join((day, "_" if day else "", said, "." if ending else "", ending))


def _ending(name: str, kind: Type) -> str:
    """The ending that a file of this kind goes by; its own, when its bytes say nothing of it."""
    if kind in ENDINGS:
        return ENDINGS[kind][0]
    mine = ending_of(name)
    if _ENDING.fullmatch(mine):
        return mine
    return "" if kind is Type.VIDE else "bin"
