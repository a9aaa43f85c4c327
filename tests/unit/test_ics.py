"""The calendar file, read back by two libraries that others wrote, and checked against RFC 5545 and 7986."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import vobject  # type: ignore[import-untyped]  # it says nothing of its types
from icalendar import Calendar

from calculators.__main__ import main
from calculators.declaration import parse
from calculators.delais import DelaisInputs, calculate
from calculators.ics import calendar_file, file_name
from calculators.law import law
from calculators.result import Evenement, Result, Statut
from calculators.sheets import xlsx
from calculators.web.page.browser import answer

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)
SEIZED: dict[str, object] = {
    "situation": "saisie-attribution",
    "role": "debiteur",
    "date_saisie": "2026-11-16",
    "aujourdhui": TODAY.isoformat(),
}


TOLD = {"date_denonciation": "2026-11-20"}


def written(**given: object) -> str:
    inputs = parse(DelaisInputs, {**SEIZED, **given})
    return calendar_file(inputs, calculate(inputs, law()), today=date.fromisoformat(inputs.aujourdhui.isoformat()))


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
    # In the morning: an all-day event begins at midnight.
    assert reminders == [timedelta(days=-7, hours=9), timedelta(days=-1, hours=9)]


def test_a_deadline_in_hours_is_at_its_hour_with_reminders_the_same_day() -> None:
    given = {"delai": "saisie-attribution.declaration-comptable", "evenement": "2026-11-25", "heure": "9"}
    inputs = parse(DelaisInputs, {"aujourdhui": "2026-11-25", "minute": "30", **given})
    (answer,) = events(calendar_file(inputs, calculate(inputs, law()), today=date(2026, 11, 25)))
    # Of no zone: nine and a half where the reader is.
    assert answer.decoded("DTSTART") == datetime(2026, 11, 26, 9, 30)  # noqa: DTZ001
    assert "DTEND" not in answer
    assert [alarm.decoded("TRIGGER") for alarm in answer.walk("VALARM")] == [timedelta(hours=-3), timedelta(hours=-1)]


def test_what_happened_is_no_event_of_the_calendar() -> None:
    assert not any(e["UID"].startswith("delais-date_saisie") for e in events(written(agenda_complet="oui")))


def test_only_what_the_reader_has_still_to_do_is_in_the_file() -> None:
    """The dates of the others come when they are asked for; what was done, or is over, never does."""

    def keys(**given: object) -> set[str]:
        text = written(**given)
        return (
            {e["UID"].rpartition("-")[0].rpartition("-")[0].rpartition("-")[0] for e in events(text)} if text else set()
        )

    told = {"date_denonciation": "2026-11-20"}
    mine = {"delais-saisie-attribution.contestation", "delais-saisie-attribution.demande-sommes"}
    assert keys(**told) == mine
    others = keys(**told, agenda_complet="oui") - mine
    assert "delais-saisie-attribution.certificat" in others
    assert "delais-saisie-attribution.denonciation" not in others  # it was done
    assert keys(**told, date_demande_sommes="2026-11-21") == {"delais-saisie-attribution.contestation"}
    assert keys(**told, aujourdhui="2027-03-01") == set()


def uids(text: str) -> set[str]:
    return {str(event["UID"]) for event in events(text)}


def test_two_cases_imported_in_one_calendar_give_two_sets_of_events() -> None:
    """The same kind of seizure, the same day: another date learnt, another place, another case."""
    cases = [
        {},
        {"date_denonciation": "2026-11-23"},
        {"territoire": "guadeloupe"},
        {"date_saisie": "2026-11-17"},
        {"repere": "Martin"},
        {"repere": "Durand"},
    ]
    imported = [uids(written(**{**TOLD, **case})) for case in cases]
    assert all(imported)
    assert len(set.union(*imported)) == sum(map(len, imported))


def test_the_same_case_calculated_again_later_replaces_its_own_events() -> None:
    def versions(**given: object) -> dict[str, tuple[int, datetime]]:
        found = events(written(**TOLD, **given))
        return {str(e["UID"]): (e["SEQUENCE"], e.decoded("LAST-MODIFIED")) for e in found}

    first, same, later = versions(), versions(), versions(aujourdhui="2026-11-24")
    assert first == same
    assert later.keys() <= first.keys()
    assert later
    assert all(later[uid] > first[uid] and later[uid][1] > first[uid][1] for uid in later)


def test_the_dates_of_others_asked_for_afterwards_double_nothing() -> None:
    assert uids(written(**TOLD)) < uids(written(**TOLD, agenda_complet="oui"))


def test_a_case_with_a_reference_may_be_completed_and_mended() -> None:
    """Importing the file again replaces the events instead of doubling them."""
    named = {"repere": "Dossier 12", "agenda_complet": "oui"}
    before = uids(written(**named))
    after = uids(written(**named, **TOLD))
    mended = uids(written(**named, date_saisie="2026-11-18", **TOLD))
    assert len(after) > len(before)
    done = {uid for uid in before if "saisie-attribution.denonciation" in uid}
    assert before - done < after
    assert mended == after


def test_a_deadline_counted_alone_from_another_day_is_another_one_even_in_one_case() -> None:
    free = {"situation": "un-delai", "role": None, "date_saisie": None, "delai": "appel.contentieux", "repere": "12"}
    (one,), (other,) = (events(written(**free, evenement=day)) for day in ("2026-11-19", "2026-11-20"))
    assert one["UID"] != other["UID"]


def test_the_reference_goes_in_the_titles_the_calendar_and_the_name_of_the_file_and_in_no_link() -> None:
    read = Calendar.from_ical(written(**TOLD, repere="Martin / Crédit"))
    assert {str(e["SUMMARY"]).partition(" – ")[0] for e in read.walk("VEVENT")} == {"Martin / Crédit"}
    assert str(read["NAME"]).endswith("Martin / Crédit")
    champs = {"situation": "un-delai", "delai": "appel.contentieux", "evenement": "20/11/2026", "repere": "Zoé/../x"}
    request = {"calculateur": "delais", "champs": champs, "aujourdhui": TODAY.isoformat()}
    reply = json.loads(answer(json.dumps(request)))
    assert [file["nom"] for file in reply["fichiers"]] == ["dates-a-retenir-Zoe-x.ics"]
    assert "Zo" not in reply["fragment"]


def test_one_file_for_a_whole_csv(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A line, a case: two lines that say the same are two cases; a faulty one is counted and stops nothing."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["reference", "situation", "role", "date_saisie", "date_denonciation"])
    case = ["saisie-attribution", "debiteur", "2035-11-16", "2035-11-20"]
    lines.writerows([["A", *case], ["B", *case], ["", *case], ["", *case], ["C", "rien", "", "", ""]])
    file = tmp_path / "dossiers.csv"
    file.write_text(out.getvalue(), "utf-8")
    assert main(["delais", "--csv", str(file), "--ics"]) == 1
    shown = capfdbinary.readouterr()
    found = events(shown.out.decode())
    assert shown.out.count(b"BEGIN:VCALENDAR") == shown.out.count(b"END:VCALENDAR") == 1
    alone = [e for e in found if "contestation" in e["UID"]]
    assert len(alone) == len({str(e["UID"]) for e in alone}) == 4
    assert {str(e["SUMMARY"])[:4] for e in alone} == {"A – ", "B – ", "Date"}
    assert "5 lignes, dont 1 en erreur" in unicodedata.normalize("NFKC", shown.err.decode())
    file.write_text("situation,role,date_saisie\nrien,,\n", "utf-8")
    assert main(["delais", "--csv", str(file), "--ics"]) == 1
    assert capfdbinary.readouterr().out == b""


def in_the_page(data: bytes, piece: int, today: str) -> str:
    """The calendar that the page is given of a file, which comes in pieces of that many bytes."""
    calendar = ""
    for at in range(0, len(data), piece):
        octets, debut, waits = data[at : at + piece].decode("latin-1"), at == 0, True
        while waits:
            lot = {"numero": 1, "octets": octets, "debut": debut, "fin": at + piece >= len(data)}
            reply = json.loads(answer(json.dumps({"calculateur": "delais", "aujourdhui": today, "lot": lot})))
            calendar += reply["agenda"]
            octets, debut, waits = "", False, reply["attend"]
    return calendar


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_page_makes_of_a_file_the_calendar_of_the_command_line(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    header = ["reference", "situation", "role", "date_saisie", "date_denonciation"]
    case = ["saisie-attribution", "debiteur", "2035-11-16", "2035-11-20"]
    lines = [header, *([f"Zoé {number}", *case] for number in range(60)), ["Z", "rien", "", "", ""]]
    file = tmp_path / f"dossiers.{kind}"
    if kind == "csv":
        file.write_text("".join(";".join(line) + "\r\n" for line in lines), "utf-8")
    else:
        writer = xlsx.Writer("Dossiers")
        for line in lines:
            writer.add(line)
        file.write_bytes(writer.file())
    assert main(["delais", "--csv", str(file), "--ics"]) == 1
    shown = capfdbinary.readouterr().out
    today = events(shown.decode())[0]["DTSTAMP"].dt.date().isoformat()
    assert in_the_page(file.read_bytes(), 1000, today).encode() == shown
    assert len({str(event["UID"]) for event in events(shown.decode())}) >= 60
    file.write_text("situation,role,date_saisie\nrien,,\n", "utf-8")
    assert in_the_page(file.read_bytes(), 1000, TODAY.isoformat()) == ""


@pytest.mark.parametrize("repere", ["", "Né; d'un, côté\\ ou\u00a0de l’autre " * 2])
def test_the_file_keeps_the_two_standards(repere: str) -> None:
    """RFC 5545: what each component must have, once. RFC 7986: the calendar's name and colour."""
    text = written(**TOLD, agenda_complet="oui", repere=repere[:60])
    assert text.encode().count(b"\r") == text.encode().count(b"\n") == text.count("\r\n")
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    opened: list[tuple[str, list[str]]] = []
    for line in lines[:-1]:
        name, _, value = line.partition(":")
        name = name.partition(";")[0]
        if name == "BEGIN":
            opened.append((value, []))
        elif name == "END":
            component, held = opened.pop()
            assert component == value
            once = {
                "VCALENDAR": {"PRODID", "VERSION", "NAME", "COLOR", "CALSCALE"},
                "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "LAST-MODIFIED"},
                "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
            }[component]
            assert sorted(name for name in held if name in once) == sorted(once)
            # Imported, not sent as an invitation nor subscribed to.
            assert not {"METHOD", "REFRESH-INTERVAL", "ORGANIZER", "ATTENDEE"} & {*held}
        else:
            opened[-1][1].append(name)
            assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
            if name in {"DTSTAMP", "LAST-MODIFIED"}:
                assert re.fullmatch(r"\d{8}T\d{6}Z", value)
            if name in {"DTSTART", "DTEND"}:
                assert re.fullmatch(r"D\w+;VALUE=DATE:\d{8}", line)
    assert opened == []


def test_another_library_reads_the_same() -> None:
    text = written(**TOLD, agenda_complet="oui", repere="Martin; 12, bis")
    ours = {str(e["UID"]): (str(e["SUMMARY"]), e.decoded("DTSTART"), str(e["DESCRIPTION"])) for e in events(text)}
    read = vobject.readOne(text).vevent_list
    assert {e.uid.value: (e.summary.value, e.dtstart.value, e.description.value) for e in read} == ours
    assert all(e.dtend.value - e.dtstart.value == timedelta(days=1) for e in read)
    triggers = {tuple(alarm.trigger.value for alarm in e.valarm_list) for e in read}
    assert triggers == {(timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))}


def test_two_lengths_from_the_same_day_are_two_events() -> None:
    free = {"situation": "autre", "role": None, "date_saisie": None, "evenement": "2026-11-20", "unite": "jours"}
    (eight,), (fifteen,) = (events(written(**free, duree=length)) for length in (8, 15))
    assert eight["UID"] != fifteen["UID"]


def test_lines_are_short_and_texts_escaped() -> None:
    title = "Un; deux, trois\\quatre\net " + "é€" * 60
    event = Evenement("x", title, TODAY, Statut.AUJOURD_HUI, nature="Date limite")
    result = Result("delais", "", (), (), evenements=(event,))
    text = calendar_file(parse(DelaisInputs, SEIZED), result, today=TODAY)
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
    assert calendar_file(parse(DelaisInputs, SEIZED), Result("sbi", "", (), ()), today=TODAY) == ""


@pytest.mark.parametrize("odd", ["", "../../etc", "CON", "a/b\\c:d*e", "é" * 80, "\u202e", "日本"])
def test_a_name_of_a_file_is_one_that_every_system_takes(odd: str) -> None:
    assert re.fullmatch(r"dates-a-retenir(-[A-Za-z0-9]+)*\.ics", file_name(odd))
