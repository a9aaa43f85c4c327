"""The answer of the deadlines calculator: on one deadline, or on a whole situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.inputs import Situation
from calculators.delais.readings import Place
from calculators.delais.single import VALUES, of_a_length, of_a_named_deadline
from calculators.delais.situations import answerable
from calculators.delais.timeline import of_a_situation

if TYPE_CHECKING:
    from calculators.delais.inputs import DelaisInputs
    from calculators.result import Result

__all__ = ["answer", "results"]


def answer(inputs: DelaisInputs) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: an event before the rule existed, or a day outside the years whose holidays are known.
    """
    place = Place(inputs.territoire, inputs.temple)
    match inputs.situation:
        case Situation.UN_DELAI:
            return of_a_named_deadline(inputs, place)
        case Situation.AUTRE:
            return of_a_length(inputs, place)
        case _:
            return of_a_situation(inputs, place)


def results() -> tuple[str, ...]:
    """Names of all the values an answer may have: of one deadline, then of every situation."""
    return (*VALUES, *answerable())
