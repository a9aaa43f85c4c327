"""Going from page to page without leaving the tab's life, and finding a page by the reader's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.helpers import settle, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.helpers import Faults

READY = "document.documentElement.classList.contains('theme-pret')"


@pytest.fixture(params=["server", "zensical_server"], ids=["mkdocs", "zensical"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def guide(page: Page, address: str) -> Page:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}saisie-compte/debiteur/")  # the home page has no list of pages beside it
    until(page, READY)
    page.evaluate("window.kept = true")
    return page


def follow(page: Page, name: str) -> None:
    page.locator(".plan").get_by_role("link", name=name, exact=True).click()
    until(page, "name => document.querySelector('.plan [aria-current=page]')?.textContent === name", name)


def test_a_link_of_the_site_changes_the_page_and_keeps_the_tab_alive(guide: Page, address: str) -> None:
    follow(guide, "Le compte joint saisi")
    assert guide.url == address + "saisie-compte/compte-joint/"
    assert guide.evaluate("window.kept")
    assert guide.title().endswith("Mode d'emploi des démarches")
    guide.go_back()
    until(guide, "document.querySelector('.plan [aria-current=page]')?.textContent === 'Mon compte est saisi'")
    assert guide.url == address + "saisie-compte/debiteur/"
    assert guide.evaluate("window.kept")


def test_the_new_title_takes_the_focus_so_that_it_is_read_aloud(guide: Page) -> None:
    follow(guide, "Le compte joint saisi")
    assert until(guide, "document.activeElement.tagName === 'H1'")


def test_a_jump_inside_the_page_fetches_nothing_and_keeps_what_was_typed(guide: Page, faults: Faults) -> None:
    follow(guide, "Comprendre la saisie sur compte bancaire")
    guide.evaluate("document.querySelector('.md-content article').dataset.typed = 'oui'")
    before = len(faults.requests)
    anchor = guide.locator(".md-content h2[id]").nth(1).get_attribute("id")
    guide.evaluate(
        """id => {
          const link = document.createElement("a");
          link.href = "#" + id;
          document.querySelector(".md-content article").append(link);
          link.click();
        }""",
        anchor,
    )
    until(guide, "anchor => location.hash === `#${anchor}` && scrollY > 0", anchor)
    guide.go_back()
    until(guide, "() => location.hash === ''")
    settle(guide)
    assert [url for url in faults.requests[before:] if not url.endswith(".svg")] == []
    assert guide.evaluate("document.querySelector('.md-content article').dataset.typed") == "oui"


def test_a_jump_into_folds_opens_all_of_them(page: Page, address: str) -> None:
    page.goto(f"{address}qu-avez-vous-recu/#denonciation")
    until(page, READY)
    here = page.get_by_role("heading", name="La dénonciation d’une saisie sur compte")
    expect(here).to_be_in_viewport()
    page.get_by_role("link", name="Une saisie administrative à tiers détenteur").click()
    expect(page.get_by_role("heading", name="Une saisie administrative à tiers détenteur")).to_be_in_viewport()


def test_a_click_meant_for_another_tab_is_left_to_the_browser(guide: Page) -> None:
    with guide.context.expect_page() as opened:
        guide.locator(".plan").get_by_role("link", name="Le compte joint saisi").click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("/saisie-compte/compte-joint/") or opened.value.url == "about:blank"
    assert urlsplit(guide.url).path == "/saisie-compte/debiteur/"


def test_the_search_starts_on_what_is_pasted_or_dictated(page: Page, server: str) -> None:
    """No key is pressed, and the word has a slip. What is found by other words: tests/site/test_search.py."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(server)
    until(page, READY)
    page.get_by_role("textbox", name="Rechercher").click()
    page.keyboard.insert_text("comte jiont")
    until(page, "document.querySelector('.md-search-result__item > a')?.pathname === '/saisie-compte/compte-joint/'")


def test_the_search_speaks_french_when_it_finds_nothing(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(server)
    until(page, READY)
    page.get_by_role("textbox", name="Rechercher").click()
    page.keyboard.type("xylophone")
    expect(page.get_by_role("search")).to_contain_text("Aucune page ne contient ces mots")


def test_enter_opens_the_best_result(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(server)
    until(page, READY)
    page.get_by_role("textbox", name="Rechercher").click()
    page.keyboard.type("compte joint")
    # The first words typed have results of their own.
    until(page, "document.querySelector('.md-search-result__item > a')?.pathname === '/saisie-compte/compte-joint/'")
    page.keyboard.press("Enter")
    until(page, "location.pathname.startsWith('/saisie-compte/compte-joint/')")
    until(page, "!document.querySelector('#__search').checked")
