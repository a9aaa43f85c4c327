"""Lists of documents as HTML: boxes to tick in an answer, the whole catalogue of a démarche in its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.checklist import level_in_words, said_once
from calculators.law.pieces import demarches
from calculators.typography import french
from calculators.web.page.elements import el, extend
from calculators.web.page.qr import qr_code

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from calculators.result import PieceDemandee
    from calculators.web.page.elements import Place

__all__ = ["checklist", "document", "share", "without_address"]


def checklist(pieces: Sequence[PieceDemandee], place: Place | None = None, depot: str = "") -> ET.Element:
    """The documents of a case. With a place, each has a box to tick; without, as in an example, an empty square.

    ``depot``: where they are deposited online, for the script that checks their files.
    """
    remarks = said_once(pieces)
    once = el("dl", class_="piece-details")
    for title, words in remarks.lines:
        extend(once, [el("div", el("dt", f"{title} : "), el("dd", words))])
    items = el("ul", *(document(piece, place, box=True) for piece in remarks.pieces), class_="pieces-liste")
    shown = [once, items] if remarks.lines else [items]
    if place is None:
        return el("div", *shown)
    check = el("a", "Vérifiez vos fichiers", href=place.page("calculateurs/fichiers"))
    online = el("p", "Vous déposez ces pièces en ligne ? ", check, ", sur votre appareil.", class_="pieces-fichiers")
    # Where the page says what each place takes, its script offers to check the files of each document instead.
    files = el("mode-emploi-pieces", online, data_depot=depot or None, data_objet=_subject(pieces))
    return el(
        "div",
        el("p", class_="pieces-avancement", data_zone="avancement"),
        files,
        *shown,
        data_zone="pieces",
    )


def _subject(pieces: Sequence[PieceDemandee]) -> str | None:
    """What the documents are gathered for, as the title of their démarche says it."""
    found = {demarches()[piece.adresse.split("/")[1]].titre for piece in pieces}
    return french(found.pop()) if len(found) == 1 else None


def share(address: str, words: str = "Ce code ouvre cette liste") -> ET.Element:
    """The QR code of an address, with the address in letters; the script adds the downloads."""
    letters = el("span", translate="no")
    letters.text = address  # as it is: an address has no typography
    caption = el("figcaption", f"{words} : ", letters)
    code = qr_code(address, label=french(f"QR code. {words}"))
    return el("figure", code, caption, class_="pieces-qr", data_zone="qr")


def without_address() -> ET.Element:
    """What stands in place of the QR code in a copy of the site that has no address."""
    words = "Cette copie du site n'a pas d'adresse en ligne, donc pas de QR code. Imprimez la liste, ou copiez-la."
    return el("p", words, class_="pieces-sans-adresse")


def document(
    piece: PieceDemandee, place: Place | None = None, *, box: bool = False, anchor: bool = False
) -> ET.Element:
    """One document: its name, how far it is needed, and what to know about it. ``anchor``: its stable identifier."""
    code = (el("abbr", piece.code, class_="piece-code"), " ") if piece.code else ()
    if place is None:
        square = el("span", class_="piece-case", aria_hidden="true") if box else None
        name = el("p", square, *code, el("strong", piece.document), class_="piece-nom")
    else:
        identifier = place.id(f"piece-{piece.id}")
        former = " ".join(piece.remplace) or None
        tick = el(
            "input", type="checkbox", id=identifier, data_piece=piece.id, data_anciens=former, class_="piece-coche"
        )
        if piece.geste:
            tick.set("data-geste", "")
        name = el("div", tick, el("label", *code, piece.document, for_=identifier), class_="piece-nom")
    level = level_in_words(piece)
    item = el(
        "li",
        name,
        el("p", f"{level[0].upper()}{level[1:]}", class_="piece-niveau"),
        el("p", piece.pourquoi),
        class_=f"piece piece--{piece.niveau.replace('_', '-')}",
        id=piece.id if anchor else None,
    )
    details = el("dl", class_="piece-details")
    rows = (
        ("À confirmer", piece.a_confirmer),
        ("Forme", piece.forme),
        ("Ancienneté", piece.anciennete),
        ("Où l'obtenir", piece.ou_l_obtenir),
    )
    for term, words in rows:
        if words:
            extend(details, [el("div", el("dt", f"{term} : "), el("dd", words))])
    references = el("p")
    for number, (title, link) in enumerate(piece.references):
        extend(references, [" ; " if number else "", el("a", title, href=link, rel="external") if link else title])
    if len(details):
        item.append(details)
    # The document comes first, and where it comes from is at hand: folded, whatever the width.
    item.append(el("details", el("summary", "Source"), references, class_="piece-source"))
    return item
