"""Put questions to the runtime's hot part, and count what it leaves to the whole runtime: `make parity`.

20,000 questions drawn by chance, with another seed than training's, and 10,000 as the page's own forms send them, take
the page's own path, a text in and a text out. Not one answer may have other bytes than those of this machine's Python.
The hot part may say that it cannot answer, and the question is then asked again of the whole runtime: seldom. All are
asked twice: the static data that the hot part was not given is filled with one byte, then with another.

`COUNT=2000 FORMS=1000 SEED=8 JOBS=1 make parity` for others.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from calculators.web.engine import bundle
from calculators.web.engine.cases import forms, requests
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from tests.helpers import ROOT

#: One question in so many may be asked again, of those drawn by chance and of those of the forms.
BY_CHANCE, BY_FORM = 1_000, 10_000
#: What the static data is filled with that the hot part was not given.
FILLINGS = (0x00, 0xFF)


def hot_answers(questions: list[str], folder: Path, filling: int = 0) -> list[str | None]:
    """Answers of the runtime's hot part, by the page's own path; none where it was asked for what it does not have."""
    python, runtime = bundle.kept_python(), bundle.shipped_runtime(Settings.read())
    hot = bundle.hot_part(python, runtime)
    asked, answers = folder / "asked.json", folder / "answers.json"
    asked.write_text(json.dumps(questions), "utf-8")
    job = {
        **bundle.resumed(python, runtime, folder / "empty.zip", hot / bundle.SNAPSHOT),
        "hot": str(hot / bundle.WASM),
        "emptied": str(hot / bundle.EMPTIED),
        "filling": filling,
        "questions": str(asked),
        "answers": str(answers),
    }
    bundle.run("asking the hot part", [str(bundle.NODE), str(ROOT / "tests/parity/hot.mjs"), json.dumps(job)])
    found: list[str | None] = json.loads(answers.read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Compared:
    """What came of some questions."""

    asked: int
    differing: list[str]
    replayed: list[str]
    seconds: float

    def faults(self, one_in: int) -> list[str]:
        """Say what is not as it has to be; one question in so many may be asked again."""
        told = [f"other bytes: {question}" for question in self.differing]
        if len(self.replayed) > max(1, self.asked // one_in):
            told += [f"asked again: {question}" for question in self.replayed]
        return told


def _aside(filling: int, questions: list[str]) -> list[str | None]:
    with tempfile.TemporaryDirectory() as name:
        return hot_answers(questions, Path(name), filling)


def compare(questions: list[str], filling: int = 0, jobs: int = 1) -> Compared:
    """Ask both Pythons, with so many processes each in its turn."""
    begun = time.monotonic()
    parts = [part for part in (questions[job::jobs] for job in range(jobs)) if part]
    with ThreadPoolExecutor(jobs) as aside:
        answered = list(aside.map(partial(_aside, filling), parts))
    found: list[str | None] = [None] * len(questions)
    for job, part in enumerate(answered):
        found[job::jobs] = part
    with ProcessPoolExecutor(jobs) as processes:
        expected = processes.map(answer, questions, chunksize=100)
        pairs = list(zip(questions, found, expected, strict=True))
    return Compared(
        len(questions),
        [question for question, mine, other in pairs if mine is not None and mine != other],
        [question for question, mine, _ in pairs if mine is None],
        time.monotonic() - begun,
    )


def main() -> int:
    """Ask, and say what came of it."""
    count, by_forms = int(os.environ.get("COUNT", "20000")), int(os.environ.get("FORMS", "10000"))
    seed, jobs = int(os.environ.get("SEED", "7")), int(os.environ.get("JOBS", str(os.cpu_count() or 1)))
    wrong = False
    for words, questions, one_in in (
        ("drawn by chance", list(requests(count, seed)), BY_CHANCE),
        ("as the page's forms send them", list(forms(by_forms, seed)), BY_FORM),
    ):
        for filling in FILLINGS:
            came = compare(questions, filling, jobs)
            print(
                f"{came.asked:,} questions {words} (seed {seed}, filling {filling:#04x}): {len(came.differing)} with "
                f"other bytes, {len(came.replayed)} asked again of the whole runtime ({came.seconds:.0f} s)",
                flush=True,
            )
            faults = came.faults(one_in)
            wrong |= bool(faults)
            for fault in faults or [f"asked again: {question}" for question in came.replayed]:
                print(fault, file=sys.stderr)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
