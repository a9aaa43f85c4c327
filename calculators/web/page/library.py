"""What Python is given once it runs, when a reader needs it: the page fetches it, Python fetches nothing."""

from __future__ import annotations

import binascii
import importlib
import sys
from pathlib import Path

import calculators

__all__ = ["learn"]

#: Where it is put: a folder of the browser's Python, which is memory.
_ARCHIVE = Path("/classeurs.zip")


def learn(packed: str, archive: Path = _ARCHIVE) -> None:
    """Take a zip of modules, written in base64: some are of our package, the others are those that they need."""
    archive.write_bytes(binascii.a2b_base64(packed))
    # Last: what is in memory already stays what it is.
    sys.path.append(str(archive))
    calculators.__path__.append(f"{archive}/calculators")
    importlib.invalidate_caches()
