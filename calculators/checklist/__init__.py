"""Checklists: the exact documents for one person's case, from a few answers.

The documents are data (:mod:`calculators.law.pieces`); this package holds the questions, and which
answers call for what.

>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> asked = {"aujourdhui": "2026-11-21", "demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}
>>> [piece.id for piece in calculate(parse(PiecesInputs, asked), law()).pieces][:2]
['cph-restituer-identite', 'cph-restituer-rib']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.checklist.answer import answer, requested
from calculators.checklist.inputs import Demarche, PiecesInputs
from calculators.declaration import fields_of
from calculators.errors import CoverageError
from calculators.language import FRENCH
from calculators.result import Calculator

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Result

__all__ = ["PIECES", "Demarche", "PiecesInputs", "calculate", "requested"]


def calculate(inputs: PiecesInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs: the documents, each with its level, its reason and its source.

    Raises:
        CoverageError: the list quotes an amount that was not verified for today's date.
    """
    try:
        return answer(inputs)
    except CoverageError as error:
        raise CoverageError(error.message, champ=error.champ or "demarche") from None


def _catalogue() -> list[tuple[str, ...]]:
    """Each démarche, then its questions with their answers."""
    fields = [field for field in fields_of(PiecesInputs) if not field.question.cache and field.nom != "demarche"]
    lines: list[tuple[str, ...]] = []
    for demarche in Demarche:
        lines.append((demarche.value, demarche.label))
        for field in fields:
            if any(demarche.value in case["demarche"] for case in field.question.quand):
                answers = " | ".join(option.valeur for option in field.options) or "AAAA-MM-JJ"
                lines.append((f"  {field.nom}", field.question.label, answers))
    return lines


PIECES = Calculator(
    nom="pieces",
    titre="Quelles pièces faut-il réunir ?",
    description="La liste exacte des documents pour votre cas, à cocher, à imprimer et à envoyer par un lien.",
    inputs=PiecesInputs,
    calculate=calculate,
    limites=(
        "Il ne dit pas si votre demande sera acceptée : le service qui la reçoit décide.",
        "Il ne connaît pas les usages de votre mairie, de votre tribunal ou de votre cabinet : demandez-leur.",
        "Il ne lit et n'envoie aucun document : rien ne quitte votre appareil.",
        "Il ne traite pas les demandes faites à l'étranger.",
    ),
    methode=(
        "Ouvrez la page de votre démarche, dans « Toutes les pièces, par démarche ».",
        "Gardez les pièces requises, puis celles dont la condition est la vôtre.",
        "Pour une pièce « à confirmer », posez la question au service nommé à côté.",
    ),
    catalogue=_catalogue,
    resultats=lambda: ("dossier", "fin_validite", "prix", "pieces"),
    exemple={"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"},
    exemples=(
        {
            "demarche": "urbanisme",
            "dossier": "inconnu",
            "projet": "construction_maison",
            "taille_construction": "5_a_20",
            "secteur_protege": "non",
        },
    ),
)
