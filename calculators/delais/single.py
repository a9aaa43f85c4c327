"""One deadline alone: named in the law data, or a length that the person gave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from calculators.declaration import answered
from calculators.delais.distance import extension_of
from calculators.delais.echeances import named
from calculators.delais.inputs import ORDER_DATE, SensDuDelai
from calculators.delais.readings import calculate_readings
from calculators.delais.rules import Duree
from calculators.law import Interruption, Unite

if TYPE_CHECKING:
    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation

__all__ = [
    "Interrompu",
    "event_of",
    "interruption_of",
    "named_deadline",
    "typed_count",
    "typed_length",
    "uninterrupted",
]


def event_of(facts: Facts) -> date:
    """The event that starts the period."""
    return answered(facts.inputs.evenement, "evenement")


def named_deadline(facts: Facts) -> Echeance:
    """Count the deadline of the law data that the person named; again, whole, from what interrupted it in time.

    Raises:
        CoverageError: the event is before the rule existed, or a day is outside the years whose holidays are known.
    """
    found, told = uninterrupted(facts), interruption_of(facts)
    if told is None or not told.a_temps:
        return found
    return replace(_from(told.le, facts), cites=(*found.cites, *told.quoi.articles))


@dataclass(frozen=True, slots=True)
class Interrompu:
    """What happened, and when; ``a_temps``: no later than the safe day, so that the period begins again."""

    quoi: Interruption
    le: date
    a_temps: bool


def interruption_of(facts: Facts) -> Interrompu | None:
    """The event that interrupts the period, when there was one."""
    quoi = facts.law.interruptions.get(facts.inputs.interruption)
    if quoi is None:
        return None
    le = answered(facts.inputs.date_interruption, "date_interruption")
    return Interrompu(quoi, le, le <= uninterrupted(facts).calcul.au_plus_tot)


def uninterrupted(facts: Facts) -> Echeance:
    """The deadline as it runs from its event, whatever happened since."""
    return _from(event_of(facts), facts)


def _from(event: date, facts: Facts) -> Echeance:
    key = answered(facts.inputs.delai, "delai")
    delai = facts.law.delais[key]
    chosen_by = facts.inputs.date_ordonnance if delai.version_selon == ORDER_DATE else None
    far = extension_of(facts, delai, delai.au(chosen_by or event))
    hour = answered(facts.inputs.heure_de_l_evenement, "heure") if delai.en_heures else None
    return named(key, event, facts, augmentation=far, version_du=chosen_by, heure=hour)


def typed_length(facts: Facts) -> Duree:
    """The length that the person gave."""
    inputs = facts.inputs
    if inputs.mois is not None or inputs.jours is not None:
        return Duree(inputs.jours or 0, Unite.JOURS, inputs.mois or 0)
    return Duree(answered(inputs.duree, "duree"), Unite(answered(inputs.unite, "unite").value))


def typed_count(facts: Facts) -> Calculation:
    """Count the length that the person gave.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    backwards = facts.inputs.sens is SensDuDelai.REBOURS
    far = None if backwards else extension_of(facts, None)
    return calculate_readings(event_of(facts), typed_length(facts), facts.ressort, rebours=backwards, augmentation=far)
