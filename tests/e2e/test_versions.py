"""A link made by the build before this one, opened in this one: it says so, and what became of its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from calculators.edition import edition, published
from tests.e2e.test_accessibility import findings
from tests.looks.tour import AXE, PHONE
from tests.sbi_page import SIMPLE_LINK, fill_in, open_form, result, send, shows_amounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

DAY = "2026-12-05T10:00:00"


def told(page: Page) -> Locator:
    """What is said of the link."""
    return result(page).locator(".calc-versions")


def plain(locator: Locator) -> str:
    return re.sub(r"\s", " ", locator.inner_text())


@pytest.fixture(scope="module")
def before() -> str:
    """The version of a build before this one: one that was published, and is not this one."""
    versions = [str(known["version"]) for known in published() if known["version"] != edition().id]
    assert versions, "no version was published before this one: make version"
    return versions[-1]


def mark(version: str, left: str = "651.69", seized: str = "348.31") -> str:
    """What a link of that version says of its answer."""
    figures = f"alors.laisse={left}&alors.sur_demande=0.00&alors.saisi={seized}"
    return f"{SIMPLE_LINK}&regles={version}&calcule=2026-11-29&{figures}"


def test_a_link_of_the_build_before_says_with_which_rules_it_was_made(page: Page, server: str, before: str) -> None:
    page.context.add_init_script(path=AXE)
    page.clock.set_fixed_time(DAY)
    open_form(page, server, mark(before))
    shows_amounts(page, "651,69", "348,31")
    text = plain(told(page))
    for part in ("Ce lien a été calculé le 29 novembre 2026", f"(version {before})", f"(version {edition().id})"):
        assert part in text
    assert re.search(r"avec les règles du \d.* ; aujourd’hui : règles du \d", text)
    assert "Le résultat est le même." in text
    # The address goes on saying so, loaded again too; and what is copied from here is of today.
    assert f"regles={before}" in page.url
    page.reload()
    expect(told(page)).to_contain_text("Ce lien a été calculé le")
    assert findings(page) == []


def test_on_a_phone_both_amounts_are_in_sight_and_no_word_is_broken(page: Page, server: str, before: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.clock.set_fixed_time(DAY)
    open_form(page, server, mark(before, left="646.52"))
    table = told(page).locator(".tableau")
    assert table.evaluate("place => place.scrollWidth - place.clientWidth") == 0
    label = table.get_by_role("rowheader").first
    lines = label.evaluate(
        "({ firstChild }) => { const range = new Range(); range.selectNodeContents(firstChild); "
        "return range.getClientRects().length; }"
    )
    assert lines <= len(plain(label).split())


def test_what_differs_is_told_line_by_line_and_once_asked_again_it_is_today_s(
    page: Page, server: str, before: str
) -> None:
    page.context.add_init_script(path=AXE)
    page.clock.set_fixed_time(DAY)
    open_form(page, server, mark(before, left="646.52", seized="353.48"))
    shows_amounts(page, "651,69", "348,31")
    rows = [plain(row) for row in told(page).get_by_role("row").all()]
    assert [row.split() for row in rows[1:]] == [
        ["Laissé", "d’office,", "sans", "rien", "demander", "646,52", "€", "651,69", "€"],
        ["Peut", "être", "saisi", "353,48", "€", "348,31", "€"],
    ]
    expect(told(page)).to_contain_text("Pourquoi")
    assert findings(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    send(page)
    expect(told(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(f"regles={edition().id}&calcule=2026-12-05&alors.laisse=651.69"))


def test_a_link_that_was_made_before_links_had_a_version_opens_and_says_so(page: Page, server: str) -> None:
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    said = result(page).locator("[data-zone=lien]")
    assert plain(said).startswith("Ce lien ne dit pas avec quelles règles il a été fait ; aujourd’hui : règles du ")
    expect(told(page)).to_have_count(0)


def test_the_links_of_the_site_itself_have_nothing_to_say(page: Page, server: str) -> None:
    page.goto(f"{server}calculateurs/sbi/")
    page.evaluate("hash => { location.hash = hash }", SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    expect(result(page).locator("[data-zone=lien]")).to_have_count(0)


def test_a_link_made_here_has_nothing_to_be_told(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context().new_page()
    page.clock.set_fixed_time(DAY)
    open_form(page, server)
    fill_in(page, {"Date de la saisie": "20/11/2026", "Solde le jour de la saisie": "1000", "Somme réclamée": "500"})
    send(page)
    shows_amounts(page, "651,69", "348,31")
    page.get_by_role("button", name="Garder l’adresse").click()
    address = page.url
    assert f"regles={edition().id}" in address
    other = new_context().new_page()
    other.clock.set_fixed_time(DAY)
    other.goto(address)
    shows_amounts(other, "651,69", "348,31")
    expect(result(other).locator("[data-zone=lien], .calc-versions")).to_have_count(0)
    expect(result(other).locator("[data-zone=version]")).to_contain_text(edition().id)


def test_whatever_a_link_says_of_its_answer_is_no_more_than_said(page: Page, server: str, before: str) -> None:
    hostile = "&alors.saisi=%3Cimg%20src=x%20onerror=alert(1)%3E&alors.x-y=1.00&calcule=hier"
    open_form(page, server, f"{SIMPLE_LINK}&regles={before}&alors.laisse=99999999999999.00{hostile}")
    shows_amounts(page, "651,69", "348,31")
    assert result(page).locator("img, script").count() == 0
    assert "99999999999999" not in result(page).inner_text()
