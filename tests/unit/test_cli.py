"""The command line, as a process: what people and other programs get from `python -m calculators`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from calculators import __version__
from calculators.edition import edition
from calculators.registry import CALCULATORS
from calculators.typography import french
from calculators.web.page.browser import compute
from tests.helpers import ROOT

SHORT = {"date_saisie": "2026-11-20", "solde": "1000", "insaisissable": "200", "creance": "500"}


def run(
    *arguments: str, stdin: str | bytes | None = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "calculators", *arguments],
        input=stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        timeout=30,
        check=False,
    )


def answered(done: subprocess.CompletedProcess[bytes], *, status: int = 0) -> dict[str, Any]:
    assert done.returncode == status, done.stderr.decode()
    assert done.stderr == b""
    data: dict[str, Any] = json.loads(done.stdout.decode("utf-8"))
    return data


def readable(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8").replace("\u202f", " ").replace("\u00a0", " ")


def test_the_contract_for_machines_byte_for_byte() -> None:
    done = run("sbi", "--json", stdin=json.dumps(SHORT))
    text = done.stdout.decode("utf-8")
    found = answered(done)
    named = ["sbi", "laisse", "sur_demande", "protege", "saisi", "reste"]
    assert json.dumps({cle: found["valeurs"][cle] for cle in named}) == (
        '{"sbi": "651.69", "laisse": "651.69", "sur_demande": "0.00", "protege": "651.69", "saisi": "348.31", '
        '"reste": "651.69"}'
    )
    assert text.startswith('{\n  "schema": 1,\n  "calculateur": "sbi",\n  "resume": "La banque doit laisser')
    assert list(found)[:4] == ["schema", "calculateur", "resume", "valeurs"]
    assert {"etapes", "avertissements", "sources"} <= set(found)
    assert text.endswith("}\n")
    assert found["sources"][0]["en_vigueur_du"] == "2026-04-01"
    today = json.dumps({"aujourdhui": "2026-11-21", **SHORT})
    assert run("sbi", "--json", stdin=today).stdout.decode("utf-8") == compute("sbi", today) + "\n"


def test_numbers_texts_and_rows_say_the_same() -> None:
    today = {"aujourdhui": "2026-11-21"}
    rows = {**SHORT, "comptes": [{"solde": 1000.00}], "creance": 500}
    del rows["solde"]
    rows |= {"sommes": [{"nature": "autre_insaisissable", "montant": "200,00 €"}]}
    del rows["insaisissable"]
    assert run("sbi", "--json", stdin=json.dumps({**today, **rows})).stdout == (
        run("sbi", "--json", stdin=json.dumps({**today, **SHORT})).stdout
    )


def test_a_readable_answer_in_french() -> None:
    text = readable(run("sbi", "--solde", "1000", "--date-saisie", "2026-11-20", "--insaisissable", "200"))
    assert "La banque doit laisser 651,69 € sans que vous ayez rien à demander." in text
    assert "Raisonnement\n1. Le montant le 20 novembre 2026." in text
    assert "article L162-2 du CPCE" in text
    assert "Traceback" not in text
    assert "{" not in text


def test_options_for_rows_negative_and_french_amounts() -> None:
    text = readable(
        run(
            *("sbi", "--date-saisie", "20/11/2026", "--creance", "1 200,50"),
            *("--comptes", "libelle=Commun, Paris,solde=1000,50,joint=oui", "--comptes", "solde=-20,type=epargne"),
        )
    )
    assert "Total des soldes créditeurs : 1 000,50 €" in text
    assert "Commun, Paris : " in text
    assert "Compte 2 : " in text
    for negative in ("-50,00", "-50", "- 50 €"):
        found = readable(run("sbi", "--solde", negative, "--date-saisie", "2026-11-20"))
        assert "Total des soldes créditeurs : 0,00 €" in found


def test_bad_input_lists_every_faulty_field_in_json() -> None:
    bad = {"date_saisie": "31/02/2026", "solde": "mille", "creance": "-5", "mesure": "vol", "couleur": "bleu"}
    found = answered(run("sbi", "--json", stdin=json.dumps(bad)), status=2)
    assert (found["schema"], found["calculateur"], found["type"]) == (1, "sbi", "saisie")
    faulty = [fault["champ"] for fault in found["erreurs"]]
    assert faulty == ["couleur", "date_saisie", "mesure", "comptes.1.solde", "creance"]
    assert all(fault["message"] for fault in found["erreurs"])


def test_bad_input_lists_every_faulty_field_in_french() -> None:
    done = run("sbi", "--solde", "mille")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode("utf-8").splitlines()[0] == "Ces réponses sont à corriger\u00a0:"
    assert "- date_saisie" in done.stderr.decode("utf-8")
    assert "- comptes.1.solde" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    "given",
    [
        {"date_saisie": "2009-05-31", "solde": "10"},
        {"date_saisie": "2013-06-01", "solde": "10", "territoire": "mayotte"},
        {"date_saisie": "2026-11-20", "solde": "10", "territoire": "droit_propre"},
    ],
)
def test_outside_the_verified_law_is_said_apart_from_bad_input(given: dict[str, str]) -> None:
    found = answered(run("sbi", "--json", stdin=json.dumps(given)), status=2)
    assert found["type"] == "couverture"
    assert len(found["erreurs"]) == 1
    options = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
    assert run("sbi", *options).returncode == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "null",
        '"solde"',
        "1",
        "{",
        '{"solde": NaN}',
        '{"solde": -Infinity}',
        '{"solde": 1e9999999999999999999}',
        '{"solde": "1", "solde": "2"}',
        '{"comptes": [{"solde": "1", "solde": "2"}]}',
        "[" * 100_000,
        '{"comptes": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"a": 1}}',
        "{'solde': 1}",
    ],
    ids=range(16),
)
def test_what_is_no_json_object_is_said_in_json(text: str) -> None:
    found = answered(run("sbi", "--json", stdin=text), status=2)
    (fault,) = found["erreurs"]
    assert fault["champ"] == ""
    assert fault["message"].startswith("L’entrée n’est pas un objet JSON valable")


@pytest.mark.parametrize(
    "value",
    ["1e5", "1" * 6000, "1.005", "true", "null", "[]", '["1000"]', '{"solde": 3}', '"\\ud800"', '"\\u0000"', "-0.001"],
)
def test_what_is_no_amount_is_a_fault_of_its_field(value: str) -> None:
    found = answered(run("sbi", "--json", stdin=f'{{"date_saisie": "2026-11-20", "solde": {value}}}'), status=2)
    assert [fault["champ"] for fault in found["erreurs"]] in (["comptes.1.solde"], ["comptes"])


def test_bytes_that_are_not_utf8_are_a_fault() -> None:
    found = answered(run("sbi", "--json", stdin=b'{"solde": "\xe9"}'), status=2)
    assert "UTF-8" in found["erreurs"][0]["message"]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert answered(run("sbi", "--json", stdin="\ufeff" + json.dumps(SHORT)))["valeurs"]["saisi"] == "348.31"


def test_accents_whatever_the_locale() -> None:
    """Under LC_ALL=C a terminal says ASCII; French does not fit in it."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    accented = json.dumps(
        {**SHORT, "solde": None, "comptes": [{"solde": "1", "libelle": "Épargne 😀"}]}, ensure_ascii=False
    )
    found = answered(run("sbi", "--json", stdin=accented, environment=plain))
    assert found["comptes"][0]["compte"] == "Épargne 😀"
    assert "é" in readable(run(environment=plain)) + readable(run("sbi", "--help", environment=plain))


def test_half_of_a_character_does_not_stop_the_answer() -> None:
    done = run("sbi", "--json", stdin='{"\\ud83d": 1, "date_saisie": "2026-11-20", "solde": "1"}')
    assert answered(done, status=2)["erreurs"][0]["champ"] == "?"


def test_options_are_not_passed_over_in_silence_when_json_is_asked() -> None:
    found = answered(run("sbi", "--json", "--solde", "1000", stdin=json.dumps(SHORT)), status=2)
    assert [fault["champ"] for fault in found["erreurs"]] == ["solde"]


@pytest.mark.parametrize("arguments", [["inconnu"], ["sbi", "--sold", "1"], ["sbi", "1000"], ["sbi", "--solde"]])
def test_a_command_that_makes_no_sense(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("Commande incomprise")


def test_alone_it_lists_the_calculators() -> None:
    text = run().stdout.decode("utf-8")
    for calculator in CALCULATORS.values():
        assert f"{calculator.nom}\t{french(calculator.titre)}" in text
    assert readable(run("--version")).strip() == f"{__version__}, {edition().dite}".replace("\u00a0", " ")


def test_it_names_the_deadlines_and_their_articles() -> None:
    lines = [line.split("\t") for line in readable(run("delais", "--list")).splitlines()]
    assert {len(line) for line in lines} == {4}
    assert ["saisie-attribution.contestation", "1 mois"] in [[line[0], line[2]] for line in lines]
    assert "article 538 du CPC" in {line[3] for line in lines}


def test_it_answers_with_a_file_for_a_calendar() -> None:
    asked = json.dumps({"delai": "saisie-attribution.contestation", "evenement": "2016-03-09"})
    text = run("delais", "--json", "--ics", stdin=asked).stdout.decode("utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20160411" in text
    refused = run("delais", "--ics")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "BEGIN" not in refused.stderr.decode("utf-8")


def test_the_schema_is_json_and_speaks_of_every_question() -> None:
    schema = answered(run("sbi", "--schema"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert set(SHORT) <= set(schema["properties"])
    assert schema["required"] == ["date_saisie"]
    assert set(schema["required"]) <= set(schema["properties"])
    assert schema["properties"]["comptes"]["items"]["required"] == ["solde"]
    for described in schema["properties"].values():
        assert described["title"] or described["description"]


def test_help_names_every_option() -> None:
    text = readable(run("sbi", "--help"))
    for name in SHORT:
        assert "--" + name.replace("_", "-") in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["inconnu"], "Commande incomprise : CALCULATEUR : « inconnu » n’existe pas."),
        (["sbi", "1000"], "Commande incomprise : « 1000 » n’est pas connu."),
        (["sbi", "--solde"], "Commande incomprise : --solde attend une valeur."),
        (["sbi", "--json=1"], "Commande incomprise : --json ne prend pas de valeur."),
        (
            ["sbi", "--csv", "jamais-ecrit.csv"],
            "- csv : « jamais-ecrit.csv » ne peut pas être lu : ce fichier n’existe pas.",
        ),
        (["sbi", "--csv", "."], "- csv : « . » ne peut pas être lu : c’est un dossier."),
    ],
)
def test_a_mistake_is_said_in_french(arguments: list[str], said: str) -> None:
    assert said in run(*arguments).stderr.decode("utf-8").replace("\u00a0", " ").splitlines()


@pytest.mark.parametrize("arguments", [["--help"], ["sbi", "--help"]])
def test_the_help_is_in_french(arguments: list[str]) -> None:
    said = readable(run(*arguments))
    assert "afficher cette aide" in said
    assert not {"show", "exit", "positional", "arguments"} & set(said.split())


def test_a_refusal_does_not_ask_to_correct_what_was_typed() -> None:
    done = run("sbi", "--solde", "1", "--date-saisie", "2008-01-02")
    first = done.stderr.decode("utf-8").replace("\u00a0", " ").splitlines()[0]
    assert (done.returncode, first) == (2, "Nous ne pouvons pas répondre pour ce cas :")
