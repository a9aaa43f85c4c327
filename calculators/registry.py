"""The calculators there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.delais import DELAIS
from calculators.delais.last_day import last_day
from calculators.echeancier import ECHEANCIER
from calculators.errors import UnknownKeyError
from calculators.letters import letters
from calculators.pieces import PIECES
from calculators.quotite import QUOTITE
from calculators.sbi import SBI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.result import Calculator

__all__ = ["CALCULATORS", "get"]

CALCULATORS: Mapping[str, Calculator[Any]] = {
    calculator.nom: calculator for calculator in (SBI, QUOTITE, ECHEANCIER, DELAIS, PIECES, letters(last_day))
}


def get(nom: str) -> Calculator[Any]:
    """Return the calculator of that name.

    Raises:
        UnknownKeyError: there is none.
    """
    if nom not in CALCULATORS:
        raise UnknownKeyError(f"unknown calculator {nom!r}: expected one of {', '.join(CALCULATORS)}")
    return CALCULATORS[nom]
