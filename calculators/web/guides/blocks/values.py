"""The values of the law as tables: dated amounts, scales by brackets, public holidays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.errors import UnknownKeyError
from calculators.law import law
from calculators.law.words import gap_in_words
from calculators.money import euros, euros_in_prose, nearest_centime
from calculators.scale import MONTHS_A_YEAR
from calculators.territory import Territoire
from calculators.typography import capitalised
from calculators.web.guides.blocks.base import DataBlock, cited
from calculators.web.guides.doubts import to_confirm
from calculators.web.page.elements import el, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from calculators.law import Bareme, Series

__all__ = ["HistoryBlock", "HolidaysBlock", "ScaleBlock"]


class HistoryBlock(DataBlock):
    """``/// historique | sbi``: every dated value of a series, newest first."""

    NAME = "historique"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        if argument not in law().series:
            raise UnknownKeyError(f"unknown series {argument!r}: expected one of {', '.join(law().series)}")
        series = law().series[argument]
        block.append(table(series.intitule, ("Depuis le", "Jusqu'au", "Montant", "Texte"), self._rows(series)))

    def _rows(self, series: Series) -> Iterator[tuple[ET.Element | str, ...]]:
        periods: list[tuple[date, tuple[ET.Element | str, ...]]] = []
        for value in series.valeurs:
            amount = euros(value.montant) + to_confirm(value.doute)
            text: ET.Element | str = (
                el("a", value.texte, href=value.lien, rel="external") if value.lien else value.texte
            )
            last = value.en_vigueur_jusqu_au
            until = self._day(last) if last else "aujourd'hui"
            periods.append((value.en_vigueur_du, (self._day(value.en_vigueur_du), until, amount, text)))
        periods += [
            (gap.du, (self._day(gap.du), self._day(gap.au), "non vérifié", gap_in_words(gap))) for gap in series.lacunes
        ]
        return (row for _, row in sorted(periods, key=lambda period: period[0], reverse=True))

    def _day(self, day: date) -> ET.Element:
        return el("time", in_words(day), datetime=day.isoformat())


class ScaleBlock(DataBlock):
    """``/// bareme | remunerations``: the last scale by brackets; followed by ``toutes``: every year's."""

    NAME = "bareme"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        cle, _, which = argument.partition(" ")
        if cle not in law().baremes or which not in {"", "toutes"}:
            raise UnknownKeyError(
                f"unknown scale {argument!r}: expected one of {', '.join(law().baremes)}, or one toutes"
            )
        bareme = law().baremes[cle]
        if which:
            block.append(self._every_year(bareme))
        else:
            block.append(self._last_year(bareme))

    def _last_year(self, bareme: Bareme) -> ET.Element:
        year = bareme.valeurs[-1]
        words = f"{bareme.intitule} de {year.en_vigueur_du.year} ({year.texte}), sans personne à charge"
        lines: list[tuple[str, ...]] = []
        tops = [*year.seuils, None]
        for fraction, low, top in zip(bareme.fractions, [None, *year.seuils], tops, strict=True):
            share = "tout" if fraction == 1 else str(fraction)
            if top is not None:
                lines.append((f"jusqu'à {euros_in_prose(top)}", f"jusqu'à {euros(self._monthly(top))}", share))
            elif low is not None:
                lines.append((f"au-delà de {euros_in_prose(low)}", f"au-delà de {euros(self._monthly(low))}", share))
        added = year.par_personne
        each = "à chaque seuil, par personne à charge"
        per_person = (f"+ {euros_in_prose(added)}", f"+ {euros(self._monthly(added))}", each)
        return table(words, ("Par an", "Par mois (arrondi)", "Part saisissable"), [*lines, per_person])

    def _monthly(self, amount: Decimal) -> Decimal:
        return nearest_centime(Fraction(amount) / MONTHS_A_YEAR)

    def _every_year(self, bareme: Bareme) -> ET.Element:
        shares = ["tout" if f == 1 else str(f) for f in bareme.fractions]
        columns = ("Année", *(f"{share} jusqu'à" for share in shares[:-1]), "Par personne à charge", "Texte")
        rows = [
            (
                str(year.en_vigueur_du.year),
                *(_figure(amount) for amount in (*year.seuils, year.par_personne)),
                year.texte,
            )
            for year in reversed(bareme.valeurs)
        ]
        return table(f"{bareme.intitule}, année par année, en euros par an", columns, rows, class_="bareme-annees")


def _figure(amount: Decimal) -> str:
    """An amount in a table whose caption gives the unit: nine columns have no room for it in each cell."""
    return euros_in_prose(amount).removesuffix("\u00a0€")


class HolidaysBlock(DataBlock):
    """``/// feries``: the public holidays, where each is one, and the article that says so."""

    NAME = "feries"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.append(table("Les jours fériés que la loi nomme", ("Jour", "Où", "Texte"), self._rows()))

    def _rows(self) -> Iterator[tuple[ET.Element | str, ...]]:
        for ferie in law().feries.values():
            where = ", ".join(place.label for place in Territoire if place.value in ferie.territoires) or "Partout"
            yield capitalised(ferie.intitule), where, cited(ferie.articles) if ferie.articles else "Point non tranché"
