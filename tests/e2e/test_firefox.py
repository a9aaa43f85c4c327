"""The site as it is served, in Firefox: the other tests of this folder open it in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.test_offline import KEPT, WHOLE
from tests.helpers import serving, until
from tests.sbi_page import SIMPLE, SIMPLE_LINK, fill_in, open_form, result, send, shows_amounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page


pytestmark = pytest.mark.parametrize("browser", ["firefox"], indirect=True)


def test_a_form_is_filled_in_and_answered(page: Page, server: str) -> None:
    open_form(page, server)
    send(page)
    expect(page.get_by_role("link", name="Date de la saisie")).to_be_visible()
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(result(page).locator("[data-zone=perime]")).to_have_count(0)


def test_after_one_visit_the_site_opens_without_its_server(
    new_context: Callable[..., BrowserContext], site: Path
) -> None:
    reader = new_context(service_workers="allow", viewport={"width": 1280, "height": 800})
    with serving(site) as server:
        page = reader.new_page()
        page.goto(f"{server}glossaire/")
        until(page, WHOLE)
        before = set(page.evaluate(KEPT))

    assert page.evaluate("() => fetch('/rien', { cache: 'no-store' }).then(() => false, () => true)")
    page.locator(".plan").get_by_role("link", name="Le compte joint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le compte joint saisi")

    fresh = reader.new_page()
    fresh.goto(server)
    fresh.get_by_role("textbox", name="Rechercher").click()
    fresh.keyboard.type("huissier")
    found = fresh.locator(".md-search-result__link").first
    expect(found).to_be_visible()
    target = found.evaluate("link => link.href")
    found.click()
    expect(fresh).to_have_url(target)
    expect(fresh.locator(".md-content h1")).to_be_visible()

    open_form(fresh, server, SIMPLE_LINK)
    shows_amounts(fresh, "651,69", "348,31")
    assert set(fresh.evaluate(KEPT)) == before
