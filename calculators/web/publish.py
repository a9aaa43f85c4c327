"""Finish a built site: put the engine into it, and take out what only the build needed.

`python -m calculators.web.publish FOLDER` comes after MkDocs or Zensical has written FOLDER. Our own scripts and style
sheets then carry a hash of their content in their names, so that a browser may keep them for ever. The policy that the
pages run under is written in them and, for the hosts, beside them, unless `POLICY=0`. With `COMPRESS=1`, every file has
its compressed versions next to it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from calculators.web import policy
from calculators.web.bundle import ENGINE, digest
from calculators.web.compress import compress, compressible

#: The JavaScript sources, which the generators copy because they stand among the pages; the bundle replaces them.
JAVASCRIPT_SOURCES = "assets/js"

#: Files that pages name, and that are given a name of their content.
NAMED = ("assets/app.js", "assets/css/*.css")


def publish(site: Path, engine: Path = ENGINE, *, compressed: bool = False, strict: bool = True) -> None:
    """Put `engine` into the assets of `site`, whatever an earlier run left there."""
    assets = site / "assets"
    shutil.rmtree(site / JAVASCRIPT_SOURCES, ignore_errors=True)
    shutil.rmtree(assets / "engine", ignore_errors=True)
    shutil.copytree(engine, assets, dirs_exist_ok=True)
    name_by_content(site)
    if strict:
        policy.apply(site)
    if compressed:
        compress(compressible(site))


def name_by_content(site: Path) -> None:
    """Put in the names of our own scripts and style sheets the hash of their content, and in the pages these names."""
    names: dict[str, str] = {}
    for path in sorted(path for pattern in NAMED for path in site.glob(pattern)):
        if not re.search(r"-[0-9a-f]{12}$", path.stem):
            target = path.with_stem(f"{path.stem}-{digest(path.read_bytes())}")
            path.replace(target)
            names[path.relative_to(site).as_posix()] = target.relative_to(site).as_posix()
    if names:
        known = re.compile(r'(?<=[/"])(' + "|".join(map(re.escape, names)) + r')(?=")')
        for page in site.rglob("*.html"):
            text = page.read_text("utf-8")
            page.write_text(known.sub(lambda found: names[found[1]], text), "utf-8")


def main(arguments: list[str]) -> int:
    """Finish the site whose folder is named."""
    match arguments:
        case [folder] if (Path(folder) / "index.html").is_file():
            asked = os.environ.get
            publish(Path(folder), compressed=asked("COMPRESS") == "1", strict=asked("POLICY") != "0")
            return 0
    print("usage : python -m calculators.web.publish DOSSIER_DU_SITE (déjà construit)", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
