"""The feed of « Ce qui a changé »: an Atom file, written into the built site.

Identifiers are made from the keys of the law files, so that a reader's program shows each change once, whatever the
site's address. Dates are those of the law, never of the build: the same law gives the same file.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING

from calculators.law import law
from calculators.typography import french
from calculators.web.guides.changes import changes, corrected

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.web.guides.changes import Change

__all__ = ["FEED", "atom", "write"]

#: The file, at the root of the site.
FEED = "ce-qui-a-change.xml"
_PAGE = "ce-qui-a-change/"
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "mode-emploi-demarches:changements")
_TITLE = "Mode d'emploi des démarches : ce qui a changé"


def write(site: Path, today: date) -> None:
    """Write the feed at the root of a built site: what had changed by the day the site is built for."""
    every = sorted([*corrected(law()), *changes(law())], key=lambda change: change.jour, reverse=True)
    past = [change for change in every if change.jour <= today]
    (site / FEED).write_text(atom(past), "utf-8")


def atom(entries: list[Change]) -> str:
    """Write changes, newest first, as an Atom feed."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"})
    _texts(feed, title=_TITLE, id=_urn("flux"), updated=_instant(entries[0].jour if entries else date.min))
    _texts(ET.SubElement(feed, f"{{{_ATOM}}}author"), name="Mode d'emploi des démarches")
    ET.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=FEED)
    ET.SubElement(feed, f"{{{_ATOM}}}link", rel="alternate", href=_PAGE)
    for change in entries:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _texts(entry, title=change.quoi, id=_urn(change.cle), updated=_instant(change.jour))
        ET.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=change.lien or _PAGE)
        _texts(entry, summary=f"{change.quoi} {change.texte}".strip())
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, words in texts.items():
        ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = french(words) if name in {"title", "summary"} else words


def _urn(key: str) -> str:
    return uuid.uuid5(_NAMESPACE, key).urn


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
