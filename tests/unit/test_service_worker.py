"""The service worker is given the files of its very version, and what each is for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from calculators.web.publish import service_worker

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = {
    "worker": "engine/worker.mjs",
    "runtime": "engine/pyodide/pyodide.asm.wasm",
    "snapshot": "engine/memory/memory.bin",
    "library": "engine/library/python_stdlib.zip",
    "lock": "engine/calculators/pyodide-lock.json",
    "wheel": "engine/calculators/ours.whl",
    # What checks files: it opens without a network too.
    "files": "engine/files/files.zip",
    "pdf": "engine/pdf/pdf.zip",
    # Letters are taken away as files there too.
    "word": "engine/word.js",
}
PARTS = {
    "": "page",
    "guide/": "page",
    "donnees/sbi.json": "page",
    "404.html": "base",
    "assets/app.js": "base",
    "assets/javascripts/workers/search.js": "base",
    "search/search_index.json": "base",
    "assets/engine/worker.mjs": "engine",
    "assets/engine/pyodide/pyodide.asm.wasm": "engine",
    "assets/engine/memory/memory.bin": "engine",
    "assets/engine/files/files.zip": "engine",
    "assets/engine/pdf/pdf.zip": "engine",
    "assets/engine/word.js": "engine",
    "assets/engine/library/python_stdlib.zip": "spare",
    "assets/engine/calculators/pyodide-lock.json": "spare",
    "assets/engine/calculators/ours.whl": "spare",
}
LEFT_OUT = (
    "_headers",
    ".htaccess",
    "calculateurs/.htaccess",
    "guide/index.html.br",
    "sitemap.xml",
    "assets/app.js.map",
    "sbom.cdx.json",
    "sbom-construction.cdx.json",
    ".well-known/security.txt",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {name: f"{name}index.html" if name in {"", "guide/"} else name for name in PARTS}
    for name in (*files.values(), *LEFT_OUT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"contenu de {name}", "utf-8")
    for script in bundle.SERVICE_WORKERS:
        (tmp_path / "assets" / script).write_text(f"/* {script} */", "utf-8")
    (tmp_path / "assets" / bundle.MANIFEST).write_text(json.dumps({"engine": ENGINE}), "utf-8")
    return tmp_path


def written(site: Path) -> tuple[dict[str, Any], str]:
    head, code = (site / service_worker.SCRIPT).read_text("utf-8").split("\n", 1)
    return json.loads(head.removeprefix("const SITE = ").removesuffix(";")), code


def test_it_lists_every_file_by_its_address_with_its_size_hash_and_use(site: Path) -> None:
    service_worker.write(site, wanted=True)
    listed, code = written(site)
    assert code == "/* service-worker.js */"
    assert {address: part for address, (_, _, part) in listed["files"].items()} == PARTS
    content = (site / "guide/index.html").read_bytes()
    assert listed["files"]["guide/"] == [len(content), hashlib.sha256(content).hexdigest(), "page"]
    order = [part for _, _, part in listed["files"].values()]
    assert order == sorted(order, key=["base", "page", "engine", "spare"].index)
    assert list((site / "assets").glob("service-worker*")) == []


def test_without_a_snapshot_python_begins_with_its_library(site: Path) -> None:
    without = {"engine": {**ENGINE, "snapshot": ""}}
    (site / "assets" / bundle.MANIFEST).write_text(json.dumps(without), "utf-8")
    service_worker.write(site, wanted=True)
    files = written(site)[0]["files"]
    assert {address for address, (_, _, part) in files.items() if part == "engine"} == {
        address for address, part in PARTS.items() if part in {"engine", "spare"}
    } - {"assets/engine/memory/memory.bin"}


@pytest.mark.parametrize("changed", ["guide/index.html", "assets/service-worker.js"])
def test_whatever_changes_makes_another_version(site: Path, changed: str) -> None:
    scripts = {name: (site / "assets" / name).read_bytes() for name in bundle.SERVICE_WORKERS}

    def version() -> object:
        service_worker.write(site, wanted=True)
        return written(site)[0]["version"]

    def put_scripts_back() -> None:
        for name, content in scripts.items():
            (site / "assets" / name).write_bytes(content)

    first = version()
    put_scripts_back()
    assert version() == first
    put_scripts_back()
    (site / changed).write_text("autre", "utf-8")
    assert version() != first


def test_a_site_that_wants_none_gets_what_takes_its_place(site: Path) -> None:
    service_worker.write(site, wanted=False)
    assert (site / service_worker.SCRIPT).read_text("utf-8") == "/* service-worker-off.js */"
