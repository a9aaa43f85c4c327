"""Bars: the same case under each dated value of the law, the brackets of a scale. A table always says the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.money import euros
from calculators.typography import french
from calculators.web.page.elements import el, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from calculators.result import Comparaison, LigneComparee

__all__ = ["Bar", "bars", "comparison_parts", "comparison_view"]

# Drawn at the width of a narrow screen, so that letters stay as large as those of the text.
_WIDTH, _ROW, _HEIGHT = 280, 24, 14
_LETTER, _GAP = 7, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the picture. ``tout``: what the amount is a part of, drawn as an outline; ``sienne``: the reader's."""

    libelle: str
    montant: Decimal | None
    tout: Decimal | None = None
    sienne: bool = False

    @property
    def words(self) -> str:
        """The amount, as written at the end of the line."""
        return french("non vérifié") if self.montant is None else euros(self.montant)


def comparison_view(compared: Comparaison) -> ET.Element:
    """The comparison of an answer, folded: it is read by whoever asks for it."""
    return el(
        "details",
        el("summary", compared.titre),
        el("p", compared.explication),
        *comparison_parts(compared),
        class_="calc-pli calc-comparaison",
    )


def comparison_parts(compared: Comparaison) -> tuple[ET.Element, ET.Element]:
    """The picture, then the table."""
    labels = [label for _, label in compared.colonnes]
    drawn = [Bar(line.date, next(iter(line.montants), None), sienne=line.la_sienne) for line in compared.lignes]
    figure = bars(drawn, f"{labels[0]} : les mêmes chiffres que dans le tableau, en image.")
    rows = [
        (_named(line), *(map(euros, line.montants) if not line.raison else ("non vérifié", *["—"] * (len(labels) - 1))))
        for line in compared.lignes
    ]
    gaps = el("ul", *(el("li", f"{line.date} : {line.raison}") for line in compared.lignes if line.raison))
    box = el("div", table(compared.titre, ("Date", *labels), rows, class_="calc-detail"), gaps if len(gaps) else None)
    return figure, box


def _named(line: LigneComparee) -> ET.Element | str:
    return el("strong", f"{line.date} (votre cas)") if line.la_sienne else line.date


def bars(drawn: Sequence[Bar], caption: str) -> ET.Element:
    """A bar a line, its name before and its amount after; the reader's own is marked by an arrow and an outline."""
    top = max((bar.tout or bar.montant or Decimal(0) for bar in drawn), default=Decimal(0)) or Decimal(1)
    # The arrow, and letters that are heavier.
    left = _LETTER * max((len(bar.libelle) + 3 * bar.sienne for bar in drawn), default=0) + _GAP
    room = _WIDTH - left - _LETTER * max((len(bar.words) + bar.sienne for bar in drawn), default=0) - _GAP
    drawing = el(
        "svg",
        viewBox=f"0 0 {_WIDTH} {_ROW * len(drawn)}",
        class_="comparaison__barres",
        aria_hidden="true",
        focusable="false",
    )
    for number, bar in enumerate(drawn):
        y, base = number * _ROW + (_ROW - _HEIGHT) // 2, str(number * _ROW + _ROW // 2 + 4)
        own = " comparaison--sienne" if bar.sienne else ""
        label = f"▸ {bar.libelle}" if bar.sienne else bar.libelle
        drawing.append(el("text", label, x="0", y=base, class_=f"comparaison__jour{own}"))
        for amount, part in ((bar.tout, "tout"), (bar.montant, "barre")):
            if amount is not None:
                drawing.append(
                    el(
                        "rect",
                        x=str(left),
                        y=str(y),
                        width=f"{amount * room / top:.2f}",
                        height=str(_HEIGHT),
                        class_=f"comparaison__{part}{own}",
                    )
                )
        end = el("text", bar.words, x=str(_WIDTH), y=base, text_anchor="end", class_=f"comparaison__montant{own}")
        drawing.append(end)
    return el("figure", drawing, el("figcaption", caption), class_="comparaison")
