"""The wheel as other programs get it: built, installed where there is nothing else, tried on each Python, typed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from calculators import __version__, api
from calculators.edition import edition
from calculators.web.engine import bundle
from calculators.web.publish import wheel as package
from tests.helpers import PATIENCE, ROOT

HERE = Path(__file__).parent
#: No module: pytest would import it, and it would fail.
MISUSES = HERE / "misuses_the_library.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def run(*command: str | Path, folder: Path, status: int = 0, given: str = "") -> str:
    """Run a command far from the sources, and without what this process knows of them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + (done.stderr if status else "")


def python_of(version: str) -> str | None:
    """A Python of this version on this machine, wherever pyenv keeps it: its launchers answer only for those chosen."""
    kept = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python{version}"))
    for candidate in (shutil.which(f"python{version}"), *map(str, kept), sys.executable):
        if candidate:
            asked = [candidate, "-c", "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            if done.returncode == 0 and done.stdout.strip() == version:
                return candidate
    return None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package.build(tmp_path_factory.mktemp("wheel"))


def installed(python: str, wheel: Path, folder: Path) -> Path:
    """An environment with the wheel and nothing else, not even what installed it."""
    run(python, "-m", "venv", folder, folder=folder.parent)
    there = folder / "bin"
    # The options: no network, no dependency, no version of pip looked for.
    quiet = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    run(there / "python", "-m", "pip", "install", *quiet, wheel, folder=folder.parent)
    return there


# ---------------------------------------------------------------- what is in it


def test_it_has_the_law_and_the_rules_and_nothing_of_the_site(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "calculators").rglob("*")
        if path.suffix in {".py", ".toml"} or path.name == "py.typed" or path.parent.name == "publiees"
    }
    kept = {name for name in sources if not name.startswith("calculators/web/")}
    assert {name for name in names if name.startswith("calculators/")} == kept
    assert {"calculators/py.typed", "calculators/law/sbi.toml", "calculators/law/articles/cpce.toml"} <= kept
    assert wheel.stat().st_size < 1_000_000


def test_it_says_what_it_is(wheel: Path) -> None:
    assert wheel.name == f"mode_emploi_demarches-{__version__}-py3-none-any.whl"
    assert DECLARED["version"] == __version__
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
    assert "Requires-Python: >=3.11" in metadata
    required = re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE)
    assert all("extra ==" in line for line in required), "what computes needs nothing but Python"
    extras = set(re.findall(r"^Provides-Extra: (.*)$", metadata, re.MULTILINE))
    assert extras == {"classeurs", "courriers", "fichiers", "mcp"}
    told = re.findall(r"Python :: (3\.\d+)", metadata)
    assert tuple(told) == PYTHONS


# ---------------------------------------------------------------- on each Python


@pytest.mark.parametrize("version", PYTHONS)
def test_it_answers_where_there_is_nothing_else(version: str, wheel: Path, tmp_path: Path) -> None:
    python = python_of(version)
    if python is None:
        pytest.skip(f"Python {version} n'est pas sur cette machine")
    there = installed(python, wheel, tmp_path / "env")
    run(there / "python", HERE / "uses_the_library.py", folder=tmp_path)
    where = run(there / "python", "-c", "import calculators; print(calculators.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path)
    said = run(there / "demarches", "--version", folder=tmp_path).replace("\u00a0", " ").strip()
    assert said == f"{__version__}, {edition().dite}".replace("\u00a0", " "), "the rules of the sources, by their hash"
    asked = {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": "1000"}
    answer = run(there / "demarches", "sbi", "--json", folder=tmp_path, given=json.dumps(asked))
    assert json.loads(answer) == api.ask("sbi", asked)
    assert "Aide : demarches" in run(there / "demarches", folder=tmp_path).replace("\u00a0", " ")
    assert "mode-emploi-demarches[mcp]" in run(there / "demarches", "mcp", folder=tmp_path, status=2)
    run(there / "python", "-c", "import calculators.web", folder=tmp_path, status=1)


def test_it_answers_on_the_python_of_the_browser(wheel: Path) -> None:
    """Pyodide's, of the newest version: it is on every machine that builds the site. It reads the wheel as it is."""
    code = (
        f"sys.path.insert(0, '/wheel/{wheel.name}')\nimport runpy, calculators.api\n"
        "runpy.run_path('/here/uses_the_library.py', run_name='__main__')\n"
        "print('%d.%d' % sys.version_info[:2], calculators.__file__)\n"
    )
    said = bundle.run_in_pyodide("trying the wheel", code, {"/wheel": wheel.parent, "/here": HERE}).split()
    assert said == [PYTHONS[-1], f"/wheel/{wheel.name}/calculators/__init__.py"]


# ---------------------------------------------------------------- its types


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where a type checker finds the wheel, and not the sources."""
    folder = tmp_path_factory.mktemp("typed")
    venv.create(folder / "env", with_pip=False)
    (packages,) = (folder / "env").glob("lib/python3.*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    shutil.copy(HERE / "uses_the_library.py", folder)
    shutil.copy(MISUSES, folder / "misuses_the_library.py")
    return folder


def by_mypy(folder: Path, name: str, status: int) -> str:
    options = ("--strict", "--config-file=", "--cache-dir=.cache", "--python-executable", "env/bin/python")
    return run(sys.executable, "-m", "mypy", *options, name, folder=folder, status=status)


def by_pyright(folder: Path, name: str, status: int) -> str:
    program = ROOT / "node_modules/pyright/index.js"
    return run(ROOT / ".venv/bin/node", program, "--pythonpath", "env/bin/python", name, folder=folder, status=status)


@pytest.mark.parametrize("checker", [by_mypy, by_pyright])
def test_a_program_that_uses_it_is_typed(checker: object, environment: Path) -> None:
    assert callable(checker)
    checker(environment, "uses_the_library.py", 0)


@pytest.mark.parametrize("checker", [by_mypy, by_pyright])
def test_a_program_that_misuses_it_is_told(checker: object, environment: Path) -> None:
    assert callable(checker)
    said = checker(environment, "misuses_the_library.py", 1)
    lines = MISUSES.read_text("utf-8").splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if "# wrong" in line}
    assert {int(number) for number in re.findall(r"\.py:(\d+):.*error", said)} == wrong
