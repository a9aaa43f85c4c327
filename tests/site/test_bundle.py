"""The bundle: complete, no more than needed, bytecode of the right Python, the same bytes each time."""

from __future__ import annotations

import hashlib
import importlib
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web import bundle
from tests.helpers import answers_in_pyodide, run_shipped

if TYPE_CHECKING:
    from pathlib import Path

#: The magic number of CPython 3.14's bytecode.
MAGIC_3_14 = (3627).to_bytes(2, "little") + b"\r\n"


@pytest.fixture(scope="module")
def engine() -> Path:
    bundle.bundle()
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
    for name in ("worker", "runtime", "library", "lock"):
        assert (engine / parts[name]).exists()
    assert (engine / parts["runtime"] / "pyodide.asm.wasm").read_bytes()[:4] == b"\0asm"


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
        "calculators/web/browser",
        "calculators/web/answer",
        "calculators/registry",
    } <= modules
    build_only = ("__main__", "web/bundle", "web/extension", "web/in_pyodide", "web/publish", "web/serve")
    assert modules.isdisjoint(f"calculators/{name}" for name in build_only)
    laws = {path.relative_to(bundle.ROOT).as_posix() for path in (bundle.ROOT / "calculators/law").rglob("*.toml")}
    assert names - {f"{module}.pyc" for module in modules} == laws


def test_two_bundles_are_byte_identical(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "BUILD", tmp_path)
    assert bundle.bundle(tmp_path / "again")
    files = [path.relative_to(engine) for path in sorted(engine.rglob("*")) if path.is_file()]
    again = tmp_path / "again"
    assert files == [path.relative_to(again) for path in sorted(again.rglob("*")) if path.is_file()]
    assert [str(path) for path in files if (engine / path).read_bytes() != (again / path).read_bytes()] == []


def test_a_bundle_of_the_same_sources_is_kept(engine: Path) -> None:
    assert not bundle.bundle(engine)


def test_a_bundle_of_other_sources_is_not_current(engine: Path, tmp_path: Path) -> None:
    assert not bundle.is_current(engine, "other")
    assert not bundle.is_current(tmp_path, "none")


def test_a_failed_step_says_which_and_why() -> None:
    with pytest.raises(bundle.BundleError, match=r"(?s)^dividing failed:.*ZeroDivisionError"):
        bundle.run_in_pyodide("dividing", "1 / 0", {})


def test_the_shipped_library_holds_whatever_our_modules_and_its_own_import(wheel: Path, tmp_path: Path) -> None:
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
import copy, dataclasses, datetime, decimal, enum, re, tomllib, typing, urllib.parse
assert datetime.datetime.strptime("2026-11-20", "%Y-%m-%d").strftime("%A") == "Friday"
assert copy.deepcopy(decimal.Decimal("1.10")) == decimal.Decimal("1.10")
assert "é".encode("latin-1").decode("latin-1") == "é"
"""
    run_shipped(code, tmp_path)


@pytest.mark.usefixtures("engine")
def test_the_shipped_calculators_answer_like_the_machines_own_python(tmp_path: Path) -> None:
    answer = importlib.import_module("calculators.web.browser").answer
    requests = [*bundle.REQUESTS[:2]] * 200
    assert answers_in_pyodide(requests, tmp_path) == [answer(request) for request in requests]
