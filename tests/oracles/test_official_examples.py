"""Examples whose answer someone else worked out: each says who, and how far that is a proof."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.declaration import parse, unflatten
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.result import to_dict
from calculators.sbi import SbiInputs, calculate
from tests.helpers import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/sbi.json").read_text("utf-8"))
TODAY = {"aujourdhui": "2026-11-21"}


def sourced(kind: str) -> list[Any]:
    return [pytest.param(v, id=f"{v['id']}|{v['statut']}|{v['source'][:50]}") for v in VECTORS[kind]]


def test_every_vector_says_its_source_and_a_known_status() -> None:
    for vector in [*VECTORS["exemples"], *VECTORS["montants"], *VECTORS["cas"]]:
        assert vector["source"]
        assert vector["statut"] in VECTORS["statuts"]


@pytest.mark.parametrize("vector", sourced("exemples"))
def test_worked_example(vector: dict[str, str | None]) -> None:
    """The example gives the same protected and seized amounts as its source."""
    given: dict[str, object] = {"date_saisie": vector["date_saisie"], "solde": vector["solde"]}
    given |= {"insaisissable": vector["insaisissable"], "creance": vector["creance"]}
    outcome = ask_calculator(get("sbi"), {**TODAY, **given})
    assert isinstance(outcome, Answered)
    found = outcome.to_dict()["valeurs"]
    assert {cle: found[cle] for cle in ("sbi", "protege", "saisi")} == {
        cle: vector[cle] for cle in ("sbi", "protege", "saisi")
    }


@pytest.mark.parametrize("vector", sourced("cas"))
def test_case(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Couples, SATD, EIRL, Mayotte, and until when to claim: through the command line, as the browser is asked too."""
    asked = unflatten({**TODAY, **vector["reponses"]})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(asked).encode())))
    assert main(["sbi", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {cle: found["valeurs"].get(cle) for cle in vector["valeurs"]} == vector["valeurs"]
    assert set(vector["avertissements"]) <= {warning["code"] for warning in found["avertissements"]}
    assert not set(vector["sans"]) & found["valeurs"].keys()
    cited = {article["article"] for step in found["etapes"] for article in step["articles"]}
    assert set(vector["articles"]) <= cited


@pytest.mark.parametrize("vector", sourced("montants"))
def test_amount_of_a_day(vector: dict[str, str]) -> None:
    """The SBI of that day is the one the source gives."""
    inputs = parse(SbiInputs, {**TODAY, "date_saisie": vector["date_saisie"], "solde": "5000"})
    found = to_dict(calculate(inputs, law()))["valeurs"]
    assert (found["sbi"], found["protege"]) == (vector["sbi"], vector["sbi"])


def test_the_medical_refund_of_the_2020_sheet_with_its_nature() -> None:
    """The 2020 sheet: 700 € on the account, 40 € of them refunded care, 400 € owed."""
    sommes = [{"nature": "remboursement_soins", "montant": "40"}]
    given = {"date_saisie": "2020-04-01", "solde": "700", "creance": "400", "sommes": sommes}
    found = to_dict(calculate(parse(SbiInputs, {**TODAY, **given}), law()))["valeurs"]
    assert (found["laisse"], found["sur_demande"], found["saisi"]) == ("564.78", "0.00", "135.22")


@pytest.mark.parametrize("day", ["2023-04-01", "2024-04-01", "2026-11-20"])
def test_two_hundred_euros_on_the_account(day: str) -> None:
    """The first example of every sheet: with 200 € on the account, the bank leaves the 200 € and nothing is taken."""
    found = to_dict(calculate(parse(SbiInputs, {**TODAY, "date_saisie": day, "solde": "200"}), law()))["valeurs"]
    assert (found["laisse"], found["saisi"], found["reste"]) == ("200.00", "0.00", "200.00")


def test_two_accounts_of_one_bank_sight_money_first() -> None:
    """CPCE R162-2: on all credit balances together, taken on sight money first."""
    comptes = [
        {"libelle": "Livret", "solde": "900", "type": "epargne"},
        {"libelle": "Courant", "solde": "300", "type": "a_vue"},
    ]
    given = {**TODAY, "date_saisie": "2026-11-20", "comptes": comptes, "creance": "700"}
    found = to_dict(calculate(parse(SbiInputs, given), law()))
    assert [(c["compte"], c["laisse"], c["saisi"], c["reste"]) for c in found["comptes"]] == [
        ("Livret", "351.69", "548.31", "351.69"),
        ("Courant", "300.00", "0.00", "300.00"),
    ]
