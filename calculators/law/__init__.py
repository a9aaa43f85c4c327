"""The law as data: dated facts in TOML, loaded once, validated on load.

Each value says since when it applies, in which text, when it was last checked and how certain we are of it
(:class:`Certitude`). Old values stay for ever, so that a seizure of 2014 is computed with the amounts of 2014. A
date that no verified value covers raises :class:`~calculators.errors.CoverageError`; a faulty file raises
:class:`~calculators.errors.LawDataError` with the file, the key and the reason.
"""

from __future__ import annotations

from calculators.law.loader import law, load
from calculators.law.model import (
    Article,
    Bareme,
    BaremeAnnuel,
    Certitude,
    Code,
    Correction,
    Delai,
    Doute,
    DureeDatee,
    Ferie,
    Interruption,
    Lacune,
    Law,
    Mesure,
    Nature,
    Point,
    Portee,
    Prorogation,
    Regime,
    Repere,
    Series,
    Somme,
    Source,
    Taux,
    Unite,
    Value,
    VersionDeDelai,
    VersionDeDuree,
)

__all__ = [
    "Article",
    "Bareme",
    "BaremeAnnuel",
    "Certitude",
    "Code",
    "Correction",
    "Delai",
    "Doute",
    "DureeDatee",
    "Ferie",
    "Interruption",
    "Lacune",
    "Law",
    "Mesure",
    "Nature",
    "Point",
    "Portee",
    "Prorogation",
    "Regime",
    "Repere",
    "Series",
    "Somme",
    "Source",
    "Taux",
    "Unite",
    "Value",
    "VersionDeDelai",
    "VersionDeDuree",
    "law",
    "load",
]
