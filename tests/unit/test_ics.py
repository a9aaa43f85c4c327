"""The calendar file, read back by a library that others wrote."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from calculators.declaration import parse
from calculators.delais import DelaisInputs, calculate
from calculators.ics import calendar_file
from calculators.law import law
from calculators.result import Evenement, Result, Statut
from calculators.web.page.browser import answer

TODAY = date(2026, 11, 21)
SEIZED: dict[str, object] = {
    "situation": "saisie-attribution",
    "role": "debiteur",
    "date_saisie": "2026-11-16",
    "aujourdhui": TODAY.isoformat(),
}


def written(**given: object) -> str:
    result = calculate(parse(DelaisInputs, {**SEIZED, **given}), law())
    return calendar_file(result, today=TODAY)


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_each_deadline_is_a_whole_day_with_two_reminders() -> None:
    text = written(date_denonciation="2026-11-20")
    (contest,) = [e for e in events(text) if "contestation" in e["UID"]]
    assert contest.decoded("DTSTART") == date(2026, 12, 21)
    assert contest.decoded("DTEND") == date(2026, 12, 22)
    assert contest.decoded("DTSTAMP") == datetime(2026, 11, 21, tzinfo=UTC)
    assert contest["SUMMARY"] == "Date limite\u00a0: Contester la saisie devant le juge de l\u2019exécution"
    assert "Information générale" in contest["DESCRIPTION"]
    assert "article R211-11 du CPCE" in contest["DESCRIPTION"]
    reminders = [alarm.decoded("TRIGGER") for alarm in contest.walk("VALARM")]
    assert reminders == [timedelta(days=-7), timedelta(days=-1)]


def test_what_happened_is_no_event_of_the_calendar() -> None:
    assert not any(e["UID"].startswith("delais-date_saisie") for e in events(written(agenda_complet="oui")))


def test_only_what_the_reader_has_still_to_do_is_in_the_file() -> None:
    """The dates of the others come when they are asked for; what was done, or is over, never does."""

    def keys(**given: object) -> set[str]:
        text = written(**given)
        return {e["UID"].split("-2")[0] for e in events(text)} if text else set()

    told = {"date_denonciation": "2026-11-20"}
    mine = {"delais-saisie-attribution.contestation", "delais-saisie-attribution.demande-sommes"}
    assert keys(**told) == mine
    others = keys(**told, agenda_complet="oui") - mine
    assert "delais-saisie-attribution.certificat" in others
    assert "delais-saisie-attribution.denonciation" not in others  # it was done
    assert keys(**told, date_demande_sommes="2026-11-21") == {"delais-saisie-attribution.contestation"}
    assert keys(**told, aujourdhui="2027-03-01") == set()


def test_a_date_learnt_later_changes_no_identifier() -> None:
    """Importing the file again replaces the events instead of doubling them."""
    before = {e["UID"] for e in events(written(agenda_complet="oui"))}
    after = {e["UID"] for e in events(written(agenda_complet="oui", date_denonciation="2026-11-20"))}
    assert len(after) > len(before)
    done = {uid for uid in before if "saisie-attribution.denonciation" in uid}
    assert before - done < after


def test_two_lengths_from_the_same_day_are_two_events() -> None:
    free = {"situation": "autre", "role": None, "date_saisie": None, "evenement": "2026-11-20", "unite": "jours"}
    (eight,), (fifteen,) = (events(written(**free, duree=length)) for length in (8, 15))
    assert eight["UID"] != fifteen["UID"]


def test_lines_are_short_and_texts_escaped() -> None:
    title = "Un; deux, trois\\quatre\net " + "é€" * 60
    event = Evenement("x", title, TODAY, Statut.AUJOURD_HUI, nature="Date limite")
    result = Result("delais", "", (), (), evenements=(event,))
    text = calendar_file(result, today=TODAY)
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in "".join(lines)
    (read,) = events(text)
    assert read["SUMMARY"].endswith(title)


@pytest.mark.parametrize("calculator", ["delais", "sbi"])
def test_only_dates_make_a_file(calculator: str) -> None:
    champs = (
        {"situation": "un-delai", "delai": "appel.contentieux", "evenement": "20/11/2026"}
        if calculator == "delais"
        else {"date_saisie": "20/11/2026", "solde": "1000"}
    )
    request = {"calculateur": calculator, "champs": champs, "aujourdhui": TODAY.isoformat()}
    files = json.loads(answer(json.dumps(request)))["fichiers"]
    assert [file["nom"] for file in files] == (["dates-a-retenir.ics"] if calculator == "delais" else [])
    assert calendar_file(Result("sbi", "", (), ()), today=TODAY) == ""
