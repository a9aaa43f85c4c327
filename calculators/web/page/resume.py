"""Python's memory, kept at build once everything was imported and tried, and taken up again in the reader's browser.

:func:`prepare` runs at build, inside Pyodide: what it leaves in memory is the snapshot. :func:`resume` runs in the
browser right after. Modules that were not in memory by then cannot be imported any more: the snapshot has no library.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json
import linecache
import random
import sys
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


#: What reads the law: read once and kept, it is never read again, and the snapshot would hold its readers for nothing.
_READ_ONCE = {
    f"calculators.law.{name}"
    for name in ("loader", "courriers.reading", "pieces.advice", "pieces.documents", "pieces.names")
}
_READ_ONCE |= {"tomllib", "tomllib._parser", "tomllib._re", "tomllib._types"}


def _let_go_of_readers() -> None:
    for name, module in [*sys.modules.items()]:
        if name.startswith("calculators."):
            for known, value in [*vars(module).items()]:
                read = getattr(value, "__module__", None) in _READ_ONCE or getattr(value, "__name__", "") in _READ_ONCE
                if read and known not in {"law", "load", "__spec__"}:
                    delattr(module, known)
    for name in _READ_ONCE:
        if name.startswith("tomllib"):
            sys.modules.pop(name, None)


def prepare(requests: str) -> None:
    """Bring everything into memory: `requests` is a JSON list of requests to answer, several times over."""
    for _ in range(3):
        exercise(json.loads(requests))
    # Where the library was will be nothing: what Python remembers of it is of no use.
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001
    linecache.clearcache()
    _let_go_of_readers()
    french.cache_clear()


def resume() -> None:
    """Put right what must not be the same in every reader's browser.

    Only chance: the day and the hour are asked of the browser each time. The names of its time zone alone are not.
    """
    random.seed()
