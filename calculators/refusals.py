"""What is said of a question that no verified value of the law covers: the refusals of the notions that are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.typography import capitalised

if TYPE_CHECKING:
    from datetime import date

__all__ = ["before_the_rule", "beyond_the_holidays", "without_length"]


def beyond_the_holidays(first: date, last: date) -> CoverageError:
    """A day outside the years whose holidays are known."""
    return CoverageError(
        "Les jours fériés sont connus du {premier} au {dernier} : ce délai n'y tient pas.", premier=first, dernier=last
    )


def before_the_rule(intitule: str, since: date) -> CoverageError:
    """An event before the period of this name existed."""
    return CoverageError(
        "{intitule} : cette règle vaut depuis le {depuis}. Pour un événement plus ancien, demandez conseil : une autre "
        "règle s'appliquait.",
        champ="evenement",
        intitule=capitalised(intitule),
        depuis=since,
    )


def without_length(intitule: str, why: str) -> CoverageError:
    """A period to which no text gives a length."""
    return CoverageError(
        "{intitule} : la loi ne donne pas de durée. {raison}", champ="delai", intitule=capitalised(intitule), raison=why
    )
