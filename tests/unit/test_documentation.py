"""What README, CONTRIBUTING and the pages give as examples is true: each block of code says its kind, and is tried.

The kind is what follows the opening mark: ```` ```sh ````. Only `text` is not tried: it is for what is looked at.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from markdown import Markdown

from calculators.errors import LawDataError
from calculators.law import law, pieces
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.sheets import xlsx
from calculators.web.guides import checks as guides
from calculators.web.guides.extension import makeExtension
from calculators.web.guides.values import render_value
from tests.helpers import PATIENCE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 21)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>[^\n`]*)\n(?P<code>.*?)^ *```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def built_on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_DATE", TODAY.isoformat())


def blocks() -> list[Any]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in _BLOCK.finditer(text):
            code = re.sub(f"^{match['indent']}", "", match["code"], flags=re.MULTILINE)
            name = f"{page.relative_to(ROOT).as_posix()}:{text[: match.start()].count(chr(10)) + 1}"
            found.append(pytest.param(match["kind"].strip(), code, id=name))
    return found


# ---------------------------------------------------------------- one way to try each kind


def commands(code: str, folder: Path) -> None:
    """Shell commands of the calculators, in an empty folder where a person has put their files."""
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / "saisies.csv").write_text("reference,delai,evenement\nA-1,appel.contentieux,2035-11-20\n", "utf-8")
    (folder / "dossiers.csv").write_text("reference,date,net\nA-1,2026-11-30,1500\n", "utf-8")
    workbook = xlsx.Writer("Dossiers")
    workbook.add(["reference", "date", "net"])
    workbook.add(["A-1", TODAY, "1500"])
    (folder / "dossiers.xlsx").write_bytes(workbook.file())
    assert ".venv/bin/python -m calculators" in code, "a block of another kind: say which"
    done = subprocess.run(
        ["sh", "-e", "-c", code], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert "Traceback" not in done.stderr


def targets(code: str, _folder: Path) -> None:
    """Commands of make, which the tests would run again: their targets exist."""
    for line in filter(None, code.splitlines()):
        words = line.partition("#")[0].split()
        assert words[0] == "make"
        done = subprocess.run(
            ["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr


def entries(code: str, _folder: Path) -> None:
    """Entries of the law files, as they stand in one of them."""
    known = [tomllib.loads(path.read_text("utf-8")) for path in (ROOT / "calculators/law").rglob("*.toml")]
    example = tomllib.loads(code)
    assert any(holds(data, example) for data in known), "no law file says this"


def holds(data: object, example: object) -> bool:
    """Whether `data` has all that `example` says.

    >>> holds({"a": [{"b": 1, "c": 2}, {"b": 3}]}, {"a": [{"b": 3}]}), holds({"a": 1}, {"a": 2})
    (True, False)
    """
    if isinstance(example, dict):
        return isinstance(data, dict) and all(key in data and holds(data[key], example[key]) for key in example)
    if isinstance(example, list):
        return isinstance(data, list) and all(any(holds(one, wanted) for one in data) for wanted in example)
    return data == example


def page(code: str, folder: Path) -> None:
    """Markdown of a guide: a whole page passes the checks, and any is rendered."""
    body = code
    if code.startswith("---\n"):
        (folder / "sujet").mkdir()
        (folder / "sujet/guide.md").write_text(code, "utf-8")
        assert guides.mistakes(folder, TODAY) == []
        body = code.split("---\n", 2)[2]
    shown = Markdown(extensions=["admonition", "attr_list", "tables", makeExtension()]).convert(body)
    assert "///" not in shown
    assert "{{" not in shown


def address(code: str, _folder: Path) -> None:
    """Address of the list of a case, or of a document."""
    path, _, fragment = code.strip().partition("#")
    assert (ROOT / "docs" / f"{path.rstrip('/')}.md").is_file()
    if "=" not in fragment:
        assert pieces.pieces()[fragment].demarche in path
        return
    given = {"aujourdhui": TODAY.isoformat(), **dict(parse_qsl(fragment))}
    assert isinstance(ask_calculator(get(path.rstrip("/").rpartition("/")[2]), given), Answered)


class _Embedding(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        self.addresses += [str(value) for name, value in attrs if name == "src"]

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)


def embedding(code: str, folder: Path) -> None:
    """HTML for another site: it leads to a page of this one, and its script is one."""
    found = _Embedding(code)
    assert found.addresses
    for source in found.addresses:
        path = source.partition(".example/")[2].partition("?")[0]
        assert (ROOT / "docs" / f"{path.rstrip('/')}.md").is_file()
    for number, script in enumerate(found.scripts):
        (folder / f"{number}.js").write_text(script, "utf-8")
        node = ROOT / ".venv/bin/node"
        subprocess.run([node, "--check", folder / f"{number}.js"], check=True, timeout=60, capture_output=True)


def program(code: str, folder: Path) -> None:
    """A program that uses the library: it runs, and says something."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def setting(code: str, _folder: Path) -> None:
    """What an assistant is told to start: commands that the package installs, with words that they know."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    servers = json.loads(code)["mcpServers"].values()
    assert servers
    for server in servers:
        assert server["command"] in scripts
        assert server["args"] == ["mcp"]


def looked_at(_code: str, _folder: Path) -> None:
    """A drawing in letters: there is nothing to try."""


KINDS: dict[str, Callable[[str, Path], None]] = {
    "sh": commands,
    "make": targets,
    "toml": entries,
    "markdown": page,
    "adresse": address,
    "integration": embedding,
    "python": program,
    "json": setting,
    "text": looked_at,
}


@pytest.mark.parametrize(("kind", "code"), blocks())
def test_an_example_is_true(kind: str, code: str, tmp_path: Path) -> None:
    assert kind in KINDS, f"the block says {kind!r} after its mark: expected one of {', '.join(KINDS)}"
    KINDS[kind](code, tmp_path)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("sh", ".venv/bin/python -m calculators sbi --date-saisie 2026-11-20 --somme 1000"),
        ("sh", "ls"),
        ("make", "make inconnu"),
        ("toml", '[[series.sbi.valeurs]]\nen_vigueur_du = 2026-04-01\nmontant = "651.70"'),
        ("markdown", "/// exemple | sbi\nsolde: mille\n///"),
        ("markdown", "---\ntitle: Sans le reste\n---\n# Titre\n"),
        ("adresse", "calculateurs/pieces/#demarche=consignation-cph&sens=jamais"),
        ("adresse", "pieces/consignation-cph/#piece-inconnue"),
        ("python", "from calculators.api import divination"),
        ("json", '{"mcpServers": {"demarches": {"command": "demarche", "args": ["mcp"]}}}'),
        ("integration", '<iframe src="https://a.example/calculateurs/absent/"></iframe>'),
    ],
)
def test_a_false_example_fails(kind: str, code: str, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, KeyError, LawDataError)):
        KINDS[kind](code, tmp_path)


def test_the_values_that_contributors_are_shown_read_as_they_are_told() -> None:
    """The table of CONTRIBUTING: what to write, and what the reader then reads, or a description of it."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| `\{\{ (.*?) \}\}` \| (.*?) \|$", text, re.MULTILINE)
    assert rows
    for reference, told in rows:
        shown = "".join(render_value(reference, law(), TODAY).itertext()).replace("\u00a0", " ")
        assert shown == told or not re.search(r"\d", told), reference


def test_every_block_of_a_page_is_told_with_an_example_that_is_tried() -> None:
    """CONTRIBUTING says in a few words what each block does, and shows it in an example, which is rendered above."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    processor: Any = Markdown(extensions=[makeExtension()]).parser.blockprocessors["blocks"]
    known = set(processor.blocks)
    told = set(re.findall(r"`([a-z]+)` :", text))
    shown = {
        name
        for match in _BLOCK.finditer(text)
        if match["kind"].strip() == "markdown"
        for name in re.findall(r"^ *///+ ([a-z]+)", match["code"], re.MULTILINE)
    }
    assert told >= known, f"not told: {sorted(known - told)}"
    assert shown == known, f"not shown, or unknown: {sorted(shown ^ known)}"
