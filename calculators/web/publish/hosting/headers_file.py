"""The rules as the hosts of static pages read them: the file `_headers`, at the root of the site.

Several rules may be about one address: their headers add up. Two policies are both obeyed; two values of another header
would spoil each other, so that no address meets the same header twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import CACHE, CLOSED, FOREVER, HASHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from calculators.web.publish.hosting.rules import Rules

NAME = "_headers"


def hashed_addresses(files: Iterable[str]) -> list[str]:
    """Name what may be kept for ever: a whole folder by its name, a file by its own.

    >>> hashed_addresses(["assets/engine/memory-0123456789ab/memory.bin", "assets/app-0123456789ab.js", "index.html"])
    ['/assets/app-0123456789ab.js', '/assets/engine/memory-0123456789ab/*']
    """
    found = set()
    for file in files:
        if place := re.search(HASHED, f"/{file}"):
            found.add(f"{place[0]}*" if place[0].endswith("/") else f"/{file}")
    return sorted(found)


def write(rules: Rules, files: Iterable[str]) -> dict[str, str]:
    """Give the file, for a site made of these `files`."""
    files = sorted(files)
    areas = rules.areas()
    found: dict[str, Mapping[str, str]] = {"/*": rules.everywhere, "/": CLOSED}
    for name in sorted({file.partition("/")[0] for file in files}):
        address = f"/{name}/*" if any(file.startswith(f"{name}/") for file in files) else f"/{name}"
        found[address] = areas.get(name, CLOSED)
    for address in hashed_addresses(files):
        found[address] = {CACHE: FOREVER}
    lines = [
        line
        for address, headers in found.items()
        for line in (address, *(f"  {name}: {value}" for name, value in headers.items()))
    ]
    return {NAME: "\n".join([*lines, ""])}


def read(site: Path, address: str = "/") -> list[tuple[str, str]]:
    """Read the headers that go with the answer at an address of `site`."""
    file = site / NAME
    found: list[tuple[str, str]] = []
    matches = False
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        if not line.startswith(" "):
            matches = address.startswith(line[:-1]) if line.endswith("*") else address == line
        elif matches:
            name, _, value = line.strip().partition(": ")
            found.append((name, value))
    return found
