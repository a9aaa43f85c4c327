"""A CSV of questions: one line in, the same line with its results out.

Memory does not grow with the file, and time grows with its bytes only.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from decimal import Decimal

# By their names, Python finds in the browser only those that a module there imports.
from encodings import utf_16, utf_16_be, utf_16_le
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calculators.errors import FieldError, InputError
from calculators.lot.columns import RESULT, WRITTEN
from calculators.lot.table import Answer, Table, results_of
from calculators.result import machine
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from calculators.outcome import Answered
    from calculators.result import Calculator, Quantity, Result

__all__ = ["CONTROL", "SAVE_AS", "Batch", "Stream", "one_case", "said"]

_DELIMITERS = (";", ",", "\t")
_BOM = "\ufeff"
_BLANK = b" \t\r\n;,"  # of lines that are answered by nothing
_LONGEST_LINE = 1 << 20  # of a line without end only the beginning is kept: memory must not grow with it
_LONGEST_RECORD = 30  # lines of one record: beyond, a quotation mark was opened and not closed
_SHOWN = 60
_TOO_LONG = "Cette ligne est démesurée : il y manque sans doute une fin de ligne, ou un guillemet."
_UNREADABLE = "Cette ligne n'est pas lisible : un champ est démesuré."
_LONG_HEADER = "La première ligne, qui doit nommer les colonnes, est démesurée."
_NOT_CLOSED = 'Un guillemet (") ouvre un champ et rien ne le ferme. Fermez-le, ou retirez-le.'
#: What to do with a file that is not read.
SAVE_AS = "Dans le tableur, choisissez « Enregistrer sous », puis le format CSV."
# What a spreadsheet would run instead of showing; a number may begin with its sign. It may part the cells in other
# places than the file does: what follows another separator, or the end of a line, may then begin a cell as well.
# Nothing is tried twice from inside one run of spaces: a cell may be made of them.
_NUMBER = r"[\d\s.,]*+€?+\s*+(?:$|[;|\"]|(?<=[,\t\r\n]))"
_FORMULA = re.compile(rf"(?<![\s\"])[\s\"]*+(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?!{_NUMBER}))")
_PARTS = frozenset(";,|\t\r\n")
#: A formula that can only be a text: how some exports keep the zeros before a number.
_CONSTANT = re.compile(r'="[\w ./:-]*"')
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: How a file begins that is no CSV, and what it is.
_NOT_TEXT = (
    (b"PK\x03\x04", "un classeur"),
    (b"\xd0\xcf\x11\xe0", "un classeur d'un ancien format (.xls), ou protégé par un mot de passe"),
    (b"%PDF", "un document PDF"),
)
#: A first line that says, to spreadsheets alone, how the cells are separated.
_SEPARATOR = re.compile(r'"?sep=([;,\t|])"?[;,\t]*', re.IGNORECASE)
#: How the texts in UTF-16 begin: with a mark, or else with a letter of our alphabet, of which one byte is zero.
_UTF_16 = (
    (re.compile(rb"\xff\xfe(?!\0\0)", re.DOTALL), utf_16.IncrementalDecoder),
    (re.compile(rb"\xfe\xff", re.DOTALL), utf_16.IncrementalDecoder),
    (re.compile(rb"[^\0]\0[^\0]\0", re.DOTALL), utf_16_le.IncrementalDecoder),
    (re.compile(rb"\0[^\0]\0[^\0]", re.DOTALL), utf_16_be.IncrementalDecoder),
)
_ENOUGH = 4  # bytes to tell it by
_LAST = b"\x1a"  # Ctrl-Z, with which old programs end a text


def _harmless(cell: str) -> str:
    r"""A cell with a text of the file, which no spreadsheet takes for a formula and no terminal for an order.

    >>> [_harmless(text) for text in ("=1+1", "-12,50", "+33 6", "-A1", "@x", "dossier 4", "a;=1+1", "1,-5", "\x1b[2J")]
    ["'=1+1", '-12,50', '+33 6', "'-A1", "'@x", 'dossier 4', "a;'=1+1", '1,-5', '�[2J']
    """
    if _CONSTANT.fullmatch(cell):
        return cell
    cell = CONTROL.sub("\ufffd", cell)
    first = "'" if cell[:1] in {"\t", "\r", "\n"} else ""
    return first + _FORMULA.sub(_quoted, cell)


def _quoted(found: re.Match[str]) -> str:
    """The spaces before what would be a formula at the beginning of a cell, with an apostrophe if they begin one."""
    begins = found.start() == 0 or found.string[found.start() - 1] in _PARTS or not _PARTS.isdisjoint(found[0])
    return f"{found[0]}'" if begins else found[0]


def said(faults: Sequence[FieldError]) -> str:
    """The faults of a line, in one cell."""
    return french(" | ".join(f"{fault.champ} : {fault.message}" if fault.champ else fault.message for fault in faults))


def _left_open(text: str, delimiter: str, *, inside: bool) -> bool:
    """Tell whether a quotation mark is open at the end of a line, which begins ``inside`` one or not.

    >>> _left_open('a;"b', ";", inside=False), _left_open('b";"c""', ";", inside=True)
    (True, True)
    """
    opening, at = f'{delimiter}"', 0
    if not inside:
        at = 1 if text.startswith('"') else text.find(opening) + 2
        if at == 1 and not text.startswith('"'):
            return False
    while at := text.find('"', at) + 1:
        if text.startswith('"', at):  # written twice, it is one of the text
            at += 1
        elif (at := text.find(opening, at) + 2) == 1:
            return False
    return True


def one_case(inputs: Mapping[str, str], result: Result) -> str:
    r"""Write one answer as a file that spreadsheets open: its questions, then its results, as those of a whole file.

    >>> from calculators.outcome import ask_calculator
    >>> from calculators.registry import get
    >>> found = ask_calculator(get("quotite"), {"aujourdhui": "2026-11-21", "date": "2026-11-20", "net": "1500"})
    >>> one_case({"net": "1500.00"}, found.result).splitlines()[1][:24]
    '1500,00;1500,00;234,76;1'
    """
    results = results_of(result)
    names = [*inputs, *(RESULT + cle for cle in results), WRITTEN[0]]
    values = [value.replace(".", ",") if _DECIMAL.fullmatch(value) else _harmless(value) for value in inputs.values()]
    cells = [_in_cell(quantity, ";") for quantity in results.values()]
    warnings = " ".join(warning.code for warning in result.avertissements)
    return _BOM + "".join(_row(line, ";") + "\r\n" for line in (names, [*values, *cells, warnings]))


def _in_cell(quantity: Quantity, delimiter: str) -> str:
    """Write a result as the spreadsheet that made the file reads it: with « ; » go decimal commas."""
    text = machine(quantity)
    return text.replace(".", ",") if delimiter == ";" and isinstance(quantity, Decimal) else text


def _row(cells: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    # The writer only quotes the ends of lines that it is given to write, on most Pythons.
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


class _Line:
    """A line of the file; what is known of it is found out once, however many records it is tried in."""

    def __init__(self, batch: Batch, text: str) -> None:
        self._batch = batch
        self.text = text

    def leaves_open(self, *, inside: bool) -> bool:
        """Tell whether a quotation mark is open after it."""
        return self._leaves_open_inside if inside else self._leaves_open_alone

    @cached_property
    def _leaves_open_inside(self) -> bool:
        return _left_open(self.text, self._batch.delimiter, inside=True)

    @cached_property
    def _leaves_open_alone(self) -> bool:
        return _left_open(self.text, self._batch.delimiter, inside=False)

    @cached_property
    def is_good(self) -> bool:
        """Tell whether it is a good record by itself."""
        return self._batch.is_good(self.text)


class Batch:
    """A file being answered: knows its columns and how they are separated.

    >>> from calculators.registry import get
    >>> batch = Batch(get("quotite"), "reference;date;net", "2026-11-21")
    >>> list(batch.answer(["A1;2026-11-30;1 500,00", "A2;2026-11-30;mille"]))[0].split(";")[:4]
    ['A1', '2026-11-30', '1 500,00', '1500,00']
    >>> batch.faulty
    1
    """

    def __init__(self, calculator: Calculator[Any], header: str, today: str, *, delimiter: str = "") -> None:
        """Read the header; ``delimiter``: what the file says that it separates its cells with.

        Raises:
            InputError: it has no column of ours, one of them is there twice, or one that every line needs is not.
        """
        self.done = self.faulty = 0
        self._open: list[_Line] = []
        self._inside = False  # a quotation mark
        self.delimiter = delimiter or max(_DELIMITERS, key=header.count)
        # Spreadsheets take a file with this mark for UTF-8; those that write « ; » need it.
        self.mark = _BOM if header.startswith(_BOM) or self.delimiter == ";" else ""
        self.end = "\r\n" if header.endswith("\r\n") else "\n"
        try:
            names = self._read([header.removeprefix(_BOM)])
        except csv.Error:
            raise InputError([FieldError("", french(_LONG_HEADER))]) from None
        self.table = Table(calculator, names, today)
        self.columns = self.table.columns
        #: Asks rows together, for who has more than one core; each is asked as it comes when there is none.
        self.together: Callable[[Table, Sequence[Sequence[str]]], Iterable[Answer]] | None = None

    @property
    def header(self) -> str:
        """The first line of the answer."""
        return _row(list(map(_harmless, self.table.header)), self.delimiter)

    def answer(self, lines: Iterable[str]) -> Iterator[str]:
        """Answer all these lines, with or without their ends."""
        for line in lines:
            yield from self.told(self.line(line))
        yield from self.told(self.close())

    def told(self, answers: Iterable[str | Sequence[str]]) -> Iterator[str]:
        """Write these answers; what is still to be asked among them is asked together, before the first is taken."""
        answers = list(answers)
        rows = [row for row in answers if not isinstance(row, str)]
        found = iter(self.together(self.table, rows) if self.together and rows else ())
        return (answer if isinstance(answer, str) else self._answered(answer, next(found)) for answer in answers)

    def line(self, line: str) -> Iterator[str | Sequence[str]]:
        """Answer one more line of the file, unless its record goes on in the next; or give the row that asks."""
        yield from self._take([_Line(self, line)])

    def _take(self, lines: Sequence[_Line]) -> Iterator[str | Sequence[str]]:
        waiting = deque(lines)
        while waiting:
            taken = waiting.popleft()
            self._open.append(taken)
            self._inside = taken.leaves_open(inside=self._inside)
            if not self._inside or len(self._open) > _LONGEST_RECORD:
                answer, again = self._record() if not self._inside else self._given_up()
                yield from answer
                waiting.extendleft(reversed(again))

    @property
    def is_open(self) -> bool:
        """Whether the last record goes on in the next line."""
        return bool(self._open)

    def refuse(self, beginning: str) -> Iterator[str | Sequence[str]]:
        """Answer a line that has no end, of which only the beginning is known."""
        yield from self.close()
        yield self._faulty(beginning, _TOO_LONG)

    def close(self) -> Iterator[str | Sequence[str]]:
        """Answer what is left when the file ends."""
        while self._open:
            answer, again = self._given_up()
            yield from answer
            yield from self._take(again)

    def _record(self) -> tuple[Sequence[str | Sequence[str]], Sequence[_Line]]:
        """Answer the record that the open lines make: its answer, and the lines that are to be read again."""
        try:
            row = self._read([line.text for line in self._open])
        except csv.Error:
            return self._given_up(_UNREADABLE)
        # Before anything is asked: exports end with blank lines by the hundred thousand.
        if self.table.is_blank(row):
            self._open.clear()
            return [], ()
        if self.together and len(self._open) == 1:
            self._open.clear()
            return [row], ()
        answer = self.table.ask(row)
        # A quotation mark may have drawn good lines into a faulty record.
        if answer.faults and any(line.is_good for line in self._open[1:]):
            return self._given_up()
        self._open.clear()
        return [self._answered(row, answer)], ()

    def _answered(self, row: Sequence[str], answer: Answer) -> str:
        self.table.tell(row, answer)
        return self._written(row, answer)

    def is_good(self, line: str) -> bool:
        """Tell whether a line is a good record by itself."""
        try:
            row = self._read([line])
        except csv.Error:
            return False
        return len(row) == len(self.columns) and not self.table.ask(row).faults

    def _given_up(self, why: str = _NOT_CLOSED) -> tuple[list[str], Sequence[_Line]]:
        """Take the first line of a record that cannot be read for a faulty one; the others are to be read again."""
        first, *others = self._open
        self._open.clear()
        self._inside = False
        return [self._faulty(first.text, why)], others

    def _faulty(self, line: str, why: str) -> str:
        cells = [cell.strip('"\r\n ')[:_SHOWN] for cell in line.split(self.delimiter, len(self.columns))]
        return self._written(cells, Answer([FieldError("", french(why))], {}, ""))

    def _read(self, lines: list[str]) -> list[str]:
        return next(csv.reader(lines, delimiter=self.delimiter), [])

    def _written(self, row: Sequence[str], answer: Answer) -> str:
        self.done += 1
        self.faulty += bool(answer.faults)
        delimiter = self.delimiter
        results = [
            _in_cell(answer.results[cle], delimiter) if cle in answer.results else "" for cle in self.table.results
        ]
        cells = [*map(_harmless, self.table.kept(row)), *results, answer.warnings]
        return _row([*cells, _harmless(said(answer.faults))], delimiter)


class Stream:
    r"""A file of questions that comes in pieces, of any size: bytes in, the text of the answers out.

    >>> from calculators.registry import get
    >>> stream = Stream(get("quotite"), "2026-11-21")
    >>> stream.feed(b"date,net\n2026-11-30,15")
    >>> stream.feed(b"00\n", last=True)
    >>> stream.answers().splitlines()[1].split(",")[:3]
    ['2026-11-30', '1500', '1500.00']
    """

    def __init__(
        self,
        calculator: Calculator[Any],
        today: str,
        heard: Callable[[Answered, str], object] | None = None,
        together: Callable[[Table, Sequence[Sequence[str]]], Iterable[Answer]] | None = None,
    ) -> None:
        """Wait for the first piece.

        Args:
            calculator: the one to ask.
            today: the reader's day.
            heard: is told of each answer, and of the reference of its line.
            together: asks many rows at once, in their order.
        """
        self._heard = heard
        self._together = together
        self._calculator = calculator
        self._today = today
        self._head = b""  # what has come, until it tells how the text is written
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = b""
        self._dropped = 0  # bytes of the line that has no end yet
        self._lines: deque[tuple[bytes, int]] = deque()  # what is kept of each, and its length
        self._batch: Batch | None = None
        self._separator = ""
        self._begun = self._ended = self._marked = False
        self._fed = self._came = self._read = 0  # bytes of the file; of its text in UTF-8; and of those, answered

    @property
    def read(self) -> int:
        """Bytes of the file that are answered, or being asked."""
        return self._read if self._decoder is None else self._read * self._fed // max(self._came, 1)

    def notices(self) -> list[str]:
        """What the reader should know of how the file was read."""
        return self._batch.table.notices() if self._batch else []

    @property
    def table(self) -> Table | None:
        """The columns of the file, once its header has come."""
        return self._batch.table if self._batch else None

    @property
    def done(self) -> int:
        """Lines answered, faulty ones included."""
        return self._batch.done if self._batch else 0

    @property
    def faulty(self) -> int:
        """Lines that could not be."""
        return self._batch.faulty if self._batch else 0

    @property
    def waiting(self) -> bool:
        """Whether what has come is not all answered."""
        return bool(self._lines)

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Take the next piece; ``last``: there are no more."""
        self._fed += len(data)
        if not self._begun:
            data = self._head = self._head + data
            if len(data) < _ENOUGH and not last:
                return
            self._begin(data)
        if self._decoder:
            data = self._decoder.decode(data, last).encode("utf-8", "replace")
        self._came += len(data)
        text = self._rest + data
        if last and text.endswith(_LAST):
            self._came -= len(text) - len(text := text.rstrip(_LAST))
        lines = text.splitlines(keepends=True)
        self._ended, self._rest = last, b""
        # A carriage return may be half of an end of line.
        if lines and not last and not lines[-1].endswith(b"\n"):
            self._rest = lines.pop()
        for line in lines:
            self._lines.append((line[: _LONGEST_LINE + 1], len(line) + self._dropped))
            self._dropped = 0
        if (more := len(self._rest) - _LONGEST_LINE - 2) > 0:
            self._rest = self._rest[: _LONGEST_LINE + 1] + self._rest[-1:]
            self._dropped += more

    def _begin(self, data: bytes) -> None:
        """Find out how the text is written."""
        self._begun, self._head = True, b""
        if decoder := next((one for how, one in _UTF_16 if how.match(data)), None):
            self._decoder = decoder("replace")

    def answers(self, most: int = 1 << 30) -> str:
        """Answer the lines that have come, ``most`` of them at most; the first answer begins with the header.

        Raises:
            InputError: the file is not a CSV, or its header is not one.
        """
        return "".join(self.begun(most))

    def begun(self, most: int) -> Iterator[str]:
        """Read ``most`` more lines and have them asked; their answers may be taken once others are being asked.

        Raises:
            InputError: as :meth:`answers`.
        """
        return self._told(self.taken(most))

    def taken(self, most: int = 1 << 30) -> list[str | Sequence[str]]:
        """Read ``most`` more of the lines that have come: what is answered already, and the rows that are to be asked.

        These are asked by ``together``, when they are :meth:`written`; without it, each is asked as it is read.
        """
        out: list[str | Sequence[str]] = []
        while self._lines and most > 0:
            raw, length = self._lines.popleft()
            if not raw.strip(_BLANK) and not (self._batch and self._batch.is_open):
                self._read += length
                continue
            most -= 1
            line = self._text(raw)
            if self._batch is None:
                out += self._heading(line, whole=len(raw) <= _LONGEST_LINE)
            else:
                out += self._batch.refuse(line) if len(raw) > _LONGEST_LINE else self._batch.line(line)
            self._read += length
        if self._ended and not self._lines:
            self._batch = self._batch or Batch(self._calculator, "", self._today)
            out += self._batch.close()
        return out

    def written(self, taken: Sequence[str | Sequence[str]]) -> str:
        """Write the answer of what was :meth:`taken`."""
        return "".join(self._told(taken))

    def _told(self, taken: Sequence[str | Sequence[str]]) -> Iterator[str]:
        if self._batch is None:
            return iter(())
        end = self._batch.end
        return (answer + end for answer in self._batch.told(taken))

    def _heading(self, line: str, *, whole: bool) -> list[str]:
        """Read a line that comes before any answer: blank, or of the separator, or of the names of the columns."""
        self._marked |= line.startswith(_BOM) or self._decoder is not None
        line = line.removeprefix(_BOM)
        if not line.strip(' \t\r\n;,"'):
            return []
        if found := _SEPARATOR.fullmatch(line.rstrip("\r\n")):
            self._separator = found[1]
            return []
        if not whole:
            raise InputError([FieldError("", french(_LONG_HEADER))])
        header = f"{_BOM}{line}" if self._marked else line
        self._batch = Batch(self._calculator, header, self._today, delimiter=self._separator)
        self._batch.table.heard = self._heard
        self._batch.together = self._together
        # A spreadsheet that knows « ; » by itself reads no accent after such a line.
        told = [f"sep={self._separator}"] if self._separator not in {"", ";"} else []
        first, *others = [*told, self._batch.header]
        return [self._batch.mark + first, *others]

    def _text(self, line: bytes) -> str:
        """Read a line as UTF-8, or as the Windows spreadsheets of before when it is not."""
        if self._read == 0 and (found := next((what for start, what in _NOT_TEXT if line.startswith(start)), "")):
            raise InputError([FieldError("", french(f"Ce fichier est {found}. {SAVE_AS}"))])
        try:
            # A line that was cut may end in the middle of a letter.
            return codecs.utf_8_decode(line, "strict", len(line) <= _LONGEST_LINE)[0]
        except UnicodeDecodeError:
            return line.decode("cp1252", "replace")
