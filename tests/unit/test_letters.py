"""The letters: each is written, its blanks are found, its file is read back, and a faulty file of one is refused."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx as python_docx
import pytest
from docx.shared import Length
from docx.styles.style import ParagraphStyle

from calculators.__main__ import main
from calculators.declaration import fields_of
from calculators.errors import LawDataError
from calculators.law import law
from calculators.law.courriers import Envoi, load_courriers
from calculators.letters import rules
from calculators.letters.layout import BLANKS, Paragraph, Table, blocs_of, laid_out, sheet_of
from calculators.letters.word import written
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.result import Bloc, Partie
from calculators.text import letter_as_text
from calculators.typography import french
from calculators.web.engine.bundle import JAVASCRIPT, JAVASCRIPT_SOURCES, NODE
from calculators.web.page import browser
from tests.helpers import ROOT, TODAY
from tests.letters import CASES, HOSTILE, LETTERS, WHO, as_fields, everything

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from docx.document import Document
    from docx.table import _Row

    from calculators.letters.layout import Sheet

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def answered(name: str, answers: Mapping[str, object]) -> Answered:
    """The letter of that name."""
    outcome = ask_calculator(get("courriers"), {"aujourdhui": TODAY.isoformat(), "courrier": name, **answers})
    assert isinstance(outcome, Answered), outcome
    return outcome


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def case(request: pytest.FixtureRequest) -> tuple[str, str, Answered]:
    """A letter, which of its cases, and its answer."""
    name, kind, answers = request.param
    return name, kind, answered(name, answers)


def texts_of(file: bytes) -> list[str]:
    """The paragraphs of a file, in the order of the sheet, read with nothing but XML."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  # ours
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{_NAMESPACE}t"))
        for paragraph in root.iter(f"{_NAMESPACE}p")
    ]


def millimetres(length: Length | None) -> float:
    """A length of a file that gives it."""
    assert length is not None
    return float(length.mm)


def said(sheet: Sheet) -> list[str]:
    """What a sheet says, a line a paragraph or a cell."""
    lines: list[str] = []
    for part in sheet.parts:
        cells = [cell for row in part.rows for cell in row] if isinstance(part, Table) else [part.runs]
        lines += ["".join(run.text for run in runs) for runs in cells]
    return lines


def is_heading(row: _Row) -> bool:
    """Whether the row of a table is said again where the table goes on to a new sheet."""
    return any(
        one.get(f"{_NAMESPACE}val") not in {"0", "off", "false"} for one in row._tr.iter(f"{_NAMESPACE}tblHeader")
    )


#: Writes sheets with the script that the page asks for, as it is published.
_IN_NODE = """
const fs = require("node:fs"), vm = require("node:vm");
vm.runInThisContext(fs.readFileSync(process.argv[1], "utf-8"));
const write = async (sheet) => {
  const file = await globalThis.demarchesWord(sheet);
  return Buffer.from(await file.arrayBuffer()).toString("base64");
};
Promise.all(JSON.parse(fs.readFileSync(0, "utf-8")).map(write)).then((files) => console.log(JSON.stringify(files)));
"""


@pytest.fixture(scope="module")
def in_the_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Sheet]], list[bytes]]:
    """Give what writes sheets as the page does."""
    script = tmp_path_factory.mktemp("word") / "word.js"
    source = ROOT / JAVASCRIPT_SOURCES / "letter/word.mjs"
    options = ("--bundle", "--minify", "--format=iife", f"--target={JAVASCRIPT}", "--log-level=warning")
    esbuild = ROOT / "node_modules/esbuild/bin/esbuild"
    subprocess.run([NODE, esbuild, source, *options, f"--outfile={script}"], check=True)

    def write(sheets: Sequence[Sheet]) -> list[bytes]:
        asked = json.dumps([asdict(sheet) for sheet in sheets])
        done = subprocess.run(
            [NODE, "--eval", _IN_NODE, script], input=asked, capture_output=True, text=True, check=True
        )
        return [base64.b64decode(file) for file in json.loads(done.stdout)]

    return write


def look(book: Document) -> list[tuple[object, ...]]:
    """How each paragraph of a file stands: its words, bold or not, blanks, and where."""
    found: list[tuple[object, ...]] = []
    for line in book.paragraphs:
        runs = [(run.text, bool(run.bold), run.font.highlight_color is not None) for run in line.runs]
        kind = line.paragraph_format
        after, left = millimetres(kind.space_after), millimetres(kind.left_indent)
        found.append((runs, round(after, 1), round(left, 1), bool(kind.page_break_before)))
    return found


def test_the_page_and_the_command_write_the_same_letter(
    in_the_page: Callable[[Sequence[Sheet]], list[bytes]],
) -> None:
    """Each letter in each case: the same words, in the order of the one layout, read back by two other readers."""
    sheets = [sheet_of(answered(name, answers).result) for name, _, answers in CASES]
    for sheet, theirs in zip(sheets, in_the_page(sheets), strict=True):
        ours = written(sheet, TODAY)
        wanted = [line for line in said(sheet) if line]
        for file in (ours, theirs):
            assert [line for line in texts_of(file) if line] == wanted
            book = python_docx.Document(io.BytesIO(file))
            outside = [part for part in sheet.parts if isinstance(part, Paragraph)]
            assert [line.text for line in book.paragraphs] == ["".join(r.text for r in part.runs) for part in outside]
            cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
            in_tables = [part.rows for part in sheet.parts if isinstance(part, Table)]
            assert cells == ["".join(run.text for run in cell) for rows in in_tables for row in rows for cell in row]
            page = book.sections[0]
            assert (millimetres(page.page_width), millimetres(page.page_height)) == pytest.approx((210, 297), abs=0.1)
            assert book.core_properties.title == sheet.title
        assert look(python_docx.Document(io.BytesIO(ours))) == look(python_docx.Document(io.BytesIO(theirs)))


def test_a_file_says_nothing_of_its_reader_but_the_letter(
    in_the_page: Callable[[Sequence[Sheet]], list[bytes]],
) -> None:
    sheet = sheet_of(answered("mairie-certificat", WHO).result)
    for file in (written(sheet, TODAY), *in_the_page([sheet])):
        told = python_docx.Document(io.BytesIO(file)).core_properties
        assert (told.author, told.last_modified_by, told.comments, told.keywords) == ("", "", "", "")
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            holding = [name for name in archive.namelist() if b"onclick" in archive.read(name)]
        assert holding == ["word/document.xml"]


def test_what_is_kept_stands_on_a_sheet_of_its_own_with_its_date_and_what_to_join() -> None:
    sheet = sheet_of(answered("banque-sommes", LETTERS["banque-sommes"].exemple).result)
    breaks = [number for number, part in enumerate(sheet.parts) if isinstance(part, Paragraph) and part.new_page]
    (beginning,) = breaks
    kept = said(sheet)[-(len(sheet.parts) - beginning) :]
    assert kept[0] == "À garder, ne pas envoyer"
    assert "le lundi" in kept[kept.index("À envoyer") + 1]
    assert "☐ Relevés de compte récents" in kept
    assert "À garder" not in "".join(said(sheet)[: -len(kept)])


def test_what_is_pasted_unseen_does_not_mar_the_letter() -> None:
    """A tab is a space; marks that nobody sees are gone; what would break the file or turn its text is shown."""
    sheet = laid_out([Bloc(Partie.TEXTE, "a\tb\u00adc\u200bd\ufeffe\x00\u202e")], "")
    assert said(sheet) == ["a bcde\ufffd\ufffd"]


def test_a_letter_that_its_reader_changed_in_the_page_is_read_part_by_part() -> None:
    table = {"partie": "tableau", "lignes": [["Somme", "Jour"], ["AAH", 5]]}
    assert list(blocs_of([{"partie": "texte", "texte": "Madame,"}, table])) == [
        Bloc(Partie.TEXTE, "Madame,"),
        Bloc(Partie.TABLEAU, "", (("Somme", "Jour"), ("AAH", "5"))),
    ]
    for faulty in ({"partie": "tableau", "lignes": "Somme"}, {"partie": "timbre"}):
        with pytest.raises(ValueError, match=r"list|timbre"):
            list(blocs_of([faulty]))


def test_every_blank_is_seen_in_the_letter_and_listed(case: tuple[str, str, Answered]) -> None:
    _, kind, found = case
    letter = found.result.lettre
    assert letter is not None
    seen = BLANKS.findall(letter_as_text(letter))
    assert list(dict.fromkeys(seen)) == [f"[… {words} …]" for words in letter.blancs]
    if kind == "everything":
        free = {words for text in LETTERS[letter.nom].corps for words in BLANKS.findall(text.texte)}
        assert set(seen) <= free, "what was answered left a blank"


def test_what_was_typed_is_text_in_the_page_and_in_the_file(case: tuple[str, str, Answered]) -> None:
    name, kind, found = case
    if kind != "everything":
        return
    asked = {"calculateur": "courriers", "aujourdhui": TODAY.isoformat(), "champs": {"courrier": name, **WHO}}
    page = json.loads(browser.answer(json.dumps(asked)))["html"]
    assert "<b" not in page.replace("<br", "").replace("<button", "")
    assert "&lt;b onclick=" in page
    parts = [{"partie": "texte", "texte": HOSTILE + "\x00\u202e"}]
    reply = json.loads(browser.answer(json.dumps({"courrier": parts})))
    assert [run["text"] for run in reply["feuille"]["parts"][0]["runs"]] == [f"{HOSTILE}\ufffd\ufffd"]
    assert found.result.lettre is not None
    assert french(HOSTILE) in letter_as_text(found.result.lettre) or HOSTILE in letter_as_text(found.result.lettre)


def test_a_letter_cites_the_articles_that_it_rests_on(case: tuple[str, str, Answered]) -> None:
    """An article named in the text of a letter is one of those it declares: each has its entry and its link."""
    name, _, found = case
    letter = LETTERS[name]
    cited = {article.cle for step in found.result.etapes for article in step.articles}
    assert {article.cle for article in letter.articles} <= cited
    declared = {article.numero.replace("*", "") for article in letter.articles} | {"1343-5"}
    texts = " ".join(paragraph.texte for paragraph in letter.corps).replace("*", "")
    named = re.findall(r"articles? ([LRD]?[0-9][0-9-]*)(?:, ([LRD][0-9-]+))?(?: et ([LRD]?[0-9-]+))?", texts)
    assert {number.strip("-") for group in named for number in group if number} <= declared, name


def test_a_choice_that_a_letter_quotes_is_in_its_words_and_not_in_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """No letter does today: whoever writes one may."""
    letter = LETTERS["mairie-certificat"]
    quoting = replace(letter, corps=(replace(letter.corps[0], texte="Mon dossier : {sorte_dossier}.", si=()),))
    monkeypatch.setattr(rules, "courriers", lambda _law: {letter.nom: quoting})
    (asked,) = (field for field in fields_of(get("courriers").inputs) if field.nom == "sorte_dossier")
    (option,) = (option for option in asked.options if option.valeur == "permis")
    written_out = answered(letter.nom, {"sorte_dossier": "permis"}).result.lettre
    assert written_out is not None
    assert f"Mon dossier : {option.label}" in [bloc.texte.rstrip(".") for bloc in written_out.blocs]


def test_no_name_address_nor_reference_goes_into_a_link() -> None:
    for name in LETTERS:
        champs = {"courrier": name, **as_fields(everything(name))}
        asked = {"calculateur": "courriers", "aujourdhui": TODAY.isoformat(), "champs": champs}
        reply = json.loads(browser.answer(json.dumps(asked)))
        assert reply["ok"], reply
        assert "onclick" not in reply["fragment"]


def test_the_day_that_a_letter_must_leave_by_is_that_of_the_deadline_engine() -> None:
    for name, letter in LETTERS.items():
        for limit in filter(lambda limit: limit.delai, letter.limites):
            answers = {limit.depart: TODAY.isoformat()}
            answers |= {question: wanted[0] for case in limit.si for question, wanted in case.items()}
            result = answered(name, answers).result
            deadline = ask_calculator(
                get("delais"),
                {"aujourdhui": TODAY.isoformat(), "delai": limit.delai, "evenement": TODAY.isoformat()},
            )
            assert isinstance(deadline, Answered)
            safe = result.valeur("limite")
            assert isinstance(safe, date)
            ends = [event.jour for event in deadline.result.evenements if event.echeance]
            # The safe day, or the working day before it.
            assert min(abs(safe - end) for end in ends) <= timedelta(days=4), (name, limit.delai, safe, ends)


def test_a_letter_leaves_on_a_day_when_offices_are_open() -> None:
    """Notified on 10 November: two months end on Sunday 10 January 2027; it leaves on the Friday before."""
    (limit,) = LETTERS["impots-satd"].limites
    assert answered("impots-satd", {limit.depart: "2026-11-10"}).result.valeur("limite") == date(2027, 1, 8)


@pytest.mark.parametrize(
    ("name", "answers", "contradicted"),
    [
        # The month of a file of 10 September ends on Saturday 10 October, or on the Monday after by another reading.
        ("mairie-pieces", {"date_depot": "2026-09-10", "date_demande_pieces": "2026-10-09"}, "12 octobre 2026"),
        ("mairie-pieces", {"date_depot": "2026-09-10", "date_demande_pieces": "2026-10-21"}, ""),
        ("mairie-pieces", {"date_depot": "2026-09-10"}, ""),
        (
            "mairie-pieces",
            {"date_depot": "2026-09-10", "date_demande_pieces": "2026-10-09", "defaut_demande": "non_prevue"},
            "",
        ),
        ("mairie-certificat", {"date_depot": "2026-11-10"}, "décembre 2026"),
        ("mairie-certificat", {"date_depot": "2026-08-03"}, ""),
        ("mairie-certificat", {"sorte_dossier": "permis", "date_depot": "2026-10-10"}, "décembre 2026"),
        ("banque-sbi", {"date_saisie": "2026-11-18", "solde": "1200", "laisse": "651,69"}, "651,69"),
        ("banque-sbi", {"date_saisie": "2026-11-18", "solde": "300", "laisse": "300"}, "300,00"),
        ("banque-sbi", {"date_saisie": "2026-11-18", "solde": "1200", "laisse": "400"}, ""),
        ("banque-sbi", {"solde": "1200", "laisse": "900"}, ""),
        ("banque-sbi", {"date_saisie": "2026-11-18", "laisse": "900"}, ""),
        ("banque-sbi", {"date_saisie": "2026-11-18", "lieu_sbi": "oui", "solde": "200", "laisse": "200"}, "200,00"),
        ("employeur-retenue", {"retenue": "200", "part_calculee": "210"}, "200,00"),
        ("employeur-retenue", {"retenue": "260", "part_calculee": "210"}, ""),
    ],
)
def test_a_letter_that_the_answers_contradict_says_so_first(
    name: str, answers: Mapping[str, object], contradicted: str
) -> None:
    result = answered(name, answers).result
    said_so = [warning.texte for warning in result.avertissements if warning.code.startswith("contredit")]
    assert bool(said_so) is bool(contradicted)
    assert ("contredisent ce courrier" in result.resume) is bool(contradicted)
    assert all(contradicted in text.replace("\u00a0", " ") for text in said_so)


@pytest.mark.parametrize(
    ("day", "before", "headline"),
    [
        ("", "dès que possible, et avant la fin du délai pour agir s'il y en a un", "Il reste 7 blancs"),
        ("2026-12-10", "le jeudi 10 décembre 2026 au plus tard", "À envoyer le jeudi 10 décembre 2026"),
        ("2026-11-10", "aujourd'hui", "La demande ne sauve plus ce délai."),
    ],
)
def test_a_last_day_that_the_reader_was_given_is_the_one_to_send_it_by(day: str, before: str, headline: str) -> None:
    result = answered("aide-juridictionnelle", {"date_fin_delai": day} if day else {}).result
    assert result.lettre is not None
    assert result.lettre.avant.replace("\u00a0", " ") == before
    assert headline in result.resume.replace("\u00a0", " ")
    assert any(bloc.texte == "À envoyer" for bloc in result.lettre.garde)


def test_the_address_stands_where_the_window_of_an_envelope_is(
    in_the_page: Callable[[Sequence[Sheet]], list[bytes]],
) -> None:
    """Of a long envelope, the sheet folded in three: from 100 mm on the left, from 45 to 90 mm from the top."""
    for lines in (1, 4):
        sender = "\n".join(["x"] * lines)
        blocs = [Bloc(Partie.EXPEDITEUR, sender), Bloc(Partie.DESTINATAIRE, "Banque\nRue\nVille")]
        sheet = laid_out(blocs, "")
        for file in (written(sheet, TODAY), *in_the_page([sheet])):
            opened = python_docx.Document(io.BytesIO(file))
            paragraphs = opened.paragraphs
            top = millimetres(opened.sections[0].top_margin)
            for paragraph in paragraphs[:lines]:
                top += 5 + millimetres(paragraph.paragraph_format.space_after)
            indent = millimetres(paragraphs[lines].paragraph_format.left_indent)
            left = millimetres(opened.sections[0].left_margin) + indent
            assert 49 < top < 51
            assert 104 < left < 106


#: One part of each kind that stands in its own way.
PARTS = (
    Bloc(Partie.EXPEDITEUR, "Zoé\nrue"),
    Bloc(Partie.DESTINATAIRE, "Banque"),
    Bloc(Partie.LIEU, "Lyon"),
    Bloc(Partie.OBJET, "Objet"),
    Bloc(Partie.TEXTE, "Madame,\nje"),
    Bloc(Partie.TABLEAU, "", (("Somme", "Jour"), ("AAH",))),
    Bloc(Partie.SIGNATURE, "Zoé\nsigné"),
    Bloc(Partie.GARDE, "À garder"),
    Bloc(Partie.GARDE, "À envoyer", (("Avant", "lundi"), ("Par", "lettre"))),
    Bloc(Partie.CASES, "À joindre", (("Relevé",),)),
)


def test_where_each_part_of_a_letter_stands() -> None:
    """In millimetres: the sender takes 30, the address 40; a signature leaves room for itself; a list stands in."""
    stands = [
        ("".join(run.text for run in part.runs), part.left, part.after, part.line)
        for part in laid_out(PARTS, "").parts
        if isinstance(part, Paragraph)
    ]
    assert stands == [
        ("Zoé", 0, 0, 5),
        ("rue", 0, 30 - 2 * 5, 5),
        ("Banque", 80, 40 - 5, 5),
        ("Lyon", 80, 3, 0),
        ("Objet", 0, 3, 0),
        ("Madame,", 0, 0, 0),
        ("je", 0, 3, 0),
        ("", 0, 0, 0),  # after a table
        ("Zoé", 80, 0, 0),
        ("signé", 80, 20, 0),
        ("À garder", 0, 3, 0),
        ("À envoyer", 0, 0, 0),
        ("Avant lundi", 6, 1, 0),
        ("Par lettre", 6, 3, 0),
        ("À joindre", 0, 0, 0),
        ("☐ Relevé", 6, 3, 0),
    ]


@pytest.mark.parametrize(("lines", "below"), [(5, 5), (6, 0), (7, 0), (9, 0)])
def test_a_sender_of_many_lines_pushes_the_rest_down_by_them_and_no_more(lines: int, below: float) -> None:
    *_, last = laid_out([Bloc(Partie.EXPEDITEUR, "\n".join("x" * lines))], "").parts
    assert isinstance(last, Paragraph)
    assert last.after == below


def test_what_belongs_together_stays_on_one_sheet() -> None:
    """The name with the signature, a heading with what it heads; what is kept begins a sheet, once."""
    lines = [part for part in laid_out(PARTS, "").parts if isinstance(part, Paragraph)]
    held = ["".join(run.text for run in line.runs) for line in lines if line.keep_next]
    assert held == ["Zoé", "À envoyer", "À joindre"]
    assert ["".join(run.text for run in line.runs) for line in lines if line.new_page] == ["À garder"]


def test_what_is_bold_and_what_is_a_blank() -> None:
    """The subject, the headings; of a line, each blank and nothing between two."""
    parts = laid_out([*PARTS, Bloc(Partie.TEXTE, "Le [… jour …], à [… lieu …] même.")], "").parts
    runs = [run for part in parts if isinstance(part, Paragraph) for run in part.runs]
    assert [run.text for run in runs if run.bold] == ["Objet", "À garder", "À envoyer", "À joindre"]
    assert [run.text for run in runs if run.blank] == ["[… jour …]", "[… lieu …]"]
    assert [run.text for run in runs[-5:] if not run.blank] == ["Le ", ", à ", " même."]
    (table,) = (part for part in parts if isinstance(part, Table))
    cells = [[[(run.text, run.bold, run.blank) for run in cell] for cell in row] for row in table.rows]
    assert cells == [[[("Somme", True, False)], [("Jour", True, False)]], [[("AAH", False, False)], []]]


def test_a_file_keeps_each_measure_of_the_sheet(in_the_page: Callable[[Sequence[Sheet]], list[bytes]]) -> None:
    """A4, 20 mm of margin and 25 on the left, nothing above nor below; each line where the layout puts it."""
    sheet = laid_out(PARTS, "Essai")
    outside = [part for part in sheet.parts if isinstance(part, Paragraph)]
    for file in (written(sheet, TODAY), *in_the_page([sheet])):
        book = python_docx.Document(io.BytesIO(file))
        page = book.sections[0]
        margins = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)
        assert [millimetres(margin) for margin in margins] == pytest.approx([20, 20, 20, 25], abs=0.1)
        assert (page.header_distance, page.footer_distance) == (0, 0)
        for line, part in zip(book.paragraphs, outside, strict=True):
            kind = line.paragraph_format
            found = [millimetres(length) for length in (kind.left_indent, kind.space_before, kind.space_after)]
            assert found == pytest.approx([part.left, 0, part.after], abs=0.1)
            height = kind.line_spacing
            assert (round(height.mm) if isinstance(height, Length) else None) == (part.line or None)
            assert (bool(kind.keep_with_next), bool(kind.page_break_before)) == (part.keep_next, part.new_page)
        (table,) = book.tables
        assert not table.autofit, "its columns are as wide whatever they hold"
        assert [is_heading(row) for row in table.rows] == [True, False], "said again on a new sheet"
        cells = [cell for row in table.rows for cell in row.cells]
        assert [millimetres(cell.width) for cell in cells] == pytest.approx([(210 - 20 - 25) / 2] * 4, abs=0.1)
        spaces = [cell.paragraphs[0].paragraph_format for cell in cells]
        assert {(space.space_before, space.space_after) for space in spaces} == {(0, 0)}


def test_the_file_of_the_command_is_of_the_day_of_the_letter_and_in_french() -> None:
    book = python_docx.Document(io.BytesIO(written(laid_out(PARTS, "Essai"), TODAY)))
    told, normal = book.core_properties, book.styles["Normal"]
    assert told.created is not None
    assert told.created == told.modified
    assert told.created.replace(tzinfo=None) == datetime.combine(TODAY, time.min)
    assert (told.title, told.language) == ("Essai", "fr-FR")
    (table,) = book.tables
    assert table.style is not None
    assert table.style.name == "Table Grid", "its lines are seen"
    languages = {one.get(f"{_NAMESPACE}val") for one in book.styles.element.iter(f"{_NAMESPACE}lang")}
    assert languages == {"fr-FR"}
    assert isinstance(normal, ParagraphStyle)
    assert normal.font.size is not None
    assert (normal.font.name, normal.font.size.pt) == ("Arial", 11)


def test_the_command_writes_the_file_and_lists_the_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "courrier.docx"
    assert main(["courriers", "--courrier", "mairie-certificat", "--nom", "Zoé", "--docx", str(file)]) == 0
    assert "Zoé" in texts_of(file.read_bytes())
    assert main(["courriers", "--list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in LETTERS)
    assert main(["courriers", "--courrier", "mairie-certificat", "--docx", str(tmp_path)]) == 2
    assert "ne peut pas être écrit" in capsys.readouterr().err.replace("\u00a0", " ")


def test_the_command_says_which_library_it_misses_and_does_the_rest_without() -> None:
    code = (
        "import sys; sys.modules['docx'] = None;"
        "from calculators.__main__ import main;"
        "sys.exit(main(['courriers', '--courrier', 'mairie-certificat', *sys.argv[1:]]))"
    )
    for options, status, words in ((["--docx", "-"], 2, "python-docx"), ([], 0, "Votre courrier")):
        done = subprocess.run(
            [sys.executable, "-c", code, *options], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.returncode == status
        assert words in (done.stderr if status else done.stdout)
        assert "Traceback" not in done.stderr


def test_each_way_of_sending_is_that_of_a_letter() -> None:
    assert {way for letter in LETTERS.values() for way in letter.envoi} == set(Envoi)


GOOD = (ROOT / "calculators/law/courriers/impots_delai.toml").read_text("utf-8")
SHARED = (ROOT / "calculators/law/courriers/_communs.toml").read_text("utf-8")


def load(folder: Path, text: str) -> Any:
    """Load one letter with the questions that it shares."""
    needed = ("ref_dossier", "dette", "mensualite", "premier_paiement", "ressources", "charges")
    shared = [
        block
        for block in re.split(r"\n(?=\[questions\.)", SHARED)
        if block.startswith(tuple(f"[questions.{n}]" for n in needed))
    ]
    (folder / "_communs.toml").write_text("\n".join(shared), "utf-8")
    (folder / "essai.toml").write_text(text, "utf-8")
    return load_courriers(folder, law())


def verified(*lines: str) -> str:
    """Something that the letter takes for granted, put before its example."""
    return "\n".join(["[[verifications]]", *lines, 'sinon = "A."', "[exemple]"])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('groupe = "impots"', 'groupe = "amis"', "groupe"),
        ('"LPF L262"', '"LPF L999"', "L999"),
        ('"depot"]', '"pigeon"]', "unknown way 'pigeon'"),
        ("{dette}", "{dettes}", "unknown {dettes}"),
        ('demande = ["ref_dossier"', 'demande = ["referenc"', "unknown question 'referenc'"),
        ("[exemple]", '[exemple]\nautre = "x"', "exemple.autre"),
        ("[exemple]", '[[limites]]\ndelai = "rien"\ndepart = "premier_paiement"\n[exemple]', "no such deadline"),
        ("[exemple]", '[[limites]]\ndelai = "satd.contestation"\ndepart = "dette"\n[exemple]', "no question"),
        ("[exemple]", verified(""), "sommes"),
        ("[exemple]", verified('sommes = ["premier_paiement"]', 'depasse = "dette"'), "no sum"),
        ("[exemple]", verified('sommes = ["dette"]', 'depasse = "rien"'), "no sum"),
        ("[exemple]", verified('delai = "rien"', 'depart = "premier_paiement"'), "no such"),
        ('"satd.juge"]', '"satd.jury"]', "'satd.jury'"),
        ("[exemple]", '[[texte]]\ntableau = "nuages"\n[exemple]', "unknown table 'nuages'"),
        ("[exemple]", '[[texte]]\ntexte = "a"\nsi = [{ couleur = ["bleu"] }]\n[exemple]', "unknown question"),
        ("[exemple]", '[[texte]]\ntexte = "a"\nsi = [{ premier_paiement = ["mardi"] }]\n[exemple]', "unknown answer"),
        ("[exemple]", '[questions.seule]\nquestion = "A ?"\nreponses = "texte"\nblanc = "a"\n[exemple]', "'seule'"),
        ("prudence = [", "prudences = [", "prudence"),
        ('certitude = "C"', 'certitude = "D"', "certitude"),
        ('page = "saisie-compte/satd"', "", "page"),
        ("; je vous demande", "", None),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_key(tmp_path: Path, before: str, after: str, said: str | None) -> None:
    if said is None:
        assert list(load(tmp_path, GOOD)) == ["essai"]
        return
    assert before in GOOD
    with pytest.raises(LawDataError, match=re.escape(said)):
        load(tmp_path, GOOD.replace(before, after, 1))
