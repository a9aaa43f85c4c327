"""Which documents the answers call for: pure functions over sets of possible answers.

An answer « je ne sais pas » stands for all the others, so each document is called for, not called for, or perhaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.checklist.card import card_validity
from calculators.checklist.inputs import Age, Dossier, Projet
from calculators.declaration import UNKNOWN, fields_of, is_asked
from calculators.law.pieces import Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.checklist.card import Validite
    from calculators.checklist.inputs import PiecesInputs
    from calculators.law.pieces import Cas

__all__ = [
    "NOTHING",
    "Appel",
    "authorisations",
    "called_for",
    "possible_answers",
    "validity_of",
]

#: No authorisation is needed: no application, so no document.
NOTHING = "aucune"

_Answers = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Appel:
    """A document called for; ``certain`` is false when it depends on an answer that is not known."""

    piece: Piece
    certain: bool


def validity_of(inputs: PiecesInputs) -> Validite | None:
    """The validity of the present card, when its day of issue is given. Whoever is a child now was one then."""
    if inputs.date_delivrance is None:
        return None
    adult = {"oui": True, "non": False}.get(inputs.delivree_majeur.value) if inputs.age is Age.MAJEUR else False
    return card_validity(inputs.date_delivrance, inputs.aujourdhui, adult=adult)


# ---------------------------------------------------------------- town planning


_CONSTRUCTION = {"5_ou_moins": NOTHING, "5_a_20": "dp"}
_POOL = {"10_ou_moins": NOTHING, "10_a_100": "dp", "plus_de_100": "pc_maison"}


def authorisations(answers: Mapping[str, frozenset[str]], projet: Projet) -> frozenset[str]:
    """The applications that a project may need, outside protected areas: several when an answer is not known."""
    match projet:
        case Projet.CONSTRUCTION_MAISON | Projet.CONSTRUCTION_AUTRE:
            permit = "pc_maison" if projet is Projet.CONSTRUCTION_MAISON else "pc_autre"
            return frozenset(_CONSTRUCTION.get(size, permit) for size in answers["taille_construction"])
        case Projet.EXTENSION:
            return frozenset(
                _extension(size, zone, total)
                for size in answers["taille_extension"]
                for zone in answers["zone_urbaine"]
                for total in answers["surface_totale"]
            )
        case Projet.ASPECT:
            return frozenset({"dp"})
        case Projet.PISCINE:
            return frozenset(_POOL[size] for size in answers["taille_piscine"])
        case _:
            return frozenset({"demolir", NOTHING})


def _extension(size: str, zone: str, total: str) -> str:
    if size == "20_ou_moins":
        return "dp"
    if size == "20_a_40" and zone == "oui":
        return "pc_maison" if total == "oui" else "dp"
    return "pc_maison"


# ---------------------------------------------------------------- the list


def possible_answers(inputs: PiecesInputs) -> _Answers:
    """For each question, the answers that are possible: one when it is known, all when it is not."""
    answers: _Answers = {}
    for field in fields_of(type(inputs)):
        value = getattr(inputs, field.nom)
        options = frozenset(option.valeur for option in field.options)
        if not options:
            continue
        known = is_asked(inputs, field) and value is not None and value != UNKNOWN
        answers[field.nom] = frozenset({str(value)}) if known else options - {UNKNOWN}
    if (validity := validity_of(inputs)) is not None:
        answers["carte_etat"] = validity.etats
    if inputs.dossier is Dossier.INCONNU and inputs.projet is not None:
        answers["dossier"] = authorisations(answers, inputs.projet)
        if inputs.projet is Projet.EXTENSION:
            answers["grande_surface"] = answers["surface_totale"]
    return answers


def called_for(inputs: PiecesInputs) -> Iterator[Appel]:
    """The documents that the answers call for, in the order of the data."""
    answers = possible_answers(inputs)
    for piece in pieces().values():
        if piece.demarche != inputs.demarche:
            continue
        verdicts = {_verdict(case, answers) for case in piece.quand}
        if True in verdicts or None in verdicts:
            yield Appel(piece, certain=True in verdicts)


def _verdict(case: Cas, answers: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether a case is met; ``None`` when that depends on what is not known."""
    met: bool | None = True
    for question, wanted in case.items():
        possible = answers[question]
        if not possible & set(wanted):
            return False
        if not possible <= set(wanted):
            met = None
    return met
