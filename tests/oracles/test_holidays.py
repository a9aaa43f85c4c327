"""Public holidays, against an independent source: the `holidays` package, for every territory and every year covered.

The package gives the days people keep; ours are those the code du travail names. Each difference is listed with its
reason, and there is no other.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import pytest
from dateutil.easter import easter as published_easter  # type: ignore[import-untyped]

from calculators.errors import CoverageError
from calculators.holidays import Calendrier, covered_by, easter
from calculators.law import law
from calculators.territory import Territoire

FIRST, LAST = covered_by(law())
YEARS = range(FIRST.year, LAST.year + 1)
#: The package's name of each territory. « 6AE » is Alsace; Moselle (57) has the same days there.
PLACES = {
    Territoire.METROPOLE: None,
    Territoire.ALSACE_MOSELLE: "6AE",
    Territoire.GUADELOUPE: "971",
    Territoire.MARTINIQUE: "972",
    Territoire.GUYANE: "973",
    Territoire.LA_REUNION: "974",
    Territoire.MAYOTTE: "976",
    Territoire.SAINT_MARTIN: "MF",
    Territoire.SAINT_BARTHELEMY: "BL",
    Territoire.SAINT_PIERRE_ET_MIQUELON: "PM",
}
#: Days of usage that no article of the code du travail names there: they extend nothing without proof.
USAGE = {
    Territoire.GUADELOUPE: {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    Territoire.MARTINIQUE: {"Fête de Victor Schoelcher"},
    Territoire.SAINT_MARTIN: {"Fête de Victor Schoelcher"},
}


@cache
def published(place: str | None) -> dict[date, str]:
    found = holidays.country_holidays("FR", subdiv=place, years=YEARS, language="fr")
    return {day: str(name) for day, name in found.items()}


@cache
def ours(calendrier: Calendrier) -> set[date]:
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return {day for day in days if calendrier.ferie(day) is not None}


def test_easter() -> None:
    """Easter Sunday is the day before the package's Easter Monday, each year."""
    mondays = {day for day, name in published(None).items() if name == "Lundi de Pâques"}
    assert {easter(year) + timedelta(days=1) for year in YEARS} == mondays


def test_easter_since_the_gregorian_calendar() -> None:
    """Against another algorithm than ours, that of `dateutil`, beyond the years covered too."""
    assert [year for year in range(1583, 4100) if easter(year) != published_easter(year)] == []


@pytest.mark.parametrize("territoire", [t for t in PLACES if t is not Territoire.SAINT_MARTIN])
def test_legal_holidays(territoire: Territoire) -> None:
    conditions = {"temple"} if territoire is Territoire.ALSACE_MOSELLE else set()
    found = ours(Calendrier(territoire, law(), frozenset(conditions)))
    theirs = published(PLACES[territoire])
    expected = {day for day, name in theirs.items() if name not in USAGE.get(territoire, set())}
    # A day of usage may fall on a legal holiday: it is then one all the same.
    expected |= {day for day in set(theirs) - expected if day in ours(Calendrier(Territoire.METROPOLE, law()))}
    if territoire is Territoire.SAINT_BARTHELEMY:
        # The package counts 9 October from 2012 only; the article we read names it without saying since when.
        expected |= {date(year, 10, 9) for year in range(2008, 2012)}
    assert found == expected


def test_moselle_has_the_days_of_alsace() -> None:
    assert set(published("57")) == set(published("6AE"))


def test_without_a_protestant_church_good_friday_is_no_holiday() -> None:
    """C. trav. L3134-13: Good Friday, in the communes that have a Protestant church or a mixed one."""
    found = ours(Calendrier(Territoire.ALSACE_MOSELLE, law()))
    theirs = {day for day, name in published("6AE").items() if name != "Vendredi saint"}
    assert found == theirs


def test_saint_martin_has_27_may_by_law_and_28_may_in_the_package() -> None:
    """C. trav. L3422-2 says 27 May; the package has the commemoration, 28 May, from 2012, and nothing before."""
    common = ours(Calendrier(Territoire.SAINT_MARTIN, law()))
    assert common == ours(Calendrier(Territoire.METROPOLE, law()))
    by_law = ours(Calendrier(Territoire.SAINT_MARTIN, law(), frozenset({"saint_martin_27"})))
    kept = ours(Calendrier(Territoire.SAINT_MARTIN, law(), frozenset({"saint_martin_28"})))
    assert by_law == common | {date(year, 5, 27) for year in YEARS}
    assert kept == common | {date(year, 5, 28) for year in YEARS}
    theirs = {day for day, name in published("MF").items() if name not in USAGE[Territoire.SAINT_MARTIN]}
    assert {day for day in theirs if day.year >= 2012} == {day for day in kept if day.year >= 2012}
    assert {day for day in theirs if day.year < 2012} == {day for day in common if day.year < 2012}


@pytest.mark.parametrize("day", [date(2007, 12, 31), date(2101, 1, 1), date(1900, 1, 1)])
def test_other_years_are_not_known(day: date) -> None:
    with pytest.raises(CoverageError, match="Les jours fériés sont connus du"):
        Calendrier(Territoire.METROPOLE, law()).ferie(day)


def test_two_holidays_on_one_day_are_one_day() -> None:
    """1 May 2008 was also Ascension: the code names 1 May first."""
    assert easter(2008) + timedelta(days=39) == date(2008, 5, 1)
    holiday = Calendrier(Territoire.METROPOLE, law()).ferie(date(2008, 5, 1))
    assert holiday is not None
    assert holiday.cle == "fete-du-travail"
