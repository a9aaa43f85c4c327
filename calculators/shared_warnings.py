"""Warnings that several calculators give in the same cases: of a far date, of an old law, of an amount not certain.

What only one of them can say (who still applied the old amount) stays with it, and is given here as words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.language import FRENCH
from calculators.law.words import doubt
from calculators.result import Avertissement, Niveau
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from calculators.declaration import Completed
    from calculators.language import Language
    from calculators.law import Law, Value

__all__ = [
    "YEARS_AGO",
    "before_the_code",
    "completed_days",
    "far_date_warnings",
    "later_text",
    "other_far_dates",
    "unsure_amount",
]

#: From how many years back an event is questioned. Most time limits are over by then, and a typed year may be wrong.
YEARS_AGO = 2
#: From how many years back any other day of a form is questioned: a card or a payment may be old.
_YEARS_AGO_AT_MOST = 10
_MONTHS_A_YEAR = 12
_FAR_DATES = {"date_future", "date_ancienne"}


def completed_days(days: Iterable[Completed], say: Language = FRENCH) -> Iterator[Avertissement]:
    """Say back each day that was not written whole: what was typed, and the day it was taken for."""
    for day in days:
        yield Avertissement(
            "date_completee",
            say(
                "{question} : vous avez écrit « {ecrit} », nous avons lu {jour}. Vérifiez l'année.",
                question=capitalised(say(day.label)),
                ecrit=day.ecrit,
                jour=day.jour,
            ),
            Niveau.INFO,
        )


def other_far_dates(
    days: Iterable[tuple[str, date]], said: Sequence[Avertissement], aujourdhui: date, say: Language = FRENCH
) -> Iterator[Avertissement]:
    """Question the days to come, or ten years old, that the calculator has not questioned itself.

    Args:
        days: each day that was given, with its question.
        said: the warnings of the answer.
        aujourdhui: the reader's day.
        say: the language of the answer.
    """
    questioned = " ".join(warning.texte for warning in said if warning.code in _FAR_DATES)
    for question, day in dict.fromkeys(days):
        far = day > aujourdhui or add_months(day, _MONTHS_A_YEAR * _YEARS_AGO_AT_MOST) <= aujourdhui
        if far and say("le {jour}", jour=day) not in questioned:
            yield from far_date_warnings(day, say(question), aujourdhui, say, years=_YEARS_AGO_AT_MOST)


def far_date_warnings(
    jour: date, intitule: str, aujourdhui: date, say: Language = FRENCH, *, years: int = YEARS_AGO
) -> Iterator[Avertissement]:
    """Ask to check the day of an event that has not come yet, or that is years old.

    Such a day is answered all the same: a seizure of long ago is a fair question. A slip of the finger may have put it
    in the wrong year.

    Args:
        jour: the day of the event.
        intitule: what the event is called in the form, without a final point: « Date de la saisie ».
        aujourdhui: the reader's day.
        say: the language of the answer.
        years: from how many years back the day is questioned.

    >>> from datetime import date
    >>> [w.code for w in far_date_warnings(date(2027, 1, 5), "Date de la saisie", date(2026, 11, 20))]
    ['date_future']
    """
    name = f"« {intitule} »" if intitule.endswith("?") else capitalised(intitule)
    if jour > aujourdhui:
        yield Avertissement(
            "date_future",
            say(
                "{date} : le {jour} n'est pas encore arrivé. Vérifiez le jour et l'année. Nous sommes le {aujourdhui} "
                "pour votre appareil : si c'est faux, réglez sa date.",
                date=name,
                jour=jour,
                aujourdhui=aujourdhui,
            ),
        )
    elif add_months(jour, _MONTHS_A_YEAR * years) <= aujourdhui:
        yield Avertissement(
            "date_ancienne",
            say(
                "{date} : le {jour} remonte à {nombre} ans ou plus. Vérifiez l'année. Si elle est bonne, la réponse "
                "vaut pour cette date.",
                date=name,
                jour=jour,
                nombre=years,
            ),
            Niveau.INFO,
        )


def before_the_code(day: date, law: Law, say: Language = FRENCH) -> Iterator[Avertissement]:
    """Warn that on that day the rules of seizure were not yet in the code des procédures civiles d'exécution."""
    code = law.reperes["code-des-procedures-civiles-d-execution"]
    if day < code.jour:
        yield Avertissement(
            "avant_le_code",
            say(
                "Les articles cités sont ceux du code en vigueur depuis le {jour}. Avant, les mêmes règles étaient "
                "dans la loi du 9 juillet 1991 et son décret d'application (à confirmer avec un avocat).",
                jour=code.jour,
            ),
            Niveau.INFO,
        )


def unsure_amount(value: Value, amount: str, say: Language) -> Iterator[Avertissement]:
    """Warn that an amount is not certain: ``amount`` names it in a sentence, and its doubt and its note follow."""
    if value.doute:
        sentences = (amount, doubt(value.doute, say), say(value.note) if value.note else "")
        yield Avertissement("montant_a_confirmer", " ".join(filter(None, sentences)))


def later_text(value: Value, day: date, words: Callable[[date, date], str]) -> Iterator[Avertissement]:
    """Warn that on that day the text that sets the amount was still to come, and took effect before its own date.

    Args:
        value: the amount.
        day: when it was applied.
        words: what to say, given the day of the text and the one it takes effect on.
    """
    if value.texte_du is not None and value.en_vigueur_du <= day < value.texte_du:
        yield Avertissement("texte_posterieur", words(value.texte_du, value.en_vigueur_du))
