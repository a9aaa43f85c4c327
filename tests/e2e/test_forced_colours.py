"""In the colours that a device imposes: where the focus is, what is chosen, how far a calculation is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.test_accessibility import ready
from tests.looks.tour import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

#: The edge that an element or the form around it has, and the colour of what is behind.
EDGE = """element => {
  const style = getComputedStyle(element);
  const behind = getComputedStyle(document.body).backgroundColor;
  return [style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, style.outlineColor, behind];
}"""


def test_the_focus_of_the_search_and_the_chosen_answer_have_an_edge(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=WIDE, forced_colors="active", color_scheme="dark", reduced_motion="reduce").new_page()
    ready(page, server + "calculateurs/sbi/")
    page.get_by_role("textbox", name="Rechercher").focus()
    edged, colour, behind = page.locator(".md-search__form").evaluate(EDGE)
    assert edged
    assert colour != behind
    page.keyboard.press("Escape")
    chosen = page.locator(".calc-option input:checked + label").first
    edged, colour, behind = chosen.evaluate(EDGE)
    assert edged
    assert colour != behind
    other = page.locator(".calc-option input:not(:checked) + label").first
    assert not other.evaluate(EDGE)[0]


def test_a_bar_of_progress_is_left_to_the_device(new_context: Callable[..., BrowserContext], server: str) -> None:
    """Only the browser knows how to draw it in those colours: no style of ours takes its look away."""
    page = new_context(viewport=WIDE, forced_colors="active", reduced_motion="reduce").new_page()
    ready(page, server + "calculateurs/sbi/")
    bar = page.locator("progress.calc-progres").first
    assert bar.evaluate("bar => getComputedStyle(bar).appearance") == "auto"
