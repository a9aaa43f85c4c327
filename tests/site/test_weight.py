"""What a reader receives, in bytes: unlike times, they are the same on every machine.

Compressed one step below the best level, which takes a tenth of the time: what is published weighs less.
"""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from calculators.web.engine import bundle
from calculators.web.project.settings import Settings
from calculators.web.publish.compress import ENDINGS
from tests.helpers import until

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.helpers import Faults

#: What Pyodide fetches as it comes, beside its WebAssembly and our package as a wheel: the engine with its snapshot may
#: not weigh more than all of them.
STOCK = [bundle.PYODIDE / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide-lock.json", "python_stdlib.zip")]
#: Of the runtime in two parts, what comes before the first answer; the whole comes after it. At the best level: 2.8 MB.
HOT = 3_350_000
#: A page and all that it fetches by itself.
PAGE = 175_000

#: Pyodide's WebAssembly, when it is shipped as it is, at the best level: 30 seconds of work to know it.
RUNTIME = {"cc36e3cab04f": 2_766_607}

_SIZES = """
const zlib = require("node:zlib"), { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_LGWIN: window } = zlib.constants;
const { readFileSync } = require("node:fs"), params = { [quality]: 9, [window]: 24 };
const size = (file) => zlib.brotliCompressSync(readFileSync(file), { params }).length;
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(size)));
"""


def brotli_sizes(files: Iterable[Path]) -> dict[Path, int]:
    """Give the size of each file as it travels."""
    asked = sorted(set(files))
    packed = [str(file) for file in asked if file.suffix in ENDINGS]
    command = [str(bundle.NODE), "--eval", _SIZES]
    done = subprocess.run(command, input=json.dumps(packed), capture_output=True, text=True, check=True)
    sizes = dict(zip(packed, json.loads(done.stdout), strict=True))
    return {file: sizes.get(str(file), file.stat().st_size) for file in asked}


class Parts(HTMLParser):
    """The addresses of what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and set((given.get("rel") or "").split()) & {"stylesheet", "icon", "preload", "modulepreload"}:
            self.found.add(given.get("href") or "")
        elif tag in ("script", "img", "iframe", "source"):
            self.found.add(given.get("src") or "")


def parts(site: Path, page: Path) -> set[Path]:
    """List the files that a page asks for in its HTML, itself among them."""
    here = f"https://here.invalid/{page.relative_to(site).as_posix()}"
    addresses = [urlsplit(urljoin(here, found)) for found in Parts(page.read_text("utf-8")).found if found]
    return {page} | {site / unquote(found.path).lstrip("/") for found in addresses if found.netloc == "here.invalid"}


def test_the_engine_weighs_no_more_than_pyodide_as_it_comes() -> None:
    """From the first touch of a form to a ready engine: the hot part of the runtime, the memory and the worker."""
    bundle.bundle(Settings.read())
    files = json.loads((bundle.ENGINE / bundle.MANIFEST).read_text("utf-8"))["engine"]
    weights = brotli_sizes(
        bundle.ENGINE / files[name]
        for name in ("worker", *(("hot", "hot_memory") if files["hot"] else ("runtime", "snapshot")))
    )
    weight = sum(weights.values())
    assert not files["hot"] or weight <= HOT, weights
    stock = RUNTIME[bundle.digest((bundle.PYODIDE / "pyodide.asm.wasm").read_bytes())]
    stock += sum(brotli_sizes([*STOCK, *bundle.ENGINE.glob("engine/calculators-*/*.whl")]).values())
    assert weight <= stock, f"{weight:,} > {stock:,}: {weights}"


@pytest.fixture
def fetched_by_scripts(page: Page, server: str, site: Path, faults: Faults) -> set[Path]:
    """What any page fetches beyond its HTML: the list of pages, the worker of the search, without its index."""
    page.goto(server)
    page.wait_for_load_state("networkidle")
    seen = {site / urlsplit(url).path.lstrip("/") for url in faults.requests}
    seen = {path / "index.html" if path.is_dir() else path for path in seen}
    listed = parts(site, site / "index.html")
    assert listed <= seen, "the HTML is not read as the browser reads it"
    assert [path.parent.name for path in seen - listed if "search" in path.name] == ["workers"]
    return seen - listed


def test_a_page_before_any_touch_is_light(site: Path, fetched_by_scripts: set[Path]) -> None:
    pages = {path: parts(site, path) | fetched_by_scripts for path in sorted(site.rglob("*.html"))}
    assert len(pages) > 20
    sizes = brotli_sizes({file for files in pages.values() for file in files if file.is_file()})
    missing = {file for files in pages.values() for file in files} - set(sizes)
    assert missing == set()
    weights = {path: sum(sizes[file] for file in files) for path, files in pages.items()}
    assert not [
        path for path, files in pages.items() if any(bundle.ENGINE.name in f.relative_to(site).parts for f in files)
    ]
    assert {str(path): weight for path, weight in weights.items() if weight > PAGE} == {}


def test_the_text_of_a_guide_is_painted_while_no_script_has_come(page: Page, server: str) -> None:
    held: list[str] = []
    page.route("**/*.js", lambda route: held.append(route.request.url))
    page.goto(f"{server}saisie-compte/", wait_until="commit")
    until(page, "() => performance.getEntriesByName('first-contentful-paint').length")
    assert page.locator("article h2").first.is_visible()
    assert page.locator("article h2").last.is_visible()
    assert held
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")
