"""Where the person lives: the territories whose amounts or holidays differ."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from calculators.declaration import Choice
from calculators.errors import CoverageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Territoire", "covered"]


class Territoire(Choice):
    """Territories of the code des procédures civiles d'exécution, and those it leaves to their own law."""

    METROPOLE = "metropole", "Hexagone et Corse"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace ou Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    LA_REUNION = "la_reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"
    DROIT_PROPRE = "droit_propre", "Nouvelle-Calédonie, Polynésie française, Wallis-et-Futuna"


@contextmanager
def covered(territoire: Territoire, elsewhere: str, champ: Callable[[], str]) -> Iterator[None]:
    """Answer where the verified law applies, and say of which field a refusal is.

    Args:
        territoire: where the person is.
        elsewhere: what to say where another law applies.
        champ: the field that a refusal is about, when the rule that refuses does not know it.

    Raises:
        CoverageError: the territory has its own law, or what is asked is outside the verified one.
    """
    if territoire is Territoire.DROIT_PROPRE:
        raise CoverageError(elsewhere, champ="territoire")
    try:
        yield
    except CoverageError as error:
        raise error.about(error.champ or champ()) from None
