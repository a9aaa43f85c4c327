"""Measure the engine in a real browser: `make bench`. Prints a table in Markdown, medians and ranges.

Served from this machine, uncompressed, so the times are those of the browser, not of a network.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from calculators.batch import Batch
from calculators.registry import get
from calculators.web import bundle
from calculators.web.publish import publish
from tests.browser import FLAGS, installed
from tests.conftest import BLANK
from tests.helpers import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page, Playwright

RUNS = int(os.environ.get("RUNS", "5"))
CALLS = 500
REQUEST = bundle.REQUESTS[0]
BATCH = int(os.environ.get("LINES", "100000"))
BATCHES = (
    ("sbi", "date_saisie;solde;creance", "2026-11-20;1000,00;500"),
    ("quotite", "date;net;personnes_a_charge", "2026-11-30;1500,00;2"),
)

#: Milliseconds from the first touch of a form to its first answer.
FIRST = "async (r) => { const t = performance.now(); await demarches.engine.call(r); return performance.now() - t; }"
#: Milliseconds of one call, once the engine is warm.
EACH = """async ([r, n]) => {
    const t = performance.now();
    for (let i = 0; i < n; i++) await demarches.engine.call(r);
    return (performance.now() - t) / n;
}"""

#: What Node knows and Python's library does not: sizes once compressed for the network.
BROTLI = """const { readFileSync } = require("fs"), { brotliCompressSync, constants } = require("zlib");
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
const sizes = process.argv.slice(1).map((file) => brotliCompressSync(readFileSync(file), { params }).length);
console.log(JSON.stringify(sizes));"""


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
        times = {"première visite": visit(page, url), "deuxième visite": visit(page, url)}
        times["un calcul de plus"] = page.evaluate(EACH, [json.loads(REQUEST), CALLS])
        context.close()
        context = start()
        times["après redémarrage du navigateur"] = visit(context.new_page(), url)
        context.close()
    return times


def brotli_sizes(files: list[Path]) -> list[int]:
    """Give the size of each file at brotli's best level."""
    command = [str(bundle.NODE), "-e", BROTLI, *map(str, files)]
    sizes: list[int] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sizes


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows, the first being the header, as a Markdown table."""
    header, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ("---",) * len(header), *body])


def bytes_table() -> str:
    """Tell what is fetched before the first answer."""
    files = [path for path in sorted(bundle.ENGINE.rglob("*")) if path.is_file() and path.name != "manifest.json"]
    compressed = brotli_sizes(files)
    rows = [("fichier", "octets", "brotli")]
    rows += [(file.name, f"{file.stat().st_size:,}", f"{size:,}") for file, size in zip(files, compressed, strict=True)]
    rows.append(("total", f"{sum(file.stat().st_size for file in files):,}", f"{sum(compressed):,}"))
    return table(rows).replace(",", " ")


def times_table(runs: list[dict[str, float]]) -> str:
    """Give the median and range of each measure."""
    rows: list[Sequence[str]] = [("mesure", "médiane", "de", "à")]
    for name in runs[0]:
        values = [run[name] for run in runs]
        rows.append((name, *(f"{value:.1f} ms" for value in (statistics.median(values), min(values), max(values)))))
    return table(rows)


def batch_table() -> str:
    """Time a large CSV on this machine's own Python."""
    rows = [("lot (ligne de commande)", "lignes", "durée")]
    for name, header, line in BATCHES:
        batch = Batch(get(name), header, "2026-11-21")
        start = time.perf_counter()
        for _ in batch.answer(itertools.repeat(line, BATCH)):
            pass
        rows.append((name, f"{batch.done:,}".replace(",", " "), f"{time.perf_counter() - start:.1f} s"))
    return table(rows)


def main() -> int:
    """Measure and print."""
    bundle.bundle()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "index.html").write_text(BLANK, "utf-8")
        publish(folder)
        with serving(folder) as url:
            runs = [run_once(playwright, url) for _ in range(RUNS)]
    print(f"Du premier contact avec un formulaire à la première réponse, {RUNS} profils neufs, Chromium,")
    print(f"serveur local sans compression, {os.cpu_count()} cœurs, {platform.system()} {platform.machine()}.\n")
    print(times_table(runs), bytes_table(), batch_table(), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
