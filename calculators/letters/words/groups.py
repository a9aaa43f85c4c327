"""What the list of letters is parted by: whom each goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.courriers import Groupe

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GROUPS"]

GROUPS: Mapping[Groupe, str] = {
    Groupe.BANQUE: "À la banque",
    Groupe.COMMISSAIRE: "Au commissaire de justice",
    Groupe.TRIBUNAL: "Au tribunal ou à son greffe",
    Groupe.IMPOTS: "Aux finances publiques",
    Groupe.MAIRIE: "À la mairie",
    Groupe.EMPLOYEUR: "À l'employeur",
    Groupe.AVOCAT: "À un avocat ou à qui prépare l'acte",
    Groupe.AIDE: "Au bureau d'aide juridictionnelle",
    Groupe.SURENDETTEMENT: "À la commission de surendettement",
}
