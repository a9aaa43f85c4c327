"""Workbooks of each kind, written, read and answered: what they make Python import is what it must have."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.registry import get
from calculators.sheets import ods, xlsx
from calculators.sheets.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.sheets.cells import Value

__all__ = ["rehearse", "written_in"]

_LINES: tuple[Sequence[Value], ...] = (
    [],
    ["date", "net", "nom", "ville"],
    [],
    [date(2026, 11, 30), Decimal(1500), "Élise", ' =1+1  &<">\né'],
    [datetime(2026, 11, 30, 14, 30), Decimal("1500.0000000001"), None, False],  # noqa: DTZ001  # a cell has no zone
    ["30 novembre 2026", "1 500,00 €", "\u202f€œ", True],
    [Decimal(46356), Decimal("0.5"), None, None],
    [None, "x", True],
)
#: Letters that the parts of a workbook are written in, when not in UTF-8.
_CODINGS = ("utf-8", "windows-1252", "iso-8859-15")
#: How many times more the lines are there: longer files are read and written by other ways.
_TIMES = (0, 1, 2, 5, 12, 30)


def rehearse() -> None:
    """Answer a workbook of each kind.

    >>> rehearse()
    """
    for kind, times, coding in itertools.product((ods, xlsx), _TIMES, _CODINGS):
        writer = kind.Writer("Feuille")
        for line in [*_LINES, *_LINES[3:] * times]:
            writer.add(line)
        book = Workbook(get("quotite"), "2026-11-21")
        book.feed(written_in(writer.file(), coding), last=True)
        while book.waiting:
            book.advance(50)
        if (book.done, book.faulty) != (5 * (times + 1), times + 1) or not book.file():
            raise RuntimeError(f"the workbook is not answered: {kind.__name__}, {times}, {coding}")


def written_in(content: bytes, coding: str) -> bytes:
    """The same workbook, its parts written in other letters: their first line says in which."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(copy, "w") as target:
        for name in archive.namelist():
            text = re.sub(r"^<\?xml.*?\?>", "", archive.read(name).decode())
            head = f'<?xml version="1.0" encoding="{coding}"?>'
            target.writestr(name, text if name == "mimetype" else f"{head}{text}".encode(coding, "xmlcharrefreplace"))
    return copy.getvalue()
