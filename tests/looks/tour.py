"""Every page of a built site, seen once in every state that a reader may give it.

A page is loaded once and changes under the eyes: both widths and both colour schemes, enlarged, spaced, in imposed
colours. What is folded is unfolded first, so that all of it is looked at.

What makes it short:

- the search has nothing in it: reading its index takes as long as all the rest of a page, and it stays closed;
- the rules that read no colour see a page once, at its narrowest; the wide frame around it, apart;
- what Zensical writes between the frame's parts is what MkDocs does: only its look is seen again;
- among texts that are the same to axe (contrast.js), it looks at one.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

from tests.helpers import ROOT, Faults, copy_site, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

AXE = ROOT / "node_modules/axe-core/axe.min.js"
LAYOUT = ROOT / "tests/looks/layout.js"
SCRIPTS = [AXE, *(ROOT / "tests/looks" / name for name in ("contrast.js", "axe.js", "forced.js")), LAYOUT]

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}

#: French rules of accessibility, and the good practices that axe knows besides.
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules that read colours, and those that read the place that things take.
COLOURS = ["color-contrast", "link-in-text-block"]
PLACES = ["target-size", "scrollable-region-focusable"]

#: A page enlarged twice and four times, and the same with the letters spaced.
ENLARGED = [(1280, True), (640, False), (320, False), (320, True)]

#: The theme has put on the colours of this scheme, and is done with the change.
SHOWN = """scheme => document.body.dataset.mdColorScheme === { light: "default", dark: "slate" }[scheme] &&
  document.body.getAttribute("data-md-color-switching") === null"""
#: The page is drawn, and who watches the size of its parts has been told.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
#: What differs in a content from one builder to the other: blank space, and what leads the search and the keyboard.
_OWN = r'\s+|<a id="__skip" tabindex="-1"></a>|data-search-exclude=""'

Findings = dict[str, list[str]]


def addresses(site: Path) -> list[str]:
    return [str(path.relative_to(site)).removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def without_search(site: Path, folder: Path) -> Path:
    """Copy a site to `folder`, its search empty."""
    copy_site(site, folder)
    for path in [*folder.glob("search.json"), *folder.glob("search/search_index.json")]:
        index = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**index, **{key: [] for key in ("docs", "items") if key in index}}), "utf-8")
    return folder


def content(site: Path, address: str) -> str:
    """What a page holds between the parts of its frame, but for blank space and the marks of a builder's own."""
    path = site / address
    html = (path / "index.html" if path.is_dir() else path).read_text("utf-8")
    return re.sub(_OWN, "", html[html.find("<article") : html.find("</article>")])


def same_content(site: Path, other: Path) -> set[str]:
    """The pages whose content another site has too."""
    return {address for address in addresses(site) if content(site, address) == content(other, address)}


def tour(
    browser: Browser,
    server: str,
    pages: Iterable[str],
    already: set[str] | None = None,
    *,
    arrived: Callable[[Page], object] = lambda _: None,
) -> Findings:
    """Say what is wrong in each of these pages, by kind; of those of `already`, the content was read elsewhere.

    `arrived` waits until a page shows what is to be seen of it.
    """
    faults = Faults()
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme="light", reduced_motion="reduce", locale="fr-FR",
        timezone_id="Europe/Paris", service_workers="block",
    )  # fmt: skip
    faults.watch(context)
    for script in SCRIPTS:
        context.add_init_script(path=script)
    try:
        visit = _Visit(context.new_page(), arrived)
        for address in pages:
            visit.see(server + address, read=address in (already or set()))
    finally:
        context.close()
    return {**visit.found, "console": faults.unexpected()}


class _Visit:
    def __init__(self, page: Page, arrived: Callable[[Page], object]) -> None:
        self.page, self.arrived = page, arrived
        self.found: defaultdict[str, list[str]] = defaultdict(list)
        self.schemes: list[Literal["light", "dark"]] = ["light", "dark"]
        #: The texts that axe has looked at.
        self.known: list[str] = []

    def see(self, address: str, *, read: bool) -> None:
        """Load a page, then see it in every state; `read` when its content was, under the rules that see no colour."""
        page = self.page
        page.goto(address)
        until(page, "document.documentElement.classList.contains('theme-pret')")
        self.arrived(page)
        page.evaluate(UNFOLD)
        first, second = self.schemes
        for size, schemes in ((PHONE, (first, second)), (WIDE, (second, first))):
            self.resize(size["width"])
            # The look of what was read is seen in one scheme a width, the next page in the others.
            for scheme in schemes[:1] if read else schemes:
                page.emulate_media(color_scheme=scheme)
                until(page, SHOWN, scheme)
                page.evaluate(DRAWN)
                self.contrast(f"{size['width']} {scheme}")
            whole = size is PHONE and not read
            self.axe({"tags": TAGS, "except": COLOURS} if whole else {"rules": PLACES}, str(size["width"]))
            if not whole:
                page.evaluate("looks.frame(true)")
                self.axe({"tags": TAGS, "except": COLOURS + PLACES}, f"{size['width']} frame")
                page.evaluate("looks.frame(false)")
        if read:
            self.schemes.reverse()
        self.note("moving", page.evaluate("looks.moving()"))
        page.emulate_media(forced_colors="active")
        self.note("forced", page.evaluate("looks.forced()"))
        page.emulate_media(forced_colors="none")
        for width, spaced in ENLARGED:
            if spaced or not read:
                self.resize(width)
                page.evaluate("spaced => looks.space(spaced)", spaced)
                page.evaluate(DRAWN)
                self.note("cut", page.evaluate("looks.cut()"), f"{width}{' spaced' if spaced else ''}")

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": PHONE["height"] if width < 640 else WIDE["height"]})

    def note(self, kind: str, lines: Iterable[str], state: str = "") -> None:
        self.found[kind] += [f"{self.page.url} {state} {line}" for line in lines]

    def axe(self, rules: dict[str, Any], state: str) -> None:
        self.note("axe", self.page.evaluate("rules => looks.findings(rules)", rules), state)

    def contrast(self, state: str) -> None:
        seen = self.page.evaluate("asked => looks.contrast(asked)", {"rules": COLOURS, "known": self.known})
        self.known += seen["keys"]
        self.note("axe", seen["found"], state)
        self.note("unsettled", seen["unsettled"], state)
