"""Where a page takes files from the reader's device: the place to drop them, and how far it is with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.web.page.elements import Place

__all__ = ["drop_zone", "progress"]


def drop_zone(place: Place, label: str, hint: str, *, accepted: str = "", several: bool = False) -> ET.Element:
    """A field for files, on which they may be dropped too; ``accepted``: the kinds that the browser offers first."""
    field, told = place.id("fichier"), place.id("aide")
    return el(
        "div",
        el("label", label, for_=field),
        el("p", hint, class_="calc-aide", id=told),
        el("input", type="file", id=field, accept=accepted or None, multiple=several, aria_describedby=told),
        class_="lot-depot",
        data_zone="depot",
    )


def progress(label: str) -> ET.Element:
    """A bar, what has been done in words, and a button that stops it; shown while there is something to do."""
    return el(
        "div",
        el("p", data_zone="compte"),
        el("progress", class_="lot-barre", aria_label=label, data_zone="barre"),
        el("p", el("button", "Annuler", type="button", class_="md-button", data_zone="annuler")),
        class_="lot-avancement",
        data_zone="avancement",
        hidden=True,
    )
