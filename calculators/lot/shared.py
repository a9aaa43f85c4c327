"""A file whose rows are asked elsewhere: by two Pythons of a page, which share them.

One reads the file and writes its answer; a row that is to be asked, and what it is answered, go from one to the other
as plain data. Bytes, order and count are those of one Python alone.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.errors import FieldError
from calculators.lot.stream import Stream
from calculators.lot.table import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.lot.table import Table
    from calculators.result import Calculator, Quantity

__all__ = ["Shared", "read_answer", "write_answer"]


def write_answer(answer: Answer) -> list[Any]:
    """Give an answer as plain data, which JSON can hold.

    >>> write_answer(Answer((), {"solde": Decimal("1.10")}, "a", None, [("46346", date(2026, 11, 20))]))
    [[], {'solde': ['d', '1.10']}, 'a', [['46346', '2026-11-20']]]
    """
    faults = [[fault.champ, fault.message] for fault in answer.faults]
    results = {cle: _written(quantity) for cle, quantity in answer.results.items()}
    return [faults, results, answer.warnings, [[text, day.isoformat()] for text, day in answer.counted]]


def _written(quantity: Quantity) -> list[str]:
    if isinstance(quantity, Decimal):
        return ["d", str(quantity)]
    return ["j", quantity.isoformat()] if isinstance(quantity, date) else ["t", quantity]


def read_answer(data: Sequence[Any]) -> Answer:
    """Read what :func:`write_answer` wrote.

    >>> answer = Answer([FieldError("net", "Illisible.")], {"jour": date(2026, 11, 20), "mot": "oui"}, "")
    >>> read_answer(write_answer(answer)) == answer._replace(counted=[])
    True
    """
    faults, results, warnings, counted = data
    kinds: dict[str, Any] = {"d": Decimal, "j": date.fromisoformat, "t": str}
    return Answer(
        [FieldError(champ, message) for champ, message in faults],
        {cle: kinds[kind](text) for cle, (kind, text) in results.items()},
        warnings,
        None,
        [(text, date.fromisoformat(day)) for text, day in counted],
    )


class Shared:
    r"""A file of questions that comes in pieces, as :class:`Stream` has it, answered in two steps.

    >>> from calculators.registry import get
    >>> shared = Shared(get("quotite"), "2026-11-21")
    >>> shared.stream.feed(b"date,net\n2026-11-30,1500\n", last=True)
    >>> shared.advance(50, []), shared.rows
    ('', [['2026-11-30', '1500']])
    >>> answers = [shared.table.ask(row) for row in shared.rows]
    >>> shared.advance(50, answers).splitlines()[1].split(",")[:3], shared.waiting
    (['2026-11-30', '1500', '1500.00'], False)
    """

    def __init__(self, calculator: Calculator[Any], today: str) -> None:
        """Wait for the first piece, which ``stream`` takes."""
        self.stream = Stream(calculator, today, together=self._together)
        self._held: list[str | Sequence[str]] = []
        self._found: Sequence[Answer] = ()

    def _together(self, table: Table, rows: Sequence[Sequence[str]]) -> Sequence[Answer]:
        del table, rows
        return self._found

    @property
    def table(self) -> Table:
        """The columns of the file, once there are rows."""
        table = self.stream.table
        if table is None:
            raise ValueError("no header has come")
        return table

    @property
    def rows(self) -> list[Sequence[str]]:
        """What is to be asked now."""
        return [row for row in self._held if not isinstance(row, str)]

    @property
    def waiting(self) -> bool:
        """Whether what has come is not all answered."""
        return bool(self._held) or self.stream.waiting

    def advance(self, most: int, answers: Sequence[Answer]) -> str:
        """Take the answers to all of ``rows``, then read ``most`` more lines; give the text of what is answered.

        Raises:
            InputError: as :meth:`Stream.answers`.
            ValueError: there are not as many answers as rows.
        """
        if len(answers) != len(self.rows):
            raise ValueError(f"{len(answers)} answers to {len(self.rows)} rows")
        self._found = answers
        text = self.stream.written(self._held)
        self._held = self.stream.taken(most)
        if not self.rows:
            self._found = ()
            text += self.stream.written(self._held)
            self._held = []
        return text
