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

from calculators.declaration import days_given
from calculators.delais.facts import Facts
from calculators.delais.inputs import DelaisInputs, answerable, catalogue, examples
from calculators.delais.situations import events_of
from calculators.delais.words import VALUES, answer, figures
from calculators.delais.words.refusals import elsewhere
from calculators.holidays import covered_by
from calculators.language import FRENCH
from calculators.result import Calculator
from calculators.territory import covered

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Result

__all__ = ["DELAIS", "DelaisInputs", "calculate"]


def calculate(inputs: DelaisInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs under this law, in this language: dates, each step with its article.

    Raises:
        CoverageError: the dates or the territory are outside what was verified.
    """
    return _written(inputs, law, say, answer)


def _figures(inputs: DelaisInputs, law: Law, say: Language) -> Result:
    return _written(inputs, law, say, figures)


def _written(inputs: DelaisInputs, law: Law, say: Language, write: Callable[[Facts, Language], Result]) -> Result:
    facts = Facts(inputs, law)
    with covered(inputs.territoire, elsewhere(say), lambda: _beyond(facts)):
        return write(facts, say)


def _beyond(facts: Facts) -> str:
    """The date that leads out of the years covered: the one given outside them, or else the last."""
    if facts.inputs.evenement is not None:
        return "evenement"
    first, last = covered_by(facts.law)
    events = events_of(facts)
    return next((event.cle for event in events if not first <= event.jour <= last), events[-1].cle)


DELAIS = Calculator(
    nom="delais",
    titre="Jusqu'à quand pouvez-vous agir ?",
    description="La date d'un délai, son raisonnement jour par jour, et la date sûre quand la loi laisse un doute.",
    inputs=DelaisInputs,
    calculate=calculate,
    limites=(
        "Il ne dit pas si un acte est nul, caduc ou irrecevable : il donne des dates à faire vérifier.",
        "Il ne connaît pas les délais fixés par un juge.",
        "Un événement n'y change une date que si un texte lu le dit, et si vous l'indiquez. C'est alors une étape.",
        "Il connaît l'aide juridictionnelle (saisie de compte, appel) et l'interruption d'une prescription.",
        "Il connaît aussi le recours contre un permis, et la contestation de meubles après une expulsion.",
        "Un dossier de surendettement recevable arrête des saisies : aucun texte lu ne dit qu'il allonge un délai.",
        "Il ne compte en heures qu'un délai de la liste dont un texte dit le départ.",
        "Il ne connaît pas les jours chômés propres à un lieu, hors jours fériés.",
        "Il n'ajoute les délais de distance que pour les actes que la loi cite.",
    ),
    methode=(
        "Trouvez l'événement qui fait partir le délai : remise de l'acte, notification, dépôt. Ce jour ne compte pas.",
        "En jours : comptez à partir du lendemain.",
        "En mois ou en années : allez au même jour du mois, ou au dernier jour du mois.",
        "Si la durée a des mois et des jours, comptez d'abord les mois.",
        "Si le dernier jour est un samedi, un dimanche ou un jour férié, allez au premier jour ouvrable suivant.",
        "Pour une prescription, le temps d'agir en justice, ne comptez pas sur ce report : agissez avant.",
        "Le délai finit ce jour-là à minuit. Un délai compté à rebours, lui, n'est jamais prolongé.",
    ),
    cas=lambda law: (
        {"situation": "un-delai", "delai": "saisie-attribution.contestation", "evenement": "2026-11-25"},
        *examples(law),
        {"situation": "autre", "duree": "15", "unite": "jours", "evenement": "2026-11-20"},
    ),
    agenda=True,
    catalogue=catalogue,
    resultats=lambda law: (*VALUES, *answerable(law)),
    chiffres=_figures,
    # Of several events, the last: what is to be done follows from it.
    jour=lambda inputs: max((day for _, day in days_given(inputs)), default=None),
)
