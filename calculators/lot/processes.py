"""The rows of a long file, asked in as many processes as the machine has cores: the command line alone has them.

The same code answers the same rows, in the same order: only the time changes. A process that dies (a machine short of
memory) costs nothing but time too: its rows are asked here.
"""

from __future__ import annotations

import signal
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from calculators.lot.table import Table
from calculators.registry import get

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from calculators.lot.table import Answer

__all__ = ["Processes"]

#: Lines before which starting processes costs more than they spare.
_ALONE = 2_000
#: Lines that go to a process at once.
_PART = 50
#: The table of a process that asks.
_table: Table


class Processes(AbstractContextManager["Processes"]):
    """Asks rows together, in as many processes as there are ``cores``; with one, every row is asked here."""

    def __init__(self, calculator: str, today: str, *, cores: int, alone: int = _ALONE) -> None:
        """Start nothing yet: short files are answered sooner by one."""
        self._made_of = calculator, today
        self._cores = cores
        self._alone = alone
        self._asked = 0
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, table: Table, rows: Sequence[Sequence[str]]) -> Iterable[Answer]:
        """Have these rows of this table asked at once; give their answers, in their order, as they are taken."""
        self._asked += len(rows)
        if self._cores == 1 or self._asked <= self._alone:
            return [table.ask(row) for row in rows]
        if self._pool is None:
            arguments = (self._made_of[0], tuple(table.columns), self._made_of[1])
            self._pool = ProcessPoolExecutor(self._cores, initializer=_begin, initargs=arguments)
        parts = [rows[at : at + _PART] for at in range(0, len(rows), _PART)]
        try:
            return self._taken(table, rows, self._pool.map(_ask, parts))
        except BrokenExecutor:
            return self._alone_again(table, rows)

    def _taken(
        self, table: Table, rows: Sequence[Sequence[str]], parts: Iterator[Sequence[Answer]]
    ) -> Iterator[Answer]:
        given = 0
        try:
            for part in parts:
                yield from part
                given += len(part)
        except BrokenExecutor:
            yield from self._alone_again(table, rows[given:])

    def _alone_again(self, table: Table, rows: Sequence[Sequence[str]]) -> Sequence[Answer]:
        self._cores = 1
        return [table.ask(row) for row in rows]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them, whatever they are doing."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _begin(calculator: str, columns: Sequence[str], today: str) -> None:
    """Make the same table in a process of its own, which leaves the interruption to the one that started it."""
    global _table  # noqa: PLW0603  # a process has one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _table = Table(get(calculator), columns, today)


def _ask(rows: Sequence[Sequence[str]]) -> list[Answer]:
    return [_table.ask(row) for row in rows]
