"""Write the service worker of a site: its script, with the list of the files of this version, each with its hash.

With `SERVICE_WORKER=0`, the script written takes the place of one that an earlier version left, erases what it kept on
the readers' devices, and goes.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from calculators.web.engine.bundle import MANIFEST, SERVICE_WORKERS
from calculators.web.publish.hosting.rules import ENCODINGS

if TYPE_CHECKING:
    from pathlib import Path

#: At the root of the site, since it answers for the pages of its folder.
SCRIPT = "service-worker.js"

_ENGINE = "assets/engine/"
_MANIFEST = f"assets/{MANIFEST}"

#: What no reader of the site asks for: sources of errors for developers, lists for robots and for whoever hosts it.
_LEFT_OUT = re.compile(
    r"(^|/)[._][^/]*$|^\.well-known/|\.map$|(^|/)LICENSE$|^sitemap\.xml|^sbom[^/]*\.json$|^CNAME$"
    r"|^llms\.txt$|^donnees/questions-"
)


def write(site: Path, *, wanted: bool) -> None:
    """Put the service worker at the root of `site`, once every other file is what it will be; or what undoes it."""
    on, off = (site / "assets" / name for name in SERVICE_WORKERS)
    if on.is_file() and off.is_file():
        code = (on if wanted else off).read_text("utf-8")
        on.unlink()
        off.unlink()
        (site / SCRIPT).write_text(f"{describe(site, code)}{code}" if wanted else code, "utf-8")


def describe(site: Path, code: str = "") -> str:
    """Write the files of `site` for the script `code`: each address with its size, its hash and what it is for."""
    files: dict[str, tuple[int, str, str]] = {}
    engine = begins_with(site)
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and (part := part_of(name, engine)):
            content = path.read_bytes()
            files[address(name)] = (len(content), hashlib.sha256(content).hexdigest(), part)
    # What opens a page comes first, then the pages, then the engine.
    ordered = dict(sorted(files.items(), key=lambda item: ("base", "page", "engine", "spare").index(item[1][2])))
    version = hashlib.sha256(f"{json.dumps(ordered)}{code}".encode()).hexdigest()[:12]
    return f"const SITE = {json.dumps({'version': version, 'files': ordered}, ensure_ascii=False)};\n"


def address(name: str) -> str:
    """Give the address of a file, from the site's home page.

    >>> address("saisie-compte/index.html"), address("index.html"), address("404.html")
    ('saisie-compte/', '', '404.html')
    """
    return re.sub(r"(^|/)index\.html$", r"\1", name)


def begins_with(site: Path) -> set[str]:
    """List what the engine begins with, its whole runtime, what checks files and sorts them, what writes letters.

    The others are spare.
    """
    manifest = site / _MANIFEST
    if not manifest.is_file():
        return set()
    engine = json.loads(manifest.read_text("utf-8"))["engine"]
    start = ("snapshot",) if engine["snapshot"] else ("library", "lock", "wheel")
    parts = ("worker", "hot", "hot_memory", "runtime", *start, "files", "pdf", "word", "sorting")
    return {f"assets/{engine[name]}" for name in parts if engine.get(name)}


def part_of(name: str, engine: set[str]) -> str | None:
    """Tell what a file is for; nothing when it is not kept.

    >>> part_of("saisie-compte/index.html", set()), part_of("assets/css/site-0123456789ab.css", set())
    ('page', 'base')
    >>> part_of("assets/engine/library/python_stdlib.zip", set()), part_of("assets/app.js.map", set())
    ('spare', None)
    """
    packed = tuple(ENCODINGS.values())
    if name in {SCRIPT, _MANIFEST} or _LEFT_OUT.search(name) or name.endswith(packed):
        return None
    if name.startswith(_ENGINE):
        return "engine" if name in engine else "spare"
    return "base" if name.startswith(("404.html", "assets/", "search")) else "page"
