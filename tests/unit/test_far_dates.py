"""An event to come, or years old, is questioned in the same words by every calculator that has it."""

from __future__ import annotations

from datetime import date

import pytest

from calculators.calendar import add_months, in_words
from calculators.declaration import days_given
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.shared_warnings import far_date_warnings
from tests.parity.cases import cases

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
    assert far > 100
