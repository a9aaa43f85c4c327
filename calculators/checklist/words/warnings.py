"""What to know before relying on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.pieces import Exigence
from calculators.result import Avertissement, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.checklist.rules import Facts
    from calculators.result import PieceDemandee

__all__ = ["warnings"]


def warnings(facts: Facts, pieces: tuple[PieceDemandee, ...]) -> Iterator[Avertissement]:
    """The warnings: those of every list, then those of its démarche."""
    # A date, or a project, may settle what is answered « je ne sais pas ».
    if any(len(facts.possible[question.nom]) > 1 for question in facts.unknown):
        yield Avertissement(
            "je-ne-sais-pas",
            "Vous avez répondu « je ne sais pas » : la liste montre chaque possibilité, « selon le cas »."
            + _shorter(facts, len(pieces)),
            Niveau.INFO,
        )
    if any(piece.niveau == Exigence.A_CONFIRMER.value for piece in pieces):
        yield Avertissement(
            "a-confirmer",
            "Les pièces « à confirmer » ne sont pas établies : posez la question avant de vous déplacer ou de payer.",
            Niveau.INFO,
        )
    for alerte in facts.met(facts.demarche.avertissements):
        yield Avertissement(alerte.code, alerte.texte)


def _shorter(facts: Facts, length: int) -> str:
    """Which answers are worth looking for, and what the first would leave of the list."""
    if not facts.shortcuts:
        return ""
    first, *others = facts.shortcuts
    left = (
        f"laisse {first.au_plus}" if first.au_moins == first.au_plus else f"laisse {first.au_moins} à {first.au_plus}"
    )
    if first.au_plus == length:
        left = f"peut ne laisser que {first.au_moins}"
    then = ", ".join(f"« {other.question} »" for other in others)
    return f" Cherchez d'abord : « {first.question} » La réponse {left} pièces au lieu de {length}." + (
        f" Ensuite : {then}." if then else ""
    )
