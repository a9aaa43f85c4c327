"""Workbooks of each kind, written, read and answered: what they make Python import is what it must have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.registry import get
from calculators.sheets import ods, xlsx
from calculators.sheets.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.sheets.cells import Value

__all__ = ["rehearse"]

_LINES: Sequence[Sequence[Value]] = (
    ["date", "net", "nom"],
    [date(2026, 11, 30), Decimal(1500), "Élise"],
    [None, "x", True],
)


def rehearse() -> None:
    """Answer a workbook of each kind.

    >>> rehearse()
    """
    for writer in (ods.Writer("Feuille"), xlsx.Writer("Feuille")):
        for line in _LINES:
            writer.add(line)
        book = Workbook(get("quotite"), "2026-11-21")
        book.feed(writer.file(), last=True)
        book.advance()
        if (book.done, book.faulty) != (2, 1) or not book.file():
            raise RuntimeError("the workbook is not answered")
