"""Letters, filled from answers: to the bank, the commissaire de justice, the court, the tax office, the mairie.

A letter is data (:mod:`calculators.law.courriers`); this package asks its questions (`inputs`), finds what the answers
make of it (`rules`) and writes it (`words`). `layout` decides how it stands in a file for Word and LibreOffice; `word`
writes that file on the command line.

Before when a letter must leave is the deadline engine's to say, and a calculator knows no other one: the list of
calculators gives it (:mod:`calculators.registry`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.courriers import courriers
from calculators.letters.inputs import LettersInputs
from calculators.letters.rules import Facts
from calculators.letters.words import answer
from calculators.result import Calculator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.language import Language
    from calculators.law import Law
    from calculators.letters.rules import LastDay
    from calculators.result import Result

__all__ = ["LettersInputs", "letters"]


def _catalogue(law: Law) -> list[tuple[str, ...]]:
    """Each letter, then its questions with their answers."""
    lines: list[tuple[str, ...]] = []
    for one in courriers(law).values():
        lines.append((one.nom, one.titre))
        for name, asked in one.demandes.items():
            answers = " | ".join(asked.question.valeurs) or asked.genre.value
            lines.append((f"  {name}", asked.question.label, answers))
    return lines


def _examples(law: Law) -> list[Mapping[str, object]]:
    """A case of the first letter, then of one with conditions.

    All are made the same way, and each example tried at build is memory that every reader receives.
    """
    known = courriers(law)
    shown = (next(iter(known)), "tribunal-opposition")
    return [{"courrier": name, **known[name].exemple} for name in shown]


def letters(last_day: LastDay) -> Calculator[LettersInputs]:
    """The calculator of letters; ``last_day`` counts the deadlines that they must leave by."""

    def calculate(inputs: LettersInputs, law: Law, say: Language) -> Result:
        return answer(Facts(inputs, law, last_day), say)

    return Calculator(
        nom="courriers",
        titre="Écrire un courrier",
        description="Un courrier prêt à relire : à la banque, au commissaire de justice, au tribunal, aux impôts, à la "
        "mairie, à l'employeur.",
        inputs=LettersInputs,
        calculate=calculate,
        limites=(
            "Il n'envoie rien : vous relisez, vous signez, vous envoyez.",
            "Il ne remplace pas un acte. Quand il faut une assignation, aucune lettre n'en tient lieu.",
            "Il ne dit pas si votre demande sera acceptée.",
            "Il ne connaît pas votre contrat, ni les usages de votre tribunal ou de votre mairie.",
        ),
        methode=(
            "En haut à gauche, écrivez vos nom et adresse. À droite, plus bas, le nom et l'adresse de qui reçoit.",
            "Écrivez le lieu et la date, puis l'objet : une ligne qui dit la demande et la référence du dossier.",
            "Dites ce que vous avez reçu et quand. Dites ce que vous demandez. Citez l'article.",
            "Signez. Listez les pièces jointes, et n'envoyez que des copies.",
            "Gardez une copie signée, avec la preuve de l'envoi.",
        ),
        cas=_examples,
        bouton="Voir le courrier",
        catalogue=_catalogue,
        resultats=lambda _law: ("limite",),
        courrier=True,
    )
