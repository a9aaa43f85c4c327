"""Conditions that the files name (``regle = "…"``) because they are reckoned from other values of the law.

A form asks by them before there is any Python in the page: so they are cases, with days and intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from calculators.law.model import DureeDatee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law.model import Law
    from calculators.law.pieces.model import Cas

__all__ = ["CONDITIONS", "CardLaw"]

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class CardLaw:
    """What the law data say of identity cards.

    Attributes:
        plain: how long a child's card is good, or one in the new format, by its day of issue.
        adult: the same of a card of the former format given to an adult.
        proof: for how many months a card that is no longer good still proves an identity.
        new, everywhere: the first day of the new format, and the first when it is everywhere.
    """

    plain: DureeDatee
    adult: DureeDatee
    proof: int
    new: date
    everywhere: date

    @classmethod
    def of(cls, known: Law) -> CardLaw:
        """Read them from the law."""
        return cls(
            plain=known.durees["carte-identite"],
            adult=known.durees["carte-identite.majeur"],
            proof=known.durees["identite.expiration"].derniere.mois,
            new=known.reperes["carte-format-debut"].jour,
            everywhere=known.reperes["carte-identite.nouveau-format"].jour,
        )

    def lengths(self, issued: date, *, adult: bool) -> tuple[int, ...]:
        """For how many months a card of that day is good: two answers while its format is not known."""
        plain = self.plain.au(issued).mois
        if not adult or issued >= self.everywhere:
            return (plain,)
        of_the_adult = self.adult.au(issued).mois
        return tuple(dict.fromkeys((plain, of_the_adult))) if issued >= self.new else (of_the_adult,)

    def longer(self) -> tuple[date, date]:
        """The first and the last day of issue for which being an adult may change how long a card is good."""
        since = next(v.en_vigueur_du for v in self.adult.versions if v.mois != self.plain.derniere.mois)
        return since or date.min, self.everywhere - timedelta(days=1)


def _ago(months: int) -> str:
    """Any day that is so many months back, as :func:`~calculators.declaration.ask` writes it: in whole years."""
    return f"-P{-(-months // _MONTHS_A_YEAR)}Y"


def _perhaps_no_proof(known: Law) -> Iterator[Cas]:
    """When a card of an unknown state may be too old to prove anything: by its day of issue.

    What :func:`calculators.pieces.card.card_validity` works out, said of the questions `date_delivrance` and
    `delivree_majeur`.
    """
    card = CardLaw.of(known)
    longest = max(version.mois for version in (*card.adult.versions, *card.plain.versions))
    yield {"date_delivrance": ("", f"/{_ago(longest + card.proof)}")}
    for version in card.plain.versions:
        over, since = _ago(version.mois + card.proof), version.en_vigueur_du
        yield {"date_delivrance": (f"{since or ''}/{over}",), "delivree_majeur": ("non", "inconnu")}
        yield {"date_delivrance": (f"{max(since or card.new, card.new)}/{over}",)}


def _when_age_mattered(known: Law) -> Iterator[Cas]:
    """The days of issue for which a card given to an adult may last longer than a child's."""
    first, last = CardLaw.of(known).longer()
    yield {"date_delivrance": (f"{first.isoformat()}/{last.isoformat()}",)}


CONDITIONS = {
    "carte-peut-etre-sans-preuve": _perhaps_no_proof,
    "carte-plus-longue-pour-un-adulte": _when_age_mattered,
}
