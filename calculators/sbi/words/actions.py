"""What to do after the SBI's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.result import Action
from calculators.sbi.inputs import MesureExecution
from calculators.sbi.words.claim import claim_actions
from calculators.sbi.words.couple import couple_actions
from calculators.sbi.words.notice import contest_action
from calculators.sbi.words.reader import is_bank, is_creditor, is_holder, owes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures, OpenPoint

__all__ = ["actions"]

_PAGE = "saisie-compte/debiteur"
_CREDITORS = "saisie-compte/creancier"


def actions(facts: Facts, found: Figures, points: tuple[OpenPoint, ...], say: Language) -> Iterator[Action]:
    """What to do, the most pressing first."""
    if facts.inputs.mesure is MesureExecution.INCONNUE:
        yield Action(
            say("Lisez le nom de la mesure, en haut de l'acte : la réponse et le délai pour contester en dépendent."),
            say("tout de suite"),
            "saisie-compte/actes",
        )
    if is_bank(facts) and points:
        yield Action(
            say(
                "Demandez par écrit au commissaire de justice, ou au comptable public, ce qui manque pour savoir quoi "
                "laisser, et gardez sa réponse."
            ),
            say("tout de suite"),
            "saisie-compte/sbi",
        )
    if facts.is_person and found.laisse > ZERO:
        yield from _what_is_left(facts, say)
    if found.sur_demande > ZERO:
        yield from claim_actions(facts, say)
    yield from couple_actions(facts, say)
    yield contest_action(facts, say)
    if not is_bank(facts):
        page = _CREDITORS if is_creditor(facts) else _PAGE
        yield Action(
            say("Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus."), "", page
        )


def _what_is_left(facts: Facts, say: Language) -> Iterator[Action]:
    """See to it that the SBI is left, for the bank and for the holders: it is no business of the creditor."""
    now, page = say("tout de suite"), "saisie-compte/sbi"
    if owes(facts):
        check = say(
            "Vérifiez que la banque a bien laissé cette somme, et sur quel compte : elle doit vous en avertir aussitôt."
        )
        yield Action(check, now, page)
    elif is_holder(facts):
        check = say(
            "Vérifiez que la banque a bien laissé cette somme, et sur quel compte : elle doit avertir le débiteur "
            "aussitôt."
        )
        yield Action(check, now, page)
    elif is_bank(facts):
        check = say("Laissez cette somme, et avertissez aussitôt le débiteur du montant et du compte.")
        yield Action(check, now, page)
