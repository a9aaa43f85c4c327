"""An event to come, or years old, is questioned in the same words by every calculator that has it."""

from __future__ import annotations

from datetime import date
from typing import Self

import pytest

from calculators.__main__ import main
from calculators.law import law
from calculators.registry import CALCULATORS
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
    # A clock that is wrong makes the same warning: the day it gives is there to be seen.
    assert "Nous sommes le 20\u00a0novembre 2026 pour votre appareil" in warning.texte


class _Clock(date):
    """A clock set at a day."""

    set_at: tuple[int, int, int]

    @classmethod
    def today(cls) -> Self:
        return cls(*cls.set_at)


@pytest.mark.parametrize("calculator", list(CALCULATORS))
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ((2019, 1, 1), "avant la dernière vérification"),
        ((2038, 1, 19), "vérifiée ici pour la dernière fois"),
        (None, ""),
    ],
    ids=["behind", "ahead", "right"],
)
def test_the_command_line_notices_a_clock_that_is_years_off(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    calculator: str,
    day: tuple[int, int, int] | None,
    told: str,
) -> None:
    checked = law().verifie_le
    monkeypatch.setattr(_Clock, "set_at", day or (checked.year, checked.month, checked.day), raising=False)
    monkeypatch.setattr("calculators.__main__.date", _Clock)
    main([calculator])
    said = capsys.readouterr().err
    assert ("Cette machine est réglée au" in said) == bool(told)
    assert told in said
    main([calculator, "--aujourdhui", "2026-11-21"])
    assert "Cette machine" not in capsys.readouterr().err
