"""The same case under each dated value of the law: a picture, and a table that says the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.money import euros
from calculators.typography import french
from calculators.web.elements import el, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from calculators.result import Comparaison, LigneComparee

__all__ = ["comparison_parts", "comparison_view"]

_WIDTH, _ROW, _BAR = 340, 24, 14
_LABEL, _AMOUNT = 132, 76


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
    caption = f"{labels[0]} : les mêmes chiffres que dans le tableau, en image."
    figure = el("figure", _picture(compared.lignes), el("figcaption", caption), class_="comparaison")
    rows = [
        (_named(line), *(map(euros, line.montants) if not line.raison else ("non vérifié", *["—"] * (len(labels) - 1))))
        for line in compared.lignes
    ]
    gaps = el("ul", *(el("li", f"{line.date} : {line.raison}") for line in compared.lignes if line.raison))
    box = el("div", table(compared.titre, ("Date", *labels), rows, class_="calc-detail"), gaps if len(gaps) else None)
    return figure, box


def _named(line: LigneComparee) -> ET.Element | str:
    return el("strong", f"{line.date} (votre cas)") if line.la_sienne else line.date


def _picture(lines: Sequence[LigneComparee]) -> ET.Element:
    """A bar a line, its date before and its amount after; the reader's own is marked by an arrow and an outline."""
    top = max((line.montants[0] for line in lines if line.montants), default=Decimal(0)) or Decimal(1)
    room = _WIDTH - _LABEL - _AMOUNT
    drawing = el(
        "svg",
        viewBox=f"0 0 {_WIDTH} {_ROW * len(lines)}",
        class_="comparaison__barres",
        aria_hidden="true",
        focusable="false",
    )
    for number, line in enumerate(lines):
        top_of_row, base = number * _ROW + (_ROW - _BAR) // 2, str(number * _ROW + _ROW // 2 + 4)
        own = " comparaison--sienne" if line.la_sienne else ""
        arrow = "▸ " if line.la_sienne else ""
        drawing.append(el("text", arrow + line.date, x="0", y=base, class_=f"comparaison__jour{own}"))
        if line.montants:
            width = line.montants[0] * room / top
            drawing.append(
                el(
                    "rect",
                    x=str(_LABEL),
                    y=str(top_of_row),
                    width=f"{width:.2f}",
                    height=str(_BAR),
                    class_=f"comparaison__barre{own}",
                )
            )
        amount = euros(line.montants[0]) if line.montants else french("non vérifié")
        drawing.append(
            el("text", amount, x=str(_WIDTH), y=base, text_anchor="end", class_=f"comparaison__montant{own}")
        )
    return drawing
