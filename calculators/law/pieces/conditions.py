"""Conditions that the files name (``regle = "…"``) because they are reckoned from other values of the law.

A form asks by them before there is any Python in the page: so they are cases, with days and intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law.model import Law
    from calculators.law.pieces.model import Cas

__all__ = ["CONDITIONS", "CardLaw"]


@dataclass(frozen=True, slots=True)
class CardLaw:
    """What the law data say of identity cards.

    Attributes:
        short, long: for how many years a card is good.
        proof: for how many years it then still proves an identity.
        first: the first day of the cards that last longer.
        new, everywhere: the first day of the new format, and the first when it is everywhere.
    """

    short: int
    long: int
    proof: int
    first: date
    new: date
    everywhere: date

    @classmethod
    def of(cls, known: Law) -> CardLaw:
        """Read them from the law."""

        def years(series: str) -> int:
            return int(known.series[series].derniere.montant)

        return cls(
            short=years("duree-carte-identite"),
            long=years("duree-longue-carte-identite"),
            proof=years("duree-preuve-titre"),
            first=known.reperes["carte-prolongee-debut"].jour,
            new=known.reperes["carte-format-debut"].jour,
            everywhere=known.reperes["carte-format-partout"].jour,
        )


def _perhaps_no_proof(known: Law) -> Iterator[Cas]:
    """When a card of an unknown state may be too old to prove anything: by its day of issue.

    What :func:`calculators.pieces.card.card_validity` works out, said of the questions `date_delivrance` and
    `delivree_majeur`.
    """
    card = CardLaw.of(known)
    yield {"date_delivrance": ("", f"/-P{card.long + card.proof}Y")}
    yield {"date_delivrance": (f"/-P{card.short + card.proof}Y",), "delivree_majeur": ("non", "inconnu")}
    yield {"date_delivrance": (f"{card.new.isoformat()}/-P{card.short + card.proof}Y",)}


def _when_age_mattered(known: Law) -> Iterator[Cas]:
    """The days of issue for which a card given to an adult may last longer than a child's."""
    card = CardLaw.of(known)
    last = card.everywhere - timedelta(days=1)
    yield {"date_delivrance": (f"{card.first.isoformat()}/{last.isoformat()}",)}


CONDITIONS = {
    "carte-peut-etre-sans-preuve": _perhaps_no_proof,
    "carte-plus-longue-pour-un-adulte": _when_age_mattered,
}
