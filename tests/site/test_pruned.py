"""The whole runtime as it is shipped: what nothing names is gone from it, and its answers are the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from calculators.web.engine.cases import requests
from calculators.web.engine.shipped import run_shipped
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from tests.helpers import answers_in_pyodide

if TYPE_CHECKING:
    from pathlib import Path

PRUNED = replace(Settings.read(), monolith=False)

#: Lists the names that a WebAssembly module exports, and the modules that it imports from.
LISTED = """
import { readFileSync } from "node:fs";
const module = new WebAssembly.Module(readFileSync(process.argv[1]));
const { exports, imports } = WebAssembly.Module;
console.log(JSON.stringify([exports(module).map(({ name }) => name), imports(module).map(({ module }) => module)]));
"""

#: Named neither where the runtime's own script receives them nor as anything regular: each was forgotten once.
EASILY_FORGOTTEN = {"_pyproxy_apply_promising", "run_main_promising", "Py_Version", "__stack_low", "__main_argc_argv"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pruned") / "engine"
    assert bundle.bundle(PRUNED, folder)
    return folder


@pytest.fixture(scope="module")
def described(engine: Path) -> dict[str, Any]:
    files: dict[str, Any] = json.loads((engine / bundle.MANIFEST).read_text("utf-8"))["engine"]
    return files


def listed(wasm: Path) -> tuple[set[str], set[str]]:
    printed = bundle.run("listing", [str(bundle.NODE), "--input-type=module", "--eval", LISTED, str(wasm)])
    exports, imports = json.loads(printed)
    return set(exports), set(imports)


def test_what_a_program_names_is_there_and_little_else(engine: Path, described: dict[str, Any]) -> None:
    before, from_before = listed(bundle.PYODIDE / bundle.WASM)
    after, from_after = listed(engine / described["runtime"])
    assert after < before
    assert len(after) < len(before) / 20
    # What only extension modules are linked through is gone too.
    assert from_before - from_after == {"GOT.func"}
    glue = (bundle.runtime_of(described["build"]) / bundle.GLUE).read_text("utf-8")
    received = set(re.findall(r'wasmExports(?:\.|\[")([\w$]+)', glue))
    assert len(received) > 100
    assert received & before <= after
    programs = [bundle.PYODIDE / "pyodide.mjs", *(bundle.ROOT / user for user in bundle.RUNTIME_USERS)]
    asked = {name for path in programs for name in re.findall(r"\._([\w$]+)", path.read_text("utf-8"))}
    assert asked & before <= after
    assert EASILY_FORGOTTEN & before == EASILY_FORGOTTEN & after


def test_its_own_runtime_made_its_snapshot_and_another_name_tells_it_from_the_intact_one(
    engine: Path, described: dict[str, Any]
) -> None:
    content = (engine / described["snapshot"]).read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])
    assert header["build"] == described["build"] != bundle.runtime_build(bundle.PYODIDE)
    intact = (bundle.PYODIDE / bundle.WASM).stat().st_size
    assert described["bytes"]["runtime"] == (engine / described["runtime"]).stat().st_size < intact
    assert bundle.runtime_of(bundle.runtime_build(bundle.PYODIDE)) == bundle.PYODIDE
    with pytest.raises(bundle.BundleError, match=r"^runtime '012345': not here"):
        bundle.runtime_of("012345")


def test_the_worker_says_that_the_runtime_was_changed(engine: Path, described: dict[str, Any]) -> None:
    worker = (engine / described["worker"]).read_text("utf-8")
    assert "MPL-2.0), changed by calculators/web/engine/node/prune_runtime.mjs" in worker
    assert len(worker) < (bundle.PYODIDE / bundle.GLUE).stat().st_size * 0.6


def test_little_of_the_runtime_and_of_python_is_hot() -> None:
    """What training finds is a list beside the hot part: longer, it is for something that was added; shorter, less."""
    hot = bundle.hot_part(bundle.kept_python(), bundle.shipped_runtime(PRUNED))
    functions = json.loads((hot / bundle.HOT_LIST).read_text("utf-8"))
    assert 2000 < len(functions) < 3000
    called = json.loads((hot / bundle.CALLED).read_text("utf-8"))
    assert 1800 < len(called) < 2800
    assert called == sorted(set(called))


def heap_of(snapshot: Path) -> int:
    content = snapshot.read_bytes()
    heap: int = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])["heap"]
    return heap


#: Python's memory when it had one part: what it is now is no more.
IN_ONE_PART = 31_457_280


def test_python_begins_with_no_more_memory_than_when_it_had_one_part() -> None:
    python, runtime = bundle.kept_python(), bundle.shipped_runtime(PRUNED)
    for part in (bundle.hot_part(python, runtime) / bundle.SNAPSHOT, bundle.kept_snapshot(python, runtime)):
        assert heap_of(part) <= IN_ONE_PART


def test_what_the_hot_part_is_not_given_is_known() -> None:
    """More of it: something hot no longer leads there, or the search is at fault; less: something does."""
    hot = bundle.hot_part(bundle.kept_python(), bundle.shipped_runtime(PRUNED))
    ranges = json.loads((hot / bundle.EMPTIED).read_text("utf-8"))
    assert 800_000 < sum(end - first for first, end in ranges) < 1_600_000


def test_the_setting_makes_another_bundle(engine: Path) -> None:
    sources = json.loads((engine / bundle.MANIFEST).read_text("utf-8"))["sources"]
    assert not bundle.bundle(PRUNED, engine)
    assert not bundle.is_current(engine, f"{sources} in one part")


@pytest.mark.parametrize("snapshot", [True, False])
def test_it_answers_like_the_machines_own_python(engine: Path, tmp_path: Path, *, snapshot: bool) -> None:
    asked = [*bundle.REQUESTS[:4], *requests(200 if snapshot else 40, seed=314)]
    expected = [answer(request) for request in asked]
    assert answers_in_pyodide(asked, tmp_path, engine, snapshot=snapshot) == expected


def test_what_python_asks_of_its_runtime_is_still_there(engine: Path, tmp_path: Path) -> None:
    """Errors on both sides, functions of JavaScript, numbers, dates, deep recursion, memory that grows."""
    code = """
import datetime, decimal, json, math, random, time, traceback
from pyodide.code import run_js
from pyodide.ffi import JsException, to_js
from calculators.web.page.resume import resume
resume()
assert run_js("(f) => f(20) + 1")(lambda number: number * 2) == 41
assert run_js("new Map([[1, 'é']])").to_py() == {1: "é"}
assert run_js("(list) => list.map(String).join()")(to_js([1, 2])) == "1,2"
try:
    run_js("() => { throw new TypeError('no') }")()
except JsException as error:
    assert "no" in str(error)
else:
    raise AssertionError("nothing was thrown")
def deeper(): deeper()
try:
    deeper()
except RecursionError:
    assert "RecursionError" in traceback.format_exc()
else:
    raise AssertionError("no end")
assert math.sin(1) == 0.8414709848078965 and math.hypot(3, 4) == 5 and 2.5 ** 0.5 == math.sqrt(2.5)
assert decimal.Decimal(2).sqrt() == decimal.Decimal("1.414213562373095048801688724")
assert json.loads(json.dumps({"a": [1.5, None, "é"]})) == {"a": [1.5, None, "é"]}
assert datetime.date.fromtimestamp(time.time()) == datetime.date.today()
assert random.random() != random.random()
assert len(bytearray(120 << 20)) == 120 << 20
assert "%.3e|%s" % (123456.789, 10 ** 40) == "1.235e+05|1" + "0" * 40
"""
    run_shipped(code, tmp_path, engine)
