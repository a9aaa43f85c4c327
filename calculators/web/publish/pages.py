"""A built page, read back: what it says of itself, its title, its steps and its questions, in the reader's own words.

What is told to search engines and to other sites is drawn from here, so that it cannot say anything else than the page.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["NOT_FOUND", "BuiltPage", "Part", "address_of", "read"]

#: The page of what is not there, shown at any address.
NOT_FOUND = "404.html"

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSAID = frozenset({"script", "style", "svg", "template"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Part:
    """A step, or a question with its answer: its title if it has one, its text, and the anchor nearest to it."""

    titre: str
    texte: str
    ancre: str = ""


@dataclass(slots=True)
class BuiltPage:
    """A page of the built site; ``chemin`` are its breadcrumbs, as (words, address from the page)."""

    adresse: str
    title: str = ""
    description: str = ""
    verifie_le: str = ""
    chemin: list[tuple[str, str]] = field(default_factory=list)
    article: ET.Element = field(default_factory=lambda: ET.Element("article"))

    @property
    def h1(self) -> str:
        """The title that the reader sees."""
        return words(next(self.article.iter("h1"), self.article))

    @property
    def text(self) -> str:
        """Everything that the article says."""
        return words(self.article)

    def steps(self, anchor: str) -> list[Part]:
        """List the steps under the heading that has this anchor: its numbered list, or else its smaller headings."""
        section = self.section(anchor)
        for element in section[1:]:
            if element.tag == "ol":
                return [Part(_led_by(item), words(item), anchor) for item in element.findall("li")]
        return _under(section, f"h{int(section[0].tag[1]) + 1}") if section else []

    def questions(self, anchor: str) -> list[Part]:
        """List the questions of the list under this heading: each is in bold, and its answer follows it."""
        items = [item for element in self.section(anchor) if element.tag == "ul" for item in element.findall("li")]
        asked = [(_led_by(item), words(item)) for item in items]
        return [Part(title, text.removeprefix(title).strip(), anchor) for title, text in asked if title]

    def terms(self) -> list[Part]:
        """List the smallest headings that have an anchor, each with what is said under it."""
        return _under(list(self.article), "h3")

    def section(self, anchor: str) -> list[ET.Element]:
        """List the heading that has this anchor and all that stands under it."""
        parts = list(self.article)
        start = next((index for index, element in enumerate(parts) if element.get("id") == anchor), len(parts))
        found: list[ET.Element] = []
        for element in parts[start:]:
            if found and element.tag in _HEADINGS and element.tag <= found[0].tag:
                break
            found.append(element)
        return found


def _under(elements: list[ET.Element], tag: str) -> list[Part]:
    """List the headings with this tag, each with the text that follows it up to the next heading."""
    found = []
    for start, element in enumerate(elements):
        if element.tag == tag:
            following = elements[start + 1 :]
            end = next((index for index, after in enumerate(following) if after.tag in _HEADINGS), len(following))
            found.append(Part(words(element), _prose(following[:end]), element.get("id", "")))
    return found


def words(element: ET.Element) -> str:
    """Give the text of an element as a reader sees it, on one line.

    >>> words(ET.fromstring("<p>Oui,   <b>à la mairie</b>.<small hidden=''>y</small><svg><title>x</title></svg></p>"))
    'Oui, à la mairie.'
    """
    return re.sub(r"[ \t\r\n]+", " ", "".join(_said(element))).strip(" ")


def _said(element: ET.Element) -> Iterator[str]:
    if element.tag not in _UNSAID and "hidden" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _said(child)
            yield child.tail or ""


def _led_by(item: ET.Element) -> str:
    """The words in bold that a list item begins with."""
    first = next((child for child in item.iter() if child.tag not in {"li", "p"}), None)
    if first is None or first.tag != "strong" or not words(item).startswith(words(first)):
        return ""
    return words(first)


def _prose(elements: list[ET.Element]) -> str:
    """The paragraphs and lists that these elements begin with, up to a table, a picture or a form."""
    written = takewhile(lambda element: element.tag in {"p", "ul", "ol"}, elements)
    return " ".join(words(element) for element in written)


class _Reader(HTMLParser):
    """Builds the tree of what it reads; the pages are valid, so that every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = ET.Element("page")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = ET.SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ET.SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        into = self._open[-1]
        if len(into):
            into[-1].tail = (into[-1].tail or "") + data
        else:
            into.text = (into.text or "") + data


def address_of(site: Path, path: Path) -> str:
    """Give the address of a page from the root of its site.

    >>> from pathlib import Path
    >>> address_of(Path("site"), Path("site/guide/index.html")), address_of(Path("site"), Path("site/404.html"))
    ('guide/', '404.html')
    """
    return path.relative_to(site).as_posix().removesuffix("index.html")


def read(site: Path, path: Path) -> BuiltPage:
    """Read a page of a built site."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    page = BuiltPage(address_of(site, path))
    for element in reader.root.iter():
        match element.tag:
            case "title" if not page.title:
                page.title = words(element)
            case "meta" if element.get("name") == "description":
                page.description = element.get("content", "")
            case "article" if "md-typeset" in element.get("class", ""):
                page.article = element
            case "ol" if element.get("class") == "fil__liste":
                page.chemin = [_crumb(item) for item in element.findall("li")]
            case "p" if element.get("class") == "verifie-le":
                page.verifie_le = next((time.get("datetime", "") for time in element.iter("time")), "")
    return page


def _crumb(item: ET.Element) -> tuple[str, str]:
    link = next(item.iter("a"), None)
    return words(item), "" if link is None else link.get("href", "")
