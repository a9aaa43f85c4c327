"""The version of the sources that are here: see :mod:`calculators.edition`. Never sent to the browser."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from calculators.law import law

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from calculators.law import Law

__all__ = ["digest", "sources", "version"]

_LENGTH = 6
#: What no answer of a calculator depends on: the faces, the files around the calculators, what only the pages say, and
#: the account of the versions itself.
_APART = {
    "web",
    "lot",
    "sheets",
    "files",
    "dossier",
    "versions",
    "plateformes",
    "__main__.py",
    "__pycache__",
    "terminal.py",
    "edition.py",
    "fingerprint.py",
    "corrections.toml",
    "points.toml",
}


def sources() -> dict[str, bytes]:
    """What answers depend on: the rules, their words and the law data, by path in the package; one kind of line end."""
    return dict(sorted(_below(resources.files("calculators"), "")))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.name in _APART:
            continue
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{path}{entry.name}", entry.read_bytes().replace(b"\r\n", b"\n")


def digest(content: bytes) -> str:
    """Tell a content from any other, in a few figures."""
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def version() -> str:
    """The identifier of what is here.

    >>> version()[:2]
    '20'
    """
    hashed = hashlib.sha256()
    for name, content in sources().items():
        hashed.update(f"{name}\n".encode())
        hashed.update(hashlib.sha256(content).digest())
    return f"{_last_read(law())}-{hashed.hexdigest()[:_LENGTH]}"


def _last_read(known: Law) -> str:
    """The last day on which a value or an article was read, or something said wrongly was mended."""
    read = [article.lu_le for code in known.codes.values() for article in code.articles.values() if article.lu_le]
    return max(known.verifie_le, *read, *(correction.le for correction in known.corrections.values())).isoformat()
