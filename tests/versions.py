"""Keep what the rules of today answer, as a published version: `make version`.

The questions are the cases worked out by hand (`tests/cases/`). Of a version that is kept already, nothing is written.
The day of the record is that of `SITE_DATE`, or today.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from calculators.declaration import to_flat
from calculators.edition import edition
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.versions.records import Question, Record, answer_to, described, records, unexplained, written
from calculators.versions.values import flat
from calculators.web.project.settings import Settings
from tests.cases import cases
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = ROOT / "calculators/versions/publiees"


def questions() -> Iterator[Question]:
    """Each case that is answered, with its answer now; once each question."""
    seen: set[str] = set()
    for cas in cases():
        day = cas.aujourdhui.isoformat()
        outcome = ask_calculator(get(cas.calculateur), {**cas.reponses, "aujourdhui": day})
        if isinstance(outcome, Answered):
            champs = to_flat(outcome.inputs)
            if (key := f"{cas.calculateur} {day} {champs}") not in seen:
                seen.add(key)
                yield Question(cas.calculateur, day, cas.reponses, answer_to(cas.calculateur, day, cas.reponses))


def record(day: str) -> Record:
    """What is here now, as a record of that day."""
    return Record(edition().id, day, flat(law()), tuple(sorted(law().corrections)), described(), tuple(questions()))


def unsaid(last: Record) -> list[str]:
    """What changed in the answers since a version, and that neither a dated value nor a correction tells readers."""
    new = [one for key, one in law().corrections.items() if key not in last.corrections]
    told = {name for one in new for name in one.calculateurs}
    found = []
    for question, now in unexplained(last):
        if question.calculateur not in told and not any(not one.calculateurs for one in new):
            found.append(f"{question.calculateur} {dict(question.champs)} : {dict(question.reponse)} puis {now}")
    return found


def main(folder: Path = FOLDER) -> int:
    """Write the record of the rules that are here; not while something changed that readers are not told."""
    known = records()
    if edition().id in {one.version for one in known}:
        print(f"Version {edition().id} : déjà enregistrée.")
        return 0
    if known and (lines := unsaid(known[-1])):
        print("\n".join(lines))
        print("Ces réponses ont changé : dites-le dans calculators/law/corrections.toml (`calculateurs`).")
        return 1
    made = record(Settings.read().day.isoformat())
    folder.mkdir(exist_ok=True)
    path = folder / f"{made.version}.json"
    path.write_text(written(made), "utf-8")
    print(f"Version {made.version} enregistrée, avec {len(made.questions)} réponses, dans {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
