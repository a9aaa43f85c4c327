"""The architecture is what its page says: the files it names, and dependencies that go one way."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from calculators.registry import CALCULATORS
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "calculators"
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")

#: What a module may rest on, by the part of the package it belongs to: itself and the floors under it.
BASE = {"errors", "calendar", "money", "typography", "letters", "language", "refusals"}
LAW = BASE | {"law"}
NOTIONS = LAW | {"territory", "declaration", "result", "outcome", "text", "holidays", "scale", "ics"}
NOTIONS |= {"shared_warnings"}
SUBJECTS = {calculator.inputs.__module__.split(".")[1] for calculator in CALCULATORS.values()}
FACES = NOTIONS | SUBJECTS | {"registry", "batch", "web"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    """The parts of the package that a module imports."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("calculators."):
            yield str(node.module).split(".")[1]


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_dependencies_go_one_way(module: Path) -> None:
    part = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in BASE:
        allowed = BASE
    elif part == "law":
        allowed = LAW
    elif part in NOTIONS:
        allowed = NOTIONS
    elif part in SUBJECTS:
        allowed = NOTIONS | {part}
    elif part == "registry":
        allowed = NOTIONS | SUBJECTS
    else:
        assert part in {"web", "batch", "__main__", "__init__"}, "a new part: say where it stands, here and in the page"
        allowed = FACES
    assert set(imported(module)) <= allowed


@pytest.mark.parametrize("part", sorted(NOTIONS | SUBJECTS))
def test_a_rule_never_reads_a_clock_nor_the_environment(part: str) -> None:
    found = [PACKAGE / f"{part}.py"] if (PACKAGE / f"{part}.py").is_file() else list((PACKAGE / part).rglob("*.py"))
    for module in found:
        text = module.read_text("utf-8")
        assert not re.search(r"\.(?:today|now|utcnow)\(|\bos\.environ|\bimport (?:time|os|random)\b", text), module


def test_every_file_that_the_page_names_exists() -> None:
    paths = {word for word in re.findall(r"`([\w./-]+)`", PAGE) if "/" in word}
    assert len(paths) > 20
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_the_page_names_every_calculator_and_every_kind_of_test() -> None:
    assert {name for name in SUBJECTS if f"`calculators/{name}/`" not in PAGE} == set()
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("test_*.py"))}
    assert {name for name in folders if f"`tests/{name}`" not in PAGE} == set()
