"""The guides as they are read on a telephone, with the paper received in the other hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 360, "height": 640}
DEBTOR = "saisie-compte/debiteur/"
CREDITOR = "saisie-compte/creancier/"
WAGES = "saisie-remunerations/"
#: How many at most, of a guide. They took 49, 27 and 27 when everything rare stood there too.
SCREENS = {DEBTOR: 16, CREDITOR: 16, WAGES: 18}
#: What the first of them says, and the part of the page where it leads.
FIRST = (
    (DEBTOR, "date-limite", "Date limite"),
    (DEBTOR, "reclamer", "Lettre à la banque"),
    (DEBTOR, "qui-aide", "point-justice"),
    (CREDITOR, "documents", "titre exécutoire"),
    (CREDITOR, "calculer", "La date à tenir"),
    (CREDITOR, "paiement", "L’argent"),
    (WAGES, "date-limite", "Date limite"),
    (WAGES, "que-faire", "Que faire"),
    (WAGES, "calculer", "Combien"),
    (WAGES, "qui-aide", "point-justice"),
)


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport=PHONE, reduced_motion="reduce").new_page()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".theme-pret")
    return page


@pytest.mark.parametrize("guide", SCREENS)
def test_a_guide_is_read_in_a_few_screens(phone: Page, server: str, guide: str) -> None:
    height = opened(phone, server + guide).evaluate("document.documentElement.scrollHeight")
    assert height / PHONE["height"] <= SCREENS[guide]


@pytest.mark.parametrize(("guide", "anchor", "said"), FIRST)
def test_the_first_screen_says_until_when_what_to_do_and_who_helps(
    phone: Page, server: str, guide: str, anchor: str, said: str
) -> None:
    opened(phone, server + guide)
    link = phone.locator(f"a[href$='#{anchor}']")
    paragraph = phone.locator(".md-content .admonition p", has=link)
    expect(paragraph).to_contain_text(said)
    box = paragraph.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE["height"]
    paragraph.locator(link).click()
    expect(phone.locator(f"#{anchor}")).to_be_in_viewport()


def test_the_calculator_that_a_guide_folds_opens_and_answers(phone: Page, server: str) -> None:
    opened(phone, server + DEBTOR)
    form = phone.locator("mode-emploi-calculateur[data-calculateur=sbi] form")
    expect(form).to_be_hidden()
    phone.get_by_text("Calculez ce qui doit vous rester").click()
    expect(form).to_be_visible()


def test_on_the_page_about_wages_the_month_comes_before_the_scale(phone: Page, server: str) -> None:
    opened(phone, server + "saisie-remunerations/")
    tops = {
        name: phone.locator(f"mode-emploi-calculateur[data-calculateur={name}]").evaluate(
            "element => element.getBoundingClientRect().top"
        )
        for name in ("delais", "quotite")
    }
    assert tops["delais"] < tops["quotite"]
