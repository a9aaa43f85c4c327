"""The answers, understood under a law: where the period runs, and which plan of the law data answers the situation."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calculators.delais.names import plans
from calculators.delais.readings import Ressort
from calculators.law.situations.questions import GIVEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from calculators.delais.inputs import DelaisInputs
    from calculators.law import Law
    from calculators.law.pieces.model import Cas
    from calculators.law.situations import Conseil, Plan

__all__ = ["Facts"]


class Facts:
    """The answers to the questions, and the law to answer under."""

    def __init__(self, inputs: DelaisInputs, law: Law) -> None:
        """Understand these answers under this law."""
        self.inputs = inputs
        self.law = law

    @property
    def today(self) -> date:
        """The reader's day."""
        return self.inputs.aujourdhui

    @cached_property
    def ressort(self) -> Ressort:
        """Where the period runs."""
        return Ressort(self.inputs.territoire, self.law, self.inputs.temple)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the situation; only for one that answers several deadlines."""
        return plans(self.law)[self.inputs.situation]

    @property
    def acteur(self) -> str:
        """Who asks, as the data of the situations name roles."""
        return str(getattr(self.inputs, self.plan.qui)) if self.plan.qui else self.plan.acteur

    def answered(self, cases: Sequence[Cas]) -> bool:
        """Whether the answers are those of one of these cases, as the data of the situations write them."""
        return not cases or any(
            all(self._is_one_of(answers, getattr(self.inputs, name)) for name, answers in case.items())
            for case in cases
        )

    @cached_property
    def conseils(self) -> tuple[Conseil, ...]:
        """What the data of the situation say to do besides, in this case."""
        return tuple(
            advice
            for advice in self.plan.conseils
            if self.answered(advice.si)
            if not advice.sauf_si or getattr(self.inputs, advice.sauf_si) is None
        )

    @staticmethod
    def _is_one_of(answers: Sequence[str], given: object) -> bool:
        return given is not None if GIVEN in answers else str(given) in answers
