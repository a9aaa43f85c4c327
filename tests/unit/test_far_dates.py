"""An event to come, or years old, is questioned in the same words by every calculator that has it."""

from __future__ import annotations

from datetime import date

import pytest

from calculators.shared_warnings import far_date_warnings

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 11, 21), ["date_future"]),
        (date(2062, 11, 20), ["date_future"]),
        (TODAY, []),
        (date(2024, 11, 21), []),
        (date(2024, 11, 20), ["date_ancienne"]),
        (date(2012, 2, 29), ["date_ancienne"]),
    ],
)
def test_a_day_to_come_or_years_old_is_questioned(day: date, codes: list[str]) -> None:
    assert [warning.code for warning in far_date_warnings(day, "date de la saisie", TODAY)] == codes


def test_the_words_name_the_event_and_the_day() -> None:
    (warning,) = far_date_warnings(date(2027, 1, 1), "date de la saisie", TODAY)
    assert warning.texte.startswith("Date de la saisie : le 1er\u00a0janvier 2027 n'est pas encore arrivé.")
