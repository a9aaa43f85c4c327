"""Counting: the rules of the code de procédure civile, art. 640 to 642, on dates alone.

``terme`` is where the period ends by counting; ``echeance`` where it ends once extended past a Saturday, a Sunday, a
public holiday or a jour chômé (art. 642, al. 2). A period counted backwards is never extended: the safe day is then the
last working day before. Only a period in hours has an hour: it ends at that of its event, so many hours later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.holidays import Calendrier, Repos, outside
from calculators.law import Ferie, Unite

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Decompte", "Duree", "Jour", "RoleDuJour", "count", "days", "holidays_met"]

_DAY = timedelta(days=1)
_NONE = timedelta(0)
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Duree:
    """A length: months, then units (CPC, art. 641, al. 3: months are counted before days)."""

    nombre: int
    unite: Unite
    mois: int = 0


@dataclass(frozen=True, slots=True)
class Decompte:
    """A period counted from an event. ``samedi_ouvrable`` only matters to jours ouvrables.

    ``heure``: when it ends that day, of a period in hours that art. 642 does not carry to midnight.
    """

    evenement: date
    duree: Duree
    calendrier: Calendrier
    rebours: bool
    samedi_ouvrable: bool
    terme: date
    echeance: date
    heure: time | None = None

    @property
    def fin(self) -> tuple[date, time]:
        """Its last moment: the hour told, or midnight."""
        return self.echeance, self.heure or time.max

    @property
    def prolonge(self) -> bool:
        """Whether the end was moved."""
        return self.echeance != self.terme


def count(
    evenement: date,
    duree: Duree,
    calendrier: Calendrier,
    *,
    rebours: bool = False,
    samedi_ouvrable: bool = True,
    proroge: bool = True,
    franc: bool = False,
    heure: time | None = None,
) -> Decompte:
    """Count a period from an event; the day of the event is not counted (CPC, art. 641, al. 1).

    ``franc``: nor is the last one, so that one may still act the day after. ``heure``: that of the event, for a period
    in hours; its end is at an hour too, unless it is extended (``proroge``): it then runs to midnight (art. 642).

    Raises:
        CoverageError: a day of the period is outside the years whose holidays are known.

    >>> from calculators.law import law
    >>> from calculators.territory import Territoire
    >>> month = Duree(1, Unite.MOIS)
    >>> count(date(2016, 3, 9), month, Calendrier(Territoire.METROPOLE, law())).echeance  # Cass. 2e civ., 4 juin 2020
    datetime.date(2016, 4, 11)
    """
    way = -1 if rebours else 1
    calendrier.ferie(evenement)
    if duree.unite is Unite.HEURES:
        return _in_hours(datetime.combine(evenement, heure or time()), duree, calendrier, proroge=proroge)
    try:
        terme = _end(evenement, duree, calendrier, way, samedi_ouvrable=samedi_ouvrable) + (_DAY if franc else _NONE)
    except (OverflowError, ValueError):  # a day that no calendar of Python holds
        raise outside(calendrier.law) from None
    calendrier.ferie(terme)
    echeance = calendrier.previous_ouvre(terme) if rebours else calendrier.next_ouvre(terme) if proroge else terme
    return Decompte(evenement, duree, calendrier, rebours, samedi_ouvrable, terme, echeance)


def _in_hours(evenement: datetime, duree: Duree, calendrier: Calendrier, *, proroge: bool) -> Decompte:
    end = evenement + timedelta(hours=duree.nombre)
    terme, day = end.date(), evenement.date()
    calendrier.ferie(terme)
    last, hour = (calendrier.next_ouvre(terme), None) if proroge else (terme, end.time())
    return Decompte(day, duree, calendrier, rebours=False, samedi_ouvrable=True, terme=terme, echeance=last, heure=hour)


def _end(evenement: date, duree: Duree, calendrier: Calendrier, way: int, *, samedi_ouvrable: bool) -> date:
    number = duree.nombre
    if duree.unite in {Unite.MOIS, Unite.ANNEES}:
        # Years and months make one number of months: the day of the month is looked for once, at the end.
        return add_months(
            evenement, way * (duree.mois + number * (_MONTHS_A_YEAR if duree.unite is Unite.ANNEES else 1))
        )
    start = add_months(evenement, way * duree.mois)
    match duree.unite:
        case Unite.JOURS:
            return start + way * number * _DAY
        case Unite.JOURS_FRANCS:
            # Neither the first day nor the last counts: the act may still be done the day after the last.
            return start + way * (number + 1) * _DAY
        case Unite.SEMAINES:
            return start + way * number * _DAYS_A_WEEK * _DAY
        case _:
            end, left = start, number
            while left:
                end += way * _DAY
                left -= _counts(end, duree.unite, calendrier, samedi_ouvrable=samedi_ouvrable)
            return end


def _counts(day: date, unite: Unite, calendrier: Calendrier, *, samedi_ouvrable: bool) -> bool:
    if unite is Unite.JOURS_OUVRABLES and samedi_ouvrable:
        return calendrier.is_ouvrable(day)
    return calendrier.is_ouvre(day)


def holidays_met(compte: Decompte) -> Iterator[Ferie]:
    """Yield the public holidays that the date rests on: those that moved the end, or that working days leave out."""
    first, last = sorted((compte.terme, compte.echeance))
    if compte.duree.unite in {Unite.JOURS_OUVRABLES, Unite.JOURS_OUVRES}:
        first, last = min(first, compte.evenement), max(last, compte.evenement)
    for number in range((last - first).days + 1):
        if (holiday := compte.calendrier.ferie(first + number * _DAY)) is not None:
            yield holiday


class RoleDuJour(StrEnum):
    """What a day is in a count."""

    DEPART = "depart"  # it does not count
    COMPTE = "compte"
    EXCLU = "exclu"  # a day off, where only working days count
    DERNIER_FRANC = "dernier_franc"  # of a period in jours francs: it does not count, but one may still act
    APRES = "apres"  # after the end by counting: a day off that extends it, or the day where it may end at last


@dataclass(frozen=True, slots=True)
class Jour:
    """One day between the event and the end: its role, its number when it is counted, and what makes it a day off."""

    jour: date
    role: RoleDuJour
    numero: int | None = None
    repos: Ferie | Repos | None = None


def days(compte: Decompte) -> Iterator[Jour]:
    """Yield each day from the event to the end, counted or not, and why."""
    way = -1 if compte.rebours else 1
    last = compte.echeance
    unit = compte.duree.unite
    yield Jour(compte.evenement, RoleDuJour.DEPART)
    day, number = compte.evenement, 0
    by_working_days = unit in {Unite.JOURS_OUVRABLES, Unite.JOURS_OUVRES}
    while day != last:
        day += way * _DAY
        past = (day > compte.terme) if way > 0 else (day < compte.terme)
        excluded = compte.calendrier.why_not_ouvre(day)
        if past:
            yield Jour(day, RoleDuJour.APRES, repos=excluded)
        elif unit is Unite.JOURS_FRANCS and day == compte.terme:
            yield Jour(day, RoleDuJour.DERNIER_FRANC, repos=excluded)
        elif by_working_days and not _counts(day, unit, compte.calendrier, samedi_ouvrable=compte.samedi_ouvrable):
            yield Jour(day, RoleDuJour.EXCLU, repos=excluded)
        else:
            number += 1
            yield Jour(day, RoleDuJour.COMPTE, number, excluded)
