"""Dates and hours: written in French, read as people type them; dates moved by whole months."""

from __future__ import annotations

import calendar as _calendar
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

__all__ = ["MONTHS", "WEEKDAYS", "add_months", "clock", "in_words", "month_in_words", "parse_date", "weekday_in_words"]

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def in_words(day: date) -> str:
    r"""Write a date as a French sentence does.

    >>> in_words(date(2026, 4, 1))
    '1er\xa0avril 2026'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{month_in_words(day)}"


def month_in_words(day: date) -> str:
    """Write the month of a day.

    >>> month_in_words(date(2026, 4, 1))
    'avril 2026'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def parse_date(text: str) -> date | None:
    """Read a day as machines write it, AAAA-MM-JJ, or return ``None`` when it is none.

    >>> parse_date("2026-11-20")
    datetime.date(2026, 11, 20)
    >>> parse_date("2026-02-31") is None
    True
    """
    try:
        return date(*map(int, match.groups())) if (match := _ISO.fullmatch(text)) else None
    except ValueError:
        return None


def weekday_in_words(day: date) -> str:
    """The day of the week.

    >>> weekday_in_words(date(2026, 11, 20))
    'vendredi'
    """
    return WEEKDAYS[day.weekday()]


def clock(hour: time) -> str:
    r"""Write an hour as a French sentence does.

    >>> from datetime import time
    >>> clock(time(14, 30)), clock(time(9))
    ('14\xa0h\xa030', '9\xa0h')
    """
    return f"{hour.hour}\u00a0h\u00a0{hour:%M}" if hour.minute else f"{hour.hour}\u00a0h"


def add_months(day: date, months: int) -> date:
    """Move by whole months: same day of the month, else the month's last day (CPC, art. 641, al. 2).

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))
