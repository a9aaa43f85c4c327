"""Public holidays of each territory, and the days that do not count.

The holidays are those the code du travail names (art. L3133-1, L3134-13, L3422-2); Easter is computed. Where the law
depends on a fact (a Protestant church in the commune, in Alsace-Moselle) or is unsettled (27 or 28 May in
Saint-Martin), the :class:`Calendrier` is told which reading to apply; it never assumes. The law is given to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law import Ferie, Law
from calculators.refusals import beyond_the_holidays
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculators.errors import CoverageError

__all__ = ["CONDITIONS", "Calendrier", "Repos", "check_names", "covered_by", "easter", "holidays", "outside"]

#: What a holiday may depend on, and a calendar is told.
CONDITIONS = ("temple", "saint_martin_27", "saint_martin_28")
_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)


class Repos(StrEnum):
    """The days of a week on which a deadline cannot end (CPC, art. 642, al. 2)."""

    SAMEDI = "samedi"
    DIMANCHE = "dimanche"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm published by Meeus).

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def covered_by(law: Law) -> tuple[date, date]:
    """The first and the last day of the years whose holidays this law knows."""
    first, last = (int(law.mesures[f"feries.{name}-annee"].valeur) for name in ("premiere", "derniere"))
    return date(first, 1, 1), date(last, 12, 31)


def outside(law: Law) -> CoverageError:
    """The refusal of a day outside the years covered."""
    return beyond_the_holidays(*covered_by(law))


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The calendar of a place under a law. ``conditions``: names of the conditional holidays that apply there."""

    territoire: Territoire
    law: Law = field(repr=False)
    conditions: frozenset[str] = frozenset()
    #: The years asked for so far, shared by every calendar of the same place: a deadline looks up thousands of days.
    _years: dict[int, Mapping[date, Ferie]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the years already worked out for this place."""
        object.__setattr__(self, "_years", _years_of(self.law, self.territoire, self.conditions))

    def ferie(self, day: date) -> Ferie | None:
        """Return the public holiday of that day, if it is one.

        Raises:
            CoverageError: the day is outside the years covered.
        """
        year = self._years.get(day.year)
        if year is None:
            first, last = covered_by(self.law)
            if not first <= day <= last:
                raise outside(self.law)
            year = self._years[day.year] = dict(self._holidays(day.year))
        return year.get(day)

    def _holidays(self, year: int) -> Mapping[date, Ferie]:
        found: dict[date, Ferie] = {}
        for ferie in holidays(self.law):
            if ferie.territoires and self.territoire.value not in ferie.territoires:
                continue
            if ferie.condition and ferie.condition not in self.conditions:
                continue
            day = date(year, *ferie.jour) if ferie.jour is not None else easter(year) + timedelta(days=ferie.paques)
            # 1 May and Ascension fell on the same day in 2008: one day, named first by the code.
            found.setdefault(day, ferie)
        return found

    def is_ouvrable(self, day: date) -> bool:
        """Monday to Saturday, no public holiday."""
        return day.weekday() != _SUNDAY and self.ferie(day) is None

    def is_ouvre(self, day: date) -> bool:
        """Monday to Friday, no public holiday."""
        return day.weekday() < _SATURDAY and self.ferie(day) is None

    def why_not_ouvre(self, day: date) -> Ferie | Repos | None:
        """Why a deadline cannot end on that day: a holiday, a Saturday or a Sunday; nothing when it can."""
        if (holiday := self.ferie(day)) is not None:
            return holiday
        return {_SATURDAY: Repos.SAMEDI, _SUNDAY: Repos.DIMANCHE}.get(day.weekday())

    def next_ouvre(self, day: date) -> date:
        """The day itself, or the first one after it where a deadline may end (CPC, art. 642, al. 2)."""
        while not self.is_ouvre(day):
            day += _DAY
        return day

    def previous_ouvre(self, day: date) -> date:
        """The day itself, or the last one before it where a deadline may end."""
        while not self.is_ouvre(day):
            day -= _DAY
        return day


@cache
def _years_of(_law: Law, _territoire: Territoire, _conditions: frozenset[str]) -> dict[int, Mapping[date, Ferie]]:
    return {}


@cache
def holidays(law: Law) -> tuple[Ferie, ...]:
    """Return the holidays of a law, once the places and the conditions that they name are checked.

    Raises:
        LawDataError: as for :func:`check_names`.
    """
    found = tuple(law.feries.values())
    check_names(found)
    return found


def check_names(feries: Iterable[Ferie]) -> None:
    """Check every place and every condition that holidays name: a misspelt one would make a holiday disappear.

    Raises:
        LawDataError: the first that does not exist, with its file, its key, and the names that there are.
    """
    for ferie in feries:
        places = tuple(place.value for place in Territoire)
        named = [("territoires", place, places) for place in ferie.territoires]
        named += [("condition", ferie.condition, CONDITIONS)] if ferie.condition else []
        for name, value, known in named:
            if value not in known:
                reason = f"unknown {value!r}: expected one of {', '.join(known)}"
                raise LawDataError(ferie.fichier, f"feries.{ferie.cle}.{name}", reason)
