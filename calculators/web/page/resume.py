"""Python's memory, kept at build once everything was imported and tried, and taken up again in the reader's browser.

:func:`prepare` runs at build, inside Pyodide: what it leaves in memory is the snapshot. :func:`resume` runs in the
browser right after. Modules that were not in memory by then cannot be imported any more: the snapshot has no library.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import gc
import json
import linecache
import random
import traceback
import warnings
import zipimport
from typing import TYPE_CHECKING

from calculators.registry import CALCULATORS
from calculators.typography import french
from calculators.web.page.browser import answer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["exercise", "prepare", "resume"]


def exercise(requests: Iterable[str]) -> None:
    """Do what the page's worker may do: answer, and go down the paths where something fails."""
    day = "2026-01-01"
    nothing = [json.dumps({"calculateur": name, "champs": {}, "aujourdhui": day}) for name in CALCULATORS]
    # An example of each case: what a calculator reads only for one of them could not be read later.
    examples = [
        json.dumps({"calculateur": name, "champs": dict(example), "aujourdhui": day})
        for name, calculator in CALCULATORS.items()
        for example in (calculator.exemple, *calculator.exemples)
    ]
    for request in [*nothing, *examples, *requests]:
        with contextlib.suppress(Exception):
            answer(request)
    with warnings.catch_warnings(record=True):
        warnings.warn("tried", stacklevel=1)
    # What Python's own C code imports only when it is used, where no import statement tells.
    dt.datetime.strptime("2026-11-20+00:00", "%Y-%m-%d%z")
    copy.deepcopy(dt.date(2026, 11, 20))
    try:
        int("not a number")
    except ValueError:
        traceback.format_exc()


def prepare(requests: str) -> None:
    """Bring everything into memory: `requests` is a JSON list of requests to answer, several times over."""
    for _ in range(3):
        exercise(json.loads(requests))
    # Where the library was will be nothing: what Python remembers of it is of no use.
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001
    linecache.clearcache()
    french.cache_clear()
    gc.collect()
    gc.freeze()


def resume() -> None:
    """Put right what must not be the same in every reader's browser.

    Only chance: the day and the hour are asked of the browser each time. The names of its time zone alone are not.
    """
    random.seed()
