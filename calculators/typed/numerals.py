"""Numbers as acts write them, in letters: the days of a month, and the years."""

from __future__ import annotations

from functools import cache

from calculators.typed.marks import folded

__all__ = ["FIRST_YEAR", "LAST_YEAR", "in_letters", "number_of"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LAST_DAY = 31
_SMALL = (
    *("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def in_letters(number: int) -> str:
    """Write a number from 1 to 2199 in letters, without agreement.

    >>> in_letters(21), in_letters(1999), in_letters(2026)
    ('vingt et un', 'mille neuf cent quatre-vingt-dix-neuf', 'deux mille vingt-six')
    """
    if number >= 1000:  # noqa: PLR2004  # how numbers are read
        thousands = "" if number < 2000 else f"{_SMALL[number // 1000]} "  # noqa: PLR2004
        return f"{thousands}mille {in_letters(number % 1000)}".strip()
    if number >= 100:  # noqa: PLR2004
        hundreds = "" if number < 200 else f"{_SMALL[number // 100]} "  # noqa: PLR2004
        return f"{hundreds}cent {in_letters(number % 100)}".strip()
    if number < len(_SMALL):
        return _SMALL[number]
    ten = max(tens for tens in _TENS if tens <= number)
    rest = number - ten
    link = " et " if rest in {1, 11} and ten != max(_TENS) else "-"
    return f"{_TENS[ten]}{link}{in_letters(rest)}" if rest else _TENS[ten]


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
