"""Seized furniture: the month to sell it oneself, and an auction set before that month is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.delais.echeances import Alerte, Attente, named

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["amicable_sale", "own_sale_matters"]

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


def own_sale_matters(facts: Facts) -> bool:
    """Once its month is over, selling oneself is not told as missed to who has asked the judge."""
    start: date | None = getattr(facts.inputs, _SEIZED)
    sued = getattr(facts.inputs, _SUED) is not None and getattr(facts.inputs, _OFFERED) is None
    return start is None or not sued or facts.today <= named(_MONTH, start, facts).calcul.au_plus_tard
