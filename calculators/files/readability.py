"""Whether the text of a photograph can still be read: a warning drawn from a few pixels, never a verdict."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from calculators.files.model import Gravite, Motif

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["by_pixels", "by_size"]

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


def by_size(width: int, height: int) -> tuple[Motif, ...]:
    """Warn of an image with too few points for a page to be read.

    >>> [motif.code for motif in by_size(640, 480)], by_size(1654, 2339)
    (['definition-faible'], ())
    """
    if max(width, height) < _LEAST_LONG:
        return (Motif("definition-faible", Gravite.A_VERIFIER, {"largeur": width, "hauteur": height}),)
    return ()


def by_pixels(tiles: Sequence[bytes]) -> tuple[Motif, ...]:
    """Warn of a dark or blurred image, by some square tiles of it in grey, at its own scale, a byte a point."""
    tiles = [tile for tile in tiles if len(tile) >= _LEAST_TILE]
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
