"""Write beside each file of a site the same one compressed, for the hosts that send such files as they are."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

from calculators.web.engine import bundle
from calculators.web.publish.hosting.rules import ENCODINGS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: What is not compressed already. The archives of the engine are stored as they are, for this.
ENDINGS = TYPES.keys() - {".ico", ".pdf", ".png", ".woff2"}

#: Below this, the headers of an answer weigh more than what would be won.
SMALL = 512


def compressible(folder: Path) -> list[Path]:
    """List the files of `folder` that are worth compressing."""
    return sorted(
        path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file() and path.stat().st_size >= SMALL
    )


def compress(files: Iterable[Path]) -> None:
    """Write beside each of `files` its compressed versions; what was compressed once is kept for the next build."""
    kept = bundle.BUILD / "compressed"
    kept.mkdir(parents=True, exist_ok=True)
    places = {path: kept / hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    missing = {
        place: path
        for path, place in places.items()
        if not all(place.with_suffix(ending).is_file() for ending in ENCODINGS.values())
    }
    if missing:
        jobs = [[str(path.resolve()), str(place)] for place, path in missing.items()]
        bundle.run(
            "compressing",
            [str(bundle.NODE), str(bundle.ROOT / "calculators/web/publish/node/compress.mjs"), json.dumps(jobs)],
        )
    for path, place in places.items():
        for ending in ENCODINGS.values():
            shutil.copyfile(place.with_suffix(ending), path.with_name(path.name + ending))
