"""The page of the SBI calculator, as the tests of the browser use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ADDRESS = "calculateurs/sbi/"

#: The worked case of the guide: 651,69 € left, 348,31 € seized.
SIMPLE = {"Date de la saisie": "20/11/2026", "Solde le jour de la saisie": "1000", "Somme réclamée": "500"}
SIMPLE_LINK = "#date_saisie=2026-11-20&solde=1000&creance=500"


def open_form(page: Page, server: str, fragment: str = "", *, address: str = ADDRESS) -> None:
    """Go to the calculator and wait until it is alive."""
    page.goto(f"{server}{address}{fragment}")
    expect(asking(page)).to_be_enabled()


def asking(page: Page) -> Locator:
    """Give the button that asks for the answer, whatever its words."""
    return page.locator("mode-emploi-calculateur").get_by_role(
        "button", name=re.compile("^(Calculer|Voir ma liste|Voir le courrier)$")
    )


def fill_in(page: Page, answers: dict[str, str]) -> None:
    """Type answers in the fields that have these labels."""
    for label, text in answers.items():
        page.get_by_label(label).first.fill(text)


def send(page: Page) -> None:
    """Ask for the answer."""
    asking(page).click()


def result(page: Page) -> Locator:
    """Give the section that holds the answer."""
    return page.get_by_role("region", name="Résultat")


def amount(page: Page, key: str) -> Locator:
    """Give the large figure of that name."""
    return result(page).locator(f".calc-valeurs [data-valeur={key}]")


def status(page: Page) -> Locator:
    """Give the line that says what the calculator does."""
    return page.locator("mode-emploi-calculateur [data-zone=etat]")


def shows_amounts(page: Page, left: str, seized: str) -> None:
    """Wait for an answer with these two figures."""
    expect(amount(page, "laisse")).to_have_text(f"{left}\u00a0€")
    expect(amount(page, "saisi")).to_have_text(f"{seized}\u00a0€")
