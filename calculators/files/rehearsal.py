"""PDFs read and made: what it makes Python import is what it must have."""

from __future__ import annotations

import io

from pypdf import PdfWriter

from calculators.files import mend, pdf

__all__ = ["rehearse"]


def rehearse() -> None:
    """Make a PDF, read it, make another of it, lock and unlock that one, pack them; then read bytes that are none.

    >>> rehearse()
    """
    first = mend.list_of(["acte.pdf"], "Bordereau")
    (again,) = mend.assemble([mend.Part(io.BytesIO(first), "a.pdf", 90)], len(first) * 2)
    writer, locked = PdfWriter(clone_from=io.BytesIO(again)), io.BytesIO()
    writer.encrypt("mot de passe", algorithm="RC4-128")
    writer.write(locked)
    again = mend.unlocked(locked, "a.pdf", "mot de passe")
    mend.packed([("a.pdf", io.BytesIO(again))], io.BytesIO())
    if pdf.read(io.BytesIO(again)).pages != 1 or pdf.read(io.BytesIO(b"%PDF-")).pages:
        raise RuntimeError("the PDF is not read")
