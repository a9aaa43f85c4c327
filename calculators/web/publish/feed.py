"""The feeds of « Ce qui a changé »: one of everything, and one a démarche, as Atom files written into the built site.

Identifiers are made from the keys of the law files, so that a reader's program shows each change once, whatever the
site's address, and in whichever feed it comes. Dates are those of the law and of the published versions, never of the
build: the same sources give the same files.

Python's own writer of XML makes them: a feed is a few elements, and the libraries that write feeds bring a parser of
their own or date what they write by the clock. The tests read them back with one of these.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from html import escape
from typing import TYPE_CHECKING

from calculators.law import law
from calculators.law.pieces import demarches
from calculators.typography import french
from calculators.versions.records import records
from calculators.web.guides.changes import changes, corrected, of_the_lists
from calculators.web.guides.feeds import FEED, FEED_TYPE, FEEDS, feed_of
from calculators.web.publish.metadata import front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from calculators.web.guides.changes import Change

__all__ = ["atom", "write"]

_PAGE = "ce-qui-a-change/"
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "mode-emploi-demarches:changements")
_TITLE = "Mode d'emploi des démarches : ce qui a changé"


def write(site: Path, docs: Path, today: date) -> None:
    """Write the feeds of a built site, of what had changed by the day it is built for, and lead its pages to them.

    Args:
        site: the built site.
        docs: the sources of its pages: their front matter names the démarches that they are about.
        today: the day that the site is built for.
    """
    every = [*corrected(law()), *changes(law()), *of_the_lists(records())]
    past = sorted(
        (change for change in every if change.jour <= today), key=lambda one: (one.jour, one.cle), reverse=True
    )
    (site / FEED).write_text(atom(past), "utf-8")
    (site / FEEDS).mkdir(exist_ok=True)
    pages = _pages(docs)
    for name, demarche in demarches().items():
        told = [change for change in past if _concerns(change, name, demarche.sujet, pages)]
        text = atom(told, f"{french(demarche.titre)} : ce qui a changé", feed_of(name), f"pieces/{name}/")
        (site / feed_of(name)).write_text(text, "utf-8")
    for page in sorted(site.rglob("index.html")):
        _lead(page, site, pages)


def _concerns(change: Change, name: str, subject: str, pages: Mapping[str, _Names]) -> bool:
    """Whether a change is told in the feed of a démarche; what was corrected, where the page that says it leads."""
    if change.sujets or change.demarches:
        return subject in change.sujets or name in change.demarches
    about = _around(change.lien.strip("/"), pages)
    return not about or name in about


#: The démarches and the calculators that a page names, in its front matter or by its address.
_Names = tuple[tuple[str, ...], tuple[str, ...]]


def _pages(docs: Path) -> dict[str, _Names]:
    """What each page is about, by its address."""
    found: dict[str, _Names] = {}
    for source in sorted(docs.rglob("*.md")):
        address = source.relative_to(docs).with_suffix("").as_posix().removesuffix("index").strip("/")
        data = front_matter(docs, address)
        own = address.removeprefix("pieces/")
        named = [own] if own in demarches() and own != address else data.get("pieces") or ()
        found[address] = tuple(named), tuple(data.get("calculateurs") or ())
    return found


def _around(address: str, pages: Mapping[str, _Names]) -> frozenset[str]:
    """The démarches of a page; of one that names none, those of the pages beside it, or that lead to its calculator."""
    named, _ = pages.get(address, ((), ()))
    if named:
        return frozenset(named)
    folder, _, tool = address.rpartition("/")
    if folder == "calculateurs":
        return frozenset(name for those, tools in pages.values() if tool in tools for name in those)
    beside = folder or address
    return frozenset(name for where, (those, _) in pages.items() if where.partition("/")[0] == beside for name in those)


def _lead(page: Path, site: Path, pages: Mapping[str, _Names]) -> None:
    """Name in the head of a page the feeds of its démarches, after that of everything."""
    address = page.parent.relative_to(site).as_posix()
    root = "../" * len(page.relative_to(site).parent.parts)
    links = "".join(
        f'<link rel="alternate" type="{FEED_TYPE}" title="{escape(_short(name))}" href="{root}{feed_of(name)}">'
        for name in pages.get(address, ((), ()))[0]
    )
    if links:
        page.write_text(page.read_text("utf-8").replace("</head>", f"{links}</head>", 1), "utf-8")


def _short(name: str) -> str:
    return french(f"Ce qui a changé : {demarches()[name].titre}")


def atom(entries: Iterable[Change], title: str = _TITLE, name: str = FEED, page: str = _PAGE) -> str:
    """Write changes, newest first, as the Atom feed of that name in the site; ``page`` is where a reader finds them."""
    told = list(entries)
    root = "../" * name.count("/")
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"})
    identifier = _urn("flux" if name == FEED else name)
    _texts(feed, title=title, id=identifier, updated=_instant(told[0].jour if told else law().verifie_le))
    _texts(ET.SubElement(feed, f"{{{_ATOM}}}author"), name="Mode d'emploi des démarches")
    ET.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=name.rpartition("/")[2])
    ET.SubElement(feed, f"{{{_ATOM}}}link", rel="alternate", href=f"{root}{page}")
    for change in told:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _texts(entry, title=change.quoi, id=_urn(change.cle), updated=_instant(change.jour))
        link = change.lien if change.lien.startswith("https://") else f"{root}{change.lien or _PAGE}"
        ET.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=link)
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
