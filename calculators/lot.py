"""Many questions at once: a CSV of answers in, the same CSV with the results out, one line at a time.

The columns are those of the declaration: a question's name, a short name, or ``comptes.2.solde`` for a column of a
row. A column ``reference`` is carried along and not read. A faulty line never stops the others: it comes out with its
errors in the last column. Memory does not grow with the file. The command line and the page both feed a
:class:`Stream`, so that the same file gives them the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of, unflatten
from calculators.errors import FieldError, InputError
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.result import machine
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from calculators.result import Calculator, Quantity, Result

__all__ = ["Batch", "Stream", "columns", "model"]

_CARRIED = "reference"
_PREFIX = "resultat."
_DELIMITERS = (";", ",", "\t")
_BOM = "\ufeff"
_LONGEST_LINE = 1 << 20  # a line without end is cut: memory must not grow with it
_LONGEST_RECORD = 30  # lines of one record: beyond, a quotation mark was opened and not closed
_SHOWN = 60
_NOT_CLOSED = 'Un guillemet (") ouvre un champ et rien ne le ferme. Fermez-le, ou retirez-le.'
_SAVE_AS = "Dans le tableur, choisissez « Enregistrer sous », puis le format CSV."
# What a spreadsheet would run instead of showing; a number may begin with its sign.
_FORMULA = re.compile(r"[=@\t\r\n\uff1d\uff20]|[+\-\uff0b\uff0d](?![\d\s.,\u202f]*€?$)")
#: How a file begins that is no CSV, and what it is.
_NOT_TEXT = (
    (b"PK\x03\x04", "un classeur"),
    (b"\xd0\xcf\x11\xe0", "un classeur"),
    (b"%PDF", "un document PDF"),
    (b"\xff\xfe", "un texte Unicode (UTF-16)"),
    (b"\xfe\xff", "un texte Unicode (UTF-16)"),
)


class _Unfinished(Exception):  # noqa: N818  # not an error: the rest of the record is still to come
    """The record goes on in the next line."""


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
    """A cell of the file, which no spreadsheet takes for a formula.

    >>> [_harmless(text) for text in ("=1+1", "-12,50", "+33 6", "-A1", "@x", "dossier 4")]
    ["'=1+1", '-12,50', '+33 6', "'-A1", "'@x", 'dossier 4']
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


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
        self._open: list[str] = []
        self.delimiter = max(_DELIMITERS, key=header.count)
        # Spreadsheets take a file with this mark for UTF-8; those that write « ; » need it.
        self.mark = _BOM if header.startswith(_BOM) or self.delimiter == ";" else ""
        self.end = "\r\n" if header.endswith("\r\n") else "\n"
        rows = list(csv.reader([header.removeprefix(_BOM)], delimiter=self.delimiter))
        self.columns = [name.strip().lower() for name in rows[0]] if rows else []
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
        unknown = [name for name in self.columns if not _is_known(self.calculator, name)]
        if len(unknown) == len(self.columns):
            yield FieldError(
                "",
                french(
                    "La première ligne du fichier doit nommer les colonnes. Aucune de celles-ci n'est connue : "
                    f"« {' », « '.join(name[:_SHOWN] for name in unknown[:5])} ». Colonnes connues : {known}."
                ),
            )
            return
        for name in unknown:
            subject = "cette colonne" if name else "une colonne n'a pas de nom. Elle"
            text = "n'est pas une question de ce calculateur. Renommez-la ou retirez-la. Colonnes connues :"
            yield FieldError(name[:_SHOWN], french(f"{subject} {text} {known}."))
        for name in dict.fromkeys(n for n in self.columns if self.columns.count(n) > 1):
            yield FieldError(name[:_SHOWN], french("cette colonne est là deux fois. Gardez-en une."))
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
        self._open.append(line)
        try:
            row = next(csv.reader(self._given(), delimiter=self.delimiter))
        except _Unfinished:
            if len(self._open) > _LONGEST_RECORD:
                yield from self._give_up()
        except csv.Error:
            yield from self._give_up("Cette ligne n'est pas lisible : un champ est démesuré.")
        else:
            faults, results = self._asked(row)
            if faults and any(map(self._stands_alone, self._open[1:])):
                yield from self._give_up()
                return
            self._open.clear()
            if any(cell.strip() for cell in row):
                yield self._written(row[: len(self.columns)], faults, results)

    def _stands_alone(self, line: str) -> bool:
        """Whether a line that a quotation mark may have drawn into a faulty record is a good one by itself."""
        row = next(csv.reader([line], delimiter=self.delimiter), [])
        return len(row) == len(self.columns) and not self._asked(row)[0]

    def close(self) -> Iterator[str]:
        """Answer what is left when the file ends."""
        while self._open:
            yield from self._give_up()

    def _given(self) -> Iterator[str]:
        yield from self._open
        raise _Unfinished

    def _give_up(self, why: str = _NOT_CLOSED) -> Iterator[str]:
        """Take the first line of a record that cannot be read for a faulty one, and read the others again."""
        first, *others = self._open
        self._open.clear()
        cells = [cell.strip('"\r\n ')[:_SHOWN] for cell in first.split(self.delimiter, len(self.columns))]
        yield self._written(cells[: len(self.columns)], [FieldError("", french(why))])
        for line in others:
            yield from self.line(line)

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
        return self._line([*cells, *(results or [""] * (len(self._results) + 1)), french(errors)])

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

    def __init__(self, calculator: Calculator[Any], today: str) -> None:
        """Wait for the first piece."""
        self._calculator = calculator
        self._today = today
        self._rest = b""
        self._lines: deque[bytes] = deque()
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
            self._lines.extend(line[at : at + _LONGEST_LINE] for at in range(0, len(line), _LONGEST_LINE))
        while len(self._rest) > _LONGEST_LINE:
            self._lines.append(self._rest[:_LONGEST_LINE])
            self._rest = self._rest[_LONGEST_LINE:]

    def answers(self, most: int = 1 << 30) -> str:
        """Answer the lines that have come, ``most`` of them at most; the first answer begins with the header.

        Raises:
            InputError: the file is not a CSV, or its header is not one.
        """
        out: list[str] = []
        while self._lines and most > 0:
            raw = self._lines.popleft()
            most -= 1
            line = self._text(raw)
            if self._batch is not None:
                out += self._batch.line(line)
            elif line.strip(f"{_BOM} \t\r\n"):
                self._batch = Batch(self._calculator, line, self._today)
                out.append(self._batch.mark + self._batch.header)
            self.read += len(raw)
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
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode("cp1252", "replace")
