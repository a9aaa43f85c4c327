"""Many questions at once: a CSV of answers in, the same CSV with the results out, one line at a time.

The columns are those of the declaration: a question's name, a short name, or ``comptes.2.solde`` for a column of a
row. A column ``reference`` is carried along and not read. A faulty line never stops the others: it comes out with its
errors in the last column. Memory does not grow with the file, and time grows with its bytes only. The command line and
the page both feed a :class:`Stream`, so that the same file gives them the same bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of, unflatten
from calculators.errors import FieldError, InputError
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.result import machine
from calculators.typography import french, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from calculators.result import Calculator, Quantity, Result

__all__ = ["Batch", "Stream", "columns", "model"]

_CARRIED = "reference"
_PREFIX = "resultat."
_DELIMITERS = (";", ",", "\t")
_BOM = "\ufeff"
_BLANK = b" \t\r\n;,"  # of lines that are answered by nothing
_LONGEST_LINE = 1 << 20  # of a line without end only the beginning is kept: memory must not grow with it
_LONGEST_RECORD = 30  # lines of one record: beyond, a quotation mark was opened and not closed
_SHOWN = 60
_NAMED = 5  # columns that are not known, of which a message speaks
_TOO_LONG = "Cette ligne est démesurée : il y manque sans doute une fin de ligne, ou un guillemet."
_UNREADABLE = "Cette ligne n'est pas lisible : un champ est démesuré."
_LONG_HEADER = "La première ligne, qui doit nommer les colonnes, est démesurée."
_NOT_CLOSED = 'Un guillemet (") ouvre un champ et rien ne le ferme. Fermez-le, ou retirez-le.'
_SAVE_AS = "Dans le tableur, choisissez « Enregistrer sous », puis le format CSV."
# What a spreadsheet would run instead of showing; a number may begin with its sign. It may part the cells in other
# places than the file does: what follows another separator, or the end of a line, may then begin a cell as well.
# Nothing is tried twice from inside one run of spaces: a cell may be made of them.
_NUMBER = r"[\d\s.,]*+€?+\s*+(?:$|[;|\"]|(?<=[,\t\r\n]))"
_FORMULA = re.compile(rf"(?<![\s\"])[\s\"]*+(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?!{_NUMBER}))")
_PARTS = frozenset(";,|\t\r\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: How a file begins that is no CSV, and what it is.
_NOT_TEXT = (
    (b"PK\x03\x04", "un classeur"),
    (b"\xd0\xcf\x11\xe0", "un classeur"),
    (b"%PDF", "un document PDF"),
    (b"\xff\xfe", "un texte Unicode (UTF-16)"),
    (b"\xfe\xff", "un texte Unicode (UTF-16)"),
)


def columns(calculator: Calculator[Any]) -> list[str]:
    """The columns a file may have, a group of rows by its first: what to begin a new file with."""
    found = [_CARRIED]
    for field in fields_of(calculator.inputs):
        if field.kind is Kind.LIGNES:
            found += [f"{field.nom}.1.{column.nom}" for column in field.colonnes]
        elif not field.question.cache:
            found.append(field.nom)
    return found


def model(calculator: Calculator[Any]) -> str:
    """A small file to begin with: the columns of the calculator's example, and that example."""
    lines = ([_CARRIED, *calculator.exemple], ["EXEMPLE", *map(str, calculator.exemple.values())])
    return "".join(";".join(cells) + "\r\n" for cells in lines)


def _named(column: str) -> str:
    """A column of the file, as messages name it."""
    return harmless(column[:_SHOWN])


def _most_columns(calculator: Calculator[Any]) -> int:
    """Count the names that a column may have: a file has no more columns."""
    return 1 + sum(
        field.question.max_lignes * len(field.colonnes) + len(field.question.abrege) if field.kind is Kind.LIGNES else 1
        for field in fields_of(calculator.inputs)
    )


def _is_known(calculator: Calculator[Any], column: str) -> bool:
    name, *rest = column.split(".")
    for field in fields_of(calculator.inputs):
        if field.kind is not Kind.LIGNES:
            if column == field.nom:
                return True
        elif column in field.question.abrege:
            return True
        elif name == field.nom and rest:
            number, *of_the_row = rest
            rows = {str(n) for n in range(1, field.question.max_lignes + 1)}
            return number in rows and of_the_row in [[c.nom] for c in field.colonnes]
    return column == _CARRIED


def _missing(calculator: Calculator[Any], given: Sequence[str]) -> Iterator[str]:
    """Columns without which no line can be answered."""
    implied: Collection[str] = getattr(calculator.inputs, "implied", ())
    for field in fields_of(calculator.inputs):
        question = field.question
        if not field.requis or not field.toujours or question.cache or field.nom in implied:
            continue
        if field.kind is not Kind.LIGNES:
            if field.nom not in given:
                yield field.nom
        elif not any(name in question.abrege or name.startswith(f"{field.nom}.") for name in given):
            yield next(iter(question.abrege), f"{field.nom}.1.{field.colonnes[0].nom}")


def _harmless(cell: str) -> str:
    r"""A cell with a text of the file, which no spreadsheet takes for a formula and no terminal for an order.

    >>> [_harmless(text) for text in ("=1+1", "-12,50", "+33 6", "-A1", "@x", "dossier 4", "a;=1+1", "1,-5", "\x1b[2J")]
    ["'=1+1", '-12,50', '+33 6', "'-A1", "'@x", 'dossier 4', "a;'=1+1", '1,-5', '�[2J']
    """
    cell = _CONTROL.sub("\ufffd", cell)
    first = "'" if cell[:1] in {"\t", "\r", "\n"} else ""
    return first + _FORMULA.sub(_quoted, cell)


def _quoted(found: re.Match[str]) -> str:
    """The spaces before what would be a formula at the beginning of a cell, with an apostrophe if they begin one."""
    begins = found.start() == 0 or found.string[found.start() - 1] in _PARTS or not _PARTS.isdisjoint(found[0])
    return f"{found[0]}'" if begins else found[0]


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

    def __init__(self, calculator: Calculator[Any], header: str, today: str) -> None:
        """Read the header.

        Raises:
            InputError: it has no column, one that is unknown or there twice, or not one that every line needs.
        """
        self.calculator = calculator
        self.today = today
        self.done = self.faulty = 0
        #: Told of each answer, and of the reference of its line.
        self.heard: Callable[[Answered, str], object] | None = None
        self._last: Answered | None = None
        self._open: list[_Line] = []
        self._inside = False  # a quotation mark
        self.delimiter = max(_DELIMITERS, key=header.count)
        # Spreadsheets take a file with this mark for UTF-8; those that write « ; » need it.
        self.mark = _BOM if header.startswith(_BOM) or self.delimiter == ";" else ""
        self.end = "\r\n" if header.endswith("\r\n") else "\n"
        try:
            names = self._read([header.removeprefix(_BOM)])
        except csv.Error:
            raise InputError([FieldError("", french(_LONG_HEADER))]) from None
        self.columns = [name.strip().lower() for name in names]
        if faults := tuple(self._faults()):
            raise InputError(faults)
        # The example has every result a calculator gives, unless the calculator says otherwise.
        example = ask_calculator(calculator, {"aujourdhui": today, **calculator.exemple})
        of_the_example = self._cells(example.result) if isinstance(example, Answered) else {}
        self._results = list(calculator.resultats(law()) if calculator.resultats else of_the_example)

    def _faults(self) -> Iterator[FieldError]:
        if not any(self.columns):
            yield FieldError("", french("Le fichier est vide : sa première ligne doit nommer les colonnes."))
            return
        known = ", ".join(columns(self.calculator))
        names = Counter(self.columns)
        unknown = [name for name in names if not _is_known(self.calculator, name)]
        if len(unknown) == len(names):
            yield FieldError(
                "",
                french(
                    "La première ligne du fichier doit nommer les colonnes. Aucune de celles-ci n'est connue : "
                    f"« {' », « '.join(map(_named, unknown[:_NAMED]))} ». Colonnes connues : {known}."
                ),
            )
            return
        if len(self.columns) > (most := _most_columns(self.calculator)):
            text = f"Ce fichier a {len(self.columns)} colonnes. Ce calculateur en connaît {most} au plus."
            yield FieldError("", french(f"{text} Retirez les autres."))
            return
        for name in unknown[:_NAMED]:
            subject = "cette colonne" if name else "une colonne n'a pas de nom. Elle"
            text = "n'est pas une question de ce calculateur. Renommez-la ou retirez-la. Colonnes connues :"
            yield FieldError(_named(name), french(f"{subject} {text} {known}."))
        if others := len(unknown[_NAMED:]):
            text = f"Autres colonnes que ce calculateur ne connaît pas : {others}. Retirez-les aussi."
            yield FieldError("", french(text))
        for name in [name for name, count in names.items() if count > 1][:_NAMED]:
            yield FieldError(_named(name), french("cette colonne est là deux fois. Gardez-en une."))
        for name in _missing(self.calculator, self.columns):
            yield FieldError(name, french("cette colonne manque. Sans elle, aucune ligne ne peut être calculée."))

    @property
    def header(self) -> str:
        """The first line of the answer."""
        return self._line([*self.columns, *(_PREFIX + cle for cle in self._results), "avertissements", "erreurs"])

    def answer(self, lines: Iterable[str]) -> Iterator[str]:
        """Answer all these lines, with or without their ends."""
        for line in lines:
            yield from self.line(line)
        yield from self.close()

    def line(self, line: str) -> Iterator[str]:
        """Answer one more line of the file, unless its record goes on in the next."""
        yield from self._take([_Line(self, line)])

    def _take(self, lines: Sequence[_Line]) -> Iterator[str]:
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

    def refuse(self, beginning: str) -> Iterator[str]:
        """Answer a line that has no end, of which only the beginning is known."""
        yield from self.close()
        yield self._faulty(beginning, _TOO_LONG)

    def close(self) -> Iterator[str]:
        """Answer what is left when the file ends."""
        while self._open:
            answer, again = self._given_up()
            yield from answer
            yield from self._take(again)

    def _record(self) -> tuple[list[str], Sequence[_Line]]:
        """Answer the record that the open lines make: its answer, and the lines that are to be read again."""
        try:
            row = self._read([line.text for line in self._open])
        except csv.Error:
            return self._given_up(_UNREADABLE)
        # Before anything is asked: exports end with blank lines by the hundred thousand.
        if not any(map(str.strip, row)):
            self._open.clear()
            return [], ()
        faults, results = self._asked(row)
        # A quotation mark may have drawn good lines into a faulty record.
        if faults and any(line.is_good for line in self._open[1:]):
            return self._given_up()
        self._open.clear()
        if self.heard and self._last and not faults:
            self.heard(self._last, dict(zip(self.columns, row, strict=False)).get(_CARRIED, ""))
        return [self._written(row[: len(self.columns)], faults, results)], ()

    def is_good(self, line: str) -> bool:
        """Tell whether a line is a good record by itself."""
        try:
            row = self._read([line])
        except csv.Error:
            return False
        return len(row) == len(self.columns) and not self._asked(row)[0]

    def _given_up(self, why: str = _NOT_CLOSED) -> tuple[list[str], Sequence[_Line]]:
        """Take the first line of a record that cannot be read for a faulty one; the others are to be read again."""
        first, *others = self._open
        self._open.clear()
        self._inside = False
        return [self._faulty(first.text, why)], others

    def _faulty(self, line: str, why: str) -> str:
        cells = [cell.strip('"\r\n ')[:_SHOWN] for cell in line.split(self.delimiter, len(self.columns))]
        return self._written(cells[: len(self.columns)], [FieldError("", french(why))])

    def _read(self, lines: list[str]) -> list[str]:
        return next(csv.reader(lines, delimiter=self.delimiter), [])

    def _asked(self, row: list[str]) -> tuple[Sequence[FieldError], Sequence[str]]:
        """The faults of a record, or else its results."""
        if len(row) > len(self.columns):
            found = (
                f"Cette ligne a {len(row)} champs pour {len(self.columns)} colonnes. Un champ qui contient le "
                "séparateur s'écrit entre guillemets."
            )
            return [FieldError("", french(found))], ()
        given = {name: cell for name, cell in zip(self.columns, row, strict=False) if cell.strip() and name != _CARRIED}
        data = {"aujourdhui": self.today, **unflatten(given)}
        outcome = ask_calculator(self.calculator, data)
        if not isinstance(outcome, Answered):
            return outcome.erreurs, ()
        self._last = outcome
        values = self._cells(outcome.result)
        warnings = " ".join(warning.code for warning in outcome.result.avertissements)
        return (), [*(values.get(cle, "") for cle in self._results), warnings]

    def _cells(self, result: Result) -> dict[str, str]:
        """The results of an answer, each in its cell; the documents of a list by their identifiers."""
        cells = {valeur.cle: self._cell(valeur.quantite) for valeur in result.valeurs}
        if result.pieces is not None:
            cells["pieces"] = " ".join(piece.id for piece in result.pieces)
        return cells

    def _cell(self, quantity: Quantity) -> str:
        """Write a result as the spreadsheet that made the file reads it: with « ; » go decimal commas."""
        text = machine(quantity)
        return text.replace(".", ",") if self.delimiter == ";" and isinstance(quantity, Decimal) else text

    def _written(self, row: list[str], faults: Sequence[FieldError], results: Sequence[str] = ()) -> str:
        self.done += 1
        self.faulty += bool(faults)
        cells = [*map(_harmless, row), *[""] * (len(self.columns) - len(row))]
        errors = " | ".join(f"{fault.champ} : {fault.message}" if fault.champ else fault.message for fault in faults)
        return self._line([*cells, *(results or [""] * (len(self._results) + 1)), _harmless(french(errors))])

    def _line(self, cells: Sequence[str]) -> str:
        out = io.StringIO()
        # The writer only quotes the ends of lines that it is given to write, on most Pythons.
        csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n").writerow(cells)
        return out.getvalue().removesuffix("\r\n")


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
        self, calculator: Calculator[Any], today: str, heard: Callable[[Answered, str], object] | None = None
    ) -> None:
        """Wait for the first piece; ``heard`` is told of each answer, and of the reference of its line."""
        self._heard = heard
        self._calculator = calculator
        self._today = today
        self._rest = b""
        self._dropped = 0  # bytes of the line that has no end yet
        self._lines: deque[tuple[bytes, int]] = deque()  # what is kept of each, and its length
        self._batch: Batch | None = None
        self._ended = False
        self.read = 0

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
        lines = (self._rest + data).splitlines(keepends=True)
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

    def answers(self, most: int = 1 << 30) -> str:
        """Answer the lines that have come, ``most`` of them at most; the first answer begins with the header.

        Raises:
            InputError: the file is not a CSV, or its header is not one.
        """
        out: list[str] = []
        while self._lines and most > 0:
            raw, length = self._lines.popleft()
            if not raw.strip(_BLANK) and not (self._batch and self._batch.is_open):
                self.read += length
                continue
            most -= 1
            line = self._text(raw)
            if self._batch is None:
                if line.strip(f"{_BOM} \t\r\n"):
                    if len(raw) > _LONGEST_LINE:
                        raise InputError([FieldError("", french(_LONG_HEADER))])
                    self._batch = Batch(self._calculator, line, self._today)
                    self._batch.heard = self._heard
                    out.append(self._batch.mark + self._batch.header)
            else:
                out += self._batch.refuse(line) if len(raw) > _LONGEST_LINE else self._batch.line(line)
            self.read += length
        if self._ended and not self._lines:
            self._batch = self._batch or Batch(self._calculator, "", self._today)
            out += self._batch.close()
        end = self._batch.end if self._batch else "\n"
        return "".join(answer + end for answer in out)

    def _text(self, line: bytes) -> str:
        """Read a line as UTF-8, or as the Windows spreadsheets of before when it is not."""
        if self.read == 0 and (found := next((what for start, what in _NOT_TEXT if line.startswith(start)), "")):
            raise InputError([FieldError("", french(f"Ce fichier est {found}, pas un CSV. {_SAVE_AS}"))])
        try:
            # A line that was cut may end in the middle of a letter.
            return codecs.utf_8_decode(line, "strict", len(line) <= _LONGEST_LINE)[0]
        except UnicodeDecodeError:
            return line.decode("cp1252", "replace")
