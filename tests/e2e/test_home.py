"""The home page: what cannot wait is on the first screen of a telephone, and the whole fits three."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

SCREEN = {"width": 360, "height": 800}
SCREENS = 3
#: Where an element ends, or starts, from the top of the page.
BOTTOM = "element => element.getBoundingClientRect().bottom + scrollY"
TOP = "element => element.getBoundingClientRect().top + scrollY"


@pytest.fixture(params=["server", "zensical_server"], ids=["mkdocs", "zensical"])
def home(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context(viewport=SCREEN, reduced_motion="reduce").new_page()
    page.goto(request.getfixturevalue(request.param))
    page.wait_for_selector(".theme-pret")
    return page


def test_what_cannot_wait_is_on_the_first_screen_and_the_rest_on_three(home: Page) -> None:
    content = home.locator(".md-content")
    expect(content.get_by_role("heading", level=1)).to_contain_text("Que vous arrive-t-il")
    expect(content.get_by_role("button", name="Chercher avec vos mots")).to_be_in_viewport()
    for door in ("Mon compte est saisi", "Qu’avez-vous reçu", "La saisie du salaire"):
        link = content.get_by_role("link", name=door).first
        assert link.evaluate(BOTTOM) <= SCREEN["height"], door
    questions = content.locator("summary", has_text="Les questions les plus fréquentes")
    assert questions.evaluate(TOP) <= SCREENS * SCREEN["height"]


def test_no_list_of_pages_stands_beside_it_and_the_menu_is_still_there(home: Page) -> None:
    expect(home.get_by_role("button", name="Menu", exact=True)).to_be_visible()
    home.set_viewport_size({"width": 1280, "height": 800})
    expect(home.locator(".plan")).to_be_hidden()
    expect(home.locator(".md-content").get_by_role("link").first).to_be_in_viewport()
