"""Deadlines as a file for the reader's own calendar (iCalendar: RFC 5545, with the names of RFC 7986).

One all-day event per deadline, with a reminder in the morning, 7 days and 1 day before; at its hour for one that is
counted in hours, with a reminder 3 hours and 1 hour before. What an event is known by
(its UID) is the whole question, or the reader's own reference when there is one: two cases never replace one another,
and the same one calculated again on a later day replaces its own events (SEQUENCE grows with the day).
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from calculators.declaration import to_flat
from calculators.typography import capitalised, french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculators.result import Evenement, Result

__all__ = ["Agenda", "calendar_file", "file_name", "reference_of"]

_CAUTION = "Date à faire vérifier par un avocat, un commissaire de justice ou un point-justice. Information générale."
#: Nine in the morning, where the calendar is, 7 days and 1 day before: an all-day event begins at midnight.
_REMINDERS = ("-P6DT15H", "-PT15H")
#: What has an hour is counted in hours, so that a week before it had not begun.
_REMINDERS_OF_HOURS = ("-PT3H", "-PT1H")
_OCTETS = 75
_DAY = timedelta(days=1)
_LONGEST_REFERENCE = 60
#: The day that versions of an event are counted from: a later day of calculation makes a greater number.
_FIRST_VERSION = date(2000, 1, 1)
#: Questions that say what goes into the file, and not which case it is.
_ABOUT_THE_FILE = ("agenda_complet", "repere")


def file_name(reference: str = "") -> str:
    """Name the file of a case, with letters and figures that every system takes.

    >>> file_name(), file_name("Dossier n° 12/Noël"), file_name("../…")
    ('dates-a-retenir.ics', 'dates-a-retenir-Dossier-n-12-Noel.ics', 'dates-a-retenir.ics')
    """
    bare = unicodedata.normalize("NFD", reference).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", bare)
    return "-".join(["dates-a-retenir", *words]) + ".ics"


def calendar_file(inputs: object, result: Result, *, today: date) -> str:
    """Return the calendar of one answer's deadlines; empty when it has none. ``today`` stamps the file.

    Only what is still to be done, and by the reader unless the dates of others were asked for.
    """
    agenda = Agenda(today)
    events = agenda.events(inputs, result)
    return f"{agenda.head(reference_of(inputs))}{events}{agenda.tail}" if events else ""


def reference_of(inputs: object) -> str:
    """The reader's own name for the case; empty when none was given."""
    return str(getattr(inputs, "repere", ""))


class Agenda:
    """A calendar being written, case after case, in memory that does not grow with their texts."""

    tail = "END:VCALENDAR\r\n"

    def __init__(self, today: date) -> None:
        """Begin one, stamped with that day."""
        self._today = today
        self._written: dict[str, int] = {}

    def head(self, reference: str = "") -> str:
        """Write what goes before the events."""
        name = f"Dates à retenir : {_tidy(reference)}" if reference else "Dates à retenir"
        return _lines(
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Mode d'emploi des démarches//Délais//FR",
                "CALSCALE:GREGORIAN",
                f"NAME:{_text(name)}",
                "COLOR:steelblue",
            ]
        )

    def events(self, inputs: object, result: Result, reference: str = "") -> str:
        """Write the deadlines of a case; ``reference`` is its name when the answers themselves hold none."""
        named = _tidy(reference_of(inputs) or reference)
        case = self._case(inputs, result, named)
        return "".join(
            _lines(_event(event, f"{result.calculateur}-{event.cle}-{case}", named, self._today))
            for event in result.evenements
            if event.echeance and event.agenda
        )

    def _case(self, inputs: object, result: Result, reference: str) -> str:
        """What tells this case from any other.

        With a reference, nothing else, so that dates learnt or mended later replace the events; but a deadline counted
        alone is another one when it counts from another day. In one file, the same case twice is two cases.
        """
        alone = [event.jour.isoformat() for event in result.evenements if event.cle == "evenement"]
        flat = {name: text for name, text in to_flat(inputs).items() if name not in _ABOUT_THE_FILE}
        told = [reference, alone] if reference else [sorted(flat.items())]
        seed = json.dumps([result.calculateur, *told], ensure_ascii=False)
        again = self._written.get(seed, 0)
        self._written[seed] = again + 1
        return _digest(f"{seed}{again or ''}")


def _digest(text: str) -> str:
    """Tell a text from any other, in 32 figures: FNV-1a, 128 bits. Nobody is kept from anything by it.

    The browser would receive Python's own hashes for this alone.

    >>> _digest(""), _digest("hello")
    ('6c62272e07bb014262b821756295c58d', 'e3e1efd54283d94f7081314b599d31b3')
    """
    digest = 0x6C62272E07BB014262B821756295C58D
    for octet in text.encode():
        digest = (digest ^ octet) * 0x1000000000000000000013B & (1 << 128) - 1
    return f"{digest:032x}"


def _event(event: Evenement, identifier: str, reference: str, today: date) -> Iterator[str]:
    cited = ", ".join(article.citation for article in event.articles)
    said = (event.precision, f"Qui agit : {event.qui}" if event.qui else "", f"Texte : {cited}" if cited else "")
    description = "".join(f"{capitalised(part)}. " for part in said if part) + _CAUTION
    title = f"{event.nature} : {event.titre}"
    stamp = f"{today:%Y%m%d}T000000Z"
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier}@mode-emploi-demarches"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{max(0, (today - _FIRST_VERSION).days)}"
    if event.heure is None:
        yield f"DTSTART;VALUE=DATE:{event.jour:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.jour + _DAY:%Y%m%d}"
    else:  # the hour of the place where the reader is: no zone, and an end that is its beginning
        yield f"DTSTART:{event.jour:%Y%m%d}T{event.heure:%H%M}00"
    yield f"SUMMARY:{_text(f'{reference} – {title}' if reference else title)}"
    yield f"DESCRIPTION:{_text(description)}"
    yield "TRANSP:TRANSPARENT"
    for moment in _REMINDERS if event.heure is None else _REMINDERS_OF_HOURS:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_text(event.titre)}",
            f"TRIGGER:{moment}",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _tidy(reference: str) -> str:
    """A reference on one line, of a length that a title can bear."""
    shown = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in reference)
    return " ".join(shown.split())[:_LONGEST_REFERENCE]


def _text(text: str) -> str:
    escaped = french(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _fold(line: str) -> Iterable[str]:
    """Fold a line at 75 octets, never inside a character (RFC 5545, 3.1)."""
    current = ""
    for character in line:
        if len((current + character).encode()) > _OCTETS:
            yield current
            current = " "
        current += character
    yield current
