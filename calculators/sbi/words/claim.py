"""How, and until when, to claim protected sums from the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.words import length
from calculators.money import ZERO
from calculators.result import Action, Avertissement, Etape
from calculators.sbi.inputs import MesureExecution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures

__all__ = ["claim_actions", "claim_warnings", "step_claim_until"]

_PAGE = "saisie-compte/sommes-protegees"


def step_claim_until(facts: Facts, say: Language) -> Etape:
    """The step of the reasoning on the last safe day."""
    notified, until = facts.inputs.date_denonciation, facts.claim_until
    why = say(
        "La demande à la banque doit précéder celle du créancier qui réclame le paiement. Il peut le demander dès que "
        "le délai pour contester est passé, ou plus tôt si le débiteur a écrit qu'il ne conteste pas. Une contestation "
        "faite dans le délai fait attendre le paiement."
    )
    month = length(facts.law.delais["saisie-attribution.contestation"], say)
    articles = facts.law.articles("CPCE R162-6", "CPCE R211-6", "CPCE L211-5")
    if notified is None or until is None:
        computation = say(
            "dernier jour sûr : {delai} après la dénonciation, dont vous n'avez pas donné la date", delai=month
        )
    else:
        computation = say(
            "dénonciation du {denonciation} + {delai} : dernier jour sûr le {fin}",
            denonciation=notified,
            delai=month,
            fin=until,
        )
        articles += facts.law.articles("CPC 641")
        if facts.month_to_contest != (until, until):
            why += " " + say(
                "Un délai qui finit un samedi, un dimanche ou un jour férié va au premier jour ouvrable suivant."
            )
            articles += facts.law.articles("CPC 642")
    return Etape(say("Jusqu'à quand réclamer"), why, computation, articles)


def claim_warnings(facts: Facts, found: Figures, say: Language) -> Iterator[Avertissement]:
    """Say that the last safe day is over."""
    until = facts.claim_until
    if until is not None and until < facts.inputs.aujourdhui and found.sur_demande > ZERO:
        yield Avertissement(
            "reclamer_sans_attendre",
            say(
                "Le {jour} est passé : depuis, le créancier a pu demander le paiement. S'il ne l'a pas fait, votre "
                "demande à la banque compte encore. Envoyez-la aujourd'hui, et voyez un point-justice.",
                jour=until,
            ),
        )


def claim_actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to send to the bank, and before when."""
    nets = [(facts.law.sommes[net.somme.nature].periodique, net.nette > ZERO) for net in facts.sums]
    before = _before(facts, say)
    if (True, True) in nets or not nets:
        yield Action(
            say(
                "Envoyez à la banque une demande écrite, avec la preuve de l'origine des sommes : bulletin de "
                "paie, attestation, relevé."
            ),
            before,
            _PAGE,
        )
    if (False, True) in nets:
        yield Action(
            say(
                "Pour une somme versée en une fois, faites la même demande : la banque ne peut la rendre qu'à la "
                "fin du blocage de {duree}.",
                duree=length(facts.law.delais["saisie-attribution.blocage"], say),
            ),
            before,
            _PAGE,
        )


def _before(facts: Facts, say: Language) -> str:
    match facts.inputs.mesure:
        case MesureExecution.SATD if facts.satd_paid_on < facts.inputs.aujourdhui:
            return say("aujourd'hui")
        case MesureExecution.SATD:
            paid = length(facts.law.delais["satd.versement"], say)
            return say("tout de suite : la banque verse l'argent dans les {duree}", duree=paid)
        case MesureExecution.SAISIE_ATTRIBUTION if (until := facts.claim_until) is not None:
            if until < facts.inputs.aujourdhui:
                return say("aujourd'hui")
            return say("tout de suite, et au plus tard le {jour}", jour=until)
        case MesureExecution.SAISIE_ATTRIBUTION:
            month = length(facts.law.delais["saisie-attribution.contestation"], say)
            return say("tout de suite, et au plus tard {delai} après la dénonciation", delai=month)
        case _:
            return say("tout de suite, et avant que le créancier demande le paiement à la banque")
