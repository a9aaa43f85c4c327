"""What is said of a question that no verified value of the law covers: the refusals of the notions that are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CoverageError
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from calculators.language import Language

__all__ = [
    "before_the_rule",
    "before_the_values",
    "beyond_the_holidays",
    "missing",
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


def missing(what: str, whom: str) -> Callable[[Language], str]:
    """What is missing for a value to be verified, and whom to ask, in a language."""
    return lambda say: say("{manque}. Où demander : {aupres_de}.", manque=capitalised(say(what)), aupres_de=say(whom))


def not_verified(intitule: str, day: date, what: str, whom: str) -> CoverageError:
    """A day whose amount of this name was not verified, what is missing, and whom to ask."""
    return CoverageError(
        "{intitule} : aucune valeur vérifiée pour le {jour}. {raison}",
        intitule=intitule,
        jour=day,
        raison=missing(what, whom),
    )


def year_not_verified(
    intitule: str, year: int, why: tuple[str, str] | None, known: Iterable[int], *, newer: bool
) -> CoverageError:
    """A year whose scale was not verified.

    Args:
        intitule: the scale.
        year: the year asked for.
        why: what is missing and whom to ask, when it is known.
        known: the years verified, in order.
        newer: the year is after the last one, so that a newer version of the site may have it.
    """
    sentences = [
        "{intitule} : nous n'avons pas de valeurs vérifiées pour {annee}.",
        "{raison}" if why else "",
        "Années vérifiées : {connues}.",
        "Ouvrez la version en ligne la plus récente de ce site." if newer else "",
    ]
    return CoverageError(
        " ".join(filter(None, sentences)),
        intitule=intitule,
        annee=year,
        raison=missing(*why) if why else "",
        connues=years(known),
    )


def years(known: Iterable[int]) -> Callable[[Language], str]:
    """Years in order, in a language: « 2014, 2015 et 2019 à 2026 »."""
    runs: list[list[int]] = []
    for year in known:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])

    def told(say: Language) -> str:
        words = [part for run in runs for part in _run(run, say)]
        if len(words) == 1:
            return words[0]
        return say("{premieres} et {derniere}", premieres=", ".join(words[:-1]), derniere=words[-1])

    return told


def _run(run: list[int], say: Language) -> list[str]:
    few = 2
    if len(run) <= few:
        return [str(year) for year in run]
    return [say("{premiere} à {derniere}", premiere=run[0], derniere=run[-1])]
