"""Fixtures: the built sites, a server, a real browser whose pages must behave."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from xdist.scheduler import LoadScopeScheduling

from calculators.web.engine import bundle
from calculators.web.project.settings import Settings
from calculators.web.publish.site import publish
from tests.browser import FIREFOX, driver, launch
from tests.helpers import PATIENCE, ROOT, Faults, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright
    from xdist.remote import Producer

expect.set_options(timeout=PATIENCE * 1000)

#: How a browser profile is, unless a test asks for something else.
USUAL: dict[str, Any] = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "service_workers": "block"}

#: Those that a test may ask for.
BROWSERS = ("chromium", "firefox")

#: The seed of the order of the tests, in the environment.
_SEED = "TEST_SEED"

#: A page that holds nothing but the page script.
BLANK = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">
<script defer src="assets/app.js"></script>"""


def built(folder: Path, command: str) -> Path:
    if not (folder / "index.html").is_file():
        pytest.fail(f"{folder.name}/ is not built: {command}")
    return folder


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the site, as MkDocs built it (`make site`)."""
    return built(ROOT / "site", "make site")


@pytest.fixture(scope="session")
def zensical_site() -> Path:
    """The folder of the site, as Zensical built it (`make zensical`)."""
    return built(ROOT / "site-zensical", "make zensical")


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Address of the site, served as it is built; ends with a slash."""
    with serving(site) as url:
        yield url


@pytest.fixture(scope="session")
def zensical_server(zensical_site: Path) -> Iterator[str]:
    """Address of the site that Zensical built; ends with a slash."""
    with serving(zensical_site) as url:
        yield url


@pytest.fixture(scope="session")
def engine_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a blank page with the page script and the engine, apart from the site."""
    settings = Settings.read()
    bundle.bundle(settings)
    folder = tmp_path_factory.mktemp("engine")
    (folder / "index.html").write_text(BLANK, "utf-8")
    publish(folder, settings)
    with serving(folder) as url:
        yield url
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give what drives the browsers; there can be one only."""
    with driver() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium."""
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """A real Firefox."""
    browser = launch(playwright, FIREFOX)
    yield browser
    browser.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """Give Chromium, or the browser that a test asks for: `parametrize("browser", BROWSERS, indirect=True)`."""
    found: Browser = request.getfixturevalue(getattr(request, "param", "chromium"))
    return found


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What the pages of this test did wrong; anything not expected fails the test when it ends."""
    faults = Faults()
    yield faults
    assert faults.unexpected() == []


@pytest.fixture
def new_context(browser: Browser, faults: Faults) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser profile of its own, with Playwright's options (viewport, color_scheme, java_script_enabled…).

    Without a service worker, unless asked for: what is kept in the background is the concern of its own tests.
    """
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{**USUAL, **options})
        context.set_default_timeout(PATIENCE * 1000)
        faults.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a browser profile of its own, with the usual options."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give an empty page: errors in its console, exceptions and off-origin requests fail the test."""
    return context.new_page()


@pytest.fixture
def engine_page(page: Page, engine_server: str) -> Page:
    """Give a blank page where `demarches.engine` can be called."""
    page.goto(engine_server)
    return page


def pytest_configure() -> None:
    """Draw the seed of the order, once: the other processes of this run find it in their environment."""
    os.environ.setdefault(_SEED, str(random.SystemRandom().randrange(10**6)))


def pytest_report_header() -> str:
    """Say how to have the tests run in this order again."""
    return f"order of the tests: {_SEED}={os.environ[_SEED]}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it again where a failure is read, that may come from the order."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(pytest_report_header())


@pytest.hookimpl(tryfirst=True)  # then pytest puts together those that share a fixture
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle the files, and the tests of each: none may need another to have run before it.

    The tests of a file stay together, as their fixtures are shared; the longest begin.
    """
    chance = random.Random(os.environ[_SEED])  # noqa: S311  # repeatable, not secret
    files = sorted({item.nodeid.partition("::")[0] for item in items})
    chance.shuffle(files)
    place = {item: (files.index(item.nodeid.partition("::")[0]), chance.random()) for item in items}
    items.sort(key=place.__getitem__)
    items.sort(key=lambda item: not _group_of(item.nodeid)[1])


#: Files whose parameters share nothing, and the longest of all: each parameter stands apart, and they begin first.
_APART = ("tests/e2e/test_every_page.py",)


def _group_of(nodeid: str) -> tuple[str, bool]:
    """What a test shares its fixtures with, and whether that is to begin first."""
    file, _, test = nodeid.partition("::")
    return (f"{file}{test[test.find('[') :]}", True) if file in _APART and "[" in test else (file, False)


class _ByGroup(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Give each group to one process: what its tests share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return _group_of(nodeid)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Share the groups out in the order of the tests; xdist's own groups are lost with this version of pytest."""
    config.option.loadscopereorder = False
    return _ByGroup(config, log)
