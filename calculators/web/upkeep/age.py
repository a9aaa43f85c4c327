"""Say what grows old: `python -m calculators.web.upkeep.age`.

It names the values whose revision comes within 60 days, those that await theirs, and what was read more than a year
ago: values, articles, sources, pages. The day is `SITE_DATE`, or today. Status 1 when something is past, and only then;
with `--annonce`, what a build says of it, in a few lines, and always 0: an old site must still be built to be mended.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.errors import LawDataError
from calculators.law import law
from calculators.terminal import run, tell
from calculators.typography import french
from calculators.web.guides.checks import checked_days
from calculators.web.project.settings import SettingError, Settings
from calculators.web.upkeep.ageing import SOON, Kind, ages, past, soon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from calculators.web.upkeep.ageing import Age

__all__ = ["announcement", "main", "report"]

_COMMAND = "python -m calculators.web.upkeep.age"
_FINE, _PAST, _UNUSABLE = 0, 1, 2
_RULE = "=" * 100
#: How many of a kind an announcement names: the report names them all.
_NAMED = 5


def _line(age: Age) -> str:
    if age.kind is Kind.REVISION:
        return f"  {age.key} : {age.name} (révision attendue depuis le {in_words(age.expected)})"
    return f"  {age.key} : {age.name} (lu le {in_words(age.since)})"


def _coming(age: Age) -> str:
    return f"  {age.key} : {age.name} (révision attendue le {in_words(age.expected)})"


def report(old: Iterable[Age], coming: Sequence[Age], today: date) -> str:
    """Everything that is past, kind by kind, then the revisions to come; in French."""
    lines: list[str] = []
    for kind, some in itertools.groupby(old, key=lambda age: age.kind):
        every = list(some)
        lines += [f"{kind.value} : {len(every)}", *map(_line, every)]
    if coming:
        lines += [f"Révisions attendues d'ici {SOON.days} jours : {len(coming)}", *map(_coming, coming)]
    if not lines:
        lines.append(
            f"Au {in_words(today)}, rien n'est à relire, et aucune révision n'est attendue avant {SOON.days} jours."
        )
    return french("\n".join(lines))


def announcement(old: Sequence[Age], today: date) -> str:
    """What a build says when something is past: that it is, how much, and what to do; nothing when nothing is."""
    if not old:
        return ""
    lines = [_RULE, f"ATTENTION : au {in_words(today)}, ce site dit des choses qui ont peut-être changé.", ""]
    for kind, some in itertools.groupby(old, key=lambda age: age.kind):
        every = list(some)
        lines.append(f"  {kind.value} : {len(every)}")
        if kind is Kind.REVISION:
            lines += [f"    {age.name} (depuis le {in_words(age.expected)})" for age in every[:_NAMED]]
            lines += [f"    et {len(every) - _NAMED} de plus"] * (len(every) > _NAMED)
    lines += ["", f"Relisez-les avant de publier. La liste : {_COMMAND}", _RULE]
    return french("\n".join(lines))


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what grows old; 1 when something is past."""
    parser = argparse.ArgumentParser(
        prog=_COMMAND, description="Dit ce qui vieillit : montants, articles, sources, pages."
    )
    parser.add_argument("pages", nargs="?", type=Path, default=Path("docs"), help="le dossier des pages (docs)")
    parser.add_argument(
        "--annonce", action="store_true", help="en quelques lignes, et sans échouer : pour la construction"
    )
    options = parser.parse_args(arguments)
    if not options.pages.is_dir():
        tell(french(f"« {options.pages} » n'est pas un dossier de pages."))
        return _UNUSABLE
    try:
        today = Settings.read().day
        every = list(ages(law(), checked_days(options.pages)))
    except (SettingError, LawDataError) as error:
        tell(str(error))
        return _UNUSABLE
    old = past(every, today)
    if options.annonce:
        if said := announcement(old, today):
            tell(said)
        return _FINE
    print(report(old, soon(every, today), today))
    return _PAST if old else _FINE


if __name__ == "__main__":
    raise SystemExit(run(main, "La liste est incomplète."))
