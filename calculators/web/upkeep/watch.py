"""Compare the pages that we cite with what was read of them: unchanged, changed, gone, moved, or not known.

What was read is a committed file of fingerprints (`empreintes.json`): it holds no text of anyone. What a visit finds is
kept as it goes in a file of this machine, so that one that was stopped goes on from there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.calendar import parse_date
from calculators.web.upkeep.archive import copy_of
from calculators.web.upkeep.passages import Fingerprint, LyingError, passages_of
from calculators.web.upkeep.reading import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from calculators.web.upkeep.citations import Cited
    from calculators.web.upkeep.passages import Passages
    from calculators.web.upkeep.reading import Got, Reader

__all__ = ["Finding", "Memory", "Record", "Verdict", "in_turn", "visit"]

_DAYS_A_FINDING_LASTS = 7


class Verdict(StrEnum):
    """What is found of a page, the most pressing first; under the heading that the report gives it."""

    CHANGED = "Changées : à relire"
    GONE = "Disparues"
    MOVED = "Déplacées pour toujours, au texte inchangé : l'adresse est à corriger"
    UNKNOWN = "Jamais lues par cet outil"
    UNREADABLE = "Illisibles"
    SILENT = "Sans réponse"
    FORBIDDEN = "Que leur site ne laisse pas lire à un programme"
    SEARCHED = "Sans adresse connue, seulement une recherche : à relire à la main"
    UNCHANGED = "Inchangées"

    @property
    def pressing(self) -> bool:
        """Whether a person has something to do."""
        return self in {Verdict.CHANGED, Verdict.GONE, Verdict.MOVED}


_OF_STATE = {
    State.GONE: Verdict.GONE,
    State.FORBIDDEN: Verdict.FORBIDDEN,
    State.SILENT: Verdict.SILENT,
    State.UNREADABLE: Verdict.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit found of an address; ``on``: which day; ``now_at``: where it moved; ``copy``: at an archive."""

    address: str
    verdict: Verdict
    on: date
    why: str = ""
    now_at: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a page that was read: when, its fingerprint, and what makes a site send it only when changed."""

    read_on: date
    fingerprint: Fingerprint
    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional question."""
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in known.items() if value}


@dataclass(slots=True)
class Memory:
    """The committed fingerprints, and the findings of this machine, each in its file."""

    fingerprints: Path
    findings: Path

    def records(self) -> dict[str, Record]:
        """What was read, by address.

        Raises:
            ValueError: the file is not one that this wrote.
        """
        return {address: _record(entry) for address, entry in _load(self.fingerprints).items()}

    def keep(self, records: dict[str, Record]) -> None:
        """Write what was read, in the order of the addresses."""
        entries = {
            address: {
                "lu_le": record.read_on.isoformat(),
                "entiere": record.fingerprint.whole,
                "passages": list(record.fingerprint.passages),
                "etag": record.etag,
                "modifiee": record.modified,
            }
            for address, record in sorted(records.items())
        }
        _save(self.fingerprints, entries)

    def found(self, today: date) -> dict[str, Finding]:
        """What a visit of these last days found already, by address."""
        try:
            entries = [_finding(address, entry) for address, entry in _load(self.findings).items()]
        except ValueError:  # of another version, or cut: the visit begins again
            return {}
        return {one.address: one for one in entries if 0 <= (today - one.on).days < _DAYS_A_FINDING_LASTS}

    def note(self, found: dict[str, Finding]) -> None:
        """Keep what was found so far."""
        entries = {
            address: {**asdict(finding), "verdict": finding.verdict.name, "on": finding.on.isoformat()}
            for address, finding in found.items()
        }
        _save(self.findings, entries)


def visit(
    cited: Cited,
    record: Record | None,
    reader: Reader,
    today: date,
    *,
    recording: bool,
    archive: str,
) -> tuple[Finding, Record | None]:
    """Read an address and compare it; return what was found, and what to keep from now on.

    Args:
        cited: the address, with the words that we rely on.
        record: what was read of it; none when it never was.
        reader: asks the site.
        today: the day of the visit.
        recording: a person has read it: what it says now becomes what was read.
        archive: where a copy is asked of, for what changed or is gone.
    """
    if cited.searched:
        return Finding(cited.address, Verdict.SEARCHED, today), record
    got = reader.get(cited.address, record.headers if record and not recording else {})
    finding, kept = _compared(cited, record, got, today, recording=recording)
    if finding.verdict in {Verdict.CHANGED, Verdict.GONE}:
        day = record.read_on if record else cited.read_on
        finding = replace(finding, copy=copy_of(cited.address, day, reader, archive))
    return finding, kept


def _compared(
    cited: Cited, record: Record | None, got: Got, today: date, *, recording: bool
) -> tuple[Finding, Record | None]:
    verdict, why, kept = _judged(cited, record, got, today, recording=recording)
    moved_to = got.address if got.moved else ""
    if verdict is Verdict.UNCHANGED and moved_to:  # it is to be cited at its new address: that is the news
        verdict = Verdict.MOVED
    return Finding(cited.address, verdict, today, why, moved_to), kept


def _judged(
    cited: Cited, record: Record | None, got: Got, today: date, *, recording: bool
) -> tuple[Verdict, str, Record | None]:
    """What is found, why, and what is kept from now on."""
    if got.state in _OF_STATE:
        return _OF_STATE[got.state], got.why, record
    if got.state is State.SAME and record:
        return Verdict.UNCHANGED, "", record
    try:
        now = passages_of(got.content, got.said)
    except LyingError as error:
        return Verdict.UNREADABLE, str(error), record
    if recording:
        return Verdict.UNCHANGED, "lue et retenue", _new(cited, now, got, today)
    if record is None:
        return Verdict.UNKNOWN, "", None
    changed = record.fingerprint.changed(now)
    verdict = Verdict.CHANGED if changed else Verdict.UNCHANGED
    kept = record if changed else replace(record, etag=got.etag, modified=got.modified)
    return verdict, _how_much(record.fingerprint, changed) if changed else "", kept


def _new(cited: Cited, now: Passages, got: Got, today: date) -> Record:
    return Record(today, now.fingerprint(cited.marks), got.etag, got.modified)


def _how_much(before: Fingerprint, changed: int) -> str:
    if before.whole:
        return f"{changed} de ses passages sont différents ; aucun n'est connu comme celui sur lequel on s'appuie"
    return f"{changed} des {len(before.passages)} passages sur lesquels on s'appuie n'y sont plus tels quels"


def in_turn(every: Iterable[Cited]) -> Iterator[Cited]:
    """One address a site in turn, so that waiting between two questions to a site is spent at another.

    >>> from calculators.web.upkeep.citations import Cited
    >>> [one.address for one in in_turn(map(Cited, ["https://a/1", "https://a/2", "https://b/1"]))]
    ['https://a/1', 'https://b/1', 'https://a/2']
    """
    queues: dict[str, list[Cited]] = {}
    for cited in every:
        queues.setdefault(cited.address.split("/")[2], []).append(cited)
    while queues:
        for site in list(queues):
            yield queues[site].pop(0)
            if not queues[site]:
                del queues[site]


# ---------------------------------------------------------------- files


def _load(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    entries = json.loads(path.read_text("utf-8"))
    if not isinstance(entries, dict):
        raise ValueError(f"{path.name}: expected an object")  # noqa: TRY004  # of one kind with those of json
    return entries


def _save(path: Path, entries: dict[str, Any]) -> None:
    """Write a file whole, or leave the former one: a visit may be stopped at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fresh.replace(path)


def _record(entry: Any) -> Record:
    try:
        texts: Collection[str] = [str(passage) for passage in entry["passages"]]
        fingerprint = Fingerprint(tuple(texts), bool(entry["entiere"]))
        return Record(_day(entry["lu_le"]), fingerprint, str(entry["etag"]), str(entry["modifiee"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a fingerprint: {error}") from None


def _finding(address: str, entry: Any) -> Finding:
    try:
        words = {name: str(entry[name]) for name in ("why", "now_at", "copy")}
        return Finding(address, Verdict[entry["verdict"]], _day(entry["on"]), **words)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a finding: {error}") from None


def _day(text: str) -> date:
    if (day := parse_date(text)) is None:
        raise ValueError(f"not a day: {text!r}")
    return day
