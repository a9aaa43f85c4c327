"""The architecture is what its page says: the page alone says which part may rest on which, and this reads it there."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from calculators.registry import CALCULATORS
from calculators.web.engine.bundle import package_files
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "calculators"
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def table(first: str) -> list[list[str]]:
    """The cells of the page's table whose first column is so named, a list a row."""
    (rows,) = re.findall(rf"^\| {first} \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()]


def named(cell: str, folder: str) -> list[str]:
    """The parts of a folder that a cell names, without their ending."""
    return re.findall(rf"`{folder}/([\w-]+)(?:/|\.py)`", cell)


#: The floors of the package, from the ground up: a floor rests on those before it, and its own parts on one another.
FLOORS = [named(where, "calculators") for _, where in table("Étage")]
ORDER = {part: floor for floor, parts in enumerate(FLOORS) for part in parts}
#: The rooms of `web`, each with those that it imports, all of them.
ROOMS = {named(room, "calculators/web")[0]: re.findall(r"`(\w+)`", rests) for room, _, rests in table("Pièce")}
SUBJECTS = {calculator.inputs.__module__.split(".")[1] for calculator in CALCULATORS.values()}


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports, as `web/page/form`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: whole names only, which can be read"
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("calculators.") and (module := name.partition(".")[2].replace(".", "/")) in MODULES:
                yield module


def room_of(module: str) -> str:
    """The room of `web` where a module is; empty for one that is in none."""
    part, _, inside = module.partition("/")
    return inside.partition("/")[0] if part == "web" else ""


def test_every_part_of_the_package_has_its_floor_and_every_part_of_web_its_room() -> None:
    parts = {module.partition("/")[0] for module in MODULES} - {"__init__"}
    assert parts - ORDER.keys() == set(), "sans étage : nommez-les dans le tableau de docs/architecture.md"
    assert ORDER.keys() - parts == set(), "the table names what there is not"
    files = {path.relative_to(PACKAGE / "web") for path in (PACKAGE / "web").rglob("*") if path.is_file()}
    found = {path.parts[0] for path in files if "__pycache__" not in path.parts}
    assert found == {"__init__.py", *ROOMS}, "a module or a folder of web has no room"


@pytest.mark.parametrize("module", MODULES)
def test_dependencies_go_one_way(module: str) -> None:
    part = module.partition("/")[0]
    rests_on = {name.partition("/")[0] for name in imported(MODULES[module])} - {part}
    for other in rests_on & ORDER.keys() if part in ORDER else ():  # one without a floor is said above, once
        assert ORDER[other] <= ORDER[part], f"{module} rests on {other}, which stands above it"
        assert not {part, other} <= SUBJECTS, f"{module}: a calculator knows no other one"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_web_imports_the_rooms_that_the_page_says(room: str) -> None:
    found = {room_of(other) for module, path in MODULES.items() if room_of(module) == room for other in imported(path)}
    assert found - {room, ""} == set(ROOMS[room])


def test_no_room_of_web_rests_on_one_after_it() -> None:
    before: set[str] = set()
    for room, others in ROOMS.items():
        assert set(others) <= before, room
        before.add(room)


def test_the_browser_receives_the_room_of_the_page_whole_and_no_other() -> None:
    room = {path.relative_to(ROOT).as_posix() for path in (PACKAGE / "web/page").rglob("*.py")}
    assert {name for name in package_files() if name.startswith("calculators/web/")} == {
        "calculators/web/__init__.py",
        *room,
    }


def test_only_the_settings_read_the_environment() -> None:
    """Two modules hand the whole of it to the programs that they run, and read nothing of it but where these are."""
    reading = re.compile(r"\benviron\b|\bgetenv\b")
    found = {module for module, path in MODULES.items() if reading.search(path.read_text("utf-8"))}
    assert found == {"web/project/settings", "web/engine/bundle", "web/engine/shipped"}
    asked = re.findall(r'environ\S*?\("(\w+)"', MODULES["web/engine/bundle"].read_text("utf-8"))
    assert asked == ["PATH"]


@pytest.mark.parametrize("part", sorted({part for parts in FLOORS[:-1] for part in parts}))
def test_a_rule_never_reads_a_clock_nor_the_environment(part: str) -> None:
    for module, path in MODULES.items():
        # How a command ends is no rule: it has to do with the machine's own streams.
        if module.partition("/")[0] == part and module != "terminal":
            text = path.read_text("utf-8")
            assert not re.search(
                r"(?m)\.(?:today|now|utcnow)\(|\bos\.environ|^\s*(?:import|from) (?:time|os|random)\b", text
            ), module


def test_every_file_that_the_page_names_exists() -> None:
    paths = {word for word in re.findall(r"`([\w./-]+)`", PAGE) if "/" in word}
    assert len(paths) > 20
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_the_page_names_every_calculator_and_every_kind_of_test() -> None:
    assert {name for name in SUBJECTS if f"`calculators/{name}/`" not in PAGE} == set()
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("test_*.py"))}
    assert {name for name in folders if f"`tests/{name}`" not in PAGE} == set()


def test_the_folder_of_the_pages_holds_what_a_writer_touches() -> None:
    kinds = {path.suffix for path in (ROOT / "docs").rglob("*") if path.is_file()}
    assert kinds <= {".md", ".css", ".svg", ".png"}, "a program has a room of calculators/web"
