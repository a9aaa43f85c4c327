"""« Mon dossier » in its page: what its script fills, and that script, which no other page loads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.dropped import places_for_scripts
from calculators.web.guides.papers import papers
from calculators.web.page.elements import SITE, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["DossierBlock"]

_BEGIN = (
    "Aucun dossier n'est ouvert. Répondez à « Donnez vos dates », plus bas : il s'affiche ici. Ou ouvrez un fichier de "
    "dossier."
)
_WITHOUT = "Sans JavaScript, le dossier ne s'affiche pas. Les guides, les listes et les courriers restent lisibles."


class DossierBlock(DataBlock):
    """``/// dossier``: the dossier that is open in the tab, and what to do with it."""

    NAME = "dossier"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        zones = (
            el("p", class_="verifie-ancien", data_zone="alerte", role="alert", hidden=True),
            el("p", _BEGIN, data_zone="debut", hidden=True),
            el("div", data_zone="vue"),
            el("div", data_zone="outils", hidden=True),
            el("h3", "Ouvrir un dossier"),
            el("div", data_zone="ouvrir"),
            el("div", data_zone="liste"),
        )
        received = {paper.nom: paper.dossier for paper in papers().papiers.values() if paper.dossier}
        script = el("script", src=f"{SITE}assets/dossier.js", defer=True)
        block.extend(
            [
                el("noscript", el("p", _WITHOUT)),
                el(
                    "mode-emploi-dossier",
                    *zones,
                    data_recu=json.dumps(received, separators=(",", ":")),
                    data_endroits=places_for_scripts(),
                ),
                script,
            ]
        )
