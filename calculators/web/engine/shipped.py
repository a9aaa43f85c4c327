"""Run the engine as it is shipped, under the locked Node: the runtime, the snapshot or the library, and our package."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.web.engine import bundle
from calculators.web.project.paths import inside

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT = bundle.ROOT / "calculators/web/engine/node/run_python.mjs"
#: What the script reads of this folder, besides the engine and its runtime.
SCRIPT_READS = (SCRIPT, bundle.ROOT / "calculators/web/js/engine/snapshot.mjs", bundle.PYODIDE)
#: A calculation takes a second; a loaded machine has a minute.
SEALED_SECONDS = 60


def run_shipped(code: str, folder: Path, engine: Path = bundle.ENGINE, *, snapshot: bool | None = None) -> str:
    """Run Python `code` with the runtime and package of `engine`; `folder` is its /job. Return what it printed.

    It begins with the shipped snapshot if there is one, or as `snapshot` says.
    """
    job = _job(code, engine, folder / "empty.zip", snapshot=snapshot)
    # The process keeps its surroundings, as a browser does: the time zone is that of whoever asks.
    return _run([], {**job, "mounts": {"/job": str(folder)}}, os.environ)


def run_sealed(code: str, engine: Path = bundle.ENGINE) -> str:
    """Run Python `code` as `run_shipped` does, apart from this computer. Return what it printed.

    It has no folder of this computer, none of Node's own objects, and an empty environment. Should it reach Node all
    the same, Node's permissions let it read the files of the engine and of Pyodide, write nothing, and start nothing.
    """
    with tempfile.TemporaryDirectory() as name:
        empty = Path(name) / "empty.zip"
        job = _job(code, engine, empty)
        reads = (*SCRIPT_READS, engine, empty, Path(job["options"]["indexURL"]))
        permissions = ["--permission", *(f"--allow-fs-read={path.resolve()}" for path in reads)]
        return _run(permissions, {**job, "sealed": True}, {}, SEALED_SECONDS)


def _job(code: str, engine: Path, empty: Path, *, snapshot: bool | None = None) -> dict[str, Any]:
    """Describe what to run; `empty` is where a zip of nothing is written, which stands for what the snapshot holds."""
    files = json.loads((engine / bundle.MANIFEST).read_text("utf-8"))["engine"]
    lock = inside(engine, files["lock"])
    options: dict[str, Any] = {"indexURL": str(bundle.runtime_of(files["build"])), "packageBaseUrl": str(lock.parent)}
    job: dict[str, Any] = {"code": code, "options": options}
    if bool(files["snapshot"]) if snapshot is None else snapshot:
        with zipfile.ZipFile(empty, "w"):
            pass
        job["snapshot"] = {"file": str(inside(engine, files["snapshot"])), "build": files["build"]}
        options["stdLibURL"] = str(empty)
        options["lockFileContents"] = json.dumps({"info": files["info"], "packages": {}})
    else:
        options["stdLibURL"] = str(inside(engine, files["library"]))
        options["lockFileURL"] = str(lock)
        options["packages"] = [files["package"]]
    return job


def _run(flags: list[str], job: Mapping[str, Any], environment: Mapping[str, str], seconds: float | None = None) -> str:
    command = [str(bundle.NODE), *flags, str(SCRIPT), json.dumps(job)]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise bundle.BundleError("Python as it is shipped does not answer in time") from None
    if done.returncode:
        raise bundle.BundleError(f"Python as it is shipped failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
