"""Measure the engine in a real browser: `make bench`. Prints tables in Markdown, medians and ranges.

Three ways of starting take turns in one run, each in a new browser profile: Pyodide as its documentation says, with our
package as a wheel; our trimmed library, started the public way; and what the site ships. All are served from this
machine, compressed at the best level and kept by the browser, as a good host does.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.web import bundle, usb
from calculators.web.browser import answer
from calculators.web.compress import compress, compressible
from calculators.web.extension import site_date
from calculators.web.publish import publish
from tests.browser import CHROMIUM, FIREFOX, FLAGS, driver, installed, launch
from tests.conftest import BLANK
from tests.helpers import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page, Playwright

RUNS = int(os.environ.get("RUNS", "5"))
CALLS = 500
REQUEST = bundle.REQUESTS[0]
BATCH = int(os.environ.get("LINES", "100000"))
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
peak = [line.split(":")[1].strip() for line in status.open() if line.startswith("VmHWM")] if status.exists() else []
print("", *(peak or ["—"]), sep="\\n", file=sys.stderr)
"""

STOCK, PUBLIC, SHIPPED = "Pyodide d’origine", "bibliothèque réduite, sans instantané", "ce site"
FOLDERS = {STOCK: "stock", PUBLIC: "public", SHIPPED: "shipped"}
VISITS = ("première visite", "deuxième visite", "après redémarrage du navigateur")

#: Milliseconds from the first touch of a form to its first answer.
FIRST = "async (r) => { const t = performance.now(); await demarches.engine.call(r); return performance.now() - t; }"
#: Milliseconds of one call, once the engine is warm.
EACH = """async ([r, n]) => {
    const t = performance.now();
    for (let i = 0; i < n; i++) await demarches.engine.call(r);
    return (performance.now() - t) / n;
}"""

#: The stock way: in a worker, with everything from our own server.
STOCK_WORKER = """import { loadPyodide } from "./pyodide.mjs";
let answer;
self.onmessage = async ({ data }) => {
    if (!answer) {
        const python = await loadPyodide({ packages: [new URL("WHEEL", self.location).href] });
        answer = python.pyimport("calculators.web.browser").answer;
    }
    self.postMessage(answer(JSON.stringify(data)));
};"""
STOCK_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">
<script>
let worker;
globalThis.demarches = { engine: { call: (request) => new Promise((resolve) => {
    worker ??= new Worker("assets/pyodide-000000000000/worker.mjs", { type: "module" });
    worker.onmessage = ({ data }) => resolve(JSON.parse(data));
    worker.postMessage(request);
}) } };
</script>"""


def make_stock(folder: Path) -> None:
    """Lay out Pyodide's own files and our wheel of sources."""
    files = folder / "assets/pyodide-000000000000"
    files.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", bundle.LIBRARY, bundle.LOCK):
        shutil.copyfile(bundle.PYODIDE / name, files / name)
    wheel = bundle.write_wheel(files)
    (files / "worker.mjs").write_text(STOCK_WORKER.replace("WHEEL", wheel.name), "utf-8")
    (folder / "index.html").write_text(STOCK_PAGE, "utf-8")


def make_ours(folder: Path, *, snapshot: bool) -> None:
    """Lay out our engine, with or without its snapshot."""
    os.environ["SNAPSHOT"] = "1" if snapshot else "0"
    bundle.bundle(folder / "engine")
    folder.joinpath("index.html").write_text(BLANK, "utf-8")
    publish(folder, folder / "engine")
    shutil.rmtree(folder / "engine")


def visit(page: Page, url: str) -> float:
    """Open the page and time its first answer, then leave the browser the time to keep the compiled code."""
    page.goto(url)
    taken: float = page.evaluate(FIRST, json.loads(REQUEST))
    page.wait_for_timeout(1500)
    return taken


def run_once(playwright: Playwright, url: str) -> dict[str, float]:
    """Measure one new browser profile: first visit, second, and again after the browser was restarted."""
    with tempfile.TemporaryDirectory() as profile:

        def start() -> Any:
            return playwright.chromium.launch_persistent_context(
                profile, executable_path=installed(), args=list(FLAGS), headless=True
            )

        context = start()
        page = context.new_page()
        times = {VISITS[0]: visit(page, url), VISITS[1]: visit(page, url)}
        times["un calcul"] = page.evaluate(EACH, [json.loads(REQUEST), CALLS])
        context.close()
        context = start()
        times[VISITS[2]] = visit(context.new_page(), url)
        context.close()
    return times


def native_call() -> float:
    """Milliseconds of one call in this machine's own Python."""
    answer(REQUEST)
    begun = time.perf_counter()
    for _ in range(CALLS):
        answer(REQUEST)
    return (time.perf_counter() - begun) / CALLS * 1000


def fetched(folder: Path, way: str) -> list[Path]:
    """List what is fetched, compressed, before the first answer; the page and its script apart."""
    unused = {
        STOCK: (),
        PUBLIC: ("manifest.json", "app-*.js"),
        SHIPPED: ("manifest.json", "app-*.js", "python_stdlib.zip", "*.whl", bundle.LOCK),
    }[way]
    files = [path for path in sorted((folder / "assets").rglob("*")) if path.is_file()]
    plain = [path for path in files if path.suffix not in {".br", ".zst", ".gz"}]
    used = [path for path in plain if not any(path.match(pattern) for pattern in unused)]
    packed = [path.with_name(f"{path.name}.br") for path in used]
    return [small if small.is_file() else path for path, small in zip(used, packed, strict=True)]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows, the first being the header, as a Markdown table."""
    header, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ("---",) * len(header), *body])


def spread(values: Sequence[float]) -> str:
    """Give a median and its range.

    >>> spread([1, 3, 2])
    '2 (1 à 3)'
    """
    return f"{statistics.median(values):.0f} ({min(values):.0f} à {max(values):.0f})"


def times_table(runs: dict[str, list[dict[str, float]]], sizes: dict[str, int]) -> str:
    """Give the medians and ranges of each way, and how many times faster than the stock one ours is."""
    rows: list[Sequence[str]] = [("jusqu’à la première réponse, ms", *runs, "rapport")]
    for name in VISITS:
        values = {way: [run[name] for run in measured] for way, measured in runs.items()}
        ratio = statistics.median(values[STOCK]) / statistics.median(values[SHIPPED])
        rows.append((name, *map(spread, values.values()), f"{ratio:.1f}"))
    rows.append(("octets à recevoir (brotli)", *(f"{sizes[way] / 1e6:.2f} Mo" for way in runs), ""))
    each = {way: statistics.median(run["un calcul"] for run in measured) for way, measured in runs.items()}
    rows.append(("un calcul de plus, ms", *(f"{value:.2f}" for value in each.values()), ""))
    return table(rows)


def first_answer(browser: Browser, url: str) -> float:
    """Time the first answer of a new browser."""
    page = browser.new_context().new_page()
    page.goto(url)
    taken: float = page.evaluate(FIRST, json.loads(REQUEST))
    browser.close()
    return taken


def copy_table(playwright: Playwright, served: str, folder: Path) -> str:
    """Time the start of the copy that is opened as files, next to that of the same site served, in both browsers."""
    usb.make(bundle.ROOT / "site", bundle.ENGINE, folder, site_date())
    opened = (folder / usb.PAGES / "confidentialite/index.html").as_uri()
    rows: list[Sequence[str]] = [("première réponse, ms", "servi, à froid", "ouvert comme un fichier", "rapport")]
    for kind in (CHROMIUM, FIREFOX):
        times: dict[str, list[float]] = {served: [], opened: []}
        for _ in range(RUNS):
            for url, taken in times.items():
                taken.append(first_answer(launch(playwright, kind), url))
        ratio = statistics.median(times[opened]) / statistics.median(times[served])
        rows.append((kind.name, *map(spread, times.values()), f"{ratio:.2f}"))
    return table(rows)


def batch_table() -> str:
    """Time large CSVs on the command line, ten times longer each: the memory must not follow."""
    rows = [("lot (ligne de commande)", "lignes", "durée", "mémoire au plus haut")]
    for name, header, line in BATCHES:
        for count in (BATCH // 10, BATCH):
            with tempfile.TemporaryFile() as file:
                file.write(f"{header}\n".encode() + f"{line}\n".encode() * count)
                file.seek(0)
                start = time.perf_counter()
                command = [sys.executable, "-c", BATCH_CODE, name, "--csv", "-"]
                done = subprocess.run(command, stdin=file, capture_output=True, text=True, cwd=bundle.ROOT, check=True)
            taken = f"{time.perf_counter() - start:.1f} s"
            rows.append((name, f"{count:,}".replace(",", " "), taken, done.stderr.splitlines()[-1]))
    return table(rows)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=bundle.BUILD) as name, driver() as playwright:
        root = Path(name)
        for folder in FOLDERS.values():
            (root / folder).mkdir()
        make_stock(root / FOLDERS[STOCK])
        make_ours(root / FOLDERS[PUBLIC], snapshot=False)
        make_ours(root / FOLDERS[SHIPPED], snapshot=True)
        compress(compressible(root))
        sizes = {way: sum(path.stat().st_size for path in fetched(root / to, way)) for way, to in FOLDERS.items()}
        runs: dict[str, list[dict[str, float]]] = {way: [] for way in FOLDERS}
        with serving(root) as url:
            for _ in range(RUNS):
                for way, folder in FOLDERS.items():
                    runs[way].append(run_once(playwright, f"{url}{folder}/"))
            copy = copy_table(playwright, f"{url}{FOLDERS[SHIPPED]}/", root / "copy")
    print(f"{time.strftime('%Y-%m-%d')}, {RUNS} profils neufs par façon, Chromium, serveur local (brotli),")
    print(f"{os.cpu_count()} cœurs, {platform.system()} {platform.machine()}. Médiane (de … à …).\n")
    print(times_table(runs, sizes))
    print(f"\nUn calcul avec le Python de la machine ({platform.python_version()}) : {native_call():.2f} ms.")
    print("", copy, "", batch_table(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
