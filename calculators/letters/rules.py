"""What the answers make of a letter: which paragraphs, which blanks, before when it must leave.

No word of French here: the texts are data, the rest of the words is in `words`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from calculators.declaration import asked_of, met
from calculators.law.courriers import courriers
from calculators.law.situations.questions import ANY_DAY, GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from calculators.law import Article, Delai, Law, Value
    from calculators.law.courriers import AJoindre, Courrier, Genre, Limite, Paragraphe, Verification
    from calculators.law.pieces.model import Cas
    from calculators.letters.inputs import LettersInputs
    from calculators.territory import Territoire

__all__ = ["Deadline", "Facts", "LastDay"]


#: The question of where the person lives, which the inputs declare under a law.
_PLACE = "territoire"


class Readings(Protocol):
    """The readings of a deadline: where the law leaves a point open, they do not all end on the same day."""

    @property
    def au_plus_tard(self) -> date:
        """The latest end."""


class Deadline(Protocol):
    """A deadline counted, as the deadline engine gives it: its safe day for who must act by then."""

    @property
    def delai(self) -> Delai:
        """The deadline of the law data."""

    @property
    def jour(self) -> date:
        """The safe day."""

    @property
    def a_viser(self) -> date | None:
        """The working day to aim at, when offices are closed on the safe day."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The texts that the day rests on."""

    @property
    def calcul(self) -> Readings:
        """How it is counted."""


class LastDay(Protocol):
    """Counts a deadline of the law data from its event."""

    def __call__(self, cle: str, evenement: date, territoire: Territoire, today: date, law: Law) -> Deadline:
        """Count it.

        Raises:
            CoverageError: no verified law covers that day or that place.
        """


class Facts:
    """A letter and the answers to its questions, under a law."""

    def __init__(self, inputs: LettersInputs, law: Law, last_day: LastDay) -> None:
        """Understand these answers under this law; ``last_day``: the deadline engine."""
        self.inputs = inputs
        self.law = law
        self._last_day = last_day
        self.courrier: Courrier = courriers(law)[inputs.courrier]

    def holds(self, cases: Iterable[Cas]) -> bool:
        """Whether the answers are those of one of these cases; none at all is always."""
        known = tuple(
            {
                name: tuple(ANY_DAY if answer == GIVEN else answer for answer in answers)
                for name, answers in case.items()
            }
            for case in cases
        )
        return not known or met(self.inputs, known)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The questions that the form asked."""
        return asked_of(self.inputs)

    def given(self, name: str) -> date | Decimal | int | str | None:
        """What was answered to a question of the letter; nothing when there is no answer, or it was not asked."""
        value: date | Decimal | int | str | None = getattr(self.inputs, name) if name in self.asked else None
        return None if value == "" else value

    @cached_property
    def paragraphs(self) -> tuple[Paragraphe, ...]:
        """The paragraphs of this case."""
        return tuple(part for part in self.courrier.corps if self.holds(part.si))

    @cached_property
    def enclosed(self) -> tuple[AJoindre, ...]:
        """What is enclosed in this case."""
        return tuple(part for part in self.courrier.joindre if self.holds(part.si))

    @cached_property
    def limit(self) -> Limite | None:
        """The first deadline that this case has, whether its day is known or not."""
        return next((limit for limit in self.courrier.limites if self.holds(limit.si)), None)

    def day(self, name: str) -> date | None:
        """The day that answers a question of the letter; nothing when there is none."""
        found: date | None = getattr(self.inputs, name) if name in self.asked else None
        return found

    def _counted(self, delai: str, start: date) -> Deadline:
        where: Territoire = getattr(self.inputs, _PLACE)
        return self._last_day(delai, start, where, self.inputs.aujourdhui, self.law)

    @cached_property
    def deadline(self) -> Deadline | None:
        """The same counted; nothing as long as the day that starts it is not given, or when it is not the law's.

        Raises:
            CoverageError: no verified law covers that day.
        """
        if self.limit is None or not self.limit.delai:
            return None
        start = self.day(self.limit.depart)
        return None if start is None else self._counted(self.limit.delai, start)

    @property
    def safe_day(self) -> date | None:
        """The day to send it by: when offices are open, if the law counts it; nothing as long as it is not known."""
        if self.deadline is not None:
            return self.deadline.a_viser or self.deadline.jour
        return self.day(self.limit.depart) if self.limit and not self.limit.delai else None

    @property
    def last_day(self) -> date | None:
        """The last day that a reading of the law gives, or that the reader was given."""
        return self.deadline.calcul.au_plus_tard if self.deadline is not None else self.safe_day

    @property
    def late(self) -> bool:
        """Whether every reading of the deadline is over."""
        return self.last_day is not None and self.last_day < self.inputs.aujourdhui

    @property
    def pressing(self) -> bool:
        """Whether the safe day is over, and not the last one that a reading of the law gives."""
        return self.deadline is not None and self.deadline.jour < self.inputs.aujourdhui and not self.late

    @cached_property
    def contradicted(self) -> tuple[tuple[Verification, date | Decimal], ...]:
        """What the letter takes for granted and the answers contradict, each with the day or the sum that does.

        Raises:
            CoverageError: no verified law covers the day that a deadline starts from, or gives an amount.
        """
        asked = (one for one in self.courrier.verifications if self.holds(one.si))
        compared = ((one, self._day_not_over(one) if one.delai else self._sum_not_exceeded(one)) for one in asked)
        return tuple((one, limit) for one, limit in compared if limit is not None)

    def _day_not_over(self, one: Verification) -> date | None:
        """The end of a deadline that the day compared with it does not pass; nothing when it does, or is not known."""
        start, day = self.day(one.depart), self.day(one.jour) if one.jour else self.inputs.aujourdhui
        if start is None or day is None:
            return None
        end = self._counted(one.delai, start).calcul.au_plus_tard
        return end if day <= end else None

    def _sum_not_exceeded(self, one: Verification) -> Decimal | None:
        """The least of the sums, when the one that it should exceed is as much; nothing when one is not known."""
        known = [self._sum(name) for name in (*one.sommes, one.depasse)]
        sums = [each for each in known if each is not None]
        if len(sums) < len(known):
            return None
        *owed, exceeded = sums
        return min(owed) if min(owed) <= exceeded else None

    def _sum(self, name: str) -> Decimal | None:
        """A sum that the letter asks or quotes."""
        if name in self.amounts:
            quoted = self.amounts[name]
            return quoted.montant if quoted else None
        found: Decimal | None = getattr(self.inputs, name) if name in self.asked else None
        return found

    @cached_property
    def amounts(self) -> dict[str, Value | None]:
        """The dated amounts that the letter quotes; none of a day that was not given.

        Raises:
            CoverageError: no value was verified for that day.
        """
        letter = self.courrier
        day = getattr(self.inputs, letter.montants_au) if letter.montants_au in self.asked else None
        return {name: self.law.series[name].au(day) if day else None for name in letter.montants}

    def genre(self, name: str) -> Genre:
        """What a question of the letter is answered with."""
        return self.courrier.demandes[name].genre
