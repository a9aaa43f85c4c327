"""How hard the pages and the texts of the law data are to read: `python -m tests.reading`, which `make lint` runs.

For each: the French reading ease of Kandel and Moles, as the library textstat counts it (the higher, the easier; its
syllables are those of a hyphenation dictionary, which misses some: compare pages rather than trust the figure), and the
words of its sentences. The score is only told, for it knows nothing of meaning: « caducité » counts as any other
word of four syllables. What fails is a sentence of more than 35 words, named with its file and line: nobody holds one
in mind, and it can always be cut.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import textstat

from calculators.law import law
from calculators.web.guides.values import render_value
from calculators.web.project.settings import Settings
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["LONGEST", "Sentence", "main", "sentences"]

#: In words.
LONGEST = 35

_DATA = re.compile(r"/// (?!details)\w")
_NOT_READ = re.compile(r"\s*(?:///|:::|!\[|<|#|\|?\s*:?-{3,}|[a-z]+: [a-z]+$)")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_TITLE = re.compile(r'\s*!!! \w+(?: "(.*)")?$')
_END = re.compile(r"(?<=[.!?…])[»)*_]*\s+(?=[«(*_]*\s?[A-ZÀÉÈÊÎÔÇ0-9])")
_TEXT = re.compile(r'\w+ = "(.*)"')
_WORD = re.compile(r"\w+(?:[-’'.,/]\w+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is read, and the line where it starts."""

    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has; what an apostrophe or a hyphen ties together is one.

        >>> Sentence(1, "L'acte, aujourd'hui : 1 000 €, peut-être.").words
        4
        """
        return len(_WORD.findall(re.sub(r"(?<=\d)\s(?=\d{3})", "", self.text)))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a page: its paragraphs, items of lists and cells of tables; no title, code, form nor source."""
    for start, lines in _blocks(text.split("\n")):
        joined, offsets = "", []
        for line in lines:
            offsets.append(len(joined))
            joined += f"{_plain(line).strip()} "
        place = 0
        for part in _END.split(joined.rstrip()):
            place = joined.index(part, place)
            if part.strip():
                yield Sentence(start + sum(offset <= place for offset in offsets) - 1, part.strip())
            place += len(part)


def sentences_of_data(text: str) -> Iterator[Sentence]:
    """The sentences of a file of the law data: every text on a line of its own.

    >>> [sentence.text for sentence in sentences_of_data('a = "Un. Deux."')]
    ['Un.', 'Deux.']
    """
    for number, line in enumerate(text.split("\n"), 1):
        if (found := _TEXT.fullmatch(line)) is not None:
            yield from (Sentence(number, part) for part in _END.split(found[1]) if part)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """What is read in one go, with the number of its first line."""
    block: list[str] = []
    closing = "---"  # the front matter is passed over as a block of data is
    for number, line in enumerate(lines, 1):
        if closing:
            closing = "" if line.strip() == closing and number > 1 else closing
            continue
        mark = re.match(r"\s*(```|~~~)", line)
        if mark or _DATA.match(line):
            closing = mark[1] if mark else "///"
        cells = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else []
        title = _TITLE.match(line)
        apart = not line.strip() or closing or title or cells or _NOT_READ.match(line)
        if block and (apart or _ITEM.match(line)):
            yield number - len(block), block
            block = []
        if title:
            yield number, [title[1] or ""]
        elif cells and not _NOT_READ.match(line):
            yield from ((number, [cell]) for cell in cells)
        elif not apart:
            block.append(_ITEM.sub("", line))
    if block:
        yield len(lines) - len(block), block


def _plain(line: str) -> str:
    """A line without its marks, and with the values it asks of the law."""
    today = Settings.read().day
    line = re.sub(r"\{\{\s*(.*?)\s*\}\}", lambda m: "".join(render_value(m[1], law(), today).itertext()), line)
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    line = re.sub(r"<[^>]*>|\{[^}]*\}|\*\*|__|`|^\s*> ?", "", line)
    return line.replace("\u00a0", " ").replace("\u202f", " ")


def _report(name: str, found: Sequence[Sentence]) -> str:
    whole = [sentence for sentence in found if sentence.words > 1]
    text = "\n".join(sentence.text.rstrip(" .:;") + "." for sentence in whole)
    counts = [sentence.words for sentence in whole] or [0]
    ease = textstat.flesch_reading_ease(text) if whole else 0
    mean = sum(counts) / len(counts)
    return f"{name:<46}{ease:>9.0f}{mean:>16.1f}{max(counts):>18}"


def main(files: Iterable[Path]) -> int:
    """Report on the pages and on the law data; 1 when a sentence is too long."""
    textstat.set_lang("fr")
    print(f"{'Facilité de lecture (Kandel-Moles)':<46}{'score':>9}{'mots par phrase':>16}{'la plus longue':>18}")
    too_long = 0
    for file in files:
        name = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        found = list((sentences_of_data if file.suffix == ".toml" else sentences)(file.read_text("utf-8")))
        print(_report(name.removeprefix("docs/"), found))
        for sentence in found:
            if sentence.words > LONGEST:
                too_long += 1
                words = f"{sentence.words} mots dans une phrase, {LONGEST} au plus"
                print(f"{name}:{sentence.line}: {words} : {sentence.text}", file=sys.stderr)
    return 1 if too_long else 0


if __name__ == "__main__":
    law_data = sorted((ROOT / "calculators/law").rglob("*.toml"))
    # The titles of texts and of pages are quoted as they are.
    own = [file for file in law_data if not file.name.startswith("sources")]
    papers = ROOT / "calculators/web/guides/papers.toml"
    raise SystemExit(main([*sorted((ROOT / "docs").rglob("*.md")), *own, papers]))
