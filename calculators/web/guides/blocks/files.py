"""The files that are to be deposited, in the guides: the place to drop them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.plateformes import plateformes
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.dropped import drop_zone, places_for_scripts, progress
from calculators.web.page.elements import SITE, Place, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.law.plateformes import Plateforme

__all__ = ["FilesBlock", "PlacesBlock"]

_HOW = "Choisissez-les, ou déposez-les ici. Ils restent sur votre appareil : rien n'est envoyé."
_NO_SCRIPT = "Sans JavaScript, la page ne peut pas lire vos fichiers. Les limites et les conseils restent utiles."
_FORMATS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}


class FilesBlock(DataBlock):
    """``/// fichiers``: where files are dropped, checked and mended; see calculators/web/js/files/files.mjs."""

    NAME = "fichiers"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        place = Place("fichiers")
        where = place.id("endroit")
        options = (el("option", place.titre, value=place.cle) for place in plateformes().values())
        drop = el(
            "div",
            el(
                "div",
                el("label", "Où les déposerez-vous ?", for_=where),
                el("select", *options, id=where, class_="calc-saisie", data_zone="endroit"),
                class_="calc-question",
            ),
            drop_zone(place, "Vos fichiers", _HOW, several=True),
            data_zone="entree",
            hidden=True,
        )
        block.extend(
            [
                el("noscript", el("p", _NO_SCRIPT, class_="calc-note")),
                el(
                    "mode-emploi-fichiers",
                    drop,
                    progress("Avancement de la vérification"),
                    el("p", role="status", class_="calc-etat", data_zone="annonce"),
                    el("div", data_zone="resultat"),
                    data_endroits=places_for_scripts(),
                ),
            ]
        )


class PlacesBlock(DataBlock):
    """``/// endroits``: what each place takes, as far as it says so."""

    NAME = "endroits"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        places = plateformes().values()
        block.append(el("ul", *(el("li", el("strong", place.titre), f" : {_said(place)}") for place in places)))
        limits = el("a", "ces limites", href=f"{SITE}donnees/fichiers.json")
        form = el("a", "la forme de la réponse", href=f"{SITE}donnees/verification.schema.json")
        block.append(el("p", "Pour les programmes : ", limits, ", ", form, "."))


def _said(place: Plateforme) -> str:
    names = ", ".join(_FORMATS[name] for name in place.formats or place.conseilles)
    known = f"{names}, {(place.maximum or 0) // 1_000_000} Mo au plus par fichier." if place.maximum else ""
    ask = f"limites non publiées, à demander : {place.doute.aupres_de}. Préférez : {names}." if place.doute else ""
    return known or ask
