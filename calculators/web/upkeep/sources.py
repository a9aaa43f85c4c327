"""Watch the sources: `python -m calculators.web.upkeep.sources` reads every page that we cite, and says what changed.

For a machine that has a network. It reads slowly, one page at a time, and takes up where it was stopped (`--neuf`
begins again). `--record` keeps the fingerprints of the pages that were never read; `--record KEY…` those of pages that
a person has read again: `CPCE L162-2`, `sources.sp-F1850`. Nothing of their text is written, only fingerprints. Status
1 when a page changed, is gone or moved.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law import law
from calculators.terminal import run, tell
from calculators.typography import french, harmless
from calculators.web.project.settings import SettingError, Settings
from calculators.web.upkeep.archive import ARCHIVE
from calculators.web.upkeep.citations import citations
from calculators.web.upkeep.reading import DELAY, Reader
from calculators.web.upkeep.watch import Memory, Verdict, in_turn, visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calculators.web.upkeep.citations import Cited
    from calculators.web.upkeep.watch import Finding

__all__ = ["main", "report", "watch"]

_COMMAND = "python -m calculators.web.upkeep.sources"
_FINE, _PRESSING, _UNUSABLE = 0, 1, 2
#: Committed: what was read.
_FINGERPRINTS = Path(__file__).with_name("empreintes.json")
#: Of this machine: what the last visit found, and its report.
_FINDINGS, _REPORT = Path(".build/sources.json"), Path(".build/sources.md")
#: How many rules are named under a page; all of them are in the law files that cite it.
_NAMED = 12


def report(every: Iterable[Cited], found: Mapping[str, Finding]) -> str:
    """What was found, as Markdown, the most pressing first; the pages not visited yet are counted."""
    known = {cited.address: cited for cited in every}
    lines = ["# Les sources citées", ""]
    for verdict in Verdict:
        some = [
            finding for address, finding in sorted(found.items()) if finding.verdict is verdict and address in known
        ]
        if not some:
            continue
        lines += [f"## {verdict.value} : {len(some)}", ""]
        if verdict in {Verdict.UNCHANGED, Verdict.SEARCHED}:
            continue
        for finding in some:
            lines += [*_told(known[finding.address], finding), ""]
    if left := len(known) - sum(address in found for address in known):
        lines += [f"Pas encore visitées : {left}. Relancez la commande : elle reprend là où elle s'est arrêtée.", ""]
    return harmless(french("\n".join(lines)))


def _told(cited: Cited, finding: Finding) -> Iterable[str]:
    titles = " ; ".join(f"{title} ({key})" for key, title in list(cited.titles.items())[:_NAMED])
    yield f"- {titles or 'Lien'}"
    yield f"    - <{cited.address}>"
    if finding.why:
        yield f"    - {finding.why}"
    if finding.now_at:
        yield f"    - maintenant à <{finding.now_at}>"
    if finding.copy:
        yield f"    - une copie du temps où elle a été lue : <{finding.copy}>"
    if finding.verdict.pressing:
        rests = sorted(cited.rests)
        more = f" et {len(rests) - _NAMED} de plus" if len(rests) > _NAMED else ""
        yield f"    - s'y appuient : {', '.join(rests[:_NAMED]) or 'rien'}{more}"


def watch(  # each is one thing that a caller may change
    every: Sequence[Cited],
    memory: Memory,
    reader: Reader,
    *,
    record: Sequence[str] | None = None,
    afresh: bool = False,
    archive: str = ARCHIVE,
) -> dict[str, Finding]:
    """Visit every address that was not visited these last days; what was found of each.

    Args:
        every: what is cited.
        memory: what was read, and what was found.
        reader: asks the sites.
        record: not given, nothing is recorded; empty, what was never read is; else, the pages of these keys alone are
            read, and recorded.
        afresh: visit again what was visited already.
        archive: what answers with the copies of an archive.
    """
    today = Settings.read().day
    records, found = memory.records(), {} if afresh or record else memory.found(today)
    for cited in in_turn(_wanted(every, record)):
        recording = record is not None and (bool(record) or cited.address not in records)
        before = found.get(cited.address)
        if before and not (recording and before.verdict is Verdict.UNKNOWN):
            continue
        finding, kept = visit(cited, records.get(cited.address), reader, today, recording=recording, archive=archive)
        found[cited.address] = finding
        if kept and kept != records.get(cited.address):
            records[cited.address] = kept
            if recording:
                memory.keep(records)
        memory.note(found)
    return found


def _wanted(every: Sequence[Cited], record: Sequence[str] | None) -> list[Cited]:
    return [cited for cited in every if not record or not cited.titles.keys().isdisjoint(record)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Watch the sources, write the report; 1 when a person has something to do."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Relit les pages citées, et dit ce qui a changé.")
    parser.add_argument("--pages", type=Path, default=Path("docs"), help="le dossier des pages (docs)")
    parser.add_argument(
        "--record", nargs="*", metavar="CLE", help="retenir ce que disent les pages jamais lues, ou celles de ces clés"
    )
    parser.add_argument("--neuf", action="store_true", help="recommencer, sans reprendre la visite arrêtée")
    parser.add_argument("--delai", type=float, default=DELAY, help="secondes entre deux questions à un même site")
    parser.add_argument("--rapport", type=Path, default=_REPORT, help="où écrire le rapport")
    options = parser.parse_args(arguments)
    memory = Memory(_FINGERPRINTS, _FINDINGS)
    try:
        texts = {
            path.relative_to(options.pages).as_posix(): path.read_text("utf-8") for path in options.pages.rglob("*.md")
        }
        every = citations(law(), texts)
        unknown = set(options.record or ()) - {key for cited in every for key in cited.titles}
        if unknown:
            tell(french(f"Rien n'est cité sous « {min(unknown)} »."))
            return _UNUSABLE
        found = watch(every, memory, Reader(delay=options.delai), record=options.record, afresh=options.neuf)
    except (SettingError, LawDataError, ValueError) as error:
        tell(str(error))
        return _UNUSABLE
    options.rapport.parent.mkdir(parents=True, exist_ok=True)
    options.rapport.write_text(report(every, found), "utf-8")
    for verdict in Verdict:
        if count := sum(finding.verdict is verdict for finding in found.values()):
            print(french(f"{verdict.value} : {count}"))
    print(french(f"Le rapport : {options.rapport}"))
    return _PRESSING if any(finding.verdict.pressing for finding in found.values()) else _FINE


if __name__ == "__main__":
    raise SystemExit(run(main, "La visite est incomplète : relancez la commande, elle reprendra."))
