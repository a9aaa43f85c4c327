"""What this calculator says of a question that no verified law covers, and of an amount that is not certain.

The minimum left of a wage is the amount left on an account too: the law data name the latter, and send to the bank. Who
asks about a wage is told of the wage, and sent to the employer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.quotite.inputs import Lecteur
from calculators.refusals import missing

if TYPE_CHECKING:
    from datetime import date

    from calculators.language import Language
    from calculators.law import Value
    from calculators.quotite.rules import Facts

__all__ = ["elsewhere", "of_a_wage", "refused"]

_WHOM, _OTHER = "l'employeur ou le commissaire de justice", "le commissaire de justice"


def elsewhere(say: Language) -> str:
    """What is said where another law of wages applies."""
    return say(
        "Ces territoires ont leurs propres règles, que ce calculateur ne connaît pas. Adressez-vous à un commissaire "
        "de justice ou à un avocat du territoire."
    )


def refused(error: CoverageError, facts: Facts, day: date) -> CoverageError:
    """The refusal of the rules, in the words of a wage when it is the minimum left that is not known."""
    doute = facts.missing_floor(day)
    if doute is None:
        return error
    return CoverageError(
        "Le minimum laissé sur un salaire n'est pas connu pour le {jour}. {raison}",
        champ=error.champ,
        jour=day,
        raison=missing(doute.manque, _whom(facts)),
    )


def of_a_wage(value: Value, facts: Facts) -> Value:
    """The minimum left, its doubt sending to who pays the wage; who pays it is not sent to themselves."""
    return replace(value, doute=replace(value.doute, aupres_de=_whom(facts))) if value.doute else value


def _whom(facts: Facts) -> str:
    return _OTHER if facts.inputs.role_salaire is Lecteur.EMPLOYEUR else _WHOM
