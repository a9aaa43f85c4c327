"""A table of questions, whatever file it stands in: what its columns are, and what each line of it is answered."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from calculators.declaration import Kind, unflatten
from calculators.errors import FieldError, InputError
from calculators.law import law
from calculators.lot.columns import RESULT, WRITTEN, Names, columns, is_reference, is_written
from calculators.outcome import Answered, ask_calculator
from calculators.typed import as_line
from calculators.typography import french, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from calculators.result import Calculator, Quantity, Result

__all__ = ["EXCEL_DAY_ZERO", "MOST_COLUMNS", "Answer", "Table", "results_of"]

MOST_COLUMNS = 1000
#: From which day spreadsheets count the days, unless the file says otherwise.
EXCEL_DAY_ZERO = date(1899, 12, 30)
_SHOWN = 60
_NAMED = 5  # columns of which a message speaks
#: A day as a spreadsheet keeps it: their number, with the time as decimals. Five digits: from 1927 to 2173.
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,][0-9]+)?")
_COMPLETED = "date_completee"
#: How some exports make a spreadsheet take a number for a text: ="00123", '1500.
_AS_TEXT = re.compile(r"""'?="((?:[^"]|"")*)\"""")


class Answer(NamedTuple):
    """What a line is answered: faults, or else each result by its name, the codes of the warnings, and the whole.

    ``counted``: its days that were written as spreadsheets keep them, with what was read.
    """

    faults: Sequence[FieldError]
    results: dict[str, Quantity]
    warnings: str
    answered: Answered | None = None
    counted: Sequence[tuple[str, date]] = ()


class Table:
    r"""The columns of a file, and the calculator that answers its lines.

    >>> from calculators.registry import get
    >>> table = Table(get("quotite"), ["Référence", "date", "net", "ville"], "2026-11-21")
    >>> table.ask(["A1", "46346", "1 500,00", "Lyon"]).results["saisissable"]
    Decimal('234.76')
    >>> [said.replace("\xa0", " ") for said in table.notices()][0]
    'Colonne recopiée sans être lue : « ville ».'
    """

    def __init__(
        self,
        calculator: Calculator[Any],
        names: Sequence[str],
        today: str,
        *,
        day_zero: date = EXCEL_DAY_ZERO,
        beyond: Callable[[int, int], str] | None = None,
    ) -> None:
        """Read the names of the columns.

        Args:
            calculator: the one to ask.
            names: as the file writes them; a column may have none.
            today: the reader's day.
            day_zero: the day from which a number of days is counted.
            beyond: says what is wrong with a line that has so many cells for so many columns.

        Raises:
            InputError: there is no column, one of ours is there twice, or one that every line needs is not there.
        """
        self._calculator = calculator
        self._today = today
        self._day_zero = day_zero
        self._beyond = beyond or _too_many
        #: Told of each answer that is given, and of the reference of its line.
        self.heard: Callable[[Answered, str], object] | None = None
        self.columns = [as_line(name) for name in names]
        self._names = Names(calculator)
        self._questions: list[tuple[int, str, Kind]] = []
        self._kept: list[int] = []
        self._carried: list[str] = []
        self._serials = 0
        self._serial = ("", date.min)
        if faults := tuple(self._faults()):
            raise InputError(faults)
        for place, name in enumerate(self.columns):
            if is_written(name):
                continue
            self._kept.append(place)
            if (question := self._names.question(name)) is not None:
                self._questions.append((place, question, self._names.kind(question)))
            elif name and not is_reference(name):
                self._carried.append(name)
        # The example has every result a calculator gives, unless the calculator says otherwise.
        example = ask_calculator(calculator, {"aujourdhui": today, **calculator.exemple})
        of_the_example = results_of(example.result) if isinstance(example, Answered) else {}
        self.results = list(calculator.resultats(law()) if calculator.resultats else of_the_example)

    def _faults(self) -> Iterator[FieldError]:
        if not any(self.columns):
            yield FieldError("", french("Le fichier est vide : sa première ligne doit nommer les colonnes."))
            return
        if len(self.columns) > MOST_COLUMNS:
            yield FieldError(
                "",
                french(f"Ce fichier a {len(self.columns)} colonnes, et {MOST_COLUMNS} au plus sont lues. Retirez-en."),
            )
            return
        asked = [question for name in self.columns if (question := self._names.question(name)) is not None]
        if not asked:
            known = ", ".join(columns(self._calculator))
            found = " », « ".join(_named(name) for name in list(filter(None, self.columns))[:_NAMED])
            yield FieldError(
                "",
                french(
                    "La première ligne du fichier doit nommer les colonnes. Aucune de celles-ci n'est connue : "
                    f"« {found} ». Colonnes connues : {known}."
                ),
            )
            return
        for name in dict.fromkeys(self.columns):
            if self._names.question(name) is None and self._names.is_of_a_group(name):
                text = f"cette colonne n'existe pas. Exemple : {self._example_of(name)}. Renommez-la ou retirez-la."
                yield FieldError(_named(name), french(text))
        for question in [question for question, count in Counter(asked).items() if count > 1][:_NAMED]:
            yield FieldError(question, french("cette colonne est là deux fois. Gardez-en une."))
        for question in self._names.missing(asked):
            near = next((name for name in self.columns if name and self._names.near(name) == question), "")
            told = f" « {_named(near)} » y ressemble : renommez-la." if near else ""
            text = f"cette colonne manque. Sans elle, aucune ligne ne peut être calculée.{told}"
            yield FieldError(question, french(text))

    def _example_of(self, name: str) -> str:
        group = name.partition(".")[0].lower()
        return next((column for column in columns(self._calculator) if column.startswith(f"{group}.")), group)

    @property
    def header(self) -> list[str]:
        """The names of the columns of the answer."""
        return [*self.kept(self.columns), *(RESULT + cle for cle in self.results), *WRITTEN]

    def notices(self) -> list[str]:
        """What the reader should know of how the file was read."""
        told = []
        if self._carried:
            said = ", ".join(f"« {_named(name)} »" for name in self._carried[:_NAMED])
            more = f" et {len(self._carried) - _NAMED} autres" if len(self._carried) > _NAMED else ""
            one = len(self._carried) == 1
            told.append(f"{'Colonne recopiée' if one else 'Colonnes recopiées'} sans être {_read(one)} : {said}{more}.")
        there = {question for _, question, _ in self._questions}
        near = ((name, self._names.near(name)) for name in self._carried)
        slips = [(name, question) for name, question in near if question and question not in there]
        told += [
            f"Si « {_named(name)} » répond à la question « {question} », nommez-la ainsi et recommencez."
            for name, question in slips[:_NAMED]
        ]
        if self._serials:
            text, day = self._serial
            told.append(
                f"Des dates étaient écrites en nombre de jours, comme les tableurs les gardent ({self._serials}). "
                f"Vérifiez-en une : « {text} » a été lu {day:%d/%m/%Y}."
            )
        return [french(said) for said in told]

    def is_blank(self, row: Sequence[str]) -> bool:
        """Tell whether a line says nothing, but what an answer added to it."""
        return not any(cell.strip() for cell in self.kept(row)) and not self._extra(row)

    def kept(self, row: Sequence[str]) -> list[str]:
        """The cells of a line that its answer begins with."""
        return [row[place] if place < len(row) else "" for place in self._kept]

    def kept_places(self) -> Sequence[int]:
        """Where these cells stand in the file."""
        return self._kept

    def asks(self, place: int) -> bool:
        """Tell whether the column at this place answers a question."""
        return any(place == asked for asked, _, _ in self._questions)

    def tell(self, row: Sequence[str], answer: Answer) -> None:
        """Take note of an answer that was given, and tell who listens."""
        if answer.counted:
            self._serial = self._serial if self._serials else answer.counted[0]
            self._serials += len(answer.counted)
        if self.heard and answer.answered:
            at = next((place for place, name in enumerate(self.columns) if is_reference(name)), len(row))
            self.heard(answer.answered, row[at] if at < len(row) else "")

    def _extra(self, row: Sequence[str]) -> bool:
        return any(cell.strip() for cell in row[len(self.columns) :])

    def ask(self, row: Sequence[str]) -> Answer:
        """Answer a line."""
        if self._extra(row):
            return Answer([FieldError("", french(self._beyond(len(row), len(self.columns))))], {}, "")
        given: dict[str, str] = {}
        counted: list[tuple[str, date]] = []
        for place, question, kind in self._questions:
            if place < len(row) and (text := _unwrapped(row[place], kind)):
                given[question] = text
                if kind is Kind.DATE and (found := _SERIAL.fullmatch(as_line(text))):
                    day = self._day_zero + timedelta(days=int(found[1]))
                    counted.append((text, day))
                    given[question] = day.isoformat()
        # Who listens hears the whole answer; a line of a table has only its figures.
        data = {"aujourdhui": self._today, **unflatten(given)}
        outcome = ask_calculator(self._calculator, data, figures=self.heard is None)
        if not isinstance(outcome, Answered):
            return Answer(outcome.erreurs, {}, "")
        warnings = [warning.code for warning in outcome.result.avertissements]
        if counted and _COMPLETED not in warnings:
            warnings.append(_COMPLETED)
        heard = outcome if self.heard else None
        return Answer((), results_of(outcome.result), " ".join(warnings), heard, counted)


def results_of(result: Result) -> dict[str, Quantity]:
    """The results of an answer; the documents of a list by their identifiers."""
    found = {valeur.cle: valeur.quantite for valeur in result.valeurs}
    if result.pieces is not None:
        found["pieces"] = " ".join(piece.id for piece in result.pieces)
    return found


def _unwrapped(cell: str, kind: Kind) -> str:
    r"""What a cell says, without what makes a spreadsheet take it for a text.

    >>> [_unwrapped(text, Kind.MONTANT) for text in ('="1500"', "'1500", '\'="1500"', " 1500 ")]
    ['1500', '1500', '1500', '1500']
    """
    text = cell.strip()
    if found := _AS_TEXT.fullmatch(text):
        return found[1].replace('""', '"').strip()
    return text.removeprefix("'") if kind is not Kind.TEXTE else text


def _named(column: str) -> str:
    """A column of the file, as messages name it."""
    return harmless(column[:_SHOWN])


def _read(one: bool) -> str:  # noqa: FBT001  # of one column or several
    return "lue" if one else "lues"


def _too_many(cells: int, known: int) -> str:
    return (
        f"Cette ligne a {cells} champs pour {known} colonnes. Un champ qui contient le séparateur s'écrit entre "
        "guillemets."
    )
