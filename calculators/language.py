"""The language an answer is written in: its sentences, and how it writes an amount and a date.

Every sentence of an answer goes through a :class:`Language`, in French as the code holds it. Another language is a
catalogue of these sentences in the gettext format, and two functions: no rule, no figure is written again. The marks in
braces are the parts of a sentence that the case gives; a translation may put them in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from calculators.calendar import in_words, weekday_in_words
from calculators.money import euros, euros_in_prose
from calculators.numerals import spelt
from calculators.typography import french

__all__ = ["FRENCH", "Language"]


@dataclass(frozen=True, slots=True)
class Language:
    r"""How one language says what an answer says.

    Attributes:
        code: its name, as in the ``lang`` of a page.
        amount: write an amount in euros.
        amount_in_prose: the same as a sentence writes a round one: without centimes when there are none.
        day: write a date.
        typeset: put the spaces and marks that its typography asks for.
        messages: the sentences, by the French one. One that is missing is said in French.
        full_day: write a date with its day of the week; as ``day`` does when the language does not tell.
        spelled: write a small whole number in letters, as a text of law does.

    >>> FRENCH("Il reste {laisse} le {jour}.", laisse=Decimal("12.5"), jour=date(2026, 12, 1))
    'Il reste 12,50\xa0€ le 1er\xa0décembre 2026.'
    """

    code: str
    amount: Callable[[Decimal], str]
    amount_in_prose: Callable[[Decimal], str]
    day: Callable[[date], str]
    typeset: Callable[[str], str]
    messages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    full_day: Callable[[date], str] | None = None
    spelled: Callable[[int], str] = str

    def __call__(self, message: str, /, **parts: Decimal | date | str | int) -> str:
        """Say this sentence, its parts written as the language writes them."""
        words = self.messages.get(message, message)
        return words.format(**{name: self.written(part) for name, part in parts.items()}) if parts else words

    def written(self, part: Decimal | date | str | int) -> str:
        """Write one part of a sentence: an amount in euros, a day, a number or words."""
        if isinstance(part, Decimal):
            return self.amount(part)
        return self.day(part) if isinstance(part, date) else str(part)

    def weekday(self, day: date) -> str:
        r"""Write a date with its day of the week.

        >>> FRENCH.weekday(date(2016, 4, 11))
        'lundi 11\xa0avril 2016'
        """
        return (self.full_day or self.day)(day)


def _french_full_day(day: date) -> str:
    return f"{weekday_in_words(day)} {in_words(day)}"


FRENCH = Language("fr", euros, euros_in_prose, in_words, french, full_day=_french_full_day, spelled=spelt)
