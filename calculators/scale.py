"""How much of a wage, pension or benefit may be seized: the scale, its family corrective and its floor.

Rules: code du travail, art. L3252-2 to L3252-5 and R3252-2 to R3252-5. The brackets are yearly; a monthly figure is
the yearly one divided by twelve and rounded once, at the very end, never bracket by bracket.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from calculators.law import BaremeAnnuel, Value
from calculators.money import ZERO, nearest_centime
from calculators.territory import Territoire

if TYPE_CHECKING:
    from datetime import date

    from calculators.law import Law, Series

__all__ = ["MONTHS_A_YEAR", "Bracket", "Quotite", "floor_series", "quotite"]

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket of the scale, in euros of the period asked: its bounds, what of the pay falls in it, what is taken.

    ``haut`` is ``None`` for the last one. Nothing is rounded here.
    """

    bas: Fraction
    haut: Fraction | None
    fraction: Fraction
    part: Fraction
    saisissable: Fraction


@dataclass(frozen=True, slots=True)
class Quotite:
    """What may be seized of a pay, in euros. ``saisissable + laisse`` is always ``net``.

    Attributes:
        net: the pay, after contributions and tax withheld.
        annee: the scale applied.
        rsa: the monthly amount that stays in every case.
        plancher: the same, for the period asked.
        tranches: bracket by bracket.
        bareme: what the scale alone would let be seized, before the floor.
        saisissable: what may be seized.
        laisse: what stays.
    """

    net: Decimal
    annee: BaremeAnnuel
    rsa: Value
    plancher: Decimal
    tranches: tuple[Bracket, ...]
    bareme: Decimal
    saisissable: Decimal
    laisse: Decimal


def floor_series(law: Law, territoire: Territoire) -> Series:
    """The RSA of one person, which is also the SBI: half of it in Mayotte."""
    return law.series["sbi-mayotte" if territoire is Territoire.MAYOTTE else "sbi"]


def _brackets(
    fractions: tuple[Fraction, ...], net: Decimal, annee: BaremeAnnuel, personnes: int, months: int
) -> tuple[Bracket, ...]:
    raised = [Fraction(seuil + personnes * annee.par_personne) * months / MONTHS_A_YEAR for seuil in annee.seuils]
    bounds: list[Fraction | None] = [Fraction(0), *raised, None]
    pay, found = Fraction(net), []
    for (low, high), fraction in zip(itertools.pairwise(bounds), fractions, strict=True):
        bas = low or Fraction(0)
        part = max(Fraction(0), (pay if high is None else min(pay, high)) - bas)
        found.append(Bracket(bas, high, fraction, part, part * fraction))
    return tuple(found)


def quotite(
    law: Law,
    net: Decimal,
    day: date,
    personnes: int,
    territoire: Territoire,
    *,
    months: int = 1,
    alimentaire: bool = False,
) -> Quotite:
    """Apply the scale of a day to a pay of one month, or of ``months`` months together.

    For maintenance the scale does not count: all but the floor may be taken (L3252-5).

    Raises:
        CoverageError: no verified scale, or no verified floor, for that day.

    >>> from datetime import date
    >>> from calculators.law import law
    >>> found = quotite(law(), Decimal(1500), date(2024, 6, 1), 0, Territoire.METROPOLE)
    >>> found.saisissable, found.laisse
    (Decimal('241.11'), Decimal('1258.89'))
    """
    scale = law.baremes["remunerations"]
    annee, rsa = scale.au(day), floor_series(law, territoire).au(day)
    tranches = _brackets(scale.fractions, net, annee, personnes, months)
    bareme = nearest_centime(sum((t.saisissable for t in tranches), Fraction(0)))
    plancher = rsa.montant * months
    above = max(ZERO, net - plancher)
    saisissable = above if alimentaire else min(bareme, above)
    return Quotite(net, annee, rsa, plancher, tranches, bareme, saisissable, net - saisissable)
