"""The bundle: complete, no more than needed, bytecode of the right Python, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from calculators.web.engine.shipped import run_shipped
from calculators.web.project.settings import Settings
from tests.helpers import answers_in_pyodide

if TYPE_CHECKING:
    from pathlib import Path

#: The magic number of CPython 3.14's bytecode.
MAGIC_3_14 = (3627).to_bytes(2, "little") + b"\r\n"


def runtime() -> Path:
    """Pyodide's runtime as this build ships it."""
    return bundle.shipped_runtime(Settings.read())


@pytest.fixture(scope="module")
def engine() -> Path:
    bundle.bundle(Settings.read())
    return bundle.ENGINE


@pytest.fixture(scope="module")
def described(engine: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((engine / bundle.MANIFEST).read_text("utf-8"))
    return manifest


@pytest.fixture(scope="module")
def wheel(engine: Path) -> Path:
    (wheel,) = engine.glob("engine/calculators-*/*.whl")
    return wheel


def test_the_manifest_lists_every_file_with_its_size_and_hash(engine: Path, described: dict[str, Any]) -> None:
    files = {path.relative_to(engine).as_posix(): path.read_bytes() for path in engine.rglob("*") if path.is_file()}
    del files[bundle.MANIFEST]
    assert described["files"] == {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()
    }


def test_the_parts_that_the_worker_looks_for_are_there(engine: Path, described: dict[str, Any]) -> None:
    parts = described["engine"]
    for name in ("worker", "runtime", "snapshot", "library", "lock"):
        assert (engine / parts[name]).is_file()
    assert (engine / parts["runtime"]).read_bytes() == (runtime() / bundle.WASM).read_bytes()


def test_the_lock_names_our_wheel_and_its_hash(engine: Path, described: dict[str, Any], wheel: Path) -> None:
    lock = json.loads((engine / described["engine"]["lock"]).read_text("utf-8"))
    assert list(lock["packages"]) == ["mode-emploi-demarches"]
    package = lock["packages"]["mode-emploi-demarches"]
    assert package["file_name"] == wheel.name
    assert package["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert package["depends"] == []


def test_every_module_is_bytecode_of_pyodides_python(engine: Path, described: dict[str, Any], wheel: Path) -> None:
    assert wheel.name.endswith("-cp314-none-any.whl")
    for path in (wheel, engine / described["engine"]["library"]):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert [name for name in names if name.endswith(".py")] == []
            modules = [name for name in names if name.endswith(".pyc")]
            assert modules
            assert {archive.read(name)[:4] for name in modules} == {MAGIC_3_14}


def test_the_wheel_holds_what_the_browser_needs_and_nothing_of_the_build(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {name.removesuffix(".pyc") for name in names if name.endswith(".pyc")}
    assert {
        "calculators/__init__",
        "calculators/web/page/browser",
        "calculators/web/page/answer",
        "calculators/registry",
    } <= modules
    assert "calculators/__main__" not in modules
    rooms = {name.split("/")[2] for name in modules if name.startswith("calculators/web/")}
    assert rooms == {"__init__", "page"}
    laws = {path.relative_to(bundle.ROOT).as_posix() for path in (bundle.ROOT / "calculators/law").rglob("*.toml")}
    told = {"calculators/edition.json"}
    assert names - {f"{module}.pyc" for module in modules} == laws - bundle.ONLY_FOR_PAGES | told


#: A build as `make` does it, in a process where nothing else ran, which keeps nothing of the one before.
ANEW = """
import sys
from pathlib import Path
from calculators.web.engine import bundle
from calculators.web.project.settings import Settings
bundle.BUILD = Path(sys.argv[1])
assert bundle.bundle(Settings.read(), Path(sys.argv[2]))
"""


def test_two_bundles_are_byte_identical(engine: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-c", ANEW, tmp_path, again], cwd=bundle.ROOT, check=True)
    files = [path.relative_to(engine) for path in sorted(engine.rglob("*")) if path.is_file()]
    assert files == [path.relative_to(again) for path in sorted(again.rglob("*")) if path.is_file()]
    assert [str(path) for path in files if (engine / path).read_bytes() != (again / path).read_bytes()] == []


#: Python begun as training begins it, and its memory told.
BEGUN = """
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resume } from "./calculators/web/engine/node/resume.mjs";
const job = JSON.parse(process.argv[1]);
const [, { exports }] = await resume(job, new Uint8Array(readFileSync(`${job.runtime}/pyodide.asm.wasm`)));
console.log(createHash("sha256").update(new Uint8Array(exports.memory.buffer)).digest("hex"));
"""


@pytest.mark.usefixtures("engine")
def test_training_begins_with_the_same_memory_whatever_chance_and_the_clock_say(tmp_path: Path) -> None:
    """A word of it that looks like a place keeps the static data there: drawn by chance, it would be kept by chance."""
    settings = Settings.read()
    job = bundle.resumed(bundle.kept_python(), bundle.shipped_runtime(settings), tmp_path / "empty.zip")
    command = [str(bundle.NODE), "--input-type=module", "--eval", BEGUN, json.dumps(job)]
    first, second = (bundle.run("beginning Python", command) for _ in range(2))
    assert first == second


#: A memory taken up, once what it was made of may be let go: Pyodide keeps the options for as long as it lives.
TAKEN_UP = """
import { beginWith } from "./calculators/web/js/engine/snapshot.mjs";
let collected = false;
const registry = new FinalizationRegistry(() => { collected = true; });
const module = { API: {}, HEAPU8: new Uint8Array(8), _malloc() {}, _free() {} };
const options = (() => {
  const content = new Uint8Array(8);
  registry.register(content, "");
  const none = new Uint32Array();
  const pieces = new Uint16Array();
  const snapshot = { build: "", heap: 0, config: {}, runs: none, content, start: 8, kinds: none, pieces, bodies: none };
  return beginWith(Promise.resolve(snapshot), async () => module, () => new Uint8Array());
})();
await options.createPyodideModule({});
module.API.restoreSnapshot();
for (let turn = 0; turn < 100 && !collected; turn += 1) {
  globalThis.gc();
  await new Promise((go) => setTimeout(go));
}
console.log(collected, Object.keys(options).length);
"""


def test_what_the_memory_was_made_of_is_let_go_once_it_is_taken_up() -> None:
    """It weighs many megabytes, which a phone needs."""
    said = bundle.run(
        "taking up a memory", [str(bundle.NODE), "--expose-gc", "--input-type=module", "--eval", TAKEN_UP]
    )
    assert said.split()[0] == "true"


#: A function that ran, and that nothing holds but itself: Python lets it go when it next looks for such things.
LET_GO = """
import gc
names = {}
exec(Path('/web/in_memory.py').read_text('utf-8'), names)
gc.disable()
def make():
    def made():
        return made
    return made()
make()
print(*(key for key in names['json'].loads(names['called']()) if key.startswith('__main__:make')))
"""


def test_what_ran_is_the_same_whether_or_not_python_has_let_go_of_it() -> None:
    """It is what the hot part is made of: a name more or less, by chance, would give it other bytes."""
    (maker, inner) = bundle.run_in_pyodide("looking at what ran", LET_GO, {}).split()
    assert inner.rpartition("/")[0] == maker


def test_a_bundle_of_the_same_sources_is_kept(engine: Path) -> None:
    assert not bundle.bundle(Settings.read(), engine)


def test_a_bundle_of_other_sources_is_not_current(engine: Path, tmp_path: Path) -> None:
    assert not bundle.is_current(engine, "other")
    assert not bundle.is_current(tmp_path, "none")


def test_a_failed_step_says_which_and_why() -> None:
    with pytest.raises(bundle.BundleError, match=r"(?s)^dividing failed:.*ZeroDivisionError"):
        bundle.run_in_pyodide("dividing", "1 / 0", {})


@pytest.mark.parametrize("snapshot", [True, False])
def test_what_reads_workbooks_holds_all_that_the_shipped_python_lacks(
    engine: Path, described: dict[str, Any], tmp_path: Path, *, snapshot: bool
) -> None:
    """A workbook of each kind, written, read and answered, as the page would; nothing of it is there before."""
    packed = (engine / described["engine"]["sheets"]).read_bytes()
    assert len(packed) < 2_000_000
    (tmp_path / "packed").write_bytes(base64.b64encode(packed))
    code = (
        "import json, os, sys; os.environ.pop('SOURCE_DATE_EPOCH', None);"  # zips know no day before 1980
        "from calculators.web.page.browser import answer;"
        "held = [name for name in sys.modules if name.startswith(('openpyxl', 'defusedxml', 'calculators.sheets'))];"
        "answer(json.dumps({'bibliotheque': open('/job/packed').read(), 'nom': 'classeurs'}));"
        "from calculators.sheets.rehearsal import rehearse; rehearse(); print(held)"
    )
    assert run_shipped(code, tmp_path, engine, snapshot=snapshot).strip() == "[]"


@pytest.mark.parametrize("snapshot", [True, False])
def test_what_checks_files_holds_all_that_the_shipped_python_lacks(
    engine: Path, described: dict[str, Any], tmp_path: Path, *, snapshot: bool
) -> None:
    """A PDF made, read, made anew and packed, as the page would; nothing of it is there before."""
    for name, most in (("files", 200_000), ("pdf", 2_500_000)):
        packed = (engine / described["engine"][name]).read_bytes()
        assert len(packed) < most
        (tmp_path / name).write_bytes(base64.b64encode(packed))
    code = (
        "import json, os, sys;"
        "from calculators.web.page.browser import answer;"
        "held = [name for name in sys.modules if name.startswith(('pypdf', 'calculators.files'))];"
        "ask = lambda **asked: json.loads(answer(json.dumps(asked)));"
        "os.makedirs('/depot'); open('/depot/0', 'wb').write(b'%PDF-1.7 %%EOF');"
        "limits = dict(titre='', formats=[], conseilles=[], maximum=None, prudence=9);"
        "look = lambda: ask(depot=dict(action='verifier', nom='a.pdf', limites=limits));"
        "lacks = [look()['manque'], ask(bibliotheque=open('/job/files').read(), nom='files') and look()['manque']];"
        "ask(bibliotheque=open('/job/pdf').read(), nom='pdf');"
        "from calculators.files.rehearsal import rehearse; rehearse();"
        "print(held, lacks, look()['fichier']['verdict'])"
    )
    assert run_shipped(code, tmp_path, engine, snapshot=snapshot).strip() == "[] ['files', 'pdf'] serait_refuse"


@pytest.mark.parametrize("snapshot", [True, False])
def test_the_shipped_library_holds_whatever_our_modules_and_its_own_import(
    wheel: Path, tmp_path: Path, *, snapshot: bool
) -> None:
    """Beyond what ran while trimming: each of our modules, and the paths where Python itself reports an error."""
    with zipfile.ZipFile(wheel) as archive:
        files = [name for name in archive.namelist() if name.endswith(".pyc")]
    modules = [name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in files]
    code = f"""
import importlib, json, traceback, warnings
for module in {modules}:
    importlib.import_module(module)
try:
    def deeper(): deeper()
    deeper()
except RecursionError:
    assert "RecursionError" in traceback.format_exc()
try:
    json.loads("[")
except ValueError:
    traceback.print_exc()
try:
    raise ExceptionGroup("two", [ValueError("é"), KeyError(1)])
except ExceptionGroup as error:
    assert "ValueError" in "".join(traceback.format_exception(error))
with warnings.catch_warnings(record=True):
    warnings.simplefilter("always"); warnings.warn("tried")
import copy, dataclasses, datetime, decimal, enum, re, typing, urllib.parse
assert datetime.datetime.strptime("2026-11-20", "%Y-%m-%d").strftime("%A") == "Friday"
assert copy.deepcopy(decimal.Decimal("1.10")) == decimal.Decimal("1.10")
assert "é".encode("latin-1").decode("latin-1") == "é"
"""
    run_shipped(code, tmp_path, snapshot=snapshot)


#: What must hold in a memory that was made elsewhere and long before.
RESUMED = """
import datetime, decimal, os, random, sys, time
from pathlib import Path
from calculators.web.page.resume import resume
before = random.random()
resume()
assert sys.flags.hash_randomization == 0
assert abs(time.time() - {now}) < 60
assert datetime.date.today() == datetime.date.fromtimestamp({now})
assert datetime.datetime.fromtimestamp(1782900000).hour == 12, "Europe/Paris in summer"
assert decimal.getcontext().prec == 28
assert decimal.Decimal("0.1") + decimal.Decimal("0.2") == decimal.Decimal("0.3")
assert "{root}" not in "".join([*os.environ.values(), *sys.path, sys.executable])
grown = bytearray(80 << 20)
assert len(grown) == 80 << 20
Path("/job/seen").write_text(f"{{before}} {{random.random()}} {{hash('text')}} {{os.urandom(8).hex()}}")
"""


@pytest.mark.usefixtures("engine")
def test_a_resumed_memory_knows_the_day_and_place_and_has_its_own_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    seen = []
    for _ in range(2):
        run_shipped(RESUMED.format(now=int(time.time()), root=bundle.ROOT), tmp_path, snapshot=True)
        seen.append((tmp_path / "seen").read_text().split())
    same = [first == second for first, second in zip(*seen, strict=True)]
    assert same == [True, False, True, False]


def test_the_snapshot_comes_from_the_shipped_runtime_alone(engine: Path, described: dict[str, Any]) -> None:
    content = (engine / described["engine"]["snapshot"]).read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])
    assert header["build"] == described["engine"]["build"] == bundle.runtime_build(runtime())
    assert str(bundle.ROOT).encode() not in content


def test_a_snapshot_of_another_runtime_or_a_cut_one_is_refused(
    engine: Path, described: dict[str, Any], tmp_path: Path
) -> None:
    shipped = engine / described["engine"]["snapshot"]
    job = {"code": "", "options": {"indexURL": str(runtime())}}
    script = str(bundle.ROOT / "calculators/web/engine/node/run_python.mjs")

    def refusal(file: Path, build: str) -> str:
        with pytest.raises(bundle.BundleError) as caught:
            bundle.run(
                "resuming",
                [str(bundle.NODE), script, json.dumps({**job, "snapshot": {"file": str(file), "build": build}})],
            )
        return str(caught.value)

    assert "not of 0123" in refusal(shipped, "0123")
    cut = tmp_path / "cut.bin"
    cut.write_bytes(shipped.read_bytes()[:-4096])
    assert "bytes instead of" in refusal(cut, bundle.runtime_build(runtime()))
    cut.write_bytes(b"<!doctype html>!")
    assert "not a snapshot" in refusal(cut, bundle.runtime_build(runtime()))


@pytest.mark.usefixtures("engine")
def test_a_build_without_a_snapshot_is_one_setting_away(tmp_path: Path) -> None:
    assert bundle.bundle(replace(Settings.read(), snapshot=False), tmp_path / "engine")
    files = json.loads((tmp_path / "engine" / bundle.MANIFEST).read_text("utf-8"))["engine"]
    assert (files["snapshot"], files["integrity"], files["bytes"]["snapshot"]) == ("", "", 0)
    assert not list((tmp_path / "engine").rglob(bundle.SNAPSHOT))
    run_shipped("import calculators.web.page.browser", tmp_path, tmp_path / "engine")


def test_a_build_in_one_part_is_one_setting_away(tmp_path: Path) -> None:
    assert bundle.bundle(replace(Settings.read(), monolith=True), tmp_path / "engine")
    files = json.loads((tmp_path / "engine" / bundle.MANIFEST).read_text("utf-8"))["engine"]
    assert (files["hot"], files["hot_memory"], files["bytes"]["hot"], files["bytes"]["hot_memory"]) == ("", "", 0, 0)
    assert files["build"] == bundle.runtime_build(bundle.PYODIDE)
    asked = [*bundle.REQUESTS[:4]]
    answer = importlib.import_module("calculators.web.page.browser").answer
    assert answers_in_pyodide(asked, tmp_path, tmp_path / "engine") == [answer(request) for request in asked]


@pytest.mark.usefixtures("engine")
def test_the_shipped_calculators_answer_like_the_machines_own_python(tmp_path: Path) -> None:
    answer = importlib.import_module("calculators.web.page.browser").answer
    requests = [*bundle.REQUESTS[:2]] * 200
    assert answers_in_pyodide(requests, tmp_path) == [answer(request) for request in requests]
