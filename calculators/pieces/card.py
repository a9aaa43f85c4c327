"""How long an identity card is good, by its day of issue, and for how long it then still proves an identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.law.pieces.conditions import CardLaw

if TYPE_CHECKING:
    from calculators.law import Law

__all__ = ["ANCIENNE", "RECENTE", "VALIDE", "Validite", "card_validity"]

#: Where a card stands, as the question `carte_etat` names it.
VALIDE, RECENTE, ANCIENNE = "valide", "expiree_moins_5", "expiree_plus_5"


@dataclass(frozen=True, slots=True)
class Validite:
    """Until when a card is good, by its day of issue. ``fin`` is unknown in the months of the change of format."""

    etats: frozenset[str]
    fin: date | None


def card_validity(issued: date, today: date, known: Law, *, adult: bool | None) -> Validite:
    """Say whether a card is still valid, from the day it was issued and whether its holder was then an adult.

    Cards of the former format given to adults since 2004 are longer than the others, those that were good in 2014 being
    so by more than the date printed on them. The card in the format of a bank card is as short as a child's. How long
    each is good is read by its day of issue.
    """
    if adult is None:
        readings = [card_validity(issued, today, known, adult=grown) for grown in (True, False)]
        ends = {reading.fin for reading in readings}
        return Validite(frozenset().union(*(r.etats for r in readings)), ends.pop() if len(ends) == 1 else None)
    card = CardLaw.of(known)
    lengths = card.lengths(issued, adult=adult)
    fin = add_months(issued, lengths[0]) - timedelta(days=1) if len(lengths) == 1 else None
    return Validite(frozenset(_state(issued, length, card.proof, today) for length in lengths), fin)


def _state(issued: date, length: int, proof: int, today: date) -> str:
    if today < add_months(issued, length):
        return VALIDE
    return RECENTE if today < add_months(issued, length + proof) else ANCIENNE
