"""What a cell of a workbook holds, and how the calculators read it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from calculators.lot.stream import CONTROL

__all__ = ["MERGED", "NO_VALUE", "Line", "Unread", "Value", "as_text", "column_letters", "shown"]

#: Why the value of a cell is not in the file.
NO_VALUE = "contient une formule sans résultat. Ouvrez le classeur dans un tableur, enregistrez-le, et recommencez"
MERGED = "est fusionnée avec une autre. Défusionnez-les, et écrivez la valeur dans chacune"
_LETTERS = 26
_DECIMALS_READ_AS_GROUPS = 3


class Unread(NamedTuple):
    """A cell whose value is not in the file; ``why`` says so, and what to do, after the name of the cell."""

    why: str


Value = None | bool | str | Decimal | datetime | date | time | timedelta | Unread


class Line(NamedTuple):
    """A line of a sheet: its number there, from one, and its cells up to the last."""

    number: int
    cells: list[Value]


def as_text(value: Value) -> str:
    """Write a cell as the readers of what people type read it.

    >>> as_text(Decimal("1500.5")), as_text(datetime(2026, 11, 20)), as_text(True), as_text(Decimal("1.234"))
    ('1500.5', '2026-11-20', 'oui', '1.2340')
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        # « 1.234 » typed may be a thousand; a number of a workbook may not.
        return f"{text}0" if len(text.partition(".")[2]) == _DECIMALS_READ_AS_GROUPS else text
    if isinstance(value, datetime):
        # To the second: spreadsheets keep an hour as a part of a day, and lose some.
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return "" if value is None or isinstance(value, Unread) else str(value)


def shown(value: Value) -> Value:
    r"""A cell as it goes into the answer: a control character would make the workbook unreadable.

    >>> shown("a\x1b[2J")
    'a�[2J'
    """
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) else value


def column_letters(place: int) -> str:
    """Name a column as spreadsheets do, from its place, which begins at zero.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters
