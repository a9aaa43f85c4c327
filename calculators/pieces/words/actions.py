"""What to do next: the words are in the data of the démarche."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.pieces.words.steps import quoted
from calculators.result import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.pieces.rules import Facts

__all__ = ["actions"]


def actions(facts: Facts, say: Language) -> Iterator[Action]:
    """The actions, in the order of the data."""
    for action in facts.actions:
        yield Action(quoted(facts, say(action.texte), say), page=action.page)
