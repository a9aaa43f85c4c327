"""A calculator answers under the law it is given: the amounts of another day, or of a frozen law."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from calculators.errors import LawDataError
from calculators.law import Prorogation, Unite, law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.law import Delai, Law


def with_a_new_sbi() -> Law:
    """The law of this package, with an amount more, from the next revision."""
    known = law()
    series = known.series["sbi"]
    *before, last = series.valeurs
    day = date(last.en_vigueur_du.year + 1, 4, 1)
    ended = replace(last, en_vigueur_jusqu_au=day - timedelta(days=1))
    new = replace(last, en_vigueur_du=day, montant=last.montant + 10)
    return replace(known, series={**known.series, "sbi": replace(series, valeurs=(*before, ended, new))})


def test_the_sbi_is_that_of_the_law_given() -> None:
    renewed = with_a_new_sbi()
    new = renewed.series["sbi"].derniere
    day = new.en_vigueur_du
    asked = {"aujourdhui": str(day + timedelta(days=1)), "date_saisie": str(day), "solde": "1000"}
    outcome, usual = (ask_calculator(get("sbi"), asked, under=known) for known in (renewed, law()))
    assert isinstance(outcome, Answered)
    assert isinstance(usual, Answered)
    assert outcome.result.valeur("laisse") == new.montant
    assert "montant_perime" in {warning.code for warning in usual.result.avertissements}
    assert "montant_perime" not in {warning.code for warning in outcome.result.avertissements}
    assert outcome.result.etapes[0].calcul.startswith(f"{new.montant}".replace(".", ","))
    compared = outcome.comparison()
    assert compared is not None
    assert [line.date for line in compared.lignes if line.la_sienne] == [f"{day:%d/%m/%Y}"]


def with_another_month_to_contest(change: Callable[[Delai], Delai]) -> Law:
    """The law of this package, but for the month to contest a seizure."""
    known, key = law(), "saisie-attribution.contestation"
    return replace(known, delais={**known.delais, key: change(known.delais[key])})


def test_a_month_that_the_law_would_not_extend_ends_on_its_own_day() -> None:
    """25 December 2026 is a holiday: CPC, art. 642 takes the usual month to Monday 28."""
    asked = {
        "aujourdhui": "2026-11-26",
        "date_saisie": "2026-11-20",
        "date_denonciation": "2026-11-25",
        "solde": "1000",
    }
    for known, day in (
        (law(), date(2026, 12, 28)),
        (with_another_month_to_contest(lambda month: replace(month, prorogation=Prorogation.NON)), date(2026, 12, 25)),
    ):
        outcome = ask_calculator(get("sbi"), asked, under=known)
        assert isinstance(outcome, Answered)
        assert outcome.result.valeur("reclamer_jusqu_au") == day


def test_a_period_that_the_law_would_give_in_days_is_not_taken_for_months() -> None:
    asked = {"aujourdhui": "2026-11-26", "date_saisie": "2026-11-20", "date_denonciation": "2026-11-25", "solde": "9"}
    in_days = with_another_month_to_contest(
        lambda month: replace(month, versions=(replace(month.versions[-1], unite=Unite.JOURS),))
    )
    with pytest.raises(LawDataError, match="expected a period in months"):
        ask_calculator(get("sbi"), asked, under=in_days)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_only_its_questions_read_the_law_of_the_package(name: str) -> None:
    """A calculator is given the law; its questions are read once, with the names that the law data have."""
    reading = {
        module.name
        for module in (ROOT / "calculators" / name).rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "law"
    }
    assert reading <= {"inputs.py"}
