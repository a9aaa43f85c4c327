"""What befalls the engine at readers': each ends in an answer, or in a clear message and the method by hand."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from calculators.web.engine import bundle
from tests.browser import FLAGS, installed
from tests.e2e.test_link import elsewhere
from tests.helpers import Faults, settle, until
from tests.sbi_page import ADDRESS, SIMPLE, fill_in, open_form, result, send, shows_amounts, status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route

WORKER, RUNTIME = "**/worker-*.mjs", "**/pyodide.asm.wasm"


def session(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


# ---------------------------------------------------------------- no engine at all


def policy_without_webassembly(page: Page) -> None:
    def fulfill(route: Route) -> None:
        response = route.fetch()
        allowed = ("'wasm-unsafe-eval'", "&#x27;wasm-unsafe-eval&#x27;")
        text = response.text()
        headers = dict(response.headers)
        for word in allowed:
            text = text.replace(word, "")
            headers["content-security-policy"] = headers.get("content-security-policy", "").replace(word, "")
        route.fulfill(response=response, body=text, headers=headers)

    page.route(f"**/{ADDRESS}", fulfill)


def no_webassembly(page: Page) -> None:
    page.add_init_script("delete globalThis.WebAssembly")


def no_module_worker(page: Page) -> None:
    page.add_init_script("globalThis.Worker = class { constructor() { throw new TypeError('no module worker'); } }")


def worker_not_there(page: Page) -> None:
    page.route(WORKER, lambda route: route.fulfill(status=404, body=""))


def worker_of_the_wrong_type(page: Page) -> None:
    page.route(WORKER, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))


def runtime_cut_short(page: Page) -> None:
    content = (bundle.PYODIDE / "pyodide.asm.wasm").read_bytes()
    page.route(RUNTIME, lambda r: r.fulfill(body=content[: len(content) // 3], content_type="application/wasm"))


@pytest.mark.parametrize(
    ("befall", "cause"),
    [
        (policy_without_webassembly, "WebAssembly, dont il a besoin, est désactivé"),
        (no_webassembly, "WebAssembly, dont il a besoin, est désactivé"),
        (no_module_worker, "Ce navigateur est trop ancien"),
        (worker_not_there, "erreur 404"),
        (worker_of_the_wrong_type, "Une page web est arrivée à sa place"),
        (runtime_cut_short, "coupé ou abîmé"),
    ],
)
def test_a_browser_where_python_cannot_run_is_told_so_and_given_the_method(
    page: Page, server: str, faults: Faults, befall: Callable[[Page], None], cause: str
) -> None:
    faults.expect("^(console|exception): ")
    befall(page)
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    expect(status(page)).to_contain_text("Le calculateur n’a pas pu démarrer.")
    expect(status(page)).to_contain_text(cause)
    page.get_by_role("button", name="Faire le calcul à la main").click()
    expect(page.get_by_text("Notez le solde de chaque compte")).to_be_visible()
    expect(page.get_by_label("Date de la saisie")).to_have_value("20/11/2026")
    assert "Error" not in page.locator("main").inner_text()


def open_to_all(route: Route) -> None:
    response = route.fetch()
    headers = {k: v for k, v in response.headers.items() if k != "cross-origin-resource-policy"}
    route.fulfill(response=response, headers=headers)


def test_a_frame_without_rights_is_told_to_be_the_cause(page: Page, server: str, faults: Faults) -> None:
    """A host that shuts its frames in a sandbox, and whose page listens to nothing: not a fault of the connection."""
    faults.expect("^(console|exception|request): ")
    boxed = f'<iframe sandbox="allow-scripts" width="900" height="900" src="{server}{ADDRESS}?integre"></iframe>'
    cause = f"Ouvrez cette adresse dans un nouvel onglet\u00a0: {server}{ADDRESS}"
    with elsewhere(boxed) as host:
        page.goto(host)
        frame = page.locator("iframe").first.content_frame
        # Our servers keep their files from other sites, and such a frame is one: the page itself says it.
        expect(frame.locator("[data-zone=sans-droits]")).to_be_visible()
        expect(frame.locator("[data-zone=sans-droits]")).to_contain_text(cause)
        # A host that keeps nothing gives the page script: it says the same of the engine, whose files may not come.
        page.route("**/assets/app-*.js", open_to_all)
        page.goto(host)
        send = frame.get_by_role("button", name="Calculer", exact=True)
        expect(send).to_be_enabled()
        send.click()
        told = frame.locator("mode-emploi-calculateur [data-zone=etat]")
        expect(told).to_contain_text("Le site qui l’affiche l’enferme dans un cadre sans droits")
        expect(told).to_contain_text(cause)
        frame.get_by_role("button", name="Faire le calcul à la main").click()
        expect(frame.get_by_text("Notez le solde de chaque compte")).to_be_visible()


# ---------------------------------------------------------------- an engine all the same


def test_a_browser_that_keeps_nothing_answers_all_the_same(browser: Browser, server: str, tmp_path: Path) -> None:
    """Cookies and every storage refused by the reader's own setting, which makes the browser throw at each use."""
    (tmp_path / "Default").mkdir()
    refused = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default/Preferences").write_text(json.dumps(refused), "utf-8")
    seen = Faults()
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=installed(), args=list(FLAGS), headless=True, locale="fr-FR"
    )
    seen.watch(context)
    page = context.new_page()
    open_form(page, server)
    assert (
        page.evaluate("() => { try { localStorage.setItem('a', 'b'); } catch (e) { return e.message; } }") == "refused"
    )
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    context.close()
    assert seen.unexpected() == []


def test_a_full_disk_and_a_second_tab_take_nothing_away(context: BrowserContext, server: str) -> None:
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        quota = {"origin": server.rstrip("/"), "quotaSize": 0}
        session(page).send("Storage.overrideQuotaForOrigin", quota)
        open_form(page, server)
        fill_in(page, SIMPLE)
    for page in pages:
        send(page)
    for page in pages:
        shows_amounts(page, "651,69", "348,31")


#: A worker that says nothing before it is told to.
TOLD_WORKER = """
const told = new BroadcastChannel("told");
self.onmessage = ({ data: { type, id, request } }) => {
    if (type === "memory") { return; }
    const reply = type === "boot" ? { type: "ready" } : { type: "result", id, ok: true, value: request };
    told.onmessage = () => self.postMessage(reply);
};
"""


def sleep(browser: Browser, seconds: float) -> None:
    """Stop the processes of the pages, as a phone or a shut lid does."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process["id"] for process in processes if process["type"] == "renderer"]
    for awake in (signal.SIGSTOP, signal.SIGCONT):
        for page in pages:
            os.kill(page, awake)
        time.sleep(seconds if awake == signal.SIGSTOP else 0)


def test_the_time_that_a_tab_sleeps_wears_out_no_patience(browser: Browser, engine_page: Page) -> None:
    """Put to sleep while the engine starts, then while it answers."""
    engine_page.route(WORKER, lambda route: route.fulfill(body=TOLD_WORKER, content_type="text/javascript"))
    engine_page.evaluate(
        """() => {
            const base = new URL("./", document.querySelector("script[src*=app]").src).href;
            const engine = new demarches.engine.constructor({ base, startPatience: 2400, callPatience: 2400 });
            const told = new BroadcastChannel("told");
            globalThis.tell = () => told.postMessage("");
            const keep = (answer) => { globalThis.answer = answer; };
            engine.call({ n: 1 }).then(keep, (error) => keep(error.message));
            globalThis.started = () => engine.state.state === "ready";
            globalThis.fetched = () => engine.state.loaded === engine.state.total;
        }"""
    )
    for moment, over in (("() => fetched()", "() => started()"), ("() => true", "() => globalThis.answer")):
        until(engine_page, moment)
        sleep(browser, 2.6)
        settle(engine_page)
        engine_page.evaluate("() => tell()")
        until(engine_page, over)
    assert engine_page.evaluate("answer") == {"n": 1}


# ---------------------------------------------------------------- a slow network

#: 1.6 Mb/s and 150 ms, a poor mobile network.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
FULL = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


def open_form_slowly(page: Page, server: str) -> CDPSession:
    """Open the form, and let nothing of the engine come before the network is slow."""
    held: list[Route] = []
    page.route("**/engine/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright counts its parameters
    open_form(page, server)
    network = session(page)
    network.send("Network.emulateNetworkConditions", SLOW)
    page.unroute("**/engine/**")
    for route in held:
        route.continue_()
    return network


def test_a_slow_network_leaves_the_form_to_the_reader(page: Page, server: str) -> None:
    """1.6 Mb/s and 150 ms: the progress moves, the form is the reader's, and the answer comes by itself."""
    network = open_form_slowly(page, server)
    fill_in(page, SIMPLE)
    send(page)
    bar = page.locator(".calc-progres")
    expect(bar).to_be_visible()
    expect(status(page)).to_contain_text("Le calculateur se prépare.")
    until(page, "() => document.querySelector('.calc-progres').value > 0")
    before = page.evaluate("() => document.querySelector('.calc-progres').value")
    page.get_by_label("Nom du compte").press_sequentially("Compte courant")
    until(page, f"() => document.querySelector('.calc-progres').value > {before}")
    assert page.evaluate(
        "() => document.querySelector('.calc-progres').value < document.querySelector('.calc-progres').max / 2"
    )
    expect(page.get_by_label("Nom du compte")).to_have_value("Compte courant")
    expect(result(page)).to_be_hidden()
    network.send("Network.emulateNetworkConditions", FULL)
    shows_amounts(page, "651,69", "348,31")
    expect(bar).to_be_hidden()
    expect(page.get_by_label("Nom du compte")).to_be_focused()


def test_leaving_the_site_stops_what_was_being_fetched(page: Page, server: str) -> None:
    open_form_slowly(page, server)
    stopped: list[str] = []
    page.on("requestfailed", lambda request: stopped.append(request.url))
    page.get_by_label("Date de la saisie").focus()
    until(page, "() => demarches.engine.state.loaded > 0")
    page.goto("about:blank")
    page.evaluate("0")
    assert {url.rsplit("/", 1)[1] for url in stopped} >= {bundle.SNAPSHOT, "pyodide.asm.wasm"}
