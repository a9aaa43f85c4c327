"""Thousands of files at once: the CSV of the command line."""

from __future__ import annotations

import csv
import gc
import io
import itertools
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from calculators.batch import Batch, columns, decoded
from calculators.errors import InputError
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-21"
SBI = "reference;date_saisie;solde;insaisissable;creance"


def answers(header: str, *lines: str, name: str = "sbi") -> list[dict[str, str]]:
    batch = Batch(get(name), header, TODAY)
    text = "\n".join([batch.header, *batch.answer(lines)])
    return list(csv.DictReader(io.StringIO(text), delimiter=batch.delimiter))


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_the_model_of_a_calculator_is_a_header_it_reads(name: str) -> None:
    header = ";".join(columns(get(name)))
    assert Batch(get(name), header, TODAY).columns == columns(get(name))


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_a_line_says_what_the_calculator_alone_says(name: str) -> None:
    example = {key: str(value) for key, value in get(name).exemple.items()}
    (found,) = answers(";".join(example), ";".join(example.values()), name=name)
    outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **example})
    assert isinstance(outcome, Answered)
    values = outcome.to_dict()["valeurs"]
    if "pieces" in values:
        values["pieces"] = " ".join(piece["id"] for piece in values["pieces"])
    assert {k: found[f"resultat.{k}"].replace(",", ".") for k in values} == values
    assert found["erreurs"] == ""


def test_a_faulty_line_keeps_its_place_and_stops_nothing() -> None:
    found = answers(SBI, "A;20/11/2026;1 000,00;200;500", "B;hier;x;;", "", "C;20/11/2026;1;2;3;4", "D;20/11/2026;10")
    assert [row["reference"] for row in found] == ["A", "B", "C", "D"]
    assert [row["resultat.saisi"] for row in found] == ["348,31", "", "", "0,00"]
    assert "date_saisie" in found[1]["erreurs"]
    assert "comptes.1.solde" in found[1]["erreurs"]
    assert "6 champs pour 5 colonnes" in found[2]["erreurs"].replace("\u00a0", " ")
    assert found[3]["avertissements"] == "creance_inconnue"
    assert found[3]["erreurs"] == ""


@pytest.mark.parametrize(("mark", "amount"), [(";", "348,31"), (",", "348.31"), ("\t", "348.31")])
def test_the_results_are_written_as_the_file_is(mark: str, amount: str) -> None:
    (found,) = answers(mark.join(["date_saisie", "solde", "creance"]), mark.join(["2026-11-20", "1000", "500"]))
    assert found["resultat.saisi"] == amount


def test_rows_of_a_group_and_quoted_line_ends() -> None:
    header = "reference,date_saisie,comptes.1.solde,comptes.2.solde,comptes.2.type"
    (found,) = answers(header, '"A\n', '""1"", suite","2026-11-20","300,00",900,epargne')
    assert found["reference"] == 'A\n"1", suite'
    assert (found["resultat.solde"], found["resultat.laisse"]) == ("1200.00", "651.69")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "  ",
        "date_saisie;sold",
        "solde;solde",
        "comptes.0.solde",
        "comptes.21.solde",
        "comptes.1",
        "comptes.1.x",
        "a.b",
    ],
)
def test_a_header_that_is_not_one_is_refused_before_any_line(header: str) -> None:
    with pytest.raises(InputError):
        Batch(get("sbi"), header, TODAY)


def test_a_field_without_end_is_one_fault() -> None:
    batch = Batch(get("sbi"), SBI, TODAY)
    found = list(batch.answer([f"A;{'9' * 200_000};1;;", "B;2026-11-20;10;;"]))
    assert (batch.done, batch.faulty) == (2, 1)
    assert "démesuré" in found[0]
    assert found[1].startswith("B;")


def test_old_spreadsheets_are_read() -> None:
    assert list(decoded(["\ufeffé;\n".encode(), "é\n".encode("cp1252")])) == ["é;\n", "é\n"]


def test_memory_does_not_grow_with_the_file() -> None:
    batch = Batch(get("quotite"), "date;net", TODAY)
    lines = (f"2026-11-30;{n}" for n in itertools.count(1000))
    stream = batch.answer(lines)
    for _ in itertools.islice(stream, 50):
        pass
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in itertools.islice(stream, 1500):
        pass
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "calculators", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)


def test_from_a_file_or_the_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "dossiers.csv"
    path.write_bytes(("\ufeffdate;net\r\n" + "2026-11-30;1500\r\n" * 1001).encode())
    done = run("quotite", "--csv", str(path))
    assert done.returncode == 0
    assert done.stdout == run("quotite", "--csv", "-", stdin=path.read_bytes()).stdout
    assert done.stdout.decode().count("\n2026-11-30;1500;1500,00;234,76;") == 1001
    assert "1000 lignes (99 %)" in (said := done.stderr.decode().replace("\u00a0", " "))
    assert said.endswith("1001 lignes, dont 0 en erreur.\n")
    assert run("quotite", "--csv-modele").stdout.decode().startswith("reference;date;payeurs.1.libelle;payeurs.1.net;")


@pytest.mark.parametrize(
    ("stdin", "status", "words"),
    [(b"date;net\n2026;1\n", 1, "dont 1 en erreur"), (b"dat\n", 2, "dat"), (b"", 2, "vide")],
)
def test_the_status_says_whether_all_was_answered(stdin: bytes, status: int, words: str) -> None:
    done = run("quotite", "--csv", "-", stdin=stdin)
    assert done.returncode == status
    assert words in done.stderr.decode().replace("\u00a0", " ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("sbi", "--csv", str(tmp_path / "rien.csv"))
    assert done.returncode == 2
    assert "ne peut pas être lu" in done.stderr.decode().replace("\u00a0", " ")
