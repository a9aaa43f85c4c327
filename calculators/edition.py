"""Which law data and rules answer: one identifier, said by every answer, its print, its link and its file.

It is the day on which the law data were last read, then what their content and that of the rules hash to:
``2026-11-28-a1b2c3``. Nothing of it depends on when or where something is built.

The browser receives it in a file made with the engine (:data:`FILE`), and the sources nowhere; everywhere else it is
worked out from the sources themselves (:mod:`calculators.fingerprint`), so that nobody has to keep it up to date.
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from calculators.calendar import in_words
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILE", "Edition", "edition", "edition_in_words", "published", "read_edition"]

#: What the browser is given in place of the sources: the identifier, and what changed since each published version.
FILE = "edition.json"
_FORM = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Edition:
    r"""A version of the law data and rules.

    >>> Edition("2026-11-28-a1b2c3").dite
    'règles du 28\xa0novembre 2026 (version 2026-11-28-a1b2c3)'
    """

    id: str

    @property
    def jour(self) -> date:
        """The day on which its law data were last read."""
        return date.fromisoformat(self.id[:10])

    @property
    def dite(self) -> str:
        """The same, inside a sentence."""
        return f"règles du {in_words(self.jour)} (version {self.id})"


def read_edition(text: str) -> Edition | None:
    """Read an identifier that anyone may have written; nothing when it has not its form.

    >>> read_edition("2026-11-28-a1b2c3"), read_edition("2026-02-31-a1b2c3"), read_edition("<b>")
    (Edition(id='2026-11-28-a1b2c3'), None, None)
    """
    if not (found := _FORM.fullmatch(text)):
        return None
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return None
    return Edition(text)


@cache
def _shipped() -> Mapping[str, Any] | None:
    """What was made for the browser; nothing where the sources are."""
    try:
        text = (resources.files("calculators") / FILE).read_text("utf-8")
    except FileNotFoundError:
        return None
    told: dict[str, Any] = json.loads(text)
    return told


@cache
def edition() -> Edition:
    """The version that answers here."""
    told = _shipped()
    return Edition(told["version"] if told else importlib.import_module("calculators.fingerprint").version())


@cache
def published() -> tuple[Mapping[str, Any], ...]:
    """What changed since each version that was published, as :func:`calculators.versions.records.since` has it."""
    told = _shipped()
    return tuple(told["depuis"] if told else importlib.import_module("calculators.versions.records").since())


def edition_in_words() -> str:
    """The line under an answer that says with which version it was worked out."""
    return french(f"Calculé avec les {edition().dite}.")
