"""What our extensions ask of Python-Markdown's tree, and of the builder that has a page made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.util import AtomicString

from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from markdown import Markdown

__all__ = ["LEFT_ALONE", "UNSEARCHED", "frozen", "page_of", "readable", "unsearched"]

#: What is not read as sentences.
LEFT_ALONE = frozenset({"code", "pre", "script", "style", "textarea", "svg"})

#: What holds words that the search leaves out.
UNSEARCHED = "mode-emploi-hors-recherche"


def page_of(md: Markdown | None) -> str:
    """The page being made, from the folder of the pages, for the errors: each builder gives it to a step of its own."""
    for step in (*md.treeprocessors, *md.preprocessors) if md else ():
        page = getattr(step, "file", None) or getattr(step, "page", None)  # of MkDocs, of Zensical
        if name := getattr(page, "src_uri", "") or getattr(page, "path", ""):
            return str(name)
    return "guide"


def readable(root: ET.Element) -> Iterator[ET.Element]:
    """Go through the elements whose texts are read as sentences."""
    yield root
    for child in root:
        if child.tag not in LEFT_ALONE:
            yield from readable(child)


def frozen(element: ET.Element) -> ET.Element:
    """Keep Markdown from reading the texts we made: an asterisk or an underscore in them is just that."""
    for part in element.iter():
        if part.text:
            part.text = AtomicString(part.text)
        if part.tail and part is not element:
            part.tail = AtomicString(part.tail)
    return element


def unsearched(element: ET.Element) -> ET.Element:
    """Keep the search of the site from an element: a page is found by its own words, not by the cells of a calendar.

    Material's index goes on as soon as an element of the same name is closed inside: the name is one that no other has.
    """
    return el(UNSEARCHED, element, data_search_exclude="")
