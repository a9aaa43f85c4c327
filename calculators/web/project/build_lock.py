"""A lock between builds made at the same time in this folder: each would undo what the other is writing.

`python -m calculators.web.project.build_lock NAME COMMAND…` runs a command once no other one holds that lock.
"""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[3] / ".build"
WAITING = "Une autre construction est en cours dans ce dossier : celle-ci attend qu’elle finisse…"


def acquire(name: str) -> int:
    """Wait for the lock of that name, and say so; it is held until what is returned is closed, by every process."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    held = os.open(FOLDER / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o666)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(WAITING, file=sys.stderr, flush=True)
        fcntl.flock(held, fcntl.LOCK_EX)
    return held


@contextmanager
def build_lock(name: str) -> Iterator[None]:
    """Hold the lock of that name; also a decorator."""
    held = acquire(name)
    try:
        yield
    finally:
        os.close(held)


def main(arguments: list[str]) -> None:
    """Become the command, which holds the lock until it ends."""
    name, *command = arguments
    os.set_inheritable(acquire(name), True)  # noqa: FBT003 - a positional parameter of the standard library
    os.execvp(command[0], command)  # noqa: S606 - the command is that of the Makefile


if __name__ == "__main__":
    main(sys.argv[1:])
