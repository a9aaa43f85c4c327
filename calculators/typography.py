"""French typography: the no-break spaces that authors should not have to type."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["capitalised", "french"]

_NBSP, _THIN = "\u00a0", "\u202f"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"«[ {_NBSP}]?"), f"«{_NBSP}"),
    (re.compile(rf"[ {_NBSP}]?»"), f"{_NBSP}»"),
    (re.compile(r" ([;!?])"), rf"{_THIN}\1"),
    (re.compile(r" :(?=\s|$)"), f"{_NBSP}:"),
    (re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))"), _THIN),
    (re.compile(r"(?<=[0-9]) (?=[€%]|[kMG]o\b)"), _NBSP),
    (re.compile(r"\b(art\.|n°|M\.|Mme|al\.) (?=\S)"), rf"\1{_NBSP}"),
    (re.compile(r"(?<=\w)'(?=\w|$)"), "\u2019"),
)


def capitalised(text: str) -> str:
    """Start a sentence with these words.

    >>> capitalised("faire appel d'un jugement")
    "Faire appel d'un jugement"
    """
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def french(text: str) -> str:
    r"""Put the no-break spaces and apostrophes of French typography into a text for readers.

    Doing it twice changes nothing. Not for addresses, identifiers or code.

    >>> french("Que faire ? Lisez « l'acte » : 1 000 €, 5 Mo")
    'Que faire\u202f? Lisez «\xa0l’acte\xa0»\xa0: 1\u202f000\xa0€, 5\xa0Mo'
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
