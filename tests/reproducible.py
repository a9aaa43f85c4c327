"""Prove that two builds of one commit are the same, byte for byte: `make reproducible`.

Each build is made from nothing, in a folder of its own, by a process that has another time zone, language, hash seed,
file mask and moment: the site by each generator with its compressed files, the engine, what servers read, the wheel.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from calculators.web.engine import bundle

PYTHON = bundle.ROOT / ".venv/bin/python"

#: What is installed, and not built from this commit.
INSTALLED = (".venv", "node_modules", ".build/pyodide-tools")

#: Results that are compared.
RESULTS = ("site", "site-serveur", "site-zensical", "site-zensical-serveur", "dist")

ENVIRONMENTS = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242"},
)
FOLDERS = ("un", "un dossier au nom plus long")
MASKS = (0o022, 0o077)
#: A wheel records the permissions of its files: it is made under the usual mask.
WHEEL_MASK = 0o022

STEPS = (
    ("calculators.web.engine.bundle",),
    ("mkdocs", "--quiet", "build", "--strict"),
    ("calculators.web.publish", "site"),
    ("calculators.web.publish.usb", "site", "dist/mode-emploi-demarches.zip"),
    ("zensical", "build", "--clean", "--strict"),
    ("calculators.web.publish", "site-zensical"),
    ("pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist", "."),
)


def lay_out(folder: Path) -> None:
    """Copy what git knows of, as it is here, and lead to what is installed."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=bundle.ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundle.ROOT / name, target)
    for name in INSTALLED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(bundle.ROOT / name)


def build(folder: Path, settings: dict[str, str], mask: int) -> None:
    """Build everything in `folder`."""
    environment = {
        **os.environ,
        **settings,
        "COMPRESS": os.environ.get("COMPRESS", "1"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SITE_DATE": os.environ.get("SITE_DATE", "2026-11-28"),
        "SOURCE_DATE_EPOCH": "1767225600",
    }
    for step in STEPS:
        here = {"SITE_DIR": "site-zensical"} if step[0] == "zensical" else {}
        subprocess.run(
            [PYTHON, "-m", *step],
            cwd=folder,
            env={**environment, **here},
            umask=WHEEL_MASK if step[0] == "pip" else mask,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def contents(folder: Path) -> dict[str, str]:
    """Hash every result, by name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for result in RESULTS
        for path in sorted((folder / result).rglob("*"))
        if path.is_file()
    }


def main() -> int:
    """Build twice and compare."""
    with tempfile.TemporaryDirectory() as name:
        builds = []
        for where, settings, mask in zip(FOLDERS, ENVIRONMENTS, MASKS, strict=True):
            folder = Path(name) / where
            folder.mkdir()
            lay_out(folder)
            build(folder, settings, mask)
            builds.append(contents(folder))
        first, second = builds
        different = sorted(file for file in first.keys() | second.keys() if first.get(file) != second.get(file))
        if different and (kept := os.environ.get("KEEP")):
            shutil.copytree(name, kept, symlinks=True)
    if different:
        print(f"{len(different)} fichiers diffèrent :", *different[:40], sep="\n  ", file=sys.stderr)
        return 1
    print(f"Deux constructions, {len(first)} fichiers chacune, identiques à l’octet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
