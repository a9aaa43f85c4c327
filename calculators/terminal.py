"""What every command shares: how it ends when the machine fails it, and how it speaks on the standard error.

A command has statuses of its own, from 0 to 3. Those of this module are never among them: that an answer could not be
written, or was cut short, is never taken for « some lines were faulty », nor half an answer for a whole one.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

from calculators.typography import french, harmless

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BROKEN", "INTERRUPTED", "UNREAD", "UNWRITTEN", "UnreadError", "reason", "run", "tell"]

#: What was asked could not be written whole; could not be read; met a mistake of this program; was stopped by Ctrl+C.
UNWRITTEN, UNREAD, BROKEN, INTERRUPTED = 4, 5, 6, 130

#: Why a file cannot be read or an answer written, for the most usual reasons; the machine's own words for the others.
_REASONS = {
    errno.ENOENT: "ce fichier n'existe pas",
    errno.EISDIR: "c'est un dossier",
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EBADF: "elle est fermée",
    errno.ENOSPC: "il n'y a plus de place",
    errno.EPIPE: "le programme qui la lisait s'est arrêté",
    errno.EIO: "le disque ou le réseau ne répond plus",
}
_SPOILED = "La réponse est incomplète : ne vous en servez pas."


class UnreadError(Exception):
    """What was to be read cannot be, or not to its end; the message says so, in French."""


def reason(error: OSError) -> str:
    """Say why a file or a stream cannot be used."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def tell(text: str, end: str = "\n") -> None:
    """Say something on the standard error; nothing is lost of an answer when it is closed or full."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(harmless(text) + end)
            sys.stderr.flush()
        except OSError:
            _let_go(sys.stderr)


def run(command: Callable[[], int], spoiled: str = _SPOILED) -> int:
    """Run a command to its end and return its status, or one of those above; ``spoiled`` says what a cut one left."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        # French needs UTF-8 even where the terminal's locale says otherwise.
        stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout is None:
        _say("La sortie standard est fermée : la réponse n'a nulle part où s'écrire. Rien n'a été fait.")
        return UNWRITTEN
    status = UNWRITTEN
    try:
        status = _status(command)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _say(f"Interrompu. {spoiled}")
        status = INTERRUPTED
    except UnreadError as error:
        _say(f"{error} {spoiled}")
        status = UNREAD
    except OSError as error:
        what = f"« {error.filename} »" if error.filename else "La réponse n'a pas pu être écrite"
        _say(f"{what} : {reason(error)}. {spoiled}")
        status = UNWRITTEN
    except Exception:  # noqa: BLE001  # whatever it is, it must not end as a command that has answered
        tell(traceback.format_exc(), end="")
        _say(f"C'est une erreur de ce programme. {spoiled}")
        status = BROKEN
    _let_go(sys.stdout)
    return status


def _say(sentence: str) -> None:
    tell(french(sentence))


def _status(command: Callable[[], int]) -> int:
    try:
        return command()
    except SystemExit as left:  # the help, or a command that makes no sense
        if not isinstance(left.code, int):
            raise
        return left.code


def _let_go(stream: TextIO) -> None:
    """Drop what a stream still holds and cannot write: Python would try again at its end, and say so in its way."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
