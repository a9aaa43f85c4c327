"""The first day on which the law lets an eviction take place: two months, the time a judge gave, the winter truce.

Then what was left behind: the time to take it back, suspended for what is said to be worth nothing and is contested.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.delais.echeances import Attente, Remarque, named, the_day_after
from calculators.delais.readings import Hypothese, calculate_readings, supposing
from calculators.delais.rules import Duree
from calculators.law import Prorogation, Unite

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Reading
    from calculators.law.situations import Ligne

__all__ = ["end_of_the_truce", "eviction", "furniture", "no_time_runs"]

_POSSIBLE, _TRUCE = "expulsion.possible", "expulsion.treve"
_FURNITURE, _WORTH = "expulsion.meubles", "expulsion.valeur-meubles"
#: The questions that tell when their worth was contested, and when the judge decided.
_CONTESTED, _JUDGED = "date_contestation_meubles", "date_decision_meubles"
#: The question that tells the last day of the time a judge gave, in the data of the situation.
_GRANTED = "date_fin_du_temps"
#: Those that tell of the order to leave, and of a request for time.
_ORDERED, _ASKED = "date_commandement_quitter", "date_demande_de_temps"


def eviction(facts: Facts, line: Ligne) -> Echeance | Attente:
    """The day after the two months, or after the judge's time; in the truce, the day after it (CPCE, art. L412-6)."""
    found = _without_the_truce(facts, line)
    if isinstance(found, Attente):
        return found
    readings = tuple(_out_of_the_truce(reading, facts) for reading in found.calcul.lectures)
    return replace(found, calcul=replace(found.calcul, lectures=readings))


def end_of_the_truce(facts: Facts, line: Ligne) -> Echeance | Attente:
    """The end of the truce that holds the first day on which one could be evicted, or of the next one."""
    found = _without_the_truce(facts, line)
    if isinstance(found, Attente):
        return replace(found, delai=facts.law.delais[_TRUCE])
    return named(_TRUCE, max(found.calcul.au_plus_tot, facts.today), facts)


def furniture(facts: Facts, line: Ligne) -> Echeance | Attente:
    """Two months, which stop while the judge is asked about what is said to be worth nothing (CPCE, art. R433-3).

    They do not stop for the rest, so the first date stays the safe one.
    """
    start: date | None = getattr(facts.inputs, line.depart)
    if start is None:
        return Attente(facts.law.delais[_FURNITURE])
    found = named(_FURNITURE, start, facts)
    asked: date | None = getattr(facts.inputs, _CONTESTED)
    if asked is None or asked > named(_WORTH, start, facts).calcul.au_plus_tard:
        return found
    told = replace(found, remarque=Remarque.MEUBLES_CONTESTES, cites=facts.law.articles("CPCE R433-3"))
    judged: date | None = getattr(facts.inputs, _JUDGED)
    if judged is None:
        return told
    period = found.calcul.duree
    longer = Duree((judged - asked).days, Unite.JOURS, period.nombre)
    after = calculate_readings(start, longer, facts.ressort, prorogation=found.delai.prorogation)
    readings = (
        *supposing(found.calcul, "avec-valeur", Hypothese.MEUBLES_DE_VALEUR),
        *supposing(after, "sans-valeur", Hypothese.MEUBLES_SANS_VALEUR),
    )
    return replace(told, calcul=replace(found.calcul, lectures=readings))


def no_time_runs(facts: Facts) -> bool:
    """Whether the two months are to be told: not to who lives there for longer, in the time a judge gave (L412-3)."""
    start, granted = getattr(facts.inputs, _ORDERED), getattr(facts.inputs, _GRANTED)
    if start is None or granted is None or getattr(facts.inputs, _ASKED) is not None:
        return True
    return bool(granted < max(facts.today, named("expulsion.deux-mois", start, facts).calcul.au_plus_tard))


def _without_the_truce(facts: Facts, line: Ligne) -> Echeance | Attente:
    start: date | None = getattr(facts.inputs, line.depart)
    if start is None:
        return Attente(facts.law.delais[_POSSIBLE])
    found, granted = named(_POSSIBLE, start, facts), getattr(facts.inputs, _GRANTED)
    if granted is None or granted < found.calcul.au_plus_tot:
        return found
    after = calculate_readings(granted, Duree(1, Unite.JOURS), facts.ressort, prorogation=Prorogation.NON)
    return replace(found, calcul=after, cites=facts.law.articles("CPCE L412-3"))


def _out_of_the_truce(reading: Reading, facts: Facts) -> Reading:
    """The first day that is in no truce: that of the reading, then today when it is past already."""
    for day in (reading.compte.echeance, facts.today):
        first = max(reading.compte.echeance, day)
        truce = named(_TRUCE, first, facts).calcul
        if truce.retenue.evenement < first:
            reading = replace(reading, compte=the_day_after(truce).retenue)
    return reading
