"""The seizable part of a wage in a real browser, and the list « Cette somme est-elle protégée ? »."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from calculators.law import law
from tests import sbi_page
from tests.e2e.test_accessibility import findings
from tests.helpers import until
from tests.looks.tour import AXE, PHONE
from tests.sbi_page import amount, fill_in, result, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

ADDRESS = "calculateurs/quotite/"
LIST = "saisie-compte/somme-protegee/"
open_form = partial(sbi_page.open_form, address=ADDRESS)


def test_the_official_example_by_keyboard(page: Page, server: str) -> None:
    """Service-public, 2024: of 1 500 € a month, 241,11 € may be seized."""
    open_form(page, server)
    page.get_by_label("Date de la paie ou du versement").focus()
    page.keyboard.type("30/06/2024")
    page.get_by_label("Montant net versé").focus()
    page.keyboard.type("1500")
    page.keyboard.press("Enter")
    expect(result(page).locator(".calc-phrase")).to_contain_text("au plus 241,11\u00a0€")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(amount(page, "laisse")).to_have_text("1\u202f258,89\u00a0€")
    expect(page).to_have_url(f"{server}{ADDRESS}")

    rows = result(page).get_by_role("table", name=re.compile("^Tranche par tranche")).locator("tbody tr")
    expect(rows).to_have_count(7)
    expect(rows.nth(4)).to_contain_text("1/3")
    expect(rows.nth(4)).to_contain_text("98,33\u00a0€")
    picture = result(page).get_by_role("figure").filter(has_text="Une barre par tranche")
    expect(picture.locator(".comparaison__tout")).to_have_count(5)
    expect(picture.locator("text").nth(8)).to_have_text("98,33\u00a0€ × 1/3")
    expect(result(page).locator("summary", has_text="Article R3252-2 du C. trav.")).to_be_visible()

    compared = result(page).locator("summary", has_text="La même somme, année par année")
    compared.focus()
    page.keyboard.press("Enter")
    years = result(page).get_by_role("table", name="La même somme, année par année").locator("tbody tr")
    expect(years.filter(has_text="votre cas")).to_contain_text("241,11\u00a0€")
    expect(years.filter(has_text="2017")).to_contain_text("€")


def test_payers_are_added_up_and_dependants_counted_on_a_phone(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context(viewport=PHONE, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = context.new_page()
    open_form(page, server)
    children = page.get_by_label("Enfants à charge")
    expect(children).to_be_hidden()
    page.get_by_role("button", name="Ajouter un payeur").click()
    fill_in(page, {"Date de la paie": "30/11/2026"})
    for number, net in enumerate(("1100", "400")):
        page.get_by_label("Montant net versé").nth(number).fill(net)
    page.get_by_role("radiogroup", name="Voulez-vous de l’aide").get_by_label("Oui").check()
    expect(page.get_by_label("Nombre de personnes à charge")).to_be_hidden()
    children.fill("2")
    send(page)
    expect(result(page).locator(".calc-phrase")).to_have_text(
        "Sur 1\u202f500,00\u00a0€ par mois, la saisie peut prendre au plus 171,42\u00a0€. "
        "Il reste 1\u202f328,58\u00a0€.",
    )
    expect(result(page)).to_contain_text("Les personnes à charge\u00a0: 2")
    result(page).locator("summary", has_text="année par année").click()
    until(page, "document.body.getAttribute('data-md-color-switching') === null")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".calc-resultat .comparaison svg")].map((svg) =>
            (13 * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width)"""
    )
    assert len(sizes) == 2
    assert min(sizes) >= 11
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll(".calc-resultat .comparaison svg")].flatMap((svg) => {
            const right = Math.max(...[...svg.querySelectorAll(".comparaison__jour")].map((t) => t.getBBox().width));
            const bars = [...svg.querySelectorAll("rect")].map((r) => r.getBBox());
            const amounts = [...svg.querySelectorAll(".comparaison__montant")].map((t) => t.getBBox());
            return [bars.some((b) => b.x < right), amounts.some((a) => bars.some((b) => b.x + b.width > a.x &&
                Math.abs(b.y - a.y) < 12))];
        })"""
    )
    assert not any(overlaps)
    assert findings(page) == []


def test_the_list_of_sums_is_searched_without_minding_accents_and_capitals(page: Page, server: str) -> None:
    page.goto(f"{server}{LIST}")
    rows = page.locator("mode-emploi-recherche tbody tr")
    field = page.get_by_role("searchbox", name="Cherchez une somme")
    expect(field).to_be_visible()
    every = rows.count()
    assert every > 20
    field.focus()
    for typed, name, protected in [
        ("CHOMAGE", "Allocation de chômage", "En partie"),
        ("chomgae", "Allocation de chômage", "En partie"),
        ("prime d'activite", "Prime d’activité", "Oui, en entier"),
        ("réversion", "Pension de retraite", "En partie"),
        ("fiche de paye", "Salaire net", "En partie"),
        ("pole emploi", "Allocation de chômage", "En partie"),
        ("caf loyer", "Aide au logement", "Oui, en entier"),
        ("licenciement", "Indemnité de licenciement", "Non"),
    ]:
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        shown = rows.filter(visible=True)
        expect(shown.filter(has_text=name)).to_contain_text(protected)
        assert shown.count() < every / 3
    page.keyboard.press("Control+A")
    page.keyboard.type("zzz")
    expect(rows.filter(visible=True)).to_have_count(0)
    expect(page.locator("mode-emploi-recherche").get_by_role("status")).to_contain_text("Aucune somme trouvée.")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(rows.filter(visible=True)).to_have_count(every)


@pytest.mark.parametrize("builder", ["", "zensical_"], ids=["mkdocs", "zensical"])
def test_without_javascript_the_whole_list_and_the_example_are_read(
    new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest, builder: str
) -> None:
    server = request.getfixturevalue(f"{builder}server")
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}{LIST}")
    expect(page.get_by_role("searchbox", name="Cherchez une somme")).to_be_hidden()
    expect(page.locator("mode-emploi-recherche tbody tr").filter(visible=True)).to_have_count(len(law().sommes))
    page.goto(f"{server}{ADDRESS}")
    expect(page.get_by_label("Votre fichier CSV, .xlsx ou .ods")).to_be_hidden()
    expect(page.get_by_role("link", name="un modèle avec un exemple")).to_be_visible()
    page.get_by_text("Un exemple déjà calculé").click()
    expect(page.locator(".calc-exemple .calc-phrase").first).to_contain_text("171,42\u00a0€")
