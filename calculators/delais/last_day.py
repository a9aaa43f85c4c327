"""The last day of one deadline of the law data, for who must act: what a letter that must leave by then asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.declaration import parse
from calculators.delais.facts import Facts
from calculators.delais.inputs import DelaisInputs, Situation
from calculators.delais.single import named_deadline
from calculators.delais.words.refusals import elsewhere
from calculators.language import FRENCH
from calculators.territory import covered

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.law import Law
    from calculators.territory import Territoire

__all__ = ["last_day"]


def last_day(cle: str, evenement: date, territoire: Territoire, today: date, law: Law) -> Echeance:
    """Count a deadline from its event, for who must act: its day is the safe one.

    Raises:
        CoverageError: the event or the territory is outside what was verified.

    >>> from datetime import date
    >>> from calculators.law import law
    >>> from calculators.territory import Territoire
    >>> today = date(2026, 11, 21)
    >>> last_day("saisie-attribution.contestation", date(2026, 11, 20), Territoire.METROPOLE, today, law()).jour
    datetime.date(2026, 12, 21)
    """
    given = {
        "aujourdhui": today.isoformat(),
        "situation": Situation.UN_DELAI.value,
        "delai": cle,
        "evenement": evenement.isoformat(),
        "territoire": territoire.value,
    }
    with covered(territoire, elsewhere(FRENCH), lambda: ""):
        return replace(named_deadline(Facts(parse(DelaisInputs, given, law), law)), agir=True)
