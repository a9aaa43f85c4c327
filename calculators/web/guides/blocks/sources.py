"""The references of a page, and every article that may be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import UnknownKeyError
from calculators.law import law
from calculators.law.words import reading_of
from calculators.typography import capitalised
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.page.elements import article_folds, article_text, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from calculators.law import Article, Source

__all__ = ["ArticlesBlock", "SourcesBlock"]


class SourcesBlock(DataBlock):
    """``/// sources``: the references of a page, one a line: an article, or a key of the sources file.

    The articles of a code come together, under its name, where the first of them stands.
    """

    NAME = "sources"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, body: str) -> None:
        """Fill it."""
        block.set("class", "sources")
        found: dict[str, Source | list[Article]] = {}
        for key in filter(None, map(str.strip, body.splitlines())):
            if key in law().sources:
                found[key] = law().sources[key]
                continue
            article = self._article(key)
            under = found.setdefault(article.nom_du_code, [])
            if isinstance(under, list):
                under.append(article)
        block.append(el("ul", *(el("li", *self._reference(words, what)) for words, what in found.items())))

    def _article(self, key: str) -> Article:
        try:
            return law().article(key)
        except UnknownKeyError as error:
            known = ", ".join(sorted(law().sources))
            raise UnknownKeyError(f"unknown source {key!r}: not one of {known}; {error}") from None

    def _reference(self, words: str, what: Source | list[Article]) -> Iterator[ET.Element | str]:
        if isinstance(what, list):
            yield f"{capitalised(words)} :"
            yield article_folds(what, with_code=False)
            return
        words = f"{what.titre}, {what.editeur}" if what.editeur else what.titre
        yield el("a", words, href=what.lien, rel="external") if what.lien else words


class ArticlesBlock(DataBlock):
    """``/// articles``: every article that may be cited, by code, each at its own address, with what it provides."""

    NAME = "articles"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.set("class", "articles-tous")
        codes = [code for code in law().codes.values() if code.articles]
        links = (el("li", el("a", capitalised(code.nom), href=f"#{code.cle.lower()}")) for code in codes)
        block.append(el("ul", *links))
        for code in codes:
            block.append(el("h2", capitalised(code.nom), id=code.cle.lower()))
            for article in code.articles.values():
                block.append(el("h3", capitalised(article.citation), id=article.ancre))
                block.append(el("p", article.enonce))
                block.append(el("p", f"{reading_of(article)} ", article_text(article), class_="article-lecture"))
