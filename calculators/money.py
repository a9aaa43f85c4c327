"""Amounts of money: exact, in euros, rounded to the centime only where we say so."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = ["CENTIME", "FREE", "ZERO", "euros", "euros_in_prose", "nearest_centime", "plain", "to_centime"]

CENTIME = Decimal("0.01")
ZERO = Decimal("0.00")
#: What a price of nothing is called.
FREE = "gratuit"

# The narrow no-break space groups digits, the no-break space holds the unit: what the
# Imprimerie nationale prescribes and what keeps "1 234,56 €" on one line on a phone.
_GROUP, _UNIT = "\u202f", "\u00a0"


def to_centime(amount: Decimal) -> Decimal:
    """Round to the centime, halves away from zero (the commercial rounding French texts assume).

    >>> to_centime(Decimal("213.375"))
    Decimal('213.38')
    """
    return amount.quantize(CENTIME, rounding=ROUND_HALF_UP)


def nearest_centime(amount: Fraction) -> Decimal:
    """Round an exact quotient to the centime, halves up, without passing through an inexact number.

    >>> nearest_centime(Fraction(5121, 24))
    Decimal('213.38')
    """
    return Decimal(math.floor(amount * 100 + Fraction(1, 2))).scaleb(-2)


def plain(amount: Decimal) -> str:
    """Write an amount for machines: a point, two decimals, no grouping.

    >>> plain(Decimal("1000"))
    '1000.00'
    """
    return f"{to_centime(amount):f}"


def euros(amount: Decimal) -> str:
    r"""Write an amount in euros for a French reader.

    >>> euros(Decimal("1234.5"))
    '1\u202f234,50\xa0€'
    >>> euros(Decimal("-50"))
    '−50,00\xa0€'
    """
    rounded = to_centime(amount)
    sign = "\u2212" if rounded < 0 else ""
    whole, _, cents = f"{abs(rounded):f}".partition(".")
    digits = f"{int(whole):,}".replace(",", _GROUP)
    return f"{sign}{digits},{cents}{_UNIT}€"


def euros_in_prose(amount: Decimal) -> str:
    r"""Write an amount as a sentence does: without centimes when there are none.

    >>> euros_in_prose(Decimal("10000.00"))
    '10\u202f000\xa0€'
    """
    return euros(amount).replace(",00", "")
