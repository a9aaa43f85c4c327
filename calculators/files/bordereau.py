"""The list that goes with the files: their numbers, in the order of what was asked for, their names, and its lines.

A document that was asked for keeps its number when no file is tied to it: whoever checks the files against the list of
the démarche reads both side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from calculators.files.model import Type
from calculators.files.names import proposed
from calculators.files.words import weight
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Bordereau", "Joint", "Rubrique", "bordereau", "letter", "read"]


@dataclass(frozen=True)
class Joint:
    """A file, as it was looked at: its plain name, what it is, its pages when it has some, its bytes."""

    nom: str
    type: Type
    pages: int | None
    taille: int


@dataclass(frozen=True)
class Rubrique:
    """What was asked for, and its files. Without a ``titre``, a file has its own name; ``note``: of its absence."""

    titre: str
    note: str
    fichiers: tuple[Joint, ...]


@dataclass(frozen=True)
class Bordereau:
    """``noms``: of the files, in their order; ``lignes``: what the list says, numbered."""

    noms: tuple[str, ...]
    lignes: tuple[str, ...]


def letter(rank: int) -> str:
    """Give the letters of a file among those of one document, from 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('a', 'z', 'aa', 'zz')
    """
    before, last = divmod(rank, len(ascii_lowercase))
    return (letter(before - 1) if before else "") + ascii_lowercase[last]


def bordereau(rubriques: Sequence[Rubrique]) -> Bordereau:
    r"""Number the files after what was asked for: 1, 2, then 3a and 3b when a document has two.

    >>> asked = [Rubrique("RIB", "", (Joint("a.pdf", Type.PDF, 2, 48_300),)), Rubrique("Bail", "selon le cas", ())]
    >>> bordereau(asked).noms
    ('01_rib.pdf',)
    >>> bordereau(asked).lignes
    ('1. RIB\xa0: 01_rib.pdf (2 pages, 48 ko)', '2. Bail\xa0: non jointe (selon le cas)')
    """
    told = [entry for number, rubrique in enumerate(rubriques, 1) for entry in _of(number, rubrique)]
    return Bordereau(tuple(name for name, _ in told if name), tuple(line for _, line in told))


def _of(number: int, rubrique: Rubrique) -> Iterator[tuple[str, str]]:
    if not rubrique.fichiers:
        note = f" ({rubrique.note})" if rubrique.note else ""
        yield "", f"{number}. {french(f'{rubrique.titre} : non jointe{note}')}"
    several = len(rubrique.fichiers) > 1
    for rank, file in enumerate(rubrique.fichiers):
        mark = letter(rank) if several else ""
        stem = proposed(rubrique.titre, file.type) if rubrique.titre else file.nom
        name = f"{number:02}{mark}_{stem}"
        what = french(f"{rubrique.titre} : ") if rubrique.titre else ""
        yield name, f"{number}{mark}. {what}{name} ({_measures(file)})"


def _measures(file: Joint) -> str:
    pages = f"{file.pages} page{'s' if file.pages > 1 else ''}, " if file.pages else ""
    return pages + weight(file.taille)


def read(given: Sequence[Mapping[str, Any]]) -> list[Rubrique]:
    """Take what the page hands over."""
    return [
        Rubrique(
            one["titre"],
            one["note"],
            tuple(Joint(file["nom"], Type(file["type"]), file["pages"], file["taille"]) for file in one["fichiers"]),
        )
        for one in given
    ]
