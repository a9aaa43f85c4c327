"""Amounts, dates and typography: what is written is read back, and nothing is guessed."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # an independent opinion on months
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calendar import MONTHS, add_months, in_words, parse_date, weekday_in_words
from calculators.money import euros, plain, to_centime
from calculators.numerals import in_letters
from calculators.typed import Misread, read_amount, read_day, read_whole, read_yes_no
from calculators.typography import french

amounts = st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=2)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(amounts)
def test_an_amount_written_is_read_back(amount: Decimal) -> None:
    assert read_amount(euros(amount)) == amount
    assert read_amount(plain(amount)) == amount
    assert read_amount(euros(amount).replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")) == amount
    assert read_amount(euros(amount).removesuffix("€").strip()) == amount


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=5))
def test_rounding_is_to_the_nearest_centime_halves_away_from_zero(amount: Decimal) -> None:
    rounded = to_centime(amount)
    assert abs(rounded - amount) <= Decimal("0.005")
    assert rounded == amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert to_centime(-amount) == -rounded


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.01"), ("0.125", "0.13"), ("-0.125", "-0.13"), ("0.004", "0")]
)
def test_half_a_centime_goes_up(amount: str, rounded: str) -> None:
    assert to_centime(Decimal(amount)) == Decimal(rounded)


@given(st.text(max_size=25))
def test_reading_what_is_typed_gives_a_value_or_a_reason(text: str) -> None:
    """Whatever is typed, a reader says the value, or in one short sentence why there is none."""
    for read in (read_amount, read_whole, read_yes_no, lambda typed: read_day(typed, date(2026, 11, 28))):
        with suppress(Misread):
            assert read(text) is not None


@given(days)
def test_a_date_written_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    number, rest = in_words(day).split("\u00a0")
    assert number == ("1er" if day.day == 1 else str(day.day))
    assert rest == f"{MONTHS[day.month - 1]} {day.year}"
    letters = f"{in_letters(day.day)} {MONTHS[day.month - 1]} {in_letters(day.year)}"
    ways = (day.isoformat(), f"{day.day}/{day.month}/{day.year:04}", f"{day:%d%m%Y}", f"{day:%Y%m%d}", letters)
    for way in (*ways, in_words(day), f"{weekday_in_words(day)} {in_words(day)}", f"{day.day} {rest[:4]}. {day.year}"):
        try:
            assert read_day(way).jour == day
        except Misread:
            assert way.partition(" ")[2].startswith("jui. ")  # June or July


@given(st.dates(date(1900, 1, 1), date(2190, 12, 31)), st.integers(-300, 300))
def test_months_are_counted_to_the_same_day_else_to_the_last(day: date, months: int) -> None:
    """CPC 641: the day of the last month that bears the same number; failing that, the last day of the month."""
    assert add_months(day, months) == day + relativedelta(months=months)


@given(st.text(st.sampled_from("aé1 09'’«»;:!?€%.\u00a0\u202f-nMmt°"), max_size=25))
def test_french_typography_done_twice_changes_nothing(text: str) -> None:
    once = french(text)
    assert french(once) == once


@given(st.text(max_size=40))
def test_french_typography_only_touches_spaces_and_apostrophes(text: str) -> None:
    """The words stay: the same letters, digits and signs in the same order."""

    def letters(words: str) -> str:
        return "".join(c for c in words.replace("’", "'") if unicodedata.category(c) != "Zs")

    assert letters(french(text)) == letters(text)


@given(st.text(st.sampled_from("ab :;!?«»12€"), max_size=20))
def test_no_french_sign_is_left_at_the_start_of_a_line(text: str) -> None:
    assume("  " not in text)
    written = french(text)
    for sign in ";!?»":
        assert f" {sign}" not in written
