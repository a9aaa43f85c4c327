"""Make a line to the local server, or a processor, as slow as those that people have, to see how long they wait."""

from __future__ import annotations

import os
import queue
import signal
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Bytes that take the line at once: those that wait come next, each connection in its turn.
PACKET = 4096
#: Seconds in which a slowed processor runs and rests: short enough that nobody sees it pause.
PERIOD = 0.02


class Line:
    """A line to a server of this machine: as fast as given, the same for all its connections; it counts what comes."""

    def __init__(self, port: int, bits_a_second: float, round_trip: float) -> None:
        """Listen.

        Args:
            port: of the server.
            bits_a_second: how much comes, all connections together; zero: as much as there is.
            round_trip: seconds from a request to the first byte of its answer, and to open a connection.
        """
        self.received = 0
        self._server = port
        self._rate, self._half = bits_a_second / 8, round_trip / 2
        self._turn = threading.Lock()
        self._free = 0.0  # when the line will have carried what was given to it
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._socket]
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up on everyone."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                reader, _ = self._socket.accept()
                threading.Thread(target=self._connect, args=(reader,), daemon=True).start()

    def _connect(self, reader: socket.socket) -> None:
        time.sleep(2 * self._half)
        server = socket.create_connection(("127.0.0.1", self._server))
        self._open += [reader, server]
        for one in (reader, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._carry(reader, server, counted=False)
        self._carry(server, reader, counted=True)

    def _carry(self, source: socket.socket, target: socket.socket, *, counted: bool) -> None:
        """Carry what comes from one side to the other, in two threads: what is on its way keeps nothing waiting."""
        under_way: queue.Queue[tuple[float, bytes]] = queue.Queue()

        def take() -> None:
            content = b"-"
            while content:
                try:
                    content = source.recv(PACKET)
                except OSError:
                    content = b""
                if counted:
                    self._wait_for_its_turn(len(content))
                under_way.put((time.monotonic() + self._half, content))

        def give() -> None:
            with suppress(OSError):
                while True:
                    due, content = under_way.get()
                    time.sleep(max(0.0, due - time.monotonic()))
                    if not content:
                        target.shutdown(socket.SHUT_WR)
                        return
                    target.sendall(content)

        for run in (take, give):
            threading.Thread(target=run, daemon=True).start()

    def _wait_for_its_turn(self, count: int) -> None:
        with self._turn:
            self.received += count
            if self._rate:
                self._free = max(self._free, time.monotonic()) + count / self._rate
                time.sleep(max(0.0, self._free - time.monotonic()))


@contextmanager
def line_to(port: int, bits_a_second: float = 0, round_trip: float = 0) -> Iterator[Line]:
    """Open a :class:`Line` to the server on this port of this machine."""
    opened = Line(port, bits_a_second, round_trip)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def slowed(processes: Sequence[int], times: int) -> Iterator[None]:
    """Make these processes as many times slower: they are stopped for that part of each fiftieth of a second."""
    over = threading.Event()

    def tell(what: signal.Signals) -> None:
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, what)

    def run() -> None:
        while not over.is_set():
            tell(signal.SIGSTOP)
            time.sleep(PERIOD * (times - 1) / times)
            tell(signal.SIGCONT)
            time.sleep(PERIOD / times)

    thread = threading.Thread(target=run)
    if times > 1:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if times > 1:
            thread.join()
