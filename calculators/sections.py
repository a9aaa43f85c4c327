"""What an answer says, in the order it is read: one order, for the page and for the text of the terminal."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from calculators.result import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.result import Result

__all__ = ["NOTICE", "Section", "sections"]

#: What an answer is, and is not.
NOTICE = "Information générale, pas un conseil juridique personnalisé."


class Section(Enum):
    """A part of an answer."""

    #: The sentence that answers.
    SENTENCE = auto()
    #: The warnings that must be read before anything is done.
    WARNINGS = auto()
    VALUES = auto()
    #: What is sent.
    LETTER = auto()
    ACTIONS = auto()
    CALENDAR = auto()
    DOCUMENTS = auto()
    #: What the values are made of: tables, and their pictures.
    DETAILS = auto()
    READINGS = auto()
    STEPS = auto()
    #: The warnings that are good to know.
    NOTES = auto()
    SOURCES = auto()
    #: The answers that the reader gave.
    GIVEN = auto()
    #: What this is not.
    NOTICE = auto()


def sections(result: Result) -> Iterator[Section]:
    """The sections that an answer has, in the order they are read."""
    levels = {warning.niveau for warning in result.avertissements}
    # What to do comes before what it rests on; a list of documents is itself what to gather first.
    after_the_list = bool(result.pieces) and not result.evenements
    for section, is_there in (
        (Section.SENTENCE, True),
        (Section.WARNINGS, Niveau.ATTENTION in levels),
        (Section.VALUES, bool(result.valeurs)),
        (Section.LETTER, result.lettre is not None),
        (Section.ACTIONS, bool(result.a_faire) and not after_the_list),
        (Section.CALENDAR, bool(result.evenements)),
        (Section.DOCUMENTS, bool(result.pieces)),
        (Section.ACTIONS, bool(result.a_faire) and after_the_list),
        (Section.DETAILS, True),
        (Section.READINGS, bool(result.lectures)),
        (Section.STEPS, True),
        (Section.NOTES, Niveau.INFO in levels),
        (Section.SOURCES, bool(result.sources)),
        (Section.GIVEN, True),
        (Section.NOTICE, True),
    ):
        if is_there:
            yield section
