"""What the case of the person says of one of its deadlines: what was done, what follows, what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.aid import request_for_aid
from calculators.delais.echeances import Acte, Alerte, Remarque, Suite
from calculators.delais.inputs import RoleSaisie, RoleSalaire
from calculators.delais.words.dates import sentences
from calculators.law.model import the_day_before

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.delais.echeances import Attente, Echeance
    from calculators.delais.facts import Facts
    from calculators.language import Language

__all__ = [
    "alert",
    "done",
    "is_an_institution",
    "note",
    "plainly",
    "start",
    "version_applied",
    "what_follows",
    "without_rule",
]


def done(deadline: Echeance, say: Language) -> str:
    """What was done, as a noun."""
    if deadline.acte is Acte.DEMANDE_D_AIDE:
        return say("la demande d'aide juridictionnelle")
    return say((deadline.ligne.nom if deadline.ligne else "") or deadline.delai.intitule)


#: A bank or an employer, by the roles of the situations; ``payeur``: one of them, asked to pay a pension.
_INSTITUTIONS = frozenset({RoleSaisie.BANQUE.value, RoleSalaire.EMPLOYEUR.value, "payeur"})


def is_an_institution(facts: Facts) -> bool:
    """Whether the reader is a bank or an employer, which no point-justice receives."""
    return facts.acteur in _INSTITUTIONS


def plainly(deadline: Echeance, facts: Facts, say: Language) -> str:
    """The deadline as who reads is told it: what they have to do, or in everyday words what another has."""
    line = deadline.ligne
    told = line.en_clair.pour(facts.acteur) if line and not deadline.agir else ""
    return say(told or deadline.delai.intitule)


def start(deadline: Echeance | Attente, facts: Facts, say: Language) -> str:
    """The event that it runs from, said to who reads."""
    line = deadline.ligne
    return say((line.evenement.pour(facts.acteur) if line else "") or deadline.delai.depart)


#: What the case says of a deadline; ``{jour}``: when legal aid was asked for, or when silence is a refusal.
_REMARQUES: Mapping[Remarque, str] = {
    Remarque.AIDE_TARDIVE: (
        "La demande d'aide juridictionnelle du {jour} est venue après ce délai : elle ne le sauve pas."
    ),
    Remarque.AIDE_A_TEMPS: "La demande d'aide juridictionnelle du {jour}, faite à temps, sauve ce délai.",
    Remarque.REFUS_PRESUME: "Sans réponse, l'administration est censée refuser le {jour}.",
    Remarque.PEUT_ETRE_PLUS_TARD: "Si elle n'a pas été remise en main propre, le délai part plus tard.",
    Remarque.MEUBLES_CONTESTES: (
        "La contestation suspend les deux mois pour les meubles dits sans valeur, jusqu'à la décision du juge. Pour "
        "les autres, rien ne change : reprenez-les avant la date sûre."
    ),
    Remarque.ABORDS: "Délai allongé : abords ou site patrimonial remarquable.",
    Remarque.ANNEE_DE_PLUS: "Faites confirmer ce temps de plus par la mairie.",
    Remarque.SI_CONTESTE_DANS_LE_MOIS: (
        "La loi ne le demande que pour une contestation faite à temps après le commandement, dont la date manque ici."
    ),
}


def note(deadline: Echeance, facts: Facts, say: Language) -> str:
    """What is to be noted of a deadline in this case."""
    of_the_law = say(deadline.note) if deadline.note else ""
    if deadline.remarque is None:
        return of_the_law
    of_the_aid = deadline.remarque in {Remarque.AIDE_TARDIVE, Remarque.AIDE_A_TEMPS}
    day = request_for_aid(facts).le if of_the_aid else None
    said = say(_REMARQUES[deadline.remarque], jour=day or deadline.calcul.retenue.evenement)
    return sentences(of_the_law, said) if deadline.remarque is Remarque.ANNEE_DE_PLUS else said


def version_applied(deadline: Echeance, say: Language) -> str:
    """For which events the law gives this length, when it has given others; nothing where its own note says so."""
    if deadline.version is None or deadline.note:
        return ""
    since, until = deadline.delai.since_and_until(deadline.version)
    if since and until:
        return say("C'est la durée pour un événement du {debut} au {fin}.", debut=since, fin=the_day_before(until))
    if until:
        return say("C'est la durée pour un événement d'avant le {jour} : elle a changé ce jour-là.", jour=until)
    if since:
        return say("C'est la durée pour un événement depuis le {jour} : avant, elle était autre.", jour=since)
    return ""


def what_follows(deadline: Echeance, say: Language) -> str:
    """What follows once it is done."""
    # The last paragraph of the article was not read whole: said with its doubt, as law data of certainty C would be.
    again = say(
        "Après un rejet, une seconde demande pour le même sujet ne sauverait plus le délai (à confirmer auprès d'un "
        "avocat)."
    )
    match deadline.suite:
        case Suite.ASSIGNATION_PROTEGEE:
            return say(
                "Cette demande protège {acte} : gardez la preuve de sa date.",
                acte=say(deadline.ligne.nom if deadline.ligne else ""),
            )
        case Suite.PAS_DE_SECONDE_DEMANDE:
            return again
        case Suite.ATTENDRE_LE_BUREAU:
            wait = say(
                "Un nouveau délai de même durée partira de la réponse du bureau d'aide juridictionnelle. Demandez "
                "l'admission provisoire si c'est urgent, et gardez la preuve du dépôt."
            )
            return sentences(wait, again)
        case _:
            return say(deadline.ligne.ensuite) if deadline.ligne and deadline.ligne.ensuite else ""


def alert(deadline: Echeance, facts: Facts, say: Language) -> str:
    """What was done too early: what the law provides, and whom to show it to."""
    inputs = facts.inputs
    match deadline.alerte:
        case Alerte.JUGE_SAISI_TROP_TOT if inputs.date_saisine_juge is not None:
            return say(
                "Le juge a été saisi le {saisi}, avant la réponse et avant la fin du {silence}. La loi prévoit "
                "l'irrecevabilité d'une demande faite trop tôt : montrez ces dates à un avocat. Elle peut être refaite "
                "ensuite.",
                saisi=inputs.date_saisine_juge,
                silence=deadline.calcul.retenue.evenement,
            )
        case Alerte.PV_TROP_TOT if inputs.date_pv is not None and deadline.pas_avant is not None:
            return say(
                "Le procès-verbal est du {jour} : la loi fait attendre jusqu'au {attente}, avec un certificat que "
                "personne n'a contesté. Faites-le vérifier.",
                jour=inputs.date_pv,
                attente=deadline.pas_avant,
            )
        case Alerte.INTERVENTION_TROP_TOT:
            return say(
                "L'intervention est du {jour} : la loi fait attendre un mois après votre commandement. Elle paraît "
                "faite trop tôt. Montrez ces dates au commissaire de justice : elle peut être refaite.",
                jour=deadline.calcul.retenue.evenement,
            )
        case Alerte.VENTE_TROP_TOT:
            return say(
                "La vente est fixée avant la fin du temps laissé au débiteur pour vendre lui-même, le {jour} : la loi "
                "ne le permet pas. Montrez ces dates à un avocat ou à un point-justice avant la vente.",
                jour=deadline.calcul.au_plus_tot,
            )
        case _:
            return ""


def without_rule(waiting: Attente, say: Language) -> str:
    """Why no date can be given, when it is the rule that is missing and not the event."""
    if waiting.refus is not None:
        return waiting.refus.said(say)
    if waiting.selon:
        return say("La règle a changé : celle qui s'applique dépend de la date de l'ordonnance. Indiquez-la.")
    return ""
