"""Deadlines whose end someone else worked out: a ruling, the examples of an official sheet, published computations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from tests.helpers import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/delais.json").read_text("utf-8"))
TODAY = {"aujourdhui": "2026-11-21"}
ASKED = ("evenement", "duree", "unite", "mois", "jours", "territoire", "temple")


def sourced() -> list[Any]:
    return [pytest.param(v, id=f"{v['id']}|{v['statut']}|{v['source'][:50]}") for v in VECTORS["exemples"]]


def answered(**given: object) -> dict[str, Any]:
    outcome = ask_calculator(get("delais"), {**TODAY, **given})
    assert isinstance(outcome, Answered), outcome
    return outcome.to_dict()


def test_every_vector_says_its_source_and_a_known_status() -> None:
    for vector in VECTORS["exemples"]:
        assert vector["source"]
        assert vector["statut"] in VECTORS["statuts"]


@pytest.mark.parametrize("vector", sourced())
def test_worked_example(vector: dict[str, Any]) -> None:
    """The same end by counting, and the same end once extended, as the source gives."""
    found = answered(**{name: vector[name] for name in ASKED if name in vector})
    assert found["valeurs"]["terme"] == vector["terme"]
    if "echeance" in vector:
        assert found["valeurs"]["echeance"] == vector["echeance"]
    if "terme_sans_samedi" in vector:
        ends = {lecture["valeurs"]["terme"] for lecture in found["lectures"]}
        assert ends == {vector["terme"], vector["terme_sans_samedi"]}
        assert found["valeurs"]["date_sure"] <= vector["terme_sans_samedi"]


def test_the_cassation_ruling_of_4_june_2020() -> None:
    """Cass. 2e civ., 4 juin 2020, n° 19-12.260: notified on 9 March 2016, the month to contest went to Monday 11 April.

    The month ended on Saturday 9 April; CPC, art. 642 extends it.
    """
    found = answered(delai="saisie-attribution.contestation", evenement="2016-03-09")
    assert found["valeurs"] == {"terme": "2016-04-09", "echeance": "2016-04-11"}
    assert found["lectures"] == []


def test_three_days_from_a_wednesday_end_on_saturday_so_on_monday() -> None:
    """The official sheet's example without a date: three days, counted from Thursday, that end on a Saturday."""
    found = answered(evenement="2025-01-15", duree=3, unite="jours")
    assert found["valeurs"] == {"terme": "2025-01-18", "echeance": "2025-01-20"}


def test_the_official_sheet_counts_good_friday_for_all_alsace_and_moselle() -> None:
    """The sheet does; the code says it of some communes only: without an answer on that point, both dates are given."""
    given = {"evenement": "2025-04-08", "duree": 10, "unite": "jours", "territoire": "alsace_moselle"}
    found = answered(**given)
    assert {lecture["valeurs"]["echeance"] for lecture in found["lectures"]} == {"2025-04-18", "2025-04-22"}
    assert found["valeurs"]["date_sure"] == "2025-04-18"
    assert answered(**given, temple="non")["valeurs"] == {"terme": "2025-04-18", "echeance": "2025-04-18"}
