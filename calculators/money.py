"""Amounts of money: exact, in euros, rounded to the centime only where we say so."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = ["CENTIME", "ZERO", "euros", "euros_in_prose", "nearest_centime", "parse_euros", "plain", "to_centime"]

CENTIME = Decimal("0.01")
ZERO = Decimal("0.00")

# The narrow no-break space groups digits, the no-break space holds the unit: what the
# Imprimerie nationale prescribes and what keeps "1 234,56 €" on one line on a phone.
_GROUP, _UNIT = "\u202f", "\u00a0"
_SPACE = "[ \u00a0\u2009\u202f]"
_AMOUNT = re.compile(
    rf"([+\-\u2212]?){_SPACE}?([0-9]{{1,12}}|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}){{1,3}})(?:[.,]([0-9]{{1,2}}))?"
    rf"{_SPACE}?(?:€|EUR|euros?)?",
    re.IGNORECASE,
)


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


def parse_euros(text: str) -> Decimal | None:
    """Read an amount as people write it, or return ``None`` when it is not one.

    Spaces group digits by three, a comma or a point starts the centimes, « € » may follow. Anything that could
    be read two ways (``1.234``, ``1,234.56``, ``12 50``) is not an amount: a wrong guess costs money.

    >>> parse_euros("1 234,56 €")
    Decimal('1234.56')
    >>> parse_euros("1.234"), parse_euros("12 50")
    (None, None)
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    sign, whole, cents = match.groups()
    amount = Decimal(f"{re.sub(_SPACE, '', whole)}.{(cents or '').ljust(2, '0')}")
    return -amount if sign in {"-", "\u2212"} else amount
