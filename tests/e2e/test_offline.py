"""The site kept on the reader's device: it opens without a network, changes whole or not at all, and mends itself."""

from __future__ import annotations

import json
import os
import shutil
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from calculators.web.engine import bundle
from calculators.web.project.settings import Settings
from calculators.web.publish import service_worker
from calculators.web.publish.site import publish
from tests.helpers import SPARES_DATA, Server, look, until
from tests.sbi_page import SIMPLE_LINK, open_form, shows_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.helpers import Faults

WHOLE = """async () => {
    // A page loaded again shows its text before its script has run.
    const kept = await globalThis.demarches?.offline.describe();
    return kept && kept.bytes === kept.total && kept.version;
}"""

#: The addresses of everything that the site keeps, with the size of each.
KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            kept[request.url] = (await (await cache.match(request))?.blob())?.size;
        }
    }
    return kept;
}"""

VERSIONS = "async () => (await caches.keys()).filter((name) => !name.endsWith('etat'))"

READ = "async (address) => (await fetch(address)).text()"

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{root}assets/css/site.css">
<script defer src="{root}assets/app.js"></script></head>
<body><h1>{title}</h1><p id="texte">{text}</p><input aria-label="Réponse"><mode-emploi-appareil></mode-emploi-appareil>
</body></html>"""

UPDATE = "Mise à jour du site"


class Host:
    """A static host: what it serves can be changed, and it can be taken away and come back at the same address."""

    def __init__(self, place: Path, folder: str = "") -> None:
        self.place = place
        self.folder = folder
        self.port = 0
        self.builds = 0
        (place / "live").mkdir(parents=True)

    @property
    def site(self) -> Path:
        """What is served, at `url`."""
        return self.place / "live" / self.folder

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.folder}"

    def deploy(self, text: str) -> None:
        """Put a small site in place of the one served, published as the real one is; each page holds `text`."""
        self.builds += 1
        fresh = self.place / f"build-{self.builds}"
        pages = {"index.html": "", "guide/index.html": "../", "404.html": "/"}
        for name, root in pages.items():
            page = fresh / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(PAGE.format(title=name, root=root, text=text), "utf-8")
        (fresh / "assets/css").mkdir(parents=True)
        (fresh / "assets/css/site.css").write_text(f"h1::after {{ content: '{text}' }}", "utf-8")
        engine = self.place / "engine"
        if not engine.is_dir():
            engine.mkdir()
            for script in ("app.js", *bundle.SERVICE_WORKERS):
                shutil.copyfile(bundle.ENGINE / script, engine / script)
        publish(fresh, Settings.read(), engine)
        for path in fresh.rglob("*"):
            # Hosts and browsers compare dates to the second.
            os.utime(path, (path.stat().st_mtime + 10 * self.builds,) * 2)
        shutil.rmtree(self.site, ignore_errors=True)
        self.site.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(self.site)

    def up(self) -> None:
        self.server = Server(self.place / "live", self.port)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def down(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def make_host(tmp_path: Path) -> Iterator[Callable[..., Host]]:
    hosts: list[Host] = []

    def make(folder: str = "") -> Host:
        host = Host(tmp_path / str(len(hosts)), folder)
        hosts.append(host)
        host.up()
        return host

    yield make
    for host in hosts:
        host.down()


@pytest.fixture
def host(make_host: Callable[..., Host]) -> Host:
    host = make_host()
    host.deploy("un")
    return host


@pytest.fixture
def reader(new_context: Callable[..., BrowserContext], faults: Faults) -> BrowserContext:
    """A browser profile where a service worker may live."""
    faults.expect("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource")
    return new_context(service_workers="allow")


def visit(context: BrowserContext, url: str) -> Page:
    """Open a page in a tab of its own, and wait until the whole site is kept."""
    page = context.new_page()
    page.goto(url)
    until(page, WHOLE)
    return page


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_after_one_visit_the_whole_site_and_its_calculators_work_without_a_network(
    reader: BrowserContext, tmp_path: Path, request: pytest.FixtureRequest, builder: str
) -> None:
    (tmp_path / "live").symlink_to(request.getfixturevalue(builder))
    host = Host(tmp_path / "host")
    (tmp_path / "host/live").rmdir()
    (tmp_path / "live").rename(tmp_path / "host/live")
    host.up()
    if builder == "site":
        page = visit(reader, f"{host.url}glossaire/")
    else:
        page = reader.new_page()
        page.goto(f"{host.url}glossaire/")
        page.evaluate("demarches.offline.keep()")  # the same, without the wait of a page at rest
    before = set(page.evaluate(KEPT))
    reader.set_offline(True)
    host.down()

    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".plan").get_by_role("link", name="Le compte joint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le compte joint saisi")
    fresh = reader.new_page()
    open_form(fresh, host.url, SIMPLE_LINK)
    shows_amounts(fresh, "651,69", "348,31")
    open_form(fresh, host.url, f"?integre{SIMPLE_LINK}")
    shows_amounts(fresh, "651,69", "348,31")
    assert fresh.evaluate("document.documentElement.classList.contains('integre')")
    # A reader who forgets the last slash, and one whose address leads nowhere.
    fresh.goto(f"{host.url}saisie-compte/debiteur?de=papier#etapes")
    assert fresh.url == f"{host.url}saisie-compte/debiteur/?de=papier#etapes"
    answer = fresh.goto(f"{host.url}rien/ici/")
    assert answer is not None
    assert answer.status == 404
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    assert set(fresh.evaluate(KEPT)) == before  # nothing that was typed

    if builder == "site":
        fresh.set_viewport_size({"width": 1280, "height": 800})
        fresh.goto(host.url)
        fresh.get_by_role("textbox", name="Rechercher").click()
        fresh.keyboard.type("compte joint")
        results = fresh.locator(".md-search-result__item > a")
        results.first.wait_for()
        found = [urlsplit(href).path for href in results.evaluate_all("links => links.map(link => link.href)")]
        assert "/saisie-compte/compte-joint/" in found


def test_a_new_version_waits_for_the_reader_and_leaves_the_other_tabs_as_they_are(
    reader: BrowserContext, host: Host
) -> None:
    typing = visit(reader, host.url)
    typing.get_by_label("Réponse").fill("à moitié")
    old = until(typing, WHOLE)
    host.deploy("deux")
    agreeing = reader.new_page()
    agreeing.goto(f"{host.url}guide/")
    notice = agreeing.get_by_role("region", name=UPDATE)
    expect(notice.get_by_role("status")).to_contain_text("Une version plus récente")
    expect(typing.get_by_role("region", name=UPDATE)).to_be_visible()
    # Until the reader agrees, everything is of the version that was whole.
    assert "un" in agreeing.locator("#texte").inner_text()
    agreeing.reload()
    expect(agreeing.locator("#texte")).to_have_text("un")

    notice.get_by_role("button", name="Afficher la nouvelle version").click()
    expect(agreeing.locator("#texte")).to_have_text("deux")
    expect(agreeing.get_by_role("region", name=UPDATE)).to_have_count(0)
    assert "deux" in agreeing.evaluate(READ, host.url)
    assert typing.get_by_label("Réponse").input_value() == "à moitié"
    assert ">un<" in typing.evaluate(READ, f"{host.url}guide/")

    # The earlier version goes with the last page that needs it.
    typing.get_by_role("button", name="Afficher la nouvelle version").click()
    expect(typing.locator("#texte")).to_have_text("deux")
    until(typing, f"async () => !(await ({VERSIONS})()).some((name) => name.endsWith('{old}'))")
    host.down()
    assert ">deux<" in agreeing.evaluate(READ, f"{host.url}guide/")
    host.up()


def test_two_tabs_may_take_the_new_version_at_once(reader: BrowserContext, host: Host) -> None:
    tabs = [visit(reader, host.url), visit(reader, f"{host.url}guide/")]
    host.deploy("deux")
    tabs[0].evaluate("async () => (await navigator.serviceWorker.ready).update()")
    for tab in tabs:
        expect(tab.get_by_role("region", name=UPDATE)).to_be_visible()
    for tab in tabs:
        tab.evaluate("setTimeout(() => document.querySelector('.mise-a-jour button').click())")
    for tab in tabs:
        expect(tab.locator("#texte")).to_have_text("deux")
    until(tabs[0], WHOLE)
    assert len(tabs[0].evaluate(VERSIONS)) == 1


def test_a_newer_version_that_keeps_the_reader_waiting_does_not_do_so_for_ever(
    reader: BrowserContext, host: Host
) -> None:
    """A browser may take minutes to let go of the version in use: it does once the page is loaded again."""
    page = reader.new_page()
    page.clock.install()
    page.goto(host.url)
    until(page, WHOLE)
    host.deploy("deux")
    look(page)
    agree = page.get_by_role("button", name="Afficher la nouvelle version")
    expect(agree).to_be_visible()
    page.evaluate("ServiceWorker.prototype.postMessage = () => undefined")
    agree.click()
    expect(page.locator("#texte")).to_have_text("un")
    with page.expect_event("load"):
        page.clock.fast_forward(5000)
    agree.click()
    expect(page.locator("#texte")).to_have_text("deux")


def test_an_update_that_does_not_come_whole_does_not_come_at_all(reader: BrowserContext, host: Host) -> None:
    page = visit(reader, host.url)
    host.deploy("deux")
    file = host.site / "guide/index.html"
    whole = file.read_bytes()
    outcome = """async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => undefined);
        const fresh = registration.installing ?? registration.waiting;
        while (fresh.state === "installing") await new Promise((done) => setTimeout(done, 10));
        return fresh.state;
    }"""
    file.write_bytes(whole[:100])
    assert page.evaluate(outcome) == "redundant"
    file.unlink()
    assert page.evaluate(outcome) == "redundant"
    page.reload()
    expect(page.locator("#texte")).to_have_text("un")
    assert page.get_by_role("region", name=UPDATE).count() == 0
    file.write_bytes(whole)
    page.reload()
    page.get_by_role("button", name="Afficher la nouvelle version").click()
    expect(page.locator("#texte")).to_have_text("deux")
    assert ">deux<" in page.evaluate(READ, "guide/")


DAMAGE: dict[str, str] = {
    "missing": "await cache.delete(url);",
    "wrong": "await cache.put(url, new Response('autre chose', { headers: { 'content-type': 'text/html' } }));",
    "truncated": "await cache.put(url, new Response((await (await cache.match(url)).text()).slice(0, 300)));",
}


def damage(page: Page, how: str, address: str) -> None:
    script = f"""async (url) => {{
        const name = (await caches.keys()).find((name) => !name.endsWith("etat"));
        const cache = await caches.open(name);
        {DAMAGE[how]}
    }}"""
    page.evaluate(script, address)


def test_what_is_damaged_on_the_device_is_fetched_again_and_never_shown(reader: BrowserContext, host: Host) -> None:
    page = visit(reader, host.url)
    guide = f"{host.url}guide/"
    sound = page.evaluate(KEPT)[guide]
    for how in DAMAGE:
        damage(page, how, guide)
        page.goto(guide)
        expect(page.locator("#texte")).to_have_text("un")
        until(page, f"async (url) => (await ({KEPT})())[url] === {sound}", guide)
    # Without a network to mend it with, the reader is told rather than shown something else.
    damage(page, "truncated", guide)
    host.down()
    answer = page.goto(guide)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("404.html")
    host.up()


@pytest.mark.parametrize("checked", [1, 4e12], ids=["long ago", "by a clock that was ahead"])
def test_what_nobody_opens_is_looked_at_once_a_day(reader: BrowserContext, host: Host, checked: float) -> None:
    page = visit(reader, host.url)
    guide = f"{host.url}guide/"
    sound = page.evaluate(KEPT)[guide]
    damage(page, "truncated", guide)
    page.evaluate(
        """async (checked) => {
            const name = (await caches.keys()).find((name) => name.endsWith("etat"));
            const cache = await caches.open(name);
            const [{ url }] = await cache.keys();
            await cache.put(url, Response.json({ ...(await (await cache.match(url)).json()), checked }));
        }""",
        checked,
    )
    stop_workers(page)
    page.reload()
    until(page, f"async (url) => (await ({KEPT})())[url] === {sound}", guide)


def stop_workers(page: Page) -> None:
    """Stop the service worker, as the browser does when it has nothing to do."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


#: Records that are good JSON, and not ours: another program's, another time's, or damaged.
NOT_OURS: list[Any] = [
    None,
    True,
    5,
    "etat",
    [],
    [{"version": "un"}],
    {},
    {"version": 5, "parts": ["base"], "checked": 0, "past": {}},
    {"version": "", "parts": [], "checked": 0, "past": {}},
    {"version": "un"},
    {"version": "un", "parts": 5, "checked": "hier", "past": 5},
    {"version": "un", "parts": "base", "checked": None, "past": None},
    {"version": "un", "parts": ["base", 5, None, "rien"], "checked": {}, "past": ["un", {}]},
    {"version": "un", "parts": {"length": 3}, "checked": 1e300, "past": {"x": 5, "y": None, "z": {"a": []}}},
    {"version": "x" * 3_000_000, "parts": ["base"] * 100_000, "checked": 0, "past": {"x": "y" * 1_000_000}},
]

WRITE_RECORD = """async (text) => {
    const name = (await caches.keys()).find((name) => name.endsWith("etat"));
    const cache = await caches.open(name);
    const [{ url }] = await cache.keys();
    await cache.put(url, new Response(text, { headers: { "content-type": "application/json" } }));
}"""


def test_a_record_that_is_not_ours_breaks_no_page(reader: BrowserContext, host: Host) -> None:
    """Whatever the service worker finds in place of its own notes, the site opens without a network."""
    page = visit(reader, host.url)
    host.down()
    browser = reader.new_cdp_session(page)
    for record in NOT_OURS:
        page.evaluate(WRITE_RECORD, json.dumps(record))
        stop_workers(page)
        browser.send("Network.clearBrowserCache")  # what the browser itself keeps would hide a fault
        for address in (f"{host.url}guide/", host.url):
            page.goto(address)
            expect(page.locator("#texte")).to_have_text("un")
        assert page.evaluate(WHOLE), record
    host.up()


@pytest.mark.parametrize("record", [NOT_OURS[10], NOT_OURS[-1]], ids=["types", "huge"])
def test_a_record_that_is_not_ours_stops_no_update(reader: BrowserContext, host: Host, record: object) -> None:
    page = visit(reader, host.url)
    page.evaluate(WRITE_RECORD, json.dumps(record))
    stop_workers(page)
    host.deploy("deux")
    look(page)
    page.get_by_role("button", name="Afficher la nouvelle version").click()
    expect(page.locator("#texte")).to_have_text("deux")
    until(page, WHOLE)


#: What another program, or a fault of the disk, may leave in place of a form's answers, or of the theme's choice.
LEFT: list[str] = [
    "pas du JSON",
    "5",
    "[]",
    "{}",
    json.dumps([{"champs": {}}]),
    json.dumps({"champs": 5, "calcule": 1, "adresse": "", "coches": []}),
    json.dumps({"champs": {"solde": {"a": 1}}, "calcule": True, "adresse": "", "coches": []}),
    json.dumps({"champs": ["a", "b"], "calcule": "oui", "adresse": "", "coches": ["x", "y"]}),
    json.dumps({"champs": {"__proto__": "x", "date_saisie": "y" * 1_000_000}, "adresse": "x=1", "coches": "abc"}),
    json.dumps({"champs": {f"comptes.{n}.solde": "1" for n in range(1, 60_000)}, "adresse": "", "coches": []}),
    json.dumps({"index": 5, "color": {"a b": 1}}),
    json.dumps({"index": "deux", "color": {"scheme": "slate"}}),
    json.dumps({"color": {"media": "(prefers-color-scheme)"}}),
]


def test_what_another_program_left_in_the_storages_breaks_no_page(page: Page, server: str) -> None:
    """The form lives, and the faults of the page are those that fail every test: none."""
    open_form(page, server)
    page.get_by_label("Date de la saisie").first.fill("20/11/2026")
    page.reload()
    (answers,) = page.evaluate("() => Object.keys(sessionStorage).filter((key) => key.startsWith('reponses:'))")
    scheme = page.evaluate("() => Object.keys(localStorage).find((key) => key.endsWith('__palette'))")
    # Put there before any script of the page runs: a page that is left keeps its answers anew.
    page.add_init_script(
        f"""const left = JSON.parse(window.name || "null");
        if (left !== null) {{
            sessionStorage.setItem({json.dumps(answers)}, left);
            localStorage.setItem({json.dumps(scheme)}, left);
            localStorage.setItem("hors-connexion", left);
        }}"""
    )
    for left in LEFT:
        page.evaluate("left => { window.name = JSON.stringify(left); }", left)
        open_form(page, server)
        until(page, "() => document.documentElement.classList.contains('theme-pret')")
        page.get_by_label("Somme réclamée").first.fill("5")


def test_a_site_that_wants_it_no_more_erases_it_from_the_devices(
    reader: BrowserContext, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(reader, host.url)
    monkeypatch.setenv("SERVICE_WORKER", "0")
    host.deploy("deux")
    page.reload()
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    until(page, "async () => (await caches.keys()).length === 0")
    assert "demarches" in (host.site / service_worker.SCRIPT).read_text("utf-8")


def test_only_whole_files_of_the_site_are_answered_and_kept(
    reader: BrowserContext, make_host: Callable[..., Host]
) -> None:
    """A site in a folder of its host, beside something else that is not its concern."""
    host = make_host("demarches/mode-emploi/")
    host.deploy("un")
    beside = host.place / "live/autre"
    beside.mkdir()
    (beside / "index.html").write_text("<!doctype html><title>Autre</title>Un autre site")
    page = visit(reader, f"{host.url}guide/")
    kept = page.evaluate(KEPT)
    assert all(address.startswith(host.url) for address in kept)
    asked = """async ([address, options]) => {
        const response = await fetch(address, options).catch(() => undefined);
        return response && (await response.blob()).size;
    }"""
    requests: list[tuple[str, dict[str, Any]]] = [
        ("?solde=1000", {"method": "POST", "body": "solde=1000"}),
        ("", {"headers": {"Range": "bytes=0-9"}}),
        ("?solde=1000&nom=Durand", {}),
        ("../../../autre/", {}),
    ]
    answers = [page.evaluate(asked, [host.url + "guide/" + where, options]) for where, options in requests]
    assert answers[2] == kept[f"{host.url}guide/"]
    assert page.evaluate(KEPT).keys() == kept.keys()
    host.down()
    answers = [page.evaluate(asked, [host.url + "guide/" + where, options]) for where, options in requests]
    assert answers == [None, None, kept[f"{host.url}guide/"], None]
    answer = page.goto(f"{host.url}ailleurs/")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.querySelector('h1'), '::after').content") == '"un"'
    host.up()
    page.goto(f"{host.url}../../autre/")
    assert page.evaluate("navigator.serviceWorker.controller") is None


def test_a_device_without_room_shows_the_site_all_the_same(reader: BrowserContext, host: Host) -> None:
    page = reader.new_page()
    session = reader.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": host.url.rstrip("/"), "quotaSize": 30_000})
    page.goto(host.url)
    until(page, "async () => (await demarches.offline.describe())?.version")
    page.wait_for_load_state("networkidle")
    page.goto(f"{host.url}guide/")
    expect(page.locator("#texte")).to_have_text("un")
    kept = page.evaluate("demarches.offline.describe()")
    assert kept["bytes"] < kept["total"]


REFUSED = "() => { throw new DOMException('refusé', 'SecurityError'); }"
NO_STORAGE = f"Object.defineProperty(window, 'localStorage', {{ get: {REFUSED} }});"
NO_REGISTERING = f"navigator.serviceWorker.register = async {REFUSED};"
NO_WORKER = f"Object.defineProperty(Navigator.prototype, 'serviceWorker', {{ get: {REFUSED} }});"


@pytest.mark.parametrize(
    "refused",
    [NO_REGISTERING, NO_REGISTERING + NO_STORAGE, NO_WORKER, "delete Navigator.prototype.serviceWorker;"],
    ids=["registering", "storage", "any use", "not known"],
)
def test_a_browser_that_keeps_nothing_shows_the_site_all_the_same(
    reader: BrowserContext, host: Host, refused: str
) -> None:
    page = reader.new_page()
    page.add_init_script(refused)
    page.goto(host.url)
    expect(page.locator("mode-emploi-appareil")).to_contain_text("garde")
    assert page.evaluate("demarches.offline.describe()") is None


def test_the_reader_is_told_what_is_kept_and_may_erase_it(reader: BrowserContext, host: Host) -> None:
    page = visit(reader, host.url)
    device = page.locator("mode-emploi-appareil")
    expect(device).to_contain_text("Tout le site est gardé sur cet appareil")
    device.get_by_role("button", name="Effacer").click()
    expect(device).to_contain_text("Vous avez choisi de ne rien garder")
    page.goto(f"{host.url}guide/")
    expect(device).to_contain_text("Vous avez choisi de ne rien garder")
    assert page.evaluate("async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()]") == [
        [],
        [],
    ]
    device.get_by_role("button", name="Garder tout le site").click()
    expect(device).to_contain_text("Tout le site est gardé sur cet appareil")


def test_nothing_is_fetched_ahead_for_a_reader_who_spares_data(reader: BrowserContext, host: Host) -> None:
    """What is used is kept all the same."""
    page = reader.new_page()
    page.add_init_script(SPARES_DATA)
    page.goto(host.url)
    until(page, "() => Boolean(navigator.serviceWorker.controller)")
    assert page.evaluate(KEPT).keys() <= {f"{host.url}__etat"}
    page.reload()
    until(page, f"async (url) => url in (await ({KEPT})())", host.url)
    assert f"{host.url}guide/" not in page.evaluate(KEPT)
    host.down()
    page.reload()
    expect(page.locator("#texte")).to_have_text("un")
    host.up()
