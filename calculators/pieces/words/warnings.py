"""What to know before relying on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.pieces import Exigence
from calculators.result import Avertissement, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.pieces.rules import Facts
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
    if first.au_plus == length:
        yield say(
            "Cherchez d'abord : « {question} » La réponse peut ne laisser que {au_moins} pièces au lieu de {total}.",
            **parts,
        )
    elif first.au_moins == first.au_plus:
        yield say("Cherchez d'abord : « {question} » La réponse laisse {au_plus} pièces au lieu de {total}.", **parts)
    else:
        yield say(
            "Cherchez d'abord : « {question} » La réponse laisse {au_moins} à {au_plus} pièces au lieu de {total}.",
            **parts,
        )
    if others:
        yield say("Ensuite : {questions}.", questions=", ".join(f"« {say(other.question)} »" for other in others))
