"""What a new amount of the law calls for besides itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from calculators.law import law

#: The amounts of Mayotte before that day were found in texts of its own, and are not always half.
_HALF_SINCE = date(2018, 4, 1)


@pytest.mark.parametrize(
    "day", [v.en_vigueur_du for v in law().series["sbi"].valeurs if v.en_vigueur_du >= _HALF_SINCE], ids=str
)
def test_a_new_sbi_comes_with_that_of_mayotte_which_is_half_of_it(day: date) -> None:
    """The RSA of Mayotte is half of the other, to the nearest centime (corrections, § 12)."""
    national, own = (law().series[name] for name in ("sbi", "sbi-mayotte"))
    theirs = next((value.montant for value in own.valeurs if value.en_vigueur_du == day), None)
    assert theirs is not None, f"calculators/law/sbi.toml : ajoutez le SBI de Mayotte du {day}, moitié de l'autre"
    assert abs(2 * theirs - national.au(day).montant) <= Decimal("0.01")
