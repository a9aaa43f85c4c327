"""Small whole numbers in French letters, as a text of law writes a length."""

from __future__ import annotations

__all__ = ["in_letters"]

_UNITS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_TEN = 10


def in_letters(number: int) -> str:
    """Write a whole number; one that a text of law would not spell (above 69) keeps its figures.

    >>> [in_letters(number) for number in (1, 6, 21, 24, 30, 100)]
    ['un', 'six', 'vingt et un', 'vingt-quatre', 'trente', '100']
    """
    if 0 <= number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, _TEN)
    if tens not in _TENS:
        return str(number)
    if unit == 0:
        return _TENS[tens]
    return f"{_TENS[tens]} et un" if unit == 1 else f"{_TENS[tens]}-{_UNITS[unit]}"
