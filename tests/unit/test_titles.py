"""A page has one title: its heading, the browser's, the menu's, the cards' and the lists' are the same words.

The short form of a title is what comes before its colon: « Passeport » for « Passeport : les pièces à apporter ».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from calculators.registry import CALCULATORS
from calculators.typography import french
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = ROOT / "docs"
HOME = "index.md"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def _front(name: str) -> dict[str, Any]:
    meta: dict[str, Any] = yaml.safe_load((DOCS / name).read_text("utf-8").split("---\n")[1])
    return meta


def _menu(entries: list[Any]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for words, target in entry.items():
            if isinstance(target, str):
                yield target, words
            else:
                yield from _menu(target)


TITLES = {name: french(_front(name)["title"]) for name in PAGES}
# Without its tags: only the generators know what they mean.
SETTINGS = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # only texts
MENU = dict(_menu(SETTINGS["nav"]))


def names(page: str) -> set[str]:
    """The words that may name a page."""
    title = TITLES[page]
    return {title, re.split(r"\s:\s", title)[0]}


def links_alone(text: str) -> Iterator[tuple[str, str, bool]]:
    """Links that are a whole paragraph or item, as in lists and cards: words, target, and whether in a list."""
    for match in re.finditer(r"^([ \t]*)(- )?\[([^\]]+)\]\(([^)#]+\.md)\)$", text, re.MULTILINE):
        yield match[3], match[4], bool(match[2])


def test_each_page_is_in_the_menu_once() -> None:
    assert sorted(MENU) == PAGES


@pytest.mark.parametrize("page", [page for page in PAGES if page != HOME])
def test_the_heading_and_the_menu_have_the_title_of_the_page(page: str) -> None:
    heading = re.search(r"^# (.*?)(?: \{.*\})?$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert heading
    assert french(heading[1]) == TITLES[page]
    assert french(MENU[page]) in names(page)


@pytest.mark.parametrize("page", PAGES)
def test_lists_and_cards_name_a_page_by_its_title(page: str) -> None:
    wrong = []
    for words, link, listed in links_alone((DOCS / page).read_text("utf-8")):
        target = ((DOCS / page).parent / link).resolve().relative_to(DOCS).as_posix()
        # A list of questions asks them in the reader's words.
        if french(words) not in names(target) and not (listed and words.endswith("?")):
            wrong.append(f"{words} -> {TITLES[target]}")
    assert wrong == []


def test_the_check_sees_links_that_stand_alone() -> None:
    text = "- [Un](a.md)\n\n    [Deux](b.md)\n\nVoir [trois](c.md).\n- [Quatre](d.md#ancre)\n"
    assert list(links_alone(text)) == [("Un", "a.md", True), ("Deux", "b.md", False)]


@pytest.mark.parametrize("name", CALCULATORS)
def test_a_calculator_has_the_title_of_its_page(name: str) -> None:
    assert french(CALCULATORS[name].titre) == TITLES[f"calculateurs/{name}.md"]


def test_the_foot_of_the_pages_names_them_by_their_title() -> None:
    template = (ROOT / "overrides/partials/footer.html").read_text("utf-8")
    links = re.findall(r"""href="\{\{ '([a-z-]+)/' \| url \}\}">([^<]+)<""", template)
    assert links
    assert [words for name, words in links if french(words) not in names(f"{name}.md")] == []
