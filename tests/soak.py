"""Use the site for long, and see whether its memory stays flat: `make soak`, for a night rather than for each change.

Thousands of answers in one page, dozens of updates of the site in one tab, hundreds of openings of the USB copy: each
must be right, and none may leave anything behind. `ANSWERS=10000 UPDATES=50 OPENS=200 MINUTES=60` are the numbers of
each and the time that each may take; one that is 0 is left out. What runs out of time tells how far it came, and is
judged on that. Ends with status 1 when an answer is wrong or when something grows.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from calculators.web.publish import usb
from tests.bench import memory_of
from tests.browser import driver, launch
from tests.e2e.test_offline import KEPT, UPDATE, WHOLE, Host
from tests.helpers import PATIENCE, ROOT, look, serving, until
from tests.sbi_page import SIMPLE, SIMPLE_LINK, fill_in, open_form, send, shows_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

#: Megabytes that the browser keeps of each answer drawn, whoever draws it: as much was seen of a page that only puts
#: other words in place of those it had, without the calculator.
DRAWN = 0.012
#: Looks at what is measured this many times, evenly.
SAMPLES = 24
#: The share of the looks that are left out: caches fill, code is compiled.
WARMING = 0.25

#: Asks the engine alone one question after the other, and draws nothing.
CALLS = """async ([from, count]) => {
    for (let number = from; number < from + count; number += 1) {
        const champs = { date_saisie: "2026-11-20", solde: String(700 + number % 1000), creance: "500" };
        const reply = await demarches.engine.call({ calculateur: "sbi", champs, aujourdhui: "2026-11-28" });
        if (!reply.ok) throw new Error(JSON.stringify(reply));
    }
}"""

#: Asks the same form one question after the other, each other than the one before, and waits for each answer.
ANSWER = """async ([from, count]) => {
    const form = document.querySelector("mode-emploi-calculateur form");
    const balance = form.querySelector("[name$='solde'], [id$='solde']");
    const section = document.querySelector("[data-zone=resultat]");
    for (let number = from; number < from + count; number += 1) {
        const before = section.querySelector(".calc-phrase");
        balance.value = String(700 + number % 1000);
        balance.dispatchEvent(new Event("input", { bubbles: true }));
        const answered = new Promise((done) => {
            const watch = new MutationObserver(() => {
                const now = section.querySelector(".calc-phrase");
                if (now && now !== before) { watch.disconnect(); done(); }
            });
            watch.observe(section, { childList: true, subtree: true });
        });
        form.requestSubmit();
        await answered;
    }
}"""


@dataclass
class Measure:
    """Something that must not grow: what is seen of it from time to time, and how much it may move."""

    name: str
    unit: str
    #: What it may grow by, whatever it is; and as a share of what it was.
    slack: float
    share: float
    seen: list[float] = field(default_factory=list)

    @property
    def settled(self) -> list[float]:
        return self.seen[int(len(self.seen) * WARMING) :]

    @property
    def growth(self) -> float:
        """From the first third of the looks, once warm, to the last third: a leak shows, a breath does not."""
        third = max(1, len(self.settled) // 3)
        return median(self.settled[-third:]) - median(self.settled[:third])

    @property
    def allowed(self) -> float:
        return max(self.slack, self.share * median(self.settled[: max(1, len(self.settled) // 3)]))

    @property
    def flat(self) -> bool:
        return self.growth <= self.allowed

    def __str__(self) -> str:
        verdict = "flat" if self.flat else "GROWS"
        first, last = self.settled[0], self.settled[-1]
        moved = f"{self.growth:+,.1f} (at most {self.allowed:,.1f})"
        return f"  {verdict:5}  {self.name}: {first:,.1f} then {last:,.1f} {self.unit}, {moved}"


@dataclass
class Run:
    """One kind of use: how many times, for how long at most, and what is measured meanwhile."""

    name: str
    wanted: int
    minutes: float
    measures: list[Measure]
    done: int = 0
    seconds: float = 0.0

    def go(self, step: Callable[[int, int], None], look_at: Callable[[], list[float]]) -> None:
        """Take the steps by evenly spread slices, and look after each; `step` is given where it begins and how many."""
        start = time.monotonic()
        size = max(1, self.wanted // SAMPLES)
        while self.done < self.wanted and self.seconds < 60 * self.minutes:
            count = min(size, self.wanted - self.done)
            step(self.done, count)
            self.done += count
            for measure, value in zip(self.measures, look_at(), strict=True):
                measure.seen.append(value)
            self.seconds = time.monotonic() - start
            print(f"{self.name}: {self.done:,} of {self.wanted:,} in {self.seconds:,.0f} s", file=sys.stderr)

    def report(self) -> bool:
        """Print what was found; whether it is good."""
        short = "" if self.done == self.wanted else " (out of time)"
        print(f"{self.name}: {self.done:,} of {self.wanted:,} in {self.seconds:,.0f} s{short}")
        for measure in self.measures:
            print(measure)
        return all(measure.flat for measure in self.measures)


# ---------------------------------------------------------------- what is measured


def processes(browser: Browser, kind: str) -> float:
    """Megabytes held by the browser's processes of a kind, as the system counts them."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    held = 0.0
    for process in found:
        # Between the list and the look, one may have ended.
        if process["type"] == kind and Path(f"/proc/{process['id']}").is_dir():
            held += memory_of(process["id"])["VmRSS"]
    return held


def of_the_page(page: Page) -> tuple[float, float, float]:
    """Count what a page holds once its garbage is collected: megabytes of JavaScript, nodes, listeners."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    counts = session.send("Memory.getDOMCounters")
    session.detach()
    return heap / 1e6, counts["nodes"], counts["jsEventListeners"]


# ---------------------------------------------------------------- the runs


def ask(playwright: Playwright, run: Run, script: str) -> None:
    """Many questions in one page, by a script that is given how many; then one that is known."""
    with serving(ROOT / "site") as url, opened(playwright) as (browser, context):
        page = context.new_page()
        open_form(page, url)
        fill_in(page, SIMPLE)
        send(page)
        shows_amounts(page, "651,69", "348,31")

        def step(begin: int, count: int) -> None:
            page.evaluate(script, [begin + 1, count])

        run.go(step, lambda: [*of_the_page(page), processes(browser, "renderer")])
        fill_in(page, SIMPLE)
        send(page)
        shows_amounts(page, "651,69", "348,31")


def answers(playwright: Playwright, run: Run) -> None:
    """Many answers, each drawn."""
    ask(playwright, run, ANSWER)


def calls(playwright: Playwright, run: Run) -> None:
    """Many answers of one engine, none of them drawn: what grows then is Python, or what carries its answers."""
    ask(playwright, run, CALLS)


def updates(playwright: Playwright, run: Run) -> None:
    """Many versions of the site, each taken up by the same tab."""
    with tempfile.TemporaryDirectory() as folder, opened(playwright, service_workers="allow") as (browser, context):
        host = Host(Path(folder))
        host.up()
        host.deploy("version 0")
        page = context.new_page()
        page.goto(host.url)
        until(page, WHOLE)

        def step(begin: int, count: int) -> None:
            for number in range(begin + 1, begin + count + 1):
                host.deploy(f"version {number}")
                look(page)
                page.get_by_role("region", name=UPDATE).get_by_role("button", name="Afficher").click()
                expect(page.locator("#texte")).to_have_text(f"version {number}")
                until(page, WHOLE)

        def looks() -> list[float]:
            heap, nodes, listeners = of_the_page(page)
            kept = page.evaluate(KEPT)
            held = processes(browser, "renderer") + processes(browser, "browser")
            return [heap, nodes, listeners, held, len(kept), sum(kept.values()) / 1e6]

        run.go(step, looks)
        host.down()


def opens(playwright: Playwright, run: Run) -> None:
    """The copy opened again and again, as files, and an answer each time."""
    with tempfile.TemporaryDirectory() as folder, opened(playwright, offline=True) as (browser, context):
        with zipfile.ZipFile(ROOT / "dist/mode-emploi-demarches.zip") as archive:
            archive.extractall(folder)
        copy = f"{(Path(folder) / usb.FOLDER / usb.PAGES).as_uri()}/"

        def step(_begin: int, count: int) -> None:
            for _ in range(count):
                page = context.new_page()
                page.goto(f"{copy}calculateurs/sbi/index.html{SIMPLE_LINK}")
                shows_amounts(page, "651,69", "348,31")
                page.close()

        # One page stays: a browser without any may let go of everything.
        context.new_page()
        run.go(step, lambda: [processes(browser, "browser"), processes(browser, "renderer")])


@contextmanager
def opened(playwright: Playwright, **options: object) -> Iterator[tuple[Browser, BrowserContext]]:
    """Start a browser with a profile of its own."""
    browser = launch(playwright)
    context = browser.new_context(**{"locale": "fr-FR", "service_workers": "block", **options})  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    yield browser, context
    browser.close()


def runs() -> list[tuple[Callable[[Playwright, Run], None], Run]]:
    """What to do, from the environment.

    What is left of a leak is small beside these bounds: 10,000 answers that each left one kilobyte would make the
    JavaScript grow by more than its megabyte.
    """

    def number(name: str, usual: float) -> float:
        return float(os.environ.get(name) or usual)

    def page() -> list[Measure]:
        return [
            Measure("JavaScript of the page", "MB", slack=1, share=0.05),
            Measure("nodes of the page", "", slack=200, share=0.05),
            Measure("listeners of the page", "", slack=50, share=0.05),
        ]

    minutes, count = number("MINUTES", 60), int(number("ANSWERS", 10_000))
    return [
        (
            answers,
            Run(
                "answers in one page",
                count,
                minutes,
                [*page(), Measure("process of the page, Python with it", "MB", slack=16 + DRAWN * count, share=0.05)],
            ),
        ),
        (
            calls,
            Run(
                "answers of the engine alone",
                count,
                minutes,
                [*page(), Measure("process of the page, Python with it", "MB", slack=16, share=0.05)],
            ),
        ),
        (
            updates,
            Run(
                "updates of the site",
                int(number("UPDATES", 50)),
                minutes,
                [
                    *page(),
                    Measure("processes of the page, its service worker and the browser", "MB", slack=40, share=0.1),
                    Measure("files kept on the device", "", slack=0, share=0),
                    Measure("kept on the device", "MB", slack=0.01, share=0.01),
                ],
            ),
        ),
        (
            opens,
            Run(
                "openings of the USB copy",
                int(number("OPENS", 200)),
                minutes,
                [
                    Measure("process of the browser", "MB", slack=24, share=0.1),
                    Measure("processes of the pages, once closed", "MB", slack=40, share=0.1),
                ],
            ),
        ),
    ]


def main() -> int:
    """Run what was asked for, and print what was found."""
    expect.set_options(timeout=PATIENCE * 1000)
    good = True
    with driver() as playwright:
        for use, run in runs():
            if run.wanted:
                use(playwright, run)
                good = run.report() and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
