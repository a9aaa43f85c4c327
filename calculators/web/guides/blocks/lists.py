"""The documents of a démarche: all of them, or the list of a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from calculators.errors import UnknownKeyError
from calculators.law import law
from calculators.law.pieces import demarches, pieces
from calculators.pieces import requested
from calculators.registry import get
from calculators.result import Niveau
from calculators.typography import french
from calculators.web.guides.blocks.base import DataBlock, of_the_day
from calculators.web.guides.dropped import places_for_scripts
from calculators.web.guides.feeds import feed_link
from calculators.web.page.elements import SITE, Place, el
from calculators.web.page.pieces import checklist, document

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator
    from datetime import date

    from calculators.law.pieces import Piece
    from calculators.result import Result

__all__ = ["CasesBlock", "ListsBlock", "PiecesBlock"]


class PiecesBlock(DataBlock):
    """``/// pieces | passeport``: every document of a démarche, each at its own address, former ones included."""

    NAME = "pieces"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        chosen = [piece for piece in pieces().values() if piece.demarche == argument]
        if not chosen:
            raise UnknownKeyError(f"unknown démarche {argument!r}: expected one of {', '.join(demarches())}")
        block.set("class", "pieces-toutes")
        block.append(el("ul", *map(self._item, chosen), *_gone(argument, self.day), class_="pieces-liste"))
        block.append(el("p", feed_link(argument, "Suivre ce qui change pour cette démarche (flux Atom)")))

    def _item(self, piece: Piece) -> ET.Element:
        item = document(requested(piece, self.day, law()), anchor=True)
        item[:0] = [el("span", id=former) for former in piece.remplace if former not in piece.quittees]
        return item


def _gone(demarche: str, day: date) -> Iterator[ET.Element]:
    """The documents that were once in this list, at the address they had, each with where it is now."""
    for piece in pieces().values():
        for former in (name for name, page in piece.quittees.items() if page == demarche):
            words = french(f"Cette pièce est maintenant dans la liste « {demarches()[piece.demarche].titre} » : ")
            link = el("a", requested(piece, day, law()).document, href=f"{SITE}pieces/{piece.demarche}/#{piece.id}")
            yield el("li", el("p", words, link), class_="piece", id=former)


class CasesBlock(DataBlock):
    """``/// cas | passeport``: links that open the list of a case, one a line: ``motif=perte Passeport perdu``."""

    NAME = "cas"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Fill it."""
        links = el("ul")
        for words, query, _ in _cases(argument, body, self.day):
            links.append(el("li", el("a", words, href=f"{SITE}calculateurs/pieces/#{query}")))
        block.append(links)


class ListsBlock(DataBlock):
    """``/// liste | passeport``: the list of a case, to tick in the page, folded; one case a line, as for ``cas``."""

    NAME = "liste"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Fill it."""
        block.set("data-endroits", places_for_scripts())
        for words, query, result in _cases(argument, body, self.day):
            place = Place("liste-" + re.sub(r"[^a-z0-9]+", "-", query), SITE)
            warnings = (el("p", w.texte) for w in result.avertissements if w.niveau is Niveau.ATTENTION)
            more = el("a", "Préciser, imprimer ou envoyer cette liste", href=f"{SITE}calculateurs/pieces/#{query}")
            fold = el(
                "details",
                el("summary", words),
                *warnings,
                checklist(result.pieces or (), place, result.depot),
                el("p", more),
                class_="calc-pli liste-pieces",
            )
            block.append(fold)


def _cases(demarche: str, body: str, day: date) -> Iterator[tuple[str, str, Result]]:
    """The cases named in a block, one a line: the words for the reader, the answers, and the list they give."""
    for line in filter(None, map(str.strip, body.splitlines())):
        answers, _, words = line.partition(" ")
        query = f"demarche={demarche}&{answers}"
        try:
            outcome = of_the_day(get("pieces"), dict(parse_qsl(query)), day)
        except UnknownKeyError as error:
            raise UnknownKeyError(f"{line!r}: {error}") from None
        yield words, query, outcome.result
