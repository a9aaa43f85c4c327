"""What an answered form tells the other tools, so that they do not ask it again.

Questions that ask for the same thing say so where they are declared (``notion``). What is not exactly the same is not
carried: an answer that may stand for two of the other tool's, one that is out of its bounds, « je ne sais pas », or one
of several rows.

Within one subject (``sujet``: the situation, the démarche), every question of a tool asks for the same thing on each
page that has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calculators.declaration import UNKNOWN, Case, Kind, accepts, asked_of, fields_of, law_of, met, typed_as, under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculators.declaration import Field, Meaning
    from calculators.notions import Notion
    from calculators.result import Calculator

__all__ = ["Carried", "carried", "told"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question of a form may be filled with, unless somebody has answered it.

    Attributes:
        calculateur: whose form it is.
        champ: the path of the question.
        valeur: the answer; empty when what was told is none of its answers.
        parmi: then, those that what was told does not rule out.
        quand: the cases of the form in which that is what it asks for.
    """

    calculateur: str
    champ: str
    valeur: str
    parmi: tuple[str, ...]
    quand: tuple[Case, ...]


def told(inputs: object) -> Mapping[Notion, frozenset[str]]:
    """What the answers of a form say of each notion: the values that it may have, one when it is known exactly.

    >>> from calculators.quotite import QuotiteInputs
    >>> from calculators.declaration import parse
    >>> case = {"aujourdhui": "2026-11-21", "date": "2026-11-20", "net": "1500", "compter": "oui", "enfants": "2"}
    >>> sorted(told(parse(QuotiteInputs, case))["personnes_a_charge"])
    ['2']
    """
    found: dict[Notion, list[frozenset[str]]] = {}
    for meaning, answer in _answers(inputs):
        if answer not in ("", UNKNOWN):
            found.setdefault(meaning.notion, []).append(meaning.values_of(answer))
    # Said twice, of two accounts or of two wages, it is not one thing.
    return {notion: values[0] for notion, values in found.items() if len(values) == 1}


def _answers(inputs: object) -> Iterator[tuple[Meaning, str]]:
    """The answers of a form that have a meaning for others, as an address has them."""
    asked = asked_of(inputs)
    for field in fields_of(type(inputs)):
        meaning = field.question.sens
        if field.kind is Kind.LIGNES:
            for row in getattr(inputs, field.nom):
                for column in field.colonnes:
                    of_row = column.question.sens
                    if of_row and met(inputs, of_row.quand, row):
                        yield of_row, typed_as(getattr(row, column.nom))
        elif meaning and (meaning.lit or field.nom in asked) and met(inputs, meaning.quand):
            yield meaning, typed_as(getattr(inputs, meaning.lit or field.nom))


def carried(source: Calculator[Any], inputs: object, calculators: Iterable[Calculator[Any]]) -> Iterator[Carried]:
    """What the answers of a form are to the forms of these calculators, its own on other pages among them."""
    known, law = told(inputs), law_of(inputs)
    for calculator in calculators:
        for path, field in _fillable(under(calculator.inputs, law)):
            meaning = field.question.sens
            if meaning and meaning.notion in known:
                valeur, parmi = _answer_to(field, meaning, known[meaning.notion])
                yield Carried(calculator.nom, path, valeur, parmi, meaning.quand)
    yield from _within_subject(source, inputs)


def _fillable(inputs: type) -> Iterator[tuple[str, Field]]:
    """The questions that a new form has, by path: of a group, those of the row that it cannot do without."""
    for field in fields_of(inputs):
        if field.kind is not Kind.LIGNES:
            yield field.nom, field
        elif field.requis:
            yield from ((f"{field.nom}.1.{column.nom}", column) for column in field.colonnes)


def _answer_to(field: Field, meaning: Meaning, values: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The one answer that holds all these values, if there is one; else those that hold some."""
    choices = [option.valeur for option in field.options] or (["oui", "non"] if field.kind is Kind.OUI_NON else [])
    if not choices:
        answers = [value for value in values if accepts(field, value)]
        return (answers[0] if len(answers) == len(values) == 1 else ""), ()
    whole = [choice for choice in choices if values <= meaning.values_of(choice)]
    if len(whole) == 1:
        return whole[0], ()
    return "", tuple(choice for choice in choices if values & meaning.values_of(choice))


def _within_subject(source: Calculator[Any], inputs: object) -> Iterator[Carried]:
    """The answers that the same tool would ask for on another page, for the same subject."""
    subject: str = getattr(type(inputs), "sujet", "")
    if not subject:
        return
    case: Case = {subject: (typed_as(getattr(inputs, subject)),)}
    asked = asked_of(inputs)
    for field in fields_of(type(inputs)):
        told_by_itself = field.kind not in {Kind.LIGNES, Kind.TEXTE} and not field.question.cache
        if told_by_itself and field.nom in asked - {subject} and field.question.sens is None:
            yield Carried(source.nom, field.nom, typed_as(getattr(inputs, field.nom)), (), (case,))
