"""How much of a wage, pension or benefit may be seized: the scale, its family corrective and its floor.

Rules: code du travail, art. L3252-2 to L3252-5 and R3252-2 to R3252-5. The brackets are yearly; a monthly figure is
the yearly one divided by twelve and rounded once, at the very end, never bracket by bracket.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from calculators.law import BaremeAnnuel, Value
from calculators.money import ZERO, nearest_centime
from calculators.territory import Territoire

if TYPE_CHECKING:
    from datetime import date

    from calculators.law import Law, Series

__all__ = ["MONTHS_A_YEAR", "Bracket", "Quotite", "floor_series", "quotite"]

MONTHS_A_YEAR = 12
_NOTHING = Fraction(0)


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


@lru_cache(maxsize=256)
def _bounds(annee: BaremeAnnuel, personnes: int, months: int) -> tuple[Fraction, ...]:
    """Where each bracket but the first begins: the same for all the pays of a long file."""
    return tuple(Fraction(seuil + personnes * annee.par_personne) * months / MONTHS_A_YEAR for seuil in annee.seuils)


def _brackets(
    fractions: tuple[Fraction, ...], net: Decimal, annee: BaremeAnnuel, personnes: int, months: int
) -> tuple[Bracket, ...]:
    raised = _bounds(annee, personnes, months)
    pay, found = Fraction(net), []
    for low, high, fraction in zip((_NOTHING, *raised), (*raised, None), fractions, strict=True):
        part = (pay if high is None or pay < high else high) - low if pay > low else _NOTHING
        found.append(Bracket(low, high, fraction, part, part * fraction if part else _NOTHING))
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
    bareme = nearest_centime(sum((t.saisissable for t in tranches), _NOTHING))
    plancher = rsa.montant * months
    above = max(ZERO, net - plancher)
    saisissable = above if alimentaire else min(bareme, above)
    return Quotite(net, annee, rsa, plancher, tranches, bareme, saisissable, net - saisissable)
