"""Thousands of files at once: the CSV of the command line and of the page."""

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

from calculators.errors import InputError
from calculators.lot import Batch, Stream, columns, model
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from tests.helpers import ROOT
from tests.parity.cases import cases

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
def test_the_small_model_is_answered(name: str) -> None:
    stream = Stream(get(name), TODAY)
    stream.feed(model(get(name)).encode(), last=True)
    assert stream.answers().endswith(";\r\n")
    assert (stream.done, stream.faulty) == (1, 0)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_every_result_of_every_answer_has_its_column(name: str) -> None:
    """The columns are named before the first line is read: an answer must not have a value that none of them holds."""
    example = {key: str(value) for key, value in get(name).exemple.items()}
    batch = Batch(get(name), ";".join(example), TODAY)
    held = set(next(csv.reader([batch.header], delimiter=";")))
    asked = 0
    for _, given in cases(400, only=name):
        outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **given})
        if isinstance(outcome, Answered):
            asked += 1
            assert {f"resultat.{cle}" for cle in outcome.to_dict()["valeurs"]} <= held
    assert asked > 50


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
    found = answers(SBI, "A;20/11/2026;1 000,00;200;500", "B;hier;x;;", "", "C;20/11/2026;1;2;3;4", "D;20/11/2026;1000")
    assert [row["reference"] for row in found] == ["A", "B", "C", "D"]
    assert [row["resultat.saisi"] for row in found] == ["348,31", "", "", "348,31"]
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
        "date_saisie",
        "solde;creance",
        "reference;date_saisie;solde;",
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


def streamed(data: bytes, *pieces: int, name: str = "quotite", most: int = 7) -> str:
    """Answer a file that comes in pieces of these lengths, then the rest, a few lines at a time."""
    stream, out, at = Stream(get(name), TODAY), [], 0
    for size in [*pieces, len(data)]:
        stream.feed(data[at : at + size], last=at + size >= len(data))
        at += size
        out.append(stream.answers(most))
        while stream.waiting:
            out.append(stream.answers(most))
        if at >= len(data):
            break
    return "".join(out)


FILE = (
    "\ufeffreference;date;net\r\n"
    "Société n° 1;2026-11-30;1500,00\r\n"
    '"deux\r\nlignes";2026-11-30;1 500,00 €\r\n'
    "\r\n"
    "faute;hier;\r\n"
    '"ouvert;2026-11-30;1500\r\n'
    "=1+1;30/11/2026;1500"
).encode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 16, 64])
def test_how_a_file_is_cut_changes_nothing(size: int) -> None:
    assert streamed(FILE, *[size] * (len(FILE) // size)) == streamed(FILE, most=1 << 20)


def test_a_file_of_every_kind_of_line() -> None:
    text = streamed(FILE)
    assert text.startswith("\ufeffreference;date;net;resultat.net;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Société n° 1", "deux\r\nlignes", "faute", "ouvert", "'=1+1"]
    assert [row[4] for row in rows[1:]] == ["234,76", "234,76", "", "", "234,76"]
    assert text.count("\r\n") == len(rows) + 1  # one is inside a field
    assert "guillemet" in rows[4][-1]


def test_old_spreadsheets_and_old_macs_are_read() -> None:
    windows = FILE.decode("utf-8-sig").replace("\r\n", "\n").encode("cp1252")
    assert streamed(windows) == streamed(FILE).replace("\r\n", "\n")
    mac = b"reference,date,net\rA,2026-11-30,1500\rB,2026-11-30,1500\r"
    assert streamed(mac, 5, 14, 1, 20).splitlines()[2].startswith("B,2026-11-30,1500,1500.00,234.76,")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf\r\n \r\n", "vide"),
        (b"PK\x03\x04\x14\x00\n", "un classeur, pas un CSV"),
        ("date;net\n".encode("utf-16"), "UTF-16"),
        (b"Nom;Pr\xe9nom\nA;B\n", "\u00ab\xa0nom\xa0\u00bb, \u00ab\xa0prénom\xa0\u00bb"),
        (b"date;nett\n", "cette colonne manque"),
        (b"date;net;net\n", "deux fois"),
        (b"date;net;\n", "une colonne n\u2019a pas de nom"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as raised:
        streamed(data)
    assert words in " ".join(fault.message for fault in raised.value.errors)


def test_a_quotation_mark_left_open_costs_one_line() -> None:
    """The next quotation mark would close it, and every line in between would be lost in one field."""
    good = [f"{n};2026-11-30;1500" for n in range(40)]
    found = answers("reference;date;net", '"A;2026-11-30;1', *good, name="quotite")
    assert [row["resultat.saisissable"] for row in found] == ["", *["234,76"] * 40]
    closed = answers("reference;date;net", 'A;2026-11-30;"1', *good[:5], 'B;"2026-11-30";1500', name="quotite")
    assert [row["reference"] for row in closed] == ["A", "0", "1", "2", "3", "4", "B"]
    assert [bool(row["erreurs"]) for row in closed] == [True, *[False] * 6]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-2+3+cmd|' /C calc'!A0", "\tx", "\uff1d1"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    (good,) = answers("reference;date;net", f"{quoted};2026-11-30;1500", name="quotite")
    (wrong,) = answers("reference;date;net", f"A;2026-11-30;{quoted}", name="quotite")
    (unread,) = answers("reference;date;net", f'A;{text};"', name="quotite")
    assert good["reference"] == f"'{text}"
    assert [row["erreurs"][0].isalpha() for row in (wrong, unread)] == [True, True]
    for row in (good, wrong, unread):
        assert not [cell for cell in row.values() if cell[:1] in {"=", "@", "+", "\t", "\uff1d"}]


def test_amounts_and_plain_texts_are_carried_as_they_are() -> None:
    (found,) = answers("reference;date_saisie;solde", "+33 6 12;2026-11-20;-12,50 €")
    assert (found["reference"], found["solde"]) == ("+33 6 12", "-12,50 €")


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
    assert done.stdout.decode().count("\r\n2026-11-30;1500;1500,00;234,76;") == 1001
    assert done.stdout == streamed(path.read_bytes(), 100).encode()
    assert "1001 lignes (100 %)" in (said := done.stderr.decode().replace("\u00a0", " "))
    assert said.endswith("1001 lignes, dont 0 en erreur.\n")
    assert run("quotite", "--csv-modele").stdout.decode().startswith("reference;date;payeurs.1.libelle;payeurs.1.net;")


@pytest.mark.parametrize(
    ("stdin", "status", "words"),
    [
        (b"date;net\n2026;1\n", 1, "1 ligne, dont 1 en erreur."),
        (b"dat\n", 2, "Ce fichier ne peut pas être calculé"),
        (b"", 2, "vide"),
    ],
)
def test_the_status_says_whether_all_was_answered(stdin: bytes, status: int, words: str) -> None:
    done = run("quotite", "--csv", "-", stdin=stdin)
    assert done.returncode == status
    assert words in done.stderr.decode().replace("\u00a0", " ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("sbi", "--csv", str(tmp_path / "rien.csv"))
    assert done.returncode == 2
    assert "ne peut pas être lu" in done.stderr.decode().replace("\u00a0", " ")
