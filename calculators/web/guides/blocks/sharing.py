"""What others take away: a link, the code to embed a calculator, the files of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.registry import get
from calculators.typography import french
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.link import embedding, link_maker
from calculators.web.guides.open_data import CONTENTS, LICENCE
from calculators.web.page.elements import SITE, Place, el, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["EmbeddingBlock", "LinkBlock", "OpenDataBlock"]


class LinkBlock(DataBlock):
    """``/// lien``: makes the link, the QR code and the code to embed a list or a calculator."""

    NAME = "lien"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        note = "Sans JavaScript, ce formulaire ne fait pas de lien. La page « Pour les tribunaux et les accueils » dit "
        more = "comment l'écrire à la main."
        block.set("class", "calc")
        block.extend([el("noscript", el("p", note + more, class_="calc-note")), link_maker(Place("lien", niveau=2))])


class EmbeddingBlock(DataBlock):
    """``/// integration | sbi``: the code to embed a calculator, with an address to complete."""

    NAME = "integration"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        calculator = get(argument)
        code = el("code")
        address = f"https://votre-copie.example/calculateurs/{calculator.nom}/?integre"
        code.text = embedding(french(calculator.titre), address)
        block.append(el("pre", code))


class OpenDataBlock(DataBlock):
    """``/// donnees``: the files that others may take, each with its schema, and their licence."""

    NAME = "donnees"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        rows = [
            (self._file(f"{name}.json"), words, self._file(f"{name}.schema.json")) for name, words in CONTENTS.items()
        ]
        block.append(table("Les données à reprendre", ("Fichier", "Contenu", "Schéma"), rows))
        block.append(
            el(
                "p",
                el("strong", "Licence : "),
                f"{LICENCE}. Elle est écrite dans chaque fichier. Le code du site est sous licence MIT.",
            )
        )

    def _file(self, name: str) -> ET.Element:
        link = el("a", href=f"{SITE}donnees/{name}", download=True)
        link.text = name
        return link
