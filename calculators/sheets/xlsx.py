"""The workbooks of Excel, read and written line by line by openpyxl."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from calculators.sheets.cells import MERGED, NO_VALUE, Line, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.sheets.cells import Value

__all__ = ["ENDING", "Reader", "Writer"]

ENDING = "xlsx"
_VISIBLE = "visible"
_LONGEST_NAME = 31
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's reader of a sheet, which takes a formula without a result for an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula whose result is an empty text says that it is a text.
        if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            cell["value"] = Unread(NO_VALUE)
        return cell


class Reader:
    """The sheets of a workbook."""

    def __init__(self, content: bytes) -> None:
        self._book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        self.day_zero: date = self._book.epoch.date()
        self.sheets = [(str(sheet.title), sheet.sheet_state == _VISIBLE) for sheet in self._book.worksheets]

    def lines(self, sheet: int) -> Iterator[Line]:
        """Read a sheet, but the lines that are not in the file."""
        found = self._book.worksheets[sheet]
        covered = _covered(self._book._archive.open(found._worksheet_path))  # noqa: SLF001  # the public way reads it all
        open_here: list[_Area] = []
        with found._get_source() as source:  # noqa: SLF001
            parser = _Parser(
                source,
                found._shared_strings,  # noqa: SLF001
                data_only=True,
                epoch=self._book.epoch,
                date_formats=self._book._date_formats,  # noqa: SLF001
                timedelta_formats=self._book._timedelta_formats,  # noqa: SLF001
            )
            for number, cells in parser.parse():
                values: list[Value] = []
                for cell in cells:
                    values += [None] * (cell["column"] - len(values))
                    values[cell["column"] - 1] = _value(cell["value"])
                while covered and covered[-1].top <= number:
                    open_here.append(covered.pop())
                open_here = [area for area in open_here if area.bottom >= number]
                for area in open_here:
                    values += [None] * (area.right - len(values))
                    for column in range(area.left, area.right + 1):
                        if (number, column) != (area.top, area.left):
                            values[column - 1] = Unread(MERGED)
                yield Line(number, values)


def _value(value: object) -> Value:
    if isinstance(value, bool | str | datetime | date | time | timedelta | Unread) or value is None:
        return value
    # The shortest number that is the same to a spreadsheet: 1234.56, not 1234.5599999999999.
    return Decimal(repr(value)) if isinstance(value, int | float) else str(value)


class _Area(NamedTuple):
    """Cells that are merged, from the one that is shown."""

    top: int
    left: int
    bottom: int
    right: int


def _covered(source: Any) -> list[_Area]:
    """The merged cells of a sheet, the last first: they are named after the lines, which are not kept."""
    found: set[_Area] = set()
    rest = b""
    with source:
        while piece := source.read(1 << 20):
            text = rest + piece
            for ref in _MERGE.findall(text):
                left, top, right, bottom = range_boundaries(ref.decode())
                found.add(_Area(top, left, bottom, right))
            rest = text[max(text.rfind(b"<"), 0) :]
    return sorted(found, reverse=True)


class Writer:
    """A workbook of one sheet, written line by line."""

    def __init__(self, title: str) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:_LONGEST_NAME])

    def add(self, cells: Sequence[Value]) -> None:
        """Add a line."""
        self._sheet.append([self._cell(value) for value in cells])

    def _cell(self, value: Value) -> Any:
        if value is None or isinstance(value, Unread):
            return None
        cell = WriteOnlyCell(self._sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
        elif isinstance(value, date):
            hour = " hh:mm:ss" if isinstance(value, datetime) and value.time() != time() else ""
            cell.number_format = f"dd/mm/yyyy{hour}"
        return cell

    def file(self) -> bytes:
        """The whole workbook."""
        content = io.BytesIO()
        self._book.save(content)
        return content.getvalue()

    def drop(self) -> None:
        """Give up: openpyxl keeps what it writes in a file until then."""
        self._sheet.close()
        with suppress(OSError):
            self._sheet._writer.cleanup()  # noqa: SLF001  # as its own save does
