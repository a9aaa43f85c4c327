"""Reads the questions of the démarches, those that several share, and the cases in which something is asked or said.

A case is a table of answers by question. ``regle`` in it stands for a condition reckoned from the law
(:mod:`calculators.law.pieces.conditions`); ``comme``, for the cases of a question before.
"""

from __future__ import annotations

import itertools
import keyword
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from calculators.law.loader import _Table as Table
from calculators.law.pieces.conditions import CONDITIONS
from calculators.law.pieces.model import Question, Reponse
from calculators.law.pieces.texts import words
from calculators.notions import Notion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculators.law.model import Law
    from calculators.law.pieces.model import Cas

__all__ = ["Answers", "read_answers", "read_cases", "read_questions"]

#: Lists of answers, by name.
Answers = Mapping[str, tuple[Reponse, ...]]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ANSWER = re.compile(r"[a-z0-9][a-z0-9_-]*")
#: Names that mean something else in a case or in an address.
_TAKEN = frozenset({"demarche", "aujourdhui", "regle", "comme"})
#: A question whose answer is a day has this instead of a list of answers.
_DAY = "date"


def _list_of_texts(table: Table, name: str, data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or not data or not all(isinstance(text, str) for text in data):
        raise table.fail(name, f"expected a list of texts, got {data!r}")
    return tuple(data)


def read_cases(table: Table, known: Law, before: Mapping[str, Question] | None = None) -> tuple[Cas, ...]:
    """Read ``quand``: any of its cases is enough, and none at all is always.

    Raises:
        LawDataError: it is not a list of tables of texts, or names a condition or a question that there is not.
    """
    data = table.rows("quand", [{}])
    if not data or not all(isinstance(case, dict) for case in data):
        raise table.fail("quand", f"expected a list of tables, got {data!r}")
    return tuple(
        found for case in data if isinstance(case, dict) for found in _expand(table, case, known, before or {})
    )


def _expand(table: Table, case: dict[str, object], known: Law, before: Mapping[str, Question]) -> Iterable[Cas]:
    """The cases that one entry stands for, in the order of its keys."""
    parts: list[tuple[Cas, ...]] = []
    for name, data in case.items():
        if name == "regle":
            if data not in CONDITIONS:
                raise table.fail("quand.regle", f"unknown condition {data!r}: expected one of {', '.join(CONDITIONS)}")
            parts.append(tuple(CONDITIONS[str(data)](known)))
        elif name == "comme":
            if data not in before:
                raise table.fail("quand.comme", f"unknown question before {data!r}: expected one of {_names(before)}")
            parts.append(before[str(data)].quand)
        else:
            parts.append(({name: _list_of_texts(table, f"quand.{name}", data)},))
    for combined in itertools.product(*parts):
        found: Cas = {}
        for part in combined:
            found |= part
        yield found


def _names(known: Iterable[str]) -> str:
    return ", ".join(known) or "none"


def read_answers(table: Table, values: Iterable[str], known: Law) -> tuple[Reponse, ...]:
    """Read a list of answers: the value in addresses, and the words.

    Raises:
        LawDataError: there are not two, a value is not one, or two answers have the same words.
    """
    found: dict[str, str] = {}
    for valeur in values:
        if not _ANSWER.fullmatch(valeur):
            raise table.fail(valeur, "an answer is made of small letters, digits, hyphens and underscores")
        label = words(table, valeur, known)
        if label in found:
            raise table.fail(valeur, f"the same words as {found[label]!r}: a reader could not tell them apart")
        found[label] = valeur
    if len(found) < 2:  # noqa: PLR2004 - a choice is among two at least
        raise table.fail("", "expected two answers or more")
    return tuple(Reponse(valeur, label) for label, valeur in found.items())


def _notion(table: Table) -> Notion | None:
    name = table.text("notion", "")
    if name and name not in tuple(Notion):
        raise table.fail("notion", f"unknown notion {name!r}: expected one of {_names(Notion)}")
    return Notion(name) if name else None


class _Reader:
    """Reads the questions of one file, in its order."""

    def __init__(self, file: str, shared: Answers, known: Law) -> None:
        self.file, self.shared, self.known = file, shared, known
        self.found: dict[str, Question] = {}

    def read(self, nom: str, data: object) -> None:
        """Read one question."""
        table = Table(self.file, f"questions.{nom}", data)
        if not _NAME.fullmatch(nom) or nom in _TAKEN or keyword.iskeyword(nom):
            raise table.fail("", "expected small letters, digits and underscores, and no word of the format")
        question = Question(
            nom=nom,
            label=words(table, "question", self.known),
            aide=words(table, "aide", self.known, optional=True),
            reponses=self._answers(table, data),
            defaut=table.text("defaut", ""),
            quand=read_cases(table, self.known, self.found),
            fichier=self.file,
            notion=_notion(table),
        )
        if question.defaut and question.defaut not in question.valeurs:
            known = f"unknown answer {question.defaut!r}: expected one of {_names(question.valeurs)}"
            raise table.fail("defaut", known if question.reponses else "a question whose answer is a day has none")
        table.finish()
        self.found[nom] = question

    def _answers(self, table: Table, data: object) -> tuple[Reponse, ...]:
        """The answers of its own, those of a list that has a name, or none for a day."""
        own = data.get("reponses") if isinstance(data, dict) else None
        if isinstance(own, dict):
            return read_answers(table.section("reponses"), own, self.known)
        name, lists = table.text("reponses"), (*self.shared, _DAY)
        if name not in lists:
            raise table.fail("reponses", f"unknown list of answers {name!r}: expected one of {_names(lists)}")
        return self.shared.get(name, ())


def read_questions(file: str, data: Mapping[str, object], shared: Answers, known: Law) -> dict[str, Question]:
    """Read the questions of a file, in its order; ``shared``: the lists of answers that have a name.

    Raises:
        LawDataError: a key is missing, unknown or wrong.
    """
    reader = _Reader(file, shared, known)
    for nom, content in data.items():
        reader.read(nom, content)
    return reader.found
