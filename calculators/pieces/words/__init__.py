"""The sentences of a checklist: what is understood of a case, told to its reader.

Those of one démarche are in its data; here are those that are of every list, and of the rules that data cannot hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.pieces.words.actions import actions
from calculators.pieces.words.documents import requested
from calculators.pieces.words.headline import headline, values
from calculators.pieces.words.steps import steps
from calculators.pieces.words.warnings import warnings
from calculators.result import Result, amount_used

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.pieces.rules import Facts

__all__ = ["answer", "requested"]


def answer(facts: Facts, say: Language) -> Result:
    """Tell what was understood.

    Raises:
        CoverageError: the list quotes an amount that was not verified for that day.
    """
    pieces = tuple(requested(call.piece, facts.day, facts.law, certain=call.certain, say=say) for call in facts.calls)
    series = dict.fromkeys(name for call in facts.calls for name in call.piece.series)
    return Result(
        calculateur="pieces",
        resume=headline(facts, pieces, say),
        valeurs=tuple(values(facts, say)),
        etapes=tuple(steps(facts, say)),
        avertissements=tuple(warnings(facts, pieces, say)),
        a_faire=tuple(actions(facts, say)),
        sources=tuple(
            amount_used(facts.law.series[name], facts.law.series[name].au(facts.day), say) for name in series
        ),
        pieces=pieces,
        depot=facts.depot,
        langue=say,
    )
