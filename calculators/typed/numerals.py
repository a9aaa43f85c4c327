"""Numbers in letters, read back: the days of a month and the years of an act."""

from __future__ import annotations

from functools import cache

from calculators.numerals import in_letters
from calculators.typed.marks import folded

__all__ = ["FIRST_YEAR", "LAST_YEAR", "number_of"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LAST_DAY = 31


def number_of(words: str) -> int | None:
    """The day of a month or the year that these words say, in figures or in letters; nothing else is read.

    >>> number_of("vingt et un"), number_of("deux mil vingt-six"), number_of("premier"), number_of("3"), number_of("x")
    (21, 2026, 1, 3, None)
    """
    text = folded(words)
    return int(text) if text.isdecimal() and text.isascii() else _known().get(text)


@cache
def _known() -> dict[str, int]:
    numbers = (*range(1, _LAST_DAY + 1), *range(FIRST_YEAR, LAST_YEAR + 1))
    ways = {folded(in_letters(number)): number for number in numbers}
    return ways | {way.replace("mille", "mil"): number for way, number in ways.items()} | {"premier": 1}
