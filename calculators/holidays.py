"""Public holidays of each territory, and the days that do not count.

The holidays are those the code du travail names (art. L3133-1, L3134-13, L3422-2); Easter is computed. Where the law
depends on a fact (a Protestant church in the commune, in Alsace-Moselle) or is unsettled (27 or 28 May in
Saint-Martin), the :class:`Calendrier` is told which reading to apply; it never assumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.errors import CoverageError, LawDataError
from calculators.law import law
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculators.law import Ferie

__all__ = ["CONDITIONS", "COVERED", "Calendrier", "check_names", "easter", "holidays", "outside"]

# Before 2008 the lundi de Pentecôte was for a time a working day (loi 2004-626, changed by loi 2008-351): not covered.
COVERED = (date(2008, 1, 1), date(2100, 12, 31))
#: What a holiday may depend on, and a calendar is told.
CONDITIONS = ("temple", "saint_martin_27", "saint_martin_28")
_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)


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


def outside() -> CoverageError:
    """The refusal of a day outside the years covered."""
    known = f"du {in_words(COVERED[0])} au {in_words(COVERED[1])}"
    return CoverageError(f"Les jours fériés sont connus {known} : ce délai n'y tient pas.")


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The calendar of a place. ``conditions``: names of the conditional holidays that apply there."""

    territoire: Territoire
    conditions: frozenset[str] = frozenset()

    def ferie(self, day: date) -> Ferie | None:
        """Return the public holiday of that day, if it is one.

        Raises:
            CoverageError: the day is outside the years covered.
        """
        if not COVERED[0] <= day <= COVERED[1]:
            raise outside()
        return _holidays(self.territoire, self.conditions, day.year).get(day)

    def is_ouvrable(self, day: date) -> bool:
        """Monday to Saturday, no public holiday."""
        return day.weekday() != _SUNDAY and self.ferie(day) is None

    def is_ouvre(self, day: date) -> bool:
        """Monday to Friday, no public holiday."""
        return day.weekday() < _SATURDAY and self.ferie(day) is None

    def why_not_ouvre(self, day: date) -> str:
        """Say why a deadline cannot end on that day: « samedi », « dimanche », a holiday's name; empty when it can."""
        if (holiday := self.ferie(day)) is not None:
            return f"férié : {holiday.intitule}"
        return {_SATURDAY: "samedi", _SUNDAY: "dimanche"}.get(day.weekday(), "")

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
def holidays() -> tuple[Ferie, ...]:
    """Return the holidays of the law, once the places and the conditions that they name are checked.

    Raises:
        LawDataError: as for :func:`check_names`.
    """
    found = tuple(law().feries.values())
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


@cache
def _holidays(territoire: Territoire, conditions: frozenset[str], year: int) -> Mapping[date, Ferie]:
    found: dict[date, Ferie] = {}
    for ferie in holidays():
        if ferie.territoires and territoire.value not in ferie.territoires:
            continue
        if ferie.condition and ferie.condition not in conditions:
            continue
        day = date(year, *ferie.jour) if ferie.jour is not None else easter(year) + timedelta(days=ferie.paques)
        # 1 May and Ascension fell on the same day in 2008: one day, named first by the code.
        found.setdefault(day, ferie)
    return found
