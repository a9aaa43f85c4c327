"""Every way through the questionnaire of the checklists, worked out from the declaration alone."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from calculators.checklist import PiecesInputs, calculate
from calculators.declaration import Kind, fields_of, parse
from tests.helpers import meets

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = "2026-11-21"
FIELDS = [field for field in fields_of(PiecesInputs) if not field.question.cache]


def journeys(day: str = "") -> Iterator[dict[str, str]]:
    """Answer the questions asked in every combination; `day` answers the only question that is a date."""
    yield from _onwards(0, {}, {}, day)


def _onwards(number: int, known: dict[str, str], given: dict[str, str], day: str) -> Iterator[dict[str, str]]:
    if number == len(FIELDS):
        yield given
        return
    field = FIELDS[number]
    if all(meets([known.get(name, "")], allowed) for name, allowed in field.question.quand.items()):
        answers = [option.valeur for option in field.options] if field.kind is Kind.CHOIX else [day]
        for answer in answers:
            kept = {**given, field.nom: answer} if answer else given
            yield from _onwards(number + 1, {**known, field.nom: answer}, kept, day)
    else:
        default = "" if field.defaut in {dataclasses.MISSING, None} else str(field.defaut)
        yield from _onwards(number + 1, {**known, field.nom: default}, given, day)


def listed(answers: dict[str, str]) -> dict[str, str]:
    """The identifiers of the list for these answers, each with its level."""
    pieces = calculate(parse(PiecesInputs, {"aujourdhui": TODAY, **answers})).pieces or ()
    return {piece.id: piece.niveau for piece in pieces}
