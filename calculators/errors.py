"""The package's errors.

Four situations, four types: the person typed something we cannot use (:class:`InputError`), the
question is clear but the verified law does not cover it (:class:`CoverageError`), our own law data is
wrong (:class:`LawDataError`), the developer asked for something that does not exist
(:class:`UnknownKeyError`). The first two speak French to readers; the others speak English to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.language import FRENCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from calculators.language import Language

    #: A part of a sentence: a value, or what is itself said in the language.
    Part = date | str | int | Callable[[Language], str]

__all__ = [
    "CalculatorsError",
    "CoverageError",
    "FieldError",
    "InputError",
    "LawDataError",
    "UnknownKeyError",
]


class CalculatorsError(Exception):
    """Base of every error this package raises on purpose."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One faulty field: its path (``comptes.2.solde``) and what is wrong, with how to put it right.

    ``bonne_nouvelle``: nothing is wrong but that the row of this field need not be asked about, to the person's
    advantage. It is told as such, and taking the row away is offered.

    >>> FieldError("solde", "Indiquez un montant.").champ
    'solde'
    """

    champ: str
    message: str
    bonne_nouvelle: bool = False


class InputError(CalculatorsError):
    """The input cannot be used. Carries *all* faulty fields, in the order of the form."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors: tuple[FieldError, ...] = tuple(errors)
        super().__init__("; ".join(f"{e.champ}: {e.message}" for e in self.errors))


class CoverageError(CalculatorsError):
    """The input is well formed, but no verified law value covers it: we refuse rather than guess.

    Args:
        sentence: why, in French, with the marks of its parts as :class:`~calculators.language.Language` says them.
        champ: the field that it is about, when the rule knows it.
        parts: the parts of the sentence; a function for one that is itself said in the language.
    """

    def __init__(self, sentence: str, *, champ: str = "", **parts: Part) -> None:
        self.champ = champ
        self._sentence, self._parts = sentence, parts
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The refusal in French."""
        return self.said(FRENCH)

    def said(self, say: Language) -> str:
        """The refusal in a language."""
        parts = {name: part(say) if callable(part) else part for name, part in self._parts.items()}
        return say(self._sentence, **parts)

    def about(self, champ: str) -> CoverageError:
        """The same refusal, of this field."""
        return CoverageError(self._sentence, champ=champ, **self._parts)


class LawDataError(CalculatorsError):
    """A law file is wrong. The message names the file, the key and the reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}")


class UnknownKeyError(CalculatorsError):
    """No law value, article, source or calculator has this name."""
