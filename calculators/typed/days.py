"""A day, as people and acts write it.

« 20/11/2026 », « vendredi 20 novembre 2026 », « 1er déc. 26 », « L'an deux mille vingt-six et le vingt novembre ».
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from calculators.calendar import MONTHS, WEEKDAYS, in_words
from calculators.typed.marks import as_line, folded
from calculators.typed.misread import Misread, shown
from calculators.typed.numerals import FIRST_YEAR, LAST_YEAR, number_of

__all__ = ["TypedDay", "read_day"]

_WRITE = "Écrivez-la sous la forme JJ/MM/AAAA, par exemple 20/11/2026."
#: A year of two digits is that of the hundred years which end this many years from now.
_YEARS_AHEAD = 20
_CENTURY = 100
_LONGEST = 100  # no date is longer, in letters and with its time
_MONTHS_A_YEAR = 12
_DAYS_FROM_TODAY = {"avanthier": -2, "hier": -1, "aujourdhui": 0, "demain": 1, "apresdemain": 2}

# A time of the day is left out, unless it is told from another place than the reader's.
_ZONE = re.compile(r"\d:\d\d.*(?:Z|[+-] ?\d\d:?\d\d)$", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?<=\d)T|[ ,]+)(?:à )?[0-9]{1,2} ?(?::|h) ?(?:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)?$", re.IGNORECASE
)
_DIGITS = re.compile(r"[0-9]{8}")
#: How programs and most people write it: nothing in it to take away.
_BARE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/[0-9]{4}")
_CENTURIES = {str(century) for century in range(FIRST_YEAR // _CENTURY, LAST_YEAR // _CENTURY + 1)}
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?[/.\- ] ?([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?[/.,\- ] ?([0-9]{1,2}) ?[/.,\- ] ?([0-9]{1,9})")
_NO_YEAR = re.compile(r"[0-9]{1,2} ?[/.\- ] ?[0-9]{1,2}")
_AROUND = re.compile(r"^(?:le|la|du|au|ce)(?: jour du)?[ ,:]+", re.IGNORECASE)
#: How an act begins: the year, then the day and the month.
_ACT = re.compile(r"^l['’ ]an (?P<year>.+?)[ ,]+(?:et )?le (?P<day>.+)$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=[0-9]) ?(?:er|ᵉʳ)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")

_MONTHS = tuple(map(folded, MONTHS))
_WEEKDAYS = tuple(map(folded, WEEKDAYS))
_SHORTEST = 3  # letters of a month or of a day of the week cut short


class TypedDay(NamedTuple):
    """A day as it was read. ``complete``: part of it was not written, and the reader must see what it was taken for."""

    jour: date
    complete: bool = False


def read_day(text: str, today: date | None = None) -> TypedDay:
    """Read a day.

    Args:
        text: what was typed.
        today: the reader's day, for « hier » and for a year of two digits.

    Raises:
        Misread: it is no day, or it may be several.

    >>> for text in ("vendredi 20 novembre 2026", "1er déc. 2026", "20112026", "le 20/11/2026 à 14h30."):
    ...     print(read_day(text).jour)
    2026-11-20
    2026-12-01
    2026-11-20
    2026-11-20
    >>> read_day("20/11/26", date(2026, 11, 28))
    TypedDay(jour=datetime.date(2026, 11, 20), complete=True)
    """
    line = text if _BARE.fullmatch(text) else _bare(text)
    read = _in_digits(line, today) or _from_today(line, today) or _in_words(line, today)
    if read is None:
        raise Misread(f"« {shown(text)} » n'est pas une date. {_WRITE}")
    if not FIRST_YEAR <= read.jour.year <= LAST_YEAR:
        raise Misread(f"vérifiez l'année, entre {FIRST_YEAR} et {LAST_YEAR}.")
    return read


def _bare(text: str) -> str:
    """Take away what stands around a day: spaces, its time, « le », a full stop.

    Raises:
        Misread: it is too long, or its time is that of another place.
    """
    line = as_line(text[: _LONGEST + 1]).rstrip(" .,;")
    if len(line) > _LONGEST:
        raise Misread(f"« {shown(text)} » n'est pas une date. {_WRITE}")
    if _ZONE.search(line):
        raise Misread(
            f"« {shown(text)} » a l'heure d'un autre fuseau : le jour peut changer. Écrivez le jour seul, par exemple "
            "20/11/2026."
        )
    return _AROUND.sub("", _TIME.sub("", line).rstrip(" .,;"))


def _from_today(line: str, today: date | None) -> TypedDay | None:
    days = _DAYS_FROM_TODAY.get(folded(line))
    return None if days is None or today is None else TypedDay(today + timedelta(days=days), complete=True)


def _in_digits(line: str, today: date | None) -> TypedDay | None:
    if _DIGITS.fullmatch(line):
        # No day is written both ways: a year begins with 19, 20 or 21, which no month does.
        year_first = line[:2] in _CENTURIES and line[4:6] not in _CENTURIES
        parts = (line[6:], line[4:6], line[:4]) if year_first else (line[:2], line[2:4], line[4:])
        return _existing(*parts, today)
    if found := _YEAR_FIRST.fullmatch(line):
        return _existing(found[3], found[2], found[1], today)
    if found := _DAY_FIRST.fullmatch(line):
        return _existing(found[1], found[2], found[3], today)
    if _NO_YEAR.fullmatch(line):
        raise Misread(f"il manque l'année à « {shown(line)} ». {_WRITE}")
    return None


def _in_words(line: str, today: date | None) -> TypedDay | None:
    """Read a day of the week, a day, a month and a year, in figures or in letters."""
    if act := _ACT.match(line):
        line = f"{act['day']} {act['year']}"
    words = [folded(word) for word in _WORD.findall(_ORDINAL.sub("", line))]
    # « sept » may be a number, and « mar » a Tuesday: a month in full is one before what may be the beginning of one.
    months = [at for at, word in enumerate(words) if word in _MONTHS] or [
        at for at, word in enumerate(words) if _named(word, _MONTHS)
    ]
    if not months:
        return None
    before, month, after = words[: months[-1]], words[months[-1]], words[months[-1] + 1 :]
    weekday = _named(before[0], _WEEKDAYS) if before else 0
    number, year = "".join(before[1:] if weekday else before), "".join(after)
    for part, missing in ((number, "le jour"), (year, "l'année")):
        if not part:
            raise Misread(f"il manque {missing} à « {shown(line)} ». {_WRITE}")
    if number_of(number) is None or (year_read := number_of(year)) is None:
        return None
    read = _existing(
        str(number_of(number)), str(_named(month, _MONTHS)), year if year.isdigit() else str(year_read), today
    )
    if weekday and read.jour.weekday() != weekday - 1:
        raise Misread(
            f"le {in_words(read.jour)} n'est pas un {WEEKDAYS[weekday - 1]} mais un {WEEKDAYS[read.jour.weekday()]}. "
            "Vérifiez la date."
        )
    return read


def _named(word: str, names: tuple[str, ...]) -> int:
    """The place, from one, of the only name that a word is, or is the beginning of; zero when there is none."""
    if word in names:
        return names.index(word) + 1
    found = [place for place, name in enumerate(names, 1) if len(word) >= _SHORTEST and name.startswith(word)]
    return found[0] if len(found) == 1 else 0


def _existing(day: str, month: str, year: str, today: date | None) -> TypedDay:
    """Put a day together.

    Raises:
        Misread: it does not exist, or its year is cut short.
    """
    full, completed = _year(year, today)
    if not 1 <= int(month) <= _MONTHS_A_YEAR:
        raise Misread(f"il n'y a pas de mois {int(month)}. Le jour s'écrit d'abord, puis le mois : 20/11/2026.")
    last = monthrange(full, int(month))[1]
    if not 1 <= int(day) <= last:
        name = MONTHS[int(month) - 1]
        raise Misread(f"le {int(day)} {name} {full} n'existe pas : {name} {full} a {last} jours. Vérifiez le jour.")
    return TypedDay(date(full, int(month), int(day)), completed)


def _year(text: str, today: date | None) -> tuple[int, bool]:
    if len(text) == len("2026") and int(text):
        return int(text), False
    if len(text) == len("26") and today is not None:
        latest = today.year + _YEARS_AHEAD
        return latest - (latest - int(text)) % _CENTURY, True
    raise Misread(f"l'année « {shown(text)} » n'est pas complète. Écrivez ses quatre chiffres, par exemple 2026.")
