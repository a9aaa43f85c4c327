"""Measure what a reader and an author wait for: `make bench`. Prints tables in Markdown, and puts them in README.md.

The ways of starting take turns in one run, each in a new browser profile: Pyodide as its documentation says, with our
package as a wheel; our trimmed library, started the public way; our engine in one part; and what the site ships. All
are served from this machine, compressed at the best level and kept by the browser, as a good host does; then through
lines, and on a processor, as slow as those that people have.

`RUNS=9` takes more profiles, `ONLY="start lines"` some of the tables (start, lines, typed, again, offline, calls,
memory, build, batch); these are then printed, and put into README.md with `KEEP=1`, each in its place.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from calculators.files import examine
from calculators.registry import CALCULATORS
from calculators.web.engine import bundle
from calculators.web.engine.cases import forms, requests
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from calculators.web.publish import usb
from calculators.web.publish.compress import compress, compressible
from calculators.web.publish.serve import ADDRESS
from calculators.web.publish.site import publish
from tests import files, synthetic
from tests.browser import CHROMIUM, FIREFOX, driver, launch, launch_in
from tests.conftest import BLANK
from tests.helpers import ROOT, serving
from tests.slow import line_to, slowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    from tests.browser import Kind

RUNS = int(os.environ.get("RUNS", "5"))
GUIDES = int(os.environ.get("GUIDES", "1000"))
LINES = int(os.environ.get("LINES", "100000"))
CALLS = 300
#: Questions asked in the page to count those that the hot part does not answer, and their seed.
ASKED, SEED = int(os.environ.get("ASKED", "2000")), 9
REQUEST = bundle.REQUESTS[0]
#: A header and a line of the CSV that a batch repeats.
BATCHES = (
    ("sbi", "date_saisie;solde;creance", "2026-11-20;1000,00;500"),
    ("quotite", "date;net;personnes_a_charge", "2026-11-30;1500,00;2"),
    ("delais", "situation;delai;evenement", "un-delai;appel.contentieux;2026-11-20"),
)
#: The command line, which says last how much memory it took: a child's own figure, and not its parent's.
BATCH_CODE = """import sys
from pathlib import Path
from calculators.__main__ import main
main(sys.argv[1:])
status = Path("/proc/self/status")
peak = [int(line.split()[1]) for line in status.open() if line.startswith("VmHWM")] if status.exists() else []
print("", *(f"{kilobytes / 1000:.0f} MB" for kilobytes in peak), sep="\\n", file=sys.stderr)
"""

#: Where README.md quotes a table.
REGION = r"(?<=<!-- bench: {name} -->\n).*?(?=<!-- /bench -->)"

#: Milliseconds from the first touch of a form to its first answer.
FIRST = "async (r) => { const t = performance.now(); await demarches.engine.call(r); return performance.now() - t; }"
#: Milliseconds of one call, once the engine is warm.
EACH = """async ([r, n]) => {
    const t = performance.now();
    for (let i = 0; i < n; i++) await demarches.engine.call(r);
    return (performance.now() - t) / n;
}"""

#: How many questions were put again to the whole runtime.
REPLAYS = "() => demarches.engine.replays"
#: Asks questions until one is put again to the whole runtime, or there are no more; tells how many.
UNTIL_AGAIN = """async (asked) => {
    let count = 0;
    for (const request of asked) {
        await demarches.engine.call(JSON.parse(request)).catch(() => undefined);
        count += 1;
        if (demarches.engine.replays) break;
    }
    return count;
}"""

#: The stock way: in a worker, with everything from our own server.
STOCK_WORKER = """import { loadPyodide } from "./pyodide.mjs";
let answer;
self.onmessage = async ({ data }) => {
    if (!answer) {
        const python = await loadPyodide({ packages: [new URL("WHEEL", self.location).href] });
        answer = python.pyimport("calculators.web.page.browser").answer;
    }
    self.postMessage(answer(JSON.stringify(data)));
};"""
STOCK_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">
<script>
let worker;
globalThis.demarches = { engine: { replays: 0, call: (request) => new Promise((resolve) => {
    worker ??= new Worker("assets/pyodide-000000000000/worker.mjs", { type: "module" });
    worker.onmessage = ({ data }) => resolve(JSON.parse(data));
    worker.postMessage(request);
}) } };
</script>"""


# ---------------------------------------------------------------- ways of starting


def make_stock(folder: Path) -> None:
    """Lay out Pyodide's own files and our wheel of sources."""
    files = folder / "assets/pyodide-000000000000"
    files.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", bundle.LIBRARY, bundle.LOCK):
        shutil.copyfile(bundle.PYODIDE / name, files / name)
    wheel = bundle.write_wheel(files)
    (files / "worker.mjs").write_text(STOCK_WORKER.replace("WHEEL", wheel.name), "utf-8")
    (folder / "index.html").write_text(STOCK_PAGE, "utf-8")


def make_public(folder: Path) -> None:
    """Lay out our engine as it starts when the snapshot cannot be used."""
    make_ours(folder, replace(Settings.read(), snapshot=False))


def make_monolith(folder: Path) -> None:
    """Lay out our engine with Pyodide's own runtime, in one part."""
    make_ours(folder, replace(Settings.read(), monolith=True))


def make_ours(folder: Path, settings: Settings | None = None) -> None:
    """Lay out our engine, built with these settings or those of now."""
    engine = folder.with_name(f"{folder.name}-engine")
    settings = settings or Settings.read()
    bundle.bundle(settings, engine)
    folder.joinpath("index.html").write_text(BLANK, "utf-8")
    publish(folder, settings, engine)
    shutil.rmtree(engine)


@dataclass(frozen=True)
class Way:
    """A way of starting Python in a page."""

    name: str
    folder: str
    make: Callable[[Path], None]


STOCK = Way("stock Pyodide", "stock", make_stock)
PUBLIC = Way("trimmed library, public way", "public", make_public)
MONOLITH = Way("in one part (`MONOLITH=1`)", "monolith", make_monolith)
SHIPPED = Way("this site", "shipped", make_ours)
WAYS = (STOCK, PUBLIC, MONOLITH, SHIPPED)
#: Those that are measured through slow lines, and whose ratio to the last one is told.
COMPARED = (STOCK, MONOLITH, SHIPPED)


@contextmanager
def laid_out(*ways: Way) -> Iterator[tuple[Path, str]]:
    """Lay out these ways, compress them and serve them; give the folder and its address."""
    with tempfile.TemporaryDirectory(dir=bundle.BUILD) as name:
        root = Path(name)
        for way in ways:
            (root / way.folder).mkdir()
            way.make(root / way.folder)
        compress(compressible(root))
        with serving(root) as url:
            yield root, url


@contextmanager
def opened(
    playwright: Playwright, profile: str, kind: Kind = CHROMIUM, service_workers: Literal["allow", "block"] = "block"
) -> Iterator[BrowserContext]:
    """Start the browser with a profile that it keeps."""
    context = launch_in(playwright, profile, kind, service_workers=service_workers)
    yield context
    context.close()


def first_answer(page: Page, url: str) -> float:
    """Open the page and time its first answer."""
    page.goto(url)
    taken: float = page.evaluate(FIRST, json.loads(REQUEST))
    return taken


def visit(page: Page, url: str) -> float:
    """Do the same, then leave the browser the time to keep the compiled code."""
    taken = first_answer(page, url)
    page.wait_for_timeout(1500)
    return taken


#: Rows of the table, in the order they are measured.
VISITS = ("first visit", "second visit", "browser started again")


def run_once(playwright: Playwright, url: str) -> dict[str, float]:
    """Measure one new browser profile: first visit, second, and again after the browser was started again."""
    first, second, again = VISITS
    with tempfile.TemporaryDirectory() as profile:
        with opened(playwright, profile) as context:
            page = context.new_page()
            times = {first: visit(page, url), second: visit(page, url)}
        with opened(playwright, profile) as context:
            times[again] = first_answer(context.new_page(), url)
    return times


def received(playwright: Playwright, url: str, way: Way) -> int:
    """Count the bytes that come from the first touch to the first answer, with their headers."""
    with (
        line_to(port_of(url)) as counting,
        tempfile.TemporaryDirectory() as profile,
        opened(playwright, profile) as context,
    ):
        page = context.new_page()
        page.goto(f"http://{ADDRESS}:{counting.port}/{way.folder}/")
        page.wait_for_load_state("networkidle")
        before = counting.received
        # What comes once the answer is given waits until the page is at rest: here it never is.
        page.evaluate("() => { globalThis.requestIdleCallback = () => undefined; }")
        page.evaluate(FIRST, json.loads(REQUEST))
        return counting.received - before


def port_of(url: str) -> int:
    """Give the port of an address."""
    return urlsplit(url).port or 80


def compared(runs: dict[Way, list[float]]) -> list[str]:
    """Give medians and ranges of each way, then how many times faster the last one is than each of the others."""
    *others, ours = runs.values()
    ratios = [statistics.median(values) / statistics.median(ours) for values in others]
    return [*map(spread, runs.values()), *(f"{ratio:.1f}" for ratio in ratios)]


def against(ways: Sequence[Way]) -> list[str]:
    """Name the columns of `compared`."""
    return [*(way.name for way in ways), *(f"{way.name} ÷ {ways[-1].name}" for way in ways[:-1])]


def start_table(playwright: Playwright, ways: Sequence[Way]) -> str:
    """Time the starts side by side, and weigh what comes before the first answer."""
    runs: dict[Way, list[dict[str, float]]] = {way: [] for way in ways}
    with laid_out(*ways) as (_, url):
        weights = [received(playwright, url, way) for way in ways]
        for _ in range(RUNS):
            for way in ways:
                runs[way].append(run_once(playwright, f"{url}{way.folder}/"))
    rows: list[Sequence[str]] = [("first touch to first answer, ms", *against(ways))]
    rows += [
        (name, *compared({way: [run[name] for run in measured] for way, measured in runs.items()})) for name in VISITS
    ]
    parts = [f"{weights[-1] / weight:.0%} of it" for weight in weights[:-1]]
    rows.append(("received before it (brotli)", *(f"{weight / 1e6:.2f} MB" for weight in weights), *parts))
    return table(rows)


# ---------------------------------------------------------------- the lines and processors that people have


@dataclass(frozen=True)
class Condition:
    """What a reader has: bits a second, seconds of a round trip, how many times slower than this one a processor is."""

    name: str
    bits_a_second: float
    round_trip: float
    times: int = 1


HOME = Condition("10 Mbit/s, 40 ms", 10e6, 0.040)
PHONE = Condition("1.6 Mbit/s, 150 ms, processor four times slower", 1.6e6, 0.150, 4)
CONDITIONS = (HOME, PHONE)
#: Seconds that filling in a form takes.
FILLING = 10


def renderers(context: BrowserContext) -> list[int]:
    """The processes that run pages, and their workers."""
    browser = context.browser
    if browser is None:
        raise RuntimeError("the browser says nothing of its processes")
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in processes if process["type"] == "renderer"]


def run_slowly(playwright: Playwright, url: str, way: Way, condition: Condition) -> tuple[float, float, int]:
    """Measure one new profile: first visit, second, and how many questions were put again to the whole runtime."""
    with (
        line_to(port_of(url), condition.bits_a_second, condition.round_trip) as slow,
        tempfile.TemporaryDirectory() as profile,
        opened(playwright, profile) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(600_000)
        times = []
        replays = 0
        for _ in range(2):
            page.goto(f"http://{ADDRESS}:{slow.port}/{way.folder}/")
            page.wait_for_load_state("networkidle")
            with slowed(renderers(context), condition.times):
                times.append(page.evaluate(FIRST, json.loads(REQUEST)))
            replays += page.evaluate(REPLAYS)
            page.wait_for_timeout(1500)
        return times[0], times[1], replays


def lines_table(playwright: Playwright) -> str:
    """Time the starts side by side through slow lines."""
    rows: list[Sequence[str]] = [("first touch to first answer, ms", *against(COMPARED))]
    replays = 0
    with laid_out(*COMPARED) as (_, url):
        for condition in CONDITIONS:
            runs: dict[Way, list[tuple[float, float, int]]] = {way: [] for way in COMPARED}
            for _ in range(RUNS):
                for way, measured in runs.items():
                    measured.append(run_slowly(playwright, url, way, condition))
            replays += sum(again for measured in runs.values() for *_, again in measured)
            for number, name in enumerate(VISITS[:2]):
                values = {way: [run[number] for run in measured] for way, measured in runs.items()}
                rows.append((f"{condition.name}: {name}", *compared(values)))
    return f"{table(rows)}\n\nQuestions put again to the whole runtime meanwhile: {replays}."


def typed_once(playwright: Playwright, url: str, way: Way) -> float:
    """Touch a form, fill it in without haste, and time the answer from the last key on."""
    with (
        line_to(port_of(url), HOME.bits_a_second, HOME.round_trip) as slow,
        tempfile.TemporaryDirectory() as profile,
        opened(playwright, profile) as context,
    ):
        page = context.new_page()
        page.goto(f"http://{ADDRESS}:{slow.port}/{way.folder}/")
        page.wait_for_load_state("networkidle")
        page.evaluate("() => { demarches.engine.start(); }")
        page.wait_for_timeout(FILLING * 1000)
        taken: float = page.evaluate(FIRST, json.loads(REQUEST))
        return taken


def typed_table(playwright: Playwright) -> str:
    """Time what someone waits for who fills in the form in ten seconds."""
    runs: dict[Way, list[float]] = {way: [] for way in COMPARED[1:]}
    with laid_out(*runs) as (_, url):
        for _ in range(RUNS):
            for way, measured in runs.items():
                measured.append(typed_once(playwright, url, way))
    header = (f"last key to answer, ms, {FILLING} s after the first touch, {HOME.name}", *(way.name for way in runs))
    return table([header, ("first visit", *map(spread, runs.values()))])


def again_table(playwright: Playwright) -> str:
    """Count, in the browser, the questions that the hot part leaves to the whole runtime; `make parity` asks more."""
    rows = [("asked in the page, of another seed than training's", "questions", "put again to the whole runtime")]
    browser = launch(playwright)
    with laid_out(SHIPPED) as (_, url):
        for name, questions in (
            ("drawn by chance", requests(ASKED, SEED)),
            ("as the forms send them", forms(ASKED, SEED)),
        ):
            page = browser.new_page(service_workers="block")
            page.set_default_timeout(600_000)
            page.goto(f"{url}{SHIPPED.folder}/")
            # Once a question was put again, the whole runtime answers: each such question begins a page anew.
            again, asked = 0, [*questions]
            at = 0
            while at < len(asked):
                at += page.evaluate(UNTIL_AGAIN, asked[at:])
                again += page.evaluate(REPLAYS)
                page.reload()
            rows.append((name, thousands(len(asked)), thousands(again)))
            page.close()
    browser.close()
    return table(rows)


#: Ways of opening the site, in the order of the table, which are measured in turn.
SERVED, FILES, OFFLINE, OFFLINE_AGAIN = (
    "served, first visit",
    "opened as files",
    "network off, after one visit without a calculation",
    "the same, browser started again",
)

#: What the site keeps ahead of its use, without the wait of a page at rest; true once it is whole.
KEEP = """async () => {
    await demarches.offline.keep();
    const kept = await demarches.offline.describe();
    return kept?.bytes === kept?.total;
}"""
UNREACHABLE = "() => fetch('assets/not-kept').then(() => false, () => true)"


def run_offline(playwright: Playwright, kind: Kind, root: Path) -> dict[str, float]:
    """Visit the site, take its server away, and time the first answer of another page, then of a browser begun anew."""
    with tempfile.TemporaryDirectory() as profile:
        with opened(playwright, profile, kind, "allow") as context:
            with serving(root) as url:
                address = f"{url}{SHIPPED.folder}/"
                page = context.new_page()
                page.goto(address)
                if not page.evaluate(KEEP):
                    raise RuntimeError(f"{kind.name} has not kept the whole site")
            page = context.new_page()
            times = {OFFLINE: visit(page, address)}
            if not page.evaluate(UNREACHABLE):
                raise RuntimeError("the server still answers")
        with opened(playwright, profile, kind, "allow") as context:
            times[OFFLINE_AGAIN] = first_answer(context.new_page(), address)
    return times


def run_copies(playwright: Playwright, kind: Kind, addresses: dict[str, str]) -> dict[str, float]:
    """Time the first answer at each address, in a new profile each."""
    times = {}
    for name, address in addresses.items():
        with tempfile.TemporaryDirectory() as profile, opened(playwright, profile, kind) as context:
            times[name] = first_answer(context.new_page(), address)
    return times


def offline_table(playwright: Playwright) -> str:
    """Time the start without a network, from files and from what was kept, next to that of the same engine served."""
    runs: dict[Kind, list[dict[str, float]]] = {CHROMIUM: [], FIREFOX: []}
    with laid_out(SHIPPED) as (root, url):
        usb.make(ROOT / "site", bundle.ENGINE, root / "copy", Settings.read())
        page = root / "copy" / usb.PAGES / "confidentialite/index.html"
        addresses = {SERVED: f"{url}{SHIPPED.folder}/", FILES: page.as_uri()}
        for _ in range(RUNS):
            for kind, measured in runs.items():
                copies = run_copies(playwright, kind, addresses)
                measured.append(copies | run_offline(playwright, kind, root))
    header = [cell for kind in runs for cell in (kind.name.capitalize(), "ratio")]
    rows: list[Sequence[str]] = [("first touch to first answer, ms", *header)]
    for name in (SERVED, FILES, OFFLINE, OFFLINE_AGAIN):
        cells = []
        for measured in runs.values():
            cold, values = ([run[way] for run in measured] for way in (SERVED, name))
            ratio = statistics.median(values) / statistics.median(cold)
            cells += [spread(values), "" if name == SERVED else f"{ratio:.2f}"]
        rows.append((name, *cells))
    return table(rows)


# ---------------------------------------------------------------- one calculation


def samples() -> dict[str, str]:
    """Give a request that is answered, of each calculator."""
    found: dict[str, str] = {}
    for request in requests(200):
        name = json.loads(request)["calculateur"]
        if name not in found and json.loads(answer(request))["ok"]:
            found[name] = request
    return {name: found[name] for name in CALCULATORS}


def native_call(request: str) -> float:
    """Milliseconds of one call in this machine's own Python."""
    answer(request)
    begun = time.perf_counter()
    for _ in range(CALLS):
        answer(request)
    return (time.perf_counter() - begun) / CALLS * 1000


def calls_table(playwright: Playwright) -> str:
    """Time a click on « Calculer », the first once the engine is ready and those that follow, and Python itself."""
    rows = [
        ("one calculation, ms", "first click, engine ready", "the next ones", f"CPython {platform.python_version()}")
    ]
    browser = launch(playwright)
    with laid_out(SHIPPED) as (_, url):
        for name, request in samples().items():
            context = browser.new_context(service_workers="block")
            page = context.new_page()
            page.goto(f"{url}{SHIPPED.folder}/")
            page.evaluate("() => demarches.engine.start()")
            page.wait_for_timeout(1000)  # A reader is slower still to fill in a form.
            first = page.evaluate(FIRST, json.loads(request))
            each = page.evaluate(EACH, [json.loads(request), CALLS])
            rows.append((name, f"{first:.0f}", f"{each:.1f}", f"{native_call(request):.1f}"))
            context.close()
    browser.close()
    return table(rows)


# ---------------------------------------------------------------- memory


def memory_of(pid: int) -> dict[str, float]:
    """Megabytes that a process holds, and the most it ever held."""
    text = Path(f"/proc/{pid}/status").read_text("ascii")
    return {name: int(re.findall(rf"{name}:\s+(\d+) kB", text)[0]) / 1000 for name in ("VmRSS", "VmHWM")}


def memory_once(playwright: Playwright, url: str) -> tuple[float, float, float]:
    """Measure the process of a page before the engine starts, at most while it does, and 300 answers later."""
    browser = launch(playwright)
    page = browser.new_page(service_workers="block")
    page.goto(url)
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [process["id"] for process in processes if process["type"] == "renderer"]
    pid = max(pids, key=lambda pid: memory_of(pid)["VmRSS"])
    before = memory_of(pid)["VmRSS"]
    page.evaluate(FIRST, json.loads(REQUEST))
    peak = memory_of(pid)["VmHWM"]
    page.evaluate(EACH, [json.loads(REQUEST), CALLS])
    page.wait_for_timeout(1000)
    after = memory_of(pid)["VmRSS"]
    browser.close()
    return before, peak, after


def memory_table(playwright: Playwright) -> str:
    """Measure the memory of a page's process (Linux), and the part of it that is known."""
    rows: list[Sequence[str]] = [
        ("memory of the page's process, MB", "before", "at most, starting", "300 answers later")
    ]
    heaps = []
    with laid_out(*COMPARED) as (root, url):
        for way in COMPARED:
            runs = [memory_once(playwright, f"{url}{way.folder}/") for _ in range(min(RUNS, 3))]
            rows.append((way.name, *map(spread, zip(*runs, strict=True))))
            heaps += [
                f"{path.parent.name.partition('-')[0]} {heap_of(path) / 1e6:.0f} MB, {way.name}"
                for path in sorted((root / way.folder).rglob(bundle.SNAPSHOT))
            ]
    return f"{table(rows)}\n\nPython's own memory (WebAssembly) as it begins: {'; '.join(heaps)}."


def heap_of(snapshot: Path) -> int:
    """Bytes of the memory that a snapshot holds."""
    content = snapshot.read_bytes()
    heap: int = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])["heap"]
    return heap


# ---------------------------------------------------------------- files

#: What the file checker must live through; `tests/unit/test_files_limits.py` holds it to them.
LIMITS: dict[str, Callable[[Path], list[Path]]] = {
    "200 files of three pages": lambda folder: [written(folder, f"{n}.pdf", files.pdf(3)) for n in range(200)],
    "a file of 200 MB": lambda folder: [files.heavy_file(folder, "pdf")],
    "a PDF of 2,000 pages": lambda folder: [written(folder, "a.pdf", files.pdf(2_000))],
    "an image of 100 megapixels": lambda folder: [written(folder, "a.png", files.immense())],
    "a PDF that expands without end": lambda folder: [written(folder, "a.pdf", files.endless_pdf())],
    "a scan of 40 pages, drawn": lambda folder: [written(folder, "a.pdf", files.scan(*[files.drawing()] * 40))],
}


def written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file; give its path."""
    path = folder / name
    path.write_bytes(content)
    return path


def check_natively(paths: Sequence[Path]) -> float:
    """Seconds to check files with this machine's own Python."""
    begun = time.perf_counter()
    for path in paths:
        with path.open("rb") as file:
            examine(file, path.name, files.GEODEMAT)
    return time.perf_counter() - begun


def check_in_page(browser: Browser, address: str, paths: Sequence[Path]) -> float:
    """Seconds from when files are chosen to when all are judged, the start of Python included."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(address)
    told = page.locator("mode-emploi-fichiers [role=status]")
    begun = time.perf_counter()
    page.get_by_label("Vos fichiers").set_input_files([*paths])
    told.filter(has_text=re.compile("vérifiés?")).wait_for(timeout=300_000)
    taken = time.perf_counter() - begun
    context.close()
    return taken


def files_table(playwright: Playwright) -> str:
    """Time each limit of the file checker in the page of the site, and the same code on this machine."""
    rows = [("files checked, seconds", "in the page, Python's start included", f"CPython {platform.python_version()}")]
    browser = launch(playwright)
    with serving(ROOT / "site") as url:
        for name, make in LIMITS.items():
            with tempfile.TemporaryDirectory() as folder:
                paths = make(Path(folder))
                times = [check_in_page(browser, f"{url}calculateurs/fichiers/", paths) for _ in range(min(RUNS, 3))]
                rows.append((name, f"{statistics.median(times):.1f}", f"{check_natively(paths):.2f}"))
    browser.close()
    return table(rows)


# ---------------------------------------------------------------- builds


def build_table() -> str:
    """Time the engine from nothing, the site, and a site of many guides, by both generators."""
    rows = [("build, seconds", *synthetic.GENERATORS)]
    pages = len(list((ROOT / "docs").rglob("*.md")))
    with tempfile.TemporaryDirectory(dir=bundle.BUILD) as name:
        kept, bundle.BUILD = bundle.BUILD, Path(name)
        begun = time.perf_counter()
        bundle.bundle(Settings.read(), Path(name) / "engine")
        engine = time.perf_counter() - begun
        bundle.BUILD = kept
    site = [f"{synthetic.built(command, ROOT, pages):.1f}" for command in synthetic.GENERATORS.values()]
    rows.append((f"the pages of this site ({pages})", *site))
    with synthetic.project(GUIDES) as folder:
        many = [f"{synthetic.built(command, folder, GUIDES):.1f}" for command in synthetic.GENERATORS.values()]
    rows.append((f"{thousands(GUIDES)} synthetic guides, each with an example worked out", *many))
    return f"{table(rows)}\n\nThe engine, when its sources have changed: {engine:.1f} s."


# ---------------------------------------------------------------- the report


def thousands(number: int) -> str:
    """Write a whole number.

    >>> thousands(100000)
    '100,000'
    """
    return f"{number:,}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows, the first being the header, as a Markdown table."""
    header, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ("---",) * len(header), *body])


def batch_table() -> str:
    """Time large CSVs on the command line, ten times longer each: the memory must not follow."""
    rows = [("CSV on the command line", "lines", "seconds", "memory at most")]
    for name, header, line in BATCHES:
        for count in (LINES // 10, LINES):
            with tempfile.TemporaryFile() as file:
                file.write(f"{header}\n".encode() + f"{line}\n".encode() * count)
                file.seek(0)
                begun = time.perf_counter()
                command = [sys.executable, "-c", BATCH_CODE, name, "--csv", "-"]
                done = subprocess.run(command, stdin=file, capture_output=True, text=True, cwd=ROOT, check=True)
            taken = time.perf_counter() - begun
            rows.append((name, thousands(count), f"{taken:.1f}", done.stderr.splitlines()[-1]))
    return table(rows)


def spread(values: Sequence[float]) -> str:
    """Give a median and its range.

    >>> spread([1, 3, 2])
    '2 (1–3)'
    """
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def machine(playwright: Playwright) -> str:
    """Say when and where this was measured."""
    browser = launch(playwright)
    version = browser.version
    browser.close()
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Chromium {version}, local server (brotli), {RUNS} new profiles for each way of starting: median (range)."
        f"{' The runtime of this site is in one part (MONOLITH=1).' if Settings.read().monolith else ''}"
    )


def kept(readme: str, tables: Mapping[str, str]) -> str:
    r"""Put tables in their places.

    >>> kept("a\n<!-- bench: start -->\nold\n<!-- /bench -->\nb", {"start": "new"})
    'a\n<!-- bench: start -->\n\nnew\n\n<!-- /bench -->\nb'
    """
    for name in tables:
        place = re.compile(REGION.format(name=name), re.DOTALL)
        if not place.search(readme):
            raise SystemExit(f"README.md has no place for the table « {name} »")
        before, after = place.split(readme)
        readme = f"{before}\n{tables[name]}\n\n{after}"
    return readme


def main() -> int:
    """Measure, print, and write into README.md."""
    with driver() as playwright:
        sections: dict[str, Callable[[], str]] = {
            "machine": lambda: machine(playwright),
            "start": lambda: start_table(playwright, WAYS),
            "lines": lambda: lines_table(playwright),
            "typed": lambda: typed_table(playwright),
            "again": lambda: again_table(playwright),
            "offline": lambda: offline_table(playwright),
            "calls": lambda: calls_table(playwright),
            "memory": lambda: memory_table(playwright),
            "files": lambda: files_table(playwright),
            "build": build_table,
            "batch": batch_table,
        }
        chosen = os.environ.get("ONLY", "").split()
        keep = not chosen or bool(os.environ.get("KEEP"))
        for name in ["machine", *chosen] if chosen else sections:
            text = sections[name]()
            print(text, "", sep="\n", flush=True)
            # Each as it comes: what was measured stays, whatever becomes of the rest.
            if keep:
                readme = ROOT / "README.md"
                readme.write_text(kept(readme.read_text("utf-8"), {name: text}), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
