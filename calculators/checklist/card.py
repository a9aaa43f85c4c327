"""How long an identity card is good, by its day of issue, and for how long it then still proves an identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.declaration import UNKNOWN, Choice
from calculators.law import law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.declaration import Case

__all__ = ["CarteEtat", "Validite", "card_validity", "perhaps_no_proof", "when_age_mattered", "years"]


class CarteEtat(Choice):
    """Where the present card stands."""

    VALIDE = "valide", "Encore valide"
    RECENTE = "expiree_moins_5", "Expirée depuis moins de 5 ans"
    ANCIENNE = "expiree_plus_5", "Expirée depuis plus de 5 ans"
    INCONNU = UNKNOWN, "Je ne sais pas"


@dataclass(frozen=True, slots=True)
class Validite:
    """Until when a card is good, by its day of issue. ``fin`` is unknown in the months of the change of format."""

    etats: frozenset[str]
    fin: date | None


def years(series: str) -> int:
    """A length in years of the law data."""
    return int(law().series[series].derniere.montant)


def _lengths() -> tuple[int, int, int]:
    """For how many years a card is good, the short way and the long way, and then still proves an identity."""
    return years("duree-carte-identite"), years("duree-longue-carte-identite"), years("duree-preuve-titre")


def _change_of_format() -> tuple[date, date, date]:
    """The first day of the cards that last longer, the first of the new format, and the first when it is everywhere."""
    first, new, everywhere = (
        law().reperes[f"carte-{name}"].jour for name in ("prolongee-debut", "format-debut", "format-partout")
    )
    return first, new, everywhere


def card_validity(issued: date, today: date, *, adult: bool | None) -> Validite:
    """Say whether a card is still valid, from the day it was issued and whether its holder was then an adult.

    Cards issued to adults from 2 January 2004 on, and still valid on 1 January 2014, last five years more than the date
    printed on them; from 2014 the fifteen years are printed. The card in the format of a bank card lasts ten years, as
    does any card issued to a child.
    """
    if adult is None:
        readings = [card_validity(issued, today, adult=known) for known in (True, False)]
        ends = {reading.fin for reading in readings}
        return Validite(frozenset().union(*(r.etats for r in readings)), ends.pop() if len(ends) == 1 else None)
    short, long, _ = _lengths()
    first, new, everywhere = _change_of_format()
    if not adult or not first <= issued < everywhere:
        lengths = [short]
    elif issued >= new:
        lengths = [short, long]
    else:
        lengths = [long]
    fin = add_months(issued, 12 * lengths[0]) - timedelta(days=1) if len(lengths) == 1 else None
    return Validite(frozenset(_state(issued, length, today) for length in lengths), fin)


def _state(issued: date, length: int, today: date) -> str:
    _, _, proof = _lengths()
    if today < add_months(issued, 12 * length):
        return CarteEtat.VALIDE.value
    return (CarteEtat.RECENTE if today < add_months(issued, 12 * (length + proof)) else CarteEtat.ANCIENNE).value


def when_age_mattered() -> str:
    """The days of issue for which a card given to an adult may last longer than a child's, as an interval."""
    first, _, everywhere = _change_of_format()
    return f"{first.isoformat()}/{(everywhere - timedelta(days=1)).isoformat()}"


def perhaps_no_proof() -> Iterator[Case]:
    """When a card of an unknown state may be too old to prove anything: by its day of issue, as conditions.

    What :func:`card_validity` works out, said of the questions `date_delivrance` and `delivree_majeur`: a form asks by
    it, before there is any Python in the page.
    """
    short, long, proof = _lengths()
    _, new, _ = _change_of_format()
    yield {"date_delivrance": ("", f"/-P{long + proof}Y")}
    yield {"date_delivrance": (f"/-P{short + proof}Y",), "delivree_majeur": ("non", UNKNOWN)}
    yield {"date_delivrance": (f"{new.isoformat()}/-P{short + proof}Y",)}
