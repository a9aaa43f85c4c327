"""A guide on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.test_accessibility import ready
from tests.looks.tour import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext


def test_paper_shows_the_guide_and_nothing_around_it(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=WIDE, color_scheme="dark").new_page()
    ready(page, server + "saisie-compte/debiteur/")
    page.emulate_media(media="print")
    for around in (".md-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
        assert not page.locator(around).first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = "[...document.querySelectorAll('.md-content a')].map(a => getComputedStyle(a, '::after').content)"
    assert set(page.evaluate(printed)) <= {"none", "normal"}


def test_paper_has_the_same_colours_from_either_scheme(new_context: Callable[..., BrowserContext], server: str) -> None:
    colours = """() => {
        const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .flatMap((rule) => [...(rule.style ?? [])]).filter((name) => name.startsWith("--me-"));
        const style = getComputedStyle(document.body);
        return Object.fromEntries([...new Set(names)].map((name) => [name, style.getPropertyValue(name)]));
    }"""
    printed = []
    for scheme in ("light", "dark"):
        page = new_context(viewport=WIDE, color_scheme=scheme).new_page()
        ready(page, server + "saisie-compte/debiteur/")
        page.emulate_media(media="print")
        printed.append(page.evaluate(colours))
    light, dark = printed
    assert len(light) > 30
    assert light == dark


def test_paper_has_every_list_opened_and_no_form(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=WIDE).new_page()
    ready(page, server + "saisie-compte/debiteur/")
    lists = page.locator("details.liste-pieces")
    assert lists.count() > 1
    page.emulate_media(media="print")
    assert all(fold.locator("li").last.is_visible() for fold in lists.all())
    assert all(fold.locator("summary").first.is_visible() for fold in lists.all())
    assert not page.locator(".calc-formulaire").first.is_visible()
    assert page.locator(".calc > [data-zone=methode]").first.is_visible()
    # A letter to copy is part of the guide, folded or not.
    assert page.get_by_text("Je vous demande de mettre ces sommes à ma disposition").is_visible()
