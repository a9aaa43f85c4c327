"""Checklists: the exact documents for one person's case, from a few answers.

A démarche is data (:mod:`calculators.law.pieces`); this package makes its questions (`inputs`), works out what the
answers call for (`rules`) and tells it (`words`).

>>> from calculators.declaration import parse
>>> from calculators.law import law
>>> asked = {"aujourdhui": "2026-11-21", "demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}
>>> [piece.id for piece in calculate(parse(PiecesInputs, asked), law()).pieces][:2]
['cph-restituer-identite', 'cph-restituer-rib']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.language import FRENCH
from calculators.pieces.inputs import PiecesInputs
from calculators.pieces.rules import Facts, checked
from calculators.pieces.words import answer, requested
from calculators.result import Calculator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.language import Language
    from calculators.law import Law
    from calculators.result import Result

__all__ = ["PIECES", "PiecesInputs", "calculate", "requested"]


def calculate(inputs: PiecesInputs, law: Law, say: Language = FRENCH) -> Result:
    """Answer for these inputs, under this law: the documents, each with its level, its reason and its source.

    Raises:
        CoverageError: the list quotes an amount that was not verified for today's date.
    """
    try:
        return answer(Facts(inputs, law), say)
    except CoverageError as error:
        raise CoverageError(error.message, champ=error.champ or "demarche") from None


def _catalogue(law: Law) -> list[tuple[str, ...]]:
    """Each démarche, then its questions with their answers."""
    lines: list[tuple[str, ...]] = []
    for demarche in checked(law).values():
        lines.append((demarche.nom, demarche.titre))
        lines += [(f"  {q.nom}", q.label, " | ".join(q.valeurs) or "AAAA-MM-JJ") for q in demarche.questions]
    return lines


def _examples(law: Law) -> list[Mapping[str, object]]:
    """A case of each démarche that has one to show, in the order they are proposed."""
    return [{"demarche": d.nom, **d.exemple} for d in checked(law).values() if d.exemple]


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
    resultats=lambda _law: ("dossier", "fin_validite", "prix", "pieces"),
    cas=_examples,
    bouton="Voir ma liste",
)
