"""Dates as pictures that are also text: a timeline, and month calendars that are real tables."""

from __future__ import annotations

from calendar import Calendar
from typing import TYPE_CHECKING

from calculators.calendar import MONTHS, WEEKDAYS, add_months, in_words, weekday_in_words
from calculators.result import Statut
from calculators.typography import capitalised, french
from calculators.web.page.elements import article_folds, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence
    from datetime import date

    from calculators.result import Evenement, JourCompte

__all__ = ["month_calendars", "timeline"]

_WIDTH, _HEIGHT, _MIDDLE = 320, 40, 20
_MARGIN = 16
_MAX_MONTHS, _MAX_UNFOLDED = 14, 3
_HOLIDAY = "férié"
_FROM_TODAY = frozenset({Statut.PASSE, Statut.AUJOURD_HUI, Statut.A_VENIR})
_ROLES = {"depart": "départ", "fin": "échéance", "compte": "compté", "exclu": "non compté"}


# ---------------------------------------------------------------- timeline


def timeline(events: Sequence[Evenement], day: date | None = None) -> ET.Element:
    """The reader's events in the order of time: a line of numbered points, and the same in words.

    The dates on which others act are folded below: they are not the reader's to keep. ``day``: that of the case, whose
    law its articles are to say.
    """
    own = [event for event in events if event.pour_vous]
    others = [event for event in events if not event.pour_vous]
    shown, folded = (own, others) if any(event.echeance for event in own) else (events, [])
    items = el("ol", *(_point_in_words(event, day) for event in shown), class_="calc-frise-liste")
    between = all(event.statut is not Statut.AUJOURD_HUI for event in shown)
    words = "Carré : une date donnée. Rond : une date calculée." + (" Pointillé : aujourd'hui." if between else "")
    line = _line(shown, today=between)
    return el("figure", el("figcaption", words), line, items, _folded(folded, day), class_="calc-frise")


def _folded(others: Sequence[Evenement], day: date | None) -> ET.Element | None:
    if not others:
        return None
    many = f"Les dates des autres ({len(others)})" if len(others) > 1 else "La date d'un autre"
    items = el("ul", *(_point_in_words(event, day) for event in others), class_="calc-frise-liste")
    return el("details", el("summary", many), items, class_="calc-pli calc-frise-autres")


def _point_in_words(event: Evenement, day: date | None) -> ET.Element:
    status = ", ".join(filter(None, (event.nature, event.statut.label, event.precision)))
    return el(
        "li",
        el(
            "p",
            el(
                "time", capitalised(event.dit), datetime=event.moment, data_valeur=event.cle if event.echeance else None
            ),
            class_="calc-frise-jour",
        ),
        el("p", el("strong", event.titre)),
        el("p", f"{status}.", class_="calc-frise-statut"),
        el("p", f"Qui agit : {event.qui}.", class_="calc-frise-qui") if event.qui else None,
        article_folds(event.articles, day=day) if event.articles else None,
        class_=_classes("calc-frise-point", event),
        data_evenement=event.cle,
    )


def _classes(base: str, event: Evenement) -> str:
    # What was done calls for nothing more: it is as quiet as what is past.
    state = event.statut.value if event.statut in _FROM_TODAY else Statut.PASSE.value
    kinds = ["echeance" if event.echeance else "fait", state, "sure" if event.precision else ""]
    return " ".join([base, *(f"{base}--{kind}" for kind in kinds if kind)])


def _line(events: Sequence[Evenement], *, today: bool) -> ET.Element:
    """The picture: squares for what happened, circles for what is due, hollow once past; a dashed line for today."""
    drawing = el(
        "svg",
        el("line", class_="calc-ligne-temps", x1="0", x2=str(_WIDTH), y1=str(_MIDDLE), y2=str(_MIDDLE)),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        class_="calc-frise-image",
        aria_hidden="true",
        focusable="false",
    )
    gap = (_WIDTH - 2 * _MARGIN) / max(len(events) - 1, 1)
    if today:
        ahead = (number for number, event in enumerate(events) if event.statut is Statut.A_VENIR)
        past = next(ahead, len(events))
        x = f"{min(max(_MARGIN + (past - 0.5) * gap, 2), _WIDTH - 2):.1f}"
        drawing.append(el("line", class_="calc-frise-maintenant", x1=x, x2=x, y1="2", y2=str(_HEIGHT - 2)))
    for number, event in enumerate(events):
        x = f"{_MARGIN + number * gap:.1f}"
        shape = (
            el("circle", cx=x, cy=str(_MIDDLE), r="10")
            if event.echeance
            else el("rect", x=f"{float(x) - 9:.1f}", y=str(_MIDDLE - 9), width="18", height="18", rx="2")
        )
        words = el("text", str(number + 1), x=x, y=str(_MIDDLE), dy="0.35em", text_anchor="middle")
        drawing.append(el("g", shape, words, class_=_classes("calc-frise-marque", event)))
    return drawing


# ---------------------------------------------------------------- month calendars


def month_calendars(days: Sequence[JourCompte]) -> ET.Element | None:
    """A table for each month of the count, each day said counted or not, and why; folded when there are many.

    Longer periods are only shown by their ends: a hundred tables would explain nothing.
    """
    if not days:
        return None
    known = {day.jour: day for day in days}
    months = _months(min(known), max(known))
    note = "Chaque jour compté porte son numéro."
    if len(months) > _MAX_MONTHS:
        months = [months[0], months[-1]]
        note += " Seuls le premier et le dernier mois sont montrés."
    body = [
        el("p", note),
        el("div", *(_month(first, known) for first in months), class_="calc-mois-liste"),
        _holidays(days),
    ]
    if len(months) > _MAX_UNFOLDED:
        return el("details", el("summary", "Voir le décompte jour par jour"), *body, class_="calc-pli calc-decompte")
    return el("div", el("p", el("strong", "Le décompte jour par jour")), *body, class_="calc-decompte")


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while (following := add_months(months[-1], 1)) <= last:
        months.append(following)
    return months


def _month(first: date, known: dict[date, JourCompte]) -> ET.Element:
    head = el("tr", *(el("th", el("abbr", name[:2], title=name), scope="col") for name in WEEKDAYS))
    body = el("tbody")
    for week in Calendar().monthdatescalendar(first.year, first.month):
        cells = [_day(day, known.get(day)) if day.month == first.month else _outside() for day in week]
        body.append(el("tr", *cells))
    caption = el("caption", f"{capitalised(MONTHS[first.month - 1])} {first.year}")
    return el("table", caption, el("thead", head), body, class_="calc-mois")


def _outside() -> ET.Element:
    return el("td", class_="calc-jour calc-jour--hors")


def _day(day: date, counted: JourCompte | None) -> ET.Element:
    number = el("time", str(day.day), datetime=day.isoformat())
    if counted is None:
        return el("td", number, class_="calc-jour")
    return el(
        "td",
        number,
        el("span", _mark(counted), class_="calc-jour-marque", aria_hidden="true"),
        el("span", f" {_in_words(counted)}", class_="hors-ecran"),
        class_=f"calc-jour calc-jour--{counted.role}",
    )


def _mark(counted: JourCompte) -> str:
    """The few letters under the day's number; all of it is said in words beside."""
    if counted.role in {"depart", "fin"}:
        return {"depart": "début", "fin": "fin"}[counted.role]
    if counted.numero is not None:
        return str(counted.numero)
    return _HOLIDAY if _is_holiday(counted) else f"{counted.raison[:3]}."


def _in_words(counted: JourCompte) -> str:
    numbered = counted.numero is not None and counted.role == "compte"
    role = _ROLES[counted.role] + (f" n° {counted.numero}" if numbered else "")
    return ", ".join(filter(None, (role, counted.raison)))


def _holidays(days: Sequence[JourCompte]) -> ET.Element | None:
    """The public holidays met, in words: a cell has no room for their names."""
    met = sorted((day.jour, day.raison.removeprefix(_HOLIDAY).strip(" :")) for day in days if _is_holiday(day))
    names = ", ".join(f"{weekday_in_words(day)} {in_words(day)}{_name(day, name)}" for day, name in met)
    return el("p", f"Jours fériés rencontrés : {names}.") if met else None


def _name(day: date, name: str) -> str:
    """The holiday's own name, unless it is its date."""
    return "" if in_words(day).startswith(french(name)) else f" ({name})"


def _is_holiday(day: JourCompte) -> bool:
    return day.raison.startswith(_HOLIDAY)
