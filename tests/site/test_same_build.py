"""The same sources give the same site; `make reproducible` goes further, and builds everything from nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

from calculators.web.publish.hosting import beside
from calculators.web.publish.hosting.rules import ENCODINGS
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

#: Another moment and another machine, as far as a build can see.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "NO_MKDOCS_2_WARNING": "1"}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in ENCODINGS.values())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_site_built_again_is_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "un autre dossier/site"
    built = date.fromtimestamp((site / "index.html").stat().st_mtime)  # noqa: DTZ012 - the day the build saw
    settings = {
        "SOURCE_DATE_EPOCH": "1767225600",
        **os.environ,
        **ELSEWHERE,
        "SITE_DIR": str(again),
        "SITE_DATE": built.isoformat(),
    }
    for step in (("mkdocs", "--quiet", "build", "--strict"), ("calculators.web.publish", str(again))):
        subprocess.run([sys.executable, "-m", *step], cwd=ROOT, env=settings, check=True)
    for first, second in ((site, again), (beside(site), beside(again))):
        expected, found = contents(first), contents(second)
        assert sorted(found) == sorted(expected)
        assert [name for name, content in expected.items() if found[name] != content] == []
