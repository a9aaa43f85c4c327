"""Where the person lives: the territories whose amounts or holidays differ."""

from __future__ import annotations

from calculators.declaration import Choice

__all__ = ["Territoire"]


class Territoire(Choice):
    """Territories of the code des procédures civiles d'exécution, and those it leaves to their own law."""

    METROPOLE = "metropole", "Hexagone et Corse"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace ou Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    LA_REUNION = "la_reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"
    DROIT_PROPRE = "droit_propre", "Nouvelle-Calédonie, Polynésie française, Wallis-et-Futuna"
