"""Pages that are one picture, as a scanner makes them: whether it is nearly of one colour, as far as that can be told.

No library that decodes pictures is at hand. What is written as it is, or packed as zip files are, is looked at here, a
few points of a few lines; a fax by what it weighs, since a line like the one above takes one bit of it. A JPEG, or what
can be made a PNG without being decoded, is given to the browser, which draws it: see ``readability.plain``. The others
are not looked at, which is said.
"""

from __future__ import annotations

import itertools
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Picture", "Room", "drawn_as", "picture_of"]

#: Points of a picture that are worth drawing, bytes of a line, and those that the pictures of a file may unfold to.
_MOST_POINTS = 50_000_000
_LONGEST_LINE = 1 << 20
_PIECE = 1 << 20
_MOST_UNFOLDED, _MOST_PACKED_TWICE = 400 << 20, 16 << 20
#: Lines and points of a line that are looked at, and what is left aside at each edge: holes, staples, a shadow.
_LOOKED_AT = 320
_EDGE = 0.08
#: How much two points differ at least where there is something, of 255; and how often they may: for a few specks.
_STEP, _SPECKS = 24, 24
#: Bits of a fax for each line, at most, when nearly all lines are white.
_FAX_BITS = 1.5
_DCT, _FLATE, _FAX = "/DCTDecode", "/FlateDecode", "/CCITTFaxDecode"
_PNG_PREDICTOR = 10
_PNG_KINDS = {1: 0, 3: 2}
_COLOURS = {
    **dict.fromkeys(("/DeviceGray", "/CalGray", "/Indexed", "/Separation"), 1),
    **dict.fromkeys(("/DeviceRGB", "/CalRGB", "/Lab"), 3),
    "/DeviceCMYK": 4,
}
_GREY_BITS, _COLOUR_BITS = {1, 2, 4, 8, 16}, {8, 16}

#: What shows anything but a picture: text, shapes, a picture within the page's own words.
_SHOWS = re.compile(rb"(?:^|[\s)\]>])(?:Tj|TJ|'|\"|sh|EI|f\*?|F|S|s|B\*?|b\*?)(?=[\s\[(<%/]|$)")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?=[\s\[(<%/]|$)")


@dataclass(frozen=True)
class Picture:
    """The picture of a page. ``vide``: whether it is nearly of one colour; nothing when only drawing it tells."""

    stream: StreamObject
    vide: bool | None


class Room:
    """How much more may be unfolded to look at the pictures of one file."""

    left = _MOST_UNFOLDED


def picture_of(content: bytes, resources: DictionaryObject, room: Room) -> Picture | None:
    """Give the only thing that a page shows, when it is a picture; ``content`` is what draws the page."""
    names = _NAMED.findall(content)
    if len(names) != 1 or _SHOWS.search(content):
        return None
    (name,) = names
    things = _of(resources.get("/XObject"))
    stream = _of(things.get(f"/{name.decode('latin-1')}")) if isinstance(things, DictionaryObject) else None
    if not isinstance(stream, StreamObject) or stream.get("/Subtype") != "/Image":
        return None
    return Picture(stream, _plain(stream, room))


def drawn_as(stream: StreamObject) -> bytes | None:
    """Give a picture as a file that a browser draws, without decoding it; nothing where that cannot be."""
    width, height = _size(stream)
    if not 0 < width * height <= _MOST_POINTS or not _whole(stream):
        return None
    filters, data = _filters(stream), bytes(stream._data)  # noqa: SLF001  # as it is in the file
    if filters == [_DCT]:
        return data
    if filters == [_FLATE, _DCT]:
        room = Room()
        room.left = _MOST_PACKED_TWICE
        return b"".join(_unfolded(data, room))
    options = _options(stream)
    colours, bits = _number(options, "/Colors", 1), _number(options, "/BitsPerComponent", 8)
    if filters != [_FLATE] or _predictor(options) < _PNG_PREDICTOR or _indexed(stream):
        return None
    if bits not in (_GREY_BITS if colours == 1 else _COLOUR_BITS) or colours not in _PNG_KINDS:
        return None
    # What a PDF calls a predictor is the way PNG writes its lines, packed in the same manner.
    head = struct.pack(">IIBBBBB", width, height, bits, _PNG_KINDS[colours], 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _plain(stream: StreamObject, room: Room) -> bool | None:
    filters = _filters(stream)
    width, height = _size(stream)
    if not 0 < width * height <= _MOST_POINTS or not _whole(stream):
        return None
    data = bytes(stream._data)  # noqa: SLF001
    options = _options(stream)
    if filters == [_FAX]:
        # Only where each line is told from the one above: elsewhere white takes bits too.
        return len(data) * 8 <= height * _FAX_BITS if _number(options, "/K", 0) < 0 else None
    if filters == [_FLATE] and _predictor(options) == 1:
        return _few_points_differ(_unfolded(data, room), stream, width, height)
    return _few_points_differ(iter([data]), stream, width, height) if not filters else None


def _few_points_differ(pieces: Iterator[bytes], stream: StreamObject, width: int, height: int) -> bool | None:
    """Look at some points of some lines, none of which is kept."""
    bits = 1 if stream.get("/ImageMask") else _number(stream, "/BitsPerComponent", 8)
    colours = 1 if bits == 1 else _colours(stream)
    if colours is None or bits not in {1, 8}:
        return None
    line = (width * colours * bits + 7) // 8
    if line > _LONGEST_LINE:
        return None
    # Of a byte that holds eight points, or the number of a colour, any other is something else.
    step = 1 if bits == 1 or _indexed(stream) else _STEP
    first, last = int(line * _EDGE) // colours * colours, line - int(line * _EDGE)
    apart = max((last - first) // colours // _LOOKED_AT, 1) * colours
    row, bottom = int(height * _EDGE), height - int(height * _EDGE)
    kept, start, differ, above = b"", 0, 0, b""
    for piece in pieces:
        kept += piece
        while (row + 1) * line <= start + len(kept):
            at = row * line - start
            points = kept[at + first : at + last : apart]
            differ += sum(abs(a - b) >= step for a, b in itertools.pairwise(points))
            differ += sum(abs(a - b) >= step for a, b in zip(points, above, strict=False))
            if differ > _SPECKS:
                return False
            above = points
            row += max(height // _LOOKED_AT, 1)
            if row >= bottom:
                return True
        done = min(row * line - start, len(kept))
        kept, start = kept[done:], start + done
    return None


def _unfolded(packed: bytes, room: Room) -> Iterator[bytes]:
    """Unfold a stream piece by piece, while there is room; what is faulty ends it."""
    unpacking, waiting = zlib.decompressobj(), packed
    while room.left > 0:
        try:
            piece = unpacking.decompress(waiting, _PIECE)
        except zlib.error:
            return
        if not piece:
            return
        room.left -= len(piece)
        waiting = unpacking.unconsumed_tail
        yield piece


def _of(thing: object) -> object:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def _number(holder: DictionaryObject, name: str, default: int) -> int:
    value = _of(holder.get(name))
    return int(value) if isinstance(value, int | float) else default


def _predictor(options: DictionaryObject) -> int:
    """How each line is told from the one above; 1 when it is written as it is."""
    return _number(options, "/Predictor", 1)


def _size(stream: StreamObject) -> tuple[int, int]:
    return _number(stream, "/Width", 0), _number(stream, "/Height", 0)


def _whole(stream: StreamObject) -> bool:
    """Whether what is seen of it is itself: under a mask, a black sheet may show a text."""
    return "/SMask" not in stream and "/Mask" not in stream


def _filters(stream: StreamObject) -> list[str]:
    found = _of(stream.get("/Filter"))
    if isinstance(found, ArrayObject):
        return [str(_of(name)) for name in found]
    return [str(found)] if found is not None else []


def _options(stream: StreamObject) -> DictionaryObject:
    found = _of(stream.get("/DecodeParms"))
    if isinstance(found, ArrayObject):
        found = _of(*found) if len(found) == 1 else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _indexed(stream: StreamObject) -> bool:
    return _space(stream)[0] == "/Indexed"


def _colours(stream: StreamObject) -> int | None:
    """How many numbers make a point."""
    name, about = _space(stream)
    if name == "/ICCBased" and isinstance(about, DictionaryObject):
        return _number(about, "/N", 0) or None
    return _COLOURS.get(name)


def _space(stream: StreamObject) -> tuple[str, object]:
    """The name of the space of its colours, and what describes that space."""
    space = _of(stream.get("/ColorSpace"))
    if isinstance(space, ArrayObject) and space:
        return str(_of(space[0])), _of(space[1]) if len(space) > 1 else None
    return str(space), None
