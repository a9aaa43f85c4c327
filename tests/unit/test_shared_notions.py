"""Small notions that every calculator shares: amounts, numbers in letters, the calendar of a place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from calculators.calendar import parse_date
from calculators.holidays import Calendrier
from calculators.law import law
from calculators.money import euros
from calculators.numerals import in_letters, spelt
from calculators.territory import Territoire


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0,00"),
        ("-0.50", "\u22120,50"),
        ("0.005", "0,01"),
        ("-1", "\u22121,00"),
        ("-0.004", "0,00"),
        ("999", "999,00"),
    ],
)
def test_an_amount_below_one_euro_keeps_its_sign(amount: str, written: str) -> None:
    assert euros(Decimal(amount)) == f"{written}\u00a0€"


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        *((0, "zéro"), (1, "un"), (15, "quinze"), (19, "dix-neuf"), (20, "vingt"), (21, "vingt et un")),
        *((22, "vingt-deux"), (29, "vingt-neuf"), (31, "trente et un"), (42, "quarante-deux"), (60, "soixante")),
        *((61, "soixante et un"), (69, "soixante-neuf"), (70, "70")),
    ],
)
def test_a_number_is_spelt_as_a_text_of_law_spells_it(number: int, letters: str) -> None:
    assert spelt(number) == letters


@pytest.mark.parametrize(
    ("year", "letters"),
    [
        *((1900, "mille neuf cent"), (1999, "mille neuf cent quatre-vingt-dix-neuf"), (2000, "deux mille")),
        *((2100, "deux mille cent"), (2199, "deux mille cent quatre-vingt-dix-neuf")),
    ],
)
def test_a_year_is_spelt_as_acts_spell_it(year: int, letters: str) -> None:
    assert in_letters(year) == letters


def test_a_calendar_is_shown_by_its_place_and_not_by_the_whole_law() -> None:
    shown = repr(Calendrier(Territoire.METROPOLE, law()))
    assert "METROPOLE" in shown
    assert len(shown) < 200


def test_a_day_of_machines_exists_and_is_written_in_one_way() -> None:
    assert parse_date("2026-11-20") == date(2026, 11, 20)
    for text in ("2026-02-31", "2026-13-01", "0000-01-01", "20/11/2026", "2026-1-2", "2026-11-20 ", ""):
        assert parse_date(text) is None
