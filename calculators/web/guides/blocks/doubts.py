"""What is not certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law import law
from calculators.typography import capitalised
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.doubts import doubts
from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.web.guides.doubts import Doubt

__all__ = ["DoubtsBlock"]


class DoubtsBlock(DataBlock):
    """``/// doutes``: all that is not certain, with what is missing and where to ask, under its subject."""

    NAME = "doutes"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        subject, items = "", el("ul")
        for doubt in doubts(law()):
            if doubt.sujet != subject:
                subject, items = doubt.sujet, el("ul", class_="doutes")
                block.extend([el("h3", subject), items])
            items.append(self._item(doubt))

    def _item(self, doubt: Doubt) -> ET.Element:
        missing = f"{capitalised(doubt.doute.manque)}."
        return el(
            "li",
            *(el("span", id=anchor) for anchor in doubt.concerne),
            el("p", el("strong", doubt.intitule or missing)),
            el("p", missing) if doubt.intitule else None,
            el("p", "Où demander : ", doubt.doute.aupres_de, "."),
            self._concerned(list(doubt.concerne.values())),
        )

    def _concerned(self, names: list[str]) -> ET.Element | None:
        if len(names) > 1:
            listed = el("ul", *(el("li", name) for name in names))
            return el("details", el("summary", f"Ce que cela touche ({len(names)})"), listed, class_="calc-pli")
        return el("p", "Cela touche : ", names[0], ".") if names else None
