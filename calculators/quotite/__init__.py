"""Quotité saisissable: what may be taken each month of a wage, a pension or an unemployment benefit.

Rules: code du travail, art. L3252-1 to L3252-5 and R3252-1 to R3252-5.

>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> inputs = parse(QuotiteInputs, {"aujourdhui": "2026-11-21", "date": "2024-06-30", "net": "1500"})
>>> calculate(inputs, law()).valeur("saisissable")
Decimal('241.11')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.language import FRENCH
from calculators.quotite.inputs import QuotiteInputs
from calculators.quotite.rules import Facts
from calculators.quotite.words import answer, figures
from calculators.quotite.words.comparison import comparison
from calculators.quotite.words.refusals import elsewhere, refused
from calculators.quotite.words.schedule import VALUES
from calculators.result import Calculator
from calculators.territory import covered

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Comparaison, Result

__all__ = ["QUOTITE", "QuotiteInputs", "calculate"]


def calculate(inputs: QuotiteInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs under this law, in this language: amounts in euros, each step with its article.

    Raises:
        CoverageError: the date or the territory is outside the verified law.
    """
    return _written(inputs, law, say, answer)


def _figures(inputs: QuotiteInputs, law: Law, say: Language) -> Result:
    return _written(inputs, law, say, figures)


def _written(inputs: QuotiteInputs, law: Law, say: Language, write: Callable[[Facts, Language], Result]) -> Result:
    facts = Facts(inputs, law)
    with covered(inputs.territoire, elsewhere(say), lambda: "date"):
        try:
            return write(facts.settled, say)
        except CoverageError as error:
            raise refused(error, facts, inputs.date) from None


def compare(inputs: QuotiteInputs, law: Law, say: Language = FRENCH) -> Comparaison:
    """The same pay on the same day of each year, newest first."""
    return comparison(Facts(inputs, law).settled, say)


QUOTITE = Calculator(
    nom="quotite",
    titre="Quelle part d'un salaire peut être saisie ?",
    description="Ce qui peut être pris chaque mois sur un salaire, une retraite ou une allocation de chômage, et ce "
    "qui "
    "reste.",
    inputs=QuotiteInputs,
    calculate=calculate,
    limites=(
        "Il ne dit pas si la saisie est valable, ni si la dette est due : seul un juge peut le dire.",
        "Il ne partage pas la somme entre plusieurs créanciers : c'est le rôle du commissaire de justice répartiteur.",
        (
            "Il ne sait ni les barèmes à venir, ni les intérêts et les frais à venir : la durée qu'il donne est un "
            "minimum, pour une paie qui ne change pas."
        ),
        "Il ne reconstitue pas le net à partir du brut : prenez-le sur le bulletin de paie ou l'avis de versement.",
        "Il ne connaît que les barèmes vérifiés. Une autre année est refusée, jamais devinée.",
        "Les articles cités sont dans leur version du début de 2026, même pour une date plus ancienne.",
        "Il ne vaut ni pour la Nouvelle-Calédonie, ni pour la Polynésie française, ni pour Wallis-et-Futuna.",
    ),
    methode=(
        "Prenez le net versé, après cotisations et prélèvement à la source. Additionnez tous les payeurs.",
        (
            "Le barème est annuel : additionnez ce qui a été versé pendant les douze mois d'avant. À défaut, "
            "multipliez un mois par douze ; c'est une approximation si la paie varie."
        ),
        "Relevez chaque seuil du barème du montant prévu par personne à charge.",
        "Dans chaque tranche, multipliez la part du revenu qui s'y trouve par la fraction de la tranche. Additionnez.",
        "Divisez par douze pour revenir au mois, et arrondissez au centime une seule fois, à la fin.",
        "Vérifiez qu'il reste au moins le RSA d'une personne seule. Sinon, diminuez la part saisie d'autant.",
        "Pour une pension alimentaire, oubliez le barème : tout peut être pris, sauf ce RSA.",
        "Pour une durée, divisez ce qui reste dû par la part saisissable d'un mois, et arrondissez au mois d'après.",
    ),
    cas=lambda _law: [{"date": "2026-10-30", "net": "1500", "personnes_a_charge": "2"}],
    resultats=lambda _law: ("net", "saisissable", "laisse", "bareme", "plancher", "saisissable_un_an_avant", *VALUES),
    comparer=compare,
    chiffres=_figures,
    jour=lambda inputs: inputs.date,
)
