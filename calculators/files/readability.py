"""Whether the text of a photograph can still be read: a warning drawn from a few pixels, never a verdict."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from calculators.files.model import Gravite, Motif

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.files.model import Preview

__all__ = ["by_pixels", "by_size", "plain"]

#: Points along the long side: an A4 sheet at 100 dots an inch, under which small print is lost.
_LEAST_LONG = 1169
#: A tile says nothing with fewer points.
_LEAST_TILE = 1024
#: One point in that many is a speck.
_SPECK = 50
_DARK = 70
#: How much neighbours differ at most, of 255, where there is sharp print, and where there is none to judge.
_SHARP = 28
_FLAT = 12
#: On a sheet made small: how much neighbours differ at least where something is written, the specks that are none, and
#: what is left aside at each edge, where there are holes, staples and the shadow of the sheet.
_WRITTEN, _SPECKS, _EDGE = 12, 4, 0.08


def by_size(width: int, height: int) -> tuple[Motif, ...]:
    """Warn of an image with too few points for a page to be read.

    >>> [motif.code for motif in by_size(640, 480)], by_size(1654, 2339)
    (['definition-faible'], ())
    """
    if max(width, height) < _LEAST_LONG:
        return (Motif("definition-faible", Gravite.A_VERIFIER, {"largeur": width, "hauteur": height}),)
    return ()


def plain(preview: Preview) -> bool:
    r"""Tell whether a sheet made small is nearly of one colour; a light that fades over it is still one.

    >>> from calculators.files.model import Preview
    >>> plain(Preview(100, bytes(10_000))), plain(Preview(100, bytes(4_000) + b"\0\xff" * 1_000 + bytes(4_000)))
    (True, False)
    """
    width = preview.largeur
    if width <= 0:
        return False
    height = len(preview.gris) // width
    left, top = int(width * _EDGE), int(height * _EDGE)
    rows = [preview.gris[row * width + left : (row + 1) * width - left] for row in range(top, height - top)]
    steps = sum(abs(a - b) >= _WRITTEN for row in rows for a, b in itertools.pairwise(row))
    steps += sum(
        abs(a - b) >= _WRITTEN for one, other in itertools.pairwise(rows) for a, b in zip(one, other, strict=True)
    )
    return bool(rows) and steps <= _SPECKS


def by_pixels(tiles: Sequence[bytes], preview: Preview | None = None) -> tuple[Motif, ...]:
    """Warn of a dark, blank or blurred image.

    Args:
        tiles: some squares of it in grey, at its own scale, a byte a point.
        preview: the whole of it, made small.
    """
    tiles = [tile for tile in tiles if len(tile) >= _LEAST_TILE]
    if preview is not None and plain(preview):
        return (Motif("image-vide", Gravite.A_VERIFIER),)
    if not tiles:
        return ()
    mean = sum(map(sum, tiles)) // sum(map(len, tiles))
    if mean < _DARK:
        return (Motif("image-sombre", Gravite.A_VERIFIER),)
    contrast, sharpest = max(map(_edges, tiles))
    if contrast < _FLAT:
        # Nothing on these tiles: nothing that should be sharp.
        return ()
    if sharpest < min(_SHARP, contrast // 3):
        return (Motif("image-floue", Gravite.A_VERIFIER),)
    return ()


def _edges(tile: bytes) -> tuple[int, int]:
    """How far its dark and its light are, and how much its sharpest neighbours differ.

    One point in fifty is left aside at each end, so that a tile with little print is judged on that print.
    """
    ordered = sorted(tile)
    steps = sorted(abs(a - b) for a, b in itertools.pairwise(tile))
    apart = len(tile) // _SPECK
    return ordered[-apart] - ordered[apart], steps[-apart]
