"""Échéancier: what a budget can pay of a debt, month by month, to propose to a creditor or to a judge.

Rules: code civil, art. 1343-5 (délais de grâce); code de procédure civile, art. 510 to 513.

>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> asked = {"nature": "ordinaire", "moment": "acte", "dette": "1000", "premier_paiement": "2027-01-05", "paie": "1500",
...          "logement": "1400"}
>>> calculate(parse(EcheancierInputs, {"aujourdhui": "2026-11-28", **asked}), law()).valeur("mensualite")
Decimal('41.67')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.echeancier.inputs import EcheancierInputs
from calculators.echeancier.rules import Facts
from calculators.echeancier.words import answer
from calculators.language import FRENCH
from calculators.result import Calculator

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Result

__all__ = ["ECHEANCIER", "EcheancierInputs", "calculate"]


def calculate(inputs: EcheancierInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs under this law, in this language: amounts in euros, each payment with its day."""
    return answer(Facts(inputs, law), say)


ECHEANCIER = Calculator(
    nom="echeancier",
    titre="Quel plan de paiement proposer ?",
    description="D'après vos ressources et vos dépenses, ce que vous pouvez payer chaque mois, et le plan à proposer "
    "au créancier ou au juge.",
    inputs=EcheancierInputs,
    calculate=calculate,
    limites=(
        "Il ne promet rien : le créancier peut refuser, et le juge décide.",
        "Il ne calcule pas les intérêts : leur taux dépend du contrat ou du jugement. Demandez un décompte.",
        "Il ne dit pas si la dette est due, ni si elle est trop ancienne pour être réclamée.",
        "Il ne traite qu'une dette à la fois. Pour plusieurs, voyez le surendettement.",
        "Il ne vaut ni pour la Nouvelle-Calédonie, ni pour la Polynésie française, ni pour Wallis-et-Futuna.",
    ),
    methode=(
        (
            "Additionnez tout ce que vous recevez dans un mois, puis tout ce que vous payez. La différence est ce que "
            "votre budget laisse."
        ),
        "Divisez la dette par le nombre de mois, et arrondissez au centime du dessus.",
        (
            "Cette somme est plus grande que ce que le budget laisse ? Prenez plus de mois, sans dépasser le temps le "
            "plus long que la loi permet."
        ),
        "Le dernier paiement est la dette, moins tous les autres.",
        "Il reste encore quelque chose à payer ? Dites-le, et voyez le surendettement.",
    ),
    cas=lambda _law: [
        {
            "nature": "ordinaire",
            "moment": "acte",
            "dette": "2400",
            "premier_paiement": "2027-01-05",
            "paie": "1500",
            "aides": "120",
            "logement": "650",
            "energie": "110",
            "courses": "400",
            "transport": "90",
            "assurances": "85",
            "credits": "80",
        },
        {
            "nature": "credit",
            "moment": "reclamation",
            "dette": "9000",
            "premier_paiement": "2027-01-05",
            "paie": "1400",
            "logement": "600",
            "courses": "400",
            "autres_charges": "250",
        },
    ],
)
