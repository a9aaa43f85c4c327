"""The words of the answer on deadlines: all that the reader is told, from values and dates that the rules gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from calculators.delais.echeances import Etat
from calculators.delais.inputs import Situation
from calculators.delais.single import event_of, named_deadline, typed_count, typed_length
from calculators.delais.situations import Chronologie
from calculators.delais.words.actions import single_actions, situation_actions
from calculators.delais.words.case import version_applied
from calculators.delais.words.count import counted_days, counting_steps
from calculators.delais.words.events import length_events, named_events, situation_events
from calculators.delais.words.headline import headline
from calculators.delais.words.hours import hour_steps
from calculators.delais.words.interruption import interruption_steps, interruption_warnings
from calculators.delais.words.readings import reading
from calculators.delais.words.single import VALUES, single_headline, single_readings, single_values
from calculators.delais.words.steps import situation_steps
from calculators.delais.words.warnings import length_warnings, named_warnings, situation_warnings
from calculators.law import Portee
from calculators.result import Result, Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation
    from calculators.language import Language
    from calculators.result import Avertissement

__all__ = ["VALUES", "answer", "figures"]


def answer(facts: Facts, say: Language) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: an event before the rule existed, or a day outside the years whose holidays are known.
    """
    match facts.inputs.situation:
        case Situation.UN_DELAI:
            return _of_a_named_deadline(facts, event_of(facts), named_deadline(facts), say)
        case Situation.AUTRE:
            return _of_a_length(facts, event_of(facts), typed_count(facts), say)
        case _:
            return _of_a_situation(Chronologie(facts), say)


def figures(facts: Facts, say: Language) -> Result:
    """Write the values and the warnings alone.

    Raises:
        CoverageError: as the whole answer.
    """
    match facts.inputs.situation:
        case Situation.UN_DELAI:
            return _figures_of_a_named_deadline(facts, event_of(facts), named_deadline(facts), say)
        case Situation.AUTRE:
            return _figures_of_a_length(facts, event_of(facts), typed_count(facts), say)
        case _:
            return _figures_of_a_situation(Chronologie(facts), say)


def _figures(values: Iterable[Valeur], warnings: Iterable[Avertissement]) -> Result:
    told, warned = tuple(values), tuple(warnings)
    return Result(calculateur="delais", resume="", valeurs=told, etapes=(), avertissements=warned)


def _figures_of_a_situation(course: Chronologie, say: Language) -> Result:
    return _figures(
        (
            Valeur(
                deadline.delai.cle,
                capitalised(say(deadline.delai.intitule)),
                deadline.jour,
                essentielle=deadline.limite and state in {Etat.A_VENIR, Etat.DATE_SURE_PASSEE},
            )
            for deadline, state in course.etats
        ),
        situation_warnings(course, say),
    )


def _of_a_situation(course: Chronologie, say: Language) -> Result:
    """On several deadlines together: what was done, what comes next, and the dates of the others apart."""
    return replace(
        _figures_of_a_situation(course, say),
        resume=headline(course, say),
        etapes=tuple(situation_steps(course, say)),
        a_faire=tuple(situation_actions(course, say)),
        lectures=tuple(
            reading(found, (deadline.jour, time.max), say, cle=deadline.delai.cle, sujet=say(deadline.delai.intitule))
            for deadline in course.datees
            if deadline.calcul.ouverte
            for found in deadline.calcul.lectures
        ),
        evenements=situation_events(course, say),
    )


def _figures_of_a_named_deadline(facts: Facts, event: date, deadline: Echeance, say: Language) -> Result:
    return _figures(
        single_values(deadline.calcul, deadline.delai.portee, facts.today, say),
        (*interruption_warnings(facts, say), *named_warnings(facts, event, deadline, say)),
    )


def _of_a_named_deadline(facts: Facts, event: date, deadline: Echeance, say: Language) -> Result:
    """On a deadline of the law data."""
    delai, calcul = deadline.delai, deadline.calcul
    cited = (*delai.articles, *deadline.cites)
    return replace(
        _figures_of_a_named_deadline(facts, event, deadline, say),
        resume=single_headline(calcul, delai.portee, facts.today, say),
        etapes=(
            *interruption_steps(facts, say),
            *(
                hour_steps(facts, deadline, say)
                if delai.en_heures
                else counting_steps(
                    facts,
                    calcul,
                    say(delai.intitule),
                    cited,
                    say,
                    franc=delai.franc,
                    applied=version_applied(deadline, say),
                )
            ),
        ),
        a_faire=tuple(single_actions(facts, calcul, delai.portee, say)),
        lectures=single_readings(calcul, delai.portee, say),
        evenements=named_events(facts, event, deadline, say),
        jours=() if delai.en_heures else tuple(counted_days((calcul.avant or calcul).retenue, say)),
    )


def _figures_of_a_length(facts: Facts, event: date, calcul: Calculation, say: Language) -> Result:
    return _figures(single_values(calcul, Portee.LIMITE, facts.today, say), length_warnings(facts, event, calcul, say))


def _of_a_length(facts: Facts, event: date, calcul: Calculation, say: Language) -> Result:
    """On a length that the person gave."""
    return replace(
        _figures_of_a_length(facts, event, calcul, say),
        resume=single_headline(calcul, Portee.LIMITE, facts.today, say),
        etapes=tuple(counting_steps(facts, calcul, say("durée que vous avez donnée"), (), say)),
        a_faire=tuple(single_actions(facts, calcul, Portee.LIMITE, say)),
        lectures=single_readings(calcul, Portee.LIMITE, say),
        evenements=length_events(facts, event, typed_length(facts), calcul, say),
        jours=tuple(counted_days(calcul.retenue, say)),
    )
