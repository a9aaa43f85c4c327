"""What this calculator says of a question that no verified law covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.language import Language

__all__ = ["elsewhere"]


def elsewhere(say: Language) -> str:
    """What is said where another law of wages applies."""
    return say(
        "Ces territoires ont leurs propres règles, que ce calculateur ne connaît pas. Adressez-vous à un commissaire "
        "de justice ou à un avocat du territoire."
    )
