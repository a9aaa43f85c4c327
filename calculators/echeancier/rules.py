"""What a budget can pay of a debt, month by month: figures only, exact to the centime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.echeancier.inputs import CHARGES, JUDGED, RESSOURCES, longest
from calculators.money import CENTIME, ZERO

if TYPE_CHECKING:
    from calculators.echeancier.inputs import EcheancierInputs
    from calculators.law import Law

__all__ = ["Facts", "Issue", "Plan", "Terme"]


class Issue(Enum):
    """What the budget allows."""

    #: All is paid in the months wanted.
    TIENT = auto()
    #: All is paid, in more months than wanted.
    ALLONGE = auto()
    #: Not all is paid in the longest time there is.
    EN_PARTIE = auto()
    #: Nothing is left to pay with.
    RIEN = auto()


@dataclass(frozen=True, slots=True)
class Terme:
    """One payment: its number from 1, its day, its amount, and what is still owed after it."""

    numero: int
    jour: date
    montant: Decimal
    reste: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """Payments: ``mensualite`` each month but the last, which is ``derniere``. ``reste``: what they leave unpaid."""

    mois: int
    mensualite: Decimal
    derniere: Decimal
    reste: Decimal = ZERO


def _months(owed: Decimal, each: Decimal) -> int:
    """How many payments of so much it takes."""
    return int((owed / each).to_integral_value(ROUND_CEILING))


def _in_months(owed: Decimal, months: int) -> Plan:
    """Equal payments, rounded up to the centime; the last one is what is left, and a very small debt takes fewer."""
    each = (owed / months).quantize(CENTIME, ROUND_CEILING)
    count = _months(owed, each)
    return Plan(count, each, owed - each * (count - 1))


class Facts:
    """The answers, understood under a law."""

    def __init__(self, inputs: EcheancierInputs, law: Law) -> None:
        """Understand these answers under this law."""
        self.inputs = inputs
        self.law = law

    @property
    def longest(self) -> int:
        """Months of the longest time that a judge may give."""
        return longest(self.law)

    @property
    def wanted(self) -> int:
        """Months in which the person wants to pay."""
        return self.inputs.nombre_mois or self.longest

    def budget(self, names: tuple[str, ...]) -> dict[str, Decimal]:
        """The lines of the budget that were filled, by their names; one of nothing is left out."""
        return {name: amount for name in names if (amount := getattr(self.inputs, name))}

    @property
    def income(self) -> Decimal:
        """What comes in, a month."""
        return sum(self.budget(RESSOURCES).values(), ZERO)

    @property
    def expenses(self) -> Decimal:
        """What is spent, a month."""
        return sum(self.budget(CHARGES).values(), ZERO)

    @property
    def room(self) -> Decimal:
        """What is left to pay with, a month; never below zero."""
        return max(ZERO, self.income - self.expenses)

    @cached_property
    def if_wanted(self) -> Plan:
        """The plan in the months wanted, whatever the budget."""
        return _in_months(self.inputs.dette, self.wanted)

    @cached_property
    def issue(self) -> Issue:
        """What the budget allows."""
        if self.room == ZERO:
            return Issue.RIEN
        if self.if_wanted.mensualite <= self.room:
            return Issue.TIENT
        return Issue.ALLONGE if _months(self.inputs.dette, self.room) <= self.longest else Issue.EN_PARTIE

    @cached_property
    def plan(self) -> Plan | None:
        """The payments that the budget allows, or ``None`` when nothing is left to pay with."""
        debt = self.inputs.dette
        match self.issue:
            case Issue.TIENT:
                return self.if_wanted
            case Issue.ALLONGE:
                return _in_months(debt, _months(debt, self.room))
            case Issue.EN_PARTIE:
                return Plan(self.longest, self.room, self.room, debt - self.room * self.longest)
            case _:
                return None

    @cached_property
    def unpaid(self) -> Decimal:
        """What the plan leaves unpaid."""
        return self.plan.reste if self.plan else self.inputs.dette

    @cached_property
    def terms(self) -> tuple[Terme, ...]:
        """Every payment, the same day of each month, or the last day of a shorter one."""
        plan = self.plan
        if plan is None:
            return ()
        found, left = [], self.inputs.dette
        for number in range(1, plan.mois + 1):
            amount = plan.derniere if number == plan.mois else plan.mensualite
            left -= amount
            found.append(Terme(number, add_months(self.inputs.premier_paiement, number - 1), amount, left))
        return tuple(found)

    @property
    def may_be_judged(self) -> bool:
        """Whether a judge may give time for this debt."""
        return self.inputs.nature in JUDGED
