"""Fixtures: the built sites, a server, a real browser whose pages must behave."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from calculators.web.engine import bundle
from calculators.web.project.settings import Settings
from calculators.web.publish.site import publish
from tests.browser import FIREFOX, driver, launch
from tests.helpers import ROOT, Faults, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

# A wait costs nothing when what is awaited is there; on a loaded machine five seconds are short.
expect.set_options(timeout=20_000)

#: How a browser profile is, unless a test asks for something else.
USUAL: dict[str, Any] = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "service_workers": "block"}

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
def browser(chromium: Browser) -> Browser:
    """Give the browser of most tests; a module that wants another one has a fixture of this name."""
    return chromium


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together, as their fixtures are shared, but for those that ask to stand apart."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
