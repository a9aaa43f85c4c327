"""Which documents the answers call for: pure functions over sets of possible answers.

An answer « je ne sais pas » stands for all the others, so each document is called for, not called for, or perhaps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from calculators.checklist.card import card_validity
from calculators.checklist.inputs import Age, Dossier, Projet
from calculators.checklist.names import documents
from calculators.declaration import UNKNOWN, asked_of, fields_of
from calculators.law.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from calculators.checklist.card import Validite
    from calculators.checklist.inputs import PiecesInputs
    from calculators.law.pieces import Cas

__all__ = [
    "NOTHING",
    "Appel",
    "Raccourci",
    "authorisations",
    "called_for",
    "possible_answers",
    "shortcuts",
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


_PROTECTED = ("oui", "site")
#: What each size calls for, outside the protected places, then in them (R421-2, R421-9, R421-11).
_CONSTRUCTION = {
    "5_ou_moins": (NOTHING, "dp"),
    "5_ou_moins_haute": ("dp", "pc"),
    "5_a_20": ("dp", "dp"),
    "plus_de_20": ("pc", "pc"),
}
_PANELS = {"moins_de_3_bas": (NOTHING, "dp"), "moins_de_3_haut": ("dp", "dp"), "3_ou_plus": ("dp", "pc")}
#: Which permit, where it is not that of a house.
_PERMIT = {Projet.CONSTRUCTION_AUTRE: "pc_autre", Projet.PANNEAUX_SOL: "pc_autre"}


def authorisations(answers: Mapping[str, frozenset[str]], projet: Projet) -> frozenset[str]:
    """The applications that a project may need: several when an answer is not known.

    C. urb. R421-2, R421-9, R421-11 (new constructions), R421-12 (fences), R421-14 and R421-17 (existing buildings),
    R421-17-1 (cleaning of façades), R421-27 and R421-28 (demolition).
    """
    questions, decide = _RULES[projet]
    found = {decide(*known) for known in product(*(answers[question] for question in questions))}
    return frozenset(_PERMIT.get(projet, "pc_maison") if name == "pc" else name for name in found)


def _construction(size: str, sector: str) -> str:
    return _CONSTRUCTION[size][sector in _PROTECTED]


def _panels(size: str, sector: str) -> str:
    return _PANELS[size][sector in _PROTECTED]


def _pool(size: str, sector: str, covered: str) -> str:
    if size == "10_ou_moins" and sector not in _PROTECTED:
        return NOTHING
    return "pc" if size == "plus_de_100" or covered == "oui" else "dp"


def _terrace(sector: str) -> str:
    return "dp" if sector in _PROTECTED else NOTHING


def _where_asked(sector: str, asked: str) -> str:
    """Fences and façades: only where the place is protected, or the town decided so."""
    return "dp" if sector in _PROTECTED or asked == "oui" else NOTHING


def _demolition(sector: str, asked: str) -> str:
    return "demolir" if sector in _PROTECTED or asked == "oui" else NOTHING


def _extension(size: str, zone: str, total: str) -> str:
    if size == "20_ou_moins":
        return "dp"
    if size == "20_a_40" and zone == "oui":
        return "pc" if total == "oui" else "dp"
    return "pc"


#: For each project, the questions that decide and what their answers call for.
_RULES: Mapping[Projet, tuple[tuple[str, ...], Callable[..., str]]] = {
    Projet.CONSTRUCTION_MAISON: (("taille_construction", "secteur_protege"), _construction),
    Projet.CONSTRUCTION_AUTRE: (("taille_construction", "secteur_protege"), _construction),
    Projet.EXTENSION: (("taille_extension", "zone_urbaine", "surface_totale"), _extension),
    Projet.TERRASSE: (("secteur_protege",), _terrace),
    Projet.PISCINE: (("taille_piscine", "secteur_protege", "couverture_piscine"), _pool),
    Projet.CLOTURE: (("secteur_protege", "commune_exige"), _where_asked),
    Projet.ASPECT: ((), lambda: "dp"),
    Projet.RAVALEMENT: (("secteur_protege", "commune_exige"), _where_asked),
    Projet.PANNEAUX_SOL: (("taille_panneaux", "secteur_protege"), _panels),
    Projet.DEMOLITION: (("secteur_protege", "commune_exige"), _demolition),
}

#: What a project by itself answers of the questions of a declaration.
_IMPLIED: Mapping[Projet, Mapping[str, str]] = {
    Projet.CONSTRUCTION_MAISON: {"volume": "oui"},
    Projet.CONSTRUCTION_AUTRE: {"volume": "oui"},
    Projet.EXTENSION: {"volume": "oui", "facade": "oui"},
    Projet.PISCINE: {"volume": "oui"},
    Projet.CLOTURE: {"volume": "oui"},
    Projet.ASPECT: {"facade": "oui"},
    Projet.RAVALEMENT: {"volume": "non", "terrain_modifie": "non", "facade": "oui"},
}


# ---------------------------------------------------------------- the list


def possible_answers(inputs: PiecesInputs) -> _Answers:
    """For each question, the answers that are possible: one when it is known, all when it is not."""
    answers: _Answers = {}
    asked = asked_of(inputs)
    for field in fields_of(type(inputs)):
        value = getattr(inputs, field.nom)
        options = frozenset(option.valeur for option in field.options)
        if not options:
            continue
        known = field.nom in asked and value is not None and value != UNKNOWN
        answers[field.nom] = frozenset({str(value)}) if known else options - {UNKNOWN}
    if (validity := validity_of(inputs)) is not None:
        answers["carte_etat"] = validity.etats
    if inputs.dossier is Dossier.INCONNU and inputs.projet is not None:
        answers["dossier"] = authorisations(answers, inputs.projet)
        answers |= {name: frozenset({value}) for name, value in _IMPLIED.get(inputs.projet, {}).items()}
        if inputs.projet is Projet.EXTENSION:
            answers["grande_surface"] = answers["surface_totale"]
    return answers


def called_for(inputs: PiecesInputs) -> Iterator[Appel]:
    """The documents that the answers call for, in the order of the data."""
    answers = possible_answers(inputs)
    for piece in documents().values():
        if piece.demarche != inputs.demarche:
            continue
        verdicts = {_verdict(case, answers) for case in piece.quand}
        if True in verdicts or None in verdicts:
            yield Appel(piece, certain=True in verdicts)


@dataclass(frozen=True, slots=True)
class Raccourci:
    """A question left unanswered whose answer may shorten the list, and how many documents then remain."""

    question: str
    au_moins: int
    au_plus: int


@lru_cache(maxsize=1)  # the headline and a warning of one answer both want them
def shortcuts(inputs: PiecesInputs) -> tuple[Raccourci, ...]:
    """Say which « je ne sais pas » are worth lifting, the one that shortens the list most first.

    Each question left open is tried with all its answers, the others staying as they are; what counts is how many
    documents it leaves on average. A question that does not offer « je ne sais pas » by default, as the choice of the
    application, is not one to go and ask about.
    """
    length = len(tuple(called_for(inputs)))
    found: list[tuple[float, Raccourci]] = []
    asked = asked_of(inputs)
    for field in fields_of(type(inputs)):
        if field.defaut != UNKNOWN or field.nom not in asked or getattr(inputs, field.nom) != UNKNOWN:
            continue
        kind = type(getattr(inputs, field.nom))
        answers = [option.valeur for option in field.options if option.valeur != UNKNOWN]
        lengths = [len(tuple(called_for(replace(inputs, **{field.nom: kind(answer)})))) for answer in answers]
        if (mean := sum(lengths) / len(lengths)) < length:
            found.append((mean, Raccourci(field.question.label, min(lengths), max(lengths))))
    return tuple(shortcut for _, shortcut in sorted(found, key=lambda entry: entry[0]))


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
