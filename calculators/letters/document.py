"""A letter as a .docx file, which Word and LibreOffice open: the parts of a letter in, bytes out.

Written here, with nothing but what the browser's Python already holds. The library that writes such files in Python
needs a compiled one of several megabytes; the one in JavaScript weighs more than all the letters, and could not serve
the command line. A letter has paragraphs and one table: five small XML files in a zip. The tests read them back with
other libraries.

ECMA-376, part 1 (WordprocessingML), part 2 (the package); the zip without compression nor date: the same letter is the
same bytes everywhere.
"""

from __future__ import annotations

import binascii
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from calculators.result import Bloc, Partie
from calculators.typography import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculators.result import Result

__all__ = ["BLANKS", "FILE_TYPE", "blocs_of", "document", "docx"]

FILE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: A blank, in the words of :data:`calculators.letters.words.letter.BLANK`.
BLANKS = re.compile(r"(\[… [^\]\n]* …\])")

_TWIPS = 1440 / 25.4  # of one millimetre: a twip is the twentieth of a point
#: The sheet, in millimetres. The address stands where the window of an envelope is: from 105 mm on the left, between 50
#: and 90 mm from the top.
_LEFT, _TOP, _RIGHT, _BOTTOM = 25, 20, 20, 20
_SENDER, _ADDRESS, _ADDRESS_LEFT, _LINE = 30, 40, 80, 5
_WIDTH, _HEIGHT = 210, 297


def document(result: Result) -> bytes:
    """The letter of an answer, as a file."""
    return docx(result.lettre.blocs if result.lettre else ())


def blocs_of(parts: Sequence[Mapping[str, object]]) -> Iterator[Bloc]:
    """The parts of a letter as the page holds them, once its reader has changed them.

    Raises:
        ValueError: one is no part of a letter.
    """
    for part in parts:
        lines = part.get("lignes") or ()
        if not isinstance(lines, list | tuple):
            raise ValueError("the lines of a table are a list")  # noqa: TRY004  # one error for what is not a letter
        yield Bloc(
            Partie(str(part["partie"])), str(part.get("texte") or ""), tuple(tuple(map(str, line)) for line in lines)
        )


def docx(blocs: Sequence[Bloc]) -> bytes:
    """Write a letter.

    >>> docx([Bloc(Partie.TEXTE, "Bonjour")])[:2]
    b'PK'
    """
    body = _el("w:body")
    for bloc in blocs:
        body.extend(_table(bloc.lignes) if bloc.lignes else _paragraphs(bloc))
    size = _el("w:pgSz", w=_mm(_WIDTH), h=_mm(_HEIGHT))
    margins = _el("w:pgMar", top=_mm(_TOP), right=_mm(_RIGHT), bottom=_mm(_BOTTOM), left=_mm(_LEFT), header="0")
    margins.set("w:footer", "0")
    margins.set("w:gutter", "0")
    body.append(_el("w:sectPr", size, margins))
    root = _el("w:document", body)
    root.set("xmlns:w", _WORD)
    return _zip({**_FIXED, "word/document.xml": _xml(root)})


def _mm(length: float) -> str:
    return str(round(length * _TWIPS))


def _el(tag: str, *children: ET.Element, **attributes: str) -> ET.Element:
    element = ET.Element(tag, {f"w:{name.rstrip('_')}": value for name, value in attributes.items()})
    element.extend(children)
    return element


def _xml(root: ET.Element) -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + ET.tostring(root, encoding="unicode").encode()


def _run(text: str, *, bold: bool = False) -> Iterator[ET.Element]:
    """A text in one way, its blanks apart, so that they are seen."""
    for number, piece in enumerate(BLANKS.split(text)):
        if not piece:
            continue
        look = _el("w:rPr")
        if bold:
            look.append(_el("w:b"))
        if number % 2:
            look.append(_el("w:highlight", val="yellow"))
        words = _el("w:t")
        words.set("xml:space", "preserve")
        words.text = piece
        yield _el("w:r", look, words)


def _paragraph(text: str, *, after: float, left: float = 0, exact: bool = False, bold: bool = False) -> ET.Element:
    spacing = _el("w:spacing", before="0", after=_mm(after))
    if exact:
        spacing.set("w:line", _mm(_LINE))
        spacing.set("w:lineRule", "exact")
    look = _el("w:pPr", spacing)
    if left:
        look.append(_el("w:ind", left=_mm(left)))
    return _el("w:p", look, *_run(text, bold=bold))


def _paragraphs(bloc: Bloc) -> Iterator[ET.Element]:
    """The lines of a part, each a paragraph, with what each kind of part needs around it."""
    lines = harmless(bloc.texte).split("\n")
    height, left = {
        Partie.EXPEDITEUR: (_SENDER, 0),
        Partie.DESTINATAIRE: (_ADDRESS, _ADDRESS_LEFT),
    }.get(bloc.partie, (0, _ADDRESS_LEFT if bloc.partie in {Partie.LIEU, Partie.SIGNATURE} else 0))
    last = max(height - _LINE * len(lines), 0) if height else 3
    for number, line in enumerate(lines, 1):
        yield _paragraph(
            line,
            after=last if number == len(lines) else 0,
            left=left,
            exact=bool(height),
            bold=bloc.partie is Partie.OBJET,
        )


def _table(lines: Sequence[Sequence[str]]) -> Iterator[ET.Element]:
    """A table with its headings, then the empty line that parts it from what follows."""
    columns = max(len(line) for line in lines)
    width = _mm((_WIDTH - _LEFT - _RIGHT) / columns)
    borders = (_el(f"w:{side}", val="single", sz="4", space="0", color="auto") for side in _SIDES)
    table = _el(
        "w:tbl",
        _el("w:tblPr", _el("w:tblW", w="0", type="auto"), _el("w:tblBorders", *borders)),
        _el("w:tblGrid", *(_el("w:gridCol", w=width) for _ in range(columns))),
    )
    for number, line in enumerate(lines):
        row = _el("w:tr")
        if not number:
            row.append(_el("w:trPr", _el("w:tblHeader")))
        for cell in (*line, *[""] * (columns - len(line))):
            of_cell = _el("w:tcPr", _el("w:tcW", w=width, type="dxa"))
            row.append(_el("w:tc", of_cell, _paragraph(harmless(cell), after=0, bold=not number)))
        table.append(row)
    yield table
    yield _paragraph("", after=0)


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _fixed(text: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text).encode()


#: What is the same in every letter.
_FIXED: Mapping[str, bytes] = {
    "[Content_Types].xml": _fixed(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
    ),
    "_rels/.rels": _fixed(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": _fixed(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": _fixed(
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="fr-FR"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
    ),
}


def _zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, as they are (PKWARE's APPNOTE, 4.3): of 1 January 1980, its first day."""

    def number(value: int, size: int = 2) -> bytes:
        return value.to_bytes(size, "little")

    body, index = b"", b""
    for name, content in files.items():
        # Version 2.0, names in UTF-8, stored; the time and the day; the checksum and the sizes; the name's length.
        told = number(20) + number(0x800) + number(0) + number(0) + number(0x21) + number(binascii.crc32(content), 4)
        told += number(len(content), 4) * 2 + number(len(name.encode())) + number(0)
        index += b"PK\x01\x02" + number(20) + told + bytes(10) + number(len(body), 4) + name.encode()
        body += b"PK\x03\x04" + told + name.encode() + content
    end = number(0, 4) + number(len(files)) * 2 + number(len(index), 4) + number(len(body), 4) + number(0)
    return body + index + b"PK\x05\x06" + end
