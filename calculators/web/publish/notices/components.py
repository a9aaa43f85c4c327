"""What the files of a site contain that others wrote: each component, with its version, its licence and its files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.web.engine import bundle
from calculators.web.project import locked
from calculators.web.project.paths import files_of
from calculators.web.publish.hosting.rules import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).with_name("components.toml")
TEXTS = Path(__file__).with_name("texts")

#: What publishing adds to a name.
_BY_CONTENT = re.compile(r"-[0-9a-f]{12}(\.\w+)$")
_RUNTIME = ("assets/engine/pyodide-*/pyodide.asm.wasm", f"assets/{bundle.MANIFEST}")


@dataclass(frozen=True, kw_only=True)
class Component:
    """What others wrote, and is in the site."""

    name: str
    #: What it is for, in French, as the end of a sentence.
    role: str
    #: As SPDX names it.
    license: str
    home: str
    #: `npm:NAME` or `pypi:NAME`, when it comes from there; else empty.
    package: str = ""
    #: Empty when nothing says it.
    version: str = ""
    copyright: tuple[str, ...] = ()
    #: The files of its licence, on this machine.
    texts: tuple[Path, ...] = ()
    #: Its files, from the root of the site; none for one that is within others.
    files: tuple[str, ...] = ()
    #: The names of the components that it is part of.
    within: tuple[str, ...] = ()


def shipped(site: Path) -> list[Component]:
    """List what is in the files of `site`, in the order of the table."""
    runtime = b"".join(path.read_bytes() for pattern in _RUNTIME for path in sorted(site.glob(pattern)))
    found: dict[str, Component] = {}
    for row in tomllib.loads(TABLE.read_text("utf-8"))["components"]:
        files = tuple(_files(site, row))
        within = tuple(name for name in row.get("within", ()) if name in found)
        mark = re.search(row["mark"].encode(), runtime) if "mark" in row else None
        if (files or within) and (mark or "mark" not in row):
            found[row["name"]] = _component(row, files, within, mark)
    return list(found.values())


def _files(site: Path, row: dict[str, Any]) -> Iterator[str]:
    for pattern in row.get("files", ()):
        for path in files_of(site, pattern):
            name = path.relative_to(site).as_posix()
            if path.suffix not in ENCODINGS.values() and _is_of(path, name, row.get("assets", "")):
                yield name


def _is_of(path: Path, name: str, assets: str) -> bool:
    """Tell whether a file is the one that a package installs in its folder `assets`, when it must be.

    A script of the theme is changed when it is published, and named by what it has become.
    """
    if not assets:
        return True
    package, _, folder = assets.partition("/")
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    published = name.removeprefix("assets/")
    installed = _BY_CONTENT.sub(r"\1", published)
    own = [Path(place) / folder / installed for place in places or ()]
    return any(file.is_file() and (installed != published or file.read_bytes() == path.read_bytes()) for file in own)


def _component(
    row: dict[str, Any], files: tuple[str, ...], within: tuple[str, ...], mark: re.Match[bytes] | None
) -> Component:
    package = row.get("version", "")
    said = mark[1].decode().replace("_", ".") if mark and mark.re.groups else ""
    return Component(
        name=row["name"],
        role=row["role"],
        license=row["license"],
        home=row["home"],
        package=package,
        version=locked.version(package) if package else said,
        copyright=tuple(row.get("copyright", ())),
        texts=tuple(locked.installed(text) if ":" in text else TEXTS / text for text in row.get("texts", ())),
        files=files,
        within=within,
    )
