"""The slow lines and processors of `make bench`: no faster than they say, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.helpers import serving
from tests.slow import line_to, slowed

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 40_000


def test_a_line_carries_all_and_takes_its_time(tmp_path: Path) -> None:
    content = bytes(range(250)) * (SIZE // 250)
    (tmp_path / "file.bin").write_bytes(content)
    with serving(tmp_path) as url, line_to(urlsplit(url).port or 0, 8 * 200_000, 0.1) as slow:
        begun = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{slow.port}/file.bin") as reply:
            assert reply.read() == content
        # The connection, then the question and the first byte of its answer; then all the others, at the line's pace.
        assert time.monotonic() - begun >= 0.1 + 0.1 + SIZE / 200_000
        assert SIZE < slow.received < SIZE + 2_000


def test_a_slowed_process_ends_its_work() -> None:
    with subprocess.Popen([sys.executable, "-c", "print(sum(range(100_000)))"], stdout=subprocess.PIPE) as process:
        with slowed([process.pid], 4):
            out, _ = process.communicate()
        assert (out, process.returncode) == (b"4999950000\n", 0)
