"""What opens, answers or is announced in a page, under axe; test_every_page looks at the pages as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.helpers import SPARES_DATA, copy_site, renew, serving, until
from tests.looks.listen import ANSWERED
from tests.looks.tour import AXE, DRAWN, LAYOUT, PHONE, SHOWN, TAGS, WIDE
from tests.sbi_page import open_form, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page


def findings(page: Page) -> list[str]:
    """Say what axe finds."""
    results: dict[str, Any] = page.evaluate(
        "runOnly => axe.run(document, { runOnly, resultTypes: ['violations'] })",
        {"type": "tag", "values": TAGS},
    )
    return [
        f"{page.url} {violation['id']} {node['html'][:200]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def watched(new_context: Callable[..., BrowserContext], **options: Any) -> Page:
    context = new_context(**options)
    for script in (AXE, LAYOUT):
        context.add_init_script(path=script)
    return context.new_page()


def ready(page: Page, address: str) -> None:
    page.goto(address)
    until(page, "document.documentElement.classList.contains('theme-pret')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_menu_and_search(
    new_context: Callable[..., BrowserContext], server: str, scheme: str
) -> None:
    page = watched(new_context, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    ready(page, server + "saisie-compte/")
    page.get_by_role("button", name="Menu", exact=True).click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Recherche", exact=True).click()
    page.keyboard.type("saisie")
    page.locator(".md-search-result__link").first.wait_for()
    assert findings(page) == []


#: A phone, a narrow one, and a screen of 1280 by 1024 enlarged four times.
NARROW = (PHONE, {"width": 320, "height": 568}, {"width": 320, "height": 256})


def cut(page: Page) -> list[str]:
    """Say what leaves its box, the screen or its place, on narrow screens, the letters as they come, then spaced."""
    found = []
    before = page.viewport_size or {"width": WIDE["width"], "height": WIDE["height"]}
    for size in NARROW:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for spaced in (False, True):
            page.evaluate("spaced => looks.space(spaced)", spaced)
            page.evaluate(DRAWN)
            state = f"{size['width']}×{size['height']}{' spaced' if spaced else ''}"
            found += [f"{page.url} {state} {fault}" for fault in page.evaluate("looks.cut()")]
        page.evaluate("looks.space(false)")
    page.set_viewport_size(before)
    return found


def everywhere(page: Page) -> list[str]:
    """Look at a page as it stands: at what axe finds in both widths and schemes, and at what leaves its box."""
    found = []
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            until(page, SHOWN, scheme)
            page.evaluate(DRAWN)
            found += [f"{size['width']} {scheme} {fault}" for fault in findings(page)]
        found += [f"{page.url} {size['width']} {fault}" for fault in page.evaluate("looks.cut()")]
        schemes.reverse()
    return found + cut(page)


def test_axe_finds_nothing_in_the_definition_of_a_word(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = watched(new_context, viewport=PHONE, reduced_motion="reduce")
    ready(page, server + "saisie-compte/debiteur/")
    page.locator("a.mot").first.click()
    definition = page.locator(".mot-bulle:popover-open")
    assert definition.is_visible()
    # It opens over the page, whose words it covers.
    assert [fault for fault in everywhere(page) if " over other words: " not in fault] == []
    assert definition.is_visible()


#: Calculators whose answers are looked at, with axe, in a file of their own: test_answer, test_deadlines, test_pieces.
ELSEWHERE = ("sbi", "delais", "pieces")


@pytest.mark.parametrize(
    ("calculator", "answered"),
    [(name, "" if name in ELSEWHERE else link) for name, link in ANSWERED.items()],
)
def test_axe_finds_nothing_in_an_answer_nor_in_faults(
    new_context: Callable[..., BrowserContext], server: str, calculator: str, answered: str
) -> None:
    page = watched(new_context, reduced_motion="reduce")
    if answered:
        open_form(page, server, answered, address=f"calculateurs/{calculator}/")
        expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
        assert everywhere(page) == []
        page = watched(new_context, reduced_motion="reduce")  # another tab: this one would keep the answers
    open_form(page, server, address=f"calculateurs/{calculator}/")
    send(page)
    expect(page.locator(".calc-resume-erreurs").first).to_be_focused()
    assert everywhere(page) == []


def test_axe_finds_nothing_in_what_tells_of_the_site_kept_on_the_device(
    new_context: Callable[..., BrowserContext], site: Path, tmp_path: Path
) -> None:
    """As it comes, whole, with a newer version, then erased."""
    copy_site(site, tmp_path)
    page = watched(new_context, service_workers="allow", reduced_motion="reduce")
    page.add_init_script(SPARES_DATA)  # nothing is kept ahead, so the button is there
    with serving(tmp_path) as server:
        ready(page, server + "confidentialite/")
        panel = page.locator("mode-emploi-appareil")
        expect(panel.get_by_role("status")).not_to_be_empty()
        assert everywhere(page) == []
        panel.get_by_role("button", name="Garder tout le site").click()
        expect(panel).to_contain_text("Tout le site est gardé")
        assert everywhere(page) == []

        renew(page, tmp_path)
        expect(page.get_by_role("region", name="Mise à jour du site").get_by_role("status")).not_to_be_empty()
        assert everywhere(page) == []

        panel.get_by_role("button", name="Effacer ce qui est gardé").click()
        expect(panel).to_contain_text("Vous avez choisi de ne rien garder")
        assert everywhere(page) == []


def test_text_is_large_enough_and_lines_are_not_too_long(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    for size in (WIDE, PHONE):
        page = new_context(viewport=size).new_page()
        ready(page, server + "saisie-compte/")
        pixels, width = page.locator(".md-content p").first.evaluate(
            "p => [parseFloat(getComputedStyle(p).fontSize), p.getBoundingClientRect().width]"
        )
        assert pixels >= 16.8
        assert width / pixels <= 38  # about 75 letters
