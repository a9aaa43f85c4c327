"""Ways through the questionnaire of the checklists, worked out from the declaration alone.

`python -m tests.pieces_routes passeport` prints what the files of `tests/vectors` lack of a démarche: cases, names.
"""

from __future__ import annotations

import dataclasses
import json
import random
import sys
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from calculators.declaration import Kind, fields_of, parse
from calculators.law import law
from calculators.law.pieces import anciens, demarches, pieces
from calculators.pieces import PiecesInputs, calculate
from calculators.web.engine.cases import meets
from tests import helpers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from calculators.declaration import Field
    from calculators.result import Result

    #: Which of the answers to a question are given in turn.
    Choice = Callable[[Sequence[str]], Iterable[str]]

TODAY = helpers.TODAY.isoformat()
#: Days of issue of a card: before the fifteen years; for a child long expired and for an adult not; for neither.
DAYS = ("2003-06-01", "2010-06-01", "2014-06-01")
FIELDS = [field for field in fields_of(PiecesInputs) if not field.question.cache]
#: Ways of one démarche that are tried. Each question more multiplies them: beyond, some are drawn, and no more.
MOST = 1000


def ways_through(
    fields: Sequence[Field], first: str, *, days: Sequence[str] = ("", *DAYS), most: int = MOST
) -> tuple[dict[str, str], ...]:
    """Answer the questions asked, the first by `first`, in every combination; beyond `most`, in as many that are drawn.

    A stream of chance a first answer: what is drawn of one does not depend on the others. `days` answer a date.
    """
    start, given = {fields[0].nom: first}, {fields[0].nom: first}
    every = tuple(islice(_onwards(fields[1:], start, given, days, lambda answers: answers), most + 1))
    if len(every) <= most:
        return every
    chance = random.Random(first)  # noqa: S311  # repeatable, not secret
    drawn = [
        next(_onwards(fields[1:], start, given, days, lambda answers: [chance.choice(answers)])) for _ in range(most)
    ]
    return tuple({frozenset(way.items()): way for way in drawn}.values())


@cache
def ways(demarche: str) -> tuple[dict[str, str], ...]:
    """The ways of a démarche, with no day of issue and with days after which the questions differ."""
    return ways_through(FIELDS, demarche)


def everything() -> Iterator[dict[str, str]]:
    """The ways of each démarche."""
    for demarche in demarches():
        yield from ways(demarche)


def _onwards(
    fields: Sequence[Field], known: dict[str, str], given: dict[str, str], days: Sequence[str], choice: Choice
) -> Iterator[dict[str, str]]:
    if not fields:
        yield given
        return
    field, *after = fields
    if is_asked(field, known):
        for answer in choice([option.valeur for option in field.options] if field.kind is Kind.CHOIX else days):
            kept = {**given, field.nom: answer} if answer else given
            yield from _onwards(after, {**known, field.nom: answer}, kept, days, choice)
    else:
        yield from _onwards(after, {**known, field.nom: unasked(field)}, given, days, choice)


def is_asked(field: Field, known: dict[str, str]) -> bool:
    """Whether the form asks it after these answers."""
    return any(
        all(meets([known.get(name, "")], allowed) for name, allowed in case.items()) for case in field.question.quand
    )


def unasked(field: Field) -> str:
    """What counts as the answer to a question that is not asked."""
    return "" if field.defaut in {dataclasses.MISSING, None} else str(field.defaut)


def is_a_way(answers: dict[str, str]) -> bool:
    """Whether these are the questions that the form asks of who answers so; a date may be left out."""
    known = dict[str, str]()
    for field in FIELDS:
        asked = is_asked(field, known)
        if (field.nom in answers) != asked and (not asked or field.kind is not Kind.DATE):
            return False
        known[field.nom] = answers.get(field.nom, "") if asked else unasked(field)
    return True


def told(answers: dict[str, str]) -> Result:
    """The answer of the checklists."""
    return _told(frozenset(answers.items()))


@cache
def _told(answers: frozenset[tuple[str, str]]) -> Result:
    return calculate(parse(PiecesInputs, {"aujourdhui": TODAY, **dict(answers)}), law())


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
    for answers in ways(demarche):
        if new := covered(answers) - seen:
            seen |= new
            yield {"reponses": answers, "pieces": listed(answers)}


if __name__ == "__main__":
    vectors = helpers.ROOT / "tests/vectors"
    cases = json.loads((vectors / "pieces.json").read_text("utf-8"))
    for case in missing_cases(sys.argv[1], (case["reponses"] for case in cases)):
        print(json.dumps(case, ensure_ascii=False))
    for name in sorted(names() - set((vectors / "pieces_identifiants.txt").read_text("utf-8").splitlines())):
        print(name)
