"""What Python is given once it runs, when a reader needs it: the page fetches it, Python fetches nothing."""

from __future__ import annotations

import binascii
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["learn"]


def learn(packed: str, archive: Path) -> None:
    """Take a zip of modules, written in base64: some are of our package, the others are those that they need.

    ``archive``: where it is put, in a folder of the browser's Python, which is memory.
    """
    archive.write_bytes(binascii.a2b_base64(packed))
    # Last: what is in memory already stays what it is. A package may be there, and a module of it be in the zip.
    sys.path.append(str(archive))
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__path__", None)
        if isinstance(path, list):
            path.append(f"{archive}/{name.replace('.', '/')}")
