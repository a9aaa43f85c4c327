"""A long file asked in several processes: the same bytes, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from calculators.lot import Stream, processes
from calculators.lot.processes import Processes
from calculators.lot.table import Table
from calculators.registry import get

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.lot.table import Answer

TODAY = "2026-11-28"
HEADER = "reference;date;net;personnes_a_charge;ville"
#: Good lines, faulty ones, blank ones, records over two lines, a quotation mark that nothing closes, days as numbers.
LINES = (
    *(f"A{n};2026-11-30;{1000 + n},50;{n % 4};Lyon" for n in range(60)),
    *("B;naguère;x;;", "", ";;;;", "C;46346;1500;0;", 'D;2026-11-30;1500;0;"deux\r\nlignes"', "E;1;2;3;4;5;6"),
    *('F;2026-11-30;1500;0;"ouvert', "G;2026-11-30;1600;0;", "=1+1;30/11/2026;1700;1;", "H;46347;1800;2;"),
)


def answers(together: Processes | None) -> tuple[str, list[str], int, int]:
    stream = Stream(get("quotite"), TODAY, together=together)
    stream.feed("\r\n".join([HEADER, *LINES]).encode(), last=True)
    text = ""
    while stream.waiting:
        text += stream.answers(25)
    return text, stream.notices(), stream.done, stream.faulty


def test_a_file_asked_in_two_processes_is_answered_to_the_byte() -> None:
    with Processes("quotite", TODAY, cores=2, alone=10) as many:
        found = answers(many)
    assert found == answers(None)
    assert found[2] == len([line for line in LINES if line.strip(";")])
    assert any("46346" in notice and "(2)" in notice for notice in found[1])


def test_lines_are_being_asked_before_those_before_them_are_written() -> None:
    heard: list[str] = []

    def asked(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[Answer]:
        heard.append(f"asked {len(rows)}")
        return (table.ask(row) for row in rows)

    stream = Stream(get("quotite"), TODAY, together=asked)
    stream.feed("\r\n".join([HEADER, *LINES[:8]]).encode(), last=True)
    first, second = stream.begun(5), stream.begun(5)
    assert heard == ["asked 4", "asked 4"]  # the header is a line too
    alone = Stream(get("quotite"), TODAY)
    alone.feed("\r\n".join([HEADER, *LINES[:8]]).encode(), last=True)
    assert "".join([*first, *second]) == alone.answers()


def test_processes_that_die_while_their_answers_are_taken_cost_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_ask", _dies)
    alone = Stream(get("quotite"), TODAY)
    with Processes("quotite", TODAY, cores=2, alone=0) as many:
        stream = Stream(get("quotite"), TODAY, together=many)
        for one in (stream, alone):
            one.feed("\r\n".join([HEADER, *LINES[:60]]).encode(), last=True)
        slices = [stream.begun(20), stream.begun(20), stream.begun(40)]
        assert "".join(text for part in slices for text in part) == alone.answers()


def test_one_core_and_short_files_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: Any, **__: Any) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(processes, "ProcessPoolExecutor", started)
    for many in (Processes("quotite", TODAY, cores=1, alone=0), Processes("quotite", TODAY, cores=8)):
        with many:
            assert answers(many) == answers(None)


def _dies(_rows: object) -> None:
    os._exit(1)


def test_processes_that_die_cost_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_ask", _dies)
    with Processes("quotite", TODAY, cores=2, alone=0) as many:
        assert answers(many) == answers(None)


@pytest.fixture
def begun() -> Iterator[None]:
    """What a process does first, done in this one."""
    kept = signal.getsignal(signal.SIGINT)
    processes._begin("quotite", HEADER.split(";"), TODAY)
    yield
    signal.signal(signal.SIGINT, kept)


@pytest.mark.usefixtures("begun")
def test_a_process_answers_as_a_table_and_leaves_an_interruption_to_the_one_that_began_it() -> None:
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    rows = [line.split(";") for line in LINES[:3]]
    table = Table(get("quotite"), HEADER.split(";"), TODAY)
    assert processes._ask(rows) == [table.ask(row) for row in rows]


def test_an_interruption_ends_the_processes_and_what_they_were_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[dict[str, object]] = []

    class Pool(ProcessPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
            ended.append({"cancel_futures": cancel_futures})
            super().shutdown(wait, cancel_futures=cancel_futures)

        def map(self, *_: Any, **__: Any) -> Any:
            raise KeyboardInterrupt

    monkeypatch.setattr(processes, "ProcessPoolExecutor", Pool)
    with pytest.raises(KeyboardInterrupt), Processes("quotite", TODAY, cores=2, alone=0) as many:
        answers(many)
    assert ended == [{"cancel_futures": True}]
