"""What the build installs: the packages and versions of the lock files, and their files, as installed."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[3]

#: The lock files of Python's packages: those of the build, and those that run in Pyodide while the engine is made.
REQUIREMENTS = ("requirements.txt", "requirements-pyodide.txt")


@cache
def pypi(lock: str = REQUIREMENTS[0]) -> dict[str, str]:
    """Give the version of each Python package of a lock file.

    >>> pypi()["mkdocs"].split(".")[0]
    '1'
    """
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (_ROOT / lock).read_text("utf-8"), re.MULTILINE))


@cache
def npm() -> dict[str, dict[str, Any]]:
    """Give what the lock file says of each npm package, by its place under `node_modules/`."""
    packages = json.loads((_ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return {place.removeprefix("node_modules/"): package for place, package in packages.items() if place}


def version(named: str) -> str:
    """Give the locked version of `pypi:NAME` or `npm:NAME`."""
    registry, _, name = named.partition(":")
    return pypi()[name] if registry == "pypi" else str(npm()[name]["version"])


def installed(named: str) -> Path:
    """Find a file of an installed package, `npm:NAME/FILE` or `pypi:NAME/FILE`; a bare file there is a licence.

    Raises:
        FileNotFoundError: the package has no such file.
    """
    registry, _, rest = named.partition(":")
    if registry == "npm":
        return _ROOT / "node_modules" / rest
    name, _, wanted = rest.partition("/")
    for file in metadata.files(name) or ():
        path = file.as_posix()
        if path == wanted or re.fullmatch(rf"[^/]+\.dist-info/(licenses/)?{re.escape(wanted)}", path):
            return _ROOT.joinpath(str(file.locate()))
    raise FileNotFoundError(named)
