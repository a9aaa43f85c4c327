"""Seized furniture: the month to sell it oneself, and an auction set before that month is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.delais.echeances import Alerte, Attente, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["TOLD", "amicable_sale", "told_until"]

_MONTH = "saisie-vente.vente-amiable"
#: The questions that tell of them, in the data of the situation.
_SEIZED, _OFFERED, _SUED = "date_acte_meubles", "date_offre_meubles", "date_saisine_meubles"
_AUCTION = "date_vente_meubles"


def amicable_sale(facts: Facts, line: Ligne) -> Echeance | Attente:
    """A month from the seizure, which no auction may come before the end of (CPCE, art. R221-30, R221-31)."""
    start: date | None = getattr(facts.inputs, line.depart)
    if start is None:
        return Attente(facts.law.delais[line.delai])
    found = named(line.delai, start, facts)
    auction: date | None = getattr(facts.inputs, _AUCTION)
    early = auction is not None and auction <= found.calcul.au_plus_tot
    return replace(found, alerte=Alerte.VENTE_TROP_TOT if early else None)


def told_until(deadline: str, since: str, *acted: str) -> Callable[[Facts], bool]:
    """The rule that keeps a deadline out of what was missed, for who did one of the other things the law offers.

    Args:
        deadline: its key in the law data.
        since: the question that tells when it runs from.
        acted: the questions that tell of the other things; once one has its day, the deadline is told until it is over.
    """

    def is_told(facts: Facts) -> bool:
        start: date | None = getattr(facts.inputs, since)
        if start is None or all(getattr(facts.inputs, name) is None for name in acted):
            return True
        return facts.today <= named(deadline, start, facts).calcul.au_plus_tard

    return is_told


def _own_sale(facts: Facts) -> bool:
    return getattr(facts.inputs, _OFFERED) is not None or told_until(_MONTH, _SEIZED, _SUED)(facts)


#: The rules that say whether a deadline about seized furniture is told, by their name in the plans.
TOLD: Mapping[str, Callable[[Facts], bool]] = {
    "vente_amiable_utile": _own_sale,
    "saisie_anterieure_utile": told_until("saisie-vente.saisie-anterieure", _SEIZED, _SUED, _OFFERED),
    "especes_utile": told_until("saisie-vente.especes", _SEIZED, _SUED),
    "nullite_utile": told_until("saisie-vente.nullite", _AUCTION, _SUED),
}
