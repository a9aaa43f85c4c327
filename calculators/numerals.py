"""Numbers in French letters: a length as a text of law spells it, a day and a year as acts write them."""

from __future__ import annotations

__all__ = ["in_letters", "spelt"]

_LAST_SPELT = 69  # a text of law keeps to figures above
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


def spelt(number: int) -> str:
    """Write a whole number, from zero, in letters; one that a text of law would not spell (above 69) keeps its figures.

    >>> [spelt(number) for number in (0, 1, 6, 21, 24, 30, 100)]
    ['zéro', 'un', 'six', 'vingt et un', 'vingt-quatre', 'trente', '100']
    """
    return (in_letters(number) or "zéro") if number <= _LAST_SPELT else str(number)
