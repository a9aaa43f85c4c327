"""The workbooks of Excel, read and written line by line by openpyxl."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from calculators.lot.table import EXCEL_DAY_ZERO
from calculators.sheets.cells import Line, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.sheets.cells import Value

__all__ = ["ENDING", "Reader", "Writer"]

ENDING = "xlsx"
_VISIBLE = "visible"
_NO_VALUE = "contient une formule sans résultat. Ouvrez le classeur dans un tableur, enregistrez-le, et recommencez"
_MERGED = "est fusionnée avec une autre. Défusionnez-les, et écrivez la valeur dans chacune"
_LONGEST_NAME = 31


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's reader of a sheet, which takes a formula without a result for an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula whose result is an empty text says that it is a text.
        if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            cell["value"] = Unread(_NO_VALUE)
        return cell


class Reader:
    """The sheets of a workbook."""

    def __init__(self, content: bytes) -> None:
        self._book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        epoch: datetime = self._book.epoch
        # Excel takes 1900 for a leap year: from March of that year on, its days count from the eve of the first.
        self.day_zero = EXCEL_DAY_ZERO if epoch.year < date(1904, 1, 1).year else epoch.date()
        self.sheets = [(str(sheet.title), sheet.sheet_state == _VISIBLE) for sheet in self._book.worksheets]

    def lines(self, sheet: int) -> Iterator[Line]:
        """Read a sheet, but the lines that are not in the file."""
        found = self._book.worksheets[sheet]
        covered = _covered(self._book._archive.open(found._worksheet_path))  # noqa: SLF001  # the public way reads it all
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
                for first, last, top, left, right in covered:
                    if first <= number <= last:
                        values += [None] * (right - len(values))
                        for column in range(left, right + 1):
                            if (number, column) != (top, left):
                                values[column - 1] = Unread(_MERGED)
                yield Line(number, values)


def _value(value: object) -> Value:
    if isinstance(value, bool | str | datetime | date | time | timedelta | Unread) or value is None:
        return value
    # The shortest number that is the same to a spreadsheet, which keeps no more digits: 1234.56, not 1234.5599999999999.
    return Decimal(repr(value)) if isinstance(value, int | float) else str(value)


def _covered(source: Any) -> list[tuple[int, int, int, int, int]]:
    """The merged cells of a sheet: first and last line, then line, column of the one that is shown, and last column."""
    import re  # noqa: PLC0415

    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415

    found = []
    rest = b""
    with source:
        while piece := source.read(1 << 20):
            text = rest + piece
            for ref in re.findall(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"', text):
                left, top, right, last = range_boundaries(ref.decode())
                found.append((top, last, top, left, right))
            rest = text[text.rfind(b"<") :] if b"<" in text else b""
    return found


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
            cell.number_format = "dd/mm/yyyy hh:mm:ss" if isinstance(value, datetime) and value.time() != time() else "dd/mm/yyyy"
        return cell

    def file(self) -> bytes:
        """The whole workbook."""
        content = io.BytesIO()
        self._book.save(content)
        return content.getvalue()
