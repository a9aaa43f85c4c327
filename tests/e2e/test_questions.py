"""What a person asks is answered from the home page, in three clicks at most, on a telephone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error

from tests.helpers import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

ASKED: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))["question"]
PHONE = {"width": 360, "height": 640}
#: Clicks at most, and what each way of going on takes: a fold is opened; the search is opened, then a result.
MOST, CLICKS = 3, {"lien": 1, "ouvre": 1, "cherche": 2}
#: How long a page may take to come and to say what it must, in seconds.
_SOON = 10.0
#: Whether the page of this address shows these words, nothing unfolded.
_SHOWN = r"""([path, words]) => {
  const shown = document.querySelector(".md-content")?.innerText ?? "";
  return location.pathname.endsWith(path) && shown.replace(/\u2019/g, "'").replace(/\s+/g, " ").includes(words);
}"""


def follow(page: Page, words: str) -> None:
    name = re.compile(f"^{re.escape(words)}$".replace("\\ ", r"\s+").replace("'", "['\u2019]"))
    page.locator(".md-content").get_by_role("link", name=name).first.click()


def unfold(page: Page, words: str) -> None:
    page.locator(".md-content summary").get_by_text(words, exact=True).click()


def search(page: Page, words: str, wanted: str) -> None:
    page.get_by_role("button", name="Chercher avec vos mots").click()
    page.get_by_role("textbox", name="Rechercher").fill(words)
    link = f".md-search-result__item:nth-child(-n+3) > a[href*='{wanted}']"
    until(page, "link => document.querySelector(link) !== null", link, timeout=_SOON)
    page.locator(link).first.click()


def fault_of(page: Page, home: str, question: dict[str, Any]) -> str:
    """What keeps the question from its answer, or nothing."""
    page.goto(home)
    page.wait_for_selector(".theme-pret")
    for step in question["chemin"]:
        ((kind, words),) = step.items()
        try:
            if kind == "lien":
                follow(page, words)
            elif kind == "ouvre":
                unfold(page, words)
            else:
                search(page, words, question["page"])
        except (Error, TimeoutError) as error:
            return f"{kind} « {words} » : {str(error).splitlines()[0]}"
    try:
        until(page, _SHOWN, [f"/{question['page']}", question["dit"]], timeout=_SOON)
    except TimeoutError:
        return f"{page.url} ne dit pas : {question['dit']}"
    return ""


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question["demande"])
def test_the_way_to_an_answer_is_three_clicks_at_most(question: dict[str, Any]) -> None:
    assert sum(CLICKS[kind] for step in question["chemin"] for kind in step) <= MOST


def test_what_people_ask_is_answered_from_the_home_page_at_360_pixels(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    page.set_default_timeout(_SOON * 1000)
    assert len(ASKED) >= 12
    faults = {question["demande"]: fault_of(page, server, question) for question in ASKED}
    told = "\n".join(f"{asked} -> {fault}" for asked, fault in faults.items() if fault)
    assert not told, told
