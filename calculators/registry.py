"""The calculators there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculators.errors import UnknownKeyError
from calculators.result import Calculator
from calculators.sbi import SBI

__all__ = ["CALCULATORS", "get"]

CALCULATORS: Mapping[str, Calculator[Any]] = {calculator.nom: calculator for calculator in (SBI,)}


def get(nom: str) -> Calculator[Any]:
    """Return the calculator of that name.

    Raises:
        UnknownKeyError: there is none.
    """
    if nom not in CALCULATORS:
        raise UnknownKeyError(f"unknown calculator {nom!r}: expected one of {', '.join(CALCULATORS)}")
    return CALCULATORS[nom]
