"""The links of the built pages.

`python -m tests.links site` asks for every external address and says which do not answer. It needs a network, so no
test does it: run it now and then.
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["Links", "external", "links_of"]

_ADDRESSES = {"a": "href", "img": "src", "link": "href", "script": "src"}
_WITHOUT_FILE = ("mailto:", "tel:", "data:")


class Links(HTMLParser):
    """The addresses and identifiers of a page."""

    def __init__(self, path: Path, root: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.twice: set[str] = set()
        self.external: set[str] = set()
        self.internal: list[tuple[str, Path, str]] = []
        self._path = path.resolve()
        self._root = root.resolve()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            (self.twice if name in self.ids else self.ids).add(name)
        address = given.get(_ADDRESSES.get(tag, ""))
        # A canonical address is that of a site served at the root of its host.
        if not address or address.startswith(_WITHOUT_FILE) or given.get("rel") == "canonical":
            return
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            self.external.add(address)
            return
        target = (self._path.parent / unquote(parts.path)).resolve() if parts.path else self._path
        if not target.is_relative_to(self._root):
            target = self._root / "…"  # out of the site, where a file of this machine may well be: it leads nowhere
        if target.is_dir():
            target /= "index.html"
        self.internal.append((address, target, unquote(parts.fragment)))


def links_of(path: Path, site: Path) -> Links:
    """Read the links of a page of `site`."""
    return Links(path, site)


def external(site: Path) -> list[str]:
    """Every external address of a built site, in order."""
    found: set[str] = set()
    for path in site.rglob("*.html"):
        found |= links_of(path, site).external
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Ask for each external address; say those that do not answer."""
    dead = 0
    for address in external(Path(arguments[0] if arguments else "site")):
        request = urllib.request.Request(address, method="GET", headers={"User-Agent": "Mozilla/5.0"})
        try:
            with urllib.request.urlopen(request, timeout=20):
                continue
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            dead += 1
            print(f"{address}: {error}")
    return 1 if dead else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
