"""The workbooks of LibreOffice and of the OpenDocument standard (ISO/IEC 26300), read and written line by line.

The library that Python has for them holds the whole document in memory and has had no version since 2020: the little
that a list of cases needs is read here, its XML by defusedxml.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from defusedxml.ElementTree import iterparse

from calculators.lot.table import EXCEL_DAY_ZERO, MOST_COLUMNS
from calculators.sheets.cells import MERGED, NO_VALUE, Line, Unread, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from calculators.sheets.cells import Value

__all__ = ["ENDING", "MEDIA_TYPE", "Reader", "Writer"]

ENDING = "ods"
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE, _NUMBER = (
    f"{{{_NAMESPACE}{name}:1.0}}" for name in ("office", "table", "text", "style", "datastyle")
)
_NUMBERS = {"float", "percentage", "currency"}
_MOST_SPACES = 1000
_MARKS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))
_SPACES = re.compile(r"^ +| {2,}")  # that XML would not keep


class Reader:
    """The sheets of a workbook."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.day_zero = EXCEL_DAY_ZERO
        self.sheets: list[tuple[str, bool]] = []
        hidden: set[str] = set()
        style = ""
        for event, element in self._events():
            if event == "start" and element.tag == f"{_TABLE}table":
                named = element.get(f"{_TABLE}style-name", "")
                self.sheets.append((element.get(f"{_TABLE}name", ""), named not in hidden))
            elif event == "start" and element.tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif event == "start" and element.tag == f"{_STYLE}table-properties":
                if element.get(f"{_TABLE}display") == "false":
                    hidden.add(style)
            elif event == "start" and element.tag == f"{_TABLE}null-date":
                self.day_zero = date.fromisoformat(element.get(f"{_TABLE}date-value", EXCEL_DAY_ZERO.isoformat()))
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                element.clear()

    def _events(self) -> Iterator[tuple[str, Element]]:
        with self._archive.open(_CONTENT) as content:
            yield from iterparse(content, events=("start", "end"), forbid_dtd=True)

    def lines(self, sheet: int) -> Iterator[Line]:
        """Read a sheet, but the blank lines that are said to be there so many times."""
        place, number = -1, 0
        row = _Row()
        for event, element in self._events():
            begins = event == "start"
            if element.tag == f"{_TABLE}table":
                place += begins
                if place == sheet and not begins:
                    return
            elif element.tag == f"{_TABLE}table-row" and begins:
                row = _Row(element)
            elif element.tag == f"{_TABLE}table-row":
                element.clear()
                if place == sheet:
                    yield from row.lines(number)
                    number += row.repeated
            elif element.tag in _CELLS and place == sheet and not begins:
                row.add(element)


class _Row:
    """A line being read."""

    def __init__(self, element: Element | None = None) -> None:
        self.repeated = 1 if element is None else _count(element, f"{_TABLE}number-rows-repeated")
        self._cells: list[Value] = []
        self._element = element
        self._blanks = 0  # cells that say nothing, left out unless others follow

    def add(self, cell: Element) -> None:
        """Read the next cell."""
        times = _count(cell, f"{_TABLE}number-columns-repeated")
        value = _value(cell)
        if value is None:
            self._blanks += times
        else:
            # One more than are read: the line is then refused, in its words.
            room = MOST_COLUMNS + 1
            self._cells += [None] * min(self._blanks, room - len(self._cells))
            self._cells += [value] * min(times, room - len(self._cells))
            self._blanks = 0
        if self._element is not None:
            self._element.clear()

    def lines(self, after: int) -> Iterator[Line]:
        """The lines that it stands for, after so many others; none when it says nothing."""
        if self._cells:
            yield from (Line(after + time, self._cells) for time in range(1, self.repeated + 1))


_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def _count(element: Element, name: str) -> int:
    return max(int(element.get(name, "1")), 1)


def _value(cell: Element) -> Value:
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.tag == f"{_TABLE}covered-table-cell":
        return Unread(MERGED)
    if kind in _NUMBERS:
        return Decimal(cell.get(f"{_OFFICE}value", ""))
    if kind == "date":
        text = cell.get(f"{_OFFICE}date-value", "")
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind is None and cell.get(f"{_TABLE}formula"):
        return Unread(NO_VALUE)
    return (
        cell.get(f"{_OFFICE}time-value")
        or cell.get(f"{_OFFICE}string-value")
        or "\n".join(map(_text, cell.findall(f"{_TEXT}p")))
        or None
    )


def _text(paragraph: Element) -> str:
    """The text of a paragraph, with the spaces that XML would not keep."""
    found = [paragraph.text or ""]
    for child in paragraph:
        match child.tag.removeprefix(_TEXT):
            case "s":
                found.append(" " * min(_count(child, f"{_TEXT}c"), _MOST_SPACES))
            case "tab":
                found.append("\t")
            case "line-break":
                found.append("\n")
            case "span" | "a":
                found.append(_text(child))
            case _:  # a note, a mark of a place
                pass
        found.append(child.tail or "")
    return "".join(found)


_DECLARED = "".join(
    f' xmlns:{prefix}="{_NAMESPACE}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{_DECLARED} office:version="1.3">'
    '<office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/'
    '</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="D" style:family="table-cell" style:data-style-name="N1"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
    f'xmlns:manifest="{_NAMESPACE}manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    f'<manifest:file-entry manifest:full-path="{_CONTENT}" manifest:media-type="text/xml"/></manifest:manifest>'
)
_SOME_DAY = (1980, 1, 1, 0, 0, 0)  # the same cases give the same bytes


class Writer:
    """A workbook of one sheet, written line by line."""

    def __init__(self, title: str) -> None:
        # Lines take twenty times less memory so, and nothing is open that would have to be closed.
        self._packer = zlib.compressobj()
        head = f'{_HEAD}<table:table table:name="{_escape(title)}">'
        self._packed = [self._packer.compress(head.encode())]

    def add(self, cells: Sequence[Value]) -> None:
        """Add a line."""
        line = f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"
        self._packed.append(self._packer.compress(line.encode()))

    def file(self) -> bytes:
        """The whole workbook."""
        self._packed += [self._packer.compress(_TAIL.encode()), self._packer.flush()]
        whole, unpacker = io.BytesIO(), zlib.decompressobj()
        with zipfile.ZipFile(whole, "w") as archive:
            # First, and not compressed: whoever looks at the first bytes knows the file by it.
            archive.writestr(zipfile.ZipInfo("mimetype", _SOME_DAY), MEDIA_TYPE, zipfile.ZIP_STORED)
            archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml", _SOME_DAY), _MANIFEST, zipfile.ZIP_DEFLATED)
            entry = zipfile.ZipInfo(_CONTENT, _SOME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as content:
                for piece in self._packed:
                    content.write(unpacker.decompress(piece))
        return whole.getvalue()

    def drop(self) -> None:
        """Give up."""
        self._packed.clear()


def _escape(text: str) -> str:
    """Write a text in XML, as Python's own module does that comes with half of a browser."""
    for mark, written in _MARKS:
        text = text.replace(mark, written)
    return text


def _cell(value: Value) -> str:
    if value is None or isinstance(value, Unread):
        return "<table:table-cell/>"
    text = as_text(value)
    typed: Mapping[str, str] = {"value-type": "string"}
    style = ""
    if isinstance(value, bool):
        typed = {"value-type": "boolean", "boolean-value": str(value).lower()}
    elif isinstance(value, Decimal):
        text = f"{value:f}"
        typed = {"value-type": "float", "value": text}
        text = text.replace(".", ",")
    elif isinstance(value, date):
        whole = isinstance(value, datetime) and value.time() != time()
        text = f"{value:%d/%m/%Y %H:%M:%S}" if whole else f"{value:%d/%m/%Y}"
        day = value.date() if isinstance(value, datetime) and not whole else value
        typed = {"value-type": "date", "date-value": day.isoformat()}
        style = ' table:style-name="D"'
    told = "".join(f' office:{name}="{_escape(said)}"' for name, said in typed.items())
    lines = "".join(f"<text:p>{_escaped(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{style}{told}>{lines}</table:table-cell>"


def _escaped(line: str) -> str:
    spaced = _escape(line.replace("\r", "")).replace("\t", "<text:tab/>")
    return _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', spaced)
