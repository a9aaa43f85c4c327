"""A workbook that comes in pieces, answered a few lines at a time, and the workbook of its answers."""

from __future__ import annotations

import io
import warnings
import zipfile

# In which the parts of a workbook may say that they are written: Python finds it by this name, and in the browser only
# if a module there imports it.
from encodings import iso8859_15  # noqa: F401
from typing import TYPE_CHECKING, Any, Protocol

from calculators.errors import FieldError, InputError
from calculators.lot.columns import is_written
from calculators.lot.kinds import MOST_BYTES, MOST_LINES, MOST_UNPACKED
from calculators.lot.stream import SAVE_AS, said
from calculators.lot.table import Answer, Table
from calculators.sheets import ods, xlsx
from calculators.sheets.cells import NO_VALUE, Unread, as_text, column_letters, shown
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from calculators.outcome import Answered
    from calculators.result import Calculator
    from calculators.sheets.cells import Line, Value

__all__ = ["Workbook"]

_AGAIN = "Ouvrez-le dans un tableur, enregistrez-le de nouveau, et recommencez."
_DAMAGED = f"Ce classeur est abîmé, ou n'est pas d'un format connu. {_AGAIN}"
_SEALED = "Ce classeur est protégé par un mot de passe. Retirez-le dans votre tableur, enregistrez, et recommencez."
_UNKNOWN = "Ce fichier n'est ni un classeur .xlsx, ni un classeur .ods, ni un CSV."
_TOO_BIG = "Ce classeur est trop grand pour être lu d'un bloc : {most} au plus. " + SAVE_AS
_EMPTY = "Ce classeur est vide : la première ligne d'une feuille doit nommer les colonnes."
#: Lines that may be passed over in one go: no call may last.
_PASSED = 2000
_SHOWN_SHEETS = 5


class _Reader(Protocol):
    day_zero: date
    sheets: list[tuple[str, bool]]

    def lines(self, sheet: int) -> Iterator[Line]: ...


class _Writer(Protocol):
    def add(self, cells: Sequence[Value]) -> None: ...

    def file(self) -> bytes: ...

    def drop(self) -> None: ...


class Workbook:
    """A workbook being answered; it works as a `calculators.lot.Stream` does, and gives a file instead of a text."""

    def __init__(
        self, calculator: Calculator[Any], today: str, heard: Callable[[Answered, str], object] | None = None
    ) -> None:
        """Wait for the first piece; ``heard`` is told of each answer, and of the reference of its line."""
        self._heard = heard
        self._calculator = calculator
        self._today = today
        self._content = bytearray()
        self._lines: Iterator[Line] | None = None
        self._notices: list[str] = []
        self._table: Table | None = None
        self._writer: _Writer | None = None
        self._lost = 0  # cells carried along, whose value is not in the file
        self.ending = ""
        self.waiting = False
        self.done = self.faulty = self.read = 0

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Take the next piece; ``last``: there are no more.

        Raises:
            InputError: there are too many.
        """
        self._content += data
        if len(self._content) > MOST_BYTES:
            raise _refused(_TOO_BIG.format(most=f"{MOST_BYTES >> 20} Mo"))
        self.waiting = last

    def advance(self, most: int = MOST_LINES) -> None:
        """Answer ``most`` lines at most.

        Raises:
            InputError: the workbook cannot be read, or its columns are not ours.
        """
        if not self.waiting:
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep, which is not read
            self._lines = self._lines or self._opened()
            for passed, line in enumerate(_whole(self._lines)):
                most -= self._take(line)
                if most <= 0 or passed >= _PASSED:
                    return
        if self._table is None:
            raise _refused(_EMPTY)
        self.waiting = False
        self.read = len(self._content)

    def notices(self) -> list[str]:
        """What the reader should know of how the file was read."""
        told = [*self._notices]
        if self._lost:
            told.append(f"Cellules recopiées vides, car leur formule était sans résultat : {self._lost}.")
        return [*map(french, told), *(self._table.notices() if self._table else [])]

    def file(self) -> bytes:
        """The workbook of the answers, once: when nothing waits."""
        if self._writer is None or self.waiting:
            raise RuntimeError("the workbook is not answered")
        writer, self._writer = self._writer, None
        return writer.file()

    def __del__(self) -> None:
        if self._writer is not None:
            self._writer.drop()

    # ---------------------------------------------------------------- reading

    def _opened(self) -> Iterator[Line]:
        """Choose the sheet: the first of those that are shown that says something, else of the hidden ones."""
        content = bytes(self._content)
        self.ending = _kind(content)
        reader = _tried(ods.Reader if self.ending == ods.ENDING else xlsx.Reader, content)
        shown_first = sorted(range(len(reader.sheets)), key=lambda place: not reader.sheets[place][1])
        for place in shown_first:
            first = next((line for line in _whole(reader.lines(place)) if _says(line)), None)
            if first is not None:
                self._begin(reader, place, first)
                return (line for line in reader.lines(place) if line.number > first.number)
        raise _refused(_EMPTY)

    def _begin(self, reader: _Reader, place: int, header: Line) -> None:
        names = [as_text(value) for value in header.cells]
        self._table = Table(self._calculator, names, self._today, day_zero=reader.day_zero, beyond=lambda *_: _NO_NAME)
        self._table.heard = self._heard
        title, visible = reader.sheets[place]
        names = [f"« {name} »{_hidden(seen)}" for at, (name, seen) in enumerate(reader.sheets) if at != place]
        if names or not visible:
            told = f"Feuille lue : « {title} »{_hidden(visible)}."
            if names:
                more = "…" if len(names) > _SHOWN_SHEETS else ""
                told += f" Non {'lue' if len(names) == 1 else 'lues'} : {', '.join(names[:_SHOWN_SHEETS])}{more}."
            self._notices.append(told)
        self._writer = ods.Writer(title) if self.ending == ods.ENDING else xlsx.Writer(title)
        self._writer.add([shown(name) for name in self._table.header])

    # ---------------------------------------------------------------- answering

    def _take(self, line: Line) -> int:
        """Answer a line; none when it says nothing."""
        table, writer = self._table, self._writer
        if table is None or writer is None:
            raise RuntimeError("no sheet is open")
        texts = [as_text(value) for value in line.cells]
        kept = [line.cells[place] if place < len(line.cells) else None for place in table.kept_places()]
        unread = [
            (place, value)
            for place, value in enumerate(line.cells)
            if isinstance(value, Unread) and not (place < len(table.columns) and is_written(table.columns[place]))
        ]
        if table.is_blank(texts) and not any(table.asks(place) for place, _ in unread):
            return 0
        if self.done == MOST_LINES:
            raise _refused(_TOO_BIG.format(most=f"{MOST_LINES} lignes"))
        faults = [
            FieldError("", french(f"La cellule {column_letters(place)}{line.number} {value.why}."))
            for place, value in unread
            if table.asks(place)
        ]
        self._lost += sum(value.why == NO_VALUE and not table.asks(place) for place, value in unread)
        answer = Answer(faults, {}, "") if faults else table.ask(texts)
        table.tell(texts, answer)
        self.done += 1
        self.faulty += bool(answer.faults)
        results: list[Value] = [answer.results.get(cle) for cle in table.results]
        writer.add([shown(value) for value in (*kept, *results, answer.warnings or None, said(answer.faults) or None)])
        return 1


_NO_NAME = "Cette ligne a une valeur dans une colonne sans nom. Nommez la colonne, ou effacez la valeur."


def _hidden(visible: bool) -> str:  # noqa: FBT001  # of one sheet or another
    return "" if visible else " (masquée)"


def _refused(why: str) -> InputError:
    return InputError([FieldError("", french(why))])


def _says(line: Line) -> bool:
    return any(as_text(value).strip() for value in line.cells)


def _kind(content: bytes) -> str:
    """Tell which kind of workbook it is, once it is known that unpacking it is safe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # What is read of a part never goes beyond the size that it says.
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise _refused(_TOO_BIG.format(most=f"{MOST_UNPACKED >> 20} Mo une fois décompressé"))
            names = set(archive.namelist())
            if "mimetype" in names and archive.read("mimetype").startswith(ods.MEDIA_TYPE.encode()):
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise _refused(_SEALED)
                return ods.ENDING
            if "[Content_Types].xml" in names and b"spreadsheetml" in archive.read("[Content_Types].xml"):
                return xlsx.ENDING
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _refused(_DAMAGED) from error
    raise _refused(f"{_UNKNOWN} {SAVE_AS}")


def _tried(open_it: type[Any], content: bytes) -> _Reader:
    try:
        reader: _Reader = open_it(content)
    except InputError:
        raise
    except Exception as error:  # a file of another program can break a reader in any way
        raise _refused(_DAMAGED) from error
    return reader


def _whole(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines of a sheet, as long as it can be read."""
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except Exception as error:  # the same
            raise _refused(_DAMAGED) from error
        yield line
