"""What the site keeps in the reader's browser, drawn from where its scripts take the names of what they keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["Kept", "kept", "kept_list"]

_STORAGE = Path(__file__).parent.parent / "js" / "storage.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that may be kept.

    Attributes:
        ou: the browser's own store: ``localStorage``, ``sessionStorage`` or ``caches``.
        nom: how its name there begins, or ends.
        quoi: what it is, in words.
        duree: until when.
        effacer: what erases it.
    """

    ou: str
    nom: str
    quoi: str
    duree: str
    effacer: str


@cache
def kept() -> tuple[Kept, ...]:
    """All that the scripts may keep."""
    data = json.loads(_STORAGE.read_text("utf-8"))
    return tuple(
        Kept(entry["ou"], data[entry["cle"]], entry["quoi"], entry["duree"], entry["effacer"])
        for entry in data["liste"]
    )


def kept_list() -> ET.Element:
    """The list, for the page on privacy."""
    items = (
        el(
            "li",
            el("strong", thing.quoi),
            f" : {thing.duree}. Pour l'effacer : {thing.effacer}.",
            data_garde=thing.ou,
        )
        for thing in kept()
    )
    return el("ul", *items)
