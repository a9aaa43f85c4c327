"""The sentences of the SBI's answer, gathered by what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.result import Result, amount_used
from calculators.sbi.rules import basis_of, figures, open_points, seizure_basis
from calculators.sbi.words.actions import actions
from calculators.sbi.words.amounts import accounts, parts, values
from calculators.sbi.words.headline import headline
from calculators.sbi.words.readings import readings
from calculators.sbi.words.steps import steps
from calculators.sbi.words.warnings import warnings

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.result import SourceUtilisee
    from calculators.sbi.rules import Facts

__all__ = ["answer", "figures_alone"]


def figures_alone(facts: Facts, say: Language) -> Result:
    """Write the values and the warnings alone.

    Raises:
        CoverageError: no verified amount for the day of the seizure.
    """
    prudent, points = basis_of(facts), open_points(facts)
    found = figures(prudent)
    return Result(
        calculateur="sbi",
        resume="",
        valeurs=tuple(values(facts, prudent, found, say)),
        etapes=(),
        avertissements=tuple(warnings(facts, found, points, say)),
        langue=say,
    )


def answer(facts: Facts, say: Language) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: no verified amount for the day of the seizure.
    """
    prudent, points = basis_of(facts), open_points(facts)
    found = figures(prudent)
    # Of a measure that is not known, the reasoning is that of a seizure; a direct payment has a step of its own.
    reasoned = seizure_basis(facts)
    of_a_seizure = figures(reasoned)
    return replace(
        figures_alone(facts, say),
        resume=headline(facts, found, points, say),
        etapes=tuple(steps(facts, reasoned, of_a_seizure, say)),
        a_faire=tuple(actions(facts, of_a_seizure, points, say)),
        lectures=readings(prudent, points, say),
        parts=parts(found, say),
        figure=say("Où va l'argent des comptes"),
        tableaux=(accounts(facts, found, say),),
        sources=_sources(facts, say),
    )


def _sources(facts: Facts, say: Language) -> tuple[SourceUtilisee, ...]:
    threshold = facts.law.series["satd-cantonnement"]
    return (
        *((amount_used(facts.series, facts.value, say),) if facts.amount > ZERO else ()),
        *((amount_used(threshold, threshold.derniere, say),) if facts.small_satd is not None else ()),
    )
