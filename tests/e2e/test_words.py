"""What the page script adds to a guide: the words of the law, with and without it; the age of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

GUIDE = "saisie-compte/debiteur/"


@pytest.fixture
def word(page: Page, server: str) -> Locator:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(server + GUIDE)
    page.wait_for_selector(".theme-pret")
    return page.locator("mode-emploi-mot", has_text="mainlevée").or_(page.locator("mode-emploi-mot")).first


def opened(page: Page) -> Locator:
    return page.locator(".mot-bulle:popover-open")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_by_keyboard_a_word_opens_and_escape_gives_the_focus_back(page: Page, word: Locator, key: str) -> None:
    link = word.locator("a.mot")
    assert (link.get_attribute("role"), link.get_attribute("aria-expanded")) == ("button", "false")
    link.focus()
    page.keyboard.press(key)
    bubble = word.get_by_role("dialog")
    assert bubble.is_visible()
    assert bubble.evaluate("bubble => bubble === document.activeElement"), "read aloud as soon as it opens"
    assert (bubble.get_attribute("aria-label") or "").startswith("Définition\u00a0: ")
    assert link.get_attribute("aria-expanded") == "true"
    assert bubble.evaluate("bubble => getComputedStyle(bubble).opacity") == "1", "nothing is seen through it"
    box = bubble.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Voir le glossaire"
    page.keyboard.press("Escape")
    assert opened(page).count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    assert page.url.endswith(GUIDE)


def test_by_mouse_a_word_opens_then_closes(page: Page, word: Locator) -> None:
    link = word.locator("a.mot")
    link.click()
    assert opened(page).count() == 1
    other = page.locator("a.mot").nth(1)
    other.click()
    assert opened(page).count() == 1, "one definition at a time"
    other.click()
    assert opened(page).count() == 0


@pytest.mark.parametrize(("day", "shown"), [("2027-11-28", False), ("2027-11-29", True)])
def test_a_copy_read_a_year_later_says_that_it_is_old(page: Page, server: str, day: str, *, shown: bool) -> None:
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(server + "urbanisme/apres-le-depot/")
    page.wait_for_selector(".theme-pret")
    assert page.get_by_text("vérifiée il y a plus d’un an").is_visible() is shown


def test_without_javascript_a_word_leads_to_the_glossary(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(server + GUIDE)
    assert not page.locator(".mot-bulle").first.is_visible()
    page.locator("a.mot").first.click()
    assert "/glossaire/#" in page.url
    assert page.locator(":target").count() == 1
