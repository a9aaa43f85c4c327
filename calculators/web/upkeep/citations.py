"""What is cited, by address: under which keys, which rules rest on it, and which words of it they rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from calculators.calendar import in_words
from calculators.law.courriers import courriers
from calculators.law.model import Delai, Mesure, Repere, Series, Taux
from calculators.law.pieces import pieces
from calculators.law.words import lasting
from calculators.money import plain
from calculators.numerals import spelt
from calculators.web.upkeep.passages import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.law import Article, Law

__all__ = ["Cited", "citations"]

_BLOCK = re.compile(r"^/// sources\n(.*?)^///$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"\{\{\s*art:(.+?)\s*\}\}")
_LINK = re.compile(r"\]\((https://[^)\s]+)\)")


class _Rule(Protocol):
    """An entry of the law that rests on articles."""

    @property
    def articles(self) -> tuple[Article, ...]: ...


@dataclass(slots=True)
class Cited:
    """An address that we cite.

    Attributes:
        address: where it is.
        titles: how we call it, by key: that of an article, of a source, or of the page that has the link.
        rests: what rests on it: keys of the law files, identifiers of documents, names of letters and of pages.
        marks: the words that these state (amounts, lengths, days), normalised: the passages that have one are those
            that we rely on.
        searched: whether it is but a search: we know no address of the text itself.
        read_on: the day it was last read by a person.
    """

    address: str
    titles: dict[str, str] = field(default_factory=dict)
    rests: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    searched: bool = False
    read_on: date | None = None


def citations(law: Law, pages: Mapping[str, str]) -> list[Cited]:
    """Every address cited, by the law data and by the pages (their texts, by name), in the order of the addresses."""
    known = _Addresses()
    known.name_texts(law)
    known.rest_values(law)
    known.rest_documents()
    known.rest_pages(law, pages)
    return [known.found[address] for address in sorted(known.found)]


@dataclass(slots=True)
class _Addresses:
    """What is cited so far, by address."""

    found: dict[str, Cited] = field(default_factory=dict)

    def at(self, address: str) -> Cited:
        return self.found.setdefault(address, Cited(address))

    def rest(self, address: str, key: str, marks: frozenset[str] = frozenset()) -> None:
        if address:
            cited = self.at(address)
            cited.rests.add(key)
            cited.marks |= marks

    def name_texts(self, law: Law) -> None:
        for code in law.codes.values():
            for article in code.articles.values():
                cited = self.at(article.lien)
                cited.titles[article.cle] = article.citation_longue
                cited.searched, cited.read_on = not article.identifiant, article.lu_le
        for source in law.sources.values():
            if source.lien:
                cited = self.at(source.lien)
                cited.titles[f"sources.{source.cle}"] = source.titre
                cited.read_on = source.consulte_le

    def rest_values(self, law: Law) -> None:
        for address, key, title, day in _texts_of_values(law):
            self.rest(address, key)
            cited = self.at(address)
            cited.titles.setdefault(key, title)
            cited.read_on = cited.read_on or day
        for key, articles, marks in _statements(law):
            for article in articles:
                self.rest(article.lien, key, marks)

    def rest_documents(self) -> None:
        for document in pieces().values():
            links = [*(article.lien for article in document.articles), *(source.lien for source in document.sources)]
            for link in links:
                self.rest(link, f"pieces.{document.id}")

    def rest_pages(self, law: Law, pages: Mapping[str, str]) -> None:
        for page, text in pages.items():
            for address in _LINK.findall(text):
                self.at(address).titles.setdefault(page, page)
            for address in _cited_by(text, law):
                self.rest(address, page)


def _texts_of_values(law: Law) -> Iterator[tuple[str, str, str, date]]:
    for kind, many in (("series", law.series), ("baremes", law.baremes)):
        for one in many.values():
            for value in one.valeurs:
                if value.lien:
                    yield value.lien, f"{kind}.{one.cle}", value.texte, value.verifie_le


def _statements(law: Law) -> Iterator[tuple[str, tuple[Article, ...], frozenset[str]]]:
    """Each entry of the law with the articles it rests on, and the words it states of them."""
    sections: Mapping[str, Mapping[str, _Rule]] = {
        "series": law.series,
        "delais": law.delais,
        "durees": law.durees,
        "reperes": law.reperes,
        "taux": law.taux,
        "mesures": law.mesures,
        "sommes": law.sommes,
        "feries": law.feries,
        "baremes": law.baremes,
        "interruptions": law.interruptions,
    }
    for section, entries in sections.items():
        for cle, entry in entries.items():
            yield f"{section}.{cle}", entry.articles, frozenset(filter(None, map(normalised, _marks(entry))))
    for letter in courriers(law).values():
        yield f"courriers.{letter.nom}", letter.articles, frozenset()


def _marks(entry: object) -> Iterator[str]:
    """How a text may write what an entry states."""
    match entry:
        case Delai():
            for version in entry.versions:
                words = lasting(version.unite, version.duree).replace("\u00a0", " ").split()
                yield f"{version.duree} {words[1]}"
                yield f"{spelt(version.duree)} {words[1]}"
        case Repere():
            yield in_words(entry.jour)
        case Taux():
            yield f"{_number(plain(entry.pourcentage))} %"
        case Mesure():
            number = _number(plain(entry.valeur))
            unit = "euros" if entry.unite == "EUR" else entry.unite
            yield f"{number} {unit}"
            if number.isdigit():
                yield f"{spelt(int(number))} {unit}"
        case Series():
            yield f"{_number(plain(entry.derniere.montant))} euros"


def _number(text: str) -> str:
    """A number as a French text has it: 651.69 is 651,69, and 25.00 is 25.

    >>> _number("651.69"), _number("25.00")
    ('651,69', '25')
    """
    return text.removesuffix(".00").replace(".", ",")


def _cited_by(text: str, law: Law) -> Iterator[str]:
    for block in _BLOCK.findall(text):
        for key in filter(None, map(str.strip, block.splitlines())):
            source = law.sources.get(key)
            if source is None:
                yield law.article(key).lien
            else:
                yield source.lien
    for key in _INLINE.findall(text):
        yield law.article(key).lien
