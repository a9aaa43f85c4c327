"""What other programs rely on: the three forms of question, the units, and the shape of the answer."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import json_schema, parse, to_flat, unflatten
from calculators.delais import DelaisInputs
from calculators.law import Unite
from calculators.web.page.browser import compute
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = {"aujourdhui": "2026-11-21"}
LENGTH = {"evenement": "2026-11-03", "duree": 8, "unite": "jours", "territoire": "metropole"}
NAMED = {"delai": "saisie-attribution.contestation", "evenement": "2026-03-09"}
SITUATION = {
    "situation": "saisie-attribution",
    "role": "debiteur",
    "date_saisie": "2026-11-02",
    "date_denonciation": "2026-11-06",
    "territoire": "metropole",
    "aujourdhui": "2026-11-21",
}


def computed(given: Mapping[str, object]) -> dict[str, Any]:
    """The answer, as the command line and the page give it."""
    found: dict[str, Any] = json.loads(compute("delais", json.dumps({**TODAY, **given})))
    return found


def printed(given: Mapping[str, object]) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "calculators", "delais", "--json"],
        input=json.dumps(given).encode(),
        capture_output=True,
        cwd=ROOT,
        timeout=30,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout


@pytest.mark.parametrize("given", [LENGTH, NAMED, SITUATION], ids=["length", "named", "situation"])
def test_the_process_prints_what_is_computed(given: Mapping[str, object]) -> None:
    status, text = printed({**TODAY, **given})
    assert status == 0
    assert text.decode("utf-8") == compute("delais", json.dumps({**TODAY, **given})) + "\n"


def test_a_question_that_cannot_be_read_prints_its_faults() -> None:
    status, text = printed({"evenement": "bientôt", "duree": 8, "unite": "lunes"})
    found = json.loads(text)
    assert status == 2
    assert (found["schema"], found["calculateur"], found["type"]) == (1, "delais", "saisie")
    assert [fault["champ"] for fault in found["erreurs"]] == ["evenement", "unite"]


def test_a_question_beyond_the_law_known_prints_why() -> None:
    status, text = printed({"delai": "urbanisme.recours-gracieux", "evenement": "2025-11-27"})
    found = json.loads(text)
    assert status == 2
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", "evenement")


@pytest.mark.parametrize("given", [LENGTH, NAMED, SITUATION], ids=["length", "named", "situation"])
def test_the_schema_admits_each_form(given: Mapping[str, object]) -> None:
    schema = json_schema(DelaisInputs, titre="Délais")
    properties, required = schema["properties"], schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    assert set(required) <= set(given) <= set(properties)
    for name, value in given.items():
        assert "enum" not in properties[name] or value in properties[name]["enum"]


def test_a_length() -> None:
    """Eight days from Tuesday 3 November 2026: Wednesday 11 is a holiday."""
    found = computed(LENGTH)
    assert found["valeurs"] == {"terme": "2026-11-11", "echeance": "2026-11-12"}
    assert list(found)[:4] == ["schema", "calculateur", "resume", "valeurs"]
    assert {"etapes", "avertissements", "sources", "lectures", "evenements", "jours"} <= set(found)
    assert [day["jour"] for day in found["jours"]] == [f"2026-11-{n:02}" for n in range(3, 13)]
    assert [day["role"] for day in found["jours"]] == ["depart", *["compte"] * 8, "fin"]
    assert computed({**LENGTH, "situation": "autre", "duree": "8", "sens": "apres", "distance": "calculee"}) == found
    assert computed({name: value for name, value in LENGTH.items() if name != "territoire"}) == found


def test_a_named_deadline() -> None:
    found = computed(NAMED)
    assert found["valeurs"] == {"terme": "2026-04-09", "echeance": "2026-04-09"}
    assert computed({**NAMED, "situation": "un-delai"}) == found
    assert computed({**NAMED, "situation": ""}) == found
    assert found["calculateur"] == "delais"
    assert found["lectures"] == []


def test_a_situation_has_one_entry_for_each_deadline() -> None:
    found = computed(SITUATION)
    assert found["valeurs"] == {
        "saisie-attribution.denonciation": "2026-11-10",
        "saisie-attribution.blocage": "2026-11-24",
        "saisie-attribution.effets-escomptes": "2026-12-02",
        "sbi.renouvellement": "2026-12-02",
        "saisie-attribution.contestation": "2026-12-07",
        "saisie-attribution.demande-sommes": "2026-12-07",
        "saisie-attribution.certificat": "2026-12-08",
    }
    assert set(found["libelles"]) == set(found["valeurs"])
    blocked = [lecture for lecture in found["lectures"] if lecture["cle"].startswith("saisie-attribution.blocage.")]
    assert {lecture["valeurs"]["echeance"] for lecture in blocked} == {"2026-11-20", "2026-11-24"}


@pytest.mark.parametrize(
    ("unite", "terme", "echeance"),
    [
        ("jours", "2026-11-20", "2026-11-20"),
        ("jours_francs", "2026-11-21", "2026-11-23"),
        ("jours_ouvrables", "2026-11-24", "2026-11-24"),
        ("jours_ouvres", "2026-11-27", "2026-11-27"),
        ("semaines", "2027-03-04", "2027-03-04"),
        ("mois", "2028-05-05", "2028-05-05"),
        ("annees", "2044-11-05", "2044-11-07"),
    ],
)
def test_units(unite: str, terme: str, echeance: str) -> None:
    """From Thursday 5 November 2026: fifteen days of each kind, seventeen weeks, eighteen months, eighteen years."""
    number = 15 if unite.startswith("jours") else {"semaines": 17, "mois": 18, "annees": 18}[unite]
    found = computed({"evenement": "2026-11-05", "duree": number, "unite": unite})
    assert (found["valeurs"]["terme"], found["valeurs"]["echeance"]) == (terme, echeance)


def test_a_length_in_hours_is_refused_for_want_of_a_rule() -> None:
    """CPC, art. 641 counts days, months and years: only a text of its own says how hours are counted."""
    faults = computed({"evenement": "2026-11-05", "duree": 24, "unite": "heures"})["erreurs"]
    assert [fault["champ"] for fault in faults] == ["unite"]
    assert "agissez tout de suite" in faults[0]["message"].replace("\u00a0", " ")


def test_every_unit_of_the_law_is_accepted_and_no_other() -> None:
    for unite in Unite:
        if unite is Unite.HEURES:
            continue
        assert "valeurs" in computed({"evenement": "2026-11-05", "duree": 2, "unite": unite.value})
    others: list[object] = ["jour", "heure", "trimestres", 3, True, ["jours"], {"jours": 1}]
    for other in others:
        assert [f["champ"] for f in computed({"evenement": "2026-11-05", "duree": 2, "unite": other})["erreurs"]] == [
            "unite"
        ]


@pytest.mark.parametrize(
    ("mois", "jours", "terme", "echeance"),
    [
        (1, 15, "2017-03-27", "2017-03-27"),
        (1, None, "2017-03-12", "2017-03-13"),
        (None, 15, "2017-02-27", "2017-02-27"),
        (1, 0, "2017-03-12", "2017-03-13"),
        (0, 15, "2017-02-27", "2017-02-27"),
    ],
)
def test_months_then_days(mois: int | None, jours: int | None, terme: str, echeance: str) -> None:
    """From Sunday 12 February 2017, whatever the order of the keys."""
    given: dict[str, object] = {"jours": jours, "evenement": "2017-02-12", "mois": mois}
    assert computed(given)["valeurs"] == {"terme": terme, "echeance": echeance}


@pytest.mark.parametrize(
    ("given", "terme", "safe"),
    [
        # fifteen days before a hearing on Monday 30 November 2026: Sunday 15, so Friday 13
        ({"duree": 15, "unite": "jours", "evenement": "2026-11-30"}, "2026-11-15", "2026-11-13"),
        # a month before Tuesday 1 December: Sunday 1 November, a holiday too; so Friday 30 October
        ({"duree": 1, "unite": "mois", "evenement": "2026-12-01"}, "2026-11-01", "2026-10-30"),
        ({"duree": 2, "unite": "jours_ouvres", "evenement": "2026-11-13"}, "2026-11-10", "2026-11-10"),
        ({"duree": 1, "unite": "semaines", "evenement": "2026-11-18"}, "2026-11-11", "2026-11-10"),
        ({"mois": 1, "jours": 1, "evenement": "2026-03-31"}, "2026-02-27", "2026-02-27"),
    ],
)
def test_backwards(given: Mapping[str, object], terme: str, safe: str) -> None:
    """Counted before the event, never extended: what falls on a day off is done before it."""
    found = computed({**given, "sens": "rebours"})
    assert found["valeurs"] == {"terme": terme, "echeance": safe}
    assert [day["jour"] for day in found["jours"]] == sorted((day["jour"] for day in found["jours"]), reverse=True)
    assert "à rebours" in " ".join(step["explication"] for step in found["etapes"])
    assert found["evenements"][0]["jour"] == safe


@pytest.mark.parametrize("given", [LENGTH, NAMED, SITUATION, {**LENGTH, "sens": "rebours", "territoire": "mayotte"}])
def test_a_question_survives_its_address(given: Mapping[str, object]) -> None:
    inputs = parse(DelaisInputs, {**TODAY, **given})
    assert parse(DelaisInputs, {**TODAY, **unflatten(to_flat(inputs))}) == inputs


def test_the_address_names_what_was_answered_and_nothing_else() -> None:
    assert to_flat(parse(DelaisInputs, {**TODAY, **LENGTH})) == {
        "situation": "autre",
        "evenement": "2026-11-03",
        "duree": "8",
        "unite": "jours",
    }
    assert to_flat(parse(DelaisInputs, {**TODAY, **NAMED})) == {"situation": "un-delai", **NAMED}
    assert to_flat(parse(DelaisInputs, SITUATION)) == {
        name: value for name, value in SITUATION.items() if name not in {"aujourdhui", "territoire"}
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # before two events: the later one is named, and a date that respects it respects both
        ({"date_denonciation": "2026-11-06", "date_assignation": "2026-10-30"}, {"date_assignation": "6 novembre"}),
        ({"date_assignation": "2026-10-30"}, {"date_assignation": "2 novembre"}),
        (
            {"date_denonciation": "2026-10-20", "date_assignation": "2026-10-10"},
            {"date_denonciation": "2 novembre", "date_assignation": "2 novembre"},
        ),
    ],
)
def test_a_field_has_one_error(given: dict[str, str], expected: dict[str, str]) -> None:
    case = {**SITUATION, "date_denonciation": "", **given}
    faults = [(fault["champ"], fault["message"].replace("\u00a0", " ")) for fault in computed(case)["erreurs"]]
    assert [champ for champ, _ in faults] == list(expected)
    assert all(expected[champ] in message for champ, message in faults)


@pytest.mark.parametrize(
    "given", [{}, {"mois": 2, "duree": 3}, {"mois": 0, "duree": 0, "unite": "jours"}, {"duree": 0}]
)
def test_a_length_that_is_wrong_in_several_ways_has_one_error(given: dict[str, int | str]) -> None:
    faults = computed({"situation": "autre", "evenement": "2026-11-03", **given})["erreurs"]
    assert len(faults) == 1


IN_HOURS = {"delai": "saisie-attribution.declaration-comptable", "evenement": "2026-11-25"}
INTERRUPTED = {"delai": "pension.prescription", "evenement": "2024-11-25", "date_interruption": "2026-11-20"}


@pytest.mark.parametrize(
    ("given", "champ"),
    [
        (IN_HOURS, "heure"),
        ({**IN_HOURS, "heure": "24"}, "heure"),
        ({**IN_HOURS, "heure": "9", "minute": "60"}, "minute"),
        ({**NAMED, "heure": "9"}, "heure"),  # no hour is asked of a deadline in months
        # a text that moves one deadline moves no other
        ({**INTERRUPTED, "interruption": "mesures-imposees"}, "interruption"),
        ({**INTERRUPTED, "interruption": "reconnaissance", "date_interruption": ""}, "date_interruption"),
        (
            {**INTERRUPTED, "interruption": "reconnaissance", "date_interruption": "2024-11-24"},
            "date_interruption",
        ),
    ],
)
def test_an_hour_or_an_interruption_that_no_rule_knows_is_a_fault(given: dict[str, str], champ: str) -> None:
    assert [fault["champ"] for fault in computed(given)["erreurs"]] == [champ]


def test_an_answer_in_hours_is_a_moment_for_machines() -> None:
    found = computed({**IN_HOURS, "heure": 9, "minute": 5})
    assert found["valeurs"]["date_sure"] == "2026-11-26T09:05"
    assert [(event["jour"], event["heure"]) for event in found["evenements"]] == [
        ("2026-11-25", "09:05"),
        ("2026-11-26", "09:05"),
    ]
