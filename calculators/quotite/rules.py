"""The rules of the seizable part, applied to a case: figures only. The scale itself is in `calculators.scale`."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calculators.calendar import add_months
from calculators.declaration import OuiNon
from calculators.errors import CoverageError
from calculators.quotite.inputs import Creance, Periode
from calculators.quotite.schedule import schedule
from calculators.scale import MONTHS_A_YEAR, floor_series, quotite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from calculators.law import Bareme, Doute, Law, Repere, Series
    from calculators.quotite.inputs import QuotiteInputs
    from calculators.quotite.schedule import Schedule
    from calculators.scale import Quotite

__all__ = ["Facts"]


class Facts:
    """The answers, understood under a law: the figures of the day, and of the same day a year before."""

    def __init__(self, inputs: QuotiteInputs, law: Law) -> None:
        """Understand these answers under this law."""
        self.inputs = inputs
        self.law = law

    @property
    def is_maintenance(self) -> bool:
        """Whether the debt is maintenance, which the scale does not bind (C. trav., art. L3252-5).

        A debt that is not known is taken for it: that leaves the least.
        """
        return self.inputs.creance is not Creance.ORDINAIRE

    @cached_property
    def settled(self) -> Facts:
        """The same facts; of an ordinary debt when what the debt is changes nothing."""
        if self.inputs.creance is not Creance.INCONNUE:
            return self
        ordinary = Facts(replace(self.inputs, creance=Creance.ORDINAIRE), self.law)
        same = ordinary.found.saisissable == self.found.saisissable
        return ordinary if same else self

    @cached_property
    def others(self) -> Mapping[str, Facts]:
        """The same pay read the other way on what the person does not know, where it changes what may be seized.

        The debt may be an ordinary one, and the spouse a dependant (C. trav., art. R3252-3); the one, then the other,
        then both.
        """
        ordinary: dict[str, Any] = {"creance": Creance.ORDINAIRE} if self.inputs.creance is Creance.INCONNUE else {}
        unsure = self.inputs.compter and self.inputs.conjoint is OuiNon.INCONNU
        spouse: dict[str, Any] = {"conjoint": OuiNon.OUI} if unsure else {}
        ways = {"dette_ordinaire": ordinary, "conjoint": spouse, "ensemble": ordinary and spouse and ordinary | spouse}
        found: dict[str, Facts] = {}
        seen = {self.found.saisissable}
        for name, changes in ways.items():
            other = Facts(replace(self.inputs, **changes), self.law)
            if changes and other.found.saisissable not in seen:
                found[name] = other
                seen.add(other.found.saisissable)
        return found

    @property
    def is_monthly(self) -> bool:
        """Whether the amounts are those of one month."""
        return self.inputs.periode is Periode.MOIS

    @property
    def scale(self) -> Bareme:
        """The scale through the years."""
        return self.law.baremes["remunerations"]

    @property
    def floor(self) -> Series:
        """The amounts that stay in every case, through time, where the person lives."""
        return floor_series(self.law, self.inputs.territoire)

    @property
    def without_a_judge(self) -> Repere:
        """Since when no judge's leave is needed any more."""
        return self.law.reperes["saisie-remunerations-sans-juge"]

    @property
    def arrears(self) -> int:
        """Months of unpaid maintenance that may be taken of the whole pay (C. trav., art. L3252-5)."""
        return self.law.delais["pension-alimentaire.arrieres"].duree

    @property
    def arrears_by_the_body(self) -> int:
        """The same, when the body that pays family benefits acts for the creditor."""
        return self.law.delais["pension-alimentaire.arrieres-organisme"].duree

    @property
    def months_to_contest(self) -> int:
        """Months that a commandement leaves to contest before the seizure of the wage (CPCE, art. L212-2, L212-4)."""
        return self.law.delais["saisie-remunerations.contestation"].duree

    @cached_property
    def found(self) -> Quotite:
        """What may be seized on the day of the pay.

        Raises:
            CoverageError: no verified scale or floor for that day.
        """
        return self.on(self.inputs.date)

    @cached_property
    def before(self) -> Quotite | None:
        """The same pay a year earlier, when that year was verified."""
        try:
            return self.on(add_months(self.inputs.date, -MONTHS_A_YEAR))
        except CoverageError:
            return None

    @property
    def days_to_tell(self) -> int:
        """Days within which who pays is told that the seizure is lifted (CPCE, art. R212-1-38)."""
        return self.law.delais["saisie-remunerations.mainlevee"].duree

    @cached_property
    def schedule(self) -> Schedule | None:
        """The months until the debt is paid, when it was told."""
        return schedule(self)

    def missing_floor(self, day: date) -> Doute | None:
        """Why the amount that stays in every case is not known for a day, the scale of that day being so."""
        try:
            self.scale.au(day)
        except CoverageError:
            return None
        return next((gap.doute for gap in self.floor.lacunes if gap.du <= day <= gap.au), None)

    def on(self, day: date) -> Quotite:
        """What may be seized of the same pay on another day.

        Raises:
            CoverageError: no verified scale or floor for that day.
        """
        inputs = self.inputs
        return quotite(
            self.law,
            inputs.net,
            day,
            inputs.personnes,
            inputs.territoire,
            months=inputs.periode.mois,
            alimentaire=self.is_maintenance,
        )
