"""How, and until when, to claim protected sums from the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.words import length
from calculators.money import ZERO
from calculators.result import Action, Avertissement, Etape
from calculators.sbi.inputs import MesureExecution
from calculators.sbi.words.reader import is_bank, owes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures

__all__ = ["claim_actions", "claim_warnings", "step_claim_until"]

_PAGE = "saisie-compte/sommes-protegees"


def step_claim_until(facts: Facts, say: Language) -> Etape:
    """The step of the reasoning on the last safe day."""
    notified, until = facts.inputs.date_denonciation, facts.claim_until
    if owes(facts):
        why = say(
            "La demande à la banque doit précéder celle du créancier qui réclame le paiement. Il peut le demander dès "
            "que le délai pour contester est passé, ou plus tôt si vous avez écrit que vous ne contestez pas. Une "
            "contestation faite dans le délai fait attendre le paiement."
        )
    elif is_bank(facts):
        why = say(
            "La demande du débiteur doit précéder celle du créancier qui vous réclame le paiement. Il peut le demander "
            "dès que le délai pour contester est passé, ou plus tôt si le débiteur a écrit qu'il ne conteste pas. Une "
            "contestation faite dans le délai fait attendre le paiement."
        )
    else:
        why = say(
            "La demande à la banque doit précéder celle du créancier qui réclame le paiement. Il peut le demander dès "
            "que le délai pour contester est passé, ou plus tôt si le débiteur a écrit qu'il ne conteste pas. Une "
            "contestation faite dans le délai fait attendre le paiement."
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
    if until is None or until >= facts.inputs.aujourdhui or found.sur_demande == ZERO:
        return
    if owes(facts):
        told = say(
            "Le {jour} est passé : depuis, le créancier a pu demander le paiement. S'il ne l'a pas fait, votre "
            "demande à la banque compte encore. Envoyez-la aujourd'hui, et voyez un point-justice.",
            jour=until,
        )
    else:
        told = say(
            "Le {jour} est passé : depuis, le paiement a pu être demandé. S'il ne l'a pas été, une demande des sommes "
            "protégées compte encore.",
            jour=until,
        )
    yield Avertissement("reclamer_sans_attendre", told)


def claim_actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to send to the bank, and before when; what the bank does with it, and what the creditor may expect."""
    if is_bank(facts):
        yield from _for_the_bank(facts, say)
        return
    if not owes(facts):
        yield Action(
            say("Le débiteur peut réclamer ces sommes à la banque, avec la preuve de leur origine."),
            say("avant que le paiement soit demandé à la banque"),
            _PAGE,
        )
        return
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


def _for_the_bank(facts: Facts, say: Language) -> Iterator[Action]:
    yield Action(
        say("Si le débiteur vous réclame ces sommes et prouve leur origine, mettez-les à sa disposition."),
        say("avant que le créancier vous demande le paiement"),
        _PAGE,
    )
    if any(not facts.law.sommes[net.somme.nature].periodique and net.nette > ZERO for net in facts.sums):
        yield Action(
            say(
                "Une somme versée en une fois n'est rendue qu'à la fin du blocage de {duree}.",
                duree=length(facts.law.delais["saisie-attribution.blocage"], say),
            ),
            "",
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
