"""The kinds of income, and what the law protects of each: by nature, or in a list to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import UnknownKeyError
from calculators.law import Nature, law
from calculators.law.words import doubt
from calculators.web.guides.blocks.base import DataBlock, cited
from calculators.web.page.elements import el, table
from calculators.web.page.form import UNKEPT

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping

    from calculators.law import Somme

__all__ = ["SearchBlock", "SumsBlock"]


class SumsBlock(DataBlock):
    """``/// sommes | insaisissable``: the kinds of income of that nature, with their articles."""

    NAME = "sommes"

    _TITLES: Mapping[Nature, str] = {
        Nature.INSAISISSABLE: "Sommes protégées en entier",
        Nature.PARTIELLE: "Sommes protégées en partie",
        Nature.SAISISSABLE: "Sommes qui peuvent être saisies en entier",
    }

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        try:
            nature = Nature(argument)
        except ValueError:
            raise UnknownKeyError(f"unknown nature {argument!r}: expected one of {', '.join(Nature)}") from None
        block.append(table(self._TITLES[nature], ("Somme", "Précision", "Texte"), self._rows(nature)))

    def _rows(self, nature: Nature) -> Iterator[tuple[ET.Element | str, ...]]:
        for somme in law().sommes.values():
            if somme.nature is not nature:
                continue
            yield _described(somme)


class SearchBlock(DataBlock):
    """``/// recherche``: every kind of income, protected or not, with a field that narrows the list down."""

    NAME = "recherche"
    ARGUMENT = None

    _WORDS: Mapping[Nature, str] = {
        Nature.INSAISISSABLE: "Oui, en entier",
        Nature.PARTIELLE: "En partie",
        Nature.SAISISSABLE: "Non",
    }

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        box = table("Est-elle protégée ?", ("Somme", "Protégée ?", "Précision", "Texte"), self._rows())
        block.append(
            el(
                "mode-emploi-recherche",
                el(
                    "p",
                    el("label", "Cherchez une somme, par exemple « salaire » ou « AAH » :", for_="recherche-somme"),
                    el("input", type="search", id="recherche-somme", class_="calc-saisie", **UNKEPT),
                    data_zone="champ",
                    hidden=True,
                ),
                el("p", role="status", data_zone="etat"),
                box,
            ),
        )

    def _rows(self) -> Iterator[tuple[ET.Element | str, ...]]:
        for somme in sorted(law().sommes.values(), key=lambda s: list(self._WORDS).index(s.nature)):
            name, note, text = _described(somme)
            yield (
                el("span", name, data_synonymes=" ; ".join(somme.synonymes) or None),
                self._WORDS[somme.nature],
                note,
                text,
            )


def _described(somme: Somme) -> tuple[str, str, ET.Element | str]:
    """What tables say of a kind of income: its name, what to know, and its articles."""
    unsure = f" {doubt(somme.doute)}" if somme.doute else ""
    articles = cited(somme.articles)
    official = "—" if somme.certitude.a_confirmer else "Liste officielle de service-public"
    return somme.intitule, (somme.note + unsure).strip() or "—", articles if len(articles) else official
