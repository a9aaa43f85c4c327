"""What to know before relying on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.pieces import Exigence
from calculators.result import Avertissement, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.pieces.rules import Facts, Raccourci
    from calculators.result import PieceDemandee

__all__ = ["warnings"]


def warnings(facts: Facts, pieces: tuple[PieceDemandee, ...], say: Language) -> Iterator[Avertissement]:
    """The warnings: those of every list, then those of its démarche."""
    # A date, or a project, may settle what is answered « je ne sais pas ».
    if any(len(facts.possible[question.nom]) > 1 for question in facts.unknown):
        yield Avertissement(
            "je-ne-sais-pas",
            " ".join(
                [
                    say("Vous avez répondu « je ne sais pas » : la liste montre chaque possibilité, « selon le cas »."),
                    *_shorter(facts, facts.documents, say),
                ]
            ),
            Niveau.INFO,
        )
    if any(piece.niveau == Exigence.A_CONFIRMER.value for piece in pieces):
        yield Avertissement(
            "a-confirmer",
            say(
                "Les pièces « à confirmer » ne sont pas établies : posez la question avant de vous déplacer ou de "
                "payer."
            ),
            Niveau.INFO,
        )
    for alerte in facts.met(facts.demarche.avertissements):
        yield Avertissement(alerte.code, say(alerte.texte))


def _shorter(facts: Facts, length: int, say: Language) -> Iterator[str]:
    """Which answers are worth looking for, and what the first would leave of the list."""
    if not facts.shortcuts:
        return
    first, *others = facts.shortcuts
    parts: dict[str, str | int] = {
        "question": say(first.question),
        "au_moins": first.au_moins,
        "au_plus": first.au_plus,
        "total": length,
    }
    yield say("Cherchez d'abord : « {question} »", **parts)
    yield say(_left_by(first, length), **parts)
    if others:
        yield say("Ensuite : {questions}.", questions=", ".join(f"« {say(other.question)} »" for other in others))


def _left_by(first: Raccourci, length: int) -> str:
    """How many documents the answer to a question leaves: none and one are said in words."""
    match first.au_moins, first.au_plus:
        case 0, 0:
            left = "La réponse ne laisse aucune pièce à réunir."
        case 0, most if most == length:
            left = "Selon la réponse, il peut n'y avoir aucune pièce à réunir."
        case 0, 1:
            left = "La réponse laisse une pièce, ou aucune, au lieu de {total}."
        case 0, _:
            left = "La réponse laisse {au_plus} pièces au plus, ou aucune, au lieu de {total}."
        case 1, 1:
            left = "La réponse laisse une seule pièce au lieu de {total}."
        case 1, most if most == length:
            left = "La réponse peut ne laisser qu'une pièce au lieu de {total}."
        case least, most if most == length:
            left = "La réponse peut ne laisser que {au_moins} pièces au lieu de {total}."
        case least, most if least == most:
            left = "La réponse laisse {au_plus} pièces au lieu de {total}."
        case _:
            left = "La réponse laisse {au_moins} à {au_plus} pièces au lieu de {total}."
    return left
