"""Make the engine: what the reader's browser needs to run the calculators.

`python -m calculators.web.engine.bundle` writes into `.build/engine/`, from the npm package `pyodide` and our sources:

- `app.js`, the page script, `dossier.js`, that of one page alone, and the service worker, with the one that takes its
  place when it is not wanted;
- `engine/worker-….mjs`, the worker, and beside it Pyodide's runtime, the part of the standard library that is
  needed, and our package, both as bytecode of Pyodide's Python;
- `engine/word-….js`, the script that writes letters as files, which the page asks for with the first one;
- `engine/manifest.json`, which lists every file with its size and hash.

Each name carries a hash of the content, so a file may be kept for ever. The same sources give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
import zipfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import defusedxml
import et_xmlfile
import openpyxl
import pypdf
import segno

from calculators import edition, terminal
from calculators.web.engine import training
from calculators.web.engine.in_pyodide import reached_files
from calculators.web.project.build_lock import build_lock
from calculators.web.project.settings import SettingError, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / ".build"
ENGINE = BUILD / "engine"
PYODIDE = ROOT / "node_modules" / "pyodide"
PYODIDE_TOOLS = BUILD / "pyodide-tools"
NODE = ROOT / ".venv" / "bin" / "node"

#: The runtime: its WebAssembly, and the JavaScript that goes with it.
WASM = "pyodide.asm.wasm"
GLUE = "pyodide.asm.mjs"
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"
SNAPSHOT = "memory.bin"
SNAPSHOTS = "snapshots"
#: The folder of the runtime's hot part, of the memory that goes with it, and of the lists of what is in them and of the
#: static data that is not: see `node/hot_part.mjs` and `node/called.mjs`.
HOT = "hot"
HOT_LIST = "hot.json"
CALLED = "called.json"
EMPTIED = "emptied.json"
SHEETS = "sheets.zip"
FILES = "files.zip"
PDF = "pdf.zip"
MANIFEST = "engine/manifest.json"

#: The service worker, and what takes its place when it is not wanted: publishing completes one of them.
SERVICE_WORKERS = ("service-worker.js", "service-worker-off.js")

#: Modules that the worker calls: the package goes to the browser as far as these import it.
ENTRIES = ("calculators.web.page.browser", "calculators.web.page.resume")
SNAPSHOT_ENTRY = "calculators.web.page.resume:prepare"

#: What reads workbooks, apart from all that: the page fetches it when such a file comes.
SHEETS_ENTRY = "calculators.sheets.rehearsal"
SHEETS_LIBRARIES = (openpyxl, et_xmlfile, defusedxml)

#: What checks files, for its page alone; then what reads PDFs, when one comes.
FILES_ENTRY = "calculators.files.door"
PDF_ENTRY = "calculators.files.rehearsal"
PDF_LIBRARIES = (pypdf,)

#: The data that goes to the browser; what else is written as data is for the pages and their publication.
LAW_DATA = "calculators/law/"
#: Law data that only the pages show: no calculator asks for it.
ONLY_FOR_PAGES = {
    "calculators/law/corrections.toml",
    "calculators/law/points.toml",
    "calculators/law/plateformes/plateformes.toml",
}
#: The tables of articles, and the head of an entry: its code and its number.
ARTICLES = "calculators/law/articles/"
_ARTICLE = re.compile(rb'^\[codes\.([\w-]+)\.articles\."?([^"\]]+)"?\]$', re.MULTILINE)

#: What the bundle is made from; nothing else may change it. Python's side is the long part to make.
PYTHON_SOURCES = (
    "calculators",
    "package-lock.json",
    "pyproject.toml",
    "requirements.txt",
    "requirements-pyodide.txt",
)
#: Of our package, what neither reaches the browser nor makes the engine.
APART = ("calculators/web/guides", "calculators/web/publish", "calculators/web/check", "calculators/web/upkeep")
#: The sources of the scripts: Python's side reads one of them, which says how a memory is kept.
JAVASCRIPT_SOURCES = "calculators/web/js"
MEMORY_FORMAT = f"{JAVASCRIPT_SOURCES}/engine/snapshot.mjs"

#: The programs that run Pyodide, besides its own: what they name of the runtime is not pruned.
RUNTIME_USERS = (
    "calculators/web/engine/node/make_snapshot.mjs",
    "calculators/web/engine/node/resume.mjs",
    "calculators/web/engine/node/run_python.mjs",
    f"{JAVASCRIPT_SOURCES}/engine/worker.mjs",
    MEMORY_FORMAT,
)
#: What a pruned runtime is made from.
RUNTIME_SOURCES = (
    "calculators/web/engine/bundle.py",
    "calculators/web/engine/node/prune_runtime.mjs",
    "package-lock.json",
    *RUNTIME_USERS,
)

#: Requests that the library is trimmed with, besides everything that any import names: good ones, a file of an old
#: spreadsheet, and broken ones.
REQUESTS = (
    '{"calculateur": "sbi", "aujourdhui": "2026-11-21", "champs": {"date_saisie": "2026-11-20", "solde": "1000"}}',
    '{"calculateur": "sbi", "aujourdhui": "2026-11-21", "champs": {"date_saisie": "hier", "comptes.1.solde": "mille"}}',
    '{"calculateur": "pieces", "aujourdhui": "2026-11-21", "champs": {"demarche": "passeport", "motif": "perte"}}',
    (
        '{"calculateur": "quotite", "aujourdhui": "2026-11-21", "lot": '
        r'{"numero": 0, "debut": true, "fin": true, "octets": "reference;date;net\n\u00e9;2026-11-30;1500\n"}}'
    ),
    (
        '{"calculateur": "sbi", "aujourdhui": "2026-11-21", "champs": {"date_saisie": "2026-11-20", "solde": "1000"}, '
        '"lien": {"regles": "2026-11-01-000000", "calcule": "2026-11-20", "alors.laisse": "1.00"}}'
    ),
    '{"calculateur": "inconnu"}',
    "{}",
    "not JSON",
)

#: The browsers that have what the engine needs (module workers, WebAssembly with streaming) know this much JavaScript.
JAVASCRIPT = "es2022"


class BundleError(Exception):
    """A step failed; the message says which and what it printed."""


@dataclass(frozen=True)
class EngineFiles:
    """What the page script and the worker know of the engine: `calculators/web/js/globals.d.ts` tells them."""

    worker: str
    hot: str
    hot_memory: str
    hot_memory_integrity: str
    runtime: str
    build: str
    info: dict[str, str]
    snapshot: str
    integrity: str
    library: str
    lock: str
    package: str
    wheel: str
    sheets: str
    sheets_integrity: str
    files: str
    files_integrity: str
    pdf: str
    pdf_integrity: str
    word: str
    word_integrity: str
    sorting: str
    rehearsal: str
    bytes: dict[str, int]


def digest(content: bytes) -> str:
    """Give the part of a content's hash that its name carries."""
    return hashlib.sha256(content).hexdigest()[:12]


def integrity(path: Path) -> str:
    """Give a file's hash as browsers check it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()}"


def source_files(sources: Iterable[str] = PYTHON_SOURCES, *apart: str) -> list[Path]:
    """List every file that the bundle is made from, without the folders `apart` and those that are always apart."""
    left_out = [ROOT / folder for folder in (*APART, *apart)]
    found: list[Path] = []
    for source in sources:
        path = ROOT / source
        found += [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sorted(
        file for file in found if "__pycache__" not in file.parts and not any(map(file.is_relative_to, left_out))
    )


def fingerprint(files: Iterable[Path]) -> str:
    """Hash the names and contents of `files`."""
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(f"{file.relative_to(ROOT).as_posix()}\n".encode())
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    return hashed.hexdigest()


def run(name: str, command: list[str]) -> str:
    """Run one step and return what it printed."""
    environment = {"PATH": os.environ.get("PATH", ""), "SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"{name} failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


def run_in_pyodide(name: str, code: str, mounts: Mapping[str, Path]) -> str:
    """Run Python `code` inside Pyodide, under the locked Node."""
    prologue = "import sys\nfrom pathlib import Path\nsys.path += ['/tools', '/web']\nimport in_pyodide\n"
    everywhere = {"/tools": PYODIDE_TOOLS, "/web": ROOT / "calculators/web/engine", **mounts}
    job = {"code": prologue + code, "mounts": {inside: str(host.resolve()) for inside, host in everywhere.items()}}
    return run(name, [str(NODE), str(ROOT / "calculators/web/engine/node/run_python.mjs"), json.dumps(job)])


# ---------------------------------------------------------------- our package


def package_files() -> dict[str, bytes]:
    """Read what the browser needs of our package: the modules that the entry reaches, the law data, and segno."""
    package = ROOT / "calculators"
    paths = sorted([*package.rglob("*.py"), *(package / "law").rglob("*.toml")])
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    # The one library that our package imports in the browser: it draws the QR codes.
    library = Path(segno.__file__).parent
    files |= {f"{library.name}/{path.name}": path.read_bytes() for path in sorted(library.glob("*.py"))}
    needed = {name for entry in ENTRIES for name in reached_files(entry, files)}
    data = {name for name in files if name.startswith(LAW_DATA) and name.endswith(".toml")} - ONLY_FOR_PAGES
    kept = with_cited_articles({name: content for name, content in files.items() if name in needed or name in data})
    # In place of the sources that say which version this is, and of the records of those before it.
    version = {"version": edition.edition().id, "depuis": edition.published()}
    told = json.dumps(version, ensure_ascii=False, separators=(",", ":"))
    return {**kept, f"calculators/{edition.FILE}": told.encode()}


def extra_files(entry: str, libraries: Iterable[ModuleType], *before: str) -> dict[str, bytes]:
    """Read what a module needs that the package leaves out: our other modules, and the libraries they import.

    What the entries `before` it need has come already.
    """
    package = ROOT / "calculators"
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(package.rglob("*.py"))}
    for library in libraries:
        (folder,) = map(Path, library.__path__)
        paths = sorted(folder.rglob("*.py"))
        files |= {f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}
    # Of the last library, what protects the other readers of XML is for those that use them.
    kept = ("defusedxml/__init__.py", "defusedxml/common.py", "defusedxml/ElementTree.py")
    files = {name: text for name, text in files.items() if not name.startswith("defusedxml/") or name in kept}
    come = {name for earlier in before for name in reached_files(earlier, files)}
    return {name: files[name] for name in sorted(reached_files(entry, files) - come - package_files().keys())}


def sheets_files() -> dict[str, bytes]:
    """Read what it takes to read workbooks."""
    return extra_files(SHEETS_ENTRY, SHEETS_LIBRARIES)


def with_cited_articles(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out of the tables of articles those that no law data nor module of `files` cites: only pages do."""
    elsewhere = b"\n".join(text for name, text in files.items() if not name.startswith(ARTICLES)).replace(b"*", b"")

    def kept(block: bytes) -> bool:
        keys = [b'"%s %s"' % found for found in _ARTICLE.findall(block.replace(b"*", b""))]
        return not keys or any(key in elsewhere for key in keys)

    return {
        name: b"\n\n".join(block for block in text.split(b"\n\n") if kept(block)) if name.startswith(ARTICLES) else text
        for name, text in files.items()
    }


def wheel_files(files: Mapping[str, bytes], name: str, version: str, python: str) -> dict[str, bytes]:
    """Add to a package's `files` the metadata that makes a wheel of them."""
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Python: {python}\n"
    wheel = "Wheel-Version: 1.0\nGenerator: calculators.web.engine.bundle\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    everything = {**files, f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": wheel.encode()}
    record = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}"
        for path, content in everything.items()
    ]
    return {**everything, f"{info}/RECORD": "\n".join([*record, f"{info}/RECORD,,", ""]).encode()}


def write_wheel(folder: Path) -> Path:
    """Write the wheel of the browser's part of our package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    name, version = project["name"], project["version"]
    path = folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in wheel_files(package_files(), name, version, project["requires-python"]).items():
            archive.writestr(zipfile.ZipInfo(member), content)
    return path


# ---------------------------------------------------------------- the runtime


@build_lock("allegement")
def pruned_runtime() -> Path:
    """Give the folder of the pruned runtime, made now unless the last one is of the same sources."""
    sources = fingerprint(source_files(RUNTIME_SOURCES))
    kept = BUILD / "runtime"
    stamp = kept / "sources"
    # Under such a name, esbuild does not read it as a source of ours: wherever it stands, the worker is the same.
    below = Path("node_modules/pyodide")
    if not stamp.is_file() or stamp.read_text("utf-8") != sources:
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as name:
            fresh = Path(name) / "runtime"
            (fresh / below).mkdir(parents=True)
            programs = [PYODIDE / "pyodide.mjs", *(ROOT / user for user in RUNTIME_USERS)]
            job = {"runtime": str(PYODIDE), "programs": [*map(str, programs)], "target": str(fresh / below)}
            script = str(ROOT / "calculators/web/engine/node/prune_runtime.mjs")
            run("pruning the runtime", [str(NODE), script, json.dumps(job)])
            (fresh / stamp.name).write_text(sources, "utf-8")
            shutil.rmtree(kept, ignore_errors=True)
            fresh.rename(kept)
    return kept / below


def shipped_runtime(settings: Settings) -> Path:
    """Give the folder of the runtime to ship."""
    return PYODIDE if settings.monolith else pruned_runtime()


def runtime_build(folder: Path) -> str:
    """Identify the runtime of a folder: a snapshot is good for this one only."""
    return digest(b"".join((folder / name).read_bytes() for name in (GLUE, WASM)))


def runtime_of(build: str) -> Path:
    """Find here the runtime that an engine was made with, whatever would be shipped now."""
    if build == runtime_build(PYODIDE):
        return PYODIDE
    if build == runtime_build(pruned := pruned_runtime()):
        return pruned
    raise BundleError(f"runtime {build!r}: not here; the engine was made with another version of Pyodide")


# ---------------------------------------------------------------- Python's side


def lock_info() -> dict[str, str]:
    """Read what Pyodide's own lock says of the runtime, apart from the packages that it does not come with."""
    info: dict[str, str] = json.loads((PYODIDE / LOCK).read_text("utf-8"))["info"]
    return info


def make_snapshot(library: Path, runtime: Path, target: Path, called: Path | None = None) -> None:
    """Write the memory of Python once it has loaded `library` and answered, for the browser to begin with.

    It has the code of the functions that `called` lists, or of all.
    """
    job = {
        "library": str(library),
        "runtime": str(runtime),
        "target": str(target),
        "build": runtime_build(runtime),
        "prepare": SNAPSHOT_ENTRY,
        "requests": REQUESTS,
        "called": str(called or ""),
    }
    run(
        "making the snapshot", [str(NODE), str(ROOT / "calculators/web/engine/node/make_snapshot.mjs"), json.dumps(job)]
    )


def make_python(folder: Path) -> None:
    """Write into `folder` the trimmed library, our wheel, both as bytecode, and the lock that names the wheel.

    Beside them, a folder for snapshots holds the library and our package in one: what a snapshot is made from.
    """
    wheel = write_wheel(folder)
    (folder / LOCK).write_text(json.dumps({"info": lock_info(), "packages": {}}), "utf-8")
    (folder / SNAPSHOTS).mkdir()
    extras = {
        SHEETS: sheets_files(),
        FILES: extra_files(FILES_ENTRY, ()),
        PDF: extra_files(PDF_ENTRY, PDF_LIBRARIES, FILES_ENTRY),
    }
    for name, files in extras.items():
        with zipfile.ZipFile(folder / name, "w") as archive:
            for member, content in files.items():
                archive.writestr(zipfile.ZipInfo(member), content)
    mounts = {"/pyodide": PYODIDE, "/job": folder}
    run_in_pyodide(
        "trimming the library",
        f"work = Path('/job')\nlibrary = Path('/pyodide/{LIBRARY}')\n"
        f"in_pyodide.trim(library, work / {wheel.name!r}, work / {LIBRARY!r}, {REQUESTS!r})\n"
        f"in_pyodide.join([work / {LIBRARY!r}, work / {wheel.name!r}], work / {f'{SNAPSHOTS}/{LIBRARY}'!r})",
        mounts,
    )
    for what, extra, rehearsal, before in (
        ("what reads workbooks", SHEETS, SHEETS_ENTRY, ""),
        ("what checks files", FILES, FILES_ENTRY, ""),
        ("what reads PDFs", PDF, PDF_ENTRY, f", work / {FILES!r}"),
    ):
        run_in_pyodide(
            f"gathering {what}",
            f"work = Path('/job')\nin_pyodide.gather(Path('/pyodide/{LIBRARY}'), work / {wheel.name!r}, "
            f"work / {extra!r}, {rehearsal!r}{before})",
            mounts,
        )
    run_in_pyodide("compiling to bytecode", f"in_pyodide.pack(Path('/job'), {wheel.name!r})", mounts)


def python_sources() -> list[Path]:
    """List what make_python, the memory and the hot part are made from."""
    return [*source_files(PYTHON_SOURCES, JAVASCRIPT_SOURCES), ROOT / MEMORY_FORMAT]


@build_lock("python")
def kept_python() -> Path:
    """Give a folder with what make_python writes, made now unless the last one is of the same sources."""
    sources = fingerprint(python_sources())
    kept = BUILD / "python"
    stamp = kept / "sources"
    if not stamp.is_file() or stamp.read_text("utf-8") != sources:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        make_python(kept)
        stamp.write_text(sources, "utf-8")
    return kept


def kept_snapshot(python: Path, runtime: Path) -> Path:
    """Give the snapshot of what make_python wrote, made now unless there is one of this runtime."""
    folder = python / SNAPSHOTS
    kept = folder / runtime_build(runtime) / SNAPSHOT
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(".part")
        make_snapshot(folder / LIBRARY, runtime, part)
        part.rename(kept)
    return kept


@build_lock("partie-chaude")
def hot_part(python: Path, runtime: Path) -> Path:
    """Give the folder of the runtime's hot part, made now unless it is there: what answers, as training shows."""
    folder = kept_snapshot(python, runtime).parent
    kept = folder / HOT
    if not kept.is_dir():
        with tempfile.TemporaryDirectory(dir=folder) as name:
            target = Path(name) / HOT
            make_hot_part(python, runtime, training.questions(), target, sheets=python / SHEETS)
            target.rename(kept)
    return kept


def resumed(python: Path, runtime: Path, empty: Path, snapshot: Path | None = None) -> dict[str, Any]:
    """Describe to `node/resume.mjs` what Python begins with; `empty` is where a zip of nothing is written."""
    with zipfile.ZipFile(empty, "w"):
        pass
    return {
        "runtime": str(runtime),
        "snapshot": str(snapshot or kept_snapshot(python, runtime)),
        "build": runtime_build(runtime),
        "info": lock_info(),
        "empty": str(empty),
    }


def make_hot_part(
    python: Path, runtime: Path, questions: Iterable[str], target: Path, sheets: Path | None = None
) -> None:
    """Write in the folder `target` what answers these questions; files made of the answers, and `sheets`, if given."""
    target.mkdir()
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        work = Path(name)
        asked = work / "questions"
        asked.write_text(json.dumps([*questions]), "utf-8")

        def train(script: str, place: Path, snapshot: Path | None = None) -> None:
            job = {
                **resumed(python, runtime, work / "empty.zip", snapshot),
                "questions": str(asked),
                "sheets": str(sheets or ""),
                "target": str(place),
            }
            run(
                f"training by {script}",
                [str(NODE), str(ROOT / "calculators/web/engine/node" / script), json.dumps(job)],
            )

        # First what Python calls, of itself; then, of the runtime, what the Python that is left calls.
        train("called.mjs", target / CALLED)
        make_snapshot(python / SNAPSHOTS / LIBRARY, runtime, target / SNAPSHOT, target / CALLED)
        train("hot_part.mjs", target, target / SNAPSHOT)


# ---------------------------------------------------------------- JavaScript's side


def make_script(entry: str, target: Path, layout: str, files: EngineFiles, settings: Settings, *options: str) -> None:
    """Bundle a module of `JAVASCRIPT_SOURCES`, and what it imports, into one file; `options` are esbuild's."""
    run(
        f"bundling {entry}",
        [
            str(NODE),
            str(ROOT / "node_modules/esbuild/bin/esbuild"),
            str(ROOT / JAVASCRIPT_SOURCES / entry),
            "--bundle",
            "--minify",
            f"--format={layout}",
            f"--target={JAVASCRIPT}",
            f"--define:ENGINE={json.dumps(asdict(files))}",
            f"--define:OFFLINE={json.dumps(settings.service_worker)}",
            f"--alias:pyodide/{GLUE}={runtime_of(files.build) / GLUE}",
            "--external:node:*",  # Pyodide's own Node side, never reached in a browser
            "--external:ws",
            "--charset=utf8",
            "--log-level=warning",
            "--log-override:direct-eval=silent",  # Pyodide's, for what a page never does
            f"--outfile={target}",
            *options,
        ],
    )


# ---------------------------------------------------------------- everything


def place(sources: Iterable[Path], folder: Path, name: str) -> list[Path]:
    """Copy `sources` to `folder/name-HASH/`, under their own names since Pyodide looks for them; return the copies."""
    contents = {source.name: source.read_bytes() for source in sources}
    target = folder / f"{name}-{digest(b''.join(contents.values()))}"
    target.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        (target / file).write_bytes(content)
    return [target / file for file in contents]


def make_engine(target: Path, python: Path, settings: Settings) -> EngineFiles:
    """Fill `target` with the page script and the engine, from what make_python wrote; return where its parts are."""
    (wheel,) = python.glob("*.whl")
    (package,) = json.loads((python / LOCK).read_text("utf-8"))["packages"]

    folder = target / "engine"
    runtime = shipped_runtime(settings)
    (wasm,) = place([runtime / WASM], folder, "pyodide")
    hot: list[Path] = []
    if settings.snapshot and not settings.monolith:
        part = hot_part(python, runtime)
        hot = place([part / WASM, part / SNAPSHOT], folder, "hot")
    (library,) = place([python / LIBRARY], folder, "library")
    lock, package_wheel = place([python / LOCK, wheel], folder, "calculators")
    (sheets,) = place([python / SHEETS], folder, "sheets")
    (checker,) = place([python / FILES], folder, "files")
    (pdf,) = place([python / PDF], folder, "pdf")

    snapshots = place([kept_snapshot(python, runtime)], folder, "memory") if settings.snapshot else []

    def address(path: Path) -> str:
        return path.relative_to(target).as_posix()

    def size(*paths: Path) -> int:
        return sum(path.stat().st_size for path in paths)

    files = EngineFiles(
        worker="",
        hot="".join(map(address, hot[:1])),
        hot_memory="".join(map(address, hot[1:])),
        hot_memory_integrity="".join(map(integrity, hot[1:])),
        runtime=address(wasm),
        build=runtime_build(runtime),
        info=lock_info(),
        snapshot="".join(map(address, snapshots)),
        integrity="".join(map(integrity, snapshots)),
        library=address(library),
        lock=address(lock),
        package=package,
        wheel=address(package_wheel),
        sheets=address(sheets),
        sheets_integrity=integrity(sheets),
        files=address(checker),
        files_integrity=integrity(checker),
        pdf=address(pdf),
        pdf_integrity=integrity(pdf),
        word="",
        word_integrity="",
        sorting="",
        rehearsal=REQUESTS[0],
        bytes={
            "hot": size(*hot[:1]),
            "hot_memory": size(*hot[1:]),
            "runtime": size(wasm),
            "snapshot": size(*snapshots),
            "library": size(library, lock, package_wheel),
        },
    )
    script = folder / "word.js"
    make_script("letter/word.mjs", script, "iife", files, settings)
    word = script.rename(folder / f"word-{digest(script.read_bytes())}.js")
    files = replace(files, word=address(word), word_integrity=integrity(word))
    script = folder / "worker.mjs"
    make_script("engine/worker.mjs", script, "esm", files, settings)
    worker = script.rename(folder / f"worker-{digest(script.read_bytes())}.mjs")
    script = folder / "sorting.js"
    make_script("files/sorting.mjs", script, "iife", files, settings)
    sorting = script.rename(folder / f"sorting-{digest(script.read_bytes())}.js")
    files = replace(files, worker=address(worker), sorting=address(sorting))
    make_script("app.mjs", target / "app.js", "iife", files, settings)
    make_script("dossier/dossier.mjs", target / "dossier.js", "iife", files, settings)
    for entry, name in zip(("index.mjs", "off.mjs"), SERVICE_WORKERS, strict=True):
        make_script(f"service-worker/{entry}", target / name, "iife", files, settings)
    return files


def manifest(target: Path, files: EngineFiles, sources: str) -> dict[str, object]:
    """Describe the bundle in `target`: its parts, the size and hash of each file, and what it was made from."""
    contents = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    return {
        "sources": sources,
        "engine": asdict(files),
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(contents.items())
        },
    }


def is_current(target: Path, sources: str) -> bool:
    """Tell whether the bundle in `target` was made from these sources."""
    try:
        return bool(json.loads((target / MANIFEST).read_text("utf-8"))["sources"] == sources)
    except (OSError, ValueError, KeyError):
        return False


def made_from(settings: Settings) -> str:
    """Name what the engine is made from now: the sources and the settings."""
    unusual = {
        " without snapshot": not settings.snapshot,
        " without service worker": not settings.service_worker,
        " in one part": settings.monolith,
    }
    return fingerprint(source_files()) + "".join(words for words, is_so in unusual.items() if is_so)


@build_lock("moteur")
def bundle(settings: Settings, target: Path = ENGINE) -> bool:
    """Make the engine in `target`, unless it is already there for the same sources; tell whether it was made."""
    sources = made_from(settings)
    if is_current(target, sources):
        return False
    python = kept_python()
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        fresh = Path(name) / "engine"
        fresh.mkdir()
        files = make_engine(fresh, python, settings)
        described = json.dumps(manifest(fresh, files, sources), indent=2)
        (fresh / MANIFEST).write_text(f"{described}\n", "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return True


def main() -> int:
    """Make the engine in its usual place."""
    try:
        made = bundle(Settings.read())
    except (SettingError, BundleError) as error:
        terminal.tell(str(error))
        return 1
    total = sum(file.stat().st_size for file in ENGINE.rglob("*") if file.is_file())
    print(f"Moteur des calculateurs : {'fait' if made else 'à jour'} ({total / 1e6:.1f} Mo avant compression)")
    return 0


if __name__ == "__main__":
    raise SystemExit(terminal.run(main, "Le moteur n'a pas été fait."))
