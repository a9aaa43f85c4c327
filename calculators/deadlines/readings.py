"""The readings of a deadline: where the law, or the person's answer, leaves a point open, each reading has its date.

Open points: whether Saturday counts among jours ouvrables; whether CPC, art. 642 extends a period for which no ruling
was found; whether Good Friday is a holiday in the commune; whether Saint-Martin keeps 27 or 28 May. No reading is ever
preferred silently: the answer gives them all and names the safe one, the earliest for who must act, the latest for who
waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from calculators.deadlines.inputs import Distance, Temple
from calculators.deadlines.rules import Compte, count
from calculators.holidays import Calendrier
from calculators.law import Prorogation, Unite
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from calculators.deadlines.rules import Periode

__all__ = ["Calculation", "Hypothese", "Place", "Reading", "calculate_readings"]

_MONTHS = {Distance.AUCUNE: 0, Distance.UN_MOIS: 1, Distance.DEUX_MOIS: 2}


@dataclass(frozen=True, slots=True)
class Hypothese:
    """What a reading supposes on an open point, and why one may read the law so."""

    intitule: str
    raison: str


#: The calendar, Saturday, the extension: on each, what one reading supposes (nothing where there is no doubt).
_Supposed = tuple[Hypothese | None, Hypothese | None, Hypothese | None]

_GOOD_FRIDAY = "La loi ne vise que les communes qui ont un temple protestant ou une église mixte."
_SAINT_MARTIN = "Le code du travail dit le 27 mai ; à Saint-Martin la commémoration se tient le 28."
_SATURDAY = "Le samedi est en principe un jour ouvrable ; des banques comptent autrement, et rien ne tranche ce point."
_EXTENSION = "L'article 642 reporte la fin d'un délai de procédure ; aucune décision n'a été trouvée pour celui-ci."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the period runs, and what the person knows of it."""

    territoire: Territoire
    temple: Temple = Temple.INCONNU

    def calendars(self) -> Iterator[tuple[Hypothese | None, Calendrier]]:
        """Yield each calendar that may apply, with what it supposes (nothing when there is one only)."""
        match self.territoire:
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.INCONNU:
                yield Hypothese("le Vendredi saint n'est pas férié dans la commune", _GOOD_FRIDAY), self._with()
                yield Hypothese("le Vendredi saint est férié dans la commune", _GOOD_FRIDAY), self._with("temple")
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.OUI:
                yield None, self._with("temple")
            case Territoire.SAINT_MARTIN:
                yield Hypothese("le 27 mai est férié", _SAINT_MARTIN), self._with("saint_martin_27")
                yield Hypothese("le 28 mai est férié", _SAINT_MARTIN), self._with("saint_martin_28")
            case _:
                yield None, self._with()

    def _with(self, *conditions: str) -> Calendrier:
        return Calendrier(self.territoire, frozenset(conditions))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: its key, what it supposes, and how it counts."""

    cle: str
    suppose: tuple[Hypothese, ...]
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
    period = _lengthened(periode, distance)
    counted: dict[_Supposed, Compte] = {}
    for (day_off, calendar), (saturday, ouvrable), (extension, extended) in product(
        place.calendars(), _saturdays(period), _extensions(prorogation, rebours=rebours)
    ):
        compte = count(evenement, period, calendar, rebours=rebours, samedi_ouvrable=ouvrable, proroge=extended)
        counted[day_off, saturday, extension] = compte
    found: list[Reading] = []
    for suppose, compte in counted.items():
        if all(_ends(reading.compte) != _ends(compte) for reading in found):
            found.append(Reading(f"lecture-{len(found) + 1}", _that_matter(suppose, counted), compte))
    return Calculation(tuple(found))


def _ends(compte: Compte) -> tuple[date, date]:
    return compte.terme, compte.echeance


def _that_matter(suppose: _Supposed, counted: Mapping[_Supposed, Compte]) -> tuple[Hypothese, ...]:
    """Keep what a reading supposes where supposing otherwise, on that point alone, would move its end."""
    kept = []
    for point, supposed in enumerate(suppose):
        others = [
            compte
            for other, compte in counted.items()
            if all(same == this for n, (same, this) in enumerate(zip(other, suppose, strict=True)) if n != point)
        ]
        if supposed and any(_ends(compte) != _ends(counted[suppose]) for compte in others):
            kept.append(supposed)
    return tuple(kept)


def _saturdays(periode: Periode) -> tuple[tuple[Hypothese | None, bool], ...]:
    if periode.unite is not Unite.JOURS_OUVRABLES:
        return ((None, True),)
    return (
        (Hypothese("le samedi compte comme jour ouvrable", _SATURDAY), True),
        (Hypothese("le samedi ne compte pas", _SATURDAY), False),
    )


def _extensions(prorogation: Prorogation, *, rebours: bool) -> tuple[tuple[Hypothese | None, bool], ...]:
    if rebours or prorogation is Prorogation.NON:
        return ((None, False),)
    if prorogation is Prorogation.OUI:
        return ((None, True),)
    return (
        (Hypothese("la fin est reportée au premier jour ouvrable", _EXTENSION), True),
        (Hypothese("la fin n'est pas reportée", _EXTENSION), False),
    )


def _lengthened(periode: Periode, distance: Distance) -> Periode:
    """Add the months of CPC, art. 643 or 644: the period is one, merely longer, and its end is extended once."""
    if periode.unite is Unite.MOIS:
        return replace(periode, nombre=periode.nombre + _MONTHS[distance])
    return replace(periode, mois=periode.mois + _MONTHS[distance])
