"""A letter laid out for a word processor: its parts in, paragraphs and tables out, as plain data.

What stands where is decided here and nowhere else. Two writers put it in a .docx file, each with a library that others
keep: `calculators/web/js/letter/word.mjs` in the page, `word` on the command line. Lengths are in millimetres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.result import Bloc, Partie
from calculators.typography import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculators.result import Result

__all__ = ["BLANKS", "Paragraph", "Run", "Sheet", "Table", "blocs_of", "laid_out", "sheet_of"]

#: A blank, in the words of :data:`calculators.letters.words.letter.BLANK`.
BLANKS = re.compile(r"(\[… [^\]\n]* …\])")

#: The address stands where the window of an envelope is: from 105 mm on the left, between 50 and 90 mm from the top.
_SENDER, _ADDRESS, _ADDRESS_LEFT, _LINE = 30, 40, 80, 5
#: Between two paragraphs, before what is listed, and below the name for the signature.
_GAP, _LISTED_LEFT, _SIGNATURE = 3, 6, 20
#: What a copied text may hold unseen: a place to cut a word, a join, the mark of a file's encoding.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BOX = "☐ "
_KEPT = frozenset({Partie.GARDE, Partie.CASES})


@dataclass(frozen=True, slots=True)
class Run:
    """Words written in one way; ``blank``: still to be filled, and seen from afar."""

    text: str
    bold: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or more.

    Attributes:
        runs: its words.
        left: how far from the margin.
        after: the space below.
        line: the height of a line, exactly; 0: as the letters need.
        new_page: it begins a sheet.
        keep_next: it stays on the sheet of the next one.
    """

    runs: tuple[Run, ...] = ()
    left: float = 0
    after: float = 0
    line: float = 0
    new_page: bool = False
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each; the first row is that of the headings."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter on A4, and what its sender keeps of it on a sheet of its own."""

    title: str
    parts: tuple[Paragraph | Table, ...]
    language: str = "fr-FR"
    font: str = "Arial"
    size: int = 11  # points
    width: float = 210
    height: float = 297
    top: float = 20
    right: float = 20
    bottom: float = 20
    left: float = 25


def sheet_of(result: Result) -> Sheet:
    """Lay out the letter of an answer; an empty sheet when it has none."""
    letter, typeset = result.lettre, result.langue.typeset
    if letter is None:
        return laid_out((), "")
    blocs = (
        Bloc(bloc.partie, typeset(bloc.texte), tuple(tuple(map(typeset, line)) for line in bloc.lignes))
        for bloc in (*letter.blocs, *letter.garde)
    )
    return laid_out(tuple(blocs), typeset(letter.titre))


def blocs_of(parts: Sequence[Mapping[str, object]]) -> Iterator[Bloc]:
    """The parts of a letter as the page holds them, once its reader has changed them.

    Raises:
        ValueError: one is no part of a letter.
    """
    for part in parts:
        lines = part.get("lignes") or ()
        if not isinstance(lines, list | tuple):
            raise ValueError("the lines of a table are a list")  # noqa: TRY004  # one error for what is not a letter
        yield Bloc(
            Partie(str(part["partie"])), str(part.get("texte") or ""), tuple(tuple(map(str, line)) for line in lines)
        )


def laid_out(blocs: Sequence[Bloc], title: str) -> Sheet:
    """Lay out a letter.

    >>> laid_out([Bloc(Partie.TEXTE, "Bonjour [… qui …]")], "Essai").parts[0].runs
    (Run(text='Bonjour ', bold=False, blank=False), Run(text='[… qui …]', bold=False, blank=True))
    """
    parts: list[Paragraph | Table] = []
    for number, bloc in enumerate(blocs):
        if bloc.partie in _KEPT:
            before = blocs[number - 1].partie if number else None
            parts += _kept(bloc, first=before not in _KEPT)
        elif bloc.lignes:
            # The empty line that parts a table from what follows.
            parts += [_table(bloc.lignes), Paragraph()]
        else:
            parts += _paragraphs(bloc)
    return Sheet(_clean(title), tuple(parts))


def _clean(text: str) -> str:
    """A text without what would break the file, nor what is not seen."""
    return harmless(_UNSEEN.sub("", text).replace("\t", " "))


def _runs(text: str, *, bold: bool = False) -> tuple[Run, ...]:
    """A text, its blanks apart."""
    pieces = enumerate(BLANKS.split(text))
    return tuple(Run(piece, bold=bold, blank=bool(number % 2)) for number, piece in pieces if piece)


def _paragraphs(bloc: Bloc) -> Iterator[Paragraph]:
    """The lines of a part, each a paragraph, with what each kind of part needs around it."""
    lines = _clean(bloc.texte).split("\n")
    height, left = {
        Partie.EXPEDITEUR: (_SENDER, 0),
        Partie.DESTINATAIRE: (_ADDRESS, _ADDRESS_LEFT),
    }.get(bloc.partie, (0, _ADDRESS_LEFT if bloc.partie in {Partie.LIEU, Partie.SIGNATURE} else 0))
    below = _SIGNATURE if bloc.partie is Partie.SIGNATURE else _GAP
    last = max(height - _LINE * len(lines), 0) if height else below
    for number, line in enumerate(lines, 1):
        ends = number == len(lines)
        yield Paragraph(
            _runs(line, bold=bloc.partie is Partie.OBJET),
            left=left,
            after=last if ends else 0,
            line=_LINE if height else 0,
            keep_next=bloc.partie is Partie.SIGNATURE and not ends,
        )


def _kept(bloc: Bloc, *, first: bool) -> Iterator[Paragraph]:
    """What the sender keeps: a heading, then its lines, with a box to tick before each when they are to be ticked."""
    items = [_clean(" ".join(line)) for line in bloc.lignes]
    yield Paragraph(
        _runs(_clean(bloc.texte), bold=True), after=0 if items else _GAP, new_page=first, keep_next=bool(items)
    )
    box = _BOX if bloc.partie is Partie.CASES else ""
    for number, item in enumerate(items, 1):
        yield Paragraph(_runs(box + item), left=_LISTED_LEFT, after=_GAP if number == len(items) else 1)


def _table(lines: Sequence[Sequence[str]]) -> Table:
    columns = max(len(line) for line in lines)
    return Table(
        tuple(
            tuple(_runs(_clean(cell), bold=not number) for cell in (*line, *[""] * (columns - len(line))))
            for number, line in enumerate(lines)
        )
    )
