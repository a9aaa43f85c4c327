"""The readings of a deadline: where the law, or the person's answer, leaves a point open, each reading has its own date.

Open points: whether Saturday counts among jours ouvrables; whether CPC, art. 642 extends a period for which no ruling was found; whether
Good Friday is a holiday in the commune; whether Saint-Martin keeps 27 or 28 May. No reading is ever preferred silently: the answer
gives them all and names the safe one, the earliest for who must act, the latest for who waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from calculators.deadlines.inputs import Distance, Temple
from calculators.deadlines.rules import Compte, Periode, count
from calculators.holidays import Calendrier
from calculators.law import Prorogation, Unite
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["Calculation", "Place", "Reading", "calculate_readings"]

_MONTHS = {Distance.AUCUNE: 0, Distance.UN_MOIS: 1, Distance.DEUX_MOIS: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the period runs, and what the person knows of it."""

    territoire: Territoire
    temple: Temple = Temple.INCONNU

    def calendars(self) -> Iterator[tuple[str, Calendrier]]:
        """Yield each calendar that may apply, with the words that tell it apart (empty when there is one only)."""
        match self.territoire:
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.INCONNU:
                yield "le Vendredi saint n'est pas férié dans la commune", Calendrier(self.territoire)
                yield "le Vendredi saint est férié dans la commune", Calendrier(self.territoire, frozenset({"temple"}))
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.OUI:
                yield "", Calendrier(self.territoire, frozenset({"temple"}))
            case Territoire.SAINT_MARTIN:
                yield "le 27 mai est férié", Calendrier(self.territoire, frozenset({"saint_martin_27"}))
                yield "le 28 mai est férié", Calendrier(self.territoire, frozenset({"saint_martin_28"}))
            case _:
                yield "", Calendrier(self.territoire)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: its key, the words for what it supposes, and how it counts."""

    cle: str
    suppose: tuple[str, ...]
    compte: Compte


@dataclass(frozen=True, slots=True)
class Calculation:
    """All the readings of one period, the first being the one the texts favour."""

    lectures: tuple[Reading, ...]

    @property
    def retenue(self) -> Compte:
        """The reading the texts favour."""
        return self.lectures[0].compte

    @property
    def ouverte(self) -> bool:
        """Whether the readings do not all end on the same day."""
        return len({reading.compte.echeance for reading in self.lectures}) > 1

    @property
    def au_plus_tot(self) -> date:
        """The earliest end: safe for who must act."""
        return min(reading.compte.echeance for reading in self.lectures)

    @property
    def au_plus_tard(self) -> date:
        """The latest end: safe for who waits."""
        return max(reading.compte.echeance for reading in self.lectures)


def calculate_readings(
    evenement: date,
    periode: Periode,
    place: Place,
    *,
    prorogation: Prorogation = Prorogation.OUI,
    rebours: bool = False,
    distance: Distance = Distance.AUCUNE,
) -> Calculation:
    """Count a period under each reading.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    saturdays = _saturdays(periode)
    extensions = _extensions(prorogation, rebours=rebours)
    found: list[Reading] = []
    for (calendar_words, calendar), (saturday_words, saturday), (extension_words, extended) in product(
        place.calendars(), saturdays, extensions
    ):
        compte = count(evenement, periode, calendar, rebours=rebours, samedi_ouvrable=saturday, proroge=extended)
        if distance is not Distance.AUCUNE:
            compte = _with_distance(compte, distance, extended=extended)
        words = tuple(filter(None, (calendar_words, saturday_words, extension_words)))
        if all((r.compte.terme, r.compte.echeance) != (compte.terme, compte.echeance) for r in found):
            found.append(Reading(f"lecture-{len(found) + 1}", words, compte))
    return Calculation(tuple(found))


def _saturdays(periode: Periode) -> tuple[tuple[str, bool], ...]:
    if periode.unite is not Unite.JOURS_OUVRABLES:
        return (("", True),)
    return (("le samedi compte comme jour ouvrable", True), ("le samedi ne compte pas", False))


def _extensions(prorogation: Prorogation, *, rebours: bool) -> tuple[tuple[str, bool], ...]:
    if rebours or prorogation is Prorogation.NON:
        return (("", False),)
    if prorogation is Prorogation.OUI:
        return (("", True),)
    return (("la fin est reportée au premier jour ouvrable", True), ("la fin n'est pas reportée", False))


def _with_distance(compte: Compte, distance: Distance, *, extended: bool) -> Compte:
    """Add the months of CPC, art. 643 or 644 to the period, then extend its end: the period is one, merely longer."""
    period = compte.periode
    longer = Periode(period.nombre, period.unite, period.mois + _MONTHS[distance])
    if period.unite is Unite.MOIS:
        longer = Periode(period.nombre + _MONTHS[distance], period.unite, period.mois)
    return count(compte.evenement, longer, compte.calendrier, samedi_ouvrable=compte.samedi_ouvrable, proroge=extended)
