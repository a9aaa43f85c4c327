"""The sentences of the answer on a plan of payments, gathered by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.echeancier.words.actions import actions
from calculators.echeancier.words.figures import budget, headline, parts, payments, values
from calculators.echeancier.words.steps import steps
from calculators.echeancier.words.warnings import warnings
from calculators.result import Result

if TYPE_CHECKING:
    from calculators.echeancier.rules import Facts
    from calculators.language import Language

__all__ = ["answer"]


def answer(facts: Facts, say: Language) -> Result:
    """Write the whole answer."""
    return Result(
        calculateur="echeancier",
        resume=headline(facts, say),
        valeurs=tuple(values(facts, say)),
        etapes=tuple(steps(facts, say)),
        avertissements=tuple(warnings(facts, say)),
        a_faire=tuple(actions(facts, say)),
        parts=parts(facts, say),
        figure=say("Où va l'argent du mois"),
        tableaux=(payments(facts, say), budget(facts, say)),
        langue=say,
    )
