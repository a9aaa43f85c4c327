"""What an answer says of the link it was opened by, when that was made with other rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.result import reader
from calculators.versions import conclusion, opening, reasons
from calculators.web.page.elements import el, extend, spoken, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.result import Quantity
    from calculators.versions import Reopened
    from calculators.web.page.elements import Place

__all__ = ["reopened_view", "unsaid"]


def unsaid(link: Reopened) -> ET.Element:
    """Under the answer, that its link names no version: one made by hand, or before links did."""
    return el("p", f"{opening(link)} {conclusion(link)}", class_="calc-mention", data_zone="lien")


def reopened_view(link: Reopened, place: Place) -> ET.Element:
    """The sentence, what differs line by line, why, and where to read more."""
    view = el("div", el("p", el("strong", opening(link))), el("p", conclusion(link)), class_="calc-versions")
    if link.lignes:
        absent = "absent du lien" if link.mark.figures else "pas donné"
        rows = [(line.libelle, _cell(line.avant, absent), _cell(line.maintenant, "plus donné")) for line in link.lignes]
        columns = ("Ce que c'est", "D'après le lien" if link.mark.figures else "Alors", "Aujourd'hui")
        view.append(table("Ce qui diffère", columns, rows, class_="calc-montants"))
    if why := list(reasons(link)):
        more = el("a", "Lire tout ce qui a changé", href=place.page("ce-qui-a-change"))
        extend(view, [el("p", "Pourquoi :"), el("ul", *(el("li", reason) for reason in why)), el("p", more)])
    return view


def _cell(quantity: Quantity | None, absent: str) -> str:
    return absent if quantity is None else reader(quantity, spoken())
