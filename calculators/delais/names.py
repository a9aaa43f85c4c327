"""The names in the data of the deadlines are those of the questions and of the rules: a misspelt one stops here.

The law layer cannot know them, so this is checked before the pages are built and at the first situation asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

from calculators.declaration import Kind, fields_of
from calculators.delais.inputs import ORDER_DATE, DelaisInputs, Situation
from calculators.delais.special import COUNTED, MET
from calculators.errors import LawDataError
from calculators.law.situations import situations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculators.declaration import Field
    from calculators.law import Delai, Law
    from calculators.law.situations import Ligne, Plan

__all__ = ["check_names", "file_of", "plans"]

#: The questions that a situation asks: the answers to choose from, or nothing for a day.
_Asked = Mapping[str, tuple[str, ...] | None]
#: What the menu offers besides the situations of the law data.
_ALONE = frozenset({Situation.UN_DELAI, Situation.AUTRE})
_DATES = ("depart", "sinon", "fait", "sauf_si", "ensuite_sauf_si", "version_selon")


@cache
def plans(law: Law) -> Mapping[str, Plan]:
    """Return the plan of every situation under a law, once their names are checked.

    Raises:
        LawDataError: as for :func:`check_names`.
    """
    check_names(situations(law), law.delais.values())
    return situations(law)


def check_names(found: Mapping[str, Plan], delais: Iterable[Delai]) -> None:
    """Check every situation, question, rule and role that the plans and the deadlines name.

    Raises:
        LawDataError: the first that does not exist, with its file, its key, and the names that there are.
    """
    read_by_rules = [situation.value for situation in Situation if situation not in _ALONE]
    declared = {field.name for field in fields(DelaisInputs)}
    for cle, plan in found.items():
        if cle not in read_by_rules and not plan.questions:
            raise _unknown(file_of(cle), "(file)", "situation without questions", cle, read_by_rules)
        if taken := sorted(declared & plan.questions.keys()):
            raise LawDataError(file_of(cle), f"questions.{taken[0]}", "the form has a question of this name already")
        _check_plan(plan)
    if missing := [name for name in read_by_rules if name not in found]:
        raise LawDataError(file_of(missing[0]), "(file)", "missing: the form offers this situation")
    for delai in delais:
        if delai.version_selon not in {"", ORDER_DATE}:
            key = f"delais.{delai.cle}.version_selon"
            raise _unknown(delai.fichier, key, "event", delai.version_selon, [ORDER_DATE])


def _check_plan(plan: Plan) -> None:
    asked: _Asked = {
        field.nom: None if field.kind is Kind.DATE else tuple(option.valeur for option in field.options)
        for field in fields_of(DelaisInputs)
        if _is_of(field, plan.cle)
    } | {name: own.question.valeurs or None for name, own in plan.questions.items()}
    roles = _roles(plan, asked)
    _check_head(plan, asked, roles)
    for number, line in enumerate(plan.echeances, 1):
        _check_line(line, f"echeances.{number}", file_of(plan.cle), asked, roles)


def _roles(plan: Plan, asked: _Asked) -> list[str]:
    """Who may ask: the answers to the question that the plan names, or the only role there is."""
    choices = {name: answers for name, answers in asked.items() if answers}
    if plan.qui and plan.qui not in choices:
        raise _unknown(file_of(plan.cle), "qui", "question of this situation", plan.qui, choices)
    return list(choices[plan.qui]) if plan.qui else [plan.acteur]


def _check_head(plan: Plan, asked: _Asked, roles: Iterable[str]) -> None:
    """The guides are of its roles; the examples and the events are of its questions."""
    file = file_of(plan.cle)
    for role in plan.pages:
        if role not in roles:
            raise _unknown(file, f"pages.{role}", "role of this situation", role, roles)
    for number, case in enumerate(plan.exemples, 1):
        for name in case:
            if name not in asked:
                raise _unknown(file, f"exemples.{number}.{name}", "question of this situation", name, asked)
    dates = _dates(asked)
    for name, words in plan.faits.items():
        if name not in dates:
            raise _unknown(file, f"faits.{name}", "date question of this situation", name, dates)
        _check_roles(words.selon, f"faits.{name}", file, roles)


def _check_line(line: Ligne, key: str, file: str, asked: _Asked, roles: Iterable[str]) -> None:
    """A line names dates and roles of its situation, and rules that there are."""
    dates = _dates(asked)
    named = [(name, "date question of this situation", getattr(line, name), dates) for name in _DATES]
    named += [
        ("calcul", "rule", line.calcul, list(COUNTED)),
        ("quand", "rule", line.quand, list(MET)),
        ("fait_si", "rule", line.fait_si, list(MET)),
        ("ensuite_si", "rule", line.ensuite_si, list(MET)),
        *(("eu_lieu_si", "date question of this situation", name, dates) for name in line.eu_lieu_si),
    ]
    for name, what, value, known in named:
        if value and value not in known:
            raise _unknown(file, f"{key}.{name}", what, value, known)
    told = ((name, getattr(line, name).selon) for name in ("evenement", "en_clair", "si_tard"))
    for name, named_roles in (
        ("acteurs", line.acteurs),
        ("concerne", filter(None, (line.concerne,))),
        ("pour", line.pour),
        *told,
    ):
        _check_roles(named_roles, f"{key}.{name}", file, roles)


def _check_roles(named: Iterable[str], key: str, file: str, roles: Iterable[str]) -> None:
    for role in named:
        if role not in roles:
            raise _unknown(file, key, "role of this situation", role, roles)


def _dates(asked: _Asked) -> list[str]:
    return [name for name, answers in asked.items() if answers is None]


def _is_of(field: Field, situation: str) -> bool:
    """Whether a question may be asked in a situation."""
    return any(situation in case.get("situation", ()) for case in field.question.quand)


def file_of(cle: str) -> str:
    """The file of the law data where a situation is."""
    return f"situations/{cle.replace('-', '_')}.toml"


def _unknown(file: str, key: str, what: str, name: str, known: Iterable[str]) -> LawDataError:
    return LawDataError(file, key, f"unknown {what} {name!r}: expected one of {', '.join(known)}")
