"""How long until a debt is paid: the part that may be seized, month after month, until nothing is left.

Each month takes the scale and the minimum of its own day. From the first month whose scale is not published, or whose
minimum is due to change, the last ones known are kept, and the month says so: nothing is foretold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.errors import CoverageError
from calculators.money import CENTIME, ZERO
from calculators.scale import MONTHS_A_YEAR

if TYPE_CHECKING:
    from calculators.quotite.rules import Facts

__all__ = ["MOST_MONTHS", "Mensualite", "Schedule", "schedule"]

#: Past a hundred years, how many months more changes nothing for anybody.
MOST_MONTHS = 100 * MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class Mensualite:
    """What goes to the debt in one month, and what is left of it after. Amounts in euros.

    ``annee``: the year of the scale applied; ``connu``: it is that of the month, and so is the minimum left.
    """

    jour: date
    retenue: Decimal
    reste: Decimal
    annee: int
    connu: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """The months until a debt is paid: none when there is no debt left; ``payee`` is false past a hundred years."""

    dette: Decimal
    mois: tuple[Mensualite, ...]
    payee: bool

    @property
    def last(self) -> Mensualite | None:
        """The month that pays the debt off; none when it is never paid, or is already."""
        return self.mois[-1] if self.payee and self.mois else None

    @property
    def unknown(self) -> Mensualite | None:
        """The first month whose scale or minimum is not known."""
        return next((month for month in self.mois if not month.connu), None)


def schedule(facts: Facts) -> Schedule | None:
    """Work the months out; nothing when no debt is told. It is not asked of maintenance, which grows each month.

    Raises:
        CoverageError: no verified scale or floor for the day of the pay.
    """
    debt = facts.inputs.dette
    if debt is None:
        return None
    left, months, law = debt, list[Mensualite](), _Law(facts)
    while left > ZERO and len(months) < MOST_MONTHS:
        day = add_months(facts.inputs.date, len(months))
        part, year, known = law.of(day)
        if part == ZERO and day > law.end:
            break
        taken = min(part, left)
        left -= taken
        months.append(Mensualite(day, taken, left, year, known))
    return Schedule(debt, tuple(months), left == ZERO)


class _Law:
    """What may be seized of the same pay month after month, forward in time."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        #: The last day whose scale is published.
        self.end = facts.scale.valeurs[-1].en_vigueur_jusqu_au
        self._part, self._year = _monthly(facts.found.saisissable, facts), facts.found.annee.en_vigueur_du.year

    def of(self, day: date) -> tuple[Decimal, int, bool]:
        """The part that may be seized that month, the year of the scale, and whether all of it is known."""
        if day > self.end:
            return self._part, self._year, False
        try:
            found = self.facts.on(day)
        except CoverageError:  # a year, or a minimum, that was not verified
            return self._part, self._year, False
        self._part, self._year = _monthly(found.saisissable, self.facts), found.annee.en_vigueur_du.year
        return self._part, self._year, not self.facts.floor.perimee_au(day)


def _monthly(part: Decimal, facts: Facts) -> Decimal:
    """The part of a month; of a pay told by the year, the twelfth, rounded down so that twelve never take more."""
    if facts.is_monthly:
        return part
    return (part / MONTHS_A_YEAR).quantize(CENTIME, rounding=ROUND_DOWN)
