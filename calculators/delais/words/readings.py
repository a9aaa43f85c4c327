"""What each reading of an open point supposes, and why one may read the law so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.readings import Hypothese
from calculators.delais.words.dates import ending, moment, of_machines, sentences
from calculators.law import Unite
from calculators.law.words import length
from calculators.result import Lecture, Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

    from calculators.delais.readings import Calculation, Reading
    from calculators.language import Language
    from calculators.law import Law

__all__ = ["other_reading", "reading"]

_GOOD_FRIDAY = "La loi ne vise que les communes qui ont un temple protestant ou une église mixte."
_SAINT_MARTIN = "Le code du travail dit le 27 mai ; à Saint-Martin la commémoration se tient le 28."
_SATURDAY = "Le samedi est en principe un jour ouvrable ; des banques comptent autrement, et rien ne tranche ce point."
_EXTENSION = "L'article 642 reporte la fin d'un délai de procédure ; aucune décision n'a été trouvée pour celui-ci."
_HOURS = (
    "Le code dit comment finissent les jours, les mois et les années ; aucune décision n'a été trouvée sur les heures. "
    "S'en tenir à l'heure est sûr."
)
_PRESCRIPTION = (
    "C'est une prescription et non un délai de procédure, et aucune décision lue ne dit que sa fin est reportée."
)
_FRANC = "Pour le juge administratif, le délai est franc. Le dernier jour ne compte pas, et la fin est reportée."
_LISTED = (
    "L'allongement ne vaut que pour comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi : "
    "dans le doute, tenez-vous à la date la plus courte."
)
_DISTANCE = "Les articles 643 et 645 visent l'opposition ; aucune décision n'a été trouvée pour l'injonction de payer."
_SAME_DAY = "Le texte admet aussi le premier jour ouvrable suivant ; le faire le jour même est sûr dans tous les cas."
_LATE_ANSWER = "La réponse est venue après le temps laissé pour répondre. Compter depuis la fin de ce temps est sûr."
_BY_HAND = "L'acte de signification dit à qui le papier a été remis : lisez-le."
_HANDED = (
    "L'acte de signification dit où et à qui il a été remis : lisez-le. La date la plus courte est sûre pour agir."
)
_NEAR = "Le géoportail de l'urbanisme et la mairie disent si le terrain est dans un de ces lieux."
_FURNITURE = (
    "La contestation ne suspend le temps que pour les meubles dits sans valeur. Le texte ne dit pas le jour où il "
    "reprend (à confirmer auprès du greffe du juge de l'exécution)."
)
_LONGER, _NOT_LONGER = (
    "le délai est allongé pour la distance",
    "le délai n'est pas allongé pour la distance",
)

#: What a reading supposes, and its reason.
_SUPPOSED: Mapping[Hypothese, tuple[str, str]] = {
    Hypothese.VENDREDI_SAINT_OUVRE: ("le Vendredi saint n'est pas férié dans la commune", _GOOD_FRIDAY),
    Hypothese.VENDREDI_SAINT_FERIE: ("le Vendredi saint est férié dans la commune", _GOOD_FRIDAY),
    Hypothese.FERIE_27_MAI: ("le 27 mai est férié", _SAINT_MARTIN),
    Hypothese.FERIE_28_MAI: ("le 28 mai est férié", _SAINT_MARTIN),
    Hypothese.SAMEDI_COMPTE: ("le samedi compte comme jour ouvrable", _SATURDAY),
    Hypothese.SAMEDI_NE_COMPTE_PAS: ("le samedi ne compte pas", _SATURDAY),
    Hypothese.FRANC: ("le délai est franc", _FRANC),
    Hypothese.MEME_QUANTIEME: ("le délai finit le même jour du mois", _FRANC),
    Hypothese.HEURE_POUR_HEURE: ("le délai finit à l'heure où il est parti", _HOURS),
    Hypothese.JUSQU_A_MINUIT: ("le délai va jusqu'à minuit, et n'est pas fini un jour chômé", _HOURS),
    Hypothese.FIN_REPORTEE: ("la fin est reportée au premier jour ouvrable", _EXTENSION),
    Hypothese.FIN_NON_REPORTEE: ("la fin n'est pas reportée", _EXTENSION),
    Hypothese.PRESCRIPTION_REPORTEE: ("la fin est reportée au premier jour ouvrable", _PRESCRIPTION),
    Hypothese.PRESCRIPTION_NON_REPORTEE: ("la fin n'est pas reportée", _PRESCRIPTION),
    Hypothese.DISTANCE_SI_L_ACTE_EST_CITE: (_LONGER, _LISTED),
    Hypothese.SANS_DISTANCE_SI_L_ACTE_N_EST_PAS_CITE: (_NOT_LONGER, _LISTED),
    Hypothese.DISTANCE_CONTESTEE: (_LONGER, _DISTANCE),
    Hypothese.SANS_DISTANCE_CONTESTEE: (_NOT_LONGER, _DISTANCE),
    Hypothese.DISTANCE_REMIS_AU_LOIN: (
        "l'acte n'a pas été remis en main propre là où ce délai n'est pas allongé",
        _HANDED,
    ),
    Hypothese.SANS_DISTANCE_REMIS_SUR_PLACE: (
        "l'acte a été remis en main propre là où ce délai n'est pas allongé",
        _HANDED,
    ),
    Hypothese.ABORDS: ("le terrain est aux abords d'un monument ou dans un site patrimonial remarquable", _NEAR),
    Hypothese.HORS_ABORDS: ("le terrain n'y est pas", _NEAR),
    Hypothese.MEUBLES_DE_VALEUR: ("le meuble a une valeur, d'après l'inventaire", _FURNITURE),
    Hypothese.MEUBLES_SANS_VALEUR: ("le meuble est dit sans valeur, et le temps s'est arrêté", _FURNITURE),
    Hypothese.LE_JOUR_MEME: ("la lettre part le jour même", _SAME_DAY),
    Hypothese.DECISION_DEFINITIVE: (
        "le nouveau délai part quand la décision ne peut plus être contestée",
        "Le texte attend la fin des {recours} pour contester la décision du bureau.",
    ),
    Hypothese.DECISION_NOTIFIEE: (
        "le nouveau délai part de la notification",
        "Compter depuis la notification de la décision est plus court, donc sûr.",
    ),
    Hypothese.DEPUIS_LA_REPONSE: ("les {saisine} mois partent de la réponse", _LATE_ANSWER),
    Hypothese.DEPUIS_LE_SILENCE: ("les {saisine} mois partent du silence", _LATE_ANSWER),
    Hypothese.EN_MAIN_PROPRE: ("l'ordonnance a été remise en main propre", _BY_HAND),
    Hypothese.AUTREMENT_QU_EN_MAIN_PROPRE: ("elle ne l'a pas été", _BY_HAND),
}


def _said(sentence: str, law: Law, say: Language) -> str:
    """A sentence, with the lengths of the law that it names."""
    if "{recours}" in sentence:
        return say(sentence, recours=length(law.delais["aide-juridictionnelle.recours"], say))
    if "{saisine}" in sentence:
        return say(sentence, saisine=say.spelled(law.delais["satd.juge"].duree))
    return say(sentence)


def _reasons(found: Reading, say: Language) -> tuple[str, ...]:
    law = found.compte.calendrier.law
    return tuple(dict.fromkeys(_said(_SUPPOSED[supposed][1], law, say) for supposed in found.suppose))


def reading(found: Reading, safe: tuple[date, time], say: Language, *, cle: str = "", sujet: str = "") -> Lecture:
    """One reading of an open point, with its dates.

    Args:
        found: the reading.
        safe: the moment that the answer relies on.
        say: the language of the answer.
        cle: the name of the deadline, in an answer that has several.
        sujet: the same in words.
    """
    law = found.compte.calendrier.law
    supposed = say(", et ").join(_said(_SUPPOSED[what][0], law, say) for what in found.suppose)
    words = supposed or say("lecture ordinaire")
    title = say("{sujet} : {lecture}", sujet=sujet, lecture=words) if sujet else words
    return Lecture(
        f"{cle}.{found.cle}" if cle else found.cle,
        capitalised(title),
        sentences(*_reasons(found, say)) or say("Le texte admet cette date."),
        (
            Valeur(
                "terme",
                say("Fin sans report"),
                of_machines(found.compte.terme, found.compte.heure),
                mots=moment(found.compte.terme, found.compte.heure, say) if found.compte.heure else "",
            ),
            Valeur(
                "echeance",
                say("Échéance"),
                of_machines(found.compte.echeance, found.compte.heure),
                mots=ending(found.compte, say) if found.compte.duree.unite is Unite.HEURES else "",
            ),
        ),
        prudente=found.compte.fin == safe,
    )


def other_reading(calcul: Calculation, say: Language, *, jour: date, agir: bool, heure: time | None = None) -> str:
    """Beside a date that an open point touches: that it is the safe one, and how far the others go.

    Args:
        calcul: the readings.
        say: the language of the answer.
        jour: the date shown, the earliest or the latest; ``heure``: its hour.
        agir: it is for the person asking.
    """
    if not calcul.ouverte:
        return ""
    reason = next((why for found in calcul.lectures for why in _reasons(found, say)), "")
    early = (jour, heure) == (calcul.au_plus_tot, calcul.premiere.heure)
    other = ending(calcul.derniere if early else calcul.premiere, say)
    if agir:
        told = say("date sûre ; une autre lecture donne le {autre}.", autre=other)
    elif early:
        told = say("lecture la plus proche ; une autre lecture donne le {autre}.", autre=other)
    else:
        told = say("lecture la plus tardive ; une autre lecture donne le {autre}.", autre=other)
    return sentences(told, reason).rstrip(". ")
