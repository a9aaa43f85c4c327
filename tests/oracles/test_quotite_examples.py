"""What someone else worked out, or printed, about the seizable part of a wage."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from tests.helpers import ROOT
from tests.known import known_by

VECTORS = json.loads((ROOT / "tests/vectors/quotite.json").read_text("utf-8"))
MONTHS = [(year, i) for year, table in VECTORS["mensuels"].items() for i in range(len(table["seuils"]))]


def asked(**given: object) -> dict[str, Any]:
    outcome = ask_calculator(get("quotite"), {"aujourdhui": "2026-11-21", **given})
    assert isinstance(outcome, Answered), outcome
    return outcome.to_dict()


@pytest.mark.parametrize("vector", VECTORS["exemples"], ids=lambda v: f"{v['id']}|{v['statut']}")
def test_worked_example(vector: dict[str, Any]) -> None:
    assert vector["source"]
    assert vector["statut"] in VECTORS["statuts"]
    people = str(vector["personnes_a_charge"])
    found = asked(date=vector["date"], net=vector["net"], personnes_a_charge=people)["valeurs"]
    assert (found["saisissable"], found["plancher"]) == (vector["saisissable"], vector["plancher"])
    assert Decimal(found["laisse"]) == Decimal(vector["net"]) - Decimal(vector["saisissable"])


def test_the_increment_of_the_official_sheet_of_2024() -> None:
    """Service-public: 140,83 € a month and a dependant; 1 500 € falls 247,50 € below the fifth threshold."""
    first = asked(date="2024-06-30", net="1500", personnes_a_charge="1")["tranches"][0]
    assert Decimal(first["a"]) == Decimal("364.17") + Decimal("140.83")


@pytest.mark.parametrize("year", VECTORS["baremes"])
def test_the_scale_of_each_year_is_the_one_of_our_facts(year: str) -> None:
    found = {str(v.en_vigueur_du.year): v for v in law().baremes["remunerations"].valeurs}
    assert found.keys() >= VECTORS["baremes"].keys()
    assert [int(s) for s in found[year].seuils] == VECTORS["baremes"][year]["seuils"]
    assert int(found[year].par_personne) == VECTORS["baremes"][year]["par_personne"]


@pytest.mark.parametrize(("year", "i"), MONTHS)
def test_the_monthly_tables_recomputed_and_cross_checked(year: str, i: int) -> None:
    """Each monthly threshold is a twelfth of the yearly one; the total at the threshold, that of the table."""
    table = VECTORS["mensuels"][year]
    found = asked(date=f"{year}-06-30", net=table["seuils"][i])
    assert found["tranches"][i]["a"] == table["seuils"][i]
    # A threshold printed in centimes is not the exact twelfth: the total may differ by one centime.
    assert abs(Decimal(found["valeurs"]["bareme"]) - Decimal(table["cumuls"][i])) <= Decimal("0.01")


@pytest.mark.parametrize("wrong", VECTORS["faux"], ids=lambda w: w["source"])
def test_the_wrong_monthly_tables_of_2026_are_not_ours(wrong: dict[str, Any]) -> None:
    """Three sites print three thresholds that are no twelfth of the decree's. Nobody may copy them here."""
    right = VECTORS["mensuels"]["2026"]["seuils"]
    differing = [w for w, r in zip(wrong["seuils"], right, strict=True) if w != r]
    assert differing == ["1090.83", "1455.00", "1817.50"]
    ours = asked(date="2026-11-21", net="3000")["tranches"]
    assert [t["a"] for t in ours[:-1]] == right
    assert not {t[side] for t in ours for side in ("de", "a")} & set(differing)
    # And it costs money: with the wrong thresholds less would be seized of 1 800 €, to the creditor's loss.
    fractions = [Decimal(1) / 20, Decimal(1) / 10, Decimal(1) / 5, Decimal(1) / 4, Decimal(1) / 3, Decimal(2) / 3]
    bounds = [Decimal(0), *map(Decimal, wrong["seuils"])]
    misled = sum(
        f * max(Decimal(0), min(Decimal(1800), high) - low)
        for f, low, high in zip(fractions, bounds, bounds[1:], strict=False)
    )
    exact = Decimal(asked(date="2026-11-21", net="1800")["valeurs"]["saisissable"])
    assert exact - misled > Decimal(5)


def test_the_three_payers_of_one_person_are_added_up() -> None:
    """C. trav., art. L3252-4."""
    rows = [{"net": "900"}, {"net": "400.50", "libelle": "caisse"}, {"net": "199.50"}]
    together = asked(date="2026-11-21", net="1500")["valeurs"]
    assert asked(date="2026-11-21", payeurs=rows)["valeurs"] == together


def test_maintenance_takes_all_but_the_floor() -> None:
    """C. trav., art. L3252-5 and R3252-5: the whole pay, but the RSA of one person, whatever the family."""
    given = {"date": "2026-11-21", "creance": "pension_alimentaire"}
    for net, people, seized in [
        ("1500", "0", "848.31"),
        ("1500", "4", "848.31"),
        ("651.69", "0", "0.00"),
        ("651.70", "0", "0.01"),
    ]:
        assert asked(net=net, personnes_a_charge=people, **given)["valeurs"]["saisissable"] == seized
    assert asked(net="1500", **given)["tranches"] == []


def test_dependants_counted_one_by_one() -> None:
    """C. trav., art. R3252-3: a spouse below the RSA, children, children with maintenance, ascendants."""
    counted = {"conjoint": "oui", "enfants": "2", "enfants_avec_pension": "1", "ascendants": "1"}
    found = asked(date="2026-11-21", net="2500", compter="oui", **counted)
    told = asked(date="2026-11-21", net="2500", personnes_a_charge="5")
    assert found["valeurs"] == told["valeurs"]


def test_the_year_is_twelve_months_and_is_not_rounded_on_the_way() -> None:
    year = asked(date="2026-11-21", net="18000", periode="an")["valeurs"]
    # 1/20 × 4 480 + 1/10 × 4 250 + 1/5 × 4 270 + 1/4 × 4 230 + 1/3 × 770
    assert (year["saisissable"], year["plancher"]) == ("2817.17", "7820.28")
    assert asked(date="2026-11-21", net="1435.83")["valeurs"]["bareme"] == "213.37"


@pytest.mark.parametrize(
    ("day", "champ", "words"),
    [
        ("2013-12-31", "date", "2013"),
        ("2013-12-31", "date", "2014 à 2026"),
        ("2027-01-01", "date", "la plus récente"),
    ],
)
def test_a_year_we_did_not_read_is_refused(day: str, champ: str, words: str) -> None:
    given = {"aujourdhui": "2026-11-21", "date": day, "net": "1500"}
    found = ask_calculator(get("quotite"), given, under=known_by(date(2026, 11, 21))).to_dict()
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", champ)
    assert words in found["erreurs"][0]["message"].replace("\u00a0", " ")


def test_mayotte_has_its_own_floor_to_be_confirmed() -> None:
    found = asked(date="2026-11-21", net="400", territoire="mayotte")
    assert found["valeurs"]["plancher"] == "325.85"
    assert {w["code"] for w in found["avertissements"]} >= {"montant_a_confirmer", "mayotte"}
    own = ask_calculator(
        get("quotite"), {"aujourdhui": "2026-11-21", "date": "2026-11-21", "net": "9", "territoire": "droit_propre"}
    ).to_dict()
    assert own["erreurs"][0]["champ"] == "territoire"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"date": "2024-04-10"}, {"texte_posterieur", "date_ancienne"}),
        ({"date": "2024-12-10"}, set()),
        ({"date": "2026-12-10"}, {"date_future"}),
        ({"date": "2026-11-21", "personnes_a_charge": "1"}, {"justificatifs"}),
        ({"date": "2026-11-21", "creance": "pension_alimentaire"}, {"pension_alimentaire"}),
    ],
)
def test_what_must_be_known_before_relying_on_it(given: dict[str, str], codes: set[str]) -> None:
    assert {w["code"] for w in asked(net="1500", **given)["avertissements"]} == codes


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"date": "2026-11-21"}, "1,87 € de moins"),
        ({"date": "2021-02-01"}, "Le barème n’a pas changé"),
        ({"date": "2026-11-21", "net": "100"}, "la même somme"),
        ({"date": "2014-05-01"}, "nous ne comparons pas"),
        ({"date": "2026-11-21", "creance": "pension_alimentaire"}, "Seul le minimum laissé compte"),
    ],
)
def test_what_changed_in_a_year_is_told(given: dict[str, str], words: str) -> None:
    steps = asked(**{"net": "1500", "personnes_a_charge": "2", **given})["etapes"]
    told = [f"{s['explication']} {s['calcul']}" for s in steps if s["titre"] == "Ce qui a changé en un an"]
    assert words in told[0].replace("\u00a0", " ")


@pytest.mark.parametrize(("day", "since"), [("2025-06-30", False), ("2025-07-01", True)])
def test_how_it_is_obtained_before_and_since_july_2025(day: str, *, since: bool) -> None:
    found = asked(date=day, net="1500")
    assert found["etapes"][-1]["explication"].startswith("Depuis le") is since
    assert any("commandement" in action["texte"] for action in found["a_faire"]) is since
