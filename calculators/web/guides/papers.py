"""The papers that people hold, and the questions that lead from each to its guide: `papers.toml`, read and checked.

It is not law: what a guide says of a paper stays in the guide. Here is only how one knows a paper, what is urgent about
it, and where to go.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from calculators.errors import LawDataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ELSEWHERE", "FILE", "FIRST", "Answer", "Form", "Paper", "Papers", "Question", "Way", "papers", "read"]

_T = TypeVar("_T")

FILE = "papers.toml"
#: The question that everyone is asked.
FIRST = "qui"
#: The page that says where to turn for what no guide is about.
ELSEWHERE = "pas-sur-ce-site"
#: How many questions at most before the answer, the choice among papers included.
_MOST = 3


class Form(StrEnum):
    """What a paper looks like from afar."""

    ACTE = "acte"
    LETTRE = "lettre"
    RECOMMANDE = "recommande"
    DECISION = "decision"
    AVIS = "avis"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where to go: a page of the site, a part of it if one is named, and the words of the link."""

    page: str
    mots: str
    ancre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: what is drawn of it, how it is known, what is urgent, what to do today, where to go.

    ``couvert``: a guide is about it. ``sosies``: the papers that look like it, with what tells each apart.
    ``dossier``: what it already answers in the form of the deadlines.
    """

    nom: str
    titre: str
    forme: Form
    tete: tuple[str, ...]
    lu: tuple[str, ...]
    reconnaitre: str
    urgence: str
    aujourdhui: str
    suites: tuple[Way, ...]
    couvert: bool = True
    sosies: dict[str, str] = field(default_factory=dict)
    dossier: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: it leads to another question, or to papers."""

    mots: str
    aide: str = ""
    question: str = ""
    papiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and its answers, in their order."""

    question: str
    reponses: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The questions and the papers, by name."""

    questions: dict[str, Question]
    papiers: dict[str, Paper]

    def paths(self, question: str = FIRST) -> Iterator[tuple[str, ...]]:
        """Every way from a question to a paper: the answers given, in their words, then the name of the paper.

        Raises:
            LawDataError: more than three questions, or a name that there is not.
        """
        yield from self._paths(question, ())

    def _paths(self, name: str, given: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        question = _named(self.questions, name, f"questions.{name}")
        for answer in question.reponses:
            place, before = f"questions.{name}: {answer.mots}", (*given, answer.mots)
            if bool(answer.question) == bool(answer.papiers):
                raise LawDataError(FILE, place, "expected either `question` or `papiers`")
            if len(before) + (bool(answer.question) or len(answer.papiers) > 1) > _MOST:
                raise LawDataError(FILE, place, f"more than {_MOST} questions before an answer")
            if answer.question:
                yield from self._paths(answer.question, before)
            for paper in answer.papiers:
                yield (*before, _named(self.papiers, paper, place).nom)


def _named(known: Mapping[str, _T], name: str, place: str) -> _T:
    if name not in known:
        raise LawDataError(FILE, place, f"unknown {name!r}: expected one of {', '.join(known)}")
    return known[name]


@cache
def papers() -> Papers:
    """The questions and the papers of the site.

    Raises:
        LawDataError: the first mistake of the file, with its key and the reason.
    """
    return read(tomllib.loads(Path(__file__).with_name(FILE).read_text("utf-8")))


def read(data: Mapping[str, Any]) -> Papers:
    """Read questions and papers, and check that every path ends at a paper and every paper is at the end of one path.

    Raises:
        LawDataError: the first mistake, with its key and the reason.
    """
    found = Papers(
        {name: _question(name, entry) for name, entry in data["questions"].items()},
        {name: _paper(name, entry) for name, entry in data["papiers"].items()},
    )
    ends = Counter(path[-1] for path in found.paths())
    for name, paper in found.papiers.items():
        if ends[name] != 1:
            raise LawDataError(FILE, f"papiers.{name}", f"at the end of {ends[name]} paths: expected one")
        _check(paper, found.papiers)
    asked = {FIRST, *(answer.question for question in found.questions.values() for answer in question.reponses)}
    if unasked := sorted(found.questions.keys() - asked):
        raise LawDataError(FILE, f"questions.{unasked[0]}", "no answer leads to it")
    return found


def _check(paper: Paper, known: Mapping[str, Paper]) -> None:
    place = f"papiers.{paper.nom}"
    for alike in paper.sosies:
        if _named(known, alike, f"{place}.sosies") is paper:
            raise LawDataError(FILE, f"{place}.sosies", "a paper does not look like itself")
    if not paper.suites:
        raise LawDataError(FILE, f"{place}.suites", "expected where to go")
    if not paper.couvert and not any(way.page == ELSEWHERE for way in paper.suites):
        raise LawDataError(FILE, f"{place}.suites", f"no guide is about it: expected a way to {ELSEWHERE!r}")


def _question(name: str, entry: Mapping[str, Any]) -> Question:
    answers = (
        _made(Answer, f"questions.{name}", answer | {"papiers": tuple(answer.get("papiers", ()))})
        for answer in entry.get("reponses", ())
    )
    return _made(Question, f"questions.{name}", {**entry, "reponses": tuple(answers)})


def _paper(name: str, entry: Mapping[str, Any]) -> Paper:
    place = f"papiers.{name}"
    if (form := entry.get("forme")) not in tuple(Form):
        raise LawDataError(FILE, f"{place}.forme", f"unknown {form!r}: expected one of {', '.join(Form)}")
    read_as = {
        "nom": name,
        "forme": Form(form),
        "suites": tuple(_made(Way, f"{place}.suites", way) for way in entry.get("suites", ())),
        **{key: tuple(entry[key]) for key in ("tete", "lu") if key in entry},
    }
    return _made(Paper, place, {**entry, **read_as})


def _made(kind: type[_T], place: str, entry: Mapping[str, Any]) -> _T:
    try:
        return kind(**entry)
    except TypeError as error:  # a key that is unknown, or missing
        raise LawDataError(FILE, place, str(error).partition(" ")[2]) from None
