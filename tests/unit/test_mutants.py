"""What `make mutants` changes, and what it is told to leave aside."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests import mutants

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def every() -> list[mutants.Mutant]:
    groups = ("rules", "words")
    return [
        m for group in groups for path in mutants.modules(group) for m in mutants.mutants(path, words=group == "words")
    ]


def test_what_is_known_to_change_nothing_still_stands_in_the_code(every: list[mutants.Mutant]) -> None:
    there = {(mutant.source, mutant.change, line) for mutant in every for line in ("", mutant.text)}
    assert [entry for entry in mutants.harmless() if entry not in there] == []


def test_a_mutant_differs_from_its_module_by_one_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    path = tmp_path / "rule.py"
    path.write_text(
        '"""Not run."""\n\n\ndef over(day: int, last: int = 3) -> bool:\n    return day > last or not day\n', "utf-8"
    )
    found = {mutant.change: ast.unparse(mutant.tree()) for mutant in mutants.mutants(path, words=True)}
    bodies = {change: text.rpartition("\n")[2].strip() for change, text in found.items()}
    assert bodies["Gt->GtE"] == "return day >= last or not day"
    assert bodies["Or->And"] == "return day > last and (not day)"
    assert bodies["drop operand 1: not day"] == "return day > last"
    assert bodies["drop not"] == "return day > last or day"
    assert bodies["->None"] == "return None"
    assert "last: int=4" in found["3->4"]
    assert all("Not run." in text for text in found.values())


def test_the_tests_that_try_mutants_exist() -> None:
    named = [*mutants.QUICK_TESTS, *mutants.SLOWER_TESTS]
    assert [test for test in named if not (mutants.ROOT / test).exists()] == []


def test_every_native_test_of_a_rule_tries_mutants() -> None:
    named = {*mutants.QUICK_TESTS, *mutants.SLOWER_TESTS}
    rooms = {path.relative_to(mutants.ROOT).with_suffix("").parts[1] for path in mutants.modules("rules")}
    told = re.compile(rf"^ *(?:from|import) calculators\.(?:{'|'.join(sorted(rooms))})\b", re.MULTILINE)
    tests = [path for room in ("unit", "properties") for path in (mutants.ROOT / "tests" / room).glob("test_*.py")]
    of_rules = {path.relative_to(mutants.ROOT).as_posix() for path in tests if told.search(path.read_text("utf-8"))}
    copied = {
        "tests/unit/test_usb.py",  # the same day on two sides, whatever the rule
        "tests/unit/test_ageing.py",  # of when to read again
    }
    assert of_rules - named == copied


def test_a_calculator_is_tried_by_its_tests_and_what_is_shared_by_all() -> None:
    of_wages = mutants.tests_of("calculators/quotite/rules.py", quick=False)
    assert "tests/properties/test_quotite_rules.py" in of_wages
    assert "tests/unit/test_deadlines.py" not in of_wages
    assert set(mutants.tests_of("calculators/money.py", quick=False)) == {*mutants.QUICK_TESTS, *mutants.SLOWER_TESTS}
