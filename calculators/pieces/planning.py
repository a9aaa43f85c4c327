"""Which application a project of urbanisme needs: the rules of the code, over the answers that are possible.

An answer « je ne sais pas » stands for all the others, so a project may need this or that.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["NOTHING", "authorisations"]

#: No authorisation is needed: no application, so no document.
NOTHING = "aucune"

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
_PERMIT = {"construction_autre": "pc_autre", "panneaux_sol": "pc_autre"}


def authorisations(answers: Mapping[str, frozenset[str]], projet: str) -> frozenset[str]:
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
_RULES: Mapping[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    "construction_maison": (("taille_construction", "secteur_protege"), _construction),
    "construction_autre": (("taille_construction", "secteur_protege"), _construction),
    "extension": (("taille_extension", "zone_urbaine", "surface_totale"), _extension),
    "terrasse": (("secteur_protege",), _terrace),
    "piscine": (("taille_piscine", "secteur_protege", "couverture_piscine"), _pool),
    "cloture": (("secteur_protege", "commune_exige"), _where_asked),
    "aspect": ((), lambda: "dp"),
    "ravalement": (("secteur_protege", "commune_exige"), _where_asked),
    "panneaux_sol": (("taille_panneaux", "secteur_protege"), _panels),
    "demolition": (("secteur_protege", "commune_exige"), _demolition),
}
