"""QR codes, drawn as one path so that the page's own colours fill it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno

from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["qr_code"]

_QUIET = 4  # modules of margin, as the standard asks


def qr_code(text: str, *, label: str) -> ET.Element:
    """The QR code of a text, named for who cannot see it.

    Raises:
        ValueError: the text is too long for any QR code.
    """
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    path = "".join(_row(number, row) for number, row in enumerate(matrix))
    size = len(matrix) + 2 * _QUIET
    return el(
        "svg",
        el("path", d=path),
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_label=label,
        shape_rendering="crispEdges",
    )


def _row(number: int, row: bytearray) -> str:
    """The dark runs of one row."""
    runs, column = "", 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            runs += f"M{column + _QUIET} {number + _QUIET}h{width}v1h-{width}z"
        column += width
    return runs
