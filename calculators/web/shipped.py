"""Run the engine as it is shipped, under the locked Node: the runtime, the snapshot or the library, and our package."""

from __future__ import annotations

import json
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

from calculators.web import bundle

if TYPE_CHECKING:
    from pathlib import Path


def run_shipped(code: str, folder: Path, engine: Path = bundle.ENGINE, *, snapshot: bool | None = None) -> str:
    """Run Python `code` with the runtime and package of `engine`; `folder` is its /job. Return what it printed.

    It begins with the shipped snapshot if there is one, or as `snapshot` says.
    """
    files = json.loads((engine / bundle.MANIFEST).read_text("utf-8"))["engine"]
    lock = engine / files["lock"]
    job: dict[str, Any] = {"code": code, "mounts": {"/job": str(folder)}}
    job["options"] = {"indexURL": str(bundle.runtime_of(files["build"])), "packageBaseUrl": str(lock.parent)}
    if bool(files["snapshot"]) if snapshot is None else snapshot:
        with zipfile.ZipFile(folder / "empty.zip", "w"):
            pass
        job["snapshot"] = {"file": str(engine / files["snapshot"]), "build": files["build"]}
        job["options"]["stdLibURL"] = str(folder / "empty.zip")
        job["options"]["lockFileContents"] = json.dumps({"info": files["info"], "packages": {}})
    else:
        job["options"]["stdLibURL"] = str(engine / files["library"])
        job["options"]["lockFileURL"] = str(lock)
        job["options"]["packages"] = [files["package"]]
    script = bundle.ROOT / "calculators/web/node/run_python.mjs"
    # The process keeps its surroundings, as a browser does: the time zone is that of whoever asks.
    done = subprocess.run([bundle.NODE, script, json.dumps(job)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise bundle.BundleError(f"Python as it is shipped failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
