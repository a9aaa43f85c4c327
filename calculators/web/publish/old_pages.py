"""Pages that were checked too long ago say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.calendar import parse_date
from calculators.typography import french
from calculators.web.page.elements import el, serialise

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from datetime import date
    from pathlib import Path

_CHECKED = re.compile(r'<p class="verifie-le">.*?<time datetime="([0-9-]{10})"', re.DOTALL)


def flag(site: Path, today: date) -> None:
    """Put a warning under the title of the built pages, shown when they were checked more than a year before `today`.

    Else it is hidden, and the page script shows it when that day comes: a copied site may be read for years.
    """
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        match = _CHECKED.search(html)
        checked = parse_date(match[1]) if match else None
        if checked is not None and "<mode-emploi-verifie" not in html:
            warning = serialise(_warning(checked, shown=_a_year_after(checked) < today))
            path.write_text(html.replace("</h1>", f"</h1>{warning}", 1), "utf-8")


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


def _warning(checked: date, *, shown: bool) -> ET.Element:
    return el(
        "mode-emploi-verifie",
        el(
            "p",
            el("strong", "Cette page a été vérifiée il y a plus d'un an."),
            french(" La loi ou les montants ont pu changer : vérifiez sur les sources, en bas de page."),
            class_="verifie-ancien",
        ),
        data_jour=checked.isoformat(),
        hidden=not shown,
    )
