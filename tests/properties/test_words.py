"""Amounts, dates and typography: what is written is read back, and nothing is guessed."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # an independent opinion on months
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calendar import MONTHS, add_months, in_words, parse_date
from calculators.money import euros, parse_euros, plain, to_centime
from calculators.typography import french

amounts = st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=2)
days = st.dates(date(1, 2, 1), date(9998, 1, 1))


@given(amounts)
def test_an_amount_written_is_read_back(amount: Decimal) -> None:
    assert parse_euros(euros(amount)) == amount
    assert parse_euros(plain(amount)) == amount
    assert parse_euros(euros(amount).replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")) == amount
    assert parse_euros(euros(amount).removesuffix("€").strip()) == amount


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


@pytest.mark.parametrize("text", ["1 234,56", " 1234,56 € ", "1\u202f234.56\u00a0€", "+1234,56 euros", "1234.56EUR"])
def test_ways_of_writing_one_amount(text: str) -> None:
    assert parse_euros(text) == Decimal("1234.56")


@pytest.mark.parametrize("text", ["-50", "- 50,00", "−50 €", "-50.0"])
def test_ways_of_writing_an_overdraft(text: str) -> None:
    assert parse_euros(text) == Decimal(-50)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "€", "abc", "1,234.56", "1.234,56", "1.234", "1,234", "12 50", "1 23", "10 0000", "1 000 00"),
        *(
            "1e3",
            "1_000",
            "0x10",
            "NaN",
            "Infinity",
            "1/2",
            "1'000",
            "--5",
            "5-",
            "1000,5 0",
            ",50",
            "50,",
            "٣٤",
            "１２",
        ),
        *("1\n000", "1\t000", "1000000000000", "5 $", "½", "²", "\u202e100", "1 000 000 000 000"),
    ],
)
def test_what_could_be_read_two_ways_is_no_amount(text: str) -> None:
    assert parse_euros(text) is None


@given(st.text(max_size=15))
def test_reading_an_amount_or_a_date_never_fails(text: str) -> None:
    amount = parse_euros(text)
    assert amount is None or amount == to_centime(amount)
    assert parse_date(text) is None or any(c in "0123456789" for c in text)


@given(days)
def test_a_date_written_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year:04}") == day
    assert parse_date(f"{day.day:02}.{day.month:02}.{day.year:04}") == day
    number, rest = in_words(day).split("\u00a0")
    assert number == ("1er" if day.day == 1 else str(day.day))
    assert rest == f"{MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize(
    "text",
    ["29/02/2026", "31/11/2026", "2026-13-01", "0000-01-01", "20/11/26", "11/20/2026", "2026/11/20", "٢٠/١١/٢٠"],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None


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
