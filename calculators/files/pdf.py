"""What is in a PDF, read with pypdf within limits, and never written.

Anyone may have made the file. Its size, the objects asked for, what they unfold to and the pages looked at are
bounded, so that neither time nor memory runs away; what cannot be read is said.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

# pypdf asks for them by their names, which Python finds in the browser only if a module there imports them.
from encodings import utf_16_be, utf_16_le  # noqa: F401
from operator import methodcaller
from typing import TYPE_CHECKING, Any, cast

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    StreamObject,
    encode_pdfdocencoding,
)

from calculators.files.aes import equip
from calculators.files.scans import Room, drawn_as, picture_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

    from calculators.files.model import Readable
    from calculators.files.scans import Picture

# In which old programs wrote names. pypdf also tries Chinese, which the browser's Python does not have.
NameObject.CHARSETS = ("utf-8", "latin-1")  # type: ignore[assignment]

__all__ = [
    "MOST_BYTES",
    "MOST_PAGES",
    "Contenu",
    "TooMuchError",
    "bounded",
    "end_of",
    "examined",
    "opened",
    "pictures",
    "read",
    "unlock",
]

#: A heavier file is not opened: no place takes it, and a phone has no memory for it.
MOST_BYTES = 64_000_000
#: Pages that are counted, and those whose content is looked at.
MOST_PAGES = 5_000
_MOST_LOOKED_AT = 2_000
#: Objects asked for in all, and bytes that one stream, then all of them, may unfold to.
_MOST_OBJECTS = 200_000
_MOST_STREAM = 16_000_000
_MOST_UNFOLDED = 96_000_000
#: Of a page's content, enough to know that something is drawn; all that the plan of a town draws; and filters, of which
#: one or two make sense.
_MOST_CONTENT, _PIECE = 1 << 16, 1 << 20
_MOST_DRAWN = 100_000_000
_MOST_FILTERS = 4
_DEEP = 60
#: Pages of one picture that are given to be drawn, and bytes of these pictures in all.
_MOST_PICTURES, _MOST_PICTURED = 40, 16_000_000

#: What draws: text, shapes, pictures.
_DRAWS = re.compile(rb"(?:^|[\s)\]>])(?:Tj|TJ|'|\"|Do|sh|EI|f\*?|F|S|s|B\*?|b\*?)(?=[\s\[(<%/]|$)")
#: Points in a millimetre, and the sheets that are no surprise: from half a postcard to A0, with a margin.
_POINT = 72 / 25.4
_SMALLEST, _LARGEST = 70 * _POINT, 1250 * _POINT
#: What a page has from the branch of the tree it hangs on.
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
#: The end of a PDF, and how far from that of the file readers still look for it.
_END, _BESIDE = b"%%EOF", 1024


class TooMuchError(Exception):
    """The file asks for more than any document does."""


@dataclass
class Contenu:
    """What was found. ``pages``: nothing when they cannot be counted; the lists hold the numbers of pages, from 1.

    ``blanches``: nothing is drawn there; ``vides``: a picture is, which is nearly of one colour; ``images``: a picture
    is, of which it is not known here.
    """

    chiffre: bool = False
    mot_de_passe: bool = False
    demesure: bool = False
    pages: int | None = None
    blanches: list[int] = field(default_factory=list)
    vides: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    tournees: list[int] = field(default_factory=list)
    etranges: list[int] = field(default_factory=list)
    signature: bool = False
    formulaire: bool = False
    xfa: bool = False
    pieces_jointes: bool = False
    portfolio: bool = False
    script: bool = False


class _Reader(PdfReader):
    """A reader that counts what it is made to do."""

    asked = 0
    unfolded = 0

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Give an object, while there are not too many."""
        self.asked += 1
        if self.asked > _MOST_OBJECTS:
            raise TooMuchError("objects")
        return super().get_object(indirect_reference)

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        found = super()._get_object_from_stream(indirect_reference)
        number, _ = self.xref_objStm[indirect_reference.idnum]
        holder = self.resolved_objects.get((0, number))
        decoded = holder.decoded_self if isinstance(holder, EncodedStreamObject) else None
        if decoded is not None:
            # Its objects are kept, each on its own: the text they were read from is not needed twice.
            self.unfolded += len(decoded.get_data())
            if self.unfolded > _MOST_UNFOLDED:
                raise TooMuchError("unfolded")
        return found


@contextmanager
def bounded() -> Iterator[None]:
    """Hold pypdf within our limits, and its remarks back: it writes on the standard error what it mends."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with apply_configuration(
            maximum_declared_stream_length=MOST_BYTES,
            array_based_stream_maximum_output_length=_MOST_STREAM,
            zlib_maximum_output_length=_MOST_STREAM,
            zlib_maximum_recovery_input_length=200_000,
            lzw_maximum_output_length=_MOST_STREAM,
            run_length_maximum_output_length=_MOST_STREAM,
            stream_decoding_work_maximum_length=4 * _MOST_STREAM,
            page_tree_maximum_entries=4 * MOST_PAGES,
            jbig2dec_binary=None,
        ):
            yield
    finally:
        logger.setLevel(level)


class _Until(io.RawIOBase):
    """A file that ends where its PDF does: what follows is none of it, and pypdf would look through it byte by byte."""

    def __init__(self, file: Readable, end: int) -> None:
        super().__init__()
        self._file, self._end, self._at = file, end, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(offset + (0, self._at, self._end)[whence], 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._at)
        data = self._file.read(max(min(len(buffer), self._end - self._at), 0))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def end_of(file: Readable) -> int | None:
    """Tell where the PDF ends, in bytes, whatever was put after it; nothing when its end is missing."""
    last = file.seek(0, 2)
    least = max(last - MOST_BYTES, 0)
    while last > least:
        start = max(last - _PIECE, 0)
        file.seek(start)
        found = file.read(last - start).rfind(_END)
        if found >= 0:
            return start + found + len(_END)
        # Its mark may lie on both sides of where two pieces meet.
        last = start + len(_END) - 1 if start else 0
    return None


def opened(file: Readable) -> PdfReader:
    """Open a file with the reader that counts; within :func:`bounded` only."""
    equip()
    end, size = end_of(file), file.seek(0, 2)
    shown: object = io.BufferedReader(_Until(file, end)) if end and size - end > _BESIDE else file
    file.seek(0)
    return _Reader(cast("Any", shown), strict=False, root_object_recovery_limit=1_000)


def unlock(reader: PdfReader, password: str) -> bool:
    """Try a password, written in each way that programs have written it; tell whether it opens the file."""
    return any(reader.decrypt(written) for written in _spellings(password))


def _spellings(password: str) -> list[bytes]:
    """A password as bytes: what a keyboard gives, and what the standards and programs of their time made of it.

    >>> _spellings("a"), len(_spellings("é"))
    ([b'a'], 4)
    """
    found: dict[bytes, None] = {}
    for text in (password, *(unicodedata.normalize(form, password) for form in ("NFKC", "NFC", "NFD"))):
        for write in (_standard, encode_pdfdocencoding, _latin, _windows, _mac):
            with suppress(UnicodeEncodeError):
                found[write(text)] = None
    return [*found]


_standard, _latin, _windows, _mac = (
    methodcaller("encode", code) for code in ("utf-8", "latin-1", "cp1252", "mac_roman")
)


def pictures(file: Readable) -> dict[int, bytes]:
    """Give the pictures of the pages that must be drawn to know whether there is anything on them, by their number.

    Some of the first ones only, and none when the file cannot be read.
    """
    found: dict[int, bytes] = {}
    total = 0
    try:
        with bounded():
            for number, picture in _pictures(opened(file)):
                content = drawn_as(picture.stream) if picture.vide is None else None
                if content is not None and total + len(content) <= _MOST_PICTURED:
                    total += len(content)
                    found[number] = content
                if len(found) == _MOST_PICTURES:
                    break
    except ImportError:
        raise
    except Exception:  # noqa: BLE001  # what is not given is not looked at, and said so
        return found
    return found


def _pictures(reader: PdfReader) -> Iterator[tuple[int, Picture]]:
    room = Room()
    root = _dictionary(reader.trailer.get("/Root"))
    for number, page in enumerate(_pages(root.get("/Pages")), 1):
        if number > _MOST_LOOKED_AT:
            return
        content = None if _array(page.get("/Annots")) else _content(page)
        picture = picture_of(content, _dictionary(page.get("/Resources")), room) if content else None
        if picture:
            yield number, picture


def read(file: Readable) -> Contenu:
    """Tell what is in a PDF, as far as it can be read; whatever it is, it does not raise."""
    found = Contenu()
    try:
        with bounded():
            examined(opened(file), found)
    except (TooMuchError, MemoryError, RecursionError):
        found.demesure = True
    except ImportError:
        # The library is not whole: that is no fault of the file's.
        raise
    except DependencyError:
        # The newest way of encrypting, which the library alone does not undo.
        found.chiffre = True
    except Exception as error:  # noqa: BLE001  # whatever a faulty file makes of the library, the next one is looked at
        found.demesure = type(error).__name__ == "LimitReachedError"
    return found


def examined(reader: PdfReader, found: Contenu, password: str = "") -> None:
    """Tell what is in a PDF that was opened, as far as it can be read; within :func:`bounded` only."""
    found.chiffre = reader.is_encrypted
    if found.chiffre and not _unlocked(reader, found, password):
        return
    root = _dictionary(reader.trailer.get("/Root"))
    _whole(root, found)
    pages = list(_pages(root.get("/Pages")))
    found.pages = len(pages)
    turns = [_turn(page) for page in pages]
    usual = max(set(turns), key=turns.count, default=0)
    found.tournees = [number for number, turn in enumerate(turns, 1) if turn != usual]
    room = Room()
    for number, page in enumerate(pages[:_MOST_LOOKED_AT], 1):
        found.pieces_jointes = found.pieces_jointes or _has_a_file_pinned(page)
        found.script = found.script or bool(_dictionary(page.get("/AA")))
        if _odd(page):
            found.etranges.append(number)
        _what_is_drawn(page, number, found, room)


def _what_is_drawn(page: DictionaryObject, number: int, found: Contenu, room: Room) -> None:
    """Note a page with nothing on it, as far as that can be told; a note that is pinned to it is something."""
    content = None if _array(page.get("/Annots")) else _content(page)
    if content is None:
        return
    if not _DRAWS.search(content):
        found.blanches.append(number)
    elif picture := picture_of(content, _dictionary(page.get("/Resources")), room):
        if picture.vide:
            found.vides.append(number)
        elif picture.vide is None:
            found.images.append(number)


def _unlocked(reader: PdfReader, found: Contenu, password: str) -> bool:
    """Try a password, at first none: many files only forbid printing or copying."""
    try:
        found.mot_de_passe = not unlock(reader, password)
    except Exception:  # noqa: BLE001  # a way of encrypting that the library does not have
        return False
    return not found.mot_de_passe


def _dictionary(thing: object) -> DictionaryObject:
    value = thing.get_object() if isinstance(thing, IndirectObject) else thing
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _array(thing: object) -> ArrayObject:
    value = thing.get_object() if isinstance(thing, IndirectObject) else thing
    return value if isinstance(value, ArrayObject) else ArrayObject()


def _whole(root: DictionaryObject, found: Contenu) -> None:
    """What is said of the whole document."""
    form = _dictionary(root.get("/AcroForm"))
    fields = _array(form.get("/Fields"))
    found.xfa = "/XFA" in form
    found.signature = any(_is_signed(_dictionary(entry)) for entry in fields[:_MOST_LOOKED_AT])
    found.formulaire = found.xfa or any(_dictionary(entry).get("/FT") != "/Sig" for entry in fields[:_MOST_LOOKED_AT])
    names = _dictionary(root.get("/Names"))
    found.pieces_jointes = bool(_dictionary(names.get("/EmbeddedFiles"))) or "/AF" in root
    found.portfolio = "/Collection" in root
    opening = _dictionary(root.get("/OpenAction"))
    found.script = (
        bool(_dictionary(names.get("/JavaScript")))
        or opening.get("/S") in {"/JavaScript", "/Launch"}
        or bool(_dictionary(root.get("/AA")))
    )


def _is_signed(entry: DictionaryObject) -> bool:
    if entry.get("/FT") == "/Sig" and "/V" in entry:
        return True
    return any(
        child.get("/FT") == "/Sig" and "/V" in child
        for child in map(_dictionary, _array(entry.get("/Kids"))[:_MOST_LOOKED_AT])
    )


def _pages(top: object) -> Iterator[DictionaryObject]:
    """The pages, in order, each with what it inherits; a tree that comes back on itself is cut there."""
    waiting: list[tuple[object, dict[str, object], int]] = [(top, {}, 0)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        thing, inherited, depth = waiting.pop()
        node = _dictionary(thing)
        # One page may stand twice in a document; a branch of the tree that does is a loop.
        if isinstance(thing, IndirectObject) and "/Kids" in node:
            key = (thing.idnum, thing.generation)
            if key in seen:
                continue
            seen.add(key)
        mine = inherited | {name: node[name] for name in _INHERITED if name in node}
        if "/Kids" in node and depth < _DEEP:
            waiting += [(kid, mine, depth + 1) for kid in reversed(_array(node.get("/Kids")))]
        elif node:
            count += 1
            if count > MOST_PAGES:
                raise TooMuchError("pages")
            yield DictionaryObject({**node, **{NameObject(name): value for name, value in mine.items()}})


def _has_a_file_pinned(page: DictionaryObject) -> bool:
    """Whether a note of a page carries a file: it is seen by few, and a PDF made anew leaves it out."""
    notes = _array(page.get("/Annots"))[:_MOST_LOOKED_AT]
    return any(_dictionary(note).get("/Subtype") == "/FileAttachment" for note in notes)


def _turn(page: DictionaryObject) -> int:
    turn = page.get("/Rotate", 0)
    turn = turn.get_object() if isinstance(turn, IndirectObject) else turn
    return int(turn) % 360 if isinstance(turn, int | float) else 0


def _odd(page: DictionaryObject) -> bool:
    """Whether a page is of a size that no printer has."""
    box = _array(page.get("/CropBox") or page.get("/MediaBox"))
    numbers = [value.get_object() for value in box]
    if len(numbers) != 4 or not all(isinstance(value, int | float) for value in numbers):  # noqa: PLR2004
        return False
    left, bottom, right, top = (float(cast("Any", value)) for value in numbers)
    short, long = sorted((abs(right - left), abs(top - bottom)))
    return short < _SMALLEST or long > _LARGEST


def _content(page: DictionaryObject) -> bytes | None:
    """What draws a page, when it is short and can be read."""
    content = page.get("/Contents")
    content = content.get_object() if isinstance(content, IndirectObject) else content
    parts = [entry.get_object() for entry in content[:100]] if isinstance(content, ArrayObject) else [content]
    read_out = [b"" if part is None else _start_of(part) for part in parts]
    known = [text for text in read_out if text is not None]
    joined = b"\n".join(known)
    return joined if len(known) == len(parts) and len(joined) < _MOST_CONTENT else None


def _start_of(stream: PdfObject) -> bytes | None:
    if not isinstance(stream, StreamObject):
        return None
    data = stream._data  # noqa: SLF001  # as it is in the file: the library unfolds it whole
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, ArrayObject) else [str(filters)] if filters else []
    if len(names) > _MOST_FILTERS:
        raise TooMuchError("filters")
    try:
        return _beginning(bytes(data)) if names == ["/FlateDecode"] else None if names else bytes(data[:_MOST_CONTENT])
    except zlib.error:
        return None


def _beginning(packed: bytes) -> bytes:
    """What a stream begins with, once unfolded; the rest is measured, and not kept."""
    unpacking = zlib.decompressobj()
    start = unpacking.decompress(packed, _MOST_CONTENT)
    total = len(start)
    while unpacking.unconsumed_tail:
        total += len(unpacking.decompress(unpacking.unconsumed_tail, _PIECE))
        if total > _MOST_DRAWN:
            raise TooMuchError("content")
    return start
