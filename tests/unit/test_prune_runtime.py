"""What is pruned of a runtime, on one of a few functions; and the ways a runtime may be other than it was."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine import bundle

if TYPE_CHECKING:
    from pathlib import Path

#: `used` leads to a function that is not exported; `unused` to an import; the others are named in their own way.
MODULE = """(module
  (import "env" "log" (func $log))
  (import "env" "tell" (func $tell))
  (memory (export "memory") 1)
  (global (export "place") i32 (i32.const 64))
  (global (export "elsewhere") i32 (i32.const 68))
  (func $within (result i32) (call $tell) (i32.const 7))
  (func (export "used") (result i32) (call $within))
  (func (export "unused") (call $log))
  (func (export "_used") (result i32) (i32.const 1))
  (func (export "bare"))
  (func (export "asked"))
  (func (export "assembled")))"""

#: The shape of Pyodide's own glue: what is received, then what is done with it.
BEFORE = 'async function create(Module={}){function getCFunc(ident){return Module["_"+ident]}var '
RECEIVED = {
    "_used": 'wasmExports["used"]',
    "_unused": 'wasmExports["unused"]',
    "__used": 'wasmExports["_used"]',
    "_elsewhere": 'wasmExports["elsewhere"].value>>>0',
    "_place": 'wasmExports["place"].value>>>0',
    "_asked": 'wasmExports["asked"]',
    "_assembled": 'wasmExports["assembled"]',
}
AFTER = 'wasmMemory.buffer;_used();new DataView(_place);wasmExports.bare();getCFunc("assembled")}export default create;'
PROGRAM = "runtime._asked();\n"


def glue(after: str = AFTER, function: str = "assignWasmExports") -> str:
    received = [f'{variable}=Module["{variable}"]={source}' for variable, source in RECEIVED.items()]
    body = ";".join([*received, 'memory=Module["memory"]=wasmMemory=wasmExports["memory"]'])
    names = ",".join([*RECEIVED, "memory", "wasmMemory"])
    return f"{BEFORE}{names};function {function}(wasmExports){{{body}}}{after}"


def prune(folder: Path, text: str, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    """Prune the runtime whose glue is `text`."""
    assemble = (
        'import binaryen from "binaryen"; import { writeFileSync } from "node:fs"; const [, text, file] = process.argv;'
    )
    assemble += "writeFileSync(file, binaryen.parseText(text).emitBinary());"
    wasm = folder / bundle.WASM
    bundle.run("assembling", [str(bundle.NODE), "--input-type=module", "--eval", assemble, MODULE, str(wasm)])
    (folder / bundle.GLUE).write_text(text, "utf-8")
    (folder / "program.mjs").write_text(program, "utf-8")
    (folder / "pruned").mkdir()
    script = bundle.ROOT / "calculators/web/engine/node/prune_runtime.mjs"
    job = {"runtime": str(folder), "programs": [str(folder / "program.mjs")], "target": str(folder / "pruned")}
    return subprocess.run([bundle.NODE, script, json.dumps(job)], capture_output=True, text=True, check=False)


def test_what_is_named_stays_and_the_rest_goes_with_what_only_it_led_to(tmp_path: Path) -> None:
    done = prune(tmp_path, glue())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listing = """import { readFileSync } from "node:fs";
        const module = new WebAssembly.Module(readFileSync(process.argv[1]));
        const { exports, imports } = WebAssembly.Module;
        console.log([...exports(module), "", ...imports(module)].map((x) => x && x.name).join(" "));"""
    node = [str(bundle.NODE), "--input-type=module", "--eval", listing]
    printed = bundle.run("listing", [*node, str(tmp_path / "pruned" / bundle.WASM)])
    assert printed == "memory place used _used bare asked assembled  tell\n"
    pruned = (tmp_path / "pruned" / bundle.GLUE).read_text("utf-8")
    notice, _, code = pruned.partition("\n")
    assert notice.startswith("/*! Pyodide")
    assert code == glue().replace('_unused=Module["_unused"]=wasmExports["unused"];', "").replace(
        '_elsewhere=Module["_elsewhere"]=wasmExports["elsewhere"].value>>>0;', ""
    ).replace("_unused,", "").replace("_elsewhere,", "")


COMPUTED = "this name is computed, so what it needs cannot be known"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (glue(AFTER.replace("_used();", "Module[names[0]]();")), "Module[names[0]]();", COMPUTED),
        (glue(AFTER.replace("_used();", "wasmExports[`${name}`]();")), "wasmExports[`${name}`]();", COMPUTED),
        (
            glue(function="receiveExports"),
            "assignWasmExports",
            "the function that receives the exports is not where it was",
        ),
    ],
)
def test_a_runtime_laid_out_otherwise_is_refused_with_the_place_and_the_reason(
    tmp_path: Path, text: str, place: str, reason: str
) -> None:
    done = prune(tmp_path, text)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{bundle.GLUE}: {place}")
    assert done.stderr.endswith(f": {reason}\n")
    assert list((tmp_path / "pruned").iterdir()) == []


def test_a_runtime_that_is_not_there_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "BUILD", tmp_path / "build")
    monkeypatch.setattr(bundle, "PYODIDE", tmp_path)
    (tmp_path / "pyodide.mjs").write_text("", "utf-8")
    with pytest.raises(bundle.BundleError, match=rf"(?s)^pruning the runtime failed:.*{bundle.WASM}"):
        bundle.pruned_runtime()
    assert not (tmp_path / "build/runtime").exists()
