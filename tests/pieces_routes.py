"""Every way through the questionnaire of the checklists, worked out from the declaration alone."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

from calculators.checklist import PiecesInputs, calculate
from calculators.declaration import Kind, fields_of, parse
from calculators.law import law
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
