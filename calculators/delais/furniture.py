"""Furniture seized, or left behind: an auction set too early, and what is not missed by who did another thing."""

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
#: Those that tell of furniture left behind after an eviction.
_EVICTED, _TAKEN_BACK, _WORTH_CONTESTED = "date_pv_expulsion", "date_meubles_repris", "date_contestation_meubles"


def amicable_sale(facts: Facts, line: Ligne) -> Echeance | Attente:
    """A month from the seizure, which no auction may come before the end of (CPCE, art. R221-30, R221-31)."""
    start: date | None = getattr(facts.inputs, line.depart)
    if start is None:
        return Attente(facts.law.delais[line.delai])
    found = named(line.delai, start, facts)
    auction: date | None = getattr(facts.inputs, _AUCTION)
    early = auction is not None and auction <= found.calcul.au_plus_tot
    return replace(found, alerte=Alerte.VENTE_TROP_TOT if early else None)


def told_until(deadline: str, since: str, *acted: str, own: str = "") -> Callable[[Facts], bool]:
    """The rule that keeps a deadline out of what was missed, for who did one of the other things the law offers.

    Args:
        deadline: its key in the law data.
        since: the question that tells when it runs from.
        acted: the questions that tell of the other things; once one has its day, the deadline is told until it is over.
        own: the question that tells when the thing itself was done; it is then told always.
    """

    def is_told(facts: Facts) -> bool:
        start: date | None = getattr(facts.inputs, since)
        done = bool(own) and getattr(facts.inputs, own) is not None
        if start is None or done or all(getattr(facts.inputs, name) is None for name in acted):
            return True
        return facts.today <= named(deadline, start, facts).calcul.au_plus_tard

    return is_told


#: The rules that say whether a deadline about furniture is told, by their name in the plans.
TOLD: Mapping[str, Callable[[Facts], bool]] = {
    "vente_amiable_utile": told_until(_MONTH, _SEIZED, _SUED, own=_OFFERED),
    "insaisissabilite_utile": told_until("saisie-vente.insaisissabilite", _SEIZED, _OFFERED, own=_SUED),
    "saisie_anterieure_utile": told_until("saisie-vente.saisie-anterieure", _SEIZED, _SUED, _OFFERED),
    "especes_utile": told_until("saisie-vente.especes", _SEIZED, _SUED),
    "valeur_utile": told_until("expulsion.valeur-meubles", _EVICTED, _TAKEN_BACK, own=_WORTH_CONTESTED),
    "nullite_utile": told_until("saisie-vente.nullite", _AUCTION, _SUED),
}
