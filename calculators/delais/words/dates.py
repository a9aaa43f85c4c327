"""How an answer on deadlines says a day, a length, and how far away a day is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import clock
from calculators.holidays import Repos
from calculators.law import Ferie, Unite
from calculators.law.words import lasting
from calculators.result import Statut

if TYPE_CHECKING:
    from datetime import date, time

    from calculators.delais.readings import Calculation
    from calculators.delais.rules import Decompte, Duree
    from calculators.language import Language

__all__ = ["aim_at", "ending", "how_soon", "length", "moment", "of_machines", "sentences", "status", "why_not"]


def sentences(*parts: str) -> str:
    """The sentences that there are, one after the other."""
    return " ".join(filter(None, parts))


def moment(day: date, hour: time | None, say: Language) -> str:
    """A day and its hour; without one, the day alone."""
    told = say.weekday(day)
    return told if hour is None else say("{jour} à {heure}", jour=told, heure=clock(hour))


def ending(compte: Decompte, say: Language) -> str:
    """When a count ends: the day and, of a period in hours, its hour or midnight."""
    if compte.duree.unite is Unite.HEURES and compte.heure is None:
        return say("{jour} à minuit", jour=say.weekday(compte.echeance))
    return moment(compte.echeance, compte.heure, say)


def of_machines(day: date, hour: time | None) -> date | str:
    """A day, or the moment of a day that has an hour: ``2026-11-20T14:30``."""
    return day if hour is None else f"{day.isoformat()}T{hour:%H:%M}"


def how_soon(day: date, today: date, say: Language) -> str:
    """« aujourd'hui », « demain », « dans 12 jours »."""
    left = (day - today).days
    if left == 0:
        return say("aujourd'hui")
    return say("demain") if left == 1 else say("dans {nombre} jours", nombre=left)


def status(day: date, today: date) -> Statut:
    """Where a day stands from today."""
    if day == today:
        return Statut.AUJOURD_HUI
    return Statut.PASSE if day < today else Statut.A_VENIR


def length(duree: Duree, say: Language) -> str:
    """« 1 mois et 15 jours »."""
    months = lasting(Unite.MOIS, duree.mois, say) if duree.mois else ""
    if not duree.nombre:
        return months or say("le jour même")
    units = lasting(duree.unite, duree.nombre, say)
    return say("{mois} et {jours}", mois=months, jours=units) if months else units


def aim_at(calcul: Calculation, today: date, say: Language) -> str:
    """The working day to aim at, when the safe day is one when offices are closed.

    Too late for it, and not for the safe day: how long another reading leaves, if there is one.
    """
    if calcul.a_viser == calcul.au_plus_tot:
        return ""
    if calcul.a_viser < today:
        if not today <= calcul.au_plus_tot < calcul.au_plus_tard:
            return ""
        return say(
            "Ce jour-là, les bureaux sont fermés : une lecture de la loi laisse jusqu'au {dernier}.",
            dernier=say.weekday(calcul.au_plus_tard),
        )
    return say("Ce jour-là, les bureaux sont fermés : visez le {jour}.", jour=say.weekday(calcul.a_viser))


def why_not(repos: Ferie | Repos | None, say: Language) -> str:
    """Why a deadline cannot end on that day: « samedi », « dimanche », a holiday's name; empty when it can."""
    match repos:
        case Ferie():
            return say("férié : {nom}", nom=say(repos.intitule))
        case Repos.SAMEDI:
            return say("samedi")
        case Repos.DIMANCHE:
            return say("dimanche")
        case _:
            return ""
