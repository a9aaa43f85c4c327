"""The notions that several tools ask about, checked before the build: what one question tells, another asks for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of, under
from calculators.errors import UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculators.declaration import Field
    from calculators.law import Law
    from calculators.notions import Notion
    from calculators.result import Calculator

__all__ = ["check_notions", "questions_by_notion"]

_CHOSEN = frozenset({Kind.CHOIX, Kind.OUI_NON})


def check_notions(calculators: Iterable[Calculator[Any]], law: Law) -> None:
    """Check that what is declared of each notion can be understood by those who ask for it.

    Raises:
        UnknownKeyError: the first mistake: a notion that only one question asks for, two kinds of answers to one, an
            answer or a question that there is not.
    """
    for notion, questions in questions_by_notion(calculators, law).items():
        where = ", ".join(questions)
        if len(questions) < 2:  # noqa: PLR2004 - one who tells, one who asks
            raise UnknownKeyError(f"notion {notion!r}: only {where} asks for it, and nobody is told")
        if len({field.kind if field.kind not in _CHOSEN else Kind.CHOIX for field in questions.values()}) > 1:
            raise UnknownKeyError(f"notion {notion!r}: {where} do not have answers of the same kind")
        values = [_values(field) for field in questions.values()]
        for name, own in zip(questions, values, strict=True):
            if own and not any(own & other for other in values if other is not own):
                raise UnknownKeyError(f"notion {notion!r}: no other question knows any of the answers to {name}")


def questions_by_notion(calculators: Iterable[Calculator[Any]], law: Law) -> dict[Notion, dict[str, Field]]:
    """The questions that ask for each notion, by calculator and path.

    Raises:
        UnknownKeyError: a meaning names an answer, a question or an attribute that there is not.
    """
    found: dict[Notion, dict[str, Field]] = defaultdict(dict)
    for calculator in calculators:
        inputs = under(calculator.inputs, law)
        form = {field.nom for field in fields_of(inputs)}
        for path, field, row in _questions(inputs):
            meaning, name = field.question.sens, f"{calculator.nom}.{path}"
            if meaning is None:
                continue
            answers = _options(field)
            if unknown := [answer for answer in meaning.reponses if answer not in answers]:
                raise UnknownKeyError(f"{name}: {unknown[0]!r} is not one of its answers")
            named = {question.partition(".")[0] for case in meaning.quand for question in case}
            if unknown := sorted(named - form - row):
                raise UnknownKeyError(f"{name}: {unknown[0]!r} is not a question of its form")
            if meaning.lit and not hasattr(inputs, meaning.lit):
                raise UnknownKeyError(f"{name}: its form has no {meaning.lit!r}")
            found[meaning.notion][name] = field
    return found


def _questions(inputs: type) -> Iterator[tuple[str, Field, set[str]]]:
    """Every question, by path, with those of its row."""
    for field in fields_of(inputs):
        yield field.nom, field, set()
        for column in field.colonnes:
            yield f"{field.nom}.{column.nom}", column, {other.nom for other in field.colonnes}


def _options(field: Field) -> list[str]:
    return ["oui", "non"] if field.kind is Kind.OUI_NON else [option.valeur for option in field.options]


def _values(field: Field) -> frozenset[str]:
    meaning = field.question.sens
    return frozenset().union(*(meaning.values_of(answer) for answer in _options(field))) if meaning else frozenset()
