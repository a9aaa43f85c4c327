"""A letter as HTML: the sheet, each part of it to be changed by its reader, and what its sender keeps.

The script of the page makes the parts editable, counts the blanks that are left and adds the ways to take it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.letters.layout import BLANKS
from calculators.result import Partie
from calculators.web.page.elements import el, heading

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from calculators.result import Bloc, Lettre
    from calculators.web.page.elements import Child, Place

__all__ = ["PARTS", "letter_view"]

#: What each part is called, for who does not see where it stands.
PARTS = {
    Partie.EXPEDITEUR: "Vos nom et adresse",
    Partie.DESTINATAIRE: "À qui le courrier est adressé",
    Partie.LIEU: "Lieu et date",
    Partie.ENVOI: "Mode d'envoi",
    Partie.OBJET: "Objet",
    Partie.APPEL: "Formule d'appel",
    Partie.TEXTE: "Paragraphe",
    Partie.TABLEAU: "Tableau",
    Partie.SALUT: "Formule de politesse",
    Partie.SIGNATURE: "Signature",
    Partie.JOINTES: "Pièces jointes",
}


def letter_view(lettre: Lettre, place: Place | None = None) -> ET.Element:
    """The letter; without a place, as in an example, nothing of it is kept or changed."""
    sheet = el("div", *map(_part, lettre.blocs), class_="courrier-feuille")
    if place is None:
        return el("div", sheet, class_="courrier")
    sheet.set("data-zone", "courrier-feuille")
    return el(
        "div",
        heading(place.niveau + 1, "Votre courrier"),
        el("div", data_zone="courrier-outils", class_="courrier-outils"),
        el("div", data_zone="courrier-blancs", class_="courrier-blancs"),
        sheet,
        el("div", *map(_kept, lettre.garde), class_="courrier-garde"),
        class_="courrier",
        data_zone="courrier",
        data_nom=lettre.nom,
        data_titre=lettre.titre,
    )


def _part(bloc: Bloc) -> ET.Element:
    name = PARTS[bloc.partie]
    common = {"class_": f"courrier-bloc courrier-{bloc.partie.value}", "data_partie": bloc.partie.value}
    if bloc.lignes:
        head, *rows = bloc.lignes
        table = el(
            "table",
            el("caption", "Tableau du courrier", class_="hors-ecran"),
            el("thead", el("tr", *(el("th", cell, scope="col") for cell in head))),
            el("tbody", *(el("tr", *(el("td", *_with_blanks(cell)) for cell in row)) for row in rows)),
        )
        return el("div", table, role="group", tabindex="0", aria_label=name, **common)
    return el("div", *_with_blanks(bloc.texte), data_mots=name, **common)


def _with_blanks(text: str) -> Iterator[Child]:
    """A text, its blanks apart, so that they are seen."""
    for number, piece in enumerate(BLANKS.split(text)):
        yield el("mark", piece, class_="courrier-blanc") if number % 2 else piece


def _kept(bloc: Bloc) -> ET.Element:
    """A part of what the sender keeps, on a sheet of its own on paper."""
    kept = el("div", el("p", el("strong", bloc.texte)), data_partie=bloc.partie.value)
    if bloc.lignes:
        boxes = bloc.partie is Partie.CASES
        items = (
            el("li", el("span", class_="piece-case", aria_hidden="true") if boxes else None, *line)
            for line in bloc.lignes
        )
        kept.append(el("ul", *items))
    return kept
