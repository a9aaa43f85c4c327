"""The same questions get the same bytes from the machine's Python and from the one shipped to browsers."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.web.engine import bundle
from calculators.web.engine.cases import TODAY, cases, dossiers, forms, requests
from calculators.web.engine.shipped import run_shipped
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from tests.cases import cases as by_hand
from tests.helpers import ROOT, answers_in_pyodide
from tests.letters import CASES, HOSTILE
from tests.parity import ask
from tests.parity.hot import BY_CHANCE, FILLINGS, compare, hot_answers

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: How many generated questions are answered as data; more of them when looking for trouble.
COUNT = int(os.environ.get("PARITY_COUNT", "20000"))
#: How many are answered as the page asks, with the HTML, the text and the files.
PAGES = 400
#: How many as the page's forms send them, of the runtime's hot part.
FORMS = 600
#: How many dossiers, of a few cases each.
DOSSIERS = 40
#: What moves a date, or gives it an hour: drawn too seldom by chance.
MOVED = {"heure", "interruption", "date_contestation_meubles"}
#: How many of these in the browser itself, after the official examples.
BROWSED = 100


def official() -> list[str]:
    """The official examples, as the page would ask them."""
    vectors = json.loads((ROOT / "tests/vectors/sbi.json").read_text("utf-8"))
    asked = []
    for vector in [*vectors["exemples"], *vectors["montants"]]:
        given = {name: vector.get(name) or "" for name in ("date_saisie", "insaisissable", "creance")}
        champs = {**given, "solde": vector.get("solde") or "5000"}
        asked.append(json.dumps({"calculateur": "sbi", "champs": champs, "aujourdhui": TODAY}))
    asked += [
        json.dumps({"calculateur": "sbi", "champs": vector["reponses"], "aujourdhui": TODAY})
        for vector in vectors["cas"]
    ]
    vectors = json.loads((ROOT / "tests/vectors/quotite.json").read_text("utf-8"))
    for vector in vectors["exemples"]:
        champs = {name: str(vector[name]) for name in ("date", "net", "personnes_a_charge")}
        asked.append(json.dumps({"calculateur": "quotite", "champs": champs, "aujourdhui": TODAY}))
    for debt in ("0", "234.76", "3000", "250000"):
        champs = {"date": "2024-11-15", "net": "1500", "dette": debt}
        asked.append(json.dumps({"calculateur": "quotite", "champs": champs, "aujourdhui": TODAY}))
    vectors = json.loads((ROOT / "tests/vectors/delais.json").read_text("utf-8"))
    about = ("id", "statut", "source", "note", "terme", "echeance", "terme_sans_samedi")
    for vector in vectors["exemples"]:
        champs = {name: str(value) for name, value in vector.items() if name not in about} | {"situation": "autre"}
        asked.append(json.dumps({"calculateur": "delais", "champs": champs, "aujourdhui": TODAY}))
    for vector in vectors["corrections"]:
        champs = {name: value for name, value in vector["reponses"].items() if name != "aujourdhui"}
        today = vector["reponses"].get("aujourdhui", TODAY)
        asked.append(json.dumps({"calculateur": "delais", "champs": champs, "aujourdhui": today}))
    asked += [
        json.dumps({"calculateur": cas.calculateur, "champs": cas.reponses, "aujourdhui": TODAY})
        for cas in by_hand()
        if MOVED & cas.reponses.keys()
    ]
    vectors = json.loads((ROOT / "tests/vectors/pieces.json").read_text("utf-8"))
    asked += [
        json.dumps({"calculateur": "pieces", "champs": vector["reponses"], "aujourdhui": TODAY}) for vector in vectors
    ]
    return asked


def asides() -> list[str]:
    """What the page asks besides: codes to scan, and days as people type them."""
    codes = [("https://www.exemple.fr/outil/#b=2,é&" * length)[: 7 * length] for length in (1, 5, 17, 60, 140, 300)]
    days = ("hier", "1er déc. 26", "vendredi 20 novembre 2026", "20112026", "31/02/2026", "l'an deux mille vingt-six")
    return [
        *(json.dumps({"qr": code}) for code in codes),
        *(json.dumps({"jour": day, "aujourdhui": TODAY}) for day in days),
    ]


@pytest.fixture(scope="module")
def questions() -> list[str]:
    return [*official(), *dossiers(DOSSIERS), *asides(), *requests(PAGES)]


@pytest.fixture(scope="module")
def expected(questions: list[str]) -> list[str]:
    return [answer(question) for question in questions]


def test_the_questions_are_the_same_each_time() -> None:
    assert list(requests(50)) == list(requests(50))
    assert list(requests(50)) != list(requests(50, seed=1))


def test_each_calculator_mostly_answers(expected: list[str]) -> None:
    """Requests that are refused prove little: of each calculator, enough are not."""
    replies = [json.loads(text) for text in expected[-PAGES:]]
    for name in CALCULATORS:
        mine = [reply["ok"] for reply in replies if (reply.get("resultat") or reply)["calculateur"] == name]
        assert sum(mine) > len(mine) / 3, (
            f"{name}: {sum(mine)} of {len(mine)} are answered, too few to tell: its questions are drawn by _Cases, in "
            "calculators/web/engine/cases.py (`day`, `later`: its days)"
        )
        assert len(mine) >= PAGES / (2 * len(CALCULATORS)), name


def test_shipped_python_under_node(questions: list[str], expected: list[str], tmp_path: Path) -> None:
    bundle.bundle(Settings.read())
    assert answers_in_pyodide(questions, tmp_path) == expected


def test_letters_are_laid_out_the_same(tmp_path: Path) -> None:
    """What the page writes as a file: each letter as it is shown, then as its reader may have changed it."""
    asked = []
    for name, _, answers in CASES:
        told = ask_calculator(get("courriers"), {"aujourdhui": TODAY, "courrier": name, **answers})
        assert isinstance(told, Answered)
        assert told.result.lettre
        parts = [asdict(bloc) for bloc in (*told.result.lettre.blocs, *told.result.lettre.garde)]
        changed = [{**part, "texte": f"{part['texte']}\t\u202e{HOSTILE}\n[… x …]"} for part in parts]
        asked += [json.dumps({"courrier": some, "titre": told.result.lettre.titre}) for some in (parts, changed)]
    bundle.bundle(Settings.read())
    assert answers_in_pyodide(asked, tmp_path) == [answer(question) for question in asked]


@pytest.mark.parametrize("filling", FILLINGS, ids=hex)
def test_the_hot_part_of_the_runtime_gives_the_same_bytes_or_says_that_it_cannot(
    questions: list[str], expected: list[str], tmp_path: Path, filling: int
) -> None:
    """It was trained with other questions. What it says it cannot do is asked of the whole runtime: see test_parts.

    Nor does any answer depend on the static data that it was not given. `make parity` asks many more questions.
    """
    found = hot_answers(questions, tmp_path, filling)
    assert [pair for pair in zip(found, expected, strict=True) if pair[0] is not None and pair[0] != pair[1]] == []
    # Of what chance draws, none in a thousand; the official examples go where it seldom does.
    assert found[-PAGES:].count(None) <= PAGES / BY_CHANCE
    assert found.count(None) <= len(found) / 100


def test_the_hot_part_of_the_runtime_answers_what_the_forms_ask() -> None:
    came = compare(list(forms(FORMS)))
    assert (came.differing, came.replayed) == ([], [])


def test_every_answer_has_the_same_bytes_in_the_shipped_memory(tmp_path: Path) -> None:
    """The two Pythons answer side by side; another seed than that of the pages."""
    bundle.bundle(Settings.read())
    asked = [json.dumps([name, {**answers, "aujourdhui": TODAY}]) for name, answers in cases(COUNT, seed=COUNT)]
    (tmp_path / "asked").write_text("\n".join(asked), "utf-8")
    shutil.copyfile(Path(ask.__file__), tmp_path / "ask.py")
    code = (
        "import sys\nfrom pathlib import Path\nsys.path.insert(0, '/job')\nimport ask\n"
        "ask.ask_all(Path('/job/asked'), Path('/job/shipped'))\n"
    )
    with ThreadPoolExecutor(1) as aside:
        shipped = aside.submit(run_shipped, code, tmp_path)
        ask.ask_all(tmp_path / "asked", tmp_path / "own")
        shipped.result()
    own, theirs = ((tmp_path / name).read_text().split() for name in ("own", "shipped"))
    assert len(own) == len(theirs) == COUNT
    assert [question for question, mine, other in zip(asked, own, theirs, strict=True) if mine != other][:3] == []


def test_shipped_python_in_the_browser(engine_page: Page, questions: list[str], expected: list[str]) -> None:
    """The replies of the worker, as JavaScript writes them again, are those of the machine's own Python."""
    browsed = len(official()) + BROWSED
    replies = engine_page.evaluate(
        "async (asked) => { const replies = []; for (const request of asked)"
        " replies.push(JSON.stringify(await demarches.engine.call(JSON.parse(request)))); return replies; }",
        questions[:browsed],
    )
    assert replies == [
        json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) for text in expected[:browsed]
    ]
