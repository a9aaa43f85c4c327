"""What is said of a question that no verified value of the law covers: the refusals of the notions that are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.typography import capitalised

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "before_the_rule",
    "before_the_values",
    "beyond_the_holidays",
    "not_verified",
    "without_length",
    "year_not_verified",
]


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


def before_the_values(intitule: str, first: date) -> CoverageError:
    """A day before the first verified amount of this name."""
    return CoverageError(
        "{intitule} : nos valeurs vérifiées commencent le {premier}.", intitule=intitule, premier=first
    )


def not_verified(intitule: str, day: date, why: str) -> CoverageError:
    """A day whose amount of this name was not verified, and what is missing."""
    return CoverageError(
        "{intitule} : aucune valeur vérifiée pour le {jour}. {raison}", intitule=intitule, jour=day, raison=why
    )


def year_not_verified(intitule: str, year: int, why: str, known: str, *, newer: bool) -> CoverageError:
    """A year whose scale was not verified.

    Args:
        intitule: the scale.
        year: the year asked for.
        why: what is missing, when it is known.
        known: the years verified, in words.
        newer: the year is after the last one, so that a newer version of the site may have it.
    """
    sentences = [
        "{intitule} : nous n'avons pas de valeurs vérifiées pour {annee}.",
        "{raison}" if why else "",
        "Années vérifiées : {connues}.",
        "Ouvrez la version en ligne la plus récente de ce site." if newer else "",
    ]
    return CoverageError(" ".join(filter(None, sentences)), intitule=intitule, annee=year, raison=why, connues=known)
