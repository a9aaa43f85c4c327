"""Where the feeds of what changed are in the site: the pages lead to them, and the publication writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.page.elements import SITE, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["FEED", "FEEDS", "FEED_TYPE", "feed_link", "feed_of"]

#: The feed of everything, at the root of the site; the folder of those of the démarches.
FEED, FEEDS = "ce-qui-a-change.xml", "flux"
FEED_TYPE = "application/atom+xml"


def feed_of(demarche: str) -> str:
    """The feed of a démarche.

    >>> feed_of("passeport")
    'flux/passeport.xml'
    """
    return f"{FEEDS}/{demarche}.xml"


def feed_link(demarche: str, words: str) -> ET.Element:
    """A link to the feed of a démarche, from any page."""
    return el("a", words, href=f"{SITE}{feed_of(demarche)}", type=FEED_TYPE)
