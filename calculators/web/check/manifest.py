"""What a site says its engine is made of, read as what anyone may have written: known shapes only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The parts that are looked at.
PARTS = ("worker", "hot", "hot_memory", "runtime", "snapshot", "library")
#: Several times the files of an engine.
_MOST = 32
#: A file of the bundle: at its root, in the folder of the engine, or in one of those named by their content there.
_NAME = re.compile(r"(?:engine/(?:[a-z]{1,20}-[0-9a-f]{12}/)?)?[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_LONGEST = 120
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ManifestError(Exception):
    """A manifest that is not one; the message says what is wrong, in French."""


@dataclass(frozen=True)
class Manifest:
    """The parts of an engine, the hash of each file by its name, and what it was all made from."""

    parts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    sources: str = ""

    @classmethod
    def read(cls, text: str) -> Manifest:
        """Read a manifest; raise ManifestError if anything in it is not of a known shape."""
        try:
            described = json.loads(text)
        except (ValueError, RecursionError):
            raise ManifestError("ce n’est pas du JSON") from None
        engine = _object(_object(described).get("engine"))
        files = _object(described.get("files"))
        if not 0 < len(files) <= _MOST:
            raise ManifestError(f"{len(files)} fichiers")
        parts = {part: engine.get(part, "") for part in PARTS}
        if not all(part == "" or (isinstance(part, str) and part in files) for part in parts.values()):
            raise ManifestError("une partie du moteur n’est pas parmi ses fichiers")
        sources = described.get("sources")
        if not isinstance(sources, str):
            raise ManifestError("il ne dit pas de quoi il est fait")
        return cls(parts, {_name(name): _hash(file) for name, file in files.items()}, sources)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ManifestError("il n’a pas la forme attendue")
    return value


def _name(name: str) -> str:
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise ManifestError("un nom de fichier n’est pas de ceux du site")
    return name


def _hash(file: object) -> str:
    found = _object(file).get("sha256")
    if not (isinstance(found, str) and _SHA256.fullmatch(found)):
        raise ManifestError("une empreinte n’en est pas une")
    return found
