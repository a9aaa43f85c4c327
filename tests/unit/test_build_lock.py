"""Builds made at the same time in one folder: one after the other, and the one that waits says so."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine import bundle
from calculators.web.project import build_lock
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LOCKED = (sys.executable, "-m", "calculators.web.project.build_lock", "essai")


def begin(*command: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def first_line(stream: object) -> str:
    line: str = stream.readline()  # type: ignore[attr-defined]
    return line.strip()


def test_the_second_command_begins_when_the_first_has_ended(tmp_path: Path) -> None:
    """What the first one has begun counts, to its last process."""
    order = tmp_path / "order"
    # The shell that took the lock leaves; what it began goes on.
    slow = f"exec 4<&0; (read go <&4; echo first >> {order}) & echo begun"
    with begin(*LOCKED, "sh", "-c", slow) as first:
        assert first_line(first.stdout) == "begun"
        with begin(*LOCKED, "sh", "-c", f"echo second >> {order}; exit 3") as second:
            assert first_line(second.stderr) == build_lock.WAITING
            assert not order.exists()
            first.communicate("go\n")
            assert second.wait() == 3
    assert order.read_text("utf-8").split() == ["first", "second"]


def test_the_engine_is_made_once_at_a_time() -> None:
    with build_lock.build_lock("moteur"), begin(sys.executable, "-m", "calculators.web.engine.bundle") as second:
        assert first_line(second.stderr) == build_lock.WAITING
        second.terminate()


def test_a_lock_is_released_whatever_happens() -> None:
    for _ in range(2):
        with pytest.raises(bundle.BundleError), build_lock.build_lock("essai-faute"):
            raise bundle.BundleError


def test_every_build_of_the_pages_takes_the_lock() -> None:
    done = subprocess.run(
        ["make", "--dry-run", "site", "zensical", "offline"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    writing = re.compile(r"-m (mkdocs|zensical|calculators\.web\.publish(\.usb)?) ")
    lines = [line for line in done.stdout.splitlines() if writing.search(line)]
    assert len(lines) == 3
    assert all("calculators.web.project.build_lock pages " in line for line in lines)
