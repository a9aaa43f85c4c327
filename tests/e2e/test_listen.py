"""What a screen reader says of each calculator is what a person read and approved; `make listen` keeps what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators.registry import CALCULATORS
from tests.approve import FOLDER, HEARD, differences
from tests.looks.listen import listing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def kept(calculator: str) -> str:
    """What was approved of a calculator; nothing of a new one."""
    path = FOLDER / calculator / HEARD
    return path.read_text("utf-8") if path.is_file() else ""


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_what_is_heard_of_a_calculator_was_approved(chromium: Browser, server: str, calculator: str) -> None:
    name = f"{calculator}/{HEARD}"
    changed = list(differences({name: kept(calculator)}, {name: listing(chromium, server, calculator)}))
    if changed:
        lines = "\n".join(changed)
        pytest.fail(f"ce qui s'entend a changé ; si c'est voulu, lancez make listen\n{lines}", pytrace=False)


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_no_control_is_without_a_name_and_no_error_without_its_field(calculator: str) -> None:
    lines = kept(calculator).splitlines()
    assert lines, f"tests/approved/{calculator}/{HEARD} : lancez make listen, puis relisez-le"
    controls = ("champ", "liste", "choix", "case", "bouton", "lien", "pli", "groupe", "titre", "partie", "tableau")
    assert [line for line in lines if line.strip().startswith(controls) and "«  »" in line] == []
    faults = [line for line in lines if ", erreur" in line]
    assert faults
    assert [line for line in faults if "Erreur : " not in line] == []
