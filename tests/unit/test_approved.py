"""Whole answers are those a person approved; `make approve` shows what changed and keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators.registry import CALCULATORS
from tests import approve

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS, KEPT = approve.answers(), approve.kept()


@pytest.mark.parametrize("name", sorted({*ANSWERS, *KEPT}))
def test_an_answer_is_the_one_that_was_approved(name: str) -> None:
    before, after = ({name: text} if (text := found.get(name)) else {} for found in (KEPT, ANSWERS))
    changed = list(approve.differences(before, after))
    if changed:
        lines = "\n".join(changed)
        pytest.fail(f"cette réponse a changé ; si c'est voulu, lancez make approve\n{lines}", pytrace=False)


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_each_calculator_has_some_for_people_and_for_machines(calculator: str) -> None:
    kinds = {name.rpartition(".")[2] for name in ANSWERS if name.startswith(f"{calculator}/")}
    assert kinds == {"json", "txt"}, (
        f"tests/cases/{calculator}.toml : `approuvee = true` pour un cas, puis make approve"
    )


def test_a_change_is_shown_then_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert approve.main(tmp_path, asks=False) == 0
    name = next(name for name in ANSWERS if name.endswith(".txt"))
    (tmp_path / name).write_text(ANSWERS[name].replace("La banque doit laisser", "La banque garde"), "utf-8")
    (tmp_path / "sbi/ancienne-question.txt").write_text("Une réponse.\n", "utf-8")
    capsys.readouterr()
    assert approve.main(tmp_path, asks=False) == 0
    shown = capsys.readouterr().out
    assert "-La banque garde" in shown
    assert "+La banque doit laisser" in shown
    assert "-Une réponse." in shown
    assert f"2 réponses sur {len(ANSWERS)} ont changé." in shown
    assert approve.kept(tmp_path) == ANSWERS
    assert approve.main(tmp_path, asks=False) == 0
    assert "aucune n'a changé" in capsys.readouterr().out


def test_nothing_is_kept_when_the_person_says_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "non")
    assert approve.main(tmp_path, asks=True) == 1
    assert approve.kept(tmp_path) == {}
    monkeypatch.setattr("builtins.input", lambda _question: "o")
    assert approve.main(tmp_path, asks=True) == 0
    assert approve.kept(tmp_path) == ANSWERS
