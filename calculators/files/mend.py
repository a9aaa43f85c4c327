"""Files made anew from those that were checked: one PDF from several, cut under a limit; all of them in one zip.

A PDF that is signed is never rewritten: what it proves would be lost. What is made of others holds their pages alone:
neither scripts nor attachments, nor who wrote them and with what; so a form that is filled in, or a PDF that is
protected, is not made one with others. A copy without the password keeps all that the reader needs of it, form
included.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pypdf import PageObject, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from calculators.files import images
from calculators.files.model import Readable
from calculators.files.pdf import MOST_BYTES, Contenu, bounded, examined, opened, read, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pypdf.generic import PdfObject


__all__ = ["MendError", "Part", "assemble", "list_of", "packed", "unlocked"]

#: An A4 sheet, and the margin that printers leave, in points.
_SHORT, _LONG, _MARGIN = 595.28, 841.89, 14.17
#: Pages of one PDF that is made.
_MOST_PAGES = 2_000
#: Bytes under which packing a stream saves nothing.
_WORTH_PACKING = 200
_JPEG = b"\xff\xd8\xff"
_ALONE = NameObject("/Numero")
#: Of anything in a PDF, what tells who made it and with what.
_OF_ITS_MAKERS = frozenset({"/Metadata", "/PieceInfo"})
#: Of a page, what acts, and what only its whole document gave a sense.
_LEFT_OUT = ("/AA", "/Thumb", "/StructParents", "/AF", "/B")
#: Notes that run or carry something.
_ACTING = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


class MendError(Exception):
    """It cannot be made; ``code`` says why, ``nom`` of which file."""

    def __init__(self, code: str, nom: str) -> None:
        super().__init__(f"{code}: {nom}")
        self.code, self.nom = code, nom


@dataclass(frozen=True)
class Part:
    """A file to put in a PDF, all its pages turned by so many degrees; a JPEG makes one page.

    ``pages``: by how many degrees more some of them are turned, by their numbers, from 1.
    """

    file: Readable
    nom: str
    tour: int = 0
    pages: Mapping[int, int] = field(default_factory=dict)


def assemble(parts: Sequence[Part], limit: int) -> list[bytes]:
    """Make one PDF of the parts, in their order; several, cut between pages, when one would be heavier than ``limit``.

    Raises:
        MendError: a part may not be rewritten, cannot be read, or has a page that is heavier than the limit.
    """
    with bounded():
        pages = [page for part in parts for page in _pages_of(part)]
        if not pages:
            raise MendError("rien", "")
        if len(pages) > _MOST_PAGES:
            raise MendError("trop-de-pages", parts[0].nom)
        whole = _written(pages)
        if len(whole) <= limit:
            return [whole]
        # Of what was written once, nothing is packed again at each try.
        names = [name for name, _ in pages]
        return list(_cut([*zip(names, opened(io.BytesIO(whole)).pages, strict=True)], limit))


def _cut(pages: Sequence[tuple[str, PageObject]], limit: int) -> Iterator[bytes]:
    """Make the fewest PDFs that hold the pages in order: each takes as many as it can."""
    start = 0
    while start < len(pages):
        # By halves: what is in common between pages, as a font, counts once.
        least, most, best = start + 1, len(pages), b""
        while least <= most:
            middle = (least + most) // 2
            made = _written(pages[start:middle])
            if len(made) <= limit:
                best, least = made, middle + 1
            else:
                most = middle - 1
        if not best:
            raise MendError("page-trop-lourde", pages[start][0])
        yield best
        start = most


def _pages_of(part: Part) -> Iterator[tuple[str, PageObject]]:
    size = part.file.seek(0, 2)
    part.file.seek(0)
    if part.file.read(len(_JPEG)) == _JPEG:
        yield part.nom, _turned(_photo(part), part.tour)
        return
    if size > MOST_BYTES:
        raise MendError("trop-lourd-ici", part.nom)
    found = read(part.file)
    if found.signature:
        raise MendError("signature", part.nom)
    if found.formulaire:
        raise MendError("formulaire", part.nom)
    if found.chiffre:
        raise MendError("protege", part.nom)
    if not found.pages or found.demesure:
        raise MendError("illisible", part.nom)
    try:
        for number, page in enumerate(opened(part.file).pages, 1):
            yield part.nom, _turned(page, part.tour + part.pages.get(number, 0))
    except Exception as error:
        raise MendError("illisible", part.nom) from error


def unlocked(file: Readable, nom: str, password: str) -> bytes:
    """Make a copy of a PDF that opens without its password, all of it but who wrote it and with what.

    Args:
        file: the PDF.
        nom: its name, for what is said of it.
        password: what its reader types; empty where it opens without and is only protected against other uses.

    Raises:
        MendError: the password is not the right one; the PDF has none, is signed, or cannot be read.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise MendError("trop-lourd-ici", nom)
    with bounded():
        try:
            return _copied(file, nom, password)
        except (MendError, ImportError):
            raise
        except DependencyError as error:
            raise MendError("chiffrement-inconnu", nom) from error
        except Exception as error:
            raise MendError("illisible", nom) from error


def _copied(file: Readable, nom: str, password: str) -> bytes:
    reader, found = opened(file), Contenu()
    if not reader.is_encrypted:
        raise MendError("sans-mot-de-passe", nom)
    if not unlock(reader, password):
        raise MendError("mot-de-passe-faux", nom)
    examined(reader, found, password)
    if found.signature:
        raise MendError("signature-protegee", nom)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    if not writer.pages:  # what is left of a spoilt one is no document
        raise MendError("illisible", nom)
    return _saved(writer)


def _turned(page: PageObject, degrees: int) -> PageObject:
    return page.rotate(degrees) if degrees % 360 else page


def _photo(part: Part) -> PageObject:
    """Put a JPEG on an A4 sheet, upright or lying as it is itself; its own bytes stand in the PDF."""
    image = images.jpeg(part.file)
    part.file.seek(0)
    data = part.file.read()
    if not image.largeur or not image.hauteur or image.imprimeur:
        raise MendError("illisible", part.nom)
    wide = image.largeur > image.hauteur
    width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    scale = min((width - 2 * _MARGIN) / image.largeur, (height - 2 * _MARGIN) / image.hauteur)
    w, h = image.largeur * scale, image.hauteur * scale
    picture = DecodedStreamObject()
    picture.set_data(data)
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(image.largeur),
            NameObject("/Height"): NumberObject(image.hauteur),
            NameObject("/ColorSpace"): NameObject("/DeviceGray" if image.composantes == 1 else "/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    content = f"q {w:.2f} 0 0 {h:.2f} {(width - w) / 2:.2f} {(height - h) / 2:.2f} cm /P Do Q"
    return _sheet(width, height, content.encode(), {"/XObject": DictionaryObject({NameObject("/P"): picture})})


def _sheet(width: float, height: float, content: bytes, resources: dict[str, PdfObject]) -> PageObject:
    drawn = DecodedStreamObject()
    drawn.set_data(content)
    page = PageObject()
    page.update(
        {
            NameObject("/Type"): NameObject("/Page"),
            NameObject("/MediaBox"): ArrayObject([FloatObject(n) for n in (0, 0, width, height)]),
            NameObject("/Resources"): DictionaryObject({NameObject(name): value for name, value in resources.items()}),
            NameObject("/Contents"): drawn,
        }
    )
    return page


def _written(pages: Sequence[tuple[str, PageObject]]) -> bytes:
    """Write pages, each with the name of the file it is from: what it shows is only read now, and may be damaged."""
    writer = PdfWriter()
    name = ""
    try:
        for name, page in pages:  # noqa: B007  # told when it cannot be read
            _quiet(writer.add_page(page, excluded_keys=_LEFT_OUT))
        writer.metadata = None
        return _saved(writer)
    except ImportError:
        raise
    except Exception as error:
        raise MendError("illisible", name) from error


def _saved(writer: PdfWriter) -> bytes:
    """Write it as light as can be without changing what is seen: what is there twice is kept once, the rest packed."""
    for thing in writer._objects:  # noqa: SLF001  # the library packs what it draws, and not what it took over
        if isinstance(thing, DictionaryObject):
            for name in _OF_ITS_MAKERS & thing.keys():
                del thing[name]
        if isinstance(thing, StreamObject) and "/Filter" not in thing and len(thing._data) > _WORTH_PACKING:  # noqa: SLF001
            thing.set_data(zlib.compress(thing._data, 9))  # noqa: SLF001
            thing[NameObject("/Filter")] = NameObject("/FlateDecode")
    pages = [*writer.pages]
    for number, page in enumerate(pages):
        # Two pages alike are still two.
        page[_ALONE] = NumberObject(number)
    writer.compress_identical_objects()
    for page in pages:
        del page[_ALONE]
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _quiet(page: PageObject) -> None:
    """Leave of a page what is seen: notes and links that act on their own go, as do files pinned to it."""
    notes = page.get("/Annots")
    notes = notes.get_object() if notes is not None else None
    if isinstance(notes, ArrayObject):
        kept = [note for note in notes if not _acts(note.get_object())]
        page[NameObject("/Annots")] = ArrayObject(kept)


def _acts(note: object) -> bool:
    return (
        not isinstance(note, DictionaryObject) or bool({"/AA", "/A"} & note.keys()) or note.get("/Subtype") in _ACTING
    )


# ---------------------------------------------------------------- the list that goes with the files

#: In points; then the lines that a sheet has above its lower margin, and the letters of a line.
_LINE, _SIZE, _LEFT, _TOP = 18, 11, 56.7, 770
_LINES, _LETTERS = 37, 84


def list_of(lines: Sequence[str], title: str) -> bytes:
    """Make the PDF that lists the files, a line each and longer ones folded, on as many A4 sheets as it takes."""
    shown = [piece for line in lines for piece in _folded(line)]
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    sheets = []
    for start in range(0, max(len(shown), 1), _LINES):
        drawn = [_said(title, _TOP, 16)]
        here = shown[start : start + _LINES]
        drawn += [_said(line, _TOP - _LINE * (2 + row), _SIZE) for row, line in enumerate(here)]
        fonts: dict[str, PdfObject] = {"/Font": DictionaryObject({NameObject("/F"): font})}
        sheets.append((title, _sheet(_SHORT, _LONG, b"\n".join(drawn), fonts)))
    return _written(sheets)


def _folded(line: str) -> Iterator[str]:
    while len(line) > _LETTERS:
        at = line[:_LETTERS].rfind(" ")
        at = at if at > _LETTERS // 2 else _LETTERS
        yield line[:at]
        line = "     " + line[at:].lstrip()
    yield line


def _said(text: str, height: float, size: int) -> bytes:
    plain = text.replace("\u202f", "\u00a0").encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        plain = plain.replace(mark, b"\\" + mark)
    return b"BT /F %d Tf %.1f %.1f Td (%s) Tj ET" % (size, _LEFT, height, plain)


# ---------------------------------------------------------------- all in one

_PIECE = 1 << 20


def packed(files: Sequence[tuple[str, Readable]], target: BinaryIO) -> None:
    """Write a zip of the files, as they are: pictures and PDFs are small already. Each is read piece by piece."""
    ends = []
    for name, file in files:
        file.seek(0)
        at, check, size = target.tell(), 0, 0
        for piece in iter(lambda: file.read(_PIECE), b""):  # noqa: B023  # read to its end before the next
            check, size = zlib.crc32(piece, check), size + len(piece)
        text = name.encode()
        # No day nor hour: when a file was made is no one's concern. Bit 11: its name is in UTF-8.
        told = struct.pack("<HHHHHIIIHH", 20, 1 << 11, 0, 0, 33, check, size, size, len(text), 0)
        target.write(b"PK\x03\x04" + told + text)
        file.seek(0)
        for piece in iter(lambda: file.read(_PIECE), b""):  # noqa: B023
            target.write(piece)
        ends.append(b"PK\x01\x02" + struct.pack("<H", 20) + told + struct.pack("<HHHII", 0, 0, 0, 0, at) + text)
    start = target.tell()
    target.writelines(ends)
    size = target.tell() - start
    target.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(ends), len(ends), size, start, 0))
