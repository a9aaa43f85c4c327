"""The elements that forms and answers are made of.

Everything is built as a tree and serialised by the standard library, so that whatever a person typed reaches the page
as text, never as markup. No inline style nor script: the pages run under a strict policy.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.language import FRENCH
from calculators.law.words import reading_of
from calculators.typography import capitalised, french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from calculators.language import Language
    from calculators.law import Article

_spoken: ContextVar[Language] = ContextVar("_spoken", default=FRENCH)

#: Start of an address of this site in the built pages, until `publish` writes how to go there from each page: of two
#: generators, one rewrites relative addresses that it did not make and the other does not.
SITE = "site:"

__all__ = [
    "SITE",
    "Child",
    "Place",
    "article_folds",
    "article_link",
    "article_text",
    "el",
    "extend",
    "heading",
    "serialise",
    "spoken",
    "table",
    "written_in",
]

Child = ET.Element | str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where HTML is going: prefix of its identifiers, address of the site's root, level of its first heading.

    ``fichier``: the name of a page's file, where no server finds it in the folder of the page.
    """

    prefixe: str
    racine: str = ""
    niveau: int = 3
    fichier: str = ""

    def page(self, page: str) -> str:
        """Address of a guide of this site."""
        return f"{self.racine}{page}/{self.fichier}"

    def id(self, name: str) -> str:
        """Identifier of a part of this calculator."""
        return f"{self.prefixe}-{name.replace('.', '-')}"


def spoken() -> Language:
    """The language of what is being built."""
    return _spoken.get()


@contextmanager
def written_in(say: Language) -> Iterator[None]:
    """Give the elements built meanwhile the typography of this language."""
    before = _spoken.set(say)
    try:
        yield
    finally:
        _spoken.reset(before)


def el(tag: str, *children: Child, **attributes: str | bool | None) -> ET.Element:
    """Build an element. Text gets its typography; ``class_`` loses its underscore; ``data_x`` is ``data-x``.

    >>> serialise(el("p", "Oui ", el("b", "<non>"), class_="a"))
    '<p class="a">Oui <b>&lt;non&gt;</b></p>'
    """
    element = ET.Element(tag)
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        # An empty boolean attribute is as true as any; the name repeated is valid HTML and XML alike.
        key = name.rstrip("_").replace("_", "-")
        element.set(key, key if value is True else value)
    extend(element, children)
    return element


def extend(element: ET.Element, children: Iterable[Child]) -> None:
    """Append elements and texts to an element; ``None`` is nothing."""
    typeset = spoken().typeset
    for child in children:
        if child is None:
            continue
        if isinstance(child, ET.Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + typeset(child)
        else:
            element.text = (element.text or "") + typeset(child)


def serialise(*elements: ET.Element) -> str:
    """Write elements as HTML."""
    return "".join(ET.tostring(element, encoding="unicode", method="html") for element in elements)


def heading(level: int, *children: Child, **attributes: str | bool | None) -> ET.Element:
    """A heading, never deeper than h6."""
    return el(f"h{min(level, 6)}", *children, **attributes)


def article_link(article: Article) -> ET.Element:
    """A link to what an article provides, in the page of the articles: from there one goes to the official text."""
    title = french(f"Ce que dit l'{article.citation_longue}")
    return el("a", article.citation, href=f"{SITE}articles/#{article.ancre}", title=title)


def article_text(article: Article, day: date | None = None) -> ET.Element:
    """The official text of an article, elsewhere, as it was on a day."""
    words = "Le texte sur Légifrance" if article.identifiant else "Chercher le texte sur Légifrance"
    return el("a", words, href=article.lien_au(day), aria_label=french(f"{words} : {article.citation}"), rel="external")


def _code_of_the_day(article: Article, day: date | None) -> Sequence[Child]:
    """A link to the whole code as it was on a day, when the article itself is not known to open so."""
    if not (day and article.code_au(day)):
        return ()
    words = french(f"Le code au {in_words(day)}")
    label = french(f"{words} : {article.abrege}")
    return (" · ", el("a", words, href=article.code_au(day), aria_label=label, rel="external"))


def _fold(article: Article, name: str, day: date | None) -> ET.Element:
    """An article that opens, where it is cited, on what it provides, on what was read, and on its official text."""
    return el(
        "details",
        el("summary", name),
        el("p", article.enonce),
        el(
            "p",
            f"{reading_of(article, day=day)} ",
            article_text(article, day),
            *_code_of_the_day(article, day),
            class_="article-lecture",
        ),
        class_="article-cite",
    )


def article_folds(articles: Iterable[Article], *, with_code: bool = True, day: date | None = None) -> ET.Element:
    """Articles that open where they are cited; their code is named unless it is already, before them.

    ``day``: that of the case, whose text is the one to open.
    """
    folds = (
        _fold(article, capitalised(article.citation) if with_code else article.numero, day) for article in articles
    )
    return el("div", *folds, class_="articles-cites")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Child]], *, class_: str = "") -> ET.Element:
    """A table whose first column names its rows, that scrolls inside its own box on a narrow screen."""
    head = el("thead", el("tr", *(el("th", column, scope="col") for column in columns)))
    body = el("tbody")
    for first, *cells in rows:
        body.append(el("tr", el("th", first, scope="row"), *(el("td", cell) for cell in cells)))
    # A group, not a landmark: a page holds several of one name, its examples beside the reader's own answer.
    box = el("div", class_="tableau", role="group", tabindex="0", aria_label=french(caption))
    box.append(el("table", el("caption", caption), head, body, class_=class_ or None))
    return box
