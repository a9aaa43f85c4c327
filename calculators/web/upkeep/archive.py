"""The copy that an archive kept of a page, near the day it was read: asked of the Internet Archive, and cited."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from calculators.web.upkeep.reading import State

if TYPE_CHECKING:
    from datetime import date

    from calculators.web.upkeep.reading import Reader

__all__ = ["ARCHIVE", "copy_of"]

#: What answers with the copy nearest to a day.
ARCHIVE = "https://archive.org/wayback/available"
_COPY = re.compile(r"https?://web\.archive\.org/web/[0-9]{4,14}[a-z_]*/[!-~]+")


def copy_of(address: str, day: date | None, reader: Reader, archive: str = ARCHIVE) -> str:
    """The address of a copy of this page; empty when there is none, or when the archive does not answer."""
    asked = {"url": address} | ({"timestamp": f"{day:%Y%m%d}"} if day else {})
    got = reader.get(f"{archive}?{urlencode(asked)}")
    if got.state is not State.READ:
        return ""
    try:
        told = json.loads(got.content)
        nearest = told["archived_snapshots"]["closest"]
        found = str(nearest["url"]) if nearest["available"] is True else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return re.sub(r"^http:", "https:", found) if _COPY.fullmatch(found) else ""
