"""The engine of a deployed site is run only if it is the one made here; and then without anything of this computer."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.check.calculation import check_calculation
from calculators.web.check.checks import MANIFEST, site_at
from calculators.web.check.findings import Grade, Report
from calculators.web.engine import bundle, shipped
from calculators.web.project.settings import Settings
from tests.helpers import serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: What a hostile engine does as soon as Python runs.
ATTACK = """
import js
js.process.getBuiltinModule("fs").writeFileSync({target!r}, "hacked")
"""


@pytest.fixture
def deployed(site: Path, tmp_path: Path) -> Path:
    """A copy of the site whose engine may be replaced."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy, copy_function=os.link)
    return copy


def rewrite(deployed: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest, then make its hashes those of the files, as whoever holds the server would."""
    path = deployed / MANIFEST
    described = json.loads(path.read_text("utf-8"))
    change(described)
    for name in described["files"]:
        if name.startswith("engine/"):
            content = (deployed / "assets" / name).read_bytes()
            described["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path.unlink()
    path.write_text(json.dumps(described), "utf-8")


def checked(deployed: Path) -> Report:
    report = Report()
    with serving(deployed) as url:
        check_calculation(site_at(url), report)
    return report


def with_attack(deployed: Path, target: Path) -> Callable[[dict[str, Any]], None]:
    """Make the engine begin without a snapshot, and its package attack when it is imported."""

    def change(described: dict[str, Any]) -> None:
        engine = described["engine"]
        engine["snapshot"] = ""
        described["sources"] = bundle.made_from(Settings.read())
        wheel, lock = (deployed / "assets" / engine[name] for name in ("wheel", "lock"))
        with zipfile.ZipFile(wheel) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members = {name: content for name, content in members.items() if name != "calculators/web/browser.pyc"}
        members["calculators/web/page/browser.py"] = ATTACK.format(target=str(target)).encode()
        wheel.unlink()
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        locked = json.loads(lock.read_text("utf-8"))
        locked["packages"][engine["package"]]["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lock.unlink()
        lock.write_text(json.dumps(locked), "utf-8")

    return change


def test_a_hostile_engine_is_not_run(deployed: Path, tmp_path: Path) -> None:
    """The same engine, run as the checker used to, writes what it wants where it wants."""
    target = tmp_path / "hacked"
    rewrite(deployed, with_attack(deployed, target))
    report = checked(deployed)
    assert not target.exists()
    assert [finding.grade for finding in report.findings] == [Grade.FAULT]
    assert "rien n’a été exécuté" in report.findings[0].seen
    assert "autre contenu : engine/calculators-" in report.findings[0].seen
    shipped.run_shipped("import calculators.web.page.browser", tmp_path, deployed / "assets")
    assert target.read_text() == "hacked"


def test_an_engine_of_another_version_is_said_and_not_run(deployed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = next((deployed / "assets/engine").glob("worker-*.mjs"))
    content = worker.read_bytes()
    worker.unlink()
    worker.write_bytes(content + b"\n")
    rewrite(deployed, lambda described: described.update(sources="0" * 64))
    monkeypatch.setattr(shipped, "run_sealed", lambda *_: pytest.fail("it was run"))
    (finding,) = checked(deployed).findings
    assert finding.grade is Grade.ADVICE
    assert f"(autre contenu : engine/{worker.name})" in finding.seen
    assert "Vérifiez depuis le dossier qui a servi à publier" in finding.remedy


def test_a_setting_of_this_folder_that_cannot_be_used_is_said(deployed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNAPSHOT", "non")
    (finding,) = checked(deployed).findings
    assert finding.grade is Grade.ADVICE
    assert "SNAPSHOT=non : écrivez 1 pour oui" in finding.seen


#: Ways from Python to Node and to this computer; each prints what it reached.
WAYS = """
import js, os, pyodide_js
from pyodide.code import run_js

def mounted(root):
    place = "/host" + str(len(os.listdir("/")))
    pyodide_js.FS.mkdirTree(place)
    options = js.Object.new()
    options.root = root
    pyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, options, place)
    return place

def written(root):
    with open(mounted(root) + "/hacked", "w") as file:
        file.write("hacked")

ways = {
    "process": lambda: js.process.pid,
    "function": lambda: run_js("(() => {}).constructor('return process')().pid"),
    "console": lambda: run_js("console.log.name"),
    "network": lambda: js.fetch.name,
    "read": lambda: os.listdir(mounted(FOLDER))[0],
    "write": lambda: written(FOLDER),
    "environment": lambda: run_js("process.env.SECRET.length"),
}
for name, way in ways.items():
    try:
        way()
    except BaseException:
        continue
    print(name)
"""
IMPORT = """
from pyodide.code import run_js
run_js("globalThis.setTimeout(() => import('node:fs').then((fs) => fs.writeFileSync(TARGET, 'hacked')))")
"""


def test_what_is_run_reaches_nothing_of_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle.bundle(Settings.read())
    monkeypatch.setenv("SECRET", "secret")
    (tmp_path / "private").write_text("private")
    code = f"FOLDER = {str(tmp_path)!r}\n{WAYS}"
    everything = ["process", "function", "console", "network", "read", "write", "environment"]
    assert shipped.run_shipped(code, tmp_path).split() == everything
    (tmp_path / "hacked").unlink()
    assert shipped.run_sealed(code).split() == []
    late = IMPORT.replace("TARGET", json.dumps(str(tmp_path / "hacked")).replace('"', "`"))
    with pytest.raises(bundle.BundleError, match="sealed: no import of node:fs"):
        shipped.run_sealed(late)
    assert not (tmp_path / "hacked").exists()
