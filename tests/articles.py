"""The articles we cite: `python -m tests.articles` lists those to read again.

An article may have changed since its text was read. Those read more than a year before `SITE_DATE` (today, by default)
are named, each with the day; nothing fails. Whatever else grows old, and a status: `make age`.

`python -m tests.articles FOLDER` writes `tests/vectors/articles_existants.txt` anew: of the articles we cite, those
that the consolidated texts of FOLDER hold, under the number that the official site gives them. FOLDER has one Markdown
file per code, whose articles begin with « ##### Article L162-2 »; such files are made of the open data of the DILA
(base LEGI). A code that is not there is left out, and its articles must say that their text was not read. What was
found once stays, for a folder may hold but extracts of a code: CTRAV L3422-2 was found in a full copy.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.law import law
from calculators.web.project.settings import Settings
from calculators.web.upkeep.ageing import Kind, ages, past
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.web.upkeep.ageing import Age

__all__ = ["FILES", "existing", "main", "to_read_again"]

_EXISTING = ROOT / "tests/vectors/articles_existants.txt"
#: The file of each code, in the folder of texts.
FILES = {
    "CCIV": "civil",
    "CCONSO": "consommation",
    "COJ": "coj",
    "CPC": "cpc",
    "CPCE": "cpce",
    "CRPA": "crpa",
    "CSS": "securite-sociale",
    "CTRAV": "travail",
    "CURB": "urbanisme",
    "LPF": "lpf",
}
_HEADING = re.compile(r"^#{3,6} Article (.+?)\s*$", re.MULTILINE)
_HEADER = """# Of the articles we cite, those that the consolidated texts hold, with their official number.
# Written by: python -m tests.articles FOLDER
"""


def to_read_again(today: date) -> list[Age]:
    """The articles whose text was read more than a year before a day."""
    return [age for age in past(ages(law(), {}), today) if age.kind is Kind.ARTICLE]


def existing() -> set[str]:
    """The articles that the committed list says exist."""
    return set(_EXISTING.read_text("utf-8").splitlines())


def _found(folder: Path) -> Iterator[str]:
    known = existing()
    for code in sorted(law().codes.values(), key=lambda code: code.cle):
        if code.cle not in FILES:
            continue
        text = (folder / f"{FILES[code.cle]}.md").read_text("utf-8")
        # Some headings have the star in front of the letter: it is the same number.
        numbers = {re.sub(r"^\*([A-Z])", r"\1*", number) for number in _HEADING.findall(text)}
        for article in code.articles.values():
            line = f"{code.cle} {article.numero_officiel}"
            if article.numero_officiel in numbers or line in known:
                yield line


def main(arguments: Sequence[str]) -> None:
    """List the articles to read again, or write the list of those that exist."""
    if arguments:
        _EXISTING.write_text(_HEADER + "\n".join(_found(Path(arguments[0]))) + "\n", "utf-8")
        return
    for age in to_read_again(Settings.read().day):
        print(f"à relire : {age.name}, lu le {in_words(age.since)}")


if __name__ == "__main__":
    main(sys.argv[1:])
