"""What a browser prints, read back from its PDF: each piece of text with its sheet, its place and its size."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.sync_api import Page

#: The smallest letters that a sheet should have, in points.
SMALLEST = 9


@dataclass(frozen=True)
class Piece:
    """A run of letters: its height above the foot of the sheet and its size, in points."""

    height: float
    size: float
    text: str


@dataclass(frozen=True)
class Sheet:
    """A printed sheet."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All that is read on it, with ordinary spaces."""
        return plain(" ".join(piece.text for piece in self.pieces))

    @property
    def foot(self) -> str:
        """The last line of it: the number of the sheet."""
        return self._line(0)

    @property
    def last(self) -> str:
        """The last line above the number of the sheet."""
        return self._line(1)

    def _line(self, above: int) -> str:
        """The line that stands so many lines above the foot."""
        height = sorted({piece.height for piece in self.pieces})[above]
        return plain(" ".join(piece.text for piece in self.pieces if piece.height == height))


def plain(text: str) -> str:
    """A text with ordinary spaces, and a letter for each that was drawn together with another."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def printed(page: Page) -> list[Sheet]:
    """Print a page on A4, as its own style sheets ask, and read the sheets."""
    # As the print button does: the page writes the day on the paper.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return [_read(sheet) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def _read(sheet: Any) -> Sheet:
    pieces: list[Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[2] * cm[1] + tm[3] * cm[3])
            pieces.append(Piece(round(height, 1), round(size * scale, 1), text))

    sheet.extract_text(visitor_text=visit)
    return Sheet(tuple(pieces))


def faults(sheets: list[Sheet], headings: Collection[str], smallest: float = SMALLEST) -> list[str]:
    """What a reader of paper would miss: the number of a sheet, letters large enough, a heading beside its text."""
    known = {plain(heading) for heading in headings}
    found = []
    for number, sheet in enumerate(sheets, 1):
        if sheet.foot != f"Page {number} sur {len(sheets)}":
            found.append(f"sheet {number}: no number, « {sheet.foot} »")
        small = {piece.text.strip() for piece in sheet.pieces if piece.size < smallest}
        if small:
            found.append(f"sheet {number}: too small, {sorted(small)}")
        if sheet.last in known:
            found.append(f"sheet {number}: a heading alone at its foot, « {sheet.last} »")
    return found
