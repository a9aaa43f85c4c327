"""`python -m calculators.law` reads all of the law, as the build does first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.__main__ import main

if TYPE_CHECKING:
    import pytest


def test_the_law_of_this_package_is_read_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr() == ("", "")
