"""What comes in place of the calculator, and is kept: told for what it is, and asked again past every cache."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from calculators.registry import CALCULATORS
from calculators.web.engine import bundle
from calculators.web.page.browser import answer
from calculators.web.publish.serve import SiteHandler
from tests.conftest import BROWSERS
from tests.e2e.test_engine import CALL, REQUEST
from tests.helpers import Server, until
from tests.sbi_page import SIMPLE, fill_in, open_form, result, send, shows_amounts, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.helpers import Faults

RUNTIME, SNAPSHOT = r"/pyodide\.asm\.wasm$", rf"/{re.escape(bundle.SNAPSHOT)}$"
WORKER = r"/worker-[0-9a-f]+\.mjs$"


@dataclass(frozen=True)
class Fault:
    """What a network, or a server in trouble, answers; a browser keeps it for as long as the file itself."""

    status: int = 200
    type: str = ""
    body: bytes | None = None
    #: The share of the file that comes.
    share: float = 1.0
    #: Whether nothing more comes then, and the line stays open.
    stalls: bool = False
    #: Whether the line is cut then.
    breaks: bool = False


SIGN_IN = Fault(type="text/html; charset=utf-8", body=b"<!doctype html><title>Bienvenue</title>Connectez-vous au wifi")
UNAVAILABLE = Fault(status=503, type="text/plain", body=b"overloaded")
GONE = Fault(status=404, type="text/plain", body=b"not here")
CUT = Fault(share=0.3)
STALLED = Fault(share=0.3, stalls=True)
BROKEN = Fault(share=0.3, breaks=True)


class _Handler(SiteHandler):
    server: Host

    def do_GET(self) -> None:  # noqa: N802  # the base class asks for this name
        fault = next((fault for pattern, fault in self.server.faults if re.search(pattern, self.path)), None)
        if fault is None:
            super().do_GET()
            return
        body = self.server.folder.joinpath(self.path.lstrip("/")).read_bytes() if fault.body is None else fault.body
        came = body[: int(len(body) * fault.share)]
        self.send_response(fault.status)
        self.send_header("Content-Type", fault.type or self.guess_type(self.path))
        self.send_header("Content-Length", str(len(body) if fault.stalls or fault.breaks else len(came)))
        self.end_headers()
        self.wfile.write(came)
        self.wfile.flush()
        if fault.stalls:
            self.server.healed.wait()
        self.close_connection = fault.stalls or fault.breaks


class Host(Server):
    """The site, on a network that answers otherwise for some files until it is healed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.RequestHandlerClass = partial(_Handler, directory=str(folder))
        self.faults: list[tuple[str, Fault]] = []
        self.healed = threading.Event()

    def befall(self, pattern: str, fault: Fault) -> None:
        """Answer so for the files whose address matches."""
        self.faults.append((pattern, fault))

    def heal(self) -> None:
        """Answer everything as it is from now on."""
        self.faults.clear()
        self.healed.set()


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    with Host(site) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield host
        host.heal()
        host.shutdown()
        thread.join()


#: What is told, and what it was.
TOLD = {
    SIGN_IN: "Une page web est arrivée à sa place : souvent, la page de connexion d’un réseau",
    UNAVAILABLE: "Le serveur du site répond par une erreur (503). Attendez quelques minutes",
    GONE: "Le serveur du site n’a pas donné un fichier (erreur 404). Rechargez la page",
    CUT: "Un fichier est arrivé coupé ou abîmé.",
    BROKEN: "La connexion a manqué avant la fin.",
}


#: One after the other in the same page: each is seen only if it is asked for past what was kept of the one before.
RUNTIMES = [(RUNTIME, fault) for fault in (SIGN_IN, UNAVAILABLE, GONE, CUT, BROKEN)]
WORKERS = [(WORKER, fault) for fault in (SIGN_IN, UNAVAILABLE, CUT)]


def ask_until_healed(page: Page, host: Host, in_turn: list[tuple[str, Fault]]) -> None:
    """Ask for an answer, be told of each fault, and try again after each."""
    host.befall(*in_turn[0])
    open_form(page, host.url)
    fill_in(page, SIMPLE)
    send(page)
    for (_, fault), following in zip(in_turn, [*in_turn[1:], None], strict=True):
        expect(status(page)).to_contain_text(TOLD[fault].replace(" :", "\u00a0:"))
        expect(status(page)).to_contain_text("Vos réponses restent dans le formulaire.")
        host.heal()
        if following:
            host.befall(*following)
        page.get_by_role("button", name="Réessayer").click()
    shows_amounts(page, "651,69", "348,31")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestABadAnswerThatACacheKept:
    """« Réessayer » asks again past every cache, and what came each time is told for what it is."""

    def test_in_the_browser(self, page: Page, host: Host, faults: Faults) -> None:
        faults.expect("^(console|exception): ")
        ask_until_healed(page, host, [*RUNTIMES, *WORKERS])


@pytest.mark.parametrize("in_turn", [RUNTIMES, WORKERS], ids=["runtime", "worker"])
def test_a_bad_answer_that_the_service_worker_passes_on(
    new_context: Callable[..., BrowserContext], host: Host, faults: Faults, in_turn: list[tuple[str, Fault]]
) -> None:
    faults.expect("^(console|exception): ")
    page = new_context(service_workers="allow").new_page()
    # Nothing is fetched ahead of its use.
    page.add_init_script("localStorage.setItem('hors-connexion', 'non')")
    page.goto(f"{host.url}404.html")
    page.evaluate("navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' })")
    until(page, "() => Boolean(navigator.serviceWorker.controller)")
    ask_until_healed(page, host, in_turn)


def test_once_told_the_reader_alone_has_it_tried_again(page: Page, host: Host, faults: Faults) -> None:
    """« Réessayer » would else wait for a start made at rest, and begun before the network was mended."""
    faults.expect("^console: ")
    page.clock.install()
    host.befall(WORKER, UNAVAILABLE)
    open_form(page, host.url)
    fill_in(page, SIMPLE)
    send(page)
    expect(status(page)).to_contain_text(TOLD[UNAVAILABLE])
    page.clock.run_for(10_000)
    assert page.evaluate("demarches.engine.state.state") == "failed"
    host.heal()
    page.get_by_role("button", name="Réessayer").click()
    shows_amounts(page, "651,69", "348,31")


def test_a_snapshot_that_stalls_gives_way_to_the_other_start(page: Page, host: Host) -> None:
    """The runtime has come, and the snapshot comes no more: half of the patience is enough."""
    host.befall(SNAPSHOT, STALLED)
    page.clock.install()
    page.goto(f"{host.url}404.html")
    page.evaluate(f"request => {{ globalThis.answered = ({CALL})(request); }}", REQUEST)
    size = json.loads((host.folder / "assets" / bundle.MANIFEST).read_text("utf-8"))["engine"]["bytes"]
    runtime, memory = ("hot", "hot_memory") if size["hot"] else ("runtime", "snapshot")
    came = size[runtime] + int(size[memory] * STALLED.share)
    until(page, "came => demarches.engine.state.loaded === came", came)
    page.clock.run_for(15_000)
    assert page.evaluate("answered") == {"answer": json.loads(answer(json.dumps(REQUEST)))}


CLOCK = "mode-emploi-calculateur [data-zone=horloge]"


def test_a_clock_that_is_years_off_is_noticed_in_every_calculator(page: Page, server: str) -> None:
    page.clock.set_fixed_time("2009-01-01T12:00:00")
    for calculator in CALCULATORS:
        open_form(page, server, address=f"calculateurs/{calculator}/")
        expect(page.locator(CLOCK)).to_contain_text("Votre appareil est réglé au 1er\u00a0janvier 2009")
        expect(page.locator(CLOCK)).to_be_visible()


def test_only_a_clock_that_cannot_be_right_is_told(page: Page, server: str) -> None:
    """Before the day of the build, none is; a year after it, either the clock is wrong or the site is old."""
    open_form(page, server)
    built = date.fromisoformat(page.locator("mode-emploi-calculateur").get_attribute("data-jour") or "")
    for days, words in (
        (-2, "sa date est fausse"),
        (-1, ""),  # the reader may be where it is still the day before
        (360, ""),
        (370, "cherchez une version plus récente"),
    ):
        page.clock.set_fixed_time(f"{built + timedelta(days=days)}T12:00:00")
        open_form(page, server)
        expect(page.locator(CLOCK)).to_be_visible(visible=bool(words))
        expect(page.locator(CLOCK)).to_contain_text(words)


def test_a_clock_set_wrong_while_the_page_is_open_is_told_with_the_answer(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    page.clock.set_fixed_time("2009-01-01T12:00:00")
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(page.locator(CLOCK)).to_contain_text("sa date est fausse")
    # The date typed is right, and the calculator takes it for one to come: it says by which day.
    expect(result(page)).to_contain_text("Nous sommes le 1er\u00a0janvier 2009 pour votre appareil")
