"""The files that a reader gives are read in the browser as on the command line.

Its Python has a part only of the standard library: what a few files alone make a library import would be missing there.
"""

from __future__ import annotations

import base64
import codecs
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from calculators.files import door
from calculators.sheets import ods, xlsx
from calculators.sheets.rehearsal import written_in
from calculators.web.engine import bundle
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from tests.files import pdf
from tests.helpers import answers_in_pyodide
from tests.parity.hot import FILLINGS, hot_answers
from tests.unit.test_batch import SAME
from tests.unit.test_files import KINDS_OF_BYTES, REAL, SHAPES
from tests.unit.test_files_mend import LIMITS, TEN, deposit
from tests.unit.test_files_password import WAYS, locked
from tests.unit.test_sheets import GOOD, LINES, excel, read, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import JSHandle, Page

pytestmark = pytest.mark.filterwarnings("ignore:Encryption R=5 is deprecated")

#: Files locked in each way: what a lock is made of is drawn by chance, and reads as letters of all kinds.
DRAWN = 10

#: Puts a question about a file to a worker that checks files, and gives the JSON of its reply and of what it made.
ASK = """
async (checker, [asked, file]) => {
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const { rendus = [], ...reply } = await checker.call({ depot: asked }, [new Blob([bytes])]);
  return [JSON.stringify(reply), rendus.length];
}
"""


def files_of_each_kind() -> dict[str, bytes]:
    """Files of every kind that the tests know, and many that are locked."""
    kinds = {f"{number}-{name}": data for number, (name, (data, _)) in enumerate(KINDS_OF_BYTES.items())}
    shapes = {f"{name}.pdf": pdf(7, **options) for name, options in SHAPES.items()}
    real = {f"{name}.pdf": make() for name, (make, _) in REAL.items()}
    shut = {f"{way} {number}.pdf": locked(way) for way in WAYS for number in range(DRAWN)}
    return {**kinds, **shapes, **real, **shut}


def taught(name: str) -> str:
    """The question that gives Python a library, as the page puts it."""
    packed = (bundle.ENGINE / shipped()[name]).read_bytes()
    return json.dumps({"bibliotheque": base64.b64encode(packed).decode(), "nom": name})


def shipped() -> dict[str, str]:
    files: dict[str, str] = json.loads((bundle.ENGINE / bundle.MANIFEST).read_text("utf-8"))["engine"]
    return files


@pytest.fixture
def checker(engine_page: Page) -> Iterator[JSHandle]:
    """A Python that has learnt to check files, as the page has one for that alone."""
    checker = engine_page.evaluate_handle(
        "async (files) => { const { engine } = demarches; const checker ="
        " new engine.constructor({ base: engine.address(''), files: { ...files, hot: '' } });"
        " await checker.start(); return checker; }",
        shipped(),
    )
    for name in ("files", "pdf"):
        checker.evaluate("(checker, question) => checker.call(JSON.parse(question))", taught(name))
        # As in the page, which gives a library once its want is told.
        checker.evaluate(ASK, [{"action": "verifier", "nom": "a.pdf", "limites": LIMITS}, ""])
    yield checker
    checker.evaluate("(checker) => checker.stop()")


def both(checker: JSHandle, folder: Path, data: bytes, **asked: Any) -> tuple[Any, Any]:
    """Give the replies of the machine's own Python and of the browser's, with how many files each made."""
    folder.mkdir(exist_ok=True)
    deposit(folder, data)
    own = door.answer(asked, folder, folder)
    made = [path for path in folder.iterdir() if path.name != "0"]
    for path in made:
        path.unlink()
    text, number = checker.evaluate(ASK, [asked, base64.b64encode(data).decode()])
    return (own, len(made)), (json.loads(text), number)


def asked(number: int, piece: bytes, *, first: bool, last: bool) -> str:
    sent = {"numero": number, "debut": first, "fin": last, "octets": piece.decode("latin-1")}
    return json.dumps({"calculateur": "quotite", "aujourdhui": "2026-11-21", "lot": sent})


def spreadsheets() -> list[str]:
    """Files as the programs that people have write them, each in two pieces."""
    questions = []
    for number, data in enumerate(SAME.values()):
        half = len(data) // 2 + 1
        questions += [
            asked(number, data[:half], first=True, last=False),
            asked(number, data[half:], first=False, last=True),
        ]
    return questions


def workbooks() -> list[tuple[str, bytes]]:
    """Workbooks of each kind, with their endings, their parts written in several letters."""
    ours = {kind.__name__.rpartition(".")[2]: written(kind, LINES) for kind in (xlsx, ods)}
    books = [*ours.items(), ("xlsx", excel(GOOD))]
    return books + [
        (ending, written_in(book, coding))
        for ending, book in ours.items()
        for coding in ("windows-1252", "iso-8859-15")
    ]


def opened(text: str | None) -> tuple[Any, Any]:
    """A reply, and what stands in the cells of its workbook: each library packs it its own way, with its hour."""
    reply = json.loads(text or "null")
    if reply is None or "fichier" not in reply:
        return reply, None
    return reply, read(reply.pop("fichier").encode("latin-1"), reply["extension"])


def test_a_spreadsheet_of_any_program_gets_the_same_answers(tmp_path: Path) -> None:
    bundle.bundle(Settings.read())
    questions = spreadsheets()
    assert answers_in_pyodide(questions, tmp_path) == [answer(question) for question in questions]


@pytest.mark.parametrize("filling", FILLINGS, ids=hex)
def test_a_file_is_read_the_same_whatever_the_hot_part_was_not_given(tmp_path: Path, filling: int) -> None:
    """Letters and workbooks are read from tables: reading one that was emptied raises no flag."""
    bundle.bundle(Settings.read())
    sheets = spreadsheets()
    books = [asked(len(sheets) + number, data, first=True, last=True) for number, (_, data) in enumerate(workbooks())]
    found = hot_answers([*sheets, taught("sheets"), *books], tmp_path, filling)
    assert found[: len(sheets)] == [answer(question) for question in sheets]
    theirs = answers_in_pyodide([taught("sheets"), *books], tmp_path)
    assert [opened(reply) for reply in found[len(sheets) :]] == [opened(reply) for reply in theirs]


def test_a_workbook_of_any_program_gets_the_same_answers(tmp_path: Path) -> None:
    bundle.bundle(Settings.read())
    books = workbooks()
    questions = [asked(number, data, first=True, last=True) for number, (_, data) in enumerate(books)]
    own = [answer(question) for question in questions]
    theirs = answers_in_pyodide([taught("sheets"), *questions], tmp_path)[1:]
    for (ending, _), mine, other in zip(books, own, theirs, strict=True):
        assert opened(mine) == opened(other)
        reply, cells = opened(mine)
        assert (reply["ok"], reply["extension"], bool(cells)) == (True, ending, True)


def test_each_file_gets_the_same_verdict(checker: JSHandle, tmp_path: Path) -> None:
    different = {}
    for name, data in files_of_each_kind().items():
        own, theirs = both(checker, tmp_path, data, action="verifier", nom=name, limites=LIMITS)
        if own != theirs:
            different[name] = (own, theirs)
    assert different == {}


def noted(made: pikepdf.Pdf, text: bytes) -> None:
    """A remark written on its first page."""
    remark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[72, 600, 272, 620])
    remark.Contents = text
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(remark)])


def test_each_file_is_opened_or_made_anew_the_same(checker: JSHandle, tmp_path: Path) -> None:
    for order in ("utf-16-be", "utf-16-le", "utf-8", "latin-1"):
        remark = partial(noted, text=codecs.encode("Élise" if order == "latin-1" else "\ufeffÉlise", order))
        asked = {"action": "assembler", "noms": ["a.pdf"], "tours": [90], "limite": TEN}
        assert both(checker, tmp_path, pdf(2, remark), **asked) == (({"ok": True}, 1),) * 2, order
        for way in WAYS:
            asked = {"action": "ouvrir", "nom": "a.pdf", "mot_de_passe": "Secret 12"}
            assert both(checker, tmp_path, locked(way, change=remark), **asked) == (({"ok": True}, 1),) * 2, way
