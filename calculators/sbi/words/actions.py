"""What to do after the SBI's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.result import Action
from calculators.sbi.words.claim import claim_actions
from calculators.sbi.words.couple import couple_actions
from calculators.sbi.words.notice import contest_action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures

__all__ = ["actions"]

_PAGE = "saisie-compte/debiteur"


def actions(facts: Facts, found: Figures, say: Language) -> Iterator[Action]:
    """What to do, the most pressing first."""
    if facts.is_person and found.laisse > ZERO:
        if any(c.joint for c in facts.inputs.comptes):
            check = say(
                "Vérifiez que la banque a bien laissé cette somme, et sur quel compte : elle doit avertir le débiteur "
                "aussitôt."
            )
        else:
            check = say(
                "Vérifiez que la banque a bien laissé cette somme, et sur quel compte : elle doit vous en avertir "
                "aussitôt."
            )
        yield Action(check, say("tout de suite"), "saisie-compte/sbi")
    if found.sur_demande > ZERO:
        yield from claim_actions(facts, say)
    yield from couple_actions(facts, say)
    yield contest_action(facts, say)
    yield Action(
        say("Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus."), "", _PAGE
    )
