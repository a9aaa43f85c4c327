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
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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
#: Questions put to one runtime.
_TOGETHER = 500


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


def _part(questions: list[str], filling: int) -> tuple[list[str], list[str]]:
    """Of some questions, those answered otherwise, then those to ask again."""
    with tempfile.TemporaryDirectory() as name:
        found = hot_answers(questions, Path(name), filling)
    pairs = list(zip(questions, found, strict=True))
    other = [question for question, mine in pairs if mine is not None and mine != answer(question)]
    return other, [question for question, mine in pairs if mine is None]


def compare(questions: list[str], filling: int = 0, jobs: int = 1) -> Compared:
    """Ask both Pythons, in so many processes, a part after the other: all the answers at once fill gigabytes."""
    begun = time.monotonic()
    parts = [questions[at : at + _TOGETHER] for at in range(0, len(questions), _TOGETHER)]
    with ProcessPoolExecutor(jobs) as processes:
        came = list(processes.map(_part, parts, [filling] * len(parts)))
    return Compared(
        len(questions),
        [question for other, _ in came for question in other],
        [question for _, again in came for question in again],
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
