"""The steps of the bundle that only Pyodide's own Python can do; run inside Pyodide under Node by `bundle`.

Bytecode belongs to one version of Python, and Pyodide's is newer than any the host may have. pyodide-build and
pyodide-lock are run here too, through the entry points of their `pyodide` command.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


def command(name: str, *arguments: str) -> None:
    """Run `pyodide NAME ARGUMENTS` (the packages that provide it must be on the path)."""
    (entry_point,) = entry_points(group="pyodide.cli", name=name)
    main: Callable[..., object] = entry_point.load()
    main(args=list(arguments), prog_name=f"pyodide {name}", standalone_mode=False)


def package_modules(wheel: Path) -> list[str]:
    """List the importable names of our package in `wheel`."""
    with zipfile.ZipFile(wheel) as archive:
        paths = [PurePosixPath(name) for name in archive.namelist() if name.endswith(".py")]
    return sorted(
        ".".join(path.parts[:-1] if path.stem == "__init__" else path.with_suffix("").parts) for path in paths
    )


def loaded_from(library: str) -> set[str]:
    """List the files of the zipped `library` that modules were loaded from."""
    prefix = f"{library}/"
    files = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    return {file.removeprefix(prefix) for file in files if file.startswith(prefix)}


def imported_names(source: bytes, package: str) -> set[str]:
    """List every module name that `source` may import, whether at its top or inside a function.

    >>> sorted(imported_names(b"import a.b; from . import c", "p.q"))
    ['a.b', 'p.q', 'p.q.c']
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            names.add(base)
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


def imported_at_once(source: bytes, package: str) -> set[str]:
    r"""List the module names that importing `source` imports for sure.

    >>> sorted(imported_at_once(b"import a\ntry:\n import b\nexcept ImportError:\n import c\nif d: import e", ""))
    ['a', 'b']
    """
    tree = ast.parse(source)
    sure: list[ast.stmt] = [step for step in tree.body if isinstance(step, ast.Import | ast.ImportFrom)]
    sure += [step for tried in tree.body if isinstance(tried, ast.Try) for step in tried.body]
    return imported_names("\n".join(map(ast.unparse, sure)).encode(), package)


def brought_in(sources: Iterable[tuple[str, bytes]], library: Mapping[str, bytes]) -> set[str]:
    """List the files of a library that importing all of `sources` reads for sure, however deep."""
    found: set[str] = set()
    waiting = dict(sources)
    while waiting:
        names = {name for file, text in waiting.items() for name in imported_at_once(text, parent_package(file))}
        reached = {file for name in names for file in files_of(name, set(library))} - found
        found |= reached
        waiting = {file: library[file] for file in reached if file.endswith(".py")}
    return found


def files_of(name: str, present: set[str]) -> set[str]:
    """List the files that importing module `name` reads: its own and its parents'.

    >>> sorted(files_of("json.decoder", {"json/__init__.py", "json/decoder.py", "re.py"}))
    ['json/__init__.py', 'json/decoder.py']
    """
    parts = name.split(".")
    stems = ["/".join(parts[: length + 1]) for length in range(len(parts))]
    return {file for stem in stems for file in (f"{stem}.py", f"{stem}/__init__.py") if file in present}


def parent_package(file: str) -> str:
    """Give the package that a module's relative imports start from.

    >>> parent_package("a/b.py"), parent_package("a/__init__.py")
    ('a', 'a')
    """
    return ".".join(PurePosixPath(file).parent.parts)


def needed_files(library: Path, loaded: set[str], sources: Iterable[tuple[str, bytes]]) -> set[str]:
    """Decide which files of the standard library to ship.

    They are the ones loaded by starting Python, importing our package and exercising it, and, because an import
    may hide in a function that was not run, everything that these and our own `sources` name in any import.
    """
    with zipfile.ZipFile(library) as archive:
        present = set(archive.namelist())
        texts = [(file, archive.read(file)) for file in sorted(loaded & present)]
    needed = loaded & present
    for file, source in [*texts, *sources]:
        if file.endswith(".py"):
            for name in imported_names(source, parent_package(file)):
                needed |= files_of(name, present)
    return needed


def reached_files(entry: str, sources: Mapping[str, bytes]) -> set[str]:
    """List the files among `sources` that importing module `entry` may read, however deep.

    >>> sorted(reached_files("a", {"a.py": b"import b.c", "b/__init__.py": b"", "b/c.py": b"", "d.py": b""}))
    ['a.py', 'b/__init__.py', 'b/c.py']
    """
    reached: set[str] = set()
    waiting = files_of(entry, set(sources))
    while waiting:
        reached |= waiting
        names = {name for file in waiting for name in imported_names(sources[file], parent_package(file))}
        waiting = {file for name in names for file in files_of(name, set(sources))} - reached
    return reached


def contents(archive: Path) -> dict[str, bytes]:
    """Read the modules of a zip."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name.endswith(".py")}


def rewrite(archive: Path, target: Path, keep: set[str]) -> None:
    """Copy the `keep` files of `archive` into `target`, in order and with one date."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in sorted(keep):
            copy.writestr(zipfile.ZipInfo(name), source.read(name))


def trim(library: Path, wheel: Path, target: Path, requests: Iterable[str]) -> None:
    """Write to `target` the part of the standard `library` that the package in `wheel` can need."""
    sys.path.append(str(wheel))
    for name in package_modules(wheel):
        importlib.import_module(name)
    importlib.import_module("calculators.web.page.resume").exercise(requests)
    with zipfile.ZipFile(wheel) as archive:
        sources = [(name, archive.read(name)) for name in archive.namelist() if name.endswith(".py")]
    running = next(entry for entry in sys.path if entry.endswith(".zip") and "python3" in entry)
    rewrite(library, target, needed_files(library, loaded_from(running), sources))


#: What stands in the snapshot for modules that its worker never uses and that weigh a quarter of it. Pyodide's start
#: needs their names, and the JavaScript objects that the first ones import, in that order: the snapshot refers to them.
STAND_INS = {
    "asyncio/__init__.py": """def get_event_loop():
    raise RuntimeError("no event loop here")
""",
    "pyodide/webloop.py": """from pyodide_js._api import scheduleCallback

def _initialize_event_loop():
    pass
""",
    "pyodide/_package_loader.py": """from pathlib import PurePosixPath
from site import getsitepackages

from pyodide_js import loadedPackages

SITE_PACKAGES = PurePosixPath(getsitepackages()[0])
DSO_DIR = PurePosixPath("/usr/lib")

def init_loaded_packages():
    pass
""",
    # Reads addresses with figures between brackets; the page's own are never so.
    "ipaddress.py": """def ip_address(address):
    raise ValueError(address)
""",
    # The names of glyphs, in megabytes: for the text of a PDF, which is not read.
    "pypdf/_codecs/adobe_glyphs.py": "adobe_glyphs = {}",
    # Runs other programs: there is none.
    "subprocess.py": """def run(*_, **__):
    raise OSError("no program here")
""",
    # Writes files of a QR code: ours is drawn in the page.
    "segno/writers.py": "",
    # The law is read once, from this zip, before the snapshot is taken: Python's own reader brings all that handles
    # archives and temporary files into memory.
    "importlib/resources/__init__.py": """import importlib

class _Place:
    def __init__(self, loader, path):
        self._loader, self._path = loader, path
        self.name = path.rpartition("/")[2]

    def _inside(self):
        start = self._path.removeprefix(f"{self._loader.archive}/") + "/"
        below = (file.removeprefix(start) for file in self._loader._get_files() if file.startswith(start))
        return {file.partition("/")[0] for file in below if file}

    def is_dir(self):
        return bool(self._inside())

    def iterdir(self):
        return (self / name for name in self._inside())

    def __truediv__(self, name):
        return _Place(self._loader, f"{self._path}/{name}")

    def read_text(self, encoding):
        return str(self._loader.get_data(self._path), encoding)

def files(package):
    module = importlib.import_module(package)
    return _Place(module.__spec__.loader, module.__path__[0])
""",
}


def bytecode(name: str, source: bytes) -> bytes:
    """Compile one module as Python keeps it in a file, without docstrings and assertions.

    Pyodide's own package keeps them: it reads its docstrings.
    """
    level = 0 if name.startswith(("pyodide/", "_pyodide/")) else 2
    code = compile(source, name, "exec", dont_inherit=True, optimize=level)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(source) + marshal.dumps(code)


def join(archives: Iterable[Path], target: Path) -> None:
    """Write one zip of bytecode, as small in memory as can be, from zips of sources: what the snapshot is made from."""
    with zipfile.ZipFile(target, "w") as joined:
        for archive in archives:
            with zipfile.ZipFile(archive) as source:
                for name in sorted(name for name in source.namelist() if ".dist-info/" not in name):
                    content = source.read(name)
                    if name.endswith(".py"):
                        content = STAND_INS[name].encode() if name in STAND_INS else content
                        name, content = f"{name}c", bytecode(name, content)  # noqa: PLW2901
                    joined.writestr(zipfile.ZipInfo(name), content)


#: What defusedxml imports a second time, to have it in Python where it was in C.
IMPORTED_ANEW = "xml/etree/"


def gather(library: Path, wheel: Path, extra: Path, rehearsal: str, *before: Path) -> None:
    """Make bytecode of the zip `extra`, with all that it needs of the standard `library`.

    `rehearsal` is the module that tries what is in it, with what the zips `before` it hold. A reader's Python may have
    been started from a snapshot, which holds what the package in `wheel` imports and has no library: all the rest is in
    the zip.
    """
    running = next(entry for entry in sys.path if entry.endswith(".zip") and "python3" in entry)
    held_before = loaded_from(running)
    sys.path += map(str, (wheel, *before, extra))
    for package in ("calculators", rehearsal.rpartition(".")[0]):
        path = importlib.import_module(package).__path__
        path += [f"{archive}/{package.replace('.', '/')}" for archive in (*before, extra)]
    importlib.import_module(rehearsal).rehearse()
    ours, theirs, standard = (contents(archive) for archive in (wheel, extra, library))
    for files in (ours, standard):
        files |= {name: STAND_INS[name].encode() for name in STAND_INS.keys() & files.keys()}
    held = {name for name in brought_in(ours.items(), standard) if not name.startswith(IMPORTED_ANEW)}
    needed = extra.with_suffix(".needed")
    rewrite(library, needed, (loaded_from(running) - held_before | brought_in(theirs.items(), standard)) - held)
    whole = extra.with_suffix(".whole")
    join([needed, extra], whole)
    needed.unlink()
    whole.replace(extra)


def pack(folder: Path, wheel: str) -> None:
    """Name `wheel` in the lock of `folder`, then turn every archive there into bytecode of this Python."""
    lock = str(folder / "pyodide-lock.json")
    command("lockfile", "add-wheels", "--input", lock, "--output", lock, str(folder / wheel))
    # Stored, not deflated: the server compresses better, and so Python starts faster.
    command("py-compile", "--silent", "--compression-level", "0", str(folder))
