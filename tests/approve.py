"""Keep whole answers, as people and machines get them, and show what changes in them: `make approve`.

The questions are the cases of `tests/cases/` that say `approuvee`. What is kept of an answer changes with it alone: not
the same case under other amounts of the law, nor what the table of articles says of one, nor when an amount was checked
and until when it is good, which other tests look at.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

from calculators.outcome import Refused
from calculators.registry import get
from calculators.text import answer_as_text
from tests.cases import answered, cases
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.cases import Cas

FOLDER = ROOT / "tests/approved"
#: What is heard of a calculator, kept beside its answers, comes from a browser: tests/looks/listen.py.
HEARD = "a-l-ecoute.txt"
#: What an answer holds that does not come from it.
_OF_THE_LAW = {
    "comparaison",
    "enonce",
    "citation",
    "lien",
    "verifie_le",
    "valable_jusqu_au",
    "revision_attendue",
    "regles",
    "version_du",
}


def answers(those: Iterable[Cas] | None = None) -> dict[str, str]:
    """The answers to keep, by file name: of each question, or of those given, one for machines and one for people."""
    found: dict[str, str] = {}
    for cas in cases() if those is None else those:
        if cas.approuvee:
            for suffix, text in _both(cas):
                name = f"{cas.calculateur}/{_slug(cas.qui)}.{suffix}"
                if name in found:
                    raise ValueError(f"two cases would be kept as {name}")
                found[name] = text
    return found


def kept(folder: Path = FOLDER) -> dict[str, str]:
    """The answers kept, by file name."""
    files = [path for path in folder.rglob("*") if path.suffix in {".json", ".txt"} and path.name != HEARD]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(files)}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Lines of the difference between two sets of answers, as `git diff` shows them."""
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        yield from difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"approuvé/{name}", f"maintenant/{name}", lineterm="", n=1
        )


def _both(cas: Cas) -> Iterator[tuple[str, str]]:
    calculator = get(cas.calculateur)
    outcome = answered(cas)
    if isinstance(outcome, Refused):
        raise TypeError(f"refused, so there is no answer to keep: {cas.qui}")
    yield "json", json.dumps(_its_own(outcome.to_dict()), ensure_ascii=False, indent=1) + "\n"
    yield "txt", answer_as_text(calculator, outcome.inputs, outcome.result) + "\n"


def _its_own(data: Any) -> Any:
    """What of an answer for machines comes from it."""
    if isinstance(data, dict):
        return {name: _its_own(value) for name, value in data.items() if name not in _OF_THE_LAW}
    return [_its_own(value) for value in data] if isinstance(data, list) else data


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.replace("€", "euros")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def keep(folder: Path, before: Mapping[str, str], after: Mapping[str, str], *, asks: bool | None = None) -> int:
    """Show what changed between two sets of files, then write it in `folder`; at a terminal, once the person agrees."""
    asks = sys.stdin.isatty() if asks is None else asks
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    if not changed:
        print(f"{len(after)} réponses approuvées, aucune n'a changé.")
        return 0
    for line in differences(before, after):
        print(line)
    print(f"\n{len(changed)} réponses sur {len(after)} ont changé.")
    if asks and input("Chaque différence est-elle celle que vous vouliez ? [o/N] ").strip().lower() not in {"o", "oui"}:
        print("Rien n'est changé.")
        return 1
    for name in changed:
        path = folder / name
        if name in after:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(after[name], "utf-8")
        else:
            path.unlink()
    print("Les réponses approuvées sont écrites dans tests/approved/. Relisez-les avec git diff avant d'envoyer.")
    return 0


def main(folder: Path = FOLDER, *, asks: bool | None = None) -> int:
    """Show what changed in the answers, then keep it."""
    return keep(folder, kept(folder), answers(), asks=asks)


if __name__ == "__main__":
    raise SystemExit(main())
