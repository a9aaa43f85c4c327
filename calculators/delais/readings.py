"""The readings of a deadline: where the law, or the person's answer, leaves a point open, each reading has its date.

Open points: whether Saturday counts among jours ouvrables; whether CPC, art. 642 extends a period for which no ruling
was found; whether art. 643 and 644 lengthen it; whether the last day of a délai franc counts; whether Good Friday is a
holiday in the commune; whether Saint-Martin keeps 27 or 28 May. No reading is ever preferred silently: the answer gives
them all and names the safe one, the earliest for who must act, the latest for who waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from calculators.delais.distance import Augmentation
from calculators.delais.inputs import Temple
from calculators.delais.rules import Compte, Periode, count, holidays_met
from calculators.holidays import Calendrier
from calculators.law import Prorogation, Unite, law
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from calculators.law import Article

__all__ = ["GOOD_FRIDAY", "Calculation", "Hypothese", "Place", "Reading", "calculate_readings"]


@dataclass(frozen=True, slots=True)
class Hypothese:
    """What a reading supposes on an open point, and why one may read the law so."""

    intitule: str
    raison: str


#: The calendar, Saturday, the extension, the distance: on each, what one reading supposes (nothing where there is no
#: doubt).
_Supposed = tuple[Hypothese | None, Hypothese | None, Hypothese | None, Hypothese | None]

GOOD_FRIDAY = "La loi ne vise que les communes qui ont un temple protestant ou une église mixte."
_SAINT_MARTIN = "Le code du travail dit le 27 mai ; à Saint-Martin la commémoration se tient le 28."
_SATURDAY = "Le samedi est en principe un jour ouvrable ; des banques comptent autrement, et rien ne tranche ce point."
_EXTENSION = "L'article 642 reporte la fin d'un délai de procédure ; aucune décision n'a été trouvée pour celui-ci."
_FRANC = "Pour le juge administratif, le délai est franc. Le dernier jour ne compte pas, et la fin est reportée."
_LISTED = (
    "L'allongement ne vaut que pour comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi : "
    "dans le doute, tenez-vous à la date la plus courte."
)
_DISTANCE = "Les articles 643 et 645 visent l'opposition ; aucune décision n'a été trouvée pour l'injonction de payer."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the period runs, and what the person knows of it."""

    territoire: Territoire
    temple: Temple = Temple.INCONNU

    def calendars(self) -> Iterator[tuple[Hypothese | None, Calendrier]]:
        """Yield each calendar that may apply, with what it supposes (nothing when there is one only)."""
        match self.territoire:
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.INCONNU:
                yield Hypothese("le Vendredi saint n'est pas férié dans la commune", GOOD_FRIDAY), self._with()
                yield Hypothese("le Vendredi saint est férié dans la commune", GOOD_FRIDAY), self._with("temple")
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
    """All the readings of one period, the first being the one the texts favour.

    ``augmentation``: what distance adds, when it was asked about; the periods of the readings hold it already.
    ``avant``: the period that must be over first, for what may only be done the day after.
    """

    lectures: tuple[Reading, ...]
    periode: Periode
    augmentation: Augmentation | None = None
    avant: Calculation | None = None

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

    @property
    def articles(self) -> tuple[Article, ...]:
        """The texts of what moves an end, in any reading: the extension, the holidays met, the distance."""
        counted = self.avant or self
        comptes = [reading.compte for reading in counted.lectures]
        far = counted.augmentation
        found = [law().article("CPC 642")] if any(compte.prolonge for compte in comptes) else []
        found += [article for compte in comptes for holiday in holidays_met(compte) for article in holiday.articles]
        if far is not None and far.mois:
            found += [law().article(key) for key in far.articles]
        return tuple(dict.fromkeys(found))

    @property
    def a_viser(self) -> date:
        """The day to aim at: the earliest end or, when offices are closed that day, the last working day before."""
        first = min((reading.compte for reading in self.lectures), key=lambda compte: compte.echeance)
        return first.calendrier.previous_ouvre(first.echeance)


def calculate_readings(
    evenement: date,
    periode: Periode,
    place: Place,
    *,
    prorogation: Prorogation = Prorogation.OUI,
    rebours: bool = False,
    franc: bool = False,
    augmentation: Augmentation | None = None,
) -> Calculation:
    """Count a period under each reading.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    counted: dict[_Supposed, Compte] = {}
    for (day_off, calendar), (saturday, ouvrable), (end, extended, clear), (far, months) in product(
        place.calendars(),
        _saturdays(periode),
        _ends_to_try(prorogation, rebours=rebours, franc=franc),
        _distances(augmentation),
    ):
        counted[day_off, saturday, end, far] = count(
            evenement,
            _lengthened(periode, months),
            calendar,
            rebours=rebours,
            samedi_ouvrable=ouvrable,
            proroge=extended,
            franc=clear,
        )
    found: list[Reading] = []
    for suppose, compte in counted.items():
        if all(_ends(reading.compte) != _ends(compte) for reading in found):
            found.append(Reading(f"lecture-{len(found) + 1}", _that_matter(suppose, counted), compte))
    return Calculation(tuple(found), periode, augmentation)


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


def _ends_to_try(
    prorogation: Prorogation, *, rebours: bool, franc: bool
) -> tuple[tuple[Hypothese | None, bool, bool], ...]:
    """What the last day may be: whether it is extended, and whether the period is franc."""
    if franc:
        # Before the administrative judge both go together; who must act keeps to the day of the month.
        return (
            (Hypothese("le délai est franc", _FRANC), True, True),
            (Hypothese("le délai finit le même jour du mois", _FRANC), False, False),
        )
    if rebours or prorogation is Prorogation.NON:
        return ((None, False, False),)
    if prorogation is Prorogation.OUI:
        return ((None, True, False),)
    return (
        (Hypothese("la fin est reportée au premier jour ouvrable", _EXTENSION), True, False),
        (Hypothese("la fin n'est pas reportée", _EXTENSION), False, False),
    )


def _distances(augmentation: Augmentation | None) -> tuple[tuple[Hypothese | None, int], ...]:
    if augmentation is None or not augmentation.mois:
        return ((None, 0),)
    if not augmentation.ouverte:
        return ((None, augmentation.mois),)
    why = _DISTANCE if augmentation.contestee else _LISTED
    return (
        (Hypothese("le délai est allongé pour la distance", why), augmentation.mois),
        (Hypothese("le délai n'est pas allongé pour la distance", why), 0),
    )


def _lengthened(periode: Periode, months: int) -> Periode:
    """Add the months of CPC, art. 643 or 644: the period is one, merely longer, and its end is extended once."""
    if periode.unite is Unite.MOIS:
        return replace(periode, nombre=periode.nombre + months)
    return replace(periode, mois=periode.mois + months)
