"""The law as it was known on a day: what a test says of that day stays true when a newer value is added."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from calculators.law import law

if TYPE_CHECKING:
    from datetime import date

    from calculators.law import Law

__all__ = ["known_by"]


@cache
def known_by(day: date) -> Law:
    """The law of this package without the amounts and the scales that came into force after a day.

    It is the law itself when there are none, as on the day a test is written.

    >>> from datetime import date
    >>> known_by(date(2024, 1, 1)).series["sbi"].derniere.en_vigueur_du
    datetime.date(2023, 4, 1)
    """
    series, scales = dict(law().series), dict(law().baremes)
    for cle, one in law().series.items():
        known = [value for value in one.valeurs if value.en_vigueur_du <= day]
        if known and len(known) < len(one.valeurs):
            known[-1] = replace(known[-1], en_vigueur_jusqu_au=None)
            series[cle] = replace(one, valeurs=tuple(known))
    for cle, scale in law().baremes.items():
        years = tuple(year for year in scale.valeurs if year.en_vigueur_du <= day)
        if years and len(years) < len(scale.valeurs):
            scales[cle] = replace(scale, valeurs=years)
    changed = series != law().series or scales != law().baremes
    return replace(law(), series=series, baremes=scales) if changed else law()
