"""Many questions at once: a CSV of answers in, the same CSV with the results out, one line at a time.

The columns are those of the declaration: a question's name, a short name, or ``comptes.2.solde`` for a column of a
row. A column ``reference`` is carried along and not read. A faulty line never stops the others: it comes out with its
errors in the last column. Memory does not grow with the file.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of, unflatten
from calculators.errors import FieldError, InputError
from calculators.outcome import Answered, ask_calculator
from calculators.result import machine
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calculators.result import Calculator, Quantity, Result

__all__ = ["Batch", "columns", "decoded"]

_CARRIED = "reference"
_PREFIX = "resultat."
_DELIMITERS = (";", ",", "\t")
_BOM = "\ufeff"


def columns(calculator: Calculator[Any]) -> list[str]:
    """The columns a file may have, a group of rows by its first: what to begin a new file with."""
    found = [_CARRIED]
    for field in fields_of(calculator.inputs):
        if field.kind is Kind.LIGNES:
            found += [f"{field.nom}.1.{column.nom}" for column in field.colonnes]
        elif not field.question.cache:
            found.append(field.nom)
    return found


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


def decoded(stream: Iterable[bytes]) -> Iterator[str]:
    """Read lines as UTF-8, or as the Windows spreadsheets of before when they are not."""
    first = True
    for raw in stream:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        yield text.removeprefix(_BOM) if first else text
        first = False


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
            InputError: it has no column, or one that is unknown or there twice.
        """
        self.calculator = calculator
        self.today = today
        self.done = self.faulty = 0
        self.delimiter = max(_DELIMITERS, key=header.count)
        rows = list(csv.reader([header.removeprefix(_BOM)], delimiter=self.delimiter))
        self.columns = [name.strip() for name in rows[0]] if rows else []
        faults = [self._fault(name) for name in self.columns if not _is_known(calculator, name)]
        if len(set(self.columns)) != len(self.columns):
            faults.append(FieldError("", french("Une même colonne est là deux fois dans l'en-tête.")))
        if not self.columns or faults:
            raise InputError(faults or [FieldError("", french("Le fichier est vide : il faut un en-tête."))])
        # The example has every result a calculator gives, whatever the answers.
        example = ask_calculator(calculator, {"aujourdhui": today, **calculator.exemple})
        self._results = list(self._cells(example.result)) if isinstance(example, Answered) else []

    def _fault(self, name: str) -> FieldError:
        known = ", ".join(columns(self.calculator))
        return FieldError(
            name[:60], french(f"Cette colonne n'est pas une question de ce calculateur. Colonnes connues : {known}.")
        )

    @property
    def header(self) -> str:
        """The first line of the answer."""
        return self._line([*self.columns, *(_PREFIX + cle for cle in self._results), "avertissements", "erreurs"])

    def answer(self, lines: Iterable[str]) -> Iterator[str]:
        """Answer each line, without its end."""
        reader = csv.reader(lines, delimiter=self.delimiter)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._written(
                    [], [FieldError("", french("Cette ligne n'est pas lisible : un champ est démesuré."))]
                )
                continue
            if any(cell.strip() for cell in row):
                yield self._answered(row)

    def _answered(self, row: list[str]) -> str:
        if len(row) > len(self.columns):
            found = french(f"Cette ligne a {len(row)} champs pour {len(self.columns)} colonnes.")
            return self._written(row[: len(self.columns)], [FieldError("", found)])
        given = {name: cell for name, cell in zip(self.columns, row, strict=False) if cell.strip() and name != _CARRIED}
        data = {"aujourdhui": self.today, **unflatten(given)}
        outcome = ask_calculator(self.calculator, data)
        if not isinstance(outcome, Answered):
            return self._written(row, outcome.erreurs)
        values = self._cells(outcome.result)
        warnings = " ".join(warning.code for warning in outcome.result.avertissements)
        return self._written(row, (), [*(values.get(cle, "") for cle in self._results), warnings])

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
        padding = [""] * (len(self.columns) - len(row))
        errors = " | ".join(f"{fault.champ} : {fault.message}" if fault.champ else fault.message for fault in faults)
        return self._line([*row, *padding, *(results or [""] * (len(self._results) + 1)), french(errors)])

    def _line(self, cells: Sequence[str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator="").writerow(cells)
        return out.getvalue()
