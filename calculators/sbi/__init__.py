"""SBI: how much a bank must leave on a seized account, what more can be claimed, what can be seized.

Rules: code des procédures civiles d'exécution, art. L162-1, L162-2, R162-2 to R162-9, R211-19 to R211-23 and
R213-10; livre des procédures fiscales, art. L262.

>>> from datetime import date
>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> example = {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": "1000", "creance": "500"}
>>> inputs = parse(SbiInputs, example)
>>> calculate(inputs, law()).valeur("laisse")
Decimal('651.69')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.language import FRENCH
from calculators.result import Calculator
from calculators.sbi.inputs import SbiInputs
from calculators.sbi.rules import Facts
from calculators.sbi.words import answer, figures_alone
from calculators.sbi.words.amounts import VALUES
from calculators.sbi.words.comparison import comparison
from calculators.sbi.words.refusals import elsewhere, refused
from calculators.territory import covered

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Comparaison, Result

__all__ = ["SBI", "SbiInputs", "calculate"]


def calculate(inputs: SbiInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs under this law, in this language: amounts in euros, each step with its article.

    Raises:
        CoverageError: the day of the seizure or the territory is outside the verified law.
    """
    return _written(inputs, law, say, answer)


def _figures(inputs: SbiInputs, law: Law, say: Language) -> Result:
    return _written(inputs, law, say, figures_alone)


def _written(inputs: SbiInputs, law: Law, say: Language, write: Callable[[Facts, Language], Result]) -> Result:
    with covered(inputs.territoire, elsewhere(say), lambda: "date_saisie"):
        try:
            return write(Facts(inputs, law), say)
        except CoverageError as error:
            raise refused(error) from None


def compare(inputs: SbiInputs, law: Law, say: Language = FRENCH) -> Comparaison | None:
    """The same accounts with each SBI that was left without being asked for; nothing when there is none to leave."""
    return comparison(Facts(inputs, law), say)


SBI = Calculator(
    nom="sbi",
    titre="Combien doit rester sur le compte ?",
    description="Ce que la banque doit laisser, ce que vous pouvez réclamer en plus et ce qui peut être saisi.",
    inputs=SbiInputs,
    calculate=calculate,
    limites=(
        "Il ne dit pas si la saisie est valable, ni si la dette est due : seul un juge peut le dire.",
        (
            "Il calcule la part protégée d'un salaire, d'une retraite ou d'une allocation de chômage à partir du net "
            "d'un "
            "mois. Pour une indemnité de départ à la retraite, versée en une fois, vous la donnez."
        ),
        "Il ne compte pas les frais que la banque peut prendre pour traiter la saisie.",
        (
            "Il ne suit pas les chèques et paiements par carte d'avant la saisie, qui peuvent encore changer le "
            "solde pendant le blocage."
        ),
        "Il ne vaut ni pour la Nouvelle-Calédonie, ni pour la Polynésie française, ni pour Wallis-et-Futuna.",
    ),
    methode=(
        (
            "Notez le solde de chaque compte de la banque le jour de la saisie. Un compte à découvert compte pour "
            "zéro. Additionnez."
        ),
        "Cherchez dans le tableau des montants le SBI en vigueur ce jour-là.",
        "La banque laisse d'office le plus petit des deux : le total des soldes ou le SBI.",
        "Additionnez les sommes protégées reçues, moins ce qui a été dépensé depuis chaque versement.",
        (
            "Si ce total dépasse le SBI, vous pouvez réclamer la différence, dans la limite des soldes. Sinon, "
            "il n'y a rien de plus à réclamer : le SBI et les sommes protégées ne s'ajoutent pas."
        ),
        "Ce qui reste au-delà peut être saisi, sans dépasser la somme réclamée.",
    ),
    cas=lambda _law: [{"date_saisie": "2026-11-20", "solde": "1000", "creance": "500"}],
    resultats=lambda _law: VALUES,
    comparer=compare,
    chiffres=_figures,
    jour=lambda inputs: inputs.date_saisie,
)
