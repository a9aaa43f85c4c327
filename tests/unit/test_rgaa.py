"""The grid of accessibility: the 106 criteria, and what is said of each is shown by a test or left to a person."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from calculators.web.guides.rgaa import State, grid
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

#: How many criteria each theme of the RGAA 4.1 has.
COUNTS = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_each_of_the_106_criteria_is_there_once_in_its_order() -> None:
    expected = [f"{theme}.{number}" for theme, count in enumerate(COUNTS, start=1) for number in range(1, count + 1)]
    assert [one.numero for theme in grid() for one in theme.criteres] == expected
    assert len(expected) == 106


def test_what_is_said_conforming_is_shown_by_tests_that_exist() -> None:
    missing = []
    for one in (one for theme in grid() for one in theme.criteres if one.etat is State.CONFORME):
        for name in one.essais:
            file, _, test = name.partition("::")
            if not (ROOT / file).is_file() or test not in names_of_tests(ROOT / file):
                missing.append(f"{one.numero}: {name}")
    assert missing == []


def test_two_criteria_have_not_the_same_words() -> None:
    subjects = [one.sujet for theme in grid() for one in theme.criteres]
    assert len(set(subjects)) == len(subjects)


def test_no_rate_is_drawn_from_it() -> None:
    page = (ROOT / "docs/accessibilite.md").read_text("utf-8")
    words = " ".join([page, *(one.parce_que for theme in grid() for one in theme.criteres)])
    assert "% des critères" not in words.replace("\u00a0", " ")
    assert "ni conformité, ni taux de conformité" in words
