"""The frame of a page by keyboard alone: the way to the content, the menu, the search, the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_accessibility import ready
from tests.looks.tour import DRAWN, PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page


def focused(page: Page) -> dict[str, Any]:
    """Say what has the focus, and whether the reader can see that it has."""
    answer: dict[str, Any] = page.evaluate(
        """() => {
          const element = document.activeElement;
          const shown = element.matches(".md-option")
            ? document.querySelector(".md-option:checked + label")
            : element.matches(".calc-option input") ? element.nextElementSibling : element;
          const box = shown.getBoundingClientRect();
          const style = getComputedStyle(shown);
          const field = getComputedStyle(element.closest("form") ?? element);
          return {
            tag: element.tagName,
            name: element.getAttribute("aria-label") ?? element.textContent.trim(),
            inView: box.width > 1 && box.height > 1 &&
              box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
            marked: field.boxShadow !== "none" ||
              (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
          };
        }"""
    )
    return answer


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    ready(page, server + "saisie-compte/")
    page.keyboard.press("Tab")
    # It slides in.
    page.evaluate("Promise.all(document.activeElement.getAnimations().map(({ finished }) => finished))")
    here = focused(page)
    assert here["name"] == "Aller au contenu"
    assert here["inView"]
    assert here["marked"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_every_stop_of_the_keyboard_is_visible(
    new_context: Callable[..., BrowserContext], server: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, reduced_motion="reduce").new_page()
    ready(page, server + "saisie-compte/debiteur/")
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            break
        if not (here["inView"] and here["marked"]):
            hidden.append(here)
    assert hidden == []


def test_the_menu_opens_and_closes_by_keyboard(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server + "saisie-compte/debiteur/")
    menu = page.get_by_role("button", name="Menu", exact=True)
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert focused(page)["name"] == "Fermer le menu"
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Accueil"
    page.keyboard.press("Escape")
    assert focused(page)["name"] == "Menu"
    assert menu.get_attribute("aria-expanded") == "false"


def test_the_closed_menu_is_out_of_reach(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server + "saisie-compte/debiteur/")
    assert page.evaluate("getComputedStyle(document.querySelector('.plan')).visibility") == "hidden"


def test_the_search_opens_and_closes_by_keyboard(page: Page, server: str) -> None:
    """From the header of every page, and from the home page itself: the focus goes back to where it came from."""
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server)
    for opener in ("Recherche", "Chercher avec vos mots"):
        page.get_by_role("button", name=opener, exact=True).focus()
        page.keyboard.press("Enter")
        assert focused(page)["name"] == "Rechercher"
        page.keyboard.press("Escape")
        assert focused(page)["name"] == opener


def test_the_theme_is_chosen_by_keyboard_and_follows_the_device_until_then(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=WIDE, color_scheme="dark").new_page()
    ready(page, server)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    assert page.get_by_role("radio", name="Thème automatique").is_checked()
    assert page.get_by_role("radiogroup", name="Thème d’affichage").count() == 1
    page.get_by_role("radio", name="Thème automatique").focus()
    page.keyboard.press("Enter")
    assert (focused(page)["name"], page.evaluate(scheme)) == ("Thème clair", "default")
    page.keyboard.press("ArrowRight")
    assert (focused(page)["name"], page.evaluate(scheme)) == ("Thème sombre", "slate")
    page.reload()
    assert page.evaluate(scheme) == "slate"


def test_no_single_letter_does_anything(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    ready(page, server + "saisie-compte/debiteur/")
    for key in "fs/pn,.":
        page.keyboard.press(key)
        page.evaluate(DRAWN)
        assert page.url == server + "saisie-compte/debiteur/", key
        assert not page.evaluate("document.querySelector('#__search').checked"), key


def test_without_javascript_the_menu_still_opens(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(server + "saisie-compte/debiteur/")
    page.locator(".md-header label[for=__drawer]").click()
    assert page.locator(".plan").get_by_role("link", name="Accueil", exact=True).is_visible()
