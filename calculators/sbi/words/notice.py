"""The words on the act that tells the debtor of the seizure, and on the time to contest that runs from it.

What came late, or never came, says what the law provides and whom to show it to: whether an act is void is for the
judge alone. A time that is over says what is still open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.situations import situations
from calculators.law.words import length, of_length
from calculators.money import ZERO
from calculators.result import Action, Avertissement, Etape, Niveau
from calculators.sbi.inputs import Lecteur, MesureExecution
from calculators.sbi.words.reader import is_bank, is_creditor, is_holder, owes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.language import Language
    from calculators.law.situations import Ligne
    from calculators.sbi.rules import Facts, Figures

__all__ = ["contest_action", "notice_steps", "notice_warnings"]

_NOTICE, _CONTEST, _CLAIM = "saisie-attribution.denonciation", "saisie-attribution.contestation", "satd.contestation"
_PAGE, _CREDITORS = "saisie-compte/debiteur", "saisie-compte/creancier"


def _line(facts: Facts, situation: str, delai: str) -> Ligne:
    """What the timeline of the deadlines says of one of them: the same words here."""
    return next(line for line in situations(facts.law)[situation].echeances if line.delai == delai)


def notice_steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """The time to tell the debtor, when it was not kept or may not have been; the time to contest, once it is over."""
    if not facts.must_be_told:
        return
    if facts.told_late or facts.never_told:
        yield _step_told(facts, say)
    if facts.month_is_over:
        yield Etape(
            say("Le délai pour contester est passé"),
            say(
                "Une demande d'aide juridictionnelle faite avant la fin du délai le sauve. Sinon, il reste possible "
                "d'agir, à ses frais, pour reprendre ce qui n'était pas dû."
            ),
            articles=facts.law.articles("CPCE R211-11", "CPCE L211-4", "D2020-1717 43"),
        )


def _step_told(facts: Facts, say: Language) -> Etape:
    delai, told, seized = facts.law.delais[_NOTICE], facts.inputs.date_denonciation, facts.inputs.date_saisie
    period = length(delai, say)
    why = say(
        "Le commissaire de justice a {delai} après la saisie pour l'annoncer à la personne saisie. Ce calcul admet le "
        "premier jour ouvrable suivant. Si le délai est manqué, {sanction} : seul le juge de l'exécution peut le dire.",
        delai=period,
        sanction=say(delai.sanction),
    )
    if told:
        computation = say(
            "{saisie} + {delai} : au plus tard le {fin}, et la dénonciation est du {denonciation}",
            saisie=seized,
            delai=period,
            fin=facts.told_until,
            denonciation=told,
        )
    else:
        computation = say(
            "{saisie} + {delai} : au plus tard le {fin}, et la dénonciation est sans date indiquée",
            saisie=seized,
            delai=period,
            fin=facts.told_until,
        )
    return Etape(say("La dénonciation de la saisie"), why, computation, delai.articles)


def notice_warnings(facts: Facts, found: Figures, say: Language) -> Iterator[Avertissement]:
    """What is late, what is over, and what stays open."""
    if facts.must_be_told:
        yield from _on_the_notice(facts, say)
        if facts.month_is_over and facts.claim_until is not None:
            yield Avertissement("contestation_passee", _contest_is_over(facts, facts.claim_until, say))
    if facts.inputs.mesure is MesureExecution.SATD:
        yield from _on_the_satd(facts, found, say)


def _contest_is_over(facts: Facts, over: date, say: Language) -> str:
    if owes(facts):
        return say(
            "Le délai pour contester est passé depuis le {jour}, sauf si vous avez contesté ou demandé l'aide "
            "juridictionnelle avant la fin. {autre_voie} Montrez ces dates à un avocat ou à un point-justice "
            "avant de renoncer.",
            jour=over,
            autre_voie=say(_line(facts, "saisie-attribution", _CONTEST).autre_voie),
        )
    return say(
        "Le délai pour contester est passé depuis le {jour}, sauf si le débiteur a contesté ou demandé l'aide "
        "juridictionnelle avant la fin.",
        jour=over,
    )


def _on_the_notice(facts: Facts, say: Language) -> Iterator[Avertissement]:
    delai, told = facts.law.delais[_NOTICE], facts.inputs.date_denonciation
    if told is not None and facts.told_late:
        late = say(
            "La dénonciation est du {denonciation}, après le {fin}. Dans ce cas, {sanction} : à faire vérifier.",
            denonciation=told,
            fin=facts.told_until,
            sanction=say(delai.sanction),
        )
        if not (owes(facts) or is_holder(facts)):
            shown = _whom_to_ask(facts, say)
        elif facts.month_is_over:
            shown = say(
                "Montrez ces dates à un avocat ou à un point-justice sans attendre : ce peut être un argument devant "
                "le juge de l'exécution."
            )
        else:
            shown = say(
                "Montrez ces dates à un avocat ou à un point-justice sans attendre : c'est un argument devant le juge "
                "de l'exécution, à présenter dans le délai pour contester."
            )
        yield Avertissement("denonciation_tardive", f"{late} {shown}".strip())
    elif told is not None and told > facts.eight_days:
        yield Avertissement(
            "denonciation_a_verifier",
            say(
                "La dénonciation est du {denonciation}, plus {delai} après la saisie. Elle est à temps si un délai "
                "qui finit un jour de fermeture est reporté : ce point n'est pas tranché. Un avocat peut dire ce "
                "qu'il en est.",
                denonciation=told,
                delai=of_length(delai, say),
            ),
            Niveau.INFO,
        )
    elif facts.never_told:
        yield Avertissement("denonciation_attendue", " ".join(filter(None, _awaited(facts, say))))


def _awaited(facts: Facts, say: Language) -> Iterator[str]:
    """What the one whose notice has no date must know: it came, or it did not."""
    delai, over = facts.law.delais[_NOTICE], facts.contest_until_at_most
    if owes(facts):
        yield say(
            "La dénonciation devait venir au plus tard le {fin}. Vous l'avez reçue ? Indiquez sa date.",
            fin=facts.told_until,
        )
    else:
        yield say(
            "La dénonciation devait venir au plus tard le {fin}. Elle a été faite ? Indiquez sa date.",
            fin=facts.told_until,
        )
    if over < facts.inputs.aujourdhui:
        yield say(
            "Venue dans ce temps, elle a ouvert le délai pour contester ({delai}), passé depuis le {jour}.",
            delai=length(facts.law.delais[_CONTEST], say),
            jour=over,
        )
    yield say("Rien n'est venu ? Dans ce cas, {sanction} : à faire vérifier.", sanction=say(delai.sanction))
    yield _whom_to_ask(facts, say)


def _whom_to_ask(facts: Facts, say: Language) -> str:
    """Whom each may ask about a notice that is late or missing: nobody is sent to themselves."""
    reader = Lecteur.DEBITEUR if is_holder(facts) else facts.inputs.role
    told = _line(facts, "saisie-attribution", _NOTICE).si_tard.pour(reader.value)
    return say(told) if told else say("Voyez-le sans attendre avec votre conseil.")


def _on_the_satd(facts: Facts, found: Figures, say: Language) -> Iterator[Avertissement]:
    """The day of the notification is not asked: from the day of the seizure, it may be over."""
    today, over = facts.inputs.aujourdhui, facts.satd_contest_until
    if over < today:
        told = say(
            "La contestation se fait dans les {delai} de la notification à la personne saisie. Si elle est du jour de "
            "la saisie, ce temps a fini vers le {jour} : vérifiez la date de la notification.",
            delai=length(facts.law.delais[_CLAIM], say),
            jour=over,
        )
        other = say(_line(facts, "satd", _CLAIM).autre_voie) if owes(facts) else ""
        yield Avertissement("contestation_satd", f"{told} {other}".strip())
    paid = facts.satd_paid_on
    if paid < today and found.sur_demande > ZERO:
        yield Avertissement("satd_versee", _handed_over(facts, paid, say))


def _handed_over(facts: Facts, paid: date, say: Language) -> str:
    if owes(facts):
        return say(
            "La banque devait verser l'argent au plus tard vers le {jour}. Demandez-lui s'il est parti. S'il "
            "l'est, écrivez au comptable public avec vos justificatifs, et voyez un point-justice.",
            jour=paid,
        )
    if is_bank(facts):
        return say("Vous deviez verser l'argent au plus tard vers le {jour}.", jour=paid)
    return say("La banque devait verser l'argent au plus tard vers le {jour}.", jour=paid)


def contest_action(facts: Facts, say: Language) -> Action:
    """How to contest, and until when; what to do once the time is over. To the others: what the debtor may do."""
    if not owes(facts):
        return _contest_of_the_debtor(facts, say)
    match facts.inputs.mesure:
        case MesureExecution.SAISIE_ATTRIBUTION if facts.month_is_over:
            return Action(
                say(
                    "Le délai pour contester est passé : faites vérifier les dates, et voyez ce qui reste possible "
                    "avec un avocat ou un point-justice."
                ),
                say("sans attendre"),
                _PAGE,
            )
        case MesureExecution.SAISIE_ATTRIBUTION:
            period, until = length(facts.law.delais[_CONTEST], say), facts.claim_until
            return Action(
                say("Si vous n'êtes pas d'accord avec la saisie, contestez-la devant le juge de l'exécution."),
                say("au plus tard le {jour}, {delai} après la dénonciation", jour=until, delai=period)
                if until
                else say("{delai} à partir du jour où l'acte de dénonciation vous a été remis", delai=period),
                _PAGE,
            )
        case MesureExecution.SATD:
            period = length(facts.law.delais[_CLAIM], say)
            return Action(
                say("Si vous n'êtes pas d'accord, contestez d'abord auprès de l'administration qui a envoyé l'avis."),
                say("{delai} à partir de la notification", delai=period),
                "saisie-compte/satd",
            )
        case MesureExecution.INCONNUE:
            return Action(
                say(
                    "Saisie-attribution ? Contestez devant le juge de l'exécution, {attribution} après la remise de "
                    "l'acte au plus tard. Saisie administrative ? Contestez auprès de l'administration, {satd} après "
                    "sa notification.",
                    attribution=length(facts.law.delais[_CONTEST], say),
                    satd=length(facts.law.delais[_CLAIM], say),
                ),
                say("par prudence, dans le délai le plus court"),
                _PAGE,
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


def _contest_of_the_debtor(facts: Facts, say: Language) -> Action:
    """What the bank, the creditor and the other holder must know of a challenge that is not theirs to make."""
    page = _CREDITORS if is_creditor(facts) else _PAGE
    match facts.inputs.mesure:
        case MesureExecution.SAISIE_ATTRIBUTION if facts.month_is_over:
            return Action(
                say(
                    "Le délai du débiteur pour contester est passé : vérifiez s'il a contesté, ou demandé l'aide "
                    "juridictionnelle, avant la fin."
                ),
                say("avant tout paiement"),
                page,
            )
        case MesureExecution.SAISIE_ATTRIBUTION:
            period, until = length(facts.law.delais[_CONTEST], say), facts.claim_until
            return Action(
                say(
                    "Le débiteur peut contester la saisie devant le juge de l'exécution ; le paiement attend alors sa "
                    "décision."
                ),
                say("au plus tard le {jour}, {delai} après la dénonciation", jour=until, delai=period)
                if until
                else say("{delai} à partir de la dénonciation", delai=period),
                page,
            )
        case MesureExecution.SATD:
            return Action(
                say("Le débiteur peut contester auprès de l'administration qui a envoyé l'avis."),
                say("{delai} à partir de la notification", delai=length(facts.law.delais[_CLAIM], say)),
                "saisie-compte/satd",
            )
        case _:
            return Action(say("L'acte dit le délai que le débiteur a pour contester, et devant quel juge."), "", page)
