"""Thousands of files at once: the CSV of the command line and of the page."""

from __future__ import annotations

import csv
import gc
import io
import itertools
import json
import re
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from calculators.errors import InputError
from calculators.lot import Batch, Stream, columns, model
from calculators.lot.stream import _left_open
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.web.engine.cases import cases
from calculators.web.page.browser import answer
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from calculators.outcome import Outcome
    from calculators.result import Calculator

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
    found = answers(
        SBI, "A;20/11/2026;1 000,00;200;500", "B;naguère;x;;", "", "C;20/11/2026;1;2;3;4", "D;20/11/2026;1000"
    )
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
        "date_saisie;solde;Date saisie",
        "solde;solde",
        "comptes.0.solde",
        "comptes.21.solde",
        "comptes.1",
        "comptes.1.x",
        "a.b",
        "date_saisie",
        "solde;creance",
        "date_saisie;solde;comptes.0.solde",
        "date_saisie;solde;comptes.3.sold",
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
        (b"PK\x03\x04\x14\x00\n", "un classeur."),
        (b"\xd0\xcf\x11\xe0\xa1", "protégé par un mot de passe"),
        (b"%PDF-1.7", "un document PDF"),
        (b"Nom;Pr\xe9nom\nA;B\n", "\u00ab\xa0Nom\xa0\u00bb, \u00ab\xa0Prénom\xa0\u00bb"),
        (b"date;nett\n", "cette colonne manque"),
        (b"date;net;net\n", "deux fois"),
        (b"date;net;Date\n", "deux fois"),
        (b"date;nett\n", "\u00ab\xa0nett\xa0\u00bb y ressemble"),
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


def test_how_far_it_is_counts_what_is_written(tmp_path: Path) -> None:
    path, count = tmp_path / "dossiers.csv", 5500
    path.write_bytes(b"date;net\n" + b"2026-11-30;1500\n" * count)
    said = run("quotite", "--csv", str(path)).stderr.decode().replace("\u00a0", " ")
    told = [(int(lines), int(share)) for lines, share in re.findall(r"(\d+) lignes \((\d+) %\)", said)]
    assert len(told) > 2
    assert [share for _, share in told] == pytest.approx([100 * lines / count for lines, _ in told], abs=1)


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
    assert (
        run("quotite", "--csv-modele")
        .stdout.decode()
        .startswith("reference;date;role_salaire;payeurs.1.libelle;payeurs.1.net;")
    )


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


# ---------------------------------------------------------------- files made to take long, or to be run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the calculator is asked from now on."""
    found: list[object] = []

    def asking(calculator: Calculator[Any], data: Mapping[str, object], *, figures: bool = False) -> Outcome:
        found.append(data)
        return ask_calculator(calculator, data, figures=figures)

    monkeypatch.setattr("calculators.lot.table.ask_calculator", asking)
    return found


def test_blank_lines_by_the_hundred_thousand_ask_nothing_and_make_one_slice(asked: list[object]) -> None:
    stream = Stream(get("quotite"), TODAY)
    for data in (b"date;net\n2026-11-30;1500\n", b"\n" * 100_000, b";\r\n" * 100_000, b'"";" "\n2026-11-30;1500\n'):
        stream.feed(data, last=data.startswith(b'"'))
        stream.answers(7)
        assert not stream.waiting
    assert (stream.done, stream.faulty) == (2, 0)
    assert len(asked) == 3  # with the example


def test_time_grows_with_the_bytes_whatever_the_quotation_marks(
    asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line that leaves a quotation mark open was read again with each of the thirty before, for each of them."""
    read: list[int] = []
    reader = csv.reader

    def counting(lines: list[str], delimiter: str) -> Iterator[list[str]]:
        read.extend(map(len, lines))
        return reader(lines, delimiter=delimiter)

    lines = ['a";"\n'] * 2000 + ['"a\n', 'b";c;d\n'] * 200 + ['x";y;z"\n'] * 200
    batch = Batch(get("quotite"), "date;net", TODAY)
    monkeypatch.setattr("calculators.lot.stream.csv.reader", counting)
    del asked[:]
    assert len(list(batch.answer(lines))) == batch.faulty
    assert len(read) < 4 * len(lines)
    assert len(asked) < 2 * len(lines)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_where_a_record_ends_is_where_the_reader_ends_it(delimiter: str) -> None:
    """Every text of seven letters, from the start of a record, and after an open quotation mark."""

    def ends(text: str) -> bool:
        def lines() -> Iterator[str]:
            yield text
            raise EOFError

        try:
            next(csv.reader(lines(), delimiter=delimiter))
        except EOFError:
            return False
        return True

    for letters in itertools.product(f'a"{delimiter}', repeat=7):
        text = "".join(letters)
        assert _left_open(f"{text}\n", delimiter, inside=False) != ends(f"{text}\n")
        assert _left_open(f"{text}\n", delimiter, inside=True) != ends(f'"{text}\n')


def test_a_million_columns_are_one_fault() -> None:
    names = "reference;date;net" + ";net" * 250_000 + "".join(f";c{n}" for n in range(50_000))
    with pytest.raises(InputError) as raised:
        Batch(get("quotite"), names, TODAY)
    (fault,) = raised.value.errors
    assert "300003 colonnes" in fault.message.replace("\u202f", "")
    (row,) = answers("date;net", ";" * 999_999, "2026-11-30;1500" + ";0" * 400_000, name="quotite")
    assert "400002 champs pour 2 colonnes" in row["erreurs"].replace("\u202f", "").replace("\u00a0", " ")


@pytest.mark.parametrize("header", [f"date;net;{'x' * 200_000}", f"date;net{';' * (1 << 20)}"])
def test_a_first_line_beyond_all_measure_is_refused(header: str) -> None:
    stream = Stream(get("quotite"), TODAY)
    stream.feed(f"{header}\n".encode(), last=True)
    with pytest.raises(InputError, match=r"démesurée|colonnes"):
        stream.answers()


def test_a_field_beyond_the_reader_in_a_line_that_a_quotation_mark_drew_in() -> None:
    """Alone, the second line is one field, longer than Python's reader takes."""
    found = answers("date;net", '"a', f'"b{";c" * 70_000}', "2026-11-30;1500", name="quotite")
    assert [bool(row["erreurs"]) for row in found] == [True, False]


def test_a_line_without_end_is_one_fault_and_its_end_is_no_line() -> None:
    """What came after its first megabyte was answered, as a line of its own."""
    line = "é" * (1 << 20) + "\n2026-11-30;1500\n"
    for data in (f"date;net\n{line}", f"date;net\r{line}".replace("\n", "\r")):
        body = data.encode()
        cut = body.index("é".encode()) + (1 << 20) + 1  # in the middle of a letter
        text = streamed(body + b"2026-11-30;1500", 100, cut, 1 << 16)
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert [row["resultat.saisissable"] for row in rows] == ["", "234,76", "234,76"]
        assert rows[0]["date"] == "é" * 60
        assert "démesurée" in rows[0]["erreurs"]


def test_the_end_of_a_cut_line_is_not_answered() -> None:
    text = streamed(b"date;net\n" + b"x" * ((1 << 20) + 5) + b"\n2026-11-30;1500", 1 << 20)
    assert [row[:10] for row in text.splitlines()[1:]] == ["x" * 10, "2026-11-30"]
    tail = streamed(b"date;net\n" + b" " * (1 << 20) + b"2026-11-30;1500\n", 1 << 16)
    assert tail.splitlines()[1].count("démesurée") == 1
    assert len(tail.splitlines()) == 2


@pytest.mark.parametrize("start", ["=1+1", "@SUM(A1)", "+A1", "-A1"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "\n", '," ', "|"])
def test_nor_is_a_part_of_a_cell_when_the_spreadsheet_parts_them_otherwise(start: str, separator: str) -> None:
    cell = f"dossier{separator}{start}"
    quoted = '"' + cell.replace('"', '""') + '"'
    (good,) = answers("reference;date;net", f"{quoted};2026-11-30;1500", name="quotite")
    (wrong,) = answers("reference;date;net", f"A;{quoted};1500", name="quotite")
    assert good["reference"] == f"dossier{separator}'{start}"
    assert good["erreurs"] == ""
    for row in (good, wrong):
        for part in re.split(r"[,;\t\n|]", "\n".join(row.values())):
            assert part.strip(' "')[:1] not in {"=", "@", "+", "-"}


def test_negative_amounts_stay_numbers_wherever_they_stand() -> None:
    (found,) = answers("reference;date_saisie;solde", "1,-5 € | -12,50,+3;2026-11-20;-1 000,50")
    assert (found["reference"], found["solde"]) == ("1,-5 € | -12,50,+3", "-1 000,50")


def test_control_characters_reach_neither_the_terminal_nor_the_spreadsheet() -> None:
    for header in ("date_saisie;solde;\x1b]0;titre\x07\x9b2J", "date_saisie;comptes.\x1b]0"):
        try:
            batch = Batch(get("sbi"), header, TODAY)
            told = [*batch.table.notices(), batch.header]
        except InputError as error:
            told = [fault.champ + fault.message for fault in error.errors]
        assert not [letter for letter in "".join(told) if "\x7f" <= letter < "\xa0" or letter < " "]
    (found,) = answers("reference;date;net", "\x1b[2J\x9b=1;2026-11-30;1500", name="quotite")
    assert found["reference"] == "\ufffd[2J\ufffd=1"


@pytest.mark.parametrize("letters", ["\t", " ", "- ", "-1", '"', "=", ",-", "1,", "1 "])
def test_a_cell_of_one_thing_again_and_again_is_read_once(letters: str) -> None:
    """Each would take minutes, if from each of its letters the rest were read again."""
    cell = (letters * (1 << 17))[: 1 << 16].replace('"', '""')
    found = answers(
        "reference;date;net",
        f'"{cell}";2026-11-30;1500',
        f'A;"{cell}x";1500',
        f'A;2026-11-30;"-{cell}"',
        name="quotite",
    )
    assert len(found) == 3
    assert found[0]["resultat.saisissable"] == "234,76"


# ---------------------------------------------------------------- files as spreadsheets and other programs write them

WAGES = "reference;date;net\r\nA1;30/11/2026;1500,00\r\nÉlise;30/11/2026;1500,00\r\n"
#: The same two wages, as other programs write them.
SAME = {
    "a line that says the separator": f"sep=;\r\n{WAGES}".encode(),
    "in quotation marks, after the mark": f'\ufeff"sep=;"\r\n{WAGES}'.encode(),
    "blank lines before and after the header": WAGES.replace("\r\n", "\r\n\r\n;;\r\n")
    .join(["\r\n;;;\r\n", ""])
    .encode(),
    "UTF-16 with its mark": WAGES.encode("utf-16"),
    "UTF-16, the other way round": "\ufeff".encode("utf-16-be") + WAGES.encode("utf-16-be"),
    "UTF-16 without its mark": WAGES.encode("utf-16-le"),
    "the other way round, without it": WAGES.encode("utf-16-be"),
    "a last Ctrl-Z": WAGES.encode() + b"\x1a",
    "a last Ctrl-Z that ends a line": WAGES.encode().removesuffix(b"\r\n") + b"\x1a",
    "accents and capitals in the names": WAGES.replace("reference;date;net", "Référence;DATE;Net").encode(),
    "days as spreadsheets count them": WAGES.replace("30/11/2026", "46356").encode(),
    "and their hour": WAGES.replace("30/11/2026", "46356,6041666667").encode(),
    "a day with its hour": WAGES.replace("30/11/2026", "30/11/2026 00:00:00").encode(),
    "texts that are kept from being numbers": WAGES.replace("1500,00", '="1500,00"').encode(),
    "the same, quoted": WAGES.replace("1500,00", '"=""1500,00"""').encode(),
    "a number that an apostrophe makes a text": WAGES.replace("1500,00", "'1500").encode(),
    "decimals without end": WAGES.replace("1500,00", "1500,0000000001").encode(),
    "columns without a name or a value": WAGES.replace("\r\n", ";;;\r\n").encode(),
    "a column of ours that says no in French": WAGES.replace("\r\n", ";FAUX\r\n")
    .replace("FAUX", "conjoint", 1)
    .encode(),
    "a column that is not ours": WAGES.replace("\r\n", ";x\r\n").encode(),
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize("name", SAME)
def test_a_file_is_read_as_other_programs_write_it(name: str, size: int) -> None:
    data = SAME[name]
    found = rows_of(text := streamed(data, *[size] * (len(data) // size)))
    assert text.startswith("\ufeff")
    assert [row["resultat.saisissable"] for row in found] == ["234,76", "234,76"]
    assert [next(iter(row.values())) for row in found] == ["A1", "Élise"]
    assert not [row["erreurs"] for row in found if row["erreurs"]]


def test_progress_ends_at_the_end_of_the_file_whatever_it_is_written_in() -> None:
    for data in SAME.values():
        stream = Stream(get("quotite"), TODAY)
        stream.feed(data[:50])
        stream.answers()
        assert stream.read <= 50
        stream.feed(data[50:], last=True)
        stream.answers()
        assert len(data) - 2 <= stream.read <= len(data)


def test_the_command_line_reads_them_too() -> None:
    for name in ("a line that says the separator", "UTF-16 without its mark", "days as spreadsheets count them"):
        done = run("quotite", "--csv", "-", stdin=SAME[name])
        assert done.returncode == 0
        assert done.stdout.decode() == streamed(SAME[name])
        counted = "46356 » a été lu 30/11/2026" in done.stderr.decode().replace("\u00a0", " ")
        assert counted == ("count" in name)


def test_columns_that_are_not_ours_come_back_as_they_were_and_are_told() -> None:
    stream = Stream(get("quotite"), TODAY)
    stream.feed(b"Ville;date;net;Conjoin;;Ville\nLyon;2026-11-30;1500;oui;=1+1;Nice\n", last=True)
    text = stream.answers().removeprefix("\ufeff")
    assert text.startswith("Ville;date;net;Conjoin;;Ville;resultat.net;")
    assert text.splitlines()[1].startswith("Lyon;2026-11-30;1500;oui;'=1+1;Nice;1500,00;")
    told = [notice.replace("\u00a0", " ") for notice in stream.notices()]
    assert told == [
        "Colonnes recopiées sans être lues : « Ville », « Conjoin », « Ville ».",
        "Si « Conjoin » répond à la question « conjoint », nommez-la ainsi et recommencez.",
    ]


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_a_result_given_back_is_the_same_result(name: str) -> None:
    once = streamed(model(get(name)).encode(), name=name)
    assert streamed(once.encode(), name=name) == once


def test_a_result_given_back_once_mended_is_answered_anew() -> None:
    once = streamed(b"reference;date;net;ville\r\nA;30/11/2026;mille;Lyon\r\nB;30/11/2026;1500;=1+1\r\n")
    assert [bool(row["erreurs"]) for row in rows_of(once)] == [True, False]
    mended = rows_of(streamed(once.replace("mille", "1500").encode()))
    assert mended[0].keys() == rows_of(once)[0].keys()
    assert [row["resultat.saisissable"] for row in mended] == ["234,76", "234,76"]
    assert [(row["ville"], row["erreurs"]) for row in mended] == [("Lyon", ""), ("'=1+1", "")]


def test_a_number_of_days_is_said_back_and_read_in_files_alone() -> None:
    (found,) = answers("date;net", "46356;1500", name="quotite")
    assert found["avertissements"].split().count("date_completee") == 1
    outcome = ask_calculator(get("quotite"), {"aujourdhui": TODAY, "date": "46356", "net": "1500"})
    assert not isinstance(outcome, Answered)


def test_a_separator_that_spreadsheets_must_be_told_is_told_again() -> None:
    text = streamed(b"sep=,\ndate,net\n2026-11-30,1500\n")
    assert text.startswith("sep=,\ndate,net,resultat.net")
    assert streamed(text.encode()) == text


def test_a_text_that_a_formula_holds_comes_back_as_it_is_and_no_other_formula() -> None:
    lines = ['="00123";2026-11-30;1500', '"=""00123"" & A1";2026-11-30;1500', '"=CMD(""x"")";2026-11-30;1500']
    found = answers("reference;date;net", *lines, name="quotite")
    assert [row["reference"] for row in found] == ['="00123"', '\'="00123" & A1', '\'=CMD("x")']


HEADERS = {
    "quotite": "reference;date;net;ville",
    "sbi": "reference;date_saisie;solde;creance",
    "pieces": "demarche;motif;age;reference",
}
ROWS = (
    "A1;2026-11-30;1500,00;Lyon",
    'A2;46346;"1 500,00";=1+1',
    "",
    '"deux',
    'lignes";30/11/2026;1500;x',
    "A3;hier;mille;é",
    "passeport;perte;majeur;A4",
    '"ouvert;2026-11-30;1500',
    "A5;2026-11-30;1500;;;;trop",
)


def shared_answer(name: str, data: bytes, piece: int) -> tuple[str, list[str], list[int]]:
    """What the page gets when another Python asks half of the rows: its text, its notices, the rows of each call."""
    text, asked = "", list[int]()
    told: dict[str, Any] = {}
    common = {"calculateur": name, "aujourdhui": TODAY}
    for at in range(0, max(len(data), 1), piece):
        octets, fin = data[at : at + piece].decode("latin-1"), at + piece >= len(data)
        found: list[Any] = []
        debut, waits = at == 0, True
        while waits:
            lot = {"numero": 5, "octets": octets, "debut": debut, "fin": fin, "ensemble": True, "reponses": found}
            octets, debut = "", False
            told = json.loads(answer(json.dumps({**common, "lot": lot})))
            assert told["ok"]
            text, waits = text + told["texte"], told["attend"]
            rows, found = told.get("rangs", []), []
            asked += [len(rows)] if rows else []
            half = len(rows) // 2
            for share in filter(None, (rows[:half], rows[half:])):
                request = {**common, "colonnes": told["colonnes"], "rangs": share}
                found += json.loads(answer(json.dumps(request)))["reponses"]
    return text, told["avis"], asked


@pytest.mark.parametrize("name", sorted(HEADERS))
@pytest.mark.parametrize("piece", [13, 1 << 16])
def test_a_file_that_two_share_has_the_bytes_of_one(name: str, piece: int) -> None:
    data = "\r\n".join([HEADERS[name], *ROWS * 30]).encode()
    stream = Stream(get(name), TODAY)
    stream.feed(data, last=True)
    text, notices, asked = shared_answer(name, data, piece)
    assert text == stream.answers()
    assert notices == stream.notices()
    assert max(asked) <= 100
    assert sum(asked) > 50


def test_a_file_whose_dates_go_into_one_calendar_is_not_shared() -> None:
    lot = {"numero": 6, "octets": "situation;date_saisie\nx;y\n", "debut": True, "fin": True, "ensemble": True}
    told = json.loads(answer(json.dumps({"calculateur": "delais", "aujourdhui": TODAY, "lot": lot})))
    assert (told["lignes"], told["attend"], "rangs" in told) == (1, False, False)
