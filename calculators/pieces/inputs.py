"""The questions that lead to a list of documents, as the data of the démarches declare them.

Each is asked only where its answer changes the list. An address names a question by one key, whatever the démarche.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from calculators.calendar import in_words
from calculators.declaration import Kind, Option, ask, fields_of, law_of
from calculators.errors import FieldError
from calculators.law.pieces import anciens, demarches, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.law import Law
    from calculators.law.pieces import Question

__all__ = ["PiecesInputs"]


def _menu(law: Law) -> tuple[Option, ...]:
    return tuple(Option(demarche.nom, demarche.titre) for demarche in demarches(law).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesInputs:
    """What every checklist is asked. The questions of the démarches follow, each looking back at the answers before."""

    sujet: ClassVar[str] = "demarche"

    aujourdhui: date = ask("Date du jour", cache=True)
    demarche: str = ask("Quelle démarche préparez-vous ?", options=_menu)

    @classmethod
    def more(cls, law: Law) -> Iterator[tuple[str, Any, Any]]:
        """Declare the questions of the démarches."""
        for question, asking in questions_of(tuple(demarches(law).values())):
            yield _field(question, asking)

    @classmethod
    def complete(cls, data: Mapping[str, object]) -> Mapping[str, object]:
        """Understand the answers that are no longer offered, as old links hold them."""
        known, former = dict(data), cls.former()
        for name, answer in data.items():
            if (now := former.get(f"{name}={answer}")) is not None:
                del known[name]
                known |= now
        return known

    @classmethod
    def former(cls) -> Mapping[str, Mapping[str, str]]:
        """The answers that are no longer offered, with those that replace them."""
        return anciens(law_of(cls))

    def check(self) -> Iterator[FieldError]:
        """Yield the days that have not come: each is of something that was done."""
        for field in fields_of(type(self)):
            if field.kind is Kind.DATE and (day := getattr(self, field.nom)) is not None and day > self.aujourdhui:
                yield FieldError(
                    field.nom,
                    "Cette date est dans l'avenir : vérifiez-la. Nous sommes le "
                    f"{in_words(self.aujourdhui)} pour votre appareil : si c'est faux, réglez sa date.",
                )


def _field(question: Question, asking: tuple[str, ...]) -> tuple[str, Any, Any]:
    """One question as a field, asked of the démarches that have it."""
    common: dict[str, Any] = {
        "aide": question.aide,
        "quand": [{"demarche": asking, **case} for case in question.quand],
        "notion": question.notion,
    }
    if not question.reponses:
        return question.nom, date | None, ask(question.label, defaut=None, **common)
    common["options"] = [Option(reponse.valeur, reponse.label) for reponse in question.reponses]
    if not question.defaut:
        return question.nom, str | None, ask(question.label, **common)
    return question.nom, str, ask(question.label, defaut=question.defaut, **common)
