"""Finish a built site: put the engine and the open data into it, and take out what only the build needed.

`python -m calculators.web.publish FOLDER` comes after MkDocs or Zensical has written FOLDER.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from calculators.web import feed, guides
from calculators.web.bundle import ENGINE
from calculators.web.data import write_data
from calculators.web.elements import SITE
from calculators.web.extension import site_date

#: The JavaScript sources, which the generators copy because they stand among the pages; the bundle replaces them.
JAVASCRIPT_SOURCES = "assets/js"


def publish(site: Path, engine: Path = ENGINE) -> None:
    """Put `engine` into the assets of `site`, whatever an earlier run left there."""
    assets = site / "assets"
    shutil.rmtree(site / JAVASCRIPT_SOURCES, ignore_errors=True)
    shutil.rmtree(assets / "engine", ignore_errors=True)
    shutil.copytree(engine, assets, dirs_exist_ok=True)


def lead_links(site: Path) -> None:
    """Write the addresses that start with `site:` as the way from each page."""
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        if f'href="{SITE}' in text:
            root = "../" * len(page.relative_to(site).parent.parts)
            page.write_text(text.replace(f'href="{SITE}', f'href="{root}'), "utf-8")


def main(arguments: list[str]) -> int:
    """Finish the site whose folder is named."""
    match arguments:
        case [folder] if (Path(folder) / "index.html").is_file():
            publish(Path(folder))
            lead_links(Path(folder))
            write_data(Path(folder) / "donnees", site_date())
            feed.write(Path(folder))
            guides.flag_old(Path(folder))
            return 0
    print("usage : python -m calculators.web.publish DOSSIER_DU_SITE (déjà construit)", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
