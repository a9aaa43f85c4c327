"""What several tools ask about, each under one name: what was told to one of them is not asked again by another."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Notion"]


class Notion(StrEnum):
    """One fact of a person's case. A question that asks for it says so where it is declared, in any calculator or list.

    Two questions have a notion in common only if one and the same answer is right for both, whoever reads them.
    """

    #: The day on which the bank received the act of saisie-attribution.
    DATE_SAISIE = "date_saisie"
    #: The day on which that seizure was told to the debtor.
    DATE_DENONCIATION = "date_denonciation"
    #: Where the person who owes the money lives: the judge of a seizure is the one of that place.
    TERRITOIRE = "territoire"
    #: Whether the reader owes the money, is owed it, or has it in hand.
    ROLE = "role"
    #: How many people the debtor supports.
    PERSONNES_A_CHARGE = "personnes_a_charge"
    #: What one month's wage, pension or benefit leaves, once contributions and tax are taken.
    NET = "net"
    #: The day on which it was paid.
    DATE_VERSEMENT = "date_versement"
    #: Whether the joint account receives what a spouse who owes nothing earns.
    GAINS_EPOUX = "gains_epoux"
    #: The kind of planning file; its values are the finest there are, those of the checklists.
    DOSSIER = "dossier"
    #: Whether the ground is near a monument; its values are those of the checklists.
    SECTEUR_PROTEGE = "secteur_protege"
    #: Who asks for the direct payment of a pension: a commissaire de justice, or the CAF or the MSA.
    VOIE_PENSION = "voie_pension"
