"""What the SBI's calculator says of a question that no verified law covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError

if TYPE_CHECKING:
    from calculators.language import Language

__all__ = ["other_law", "refused"]


def other_law(say: Language) -> CoverageError:
    """The refusal for a territory that has its own law of seizures."""
    return CoverageError(
        say(
            "Ces territoires ont leurs propres règles de saisie, que ce calculateur ne connaît pas. Adressez-vous à un "
            "commissaire de justice ou à un avocat du territoire."
        ),
        champ="territoire",
    )


def refused(error: CoverageError, say: Language) -> CoverageError:
    """The refusal of the rules, with the field it is about and what the reader may do."""
    if error.champ.endswith(".part_protegee"):
        more = say("Indiquez vous-même la part protégée de cette somme.")
        return CoverageError(f"{error.message} {more}", champ=error.champ)
    return CoverageError(error.message, champ=error.champ or "date_saisie")
