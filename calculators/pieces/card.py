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

    Cards issued to adults from 2 January 2004 on, and still valid on 1 January 2014, last five years more than the date
    printed on them; from 2014 the fifteen years are printed. The card in the format of a bank card lasts ten years, as
    does any card issued to a child.
    """
    if adult is None:
        readings = [card_validity(issued, today, known, adult=grown) for grown in (True, False)]
        ends = {reading.fin for reading in readings}
        return Validite(frozenset().union(*(r.etats for r in readings)), ends.pop() if len(ends) == 1 else None)
    card = CardLaw.of(known)
    if not adult or not card.first <= issued < card.everywhere:
        lengths = [card.short]
    elif issued >= card.new:
        lengths = [card.short, card.long]
    else:
        lengths = [card.long]
    last_days = [add_months(issued, 12 * length) - timedelta(days=1) for length in lengths]
    states = frozenset(_state(issued, length, card.proof, today) for length in lengths)
    return Validite(states, last_days.pop() if len(last_days) == 1 else None)


def _state(issued: date, length: int, proof: int, today: date) -> str:
    if today < add_months(issued, 12 * length):
        return VALIDE
    return RECENTE if today < add_months(issued, 12 * (length + proof)) else ANCIENNE
