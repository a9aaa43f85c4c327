"""The dates of a whole file of questions, in one calendar, written as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.ics import Agenda

if TYPE_CHECKING:
    from datetime import date

    from calculators.outcome import Answered

__all__ = ["Dates"]


class Dates:
    """One calendar for a file. ``today`` stamps it; its :meth:`add` is what a stream tells of each answer."""

    def __init__(self, today: date) -> None:
        """Begin it; nothing is written before there is a date."""
        self._agenda = Agenda(today)
        self._begun = False
        self._waiting: list[str] = []

    def add(self, answered: Answered, reference: str) -> None:
        """Take the dates of one line."""
        self._waiting.append(self._agenda.events(answered.inputs, answered.result, reference))

    def taken(self) -> str:
        """Give what is to be written now, once there is a date to write."""
        text = "".join(self._waiting)
        self._waiting.clear()
        if not text:
            return ""
        head = "" if self._begun else self._agenda.head()
        self._begun = True
        return head + text

    def end(self) -> str:
        """Give what ends the calendar; nothing when no line had a date."""
        return self._agenda.tail if self._begun else ""
