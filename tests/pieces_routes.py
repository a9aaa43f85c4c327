"""Every way through the questionnaire of the checklists, worked out from the declaration alone.

`python -m tests.pieces_routes passeport` prints what the files of `tests/vectors` lack of a démarche: cases, names.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from functools import cache
from typing import TYPE_CHECKING

from calculators.declaration import Kind, fields_of, parse
from calculators.law import law
from calculators.law.pieces import anciens, pieces
from calculators.pieces import PiecesInputs, calculate
from tests import helpers
from tests.helpers import meets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.result import Result

TODAY = helpers.TODAY.isoformat()
#: Days of issue of a card: before the fifteen years; for a child long expired and for an adult not; for neither.
DAYS = ("2003-06-01", "2010-06-01", "2014-06-01")
FIELDS = [field for field in fields_of(PiecesInputs) if not field.question.cache]


def journeys(day: str = "") -> Iterator[dict[str, str]]:
    """Answer the questions asked in every combination; `day` answers the only question that is a date."""
    yield from _onwards(0, {}, {}, day)


@cache
def everything() -> tuple[dict[str, str], ...]:
    """Every way, with no day of issue and with days after which the questions differ, each way once."""
    return (*journeys(), *(answers for day in DAYS for answers in journeys(day) if day in answers.values()))


def _onwards(number: int, known: dict[str, str], given: dict[str, str], day: str) -> Iterator[dict[str, str]]:
    if number == len(FIELDS):
        yield given
        return
    field = FIELDS[number]
    cases = field.question.quand
    if any(all(meets([known.get(name, "")], allowed) for name, allowed in case.items()) for case in cases):
        answers = [option.valeur for option in field.options] if field.kind is Kind.CHOIX else [day]
        for answer in answers:
            kept = {**given, field.nom: answer} if answer else given
            yield from _onwards(number + 1, {**known, field.nom: answer}, kept, day)
    else:
        default = "" if field.defaut in {dataclasses.MISSING, None} else str(field.defaut)
        yield from _onwards(number + 1, {**known, field.nom: default}, given, day)


def told(answers: dict[str, str]) -> Result:
    """The answer of the checklists."""
    return calculate(parse(PiecesInputs, {"aujourdhui": TODAY, **answers}), law())


def listed(answers: dict[str, str]) -> dict[str, str]:
    """The identifiers of the list for these answers, each with its level."""
    return {piece.id: piece.niveau for piece in told(answers).pieces or ()}


def names() -> set[str]:
    """Everything that addresses may hold: documents, answers, and the answer that each question has by default."""
    former = {name for piece in pieces().values() for name in piece.remplace}
    answers = {f"{field.nom}={option.valeur}" for field in FIELDS for option in field.options}
    dates = {f"{field.nom}=" for field in FIELDS if field.kind is Kind.DATE}
    # What an address leaves out counts as its default: that does not change either.
    defaults = {f"{f.nom}={f.defaut} (par défaut)" for f in FIELDS if isinstance(f.defaut, str)}
    return set(pieces()) | former | answers | dates | defaults | set(anciens())


def route(answers: dict[str, str]) -> tuple[str, ...]:
    """The questions answered, in their order."""
    return tuple(field.nom for field in FIELDS if field.nom in answers)


def covered(answers: dict[str, str]) -> set[object]:
    """What a case tries: its way through the questions, each of its answers, and each document it calls for."""
    return {route(answers), *answers.items(), *listed(answers)}


def missing_cases(demarche: str, tested: Iterator[dict[str, str]]) -> Iterator[dict[str, object]]:
    """Cases of a démarche that try what those tested do not, each with the list that the program gives."""
    seen = {thing for answers in tested for thing in covered(answers)}
    for answers in everything():
        if answers["demarche"] == demarche and (new := covered(answers) - seen):
            seen |= new
            yield {"reponses": answers, "pieces": listed(answers)}


if __name__ == "__main__":
    vectors = helpers.ROOT / "tests/vectors"
    cases = json.loads((vectors / "pieces.json").read_text("utf-8"))
    for case in missing_cases(sys.argv[1], (case["reponses"] for case in cases)):
        print(json.dumps(case, ensure_ascii=False))
    for name in sorted(names() - set((vectors / "pieces_identifiants.txt").read_text("utf-8").splitlines())):
        print(name)
