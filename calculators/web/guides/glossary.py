"""The words of the law, explained where they come: the glossary's own page is the only place they are defined.

The first time a word of `docs/glossaire.md` comes in the text of a page, it leads to its entry, and carries the
definition with it: the page script shows it in place (`calculators/web/js/reading/word.mjs`); without a script the
link remains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from calculators.errors import LawDataError
from calculators.web.page.elements import SITE, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Iterator, Sequence

    from markdown import Markdown

__all__ = ["Entry", "FirstWords", "entries", "read"]

_ENTRY = re.compile(r"^### (?P<title>.+?) \{ #(?P<id>[a-z-]+) \}\n\n(?P<text>(?:[^#\n].*\n)+)", re.MULTILINE)
_LAST_LINK = re.compile(r"(?<=[.!?])\s*\[[^\]]*\]\([^)]*\)[.]?\s*$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_HEADING_ID = re.compile(r"\{[^}]*#([\w-]+)[^}]*\}\s*$")

#: Where a word is not part of what one reads on: titles, links, code, forms, letters to copy, what is folded away.
_LEFT_ALONE = frozenset(
    {
        "a",
        "button",
        "blockquote",
        "caption",
        "code",
        "details",
        "figcaption",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
    | {"label", "legend", "pre", "script", "style", "summary", "svg", "textarea", "th"}
)
_LEFT_ALONE_CLASSES = frozenset({"admonition-title", "grid"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the glossary: its anchor, its name, the ways to write it, its definition in plain words."""

    id: str
    nom: str
    mots: tuple[str, ...]
    definition: str


def _in_any_number(words: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['\u2019]") + r"[sx]?" for word in words.split())


def read(text: str, path: str = "glossaire.md") -> tuple[Entry, ...]:
    r"""Read the entries of the glossary's Markdown.

    The title gives the words: « Caducité, caduque » has two, « Juge de l'exécution (JEX) » its name and its initials.
    The last link (« En savoir plus ») is not part of the definition.

    >>> read("### Greffe { #greffe }\n\nLe secrétariat d'un [tribunal](t.md). [Où ?](o.md)\n")
    (Entry(id='greffe', nom='Greffe', mots=('Greffe',), definition="Le secrétariat d'un tribunal."),)
    """
    found = []
    for match in _ENTRY.finditer(text):
        definition = _LINK.sub(r"\1", _LAST_LINK.sub("", " ".join(match["text"].split())))
        if re.search(r"[*_`{}\[\]]", definition):
            raise LawDataError(path, match["title"], "a definition is plain words, and links")
        words = re.split(r"\s*[,()]\s*", match["title"])
        found.append(Entry(match["id"], match["title"], tuple(filter(None, words)), definition))
    return tuple(found)


@lru_cache
def entries(path: str) -> tuple[Entry, ...]:
    """Return the entries of the glossary's page."""
    found = read(Path(path).read_text("utf-8"), path)
    if not found:
        raise LawDataError(path, "###", "no entry: expected ### Mot { #mot }, an empty line, and its definition")
    return found


class _Words:
    """Every word of the glossary, and in which entries it is yet to be explained."""

    def __init__(self, known: Sequence[Entry], left: Iterable[Entry]) -> None:
        # Longer ones first: in « solde bancaire insaisissable », the last word is not one of its own.
        words = sorted(((word, entry) for entry in known for word in entry.mots), key=lambda pair: -len(pair[0]))
        self._owners = [entry for _, entry in words]
        any_word = "|".join(f"({_in_any_number(word)})" for word, _ in words)
        self._pattern = re.compile(rf"(?<![\w-])(?:{any_word})(?![\w-])", re.IGNORECASE)
        self._left = {entry.id for entry in left}

    def take(self, text: str) -> tuple[Entry, re.Match[str]] | None:
        """The first word of a text that is yet to be explained; it no longer is."""
        for match in self._pattern.finditer(text):
            entry = self._owners[(match.lastindex or 1) - 1]
            if entry.id in self._left:
                self._left.remove(entry.id)
                return entry, match
        return None


class FirstWords(Treeprocessor):
    """Explain each word of the glossary where it first comes; on a page that has its entry, never."""

    def __init__(self, md: Markdown, path: str) -> None:
        super().__init__(md)
        self._path = path

    def run(self, root: ET.Element) -> None:
        """Go through the page."""
        own = {
            match[1]
            for element in root.iter()
            if re.fullmatch("h[1-6]", str(element.tag)) and (match := _HEADING_ID.search("".join(element.itertext())))
        }
        known = entries(self._path)
        words = _Words(known, (entry for entry in known if entry.id not in own))
        for element in list(_read_on(root)):
            _explain(element, words)


def _read_on(root: ET.Element) -> Iterator[ET.Element]:
    if root.tag in _LEFT_ALONE or _LEFT_ALONE_CLASSES & set(root.get("class", "").split()):
        return
    yield root
    for child in root:
        yield from _read_on(child)


def _explain(element: ET.Element, words: _Words) -> None:
    """Replace the words of an element's own texts: what comes before its first child, then after each."""
    place = 0
    while place <= len(element):
        text = element.text if place == 0 else element[place - 1].tail
        # What our blocks and values made is marked so.
        found = words.take(text) if text and not isinstance(text, AtomicString) else None
        if text and found:
            entry, match = found
            if element.tag == "strong" and match[0] == text.strip(" :"):
                continue  # in bold and alone: the page is about to explain it itself
            word = _word(entry, match[0])
            word.tail = text[match.end() :]
            before = text[: match.start()]
            if place == 0:
                element.text = before
            else:
                element[place - 1].tail = before
            element.insert(place, word)
        place += 1


def _word(entry: Entry, words: str) -> ET.Element:
    address = f"{SITE}glossaire/#{entry.id}"
    # A side comment. Its tag is none of those inside: the search of one builder would take their end for its own.
    explanation = el(
        "small",
        el("strong", entry.nom, class_="mot-nom"),
        " ",
        el("span", entry.definition, id=f"mot-{entry.id}-texte"),
        " ",
        el("a", "Voir le glossaire", href=address),
        class_="mot-bulle",
        id=f"mot-{entry.id}",
        hidden=True,
        data_search_exclude=True,
    )
    return el("mode-emploi-mot", el("a", words, href=address, class_="mot"), explanation)
