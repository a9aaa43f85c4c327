"""An event to come, or years old, is questioned in the same words by every calculator that has it."""

from __future__ import annotations

from datetime import date
from typing import Self

import pytest

from calculators.__main__ import main
from calculators.calendar import add_months, in_words
from calculators.declaration import days_given
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.shared_warnings import far_date_warnings
from calculators.web.engine.cases import cases

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


def warned(name: str, data: dict[str, object]) -> str:
    outcome = ask_calculator(get(name), {"aujourdhui": TODAY.isoformat(), **data})
    if isinstance(outcome, Answered):
        return " ".join(f"{w.code} {w.texte}" for w in outcome.result.avertissements).replace("\u00a0", " ")
    return " ".join(fault.message for fault in outcome.erreurs).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "data", "day"),
    [
        ("delais", {"delai": "injonction-de-payer.titre-executoire", "date_ordonnance": "2027-06-01"}, "1er juin 2027"),
        ("delais", {"delai": "injonction-de-payer.titre-executoire", "date_ordonnance": "2015-06-01"}, "1er juin 2015"),
        ("sbi", {"sommes": [{"nature": "salaire", "montant": "9", "date_credit": "2015-06-01"}]}, "1er juin 2015"),
        ("sbi", {"sbi_deja_laisse": "oui", "date_saisie_precedente": "2015-06-01"}, "1er juin 2015"),
        ("sbi", {"date_saisie": "2027-06-01"}, "1er juin 2027"),  # refused for want of a scale: the day is why
        ("quotite", {"date": "2027-06-01", "net": "1500"}, "1er juin 2027"),
    ],
)
def test_any_day_to_come_or_ten_years_old_is_questioned(name: str, data: dict[str, object], day: str) -> None:
    base = {"sbi": {"date_saisie": "2026-11-20", "solde": "1000"}, "delais": {"evenement": "2026-11-10"}}
    said = warned(name, {**base.get(name, {}), **data})
    assert f": le {day} n'est pas encore arrivé" in said.replace("’", "'") or f": le {day} remonte à" in said


def test_no_answer_is_given_with_confidence_for_a_day_that_may_be_mistyped() -> None:
    """Over cases of every calculator: each far day that was given is named by a warning that questions it."""
    far = 0
    for name, data in cases(600):
        outcome = ask_calculator(get(name), {"aujourdhui": TODAY.isoformat(), **data})
        if isinstance(outcome, Answered):
            said = " ".join(
                w.texte for w in outcome.result.avertissements if w.code in {"date_future", "date_ancienne"}
            )
            for _, day in days_given(outcome.inputs):
                if day > TODAY or add_months(day, 120) <= TODAY:
                    far += 1
                    assert in_words(day) in said, (name, data)
    assert far > 50


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
