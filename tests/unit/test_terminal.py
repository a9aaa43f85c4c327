"""When the machine fails a command: output that cannot be written, input that cannot be read, Ctrl+C.

Each has its sentence and its status, and neither is that of an answer.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from calculators.terminal import BROKEN, INTERRUPTED, UNREAD, UNWRITTEN, run
from calculators.web.publish.usb import pack
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "sbi --date-saisie 2026-11-20 --solde 1000"
LINE = b"date,net\n2026-11-30,1500\n"
COMMANDS = ["calculators", "calculators.law", "calculators.web.guides", "calculators.web.check"]
COMMANDS += [f"calculators.web.publish{name}" for name in ("", ".serve", ".usb")]
SPOILED = "La réponse est incomplète : ne vous en servez pas."


def shell(command: str, stdin: bytes = b"", *, module: str = "calculators") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m {module} {command}"],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode().replace("\u00a0", " ").replace("\u2019", "'")


@pytest.mark.parametrize("how", ["json", "ics", "csv", "text"])
def test_an_answer_that_cannot_be_written_is_not_one(how: str) -> None:
    asked, stdin = {
        "json": ("sbi --json", b'{"date_saisie": "2026-11-20", "solde": "1000"}'),
        "ics": ("delais --delai saisie-attribution.contestation --evenement 2026-11-20 --ics", b""),
        "csv": ("quotite --csv -", LINE),
        "text": (ASKED, b""),
    }[how]
    full = shell(f"{asked} > /dev/full", stdin)
    told = said(full).splitlines()[-1]
    assert (full.returncode, told) == (
        UNWRITTEN,
        f"La réponse n'a pas pu être écrite : il n'y a plus de place. {SPOILED}",
    )


@pytest.mark.parametrize("asked", [ASKED, "quotite --csv -"])
def test_a_reader_that_leaves_early_has_half_an_answer(asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "calculators", *asked.split()]
    done = subprocess.run(command, input=LINE, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert done.returncode == UNWRITTEN
    reason = "le programme qui la lisait s'est arrêté"
    assert said(done).splitlines()[-1] == f"La réponse n'a pas pu être écrite : {reason}. {SPOILED}"


@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full"])
def test_a_standard_error_that_is_closed_costs_the_answer_nothing(stderr: str) -> None:
    done = shell(f"quotite --csv - {stderr}", LINE)
    assert done.returncode == 0
    assert [line[:16] for line in done.stdout.splitlines()] == [b"date,net,resulta", b"2026-11-30,1500,"]
    assert shell(f"rien {stderr}").returncode == 2


def test_nobody_reading_the_progress_costs_the_answer_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "calculators", "quotite", "--csv", "-"]
    done = subprocess.run(command, input=LINE, stdout=subprocess.PIPE, stderr=writing, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)


@pytest.mark.parametrize("asked", ["sbi --json", "sbi --csv -"])
@pytest.mark.parametrize(
    ("stdin", "sentence"),
    [
        ("<&-", "L'entrée standard est fermée : il n'y a rien à lire."),
        ("0>/dev/null", "L'entrée n'a pas pu être lue jusqu'au bout : elle est fermée."),
    ],
)
def test_an_input_that_cannot_be_read_is_not_a_faulty_one(asked: str, stdin: str, sentence: str) -> None:
    done = shell(f"{asked} {stdin}")
    assert (done.returncode, done.stdout, said(done)) == (UNREAD, b"", f"{sentence} {SPOILED}\n")


def test_ctrl_c_in_the_middle_of_a_file() -> None:
    # Whoever runs the tests in the background may have them ignore the signal, which a child would do too.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "calculators", "quotite", "--csv", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT) as asked:
        assert asked.stdin
        assert asked.stdout
        assert asked.stderr
        asked.stdin.write(LINE + b"2026-11-30,1500\n" * 200)
        asked.stdin.flush()
        assert asked.stdout.read(1)  # it has begun to answer, and waits for more
        asked.send_signal(signal.SIGINT)
        told = asked.stderr.read().decode().replace("\u00a0", " ")
        asked.stdin.close()
        assert asked.wait() == INTERRUPTED
    assert told == f"Interrompu. {SPOILED}\n"


@pytest.mark.parametrize("module", COMMANDS)
def test_every_command_says_that_its_output_is_closed(module: str) -> None:
    done = shell(">&-", module=module)
    assert done.returncode == UNWRITTEN
    assert said(done).startswith("La sortie standard est fermée")


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (KeyboardInterrupt(), INTERRUPTED, "Interrompu. À refaire."),
        (OSError(errno.ENOSPC, "No space", "site/a"), UNWRITTEN, "« site/a » : il n'y a plus de place. À refaire."),
        (ZeroDivisionError(), BROKEN, "C'est une erreur de ce programme. À refaire."),
    ],
)
def test_how_a_command_was_cut_short(
    raised: BaseException, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise raised

    assert run(command, "À refaire.") == status
    assert capsys.readouterr().err.replace("\u00a0", " ").replace("\u2019", "'").splitlines()[-1] == words


def test_what_others_wrote_gives_no_order_to_the_terminal() -> None:
    done = shell("sbi --csv -", "date_saisie,\x1b]0;titre\x07solde,\x9b2J\n".encode())
    assert done.returncode == 2
    assert not re.search(r"[^\n -~\xa0-\U0010ffff]", done.stderr.decode())


def test_a_copy_is_whole_or_is_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, target = tmp_path / "copie", tmp_path / "dist" / "copie.zip"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text(name)
    pack(folder, target, date(2026, 11, 28))
    before = target.read_bytes()
    write = zipfile.ZipFile.writestr

    def full(archive: zipfile.ZipFile, member: zipfile.ZipInfo, data: bytes) -> None:
        if member.filename.endswith("b"):
            raise OSError(errno.ENOSPC, "No space")
        write(archive, member, data)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space"):
        pack(folder, target, date(2026, 11, 29))
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
