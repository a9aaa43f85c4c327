"""What to do after the SBI's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.result import Action
from calculators.sbi.inputs import Mesure
from calculators.sbi.words.claim import claim_actions
from calculators.sbi.words.couple import couple_actions

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
    yield _contest(facts, say)
    yield Action(
        say("Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus."), "", _PAGE
    )


def _contest(facts: Facts, say: Language) -> Action:
    match facts.inputs.mesure:
        case Mesure.SAISIE_ATTRIBUTION:
            period = say(facts.law.delais["saisie-attribution.contestation"].in_words())
            until = facts.claim_until
            return Action(
                say("Si vous n'êtes pas d'accord avec la saisie, contestez-la devant le juge de l'exécution."),
                say("au plus tard le {jour}, {delai} après la dénonciation", jour=until, delai=period)
                if until and until >= facts.inputs.aujourdhui
                else say("{delai} à partir du jour où l'acte de dénonciation vous a été remis", delai=period),
                _PAGE,
            )
        case Mesure.SATD:
            period = say(facts.law.delais["satd.contestation"].in_words())
            return Action(
                say("Si vous n'êtes pas d'accord, contestez d'abord auprès de l'administration qui a envoyé l'avis."),
                say("{delai} à partir de la notification", delai=period),
                "saisie-compte/satd",
            )
        case _:
            return Action(
                say(
                    "Lisez sur l'acte reçu le délai pour contester et le juge à saisir, puis demandez conseil sans "
                    "attendre."
                ),
                say("tout de suite"),
                _PAGE,
            )
