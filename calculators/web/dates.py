"""Dates as pictures that are also text: a timeline, and month calendars that are real tables."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from calculators.calendar import MONTHS, in_words, weekday_in_words
from calculators.result import Statut
from calculators.web.elements import article_link, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence
    from datetime import date

    from calculators.result import Evenement, JourCompte

__all__ = ["month_calendars", "timeline"]

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MAX_MONTHS = 14
_STATUS = {Statut.PASSE: "passé", Statut.AUJOURD_HUI: "aujourd'hui", Statut.A_VENIR: "à venir"}
_ROLES = {"depart": "départ", "fin": "échéance", "compte": "compté", "exclu": "non compté"}


def timeline(events: Sequence[Evenement]) -> ET.Element:
    """The events in the order of time: what happened, what is due, what is past, today, or to come."""
    items = el("ol", class_="calc-frise", role="list")
    for event in events:
        when = el(
            "time",
            f"{weekday_in_words(event.jour)} {in_words(event.jour)}",
            datetime=event.jour.isoformat(),
            class_="calc-frise-jour",
        )
        nature = "Date limite" if event.echeance else "Événement"
        about = el("p", el("span", f"{nature}, {_STATUS[event.statut]}", class_="calc-frise-statut"))
        details = [f"Qui agit : {event.qui}." if event.qui else "", *([" "] if event.qui and event.articles else [])]
        more = el("p", *filter(None, details), class_="calc-articles") if event.qui or event.articles else None
        for number, article in enumerate(event.articles):
            if number:
                more[-1].tail = ", "
            more.append(article_link(article))
        kind = "echeance" if event.echeance else "fait"
        items.append(
            el(
                "li",
                when,
                el("p", el("strong", event.titre)),
                about,
                more,
                class_=f"calc-frise-point calc-frise-point--{kind} calc-frise-point--{event.statut.value}",
                data_evenement=event.cle,
            )
        )
    return items


def month_calendars(days: Sequence[JourCompte]) -> ET.Element | None:
    """A table for each month from the first to the last day, each day said counted or not, and why.

    Longer periods are only shown by their ends: a hundred tables would explain nothing.
    """
    if not days:
        return None
    first, last = min(d.jour for d in days), max(d.jour for d in days)
    known = {d.jour: d for d in days}
    months = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        months.append((year, month))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if len(months) > _MAX_MONTHS:
        months = [months[0], months[-1]]
    shown = el("div", class_="calc-mois-liste")
    for year, month in months:
        shown.append(_month(year, month, known))
    return shown


def _month(year: int, month: int, known: dict[date, JourCompte]) -> ET.Element:
    head = el("tr", *(el("th", el("abbr", name[:2], title=name), scope="col") for name in _WEEKDAYS))
    body = el("tbody")
    for week in calendar.Calendar().monthdatescalendar(year, month):
        row = el("tr")
        for day in week:
            row.append(
                _day(known.get(day), day) if day.month == month else el("td", class_="calc-jour calc-jour--hors")
            )
        body.append(row)
    caption = el("caption", f"{MONTHS[month - 1]} {year}")
    return el("table", caption, el("thead", head), body, class_="calc-mois")


def _day(known: JourCompte | None, day: date) -> ET.Element:
    number = el("time", str(day.day), datetime=day.isoformat())
    if known is None:
        return el("td", number, class_="calc-jour")
    words = _ROLES[known.role] + (f" n° {known.numero}" if known.numero is not None and known.role != "fin" else "")
    short = {"depart": "départ", "fin": "fin"}.get(known.role) or (
        str(known.numero) if known.numero is not None else "–"
    )
    return el(
        "td",
        number,
        el("span", short, class_="calc-jour-marque", aria_hidden="true"),
        el("span", " " + ", ".join(filter(None, (words, known.raison))), class_="hors-ecran"),
        class_=f"calc-jour calc-jour--{known.role}",
        title=", ".join(filter(None, (words, known.raison))),
    )
