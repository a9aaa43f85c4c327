"""Workbooks of questions, .xlsx and .ods: the same answers as those of a CSV, in a workbook of the same kind."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from calculators.errors import InputError
from calculators.lot import Stream
from calculators.lot.kinds import MOST_BYTES, MOST_UNPACKED
from calculators.registry import get
from calculators.sheets import Workbook, ods, xlsx
from calculators.web.page import browser
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calculators.sheets.cells import Value

TODAY = "2026-11-21"
DAY = date(2026, 11, 30)
HEADER: list[Value] = ["Référence", "date", "net", "ville"]


def written(kind: Any, lines: Sequence[Sequence[Value]]) -> bytes:
    """A workbook of one sheet."""
    writer = kind.Writer("Paie")
    for line in lines:
        writer.add(line)
    content: bytes = writer.file()
    return content


def excel(*sheets: Sequence[Sequence[object]], change: Callable[[Book], None] = lambda _: None) -> bytes:
    """A workbook as openpyxl writes it, with all that it may hold."""
    book = Book()
    book.remove(book.active)
    for number, lines in enumerate(sheets, 1):
        sheet = book.create_sheet(f"F{number}")
        for line in lines:
            sheet.append(line)
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(body: str, styles: str = "", **others: str) -> bytes:
    """A workbook of LibreOffice whose sheets are written by hand."""
    names = ("office", "table", "text", "style")
    declared = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", ods.MEDIA_TYPE)
        for name, text in others.items():
            archive.writestr(name.replace("__", "/"), text)
        archive.writestr(
            "content.xml",
            f"<office:document-content{declared}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def row(*cells: str, times: int = 1) -> str:
    made = "".join(
        cell if cell.startswith("<") else f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{made}</table:table-row>'


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>" if text else ""


def cell(kind: str, value: str, name: str = "value") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"/>'


def sheet(*rows: str, name: str = "Paie", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


NAMES = row("Référence", "date", "net", "ville")


def answered(content: bytes, most: int = 3) -> Workbook:
    book = Workbook(get("quotite"), TODAY)
    for at in range(0, len(content), 1000):
        book.feed(content[at : at + 1000], last=at + 1000 >= len(content))
    while book.waiting:
        book.advance(most)
    return book


def read(content: bytes, ending: str) -> list[dict[str, Value]]:
    """The cells of a workbook, by the names of its columns."""
    reader = ods.Reader(content) if ending == "ods" else xlsx.Reader(content)
    names, *lines = [line.cells for line in reader.lines(0)]
    return [
        {str(name): value for name, value in zip(names, [*line, *[None] * len(names)], strict=False)} for line in lines
    ]


def rows(content: bytes) -> list[dict[str, Value]]:
    book = answered(content)
    return read(book.file(), book.ending)


def notices(content: bytes) -> str:
    return " ".join(answered(content).notices()).replace("\u00a0", " ")


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as raised:
        answered(content)
    return " ".join(fault.message for fault in raised.value.errors).replace("\u00a0", " ").replace("’", "'")


LINES: list[list[Value]] = [
    [],
    HEADER,
    [],
    ["A1", DAY, Decimal(1500), "Lyon"],
    ["A2", datetime(2026, 11, 30, 14, 30), Decimal("1500.00"), ' =1+1  &<"\né'],  # noqa: DTZ001
    ["A3", "30 novembre 2026", "1 500,00 €", True],
    ["A4", Decimal(46356), Decimal("1500.0000000001"), None],
    [None, None, None, None],
    ["A5", DAY, "mille", Decimal("0.5")],
]


@pytest.mark.parametrize("kind", [xlsx, ods])
def test_a_workbook_is_answered_as_a_csv_and_comes_back_with_its_cells(kind: Any) -> None:
    found = rows(written(kind, LINES))
    assert [line["Référence"] for line in found] == ["A1", "A2", "A3", "A4", "A5"]
    assert [line["resultat.saisissable"] for line in found] == [*[Decimal("234.76")] * 4, None]
    assert [line["ville"] for line in found] == ["Lyon", ' =1+1  &<"\né', True, None, Decimal("0.5")]
    days = [line["date"].date() if isinstance(line["date"], datetime) else line["date"] for line in found]
    assert days == [DAY, DAY, "30 novembre 2026", Decimal(46356), DAY]
    assert "« mille » n’est pas un montant" in str(found[4]["erreurs"]).replace("\u00a0", " ")
    assert "date_completee" in str(found[3]["avertissements"])
    assert notices(written(kind, LINES)) == (
        "Colonne recopiée sans être lue : « ville ». Des dates étaient écrites en nombre de jours, comme les tableurs "
        "les gardent (1). Vérifiez-en une : « 46356 » a été lu 30/11/2026."
    )


@pytest.mark.parametrize("kind", [xlsx, ods])
def test_a_result_given_back_once_mended_is_answered_anew(kind: Any) -> None:
    once = rows(written(kind, LINES))
    names = list(once[0])
    mended: list[list[Value]] = [[*names], *([*line.values()] for line in once)]
    mended[-1][names.index("net")] = Decimal(1500)
    again = rows(written(kind, mended))
    assert list(again[0]) == names
    assert [line["resultat.saisissable"] for line in again] == [Decimal("234.76")] * 5
    assert [line["erreurs"] for line in again] == [None] * 5


def test_a_text_that_looks_like_a_formula_is_no_formula_in_the_answer() -> None:
    content = written(xlsx, [HEADER, ["=1+1", DAY, Decimal(1500), "@x"]])
    book = load_workbook(io.BytesIO(answered(content).file()))
    assert [(found.value, found.data_type) for found in book.active[2]][::3][:2] == [("=1+1", "s"), ("@x", "s")]


def test_a_formula_is_read_by_its_result_and_is_a_fault_without_one() -> None:
    content = excel([["date", "net", "ville"], [DAY, "=1000+500", "=A2"], [DAY, 1500, "=A2"]])
    found = rows(content)
    assert [line["resultat.saisissable"] for line in found] == [None, Decimal("234.76")]
    assert str(found[0]["erreurs"]).startswith("La cellule B2 contient une formule sans résultat. Ouvrez le classeur")
    assert "Cellules recopiées vides, car leur formule était sans résultat : 2." in notices(content)
    saved = recalculated(content, "<f>1000+500</f><v></v>", "<f>1000+500</f><v>1500</v>")
    assert [line["resultat.saisissable"] for line in rows(saved)] == [Decimal("234.76")] * 2
    empty = recalculated(content, '<c r="B2"><f>1000+500</f><v></v>', '<c r="B2" t="str"><f>""</f><v></v>')
    assert "formule" not in str(rows(empty)[0]["erreurs"])

    formula = '<table:table-cell table:formula="of:=1+1"'
    body = sheet(
        row("date", "net"),
        row(DAY.isoformat(), f"{formula}/>"),
        row(DAY.isoformat(), f'{formula} office:value-type="float" office:value="1500"/>'),
    )
    found = rows(opened(body))
    assert [line["resultat.saisissable"] for line in found] == [None, Decimal("234.76")]
    assert "B2 contient une formule sans résultat" in str(found[0]["erreurs"])


def recalculated(content: bytes, before: str, after: str) -> bytes:
    """The same workbook once a spreadsheet has saved it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"<v ?/>", b"<v></v>", text)
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode())
            target.writestr(name, text)
    return changed.getvalue()


def test_merged_cells_are_a_fault_where_their_value_is_asked_for() -> None:
    def merge(book: Book) -> None:
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("C2:D2")

    found = rows(excel([["date", "net", "ville", "pays"], [DAY, 1500, "Lyon"], [None, 1500, "Nice"]], change=merge))
    assert [line["resultat.saisissable"] for line in found] == [Decimal("234.76"), None]
    assert str(found[1]["erreurs"]).startswith("La cellule A3 est fusionnée avec une autre.")
    covered = "<table:covered-table-cell/>"
    body = sheet(row("date", "net"), row(DAY.isoformat(), "1500"), row(covered, "1500"))
    assert "La cellule A3 est fusionnée" in str(rows(opened(body))[1]["erreurs"])


GOOD: list[list[object]] = [["date", "net"], [DAY, 1500]]


def test_the_first_sheet_that_says_something_is_read_and_it_is_said() -> None:
    def hide(book: Book) -> None:
        book["F2"].sheet_state = "hidden"

    content = excel([[], [None, " "]], [["date", "net"], [DAY, 1]], GOOD, [["autre"]], change=hide)
    assert [line["resultat.net"] for line in rows(content)] == [Decimal(1500)]
    assert notices(content) == "Feuille lue : « F3 ». Non lues : « F1 », « F2 » (masquée), « F4 »."

    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    shown = sheet(row("date", "net"), row(DAY.isoformat(), "1500"), name="Visible", style="ta1")
    body = sheet(row("date", "net"), row(DAY.isoformat(), "1"), name="Vieux", style="ta2") + shown
    assert [line["resultat.net"] for line in rows(opened(body, hidden))] == [Decimal(1500)]
    assert notices(opened(body, hidden)) == "Feuille lue : « Visible ». Non lue : « Vieux » (masquée)."
    alone = opened(sheet(row("date", "net"), row(DAY.isoformat(), "1500"), name="Vieux", style="ta2"), hidden)
    assert notices(alone) == "Feuille lue : « Vieux » (masquée)."


def test_days_counted_from_1904_are_those_that_the_workbook_means() -> None:
    def old_mac(book: Book) -> None:
        book.epoch = CALENDAR_MAC_1904

    days = (DAY - date(1904, 1, 1)).days
    found = rows(excel([["date", "net"], [DAY, 1500], [days, 1500]], change=old_mac))
    assert [line["resultat.plancher"] for line in found] == [found[0]["resultat.plancher"]] * 2
    assert "a été lu 30/11/2026" in notices(excel([["date", "net"], [days, 1500]], change=old_mac))


def test_what_spreadsheets_repeat_is_read_so_many_times_and_blanks_cost_nothing() -> None:
    many = '<table:table-cell table:number-columns-repeated="16380"/>'
    body = sheet(
        row("", times=3),
        row("date", "net", many),
        row("", times=1_000_000),
        row(cell("date", "2026-11-30T00:00:00", "date-value"), cell("currency", "1500"), many, times=2),
        row(many, times=1_048_570),
    )
    found = rows(opened(body))
    assert [line["resultat.saisissable"] for line in found] == [Decimal("234.76")] * 2


def test_the_texts_of_a_cell_are_whole_and_its_notes_are_left_out() -> None:
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    text = '<text:p>a<text:s text:c="2"/><text:span>b</text:span><text:tab/>c</text:p><text:p>d</text:p>'
    body = sheet(NAMES, row(f"<table:table-cell>{note}{text}</table:table-cell>", "2026-11-30", "1500"))
    assert rows(opened(body))[0]["Référence"] == "a  b\tc\nd"


def test_a_number_with_three_decimals_is_not_taken_for_thousands() -> None:
    for kind in (xlsx, ods):
        (found,) = rows(written(kind, [["date", "net"], [DAY, Decimal("1.234")]]))
        assert "plus de deux chiffres après la virgule" in str(found["erreurs"])


def test_a_value_in_a_column_without_a_name_is_a_fault_that_says_so() -> None:
    (found,) = rows(written(xlsx, [["date", "net"], [DAY, Decimal(1500), None, "x"]]))
    assert "colonne sans nom" in str(found["erreurs"])


def crafted(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(excel([[]]), "Ce classeur est vide", id="nothing in it"),
        pytest.param(written(xlsx, [["date", "net"]])[:-40], "est abîmé", id="cut short"),
        pytest.param(b"PK\x05\x06" + bytes(18), "ni un classeur .xlsx", id="an empty zip"),
        pytest.param(crafted(word__document=b"<x/>"), "ni un classeur .xlsx", id="another document"),
        pytest.param(crafted(big=bytes(MOST_UNPACKED + 1)), "128 Mo une fois décompressé au plus", id="a bomb"),
        pytest.param(
            opened(sheet(NAMES)).replace(b"<office:document-content", b"<office:document-CONTENT"),
            "est abîmé",
            id="bad XML",
        ),
        pytest.param(opened("", **{"META-INF__manifest.xml": "<encryption-data/>"}), "mot de passe", id="a password"),
        pytest.param(opened(sheet(row("date", "net"), row(cell("float", "x")))), "est abîmé", id="no number"),
        pytest.param(
            crafted(mimetype=ods.MEDIA_TYPE.encode(), **{"content.xml": BOMB + b"<x>&b;</x>"}),
            "est abîmé",
            id="entities",
        ),
        pytest.param(written(ods, [["nom", "prénom"], ["A", "B"]]), "doit nommer les colonnes", id="no column of ours"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_workbook_beyond_the_limits_is_refused_and_told_to_be_a_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calculators.sheets.workbook.MOST_LINES", 4)
    for kind in (xlsx, ods):
        line: list[Value] = [DAY, Decimal(1500)]
        lines: list[list[Value]] = [["date", "net"], *[line] * 4]
        assert len(rows(written(kind, lines))) == 4
        assert "4 lignes au plus" in (said := refusal(written(kind, [*lines, line])))
        assert "puis le format CSV" in said
    with pytest.raises(InputError, match="20\u00a0Mo au plus"):
        Workbook(get("quotite"), TODAY).feed(bytes(MOST_BYTES + 1))


def test_no_call_lasts_however_many_lines_say_nothing() -> None:
    body = sheet(row("date", "net"), *([row(" ")] * 5000), row(DAY.isoformat(), "1500"))
    book = Workbook(get("quotite"), TODAY)
    book.feed(opened(body), last=True)
    calls = 0
    while book.waiting:
        book.advance(50)
        calls += 1
    assert (book.done, calls) == (1, 3)


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "calculators", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)


def test_the_command_line_answers_a_workbook_by_a_workbook() -> None:
    for kind in (xlsx, ods):
        done = run("quotite", "--csv", "-", stdin=written(kind, LINES))
        assert done.returncode == 1
        assert [line["resultat.saisissable"] for line in read(done.stdout, kind.ENDING)] == [
            *[Decimal("234.76")] * 4,
            None,
        ]
        said = done.stderr.decode().replace("\u00a0", " ")
        assert "« ville »" in said
        assert said.endswith("5 lignes, dont 1 en erreur.\n")
    refused = run("quotite", "--csv", "-", stdin=b"PK\x03\x04")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "Ce classeur est abîmé" in refused.stderr.decode()


def test_a_csv_needs_no_library_and_a_workbook_says_which_it_misses() -> None:
    code = (
        "import sys; sys.modules |= dict.fromkeys(('openpyxl', 'defusedxml'));"
        "from calculators.__main__ import main; sys.exit(main(['quotite', '--csv', '-']))"
    )
    for stdin, status, words in (
        (b"date;net\n2026-11-30;1500\n", 0, "1 ligne"),
        (b"PK\x03\x04", 2, "openpyxl et defusedxml"),
    ):
        done = subprocess.run([sys.executable, "-c", code], input=stdin, capture_output=True, cwd=ROOT, check=False)
        assert done.returncode == status
        assert words in done.stderr.decode().replace("\u00a0", " ")


def asked(content: bytes, **more: Any) -> dict[str, Any]:
    lot = {"numero": 1, "octets": content.decode("latin-1"), "debut": True, "fin": True, **more}
    found: dict[str, Any] = json.loads(
        browser.answer(json.dumps({"calculateur": "quotite", "aujourdhui": TODAY, "lot": lot}))
    )
    return found


def test_the_page_says_when_what_reads_workbooks_has_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written(xlsx, LINES)
    reply = asked(content)
    assert (reply["ok"], reply["lignes"], reply["extension"]) == (True, 5, "xlsx")
    assert len(read(reply["fichier"].encode("latin-1"), "xlsx")) == 5
    assert reply["avis"]

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("calculators.web.page.browser.importlib.import_module", missing)
    assert asked(content) == {"ok": False, "manque": True, "erreurs": []}
    assert asked(b"date;net\n2026-11-30;1500\n")["ok"]


def test_one_answer_is_given_as_a_file_that_gives_the_same_answer() -> None:
    fields = {"date": "30/11/2026", "payeurs.1.libelle": "=SOMME(A1)", "payeurs.1.net": "1500", "territoire": "mayotte"}
    request = {"calculateur": "quotite", "aujourdhui": TODAY, "champs": fields}
    text = json.loads(browser.answer(json.dumps(request)))["tableur"]
    assert "'=SOMME(A1)" in text
    stream = Stream(get("quotite"), TODAY)
    stream.feed(text.encode(), last=True)
    again = stream.answers().splitlines()
    assert (stream.done, stream.faulty, stream.notices()) == (1, 0, [])
    header, line = (dict(enumerate(found.split(";"))) for found in text.removeprefix("\ufeff").splitlines())
    there = dict(zip(again[0].removeprefix("\ufeff").split(";"), again[1].split(";"), strict=True))
    assert {header[at]: line[at] for at in header}.items() <= there.items()
