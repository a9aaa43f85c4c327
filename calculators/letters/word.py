"""A letter as a .docx file, on the command line: what `layout` decided, written with python-docx.

Nothing else imports this module: its library needs a compiled one, which the browser's Python does not have. The page
writes the same sheet with `calculators/web/js/letter/word.mjs`.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from calculators.letters.layout import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document as Book
    from docx.text.paragraph import Paragraph as Line

    from calculators.letters.layout import Paragraph, Run, Sheet

__all__ = ["written"]


def written(sheet: Sheet, day: date) -> bytes:
    """Write a letter of that day. The file says neither who made it nor on which machine."""
    book = Document()
    _set_up(book, sheet)
    told = book.core_properties
    told.title, told.language = sheet.title, sheet.language
    told.author = told.comments = told.last_modified_by = ""
    told.created = told.modified = datetime.combine(day, time())  # of the letter, not of the library's model
    for part in sheet.parts:
        if isinstance(part, Table):
            _add_table(book, part, sheet)
        else:
            _fill(book.add_paragraph(), part.runs, part)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set_up(book: Book, sheet: Sheet) -> None:
    page = book.sections[0]
    page.page_width, page.page_height = Mm(sheet.width), Mm(sheet.height)
    page.top_margin, page.right_margin = Mm(sheet.top), Mm(sheet.right)
    page.bottom_margin, page.left_margin = Mm(sheet.bottom), Mm(sheet.left)
    page.header_distance = page.footer_distance = Mm(0)
    normal = book.styles["Normal"].font
    normal.name, normal.size = sheet.font, Pt(sheet.size)
    for language in book.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), sheet.language)


def _fill(line: Line, runs: Sequence[Run], look: Paragraph | None = None) -> None:
    kind = line.paragraph_format
    kind.space_before = Mm(0)
    kind.space_after = Mm(look.after if look else 0)
    if look is None or not look.line:
        kind.line_spacing = 1.0
    else:
        kind.line_spacing = Mm(look.line)
    if look:
        kind.left_indent = Mm(look.left)
        kind.page_break_before, kind.keep_with_next = look.new_page, look.keep_next
    for run in runs:
        words = line.add_run(run.text)
        words.bold = run.bold
        words.font.highlight_color = WD_COLOR_INDEX.YELLOW if run.blank else None


def _add_table(book: Book, part: Table, sheet: Sheet) -> None:
    (columns,) = {len(cells) for cells in part.rows}
    grid = book.add_table(len(part.rows), columns, style="Table Grid")
    grid.autofit = False
    width = Mm((sheet.width - sheet.left - sheet.right) / columns)
    for row, cells in zip(grid.rows, part.rows, strict=True):
        for cell, runs in zip(row.cells, cells, strict=True):
            cell.width = width
            _fill(cell.paragraphs[0], runs)
    # Said again where the table goes on to a new sheet, and read as headings.
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # the library has no other way
