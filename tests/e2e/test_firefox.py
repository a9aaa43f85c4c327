"""The site as it is served, in Firefox: the other tests of this folder open it in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.sbi_page import SIMPLE, fill_in, open_form, result, send, shows_amounts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def browser(firefox: Browser) -> Browser:
    return firefox


def test_a_form_is_filled_in_and_answered(page: Page, server: str) -> None:
    open_form(page, server)
    send(page)
    expect(page.get_by_role("link", name="Date de la saisie")).to_be_visible()
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(result(page).locator("[data-zone=perime]")).to_have_count(0)
