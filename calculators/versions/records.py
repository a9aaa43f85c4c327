"""What is kept of each published version: its values, and what it answered to some hundreds of questions.

Only where the sources are: the browser is given :func:`since`, worked out when the engine is made. `make version`
writes a record (`tests/versions.py`, which has the questions: the cases worked out by hand).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from calculators.fingerprint import digest
from calculators.law import law
from calculators.law.pieces import pieces
from calculators.outcome import Refused, ask_calculator
from calculators.registry import get
from calculators.result import machine
from calculators.versions.values import changed, flat, restored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law import Law
    from calculators.outcome import Outcome

__all__ = [
    "Question",
    "Record",
    "answer_to",
    "described",
    "lists_changed",
    "records",
    "since",
    "unexplained",
    "written",
]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and what was answered: its figures by name, or the kind of refusal."""

    calculateur: str
    aujourdhui: str
    champs: Mapping[str, Any]
    reponse: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A published version.

    Attributes:
        version: its identifier; publiee_le: the day it was recorded.
        valeurs: its values, as :func:`~calculators.versions.values.flat` has them.
        corrections: the keys of what had been corrected by then.
        pieces: of each document, its démarche, its name, and what tells its conditions from others.
        questions: what it answered.
    """

    version: str
    publiee_le: str
    valeurs: Mapping[str, str]
    corrections: tuple[str, ...]
    pieces: Mapping[str, tuple[str, str, str]]
    questions: tuple[Question, ...]


def answer_to(calculateur: str, aujourdhui: str, champs: Mapping[str, Any], under: Law | None = None) -> dict[str, str]:
    """The figures that are answered: all the values, and the documents; of a refusal, its kind."""
    return _figures(ask_calculator(get(calculateur), {**champs, "aujourdhui": aujourdhui}, under=under))


def _figures(outcome: Outcome) -> dict[str, str]:
    if isinstance(outcome, Refused):
        return {"refus": "couverture" if outcome.hors_couverture else "saisie"}
    found = {value.cle: machine(value.quantite) for value in outcome.result.valeurs}
    if outcome.result.pieces is not None:
        found["pieces"] = " ".join(piece.id for piece in outcome.result.pieces)
    return found


def described() -> dict[str, tuple[str, str, str]]:
    """Each document of a list: its démarche, its name, and what tells its conditions from others."""
    return {
        key: (piece.demarche, piece.document, digest(repr((piece.document, piece.niveau, piece.quand)).encode()))
        for key, piece in pieces().items()
    }


def lists_changed(
    before: Mapping[str, tuple[str, str, str]], after: Mapping[str, tuple[str, str, str]]
) -> dict[str, str]:
    """What happened to the documents that are not asked as they were: ``ajoutee``, ``changee`` or ``retiree``.

    >>> lists_changed({"a": ("d", "A", "1"), "b": ("d", "B", "1")}, {"a": ("d", "A", "2"), "c": ("d", "C", "1")})
    {'a': 'changee', 'b': 'retiree', 'c': 'ajoutee'}
    """
    found = {}
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            found[key] = "changee" if key in before and key in after else "retiree" if key in before else "ajoutee"
    return found


@cache
def records() -> tuple[Record, ...]:
    """The published versions, oldest first."""
    folder = resources.files("calculators.versions") / "publiees"
    texts = [json.loads(entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".json")]
    found = [
        Record(
            version=data["version"],
            publiee_le=data["publiee_le"],
            valeurs=data["valeurs"],
            corrections=tuple(data["corrections"]),
            pieces={key: (where, name, told) for key, (where, name, told) in data["pieces"].items()},
            questions=tuple(Question(*row) for row in data["questions"]),
        )
        for data in texts
    ]
    return tuple(sorted(found, key=lambda record: (record.publiee_le, record.version)))


def written(record: Record) -> str:
    """The text of a record's file: one line a value, a document or a question, so that a difference can be read."""

    def lines(entries: Iterator[str], brackets: str) -> str:
        return brackets[0] + ",".join(f"\n{entry}" for entry in entries) + f"\n{brackets[1]}"

    def short(data: object) -> str:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def table(data: Mapping[str, object]) -> str:
        return lines((f"{short(key)}:{short(value)}" for key, value in data.items()), "{}")

    rows = ([one.calculateur, one.aujourdhui, one.champs, one.reponse] for one in record.questions)
    parts = {
        "version": short(record.version),
        "publiee_le": short(record.publiee_le),
        "valeurs": table(record.valeurs),
        "corrections": lines(map(short, record.corrections), "[]"),
        "pieces": table(record.pieces),
        "questions": lines(map(short, rows), "[]"),
    }
    return "{" + ",\n".join(f"{short(name)}:{text}" for name, text in parts.items()) + "}\n"


def since() -> list[dict[str, Any]]:
    """What changed since each published version, for whoever opens a link of its time."""
    now, lists, corrections = flat(law()), described(), law().corrections

    def documents(record: Record, what: str) -> list[str]:
        return [key for key, happened in lists_changed(record.pieces, lists).items() if happened == what]

    return [
        {
            "version": record.version,
            "valeurs": [[one.cle, one.avant, one.maintenant] for one in changed(record.valeurs, now)],
            "corrections": [
                [one.sujet, one.maintenant, list(one.calculateurs)]
                for key, one in corrections.items()
                if key not in record.corrections
            ],
            "ajoutees": documents(record, "ajoutee"),
            "changees": documents(record, "changee"),
            "retirees": [[*record.pieces[key][:2]] for key in documents(record, "retiree")],
        }
        for record in records()
    ]


def unexplained(record: Record) -> list[tuple[Question, dict[str, str]]]:
    """The questions of a version that are answered otherwise today, and no dated value tells why: a rule changed."""
    as_it_was = restored(law(), changed(record.valeurs, flat(law())))
    found = []
    for question in record.questions:
        asked = (question.calculateur, question.aujourdhui, question.champs)
        now = answer_to(*asked)
        if now != question.reponse and answer_to(*asked, under=as_it_was) != question.reponse:
            found.append((question, now))
    return found
