"""One question asked of a calculator, and how it ended: an answer, faults to mend, or a refusal.

The command line, the page and the tests all come through here, so that they cannot disagree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from calculators.declaration import days_given, read
from calculators.edition import edition
from calculators.errors import CoverageError, FieldError, InputError
from calculators.language import FRENCH, Language
from calculators.law import Law, law
from calculators.result import SCHEMA, Calculator, Niveau, Result, comparison_to_list, to_dict
from calculators.shared_warnings import completed_days, other_far_dates
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from calculators.result import Avertissement, Comparaison

__all__ = ["Answered", "Outcome", "Refused", "ask_calculator", "read_json"]


@dataclass(frozen=True)
class Answered:
    """The calculator answered these inputs, under this law and in this language."""

    calculator: Calculator[Any]
    inputs: object
    result: Result
    law: Law
    say: Language

    @cached_property
    def comparison(self) -> Comparaison | None:
        """The same case under each dated value of the law, for the calculators that compare."""
        compare = self.calculator.comparer
        return compare(self.inputs, self.law, self.say) if compare else None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer for machines."""
        compared = self.comparison
        lines = {"comparaison": comparison_to_list(compared, self.say.typeset)} if compared else {}
        return to_dict(self.result) | lines | {"regles": edition().id}


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not. ``hors_couverture``: the question is clear, but no verified law covers it."""

    calculateur: str
    erreurs: tuple[FieldError, ...]
    hors_couverture: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the faults for machines."""
        return {
            "schema": SCHEMA,
            "calculateur": self.calculateur,
            "type": "couverture" if self.hors_couverture else "saisie",
            "erreurs": [
                {"champ": e.champ, "message": e.message} | ({"bonne_nouvelle": True} if e.bonne_nouvelle else {})
                for e in self.erreurs
            ],
        }


Outcome = Answered | Refused


def _no_duplicate(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("une même clé y est donnée deux fois")
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} n'est pas un nombre")


def read_json(text: str) -> dict[str, object]:
    """Read the answers from a JSON object, its numbers exact.

    Raises:
        InputError: it is not one.
    """
    try:
        data = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_duplicate,
        )
    except json.JSONDecodeError as error:
        reason = f"voyez la ligne {error.lineno}, colonne {error.colno}"
    except RecursionError:
        reason = "il est trop profond"
    except ArithmeticError:
        reason = "un nombre y est démesuré"
    except ValueError as error:
        reason = str(error)
    else:
        if isinstance(data, dict):
            return data
        reason = 'il faut un objet, par exemple {"date_saisie": "2026-11-20", "solde": "1000"}'
    raise InputError([FieldError("", french(f"L'entrée n'est pas un objet JSON valable : {reason}."))])


def _far_dates(inputs: object, said: Sequence[Avertissement], say: Language) -> Iterator[Avertissement]:
    today: date | None = getattr(inputs, "aujourdhui", None)
    return other_far_dates(days_given(inputs), said, today, say) if today else iter(())


def ask_calculator(
    calculator: Calculator[Any],
    data: Mapping[str, object],
    *,
    under: Law | None = None,
    say: Language = FRENCH,
    figures: bool = False,
) -> Outcome:
    """Read the data, compute, and say how it ended. Raises nothing for anything a person can type.

    Args:
        calculator: the one asked.
        data: the answers to its questions.
        under: the law to answer under; that of this package when none is given.
        say: the language to answer in.
        figures: the values and the warnings are enough, where the calculator gives them apart.
    """
    known = under or law()
    calculate = calculator.chiffres if figures and calculator.chiffres else calculator.calculate
    inputs = None
    try:
        inputs, completed = read(calculator.inputs, data, known)
        result = calculate(inputs, known, say)
        if calculator.jour:
            result = replace(result, jour=calculator.jour(inputs))
        more = (*completed_days(completed, say), *_far_dates(inputs, result.avertissements, say))
        if more:
            result = replace(result, avertissements=(*more, *result.avertissements))
        return Answered(calculator, inputs, result, known, say)
    except InputError as error:
        return Refused(calculator.nom, error.errors, hors_couverture=False)
    except CoverageError as error:
        # What no verified law covers may be a day that was mistyped.
        far = [warning.texte for warning in _far_dates(inputs, (), say) if warning.niveau is Niveau.ATTENTION]
        said = say.typeset(" ".join((error.said(say), *far)))
        return Refused(calculator.nom, (FieldError(error.champ, said),), hors_couverture=True)
