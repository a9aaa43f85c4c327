"""How a server must answer for the site: one set of rules, written for each kind of server.

What a server finds by itself goes into the site: `_headers`, and the `.htaccess` of Apache. What is included in the
configuration of nginx or Caddy goes beside it, into a folder that is not published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.publish.hosting import apache, caddy, headers_file, nginx
from calculators.web.publish.hosting.rules import ENCODINGS, rules_for

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.web.project.settings import Settings

#: What the name of the folder of a site is followed by, for the folder of what its server includes.
BESIDE = "-serveur"


def beside(site: Path) -> Path:
    """Name the folder of what the server of `site` includes."""
    return site.with_name(f"{site.name}{BESIDE}")


def write(site: Path, policy: str, settings: Settings) -> None:
    """Write what each kind of server needs to answer as it must for `site`, whose pages have this policy."""
    rules = rules_for(policy, settings)
    files = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file()
        and path.name not in {headers_file.NAME, ".htaccess"}
        and path.suffix not in ENCODINGS.values()
    ]
    for folder, written in (
        (site, {**headers_file.write(rules, files), **apache.write(rules)}),
        (beside(site), {**nginx.write(rules), **caddy.write(rules)}),
    ):
        for name, content in written.items():
            path = folder / name
            # A folder of the site that is not there needs no rule.
            if path.parent == folder or path.parent.is_dir():
                path.parent.mkdir(exist_ok=True)
                path.write_text(content, "utf-8")
