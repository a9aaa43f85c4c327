"""The questions that a situation brings with it: written in its file, they need no Python.

They are written as those of a démarche are (:mod:`calculators.law.pieces.questions`), with three keys more for a day:
``facultatif``, ``a_venir`` and ``apres``. In a case, ``donnee`` stands for any day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.loader import _Table as Table
from calculators.law.pieces.model import Question, Reponse
from calculators.law.pieces.questions import read_cases
from calculators.law.pieces.questions import read_questions as read_plain

if TYPE_CHECKING:
    from calculators.law.model import Law
    from calculators.law.pieces.model import Cas

__all__ = ["ANY_DAY", "GIVEN", "QuestionDeSituation", "read_line_cases", "read_questions"]

#: Any day: what comes after an event is asked once its date is given.
GIVEN, ANY_DAY = "donnee", "1900-01-01/2199-12-31"
_OF_A_DAY = frozenset({"facultatif", "a_venir", "apres"})
_YES_NO = {"oui_non": (Reponse("oui", "Oui"), Reponse("non", "Non"), Reponse("inconnu", "Je ne sais pas"))}


@dataclass(frozen=True, slots=True)
class QuestionDeSituation:
    """A question of a situation.

    Attributes:
        question: its words, its answers (none for a day) and the cases in which it is asked.
        facultatif: its day may be left out.
        a_venir: its day is of something that may still be to come.
        apres: the questions whose day it cannot come before, with the words for each event.
    """

    question: Question
    facultatif: bool
    a_venir: bool
    apres: Mapping[str, str]

    @property
    def quand(self) -> tuple[Cas, ...]:
        """The cases in which it is asked, ``donnee`` written as the days it stands for."""
        return tuple(
            {
                name: tuple(ANY_DAY if answer == GIVEN else answer for answer in answers)
                for name, answers in case.items()
            }
            for case in self.question.quand
        )


def read_questions(file: str, data: object, known: Law) -> Mapping[str, QuestionDeSituation]:
    """Read the questions of a situation, in the order they are asked.

    Raises:
        LawDataError: a key is missing, unknown or wrong, or a question looks at one that does not come before it.
    """
    if not isinstance(data, dict):
        raise LawDataError(file, "questions", "expected a table")
    plain: dict[str, object] = {}
    own: dict[str, tuple[bool, bool, Mapping[str, str]]] = {}
    for name, content in data.items():
        if not isinstance(content, dict):
            raise LawDataError(file, f"questions.{name}", "expected a table")
        ours = Table(file, f"questions.{name}", content)
        after = ours.section("apres")
        optional, to_come = (ours.flag(key, default=False) for key in ("facultatif", "a_venir"))
        own[name] = optional, to_come, {day: after.text(day) for day in content.get("apres", {})}
        plain[name] = {key: value for key, value in content.items() if key not in _OF_A_DAY}
    found = {
        name: QuestionDeSituation(question, *own[name])
        for name, question in read_plain(file, plain, _YES_NO, known).items()
    }
    before: dict[str, QuestionDeSituation] = {}
    for name, question in found.items():
        _check(file, f"questions.{name}", question, before)
        before[name] = question
    return found


def _check(file: str, key: str, asked: QuestionDeSituation, before: Mapping[str, QuestionDeSituation]) -> None:
    _check_cases(file, f"{key}.quand", asked.question.quand, before)
    if asked.question.reponses and (asked.facultatif or asked.a_venir or asked.apres):
        raise LawDataError(file, key, "facultatif, a_venir and apres are of a day: give this one a defaut, or nothing")
    days = [name for name, other in before.items() if not other.question.reponses]
    for name in asked.apres:
        if name not in days:
            raise LawDataError(file, f"{key}.apres.{name}", f"expected one of {', '.join(days) or 'none'}")


def read_line_cases(table: Table, known: Law, asked: Mapping[str, QuestionDeSituation]) -> tuple[Cas, ...]:
    """Read ``si``: the answers that a deadline or an advice is for; none at all is always.

    Raises:
        LawDataError: it is not a list of tables of texts, or names a question or an answer that there is not.
    """
    rows = table.rows("si", [])
    if not rows:
        return ()
    before = {name: question.question for name, question in asked.items()}
    cases = read_cases(Table(table.file, table.key, {"quand": rows}), known, before)
    _check_cases(table.file, f"{table.key}.si", cases, asked)
    return cases


def _check_cases(file: str, key: str, cases: tuple[Cas, ...], known: Mapping[str, QuestionDeSituation]) -> None:
    """Check that cases name questions of the situation, and answers that they have.

    Raises:
        LawDataError: the first that does not exist, with the names that there are.
    """
    for case in cases:
        for name, answers in case.items():
            if name not in known:
                names = ", ".join(known) or "none"
                raise LawDataError(file, f"{key}.{name}", f"unknown question {name!r}: expected one of {names}")
            values = known[name].question.valeurs or (GIVEN,)
            for answer in answers:
                if answer not in values:
                    reason = f"unknown answer {answer!r}: expected one of {', '.join(values)}"
                    raise LawDataError(file, f"{key}.{name}", reason)
