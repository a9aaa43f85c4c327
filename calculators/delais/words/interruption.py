"""What an event did to a deadline that it interrupts: nothing is moved in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.single import interruption_of, uninterrupted
from calculators.delais.words.dates import ending, status
from calculators.result import Avertissement, Etape, Evenement
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.delais.facts import Facts
    from calculators.language import Language

__all__ = ["interruption_event", "interruption_steps", "interruption_warnings"]


def interruption_steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """That the period begins again, or that it was over already; with the text."""
    told = interruption_of(facts)
    if told is None:
        return
    first = uninterrupted(facts).calcul
    if not told.a_temps:
        text = say(
            "{quoi}, le {jour} : c'est après la date sûre du {fin}. Le délai n'est pas recompté.",
            quoi=capitalised(say(told.quoi.intitule)),
            jour=told.le,
            fin=say.weekday(first.au_plus_tot),
        )
    else:
        text = say(
            "{quoi}, le {jour}. Le délai devait finir le {fin} : le temps déjà passé ne compte plus, et un délai "
            "aussi long part de cet événement.",
            quoi=capitalised(say(told.quoi.intitule)),
            jour=told.le,
            fin=ending(first.premiere, say),
        )
    yield Etape(say("L'interruption"), text, articles=told.quoi.articles)


def interruption_warnings(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """That the new date is as good as the event: what undoes it gives the first date back."""
    told = interruption_of(facts)
    if told is None:
        return
    first = uninterrupted(facts).calcul
    if not told.a_temps:
        yield Avertissement(
            "interruption_tardive",
            say(
                "L'événement est du {jour}, après la date sûre du {fin} : le délai n'est pas recompté. Un événement "
                "plus ancien l'avait fait repartir à temps ? Mettez sa date comme départ, et recomptez. Faites-le "
                "vérifier.",
                jour=told.le,
                fin=say.weekday(first.au_plus_tot),
            ),
        )
        return
    yield Avertissement(
        "interruption",
        say(
            "Cette date tient compte d'un événement du {jour}. Gardez-en la preuve : s'il est annulé, le délai d'abord "
            "compté peut revenir ({fin}).",
            jour=told.le,
            fin=say.weekday(first.au_plus_tot),
        ),
    )


def interruption_event(facts: Facts, say: Language) -> Iterator[Evenement]:
    """The day it happened, in the calendar of the answer."""
    told = interruption_of(facts)
    if told is not None:
        yield Evenement(
            "date_interruption",
            capitalised(say(told.quoi.intitule)),
            told.le,
            status(told.le, facts.today),
            nature=say("Date donnée"),
            echeance=False,
            articles=told.quoi.articles,
        )
