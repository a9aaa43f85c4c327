"""The tools at the foot of a page: both builders name them as the menu does, since nothing else names them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from calculators.typography import french
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def menu(entries: list[Any]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for words, target in entry.items():
            yield from menu(target) if isinstance(target, list) else [(target.removesuffix(".md"), french(words))]


MENU = dict(menu(yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)["nav"]))  # noqa: S506  # only texts
FOOT = re.compile(r'<nav class="outils".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a href="(?:\.\./)*([^"]+)/">([^<]*)</a>')


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_the_tools_of_a_page_have_their_title_of_the_menu(builder: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(builder)
    found = [
        (address, french(unescape(words)))
        for page in folder.rglob("*.html")
        for foot in FOOT.findall(page.read_text("utf-8"))
        for address, words in LINK.findall(foot)
    ]
    assert {address.partition("/")[0] for address, _ in found} == {"calculateurs", "pieces"}
    assert [(address, words) for address, words in found if words != MENU[address]] == []
