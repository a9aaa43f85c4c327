"""The scale of wage seizure worked out a second time, in whole centimes, sharing no code with the calculators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.helpers import ROOT

if TYPE_CHECKING:
    from datetime import date

#: The thresholds and the increment of each year, typed again from our facts and not read from the law files.
SCALES = json.loads((ROOT / "tests/vectors/quotite.json").read_text("utf-8"))["baremes"]
#: Slope added at each threshold, in sixtieths: 3, 6, 12, 15, 20, 40 then 60.
SLOPES = (3, 3, 6, 3, 5, 20, 20)


def seizable_by_the_scale(net: int, year: str, people: int, span: int = 1) -> int:
    """Centimes that the scale alone lets be seized of a pay of `span` months: 720ths, rounded once, halves up."""
    thresholds: list[int] = [0, *(100 * (s + people * SCALES[year]["par_personne"]) for s in SCALES[year]["seuils"])]
    yearly = net * (12 // span)
    sixtieths = sum(slope * max(0, yearly - low) for slope, low in zip(SLOPES, thresholds, strict=True))
    unit = 60 * 12 // span
    return (2 * sixtieths + unit) // (2 * unit)


def left(net: int, day: date, people: int, floor: int) -> int | None:
    """Centimes that stay of a month's pay; None when the year's scale was not verified."""
    if str(day.year) not in SCALES:
        return None
    return net - min(seizable_by_the_scale(net, str(day.year), people), max(0, net - floor))
