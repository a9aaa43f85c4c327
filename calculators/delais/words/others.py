"""What is said first to who waits because another person acted, or may act already without waiting for a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.aid import CONTEST
from calculators.delais.echeances import Etat
from calculators.delais.inputs import Remise, RoleInjonction, RoleSaisie, RoleSalaire, Situation
from calculators.delais.wages import agreed, agreed_too_late, seized_after_agreement, suspended
from calculators.delais.words.dates import sentences

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["by_the_measure", "seized_while_suspended", "while_others_act"]


def while_others_act(course: Chronologie, kept: str, say: Language) -> str | None:
    """What to say to who waits, or may act already; nothing when nobody else acted. ``kept``: what was done in time."""
    facts, inputs = course.facts, course.facts.inputs
    match inputs.situation:
        case Situation.SAISIE_ATTRIBUTION if inputs.role is not RoleSaisie.DEBITEUR:
            return _while_the_money_is_held(course, kept, say)
        case Situation.SAISIE_REMUNERATIONS if agreed(facts):
            # A creditor's commandement is then over: that is what is said first.
            over = inputs.role_salaire is RoleSalaire.CREANCIER and agreed_too_late(facts)
            return None if over else sentences(kept, _wage_agreed(facts, say))
        case Situation.SAISIE_REMUNERATIONS if inputs.role_salaire is not RoleSalaire.DEBITEUR:
            if suspended(facts) and inputs.date_pv is None:
                return _wage_contested(facts, say)
        case Situation.INJONCTION if inputs.role_injonction is RoleInjonction.CREANCIER and inputs.date_opposition:
            return sentences(
                kept, say("Une opposition est faite : le greffe convoque les deux parties. Préparez vos preuves.")
            )
        case Situation.INJONCTION if inputs.remise_en_main_propre is Remise.NON and inputs.date_premier_acte is None:
            if inputs.role_injonction is RoleInjonction.DEBITEUR:
                return _opposed_or_not_yet(facts, say)
        case _:
            pass
    return None


def _while_the_money_is_held(course: Chronologie, kept: str, say: Language) -> str | None:
    """What to say to the bank and to the creditor of a seized account."""
    inputs, judged = course.facts.inputs, course.facts.inputs.date_jugement
    if inputs.date_assignation is not None and (judged is None or judged > course.facts.today):
        return sentences(kept, _contested(course, say))
    if inputs.role is not RoleSaisie.BANQUE:
        return None
    if inputs.date_assignation is None:
        return _paid_on_the_certificate(course, say)
    return say(
        "Le juge a décidé. S'il a rejeté la contestation, vous payez le créancier quand il vous présente cette "
        "décision, une fois qu'elle est notifiée."
    )


def _contested(course: Chronologie, say: Language) -> str:
    """What a challenge changes for the bank and for the creditor, while the judge has not decided.

    The payment is deferred (CPCE, art. L211-5). One made after the month leaves the certificate of R211-6 possible;
    whether it may be heard is for the judge, and the debtor alone knows whether legal aid was asked for in time.
    """
    bank = course.facts.inputs.role is RoleSaisie.BANQUE
    late = any(deadline.delai.cle == CONTEST for deadline in course.those(Etat.FAIT_TARD))
    if late and bank:
        return say(
            "D'après ces dates, la contestation est venue après le délai. Ne payez que sur présentation du certificat "
            "de non-contestation, ou d'une décision du juge : c'est lui qui dira si elle est recevable."
        )
    if late:
        return say(
            "D'après ces dates, la contestation est venue après le délai : voyez avec le commissaire de justice si le "
            "certificat de non-contestation peut être établi."
        )
    if bank:
        return say(
            "Une contestation est en cours. Gardez les sommes saisies et ne payez pas avant la décision du juge, sauf "
            "la somme qu'il vous autorise à verser."
        )
    return say(
        "Une contestation est en cours : la banque ne paie pas avant la décision du juge, sauf la somme qu'il autorise."
    )


def _paid_on_the_certificate(course: Chronologie, say: Language) -> str | None:
    """When the bank pays, if nobody has challenged the seizure (CPCE, art. R211-6)."""
    found = next((d for d in course.datees if d.delai.cle == "saisie-attribution.certificat"), None)
    if found is None:
        return None
    day = say.weekday(found.jour)
    if found.jour <= course.facts.today:
        return say(
            "Vous n'avez pas de délai à tenir. Vous payez le créancier quand il vous présente le certificat de "
            "non-contestation, possible depuis le {jour}, ou plus tôt si le débiteur a écrit qu'il ne conteste pas.",
            jour=day,
        )
    return say(
        "Vous n'avez pas de délai à tenir. Vous payez le créancier quand il vous présente le certificat de "
        "non-contestation, possible à partir du {jour}, ou plus tôt si le débiteur a écrit qu'il ne conteste pas.",
        jour=day,
    )


def _wage_agreed(facts: Facts, say: Language) -> str:
    """An agreement signed before the seizure suspends it, until it is broken or another joins (CPCE, art. L212-3)."""
    match facts.inputs.role_salaire:
        case RoleSalaire.EMPLOYEUR:
            return say(
                "Un accord est signé : la procédure est suspendue. Vous n'avez rien à retenir tant qu'aucun "
                "procès-verbal de saisie ne vous a été signifié."
            )
        case RoleSalaire.CREANCIER:
            return say(
                "Un accord est signé : la procédure est suspendue. Vous pouvez la reprendre si le débiteur ne paie pas "
                "comme prévu, ou si un autre créancier vous signifie son intervention."
            )
        case _:
            return say(
                "Votre accord est signé : la procédure est suspendue. Payez aux dates prévues et gardez les preuves. "
                "Un paiement manqué permet au créancier de la reprendre ; l'intervention d'un autre créancier aussi."
            )


def _wage_contested(facts: Facts, say: Language) -> str:
    """A challenge made within the month stops the seizure of the wage (CPCE, art. L212-4, R212-1-9)."""
    if facts.inputs.role_salaire is RoleSalaire.EMPLOYEUR:
        return say(
            "Le débiteur a contesté à temps : la procédure est suspendue jusqu'à la décision du juge. Vous n'avez "
            "rien à retenir tant qu'aucun procès-verbal de saisie ne vous a été signifié. Le juge peut en autoriser un "
            "pour la part qui n'est pas contestée."
        )
    return say(
        "Le débiteur a contesté à temps : la procédure est suspendue jusqu'à la décision du juge, sauf pour la "
        "part qu'il autorise à saisir. Ce que deviennent les {mois} mois pendant ce temps : voyez votre conseil.",
        mois=say.spelled(facts.law.delais["saisie-remunerations.pv-de-saisie"].duree),
    )


def seized_while_suspended(facts: Facts, say: Language) -> str:
    """What to make of a seizure of the wage when a challenge, or an agreement, stops it."""
    inputs = facts.inputs
    served, contested = inputs.date_pv, inputs.date_assignation
    if inputs.situation != Situation.SAISIE_REMUNERATIONS or served is None:
        return ""
    if contested is not None and suspended(facts):
        return _seized_and_contested(facts, served, contested, say)
    return _seized_after_agreement(facts, served, say) if seized_after_agreement(facts) else ""


def _seized_and_contested(facts: Facts, served: date, contested: date, say: Language) -> str:
    """A challenge made within the month stops the seizure, served before it or after (CPCE, art. L212-4)."""
    role = facts.inputs.role_salaire
    if served >= contested:
        start = say(
            "Le procès-verbal de saisie est du {jour}, après une contestation faite à temps : la loi suspend alors la "
            "procédure, sauf pour la part que le juge a autorisée.",
            jour=served,
        )
        itself = say("Faites vérifier cet acte par votre conseil.")
    elif role is RoleSalaire.DEBITEUR:
        return ""  # what follows their challenge says it
    else:
        start = say(
            "Le débiteur a contesté à temps, le {jour} : la loi suspend la procédure jusqu'à la décision du juge, sauf "
            "pour la part qu'il autorise à saisir.",
            jour=contested,
        )
        itself = say("Ce que devient la saisie pendant ce temps : voyez votre conseil.")
    match role:
        case RoleSalaire.EMPLOYEUR:
            return sentences(start, _what_to_keep_back(facts, say))
        case RoleSalaire.CREANCIER:
            return sentences(start, itself)
        case _:
            return sentences(start, say("Montrez ces dates au juge de l'exécution, à un avocat ou à un point-justice."))


def _what_to_keep_back(facts: Facts, say: Language) -> str:
    """What an employer does while the seizure is in doubt: answering remains due (CPCE, art. L212-8)."""
    if facts.inputs.date_reponse_employeur is not None:
        return say("Demandez par écrit au commissaire de justice ce qu'il faut retenir.")
    return say("Répondez quand même, et demandez par écrit au commissaire de justice ce qu'il faut retenir.")


def _seized_after_agreement(facts: Facts, served: date, say: Language) -> str:
    """An agreement suspends the procedure until a payment is missed, or another creditor joins (CPCE, art. L212-3).

    The creditor knows why it was taken up again.
    """
    match facts.inputs.role_salaire:
        case RoleSalaire.CREANCIER:
            return ""
        case RoleSalaire.EMPLOYEUR:
            what = _what_to_keep_back(facts, say)
        case _:
            asked = say(
                "Vous avez payé comme prévu ? Demandez par écrit au commissaire de justice pourquoi votre paie est "
                "saisie, avec l'accord et vos preuves de paiement."
            )
            contest = say("Vous pouvez contester à tout moment devant le juge de l'exécution.")
            what = sentences(asked, contest if facts.inputs.date_assignation is None else "")
    start = say(
        "Le procès-verbal de saisie est du {jour}, après un accord signé à temps : la loi suspend alors la procédure, "
        "sauf si un paiement prévu a manqué ou si un autre créancier est intervenu.",
        jour=served,
    )
    return sentences(start, what)


def _opposed_or_not_yet(facts: Facts, say: Language) -> str:
    """An order that was not handed to the person: the month has not begun, and nobody has to wait for it."""
    if facts.inputs.date_opposition is not None:
        return say(
            "Fait à temps : l'opposition, le {jour}. Le greffe convoque les deux parties : préparez vos preuves.",
            jour=facts.inputs.date_opposition,
        )
    return say(
        "Vous pouvez faire opposition dès maintenant. Le délai partira du premier acte remis en main propre, ou de la "
        "dénonciation d'une saisie."
    )


def by_the_measure(course: Chronologie, say: Language) -> str:
    """The time to contest under each measure that may block the account, the shortest first: it is the safe one."""
    dates = {deadline.delai.cle: deadline for deadline in course.datees}
    conversion, seizure = dates["saisie-conservatoire.conversion"], dates[CONTEST]
    tax = dates["satd.contestation"]
    return sentences(
        say("Le délai dépend de la mesure : lisez son nom en haut de l'acte."),
        say(
            "Si c'est la conversion d'une saisie conservatoire, elle se conteste devant le juge de l'exécution, au "
            "plus tard le {jour}.",
            jour=say.weekday(conversion.calcul.au_plus_tot),
        ),
        _over(conversion, course, say),
        say(
            "Si c'est une saisie-attribution, elle se conteste devant le juge de l'exécution, au plus tard le {jour}.",
            jour=say.weekday(seizure.calcul.au_plus_tot),
        ),
        _over(seizure, course, say),
        say(
            "Si c'est une saisie administrative (SATD), elle se conteste auprès de l'administration, au plus tard le "
            "{jour}.",
            jour=say.weekday(tax.calcul.au_plus_tot),
        ),
        _over(tax, course, say),
        say("Pour une autre mesure, l'acte donne le délai et le juge."),
        say("Tant que vous ne savez pas, la date sûre est la première."),
    )


def _over(deadline: Echeance, course: Chronologie, say: Language) -> str:
    if deadline.calcul.au_plus_tard >= course.facts.today:
        return ""
    return say("Ce jour est passé : faites-le vérifier avant de renoncer, d'autres voies restent ouvertes.")
