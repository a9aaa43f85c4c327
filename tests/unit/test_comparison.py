"""The reader's own case under each dated value: what it says of a date is what the calculator says of that date."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.web.page.browser import answer
from tests.helpers import ROOT

TODAY = "2026-11-21"
SBI = {v["date_saisie"]: v for v in json.loads((ROOT / "tests/vectors/sbi.json").read_text("utf-8"))["montants"]}


def compared(name: str, **given: Any) -> list[dict[str, str]]:
    outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **given})
    assert isinstance(outcome, Answered), outcome
    found: list[dict[str, str]] = outcome.to_dict().get("comparaison", [])
    return found


@pytest.mark.parametrize(
    "given",
    [
        {"net": "1500", "personnes_a_charge": "2"},
        {"net": "40000", "periode": "an"},
        {"net": "700", "creance": "pension_alimentaire"},
    ],
)
def test_each_year_of_a_wage_is_what_that_year_alone_answers(given: dict[str, str]) -> None:
    rows = compared("quotite", date="2026-11-30", **given)
    assert [row["date"] for row in rows] == [str(year) for year in reversed(law().baremes["remunerations"].annees)]
    for row in rows:
        alone = ask_calculator(get("quotite"), {"aujourdhui": TODAY, **given, "date": f"{row['date']}-11-30"})
        values = alone.to_dict()["valeurs"]
        assert row == {"date": row["date"], **{cle: values[cle] for cle in ("saisissable", "laisse", "plancher")}}


def test_a_year_whose_floor_is_unknown_is_said_not_filled() -> None:
    rows = compared("quotite", date="2026-06-28", net="900", territoire="mayotte")
    reasons = {row["date"]: row.get("raison", "") for row in rows}
    assert not reasons["2026"]
    assert "n'est pas connu pour le" in reasons["2016"].replace("’", "'")


def test_each_sbi_of_a_balance_is_the_one_of_its_date() -> None:
    rows = compared("sbi", date_saisie="2026-11-20", solde="1000", creance="500", insaisissable="600")
    series = law().series["sbi"].valeurs
    # The oldest amount is only left without being asked for since August 2009.
    days = [f"{value.en_vigueur_du:%d/%m/%Y}" for value in reversed(series)]
    assert [row["date"] for row in rows] == [*days[:-1], "01/08/2009"]
    for row, value in zip(rows, reversed(series), strict=True):
        kept = max(value.montant, Decimal(600))
        assert Decimal(row["laisse"]) == value.montant
        assert Decimal(row["sur_demande"]) == kept - value.montant
        assert Decimal(row["saisi"]) == min(Decimal(500), 1000 - kept)
    checked = [day for day in SBI if any(value.en_vigueur_du.isoformat() == day for value in series[1:])]
    assert len(checked) > 5
    for day in checked:
        (row,) = (row for row in rows if row["date"] == "/".join(reversed(day.split("-"))))
        assert row["laisse"] == SBI[day]["sbi"]


@pytest.mark.parametrize(
    "given",
    [
        {"debiteur": "personne_morale", "solde": "10"},
        {"solde": "-10"},
        {"date_saisie": "2009-07-01", "solde": "10"},
    ],
)
def test_nothing_is_compared_where_nothing_is_left_without_asking(given: dict[str, str]) -> None:
    assert compared("sbi", **{"date_saisie": "2026-11-20", **given}) == []


def test_a_gap_of_mayotte_is_said() -> None:
    rows = compared("sbi", date_saisie="2026-11-20", solde="1000", territoire="mayotte")
    assert [row for row in rows if "raison" in row]
    assert [row for row in rows if row.get("laisse") == "325.85"]


@pytest.mark.parametrize(
    ("creance", "insaisissable", "words"),
    [
        ("500", "800", "Réclamer fait garder 148,31 € de plus"),
        ("250", "800", "Réclamer fait garder 50,00 € de plus"),
        ("100", "800", "réclamer ne change pas ce qui est pris"),
        ("500", "600", "ne ferait rien garder de plus"),
    ],
)
def test_what_claiming_brings_is_what_is_seized_without_it(creance: str, insaisissable: str, words: str) -> None:
    """1 000 € on the account, 651,69 € left: claiming only helps as far as the debt would have reached."""
    given = {"date_saisie": "2026-11-20", "solde": "1000", "creance": creance, "insaisissable": insaisissable}
    outcome = ask_calculator(get("sbi"), {"aujourdhui": TODAY, **given}).to_dict()
    steps = " ".join(step["explication"] for step in outcome["etapes"]).replace("\u00a0", " ")
    assert words in steps


def test_the_page_marks_the_reader_s_own_date() -> None:
    request = {"calculateur": "quotite", "champs": {"net": "1500", "date": "2025-01-31"}, "aujourdhui": TODAY}
    html = json.loads(answer(json.dumps(request)))["html"]
    assert "<strong>2025 (votre cas)</strong>" in html
    assert html.count("▸") == 1


def test_the_page_and_the_data_of_an_answer_have_one_comparison() -> None:
    """It is most of the work of an answer: made once, for whoever asks."""
    calculator, made = get("sbi"), []

    def compare(*given: Any) -> Any:
        made.append(given)
        return calculator.comparer and calculator.comparer(*given)

    outcome = ask_calculator(replace(calculator, comparer=compare), {"aujourdhui": TODAY, **calculator.exemple})
    assert isinstance(outcome, Answered)
    assert outcome.comparison is outcome.comparison
    assert outcome.to_dict()["comparaison"]
    assert len(made) == 1
