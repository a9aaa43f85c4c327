"""« Mon dossier » in its page: what its script fills, and that script, which no other page loads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calculators.web.guides.blocks.base import DataBlock
from calculators.web.page.elements import SITE, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping

__all__ = ["RECEIVED", "DossierBlock"]

_SEIZED = {"situation": "saisie-attribution", "role": "debiteur"}
_WAGE = {"situation": "saisie-remunerations", "role_salaire": "debiteur"}
_OWNER = {"situation": "urbanisme", "role_urbanisme": "demandeur"}
_OWES = {"situation": "surendettement", "role_surendettement": "debiteur"}
_TENANT = {"situation": "expulsion", "role_expulsion": "occupant"}
_FURNITURE = {"situation": "saisie-vente", "role_meubles": "debiteur"}
#: What the paper that a reader comes with (`#recu=…`) answers in the form of the deadlines, by the name that the page
#: « Qu'avez-vous reçu ? » gives it. The name of a situation stands for it.
RECEIVED: Mapping[str, Mapping[str, str]] = {
    "denonciation": _SEIZED,
    "banque-saisie": _SEIZED,
    "banque-satd": {"situation": "satd"},
    "satd": {"situation": "satd"},
    "carte-refusee": {"situation": "compte-bloque"},
    "commandement-meubles": _FURNITURE,
    "saisie-meubles": _FURNITURE,
    "commandement-salaire": _WAGE,
    "saisie-salaire": _WAGE,
    "employeur-saisie": {"situation": "saisie-remunerations", "role_salaire": "employeur"},
    "paiement-direct": {"situation": "pension-alimentaire"},
    "commandement-quitter": _TENANT,
    "expulsion-faite": _TENANT,
    "injonction-de-payer": {"situation": "injonction-de-payer", "role_injonction": "debiteur"},
    "prudhommes-convocation": {"situation": "affaire-prudhommes"},
    "prudhommes-jugement": {"situation": "affaire-prudhommes"},
    "licenciement": {"situation": "saisir-prudhommes"},
    "solde-de-tout-compte": {"situation": "saisir-prudhommes"},
    "avis-medecin": {"situation": "avis-medecin"},
    "aide-juridictionnelle": {"situation": "aide-juridictionnelle"},
    "surendettement-recevabilite": _OWES,
    "surendettement-dettes": _OWES,
    "surendettement-sans-plan": _OWES,
    "surendettement-mesures": _OWES,
    "surendettement-autre": {"situation": "surendettement"},
    "mairie-pieces": _OWNER,
    "mairie-refus": _OWNER,
    "mairie-accord": _OWNER,
    "mairie-delai": _OWNER,
    "panneau-voisin": {"situation": "urbanisme", "role_urbanisme": "voisin"},
}

_BEGIN = (
    "Aucun dossier n'est ouvert. Répondez à « Donnez vos dates », plus bas : il s'affiche ici. Ou ouvrez un fichier de "
    "dossier."
)
_WITHOUT = "Sans JavaScript, le dossier ne s'affiche pas. Les guides, les listes et les courriers restent lisibles."


class DossierBlock(DataBlock):
    """``/// dossier``: the dossier that is open in the tab, and what to do with it."""

    NAME = "dossier"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        zones = (
            el("p", class_="verifie-ancien", data_zone="alerte", role="alert", hidden=True),
            el("p", _BEGIN, data_zone="debut", hidden=True),
            el("div", data_zone="vue"),
            el("div", data_zone="outils", hidden=True),
            el("h3", "Ouvrir un dossier"),
            el("div", data_zone="ouvrir"),
            el("div", data_zone="liste"),
        )
        script = el("script", src=f"{SITE}assets/dossier.js", defer=True)
        block.extend(
            [
                el("noscript", el("p", _WITHOUT)),
                el("mode-emploi-dossier", *zones, data_recu=json.dumps(RECEIVED, separators=(",", ":"))),
                script,
            ]
        )
