"""What a person is told, case by case: headline, values, warnings, what to do, worked out by hand from the law.

The cases are in `tests/cases/`, a file a calculator; its `__init__` says how to write one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from calculators.registry import CALCULATORS
from tests.cases import cases, differences

if TYPE_CHECKING:
    from tests.cases import Cas

CASES = list(cases())


def _shown(cas: Cas) -> Any:
    known = [pytest.mark.xfail(strict=True, reason=cas.defaut)] if cas.defaut else []
    return pytest.param(cas, id=f"{cas.calculateur} : {cas.qui}", marks=known)


@pytest.mark.parametrize("cas", [_shown(cas) for cas in CASES])
def test_a_person_is_told_what_the_law_says(cas: Cas) -> None:
    told = "\n  ".join(differences(cas))
    assert not told, f"{cas.qui}\n  ({cas.loi})\n  {told}"


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_each_calculator_has_its_cases(calculator: str) -> None:
    assert calculator in {cas.calculateur for cas in CASES}, (
        f"écrivez tests/cases/{calculator}.toml : un cas calculé à la main"
    )


def test_no_case_stands_twice() -> None:
    assert [who for who, count in Counter(cas.qui for cas in CASES).items() if count > 1] == []
