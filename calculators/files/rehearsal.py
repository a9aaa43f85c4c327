"""PDFs read and made: what it makes Python import is what it must have."""

from __future__ import annotations

import io

from calculators.files import mend, pdf

__all__ = ["rehearse"]


def rehearse() -> None:
    """Make a PDF, read it, make another of it, pack them; then read bytes that are none.

    >>> rehearse()
    """
    first = mend.list_of(["acte.pdf"], "Bordereau")
    (again,) = mend.assemble([mend.Part(io.BytesIO(first), "a.pdf", 90)], len(first) * 2)
    mend.packed([("a.pdf", io.BytesIO(again))], io.BytesIO())
    if pdf.read(io.BytesIO(again)).pages != 1 or pdf.read(io.BytesIO(b"%PDF-")).ouvert:
        raise RuntimeError("the PDF is not read")
