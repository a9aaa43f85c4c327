"""Deadlines as a file for the reader's own calendar (iCalendar, RFC 5545).

One all-day event per deadline, with a reminder 7 days and 1 day before. Identifiers are stable: importing the file
again, once more dates are known, replaces the events instead of doubling them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.typography import capitalised, french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from calculators.result import Evenement, Result

__all__ = ["calendar_file"]

_CAUTION = "Date à faire vérifier par un avocat, un commissaire de justice ou un point-justice. Information générale."
_REMINDERS = (7, 1)
_OCTETS = 75
_DAY = timedelta(days=1)


def calendar_file(result: Result, *, today: date) -> str:
    """Return the calendar of an answer's deadlines; empty when it has none. ``today`` stamps the file.

    Only what is still to be done, and by the reader unless the dates of others were asked for.
    """
    deadlines = [event for event in result.evenements if event.echeance and event.agenda]
    if not deadlines:
        return ""
    # The first event alone: dates learnt later change no identifier.
    first = min((event.jour for event in result.evenements if not event.echeance), default=deadlines[0].jour)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mode d'emploi des démarches//Délais//FR",
        "CALSCALE:GREGORIAN",
    ]
    for event in deadlines:
        lines.extend(_event(event, f"{result.calculateur}-{event.cle}-{first:%Y%m%d}", today))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _event(event: Evenement, identifier: str, today: date) -> Iterator[str]:
    cited = ", ".join(article.citation for article in event.articles)
    said = (event.precision, f"Qui agit : {event.qui}" if event.qui else "", f"Texte : {cited}" if cited else "")
    description = "".join(f"{capitalised(part)}. " for part in said if part) + _CAUTION
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier}@mode-emploi-demarches"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.jour:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.jour + _DAY:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{event.nature} : {event.titre}')}"
    yield f"DESCRIPTION:{_text(description)}"
    yield "TRANSP:TRANSPARENT"
    for days in _REMINDERS:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_text(event.titre)}",
            f"TRIGGER:-P{days}D",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _text(text: str) -> str:
    escaped = french(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _fold(line: str) -> Iterable[str]:
    """Fold a line at 75 octets, never inside a character (RFC 5545, 3.1)."""
    current = ""
    for character in line:
        if len((current + character).encode()) > _OCTETS:
            yield current
            current = " "
        current += character
    yield current
