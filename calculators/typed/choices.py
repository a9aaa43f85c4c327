"""An answer of a closed list, by its code or by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.typed.marks import as_line, folded, likeness
from calculators.typed.misread import Misread, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_choice", "read_yes_no"]

_YES = {"oui", "o", "vrai", "true", "on", "yes", "y", "1", "x"}
_NO = {"non", "n", "faux", "false", "off", "no", "0"}
_LISTED = 8
_SHORT, _TOLD, _LONGEST = 40, 240, 400


def read_yes_no(text: str) -> bool:
    """Read yes or no.

    Raises:
        Misread: it is neither.

    >>> read_yes_no("VRAI"), read_yes_no("N")
    (True, False)
    """
    word = folded(as_line(text))
    if word in _YES | _NO:
        return word in _YES
    raise Misread(f"« {shown(text)} » n'est ni oui ni non. Répondez par oui ou par non.")


def read_choice(text: str, options: Mapping[str, str]) -> str:
    """Read an answer of a list, given by its code or its words, accents and capitals aside; give its code.

    Args:
        text: what was typed.
        options: the words of each answer, by code.

    Raises:
        Misread: it is none of them.

    >>> read_choice("Métropole", {"metropole": "Métropole", "mayotte": "Mayotte"})
    'metropole'
    """
    line = as_line(text[:_LONGEST])
    if line in options:
        return line
    word = folded(line)
    codes = {folded(code): code for code in options}
    labels: dict[str, list[str]] = {}
    for code, label in options.items():
        labels.setdefault(folded(label), []).append(code)
    if word in codes:
        return codes[word]
    if len(found := labels.get(word, [])) == 1:
        return found[0]
    for meaning in (_YES, _NO):  # « VRAI » where the list has « oui »
        if word in meaning and len(same := [code for code in options if folded(code) in meaning]) == 1:
            return same[0]
    raise Misread(f"« {shown(text)} » n'est pas une des réponses. Réponses possibles : {_possible(word, options)}.")


def _possible(word: str, options: Mapping[str, str]) -> str:
    """The answers of a list, the likeliest when there are many."""
    codes = list(options)
    if len(codes) > _LISTED:
        # Those that are as near stay in the order of the list.
        codes.sort(key=lambda code: -max(likeness(word, folded(way)) for way in (code, options[code])))
        codes = codes[:_LISTED]
    said = ""
    for place, code in enumerate(codes):
        answer = code if folded(options[code]) == folded(code) else f"{code} ({_short(options[code])})"
        if len(said) + len(answer) > _TOLD:
            return f"{said}…"
        said += f"{', ' if place else ''}{answer}"
    return said + ("…" if len(options) > _LISTED else "")


def _short(label: str) -> str:
    return label if len(label) <= _SHORT else f"{label[:_SHORT].rsplit(' ', 1)[0]}…"
