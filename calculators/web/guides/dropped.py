"""Where a page takes files from the reader's device, how far it is with them, and what each place takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calculators.files.command import limits_of
from calculators.law.plateformes import plateformes
from calculators.typography import french
from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.law.plateformes import Plateforme
    from calculators.web.page.elements import Place

__all__ = ["drop_zone", "places_for_scripts", "progress"]


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


def places_for_scripts() -> str:
    """What each place takes, by its name, as JSON: the page's script gives it with each file."""
    return json.dumps({place.cle: _limits(place) for place in plateformes().values()}, ensure_ascii=False)


def _limits(place: Plateforme) -> dict[str, object]:
    limits = limits_of(place)
    return {
        "titre": french(limits.titre),
        "formats": limits.formats,
        "conseilles": limits.conseilles,
        "maximum": limits.maximum,
        "prudence": limits.prudence,
    }
