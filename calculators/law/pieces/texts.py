"""The texts of the files: a figure of the law stands in them by its name, between braces.

A measure (``{urbanisme.permis}``) or a length (``{identite.expiration}``) is put in when the file is read. What depends
on the day or on the answers stays: an amount (``{timbre-carte-identite}``), the words of an answer (``{projet}``, or
``{Projet}`` with its capital).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.law.words import lasting

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from calculators.law.loader import _Table as Table
    from calculators.law.model import Law

__all__ = ["AMOUNT", "BRACES", "measured", "words"]

AMOUNT = re.compile(r"\{([a-z0-9-]+)\}")
BRACES = re.compile(r"\{([^{}]*)\}")


def _figure(value: Decimal) -> str:
    """Write a figure in a text as an author would type it: « 3 500 », « 1,80 »."""
    return f"{value:,}".replace(",", " ").replace(".", ",")


def measured(table: Table, name: str, text: str, known: Law) -> str:
    """Put the measures and the lengths in.

    Raises:
        LawDataError: one of them is a price, whose amount has its day.
    """

    def quoted(found: re.Match[str]) -> str:
        if found[1] in known.durees:
            version = known.durees[found[1]].derniere
            return lasting(version.unite, version.nombre).replace("\u00a0", " ")
        measure = known.mesures.get(found[1])
        if measure is None or found[1] in known.series:
            return found[0]
        if measure.unite == "EUR":
            raise table.fail(name, f"the measure {found[1]!r} is a price: quote the dated series of it")
        return f"{_figure(measure.valeur)} {measure.unite}"

    return BRACES.sub(quoted, text)


def words(table: Table, name: str, known: Law, *, answers: Collection[str] = (), optional: bool = False) -> str:
    """Read a text that quotes measures, lengths, and the answers to these questions.

    Raises:
        LawDataError: it is missing, or what stands between braces is neither.
    """
    text = measured(table, name, table.text(name, "") if optional else table.text(name), known)
    for found in BRACES.findall(text):
        if found not in {*answers, *map(str.capitalize, answers)}:
            said = f" or one of {', '.join(answers)}" if answers else ""
            raise table.fail(name, f"unknown {{{found}}}: expected a measure or a length of the law{said}")
    if set("{}") & set(BRACES.sub("", text)):
        raise table.fail(name, "a brace that is not closed, or not opened")
    return text
