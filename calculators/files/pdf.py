"""What is in a PDF, read with pypdf within limits, and never written.

Anyone may have made the file. Its size, the objects asked for, what they unfold to and the pages looked at are
bounded, so that neither time nor memory runs away; what cannot be read is said.
"""

from __future__ import annotations

import logging
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
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
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

    from calculators.files.model import Readable

__all__ = ["MOST_BYTES", "MOST_PAGES", "Contenu", "TooMuchError", "bounded", "opened", "read"]

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

#: What draws: text, shapes, pictures.
_DRAWS = re.compile(rb"(?:^|[\s)\]>])(?:Tj|TJ|'|\"|Do|sh|EI|f\*?|F|S|s|B\*?|b\*?)(?=[\s\[(<%/]|$)")
#: Points in a millimetre, and the sheets that are no surprise: from half a postcard to A0, with a margin.
_POINT = 72 / 25.4
_SMALLEST, _LARGEST = 70 * _POINT, 1250 * _POINT


class TooMuchError(Exception):
    """The file asks for more than any document does."""


@dataclass
class Contenu:
    """What was found. ``pages``: nothing when they cannot be counted; the lists hold the numbers of pages, from 1."""

    ouvert: bool = False
    chiffre: bool = False
    mot_de_passe: bool = False
    demesure: bool = False
    pages: int | None = None
    blanches: list[int] = field(default_factory=list)
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
    logger.setLevel(logging.CRITICAL + 1)
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


def opened(file: Readable) -> PdfReader:
    """Open a file with the reader that counts; within :func:`bounded` only."""
    file.seek(0)
    return _Reader(cast("Any", file), strict=False, root_object_recovery_limit=1_000)


def read(file: Readable) -> Contenu:
    """Tell what is in a PDF, as far as it can be read; whatever it is, it does not raise."""
    found = Contenu()
    try:
        with bounded():
            _read(opened(file), found)
    except (TooMuchError, MemoryError, RecursionError):
        found.demesure = True
    except ImportError:
        # The library is not whole: that is no fault of the file's.
        raise
    except DependencyError:
        # The newest way of encrypting, which the library alone does not undo.
        found.chiffre = True
    except Exception as error:  # noqa: BLE001  # whatever a faulty file makes of the library, the next one is looked at
        found.demesure = found.demesure or type(error).__name__ == "LimitReachedError"
    return found


def _read(reader: PdfReader, found: Contenu) -> None:
    found.chiffre = reader.is_encrypted
    if found.chiffre and not _unlocked(reader, found):
        return
    root = _dictionary(reader.trailer.get("/Root"))
    found.ouvert = bool(root)
    _whole(root, found)
    pages = list(_pages(root.get("/Pages")))
    found.pages = len(pages)
    turns = [_turn(page) for page in pages]
    usual = max(set(turns), key=turns.count, default=0)
    found.tournees = [number for number, turn in enumerate(turns, 1) if turn != usual]
    for number, page in enumerate(pages[:_MOST_LOOKED_AT], 1):
        found.pieces_jointes = found.pieces_jointes or _has_a_file_pinned(page)
        found.script = found.script or bool(_dictionary(page.get("/AA")))
        if _odd(page):
            found.etranges.append(number)
        if not found.chiffre and _blank(page):
            found.blanches.append(number)


def _unlocked(reader: PdfReader, found: Contenu) -> bool:
    """Try no password: many files only forbid printing or copying."""
    try:
        found.mot_de_passe = not reader.decrypt("")
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
        mine = inherited | {name: node[name] for name in ("/MediaBox", "/CropBox", "/Rotate") if name in node}
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


def _blank(page: DictionaryObject) -> bool:
    """Whether nothing is drawn on a page. A scan of an empty sheet is a picture: it is not told from another."""
    if _array(page.get("/Annots")):
        return False
    content = page.get("/Contents")
    content = content.get_object() if isinstance(content, IndirectObject) else content
    parts = [entry.get_object() for entry in content[:100]] if isinstance(content, ArrayObject) else [content]
    return all(part is None or (isinstance(part, StreamObject) and _draws_nothing(part)) for part in parts)


def _draws_nothing(stream: StreamObject) -> bool:
    data = stream._data  # noqa: SLF001  # as it is in the file: the library unfolds it whole
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, ArrayObject) else [str(filters)] if filters else []
    if names == ["/FlateDecode"]:
        try:
            data = _beginning(bytes(data))
        except zlib.error:
            return False
    elif len(names) > _MOST_FILTERS:
        raise TooMuchError("filters")
    elif names:
        return False
    return len(data) < _MOST_CONTENT and not _DRAWS.search(data)


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
