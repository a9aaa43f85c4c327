"""The package for other programs: `python -m calculators.web.publish.wheel dist` writes its wheel (`make wheel`).

It is built from a copy of what goes into it: setuptools keeps what an earlier build left beside the sources, and would
put a module that is no more into the wheel. It takes the rules, the law, their words and the command line; nothing of
the site (pyproject.toml says why).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from calculators.terminal import run, tell
from calculators.web.engine.bundle import ROOT

__all__ = ["build", "main"]

_SOURCES = ("pyproject.toml", "LICENSE")
_BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def build(folder: Path) -> Path:
    """Write the wheel into a folder, with the setuptools of this Python; return its path.

    Raises:
        subprocess.CalledProcessError: setuptools could not; its own words are on the standard error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        copy, made = Path(name) / "sources", Path(name) / "made"
        shutil.copytree(ROOT / "calculators", copy / "calculators", ignore=shutil.ignore_patterns("__pycache__"))
        for source in _SOURCES:
            shutil.copy(ROOT / source, copy)
        made.mkdir()
        subprocess.run([sys.executable, "-c", _BUILD, str(made)], cwd=copy, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = made.iterdir()
        return Path(shutil.copy(wheel, folder))


def main(arguments: list[str]) -> int:
    """Write the wheel into the folder named."""
    match arguments:
        case [folder]:
            print(build(Path(folder)))
            return 0
    tell("usage : python -m calculators.web.publish.wheel DOSSIER")
    return 2


if __name__ == "__main__":
    raise SystemExit(run(lambda: main(sys.argv[1:]), "Le paquet n'est pas fait."))
