"""Procedural deadlines: dates, their reasoning, and the safe one.

Rules: code de procédure civile, art. 640 to 644; the named deadlines are law data, each with its article.

>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> inputs = parse(
...     DelaisInputs,
...     {"aujourdhui": "2026-11-21", "delai": "saisie-attribution.contestation", "evenement": "2016-03-09"},
... )
>>> calculate(inputs, law()).valeur("echeance")
datetime.date(2016, 4, 11)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.answer import answer, results
from calculators.delais.inputs import DelaisInputs, catalogue
from calculators.delais.situations import faits_of
from calculators.errors import CoverageError
from calculators.holidays import COVERED
from calculators.language import FRENCH
from calculators.result import Calculator
from calculators.territory import Territoire

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Result

__all__ = ["DELAIS", "DelaisInputs", "calculate"]


def calculate(inputs: DelaisInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs: dates, each step with its article.

    Raises:
        CoverageError: the dates or the territory are outside what was verified.
    """
    if inputs.territoire is Territoire.DROIT_PROPRE:
        raise CoverageError(
            "Ces territoires ont leurs propres jours fériés et leurs propres règles de procédure, que ce calculateur "
            "ne connaît pas. Adressez-vous à un avocat du territoire.",
            champ="territoire",
        )
    try:
        return answer(inputs)
    except CoverageError as error:
        raise CoverageError(error.message, champ=error.champ or _beyond(inputs)) from None


def _beyond(inputs: DelaisInputs) -> str:
    """The date that leads out of the years covered: the one given outside them, or else the last."""
    if inputs.evenement is not None:
        return "evenement"
    first, last = COVERED
    facts = faits_of(inputs)
    return next((fact.cle for fact in facts if not first <= fact.jour <= last), facts[-1].cle)


DELAIS = Calculator(
    nom="delais",
    titre="Jusqu'à quand pouvez-vous agir ?",
    description="La date d'un délai, son raisonnement jour par jour, et la date sûre quand la loi laisse un doute.",
    inputs=DelaisInputs,
    calculate=calculate,
    limites=(
        "Il ne dit pas si un acte est nul, caduc ou irrecevable : il donne des dates à faire vérifier.",
        "Il ne connaît pas les délais fixés par un juge.",
        "Il ne connaît aucune suspension, sauf la demande d'aide juridictionnelle après une saisie de compte.",
        "Il ne compte pas les délais en heures.",
        "Il ne connaît pas les jours chômés propres à un lieu, hors jours fériés.",
        "Il n'ajoute les délais de distance que pour les actes que la loi cite.",
    ),
    methode=(
        "Trouvez l'événement qui fait partir le délai : remise de l'acte, notification, dépôt. Ce jour ne compte pas.",
        "En jours : comptez à partir du lendemain.",
        "En mois ou en années : allez au même jour du mois, ou au dernier jour du mois.",
        "Si la durée a des mois et des jours, comptez d'abord les mois.",
        "Si le dernier jour est un samedi, un dimanche ou un jour férié, allez au premier jour ouvrable suivant.",
        "Le délai finit ce jour-là à minuit. Un délai compté à rebours, lui, n'est jamais prolongé.",
    ),
    exemple={"situation": "un-delai", "delai": "saisie-attribution.contestation", "evenement": "2026-11-25"},
    exemples=(
        {
            "situation": "saisie-attribution",
            "role": "debiteur",
            "date_saisie": "2026-11-20",
            "date_denonciation": "2026-11-25",
        },
        {"situation": "saisie-remunerations", "role_salaire": "debiteur", "date_commandement": "2026-11-20"},
        {"situation": "saisie-remunerations", "role_salaire": "employeur", "date_pv": "2026-11-20"},
        {"situation": "satd", "date_notification": "2026-11-20"},
        {
            "situation": "injonction-de-payer",
            "role_injonction": "debiteur",
            "date_ordonnance": "2026-11-05",
            "date_signification": "2026-11-20",
            "remise_en_main_propre": "oui",
        },
        {"situation": "avis-medecin", "date_avis": "2026-11-20"},
        {"situation": "urbanisme", "dossier": "declaration-prealable", "date_depot": "2026-11-20"},
        {"situation": "autre", "duree": "15", "unite": "jours", "evenement": "2026-11-20"},
    ),
    agenda=True,
    catalogue=catalogue,
    resultats=results,
)
