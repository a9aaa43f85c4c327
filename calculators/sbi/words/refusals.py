"""What the SBI's calculator says of a question that no verified law covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError

if TYPE_CHECKING:
    from calculators.language import Language

__all__ = ["elsewhere", "refused"]


def elsewhere(say: Language) -> str:
    """What is said where another law of seizures applies."""
    return say(
        "Ces territoires ont leurs propres règles de saisie, que ce calculateur ne connaît pas. Adressez-vous à un "
        "commissaire de justice ou à un avocat du territoire."
    )


def refused(error: CoverageError) -> CoverageError:
    """The refusal of the rules, with what the reader may do about the protected part of a sum."""
    if not error.champ.endswith(".part_protegee"):
        return error
    return CoverageError(
        "{refus} Indiquez vous-même la part protégée de cette somme.", champ=error.champ, refus=error.said
    )
