"""MkDocs and Zensical build the same site from the same files: pages, titles, headings, links and forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CONTROLS = {"form", "input", "select", "option", "textarea", "button", "fieldset"}


@dataclass
class Manifest:
    """What a page offers its reader, whatever built it."""

    title: str = ""
    headings: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    controls: list[tuple[str, str, str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads the title of a page, and the headings, links and controls of its article."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.manifest = Manifest()
        self.in_article = 0
        self.opened: list[tuple[str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "article":
            self.in_article += 1
        if tag == "title" or (self.in_article and tag in HEADINGS | {"a"}):
            self.opened.append((tag, given, []))
        if self.in_article and tag in CONTROLS:
            shown = (given.get("name", ""), given.get("value", ""), given.get("data-champ", ""))
            self.manifest.controls.append((tag, *shown))

    def handle_data(self, data: str) -> None:
        for _, _, words in self.opened:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.in_article -= 1
        if not self.opened or self.opened[-1][0] != tag:
            return
        _, given, words = self.opened.pop()
        text = " ".join("".join(words).split())
        if tag == "title":
            self.manifest.title = self.manifest.title or text
        elif tag in HEADINGS:
            self.manifest.headings.append((tag, given.get("id", ""), text))
        elif "href" in given and text:
            # One writes "/." where the other writes "/": what counts is where the link leads.
            self.manifest.links.append((urljoin(self.address, given["href"]), text))


def manifests(site: Path) -> dict[str, Manifest]:
    found = {}
    for page in sorted(site.rglob("*.html")):
        reader = Reader(f"https://site.example/{page.relative_to(site).as_posix()}")
        reader.feed(page.read_text("utf-8"))
        found[page.relative_to(site).as_posix()] = reader.manifest
    return found


@pytest.fixture(scope="module")
def both(site: Path, zensical_site: Path) -> tuple[dict[str, Manifest], dict[str, Manifest]]:
    return manifests(site), manifests(zensical_site)


def test_the_same_pages(both: tuple[dict[str, Manifest], dict[str, Manifest]]) -> None:
    mkdocs, zensical = both
    assert sorted(mkdocs) == sorted(zensical)


@pytest.mark.parametrize("part", ["title", "headings", "links", "controls"])
def test_each_page_offers_the_same(both: tuple[dict[str, Manifest], dict[str, Manifest]], part: str) -> None:
    mkdocs, zensical = both
    for page in sorted(mkdocs.keys() & zensical.keys()):
        assert getattr(zensical[page], part) == getattr(mkdocs[page], part), page


def test_the_comparison_sees_the_forms(site: Path) -> None:
    found = manifests(site)["calculateurs/sbi/index.html"]
    assert ("h1", "combien-doit-rester-sur-le-compte", "Combien doit rester sur le compte ?") in found.headings
    assert any(name == "comptes.1.solde" for _, name, _, _ in found.controls)
    assert found.links
