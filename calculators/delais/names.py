"""The names in the data of the deadlines are those of the questions and of the rules: a misspelt one stops here.

The law layer cannot know them, so this is checked before the pages are built and at the first situation asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from calculators.declaration import Kind, fields_of
from calculators.delais.inputs import ORDER_DATE, DelaisInputs, Situation
from calculators.delais.special import COUNTED, MET
from calculators.errors import LawDataError
from calculators.law.situations import situations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculators.declaration import Field
    from calculators.law import Delai, Law
    from calculators.law.situations import Ligne, Plan

__all__ = ["check_names", "file_of", "plans"]

#: What the menu offers besides the situations of the law data.
_ALONE = frozenset({Situation.UN_DELAI, Situation.AUTRE})
_DATES = ("depart", "fait", "sauf_si", "ensuite_sauf_si", "version_selon")


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
    known = {situation.value: situation for situation in Situation if situation not in _ALONE}
    for cle, plan in found.items():
        if cle not in known:
            raise _unknown(file_of(cle), "(file)", "situation", cle, known)
        _check_plan(plan, known[cle])
    if missing := [name for name in known if name not in found]:
        raise LawDataError(file_of(missing[0]), "(file)", "missing: the form offers this situation")
    for delai in delais:
        if delai.version_selon not in {"", ORDER_DATE}:
            key = f"delais.{delai.cle}.version_selon"
            raise _unknown(delai.fichier, key, "event", delai.version_selon, [ORDER_DATE])


def _check_plan(plan: Plan, situation: Situation) -> None:
    asked = {field.nom: field for field in fields_of(DelaisInputs) if _is_of(field, situation)}
    roles = _roles(plan, asked)
    _check_head(plan, asked, roles)
    for number, line in enumerate(plan.echeances, 1):
        _check_line(line, f"echeances.{number}", file_of(plan.cle), asked, roles)


def _roles(plan: Plan, asked: Mapping[str, Field]) -> list[str]:
    """Who may ask: the answers to the question that the plan names, or the only role there is."""
    choices = {name: field for name, field in asked.items() if field.kind is Kind.CHOIX}
    if plan.qui and plan.qui not in choices:
        raise _unknown(file_of(plan.cle), "qui", "question of this situation", plan.qui, choices)
    return [option.valeur for option in choices[plan.qui].options] if plan.qui else [plan.acteur]


def _check_head(plan: Plan, asked: Mapping[str, Field], roles: Iterable[str]) -> None:
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


def _check_line(line: Ligne, key: str, file: str, asked: Mapping[str, Field], roles: Iterable[str]) -> None:
    """A line names dates and roles of its situation, and rules that there are."""
    dates = _dates(asked)
    named = [(name, "date question of this situation", getattr(line, name), dates) for name in _DATES]
    named += [
        ("calcul", "rule", line.calcul, list(COUNTED)),
        ("quand", "rule", line.quand, list(MET)),
        ("fait_si", "rule", line.fait_si, list(MET)),
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


def _dates(asked: Mapping[str, Field]) -> list[str]:
    return [name for name, field in asked.items() if field.kind is Kind.DATE]


def _is_of(field: Field, situation: Situation) -> bool:
    """Whether a question may be asked in a situation."""
    return any(situation.value in case.get("situation", ()) for case in field.question.quand)


def file_of(cle: str) -> str:
    """The file of the law data where a situation is."""
    return f"situations/{cle.replace('-', '_')}.toml"


def _unknown(file: str, key: str, what: str, name: str, known: Iterable[str]) -> LawDataError:
    return LawDataError(file, key, f"unknown {what} {name!r}: expected one of {', '.join(known)}")
