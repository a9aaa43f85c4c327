"""What an answer says of an event that a slip of the finger may have put in the wrong year.

Such a day is answered all the same: a seizure of long ago is a fair question. It is only asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import add_months, in_words
from calculators.result import Avertissement, Niveau
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["YEARS_AGO", "far_date_warnings"]

#: From how many years back an event is questioned. Most time limits are over by then, and a typed year may be wrong.
YEARS_AGO = 2
_MONTHS_A_YEAR = 12


def far_date_warnings(jour: date, intitule: str, aujourdhui: date) -> Iterator[Avertissement]:
    """Ask to check the day of an event that has not come yet, or that is years old.

    Args:
        jour: the day of the event.
        intitule: what the event is called in the form, without a final point: « Date de la saisie ».
        aujourdhui: the reader's day.

    >>> from datetime import date
    >>> [w.code for w in far_date_warnings(date(2027, 1, 5), "Date de la saisie", date(2026, 11, 20))]
    ['date_future']
    """
    if jour > aujourdhui:
        yield Avertissement(
            "date_future",
            f"{capitalised(intitule)} : le {in_words(jour)} n'est pas encore arrivé. Vérifiez le jour et l'année.",
        )
    elif add_months(jour, _MONTHS_A_YEAR * YEARS_AGO) <= aujourdhui:
        yield Avertissement(
            "date_ancienne",
            f"{capitalised(intitule)} : le {in_words(jour)} remonte à {YEARS_AGO} ans ou plus. Vérifiez l'année. Si "
            "elle est bonne, la réponse vaut pour cette date.",
            Niveau.INFO,
        )
