"""The drawings of the guides, in a real browser: on a telephone, in the scheme that the reader chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.helpers import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

PHONE = {"width": 360, "height": 740}
SHOWN = """scheme => document.body.dataset.mdColorScheme === { light: "default", dark: "slate" }[scheme] &&
  document.body.getAttribute("data-md-color-switching") === null"""

#: Of each drawing: its smallest word on the screen, the words that go past the box they are in, and its first colour.
MEASURES = """() => [...document.querySelectorAll("svg.dessin")].map((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const boxes = [...svg.querySelectorAll("rect")].map((rect) => rect.getBBox());
  const texts = [...svg.querySelectorAll("text")];
  const out = texts.filter((text) => {
    const t = text.getBBox(), y = t.y + t.height / 2;
    const around = boxes.filter((b) => b.x <= t.x + 1 && t.x < b.x + b.width && b.y <= y && y <= b.y + b.height);
    const box = around.sort((a, b) => a.width - b.width)[0];
    return !box || t.x + t.width > box.x + box.width;
  });
  return {
    smallest: scale * Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize))),
    out: out.map((text) => text.textContent),
    ground: getComputedStyle(svg.querySelector("rect")).fill,
    card: getComputedStyle(document.body).getPropertyValue("--me-fond-carte").trim(),
  };
})"""


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_follow_the_scheme_and_are_legible_on_a_small_telephone(
    new_context: Callable[..., BrowserContext], site: Path, server: str, scheme: Literal["light", "dark"]
) -> None:
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    addresses = [
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in sorted(site.rglob("*.html"))
        if 'class="dessin"' in path.read_text("utf-8")
    ]
    assert addresses
    grounds = set()
    for address in addresses:
        page.goto(server + address)
        until(page, SHOWN, scheme)
        measures: list[dict[str, Any]] = page.evaluate(MEASURES)
        assert measures, address
        for drawing in measures:
            assert drawing["smallest"] >= 12, address
            assert drawing["out"] == [], address
            assert drawing["ground"] == _rgb(drawing["card"]), address
            grounds.add(drawing["ground"])
    assert len(grounds) == 1
