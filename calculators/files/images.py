"""What a JPEG or a PNG says of itself: its measures, how it is turned, what it was cut of, what follows its end.

The pixels are not decoded: that takes a library and memory, and a hostile image may make either of no end.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.files.model import Readable

__all__ = ["Image", "jpeg", "png"]

#: Segments of a JPEG, chunks of a PNG: more than any has.
_MOST_PARTS = 10_000
#: Of what follows the end of an image, and of its data between two looks.
_PIECE = 1 << 20
_MOST_AFTER = 1 << 22
_ORIENTATION, _GPS = 0x0112, 0x8825
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_END, _SCAN, _APP1 = 0xD9, 0xDA, 0xE1
_ORIENTATIONS = range(1, 9)
#: From there on they swap width and height.
_LYING = 5
_CMYK = 4


@dataclass
class Image:
    """What was read of it. ``entiere``: its own end was found; ``apres``: some bytes of what follows that end."""

    largeur: int = 0
    hauteur: int = 0
    orientation: int = 1
    position: bool = False
    composantes: int = 0
    entiere: bool = False
    apres: bytes = b""

    @property
    def imprimeur(self) -> bool:
        """Whether its colours are those of a printing press."""
        return self.composantes == _CMYK

    @property
    def shown(self) -> tuple[int, int] | None:
        """Width and height as a viewer that follows the orientation shows them."""
        if not self.largeur or not self.hauteur:
            return None
        size = (self.largeur, self.hauteur)
        return size[::-1] if self.orientation >= _LYING else size


def jpeg(file: Readable) -> Image:
    """Read the segments of a JPEG up to its pixels, then look for its end."""
    image = Image()
    file.seek(2)
    for _ in range(_MOST_PARTS):
        head = file.read(2)
        if len(head) < 2 or head[0] != 0xFF:  # noqa: PLR2004  # a mark has two bytes, of which the first is always so
            return image
        mark = head[1]
        if mark == 0xFF:  # noqa: PLR2004  # filling
            file.seek(-1, 1)
        elif mark == _END:
            image.entiere = True
            image.apres = file.read(_MOST_AFTER)
            return image
        elif mark not in _ALONE:
            length = int.from_bytes(file.read(2), "big") - 2  # it counts itself
            if length < 0:
                return image
            body = file.read(length)
            if len(body) < length:
                return image
            _segment(image, mark, body)
            if mark == _SCAN:
                _skip_scan(file)
    return image


def _segment(image: Image, mark: int, body: bytes) -> None:
    if mark in _FRAMES and len(body) > 5:  # noqa: PLR2004  # precision, height, width, components
        image.hauteur, image.largeur = struct.unpack(">HH", body[1:5])
        image.composantes = body[5]
    elif mark == _APP1 and body.startswith(b"Exif\0\0"):
        _exif(image, body[6:])


def _skip_scan(file: Readable) -> None:
    """Go to the next mark after the pixels, or to the end of the file when there is none."""
    start = file.tell()
    kept = b""
    for piece in iter(lambda: file.read(_PIECE), b""):
        data = kept + piece
        at = data.find(b"\xff")
        while 0 <= at < len(data) - 1:
            if data[at + 1] not in (0, 0xFF) and data[at + 1] not in _ALONE:
                file.seek(start + at)
                return
            at = data.find(b"\xff", at + 1)
        kept = data[-1:]
        start += len(data) - len(kept)


def png(file: Readable) -> Image:
    """Read the chunks of a PNG, whose data is passed over, up to its end."""
    image = Image()
    end = file.seek(0, 2)
    file.seek(8)
    for _ in range(_MOST_PARTS * 10):
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004  # a length and a name
            return image
        length, name = struct.unpack(">I4s", head)
        at = file.tell()
        if at + length + 4 > end:
            return image
        if name == b"IHDR" and length >= 8:  # noqa: PLR2004  # width, height
            image.largeur, image.hauteur = struct.unpack(">II", file.read(8))
        elif name == b"eXIf":
            _exif(image, file.read(min(length, _PIECE)))
        elif name == b"IEND":
            file.seek(at + length + 4)
            image.entiere = True
            image.apres = file.read(_MOST_AFTER)
            return image
        file.seek(at + length + 4)
    return image


def _exif(image: Image, data: bytes) -> None:
    """Read in the data of a camera how it was held, and whether it says where."""
    for tag, value in _entries(data):
        if tag == _ORIENTATION and value in _ORIENTATIONS:
            image.orientation = value
        elif tag == _GPS:
            image.position = True


def _entries(data: bytes) -> Iterator[tuple[int, int]]:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    with suppress(struct.error):  # it is cut there
        (at,) = struct.unpack(f"{order}I", data[4:8])
        (count,) = struct.unpack(f"{order}H", data[at : at + 2])
        for start in range(at + 2, at + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack(f"{order}HHIHxx", data[start : start + 12])
            yield tag, value
