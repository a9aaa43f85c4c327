"""What this calculator says of a question that no verified law covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.language import Language

__all__ = ["elsewhere"]


def elsewhere(say: Language) -> str:
    """What is said where another law of procedure applies."""
    return say(
        "Ces territoires ont leurs propres jours fériés et leurs propres règles de procédure, que ce calculateur ne "
        "connaît pas. Adressez-vous à un avocat du territoire."
    )
