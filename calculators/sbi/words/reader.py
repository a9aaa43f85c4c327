"""Who the answer speaks to. Each sentence that names somebody is written for who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.sbi.inputs import Lecteur

if TYPE_CHECKING:
    from calculators.sbi.rules import Facts

__all__ = ["is_bank", "is_creditor", "is_holder", "owes"]


def owes(facts: Facts) -> bool:
    """Whether the reader is the one whose debt it is."""
    return facts.inputs.role is Lecteur.DEBITEUR


def is_holder(facts: Facts) -> bool:
    """Whether the reader holds the account with the debtor."""
    return facts.inputs.role is Lecteur.COTITULAIRE


def is_bank(facts: Facts) -> bool:
    """Whether the reader is the bank."""
    return facts.inputs.role is Lecteur.BANQUE


def is_creditor(facts: Facts) -> bool:
    """Whether the reader is the one who is owed, or prepares the acts."""
    return facts.inputs.role is Lecteur.CREANCIER
