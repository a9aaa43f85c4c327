"""What was told to one calculator is in the next one of the tab: marked, the reader's to change, gone at one touch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import BROWSERS
from tests.sbi_page import SIMPLE, fill_in, open_form, send, shows_amounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

DEBTOR = "saisie-compte/debiteur/"
DEADLINES = "calculateurs/delais/"
SEIZED = "#situation=saisie-attribution&role=debiteur&date_saisie=2026-11-16"
FROM_SBI = "Repris de votre calcul «\u00a0Combien doit rester sur le compte\u00a0?\u00a0»"
DAY = "Date de la saisie"
STORED = "() => Object.keys(sessionStorage)"


def form(page: Page, calculator: str) -> Locator:
    return page.locator(f"mode-emploi-calculateur[data-calculateur={calculator}]")


def question(page: Page, calculator: str, path: str) -> Locator:
    return form(page, calculator).locator(f"[data-champ='{path}']")


def calculate(page: Page, calculator: str) -> None:
    """Ask for the answer of one of the forms of a page, and wait for it: one may be there already."""
    said = form(page, calculator).locator(".calc-phrase")
    said.evaluate_all("found => found.forEach((phrase) => { phrase.dataset.avant = ''; })")
    form(page, calculator).get_by_role("button", name="Calculer", exact=True).click()
    expect(form(page, calculator).locator(".calc-phrase:not([data-avant])")).to_be_visible()


def tell_the_sbi(page: Page, server: str, address: str = DEBTOR) -> None:
    page.goto(server + address)
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    sbi = form(page, "sbi")
    sbi.get_by_label(DAY).first.fill("20/11/2026")
    sbi.get_by_label("Solde le jour de la saisie").fill("1000")
    sbi.get_by_label("Où habite").select_option("guadeloupe")
    calculate(page, "sbi")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestFromOneFormToTheNext:
    """On the page, and between pages, in both browsers."""

    def test_what_was_told_is_marked_and_the_reader_may_change_it(self, page: Page, server: str) -> None:
        tell_the_sbi(page, server)
        day = question(page, "delais", "date_saisie")
        expect(day.get_by_role("textbox")).to_have_value("20/11/2026")
        expect(day.get_by_role("textbox")).to_have_accessible_description(re.compile("Repris de votre calcul"))
        expect(form(page, "delais").locator("[data-zone=etat]")).to_contain_text("reprises de vos calculs")

        page.goto(f"{server}calculateurs/quotite/")
        place = question(page, "quotite", "territoire")
        expect(place.get_by_role("combobox")).to_have_value("guadeloupe")
        expect(place).to_contain_text(FROM_SBI)
        expect(form(page, "quotite").locator("[data-zone=etat]")).to_contain_text("Une réponse est reprise")
        place.get_by_role("button", name="Effacer la réponse reprise").click()
        expect(place.get_by_role("combobox")).to_have_value("metropole")
        expect(place.get_by_role("combobox")).to_be_focused()
        expect(place).not_to_contain_text("Repris")
        page.reload()  # what the reader took out does not come back
        expect(form(page, "quotite").locator("[data-zone=etat]")).to_contain_text("dans cet onglet sont reprises")
        expect(place.get_by_role("combobox")).to_have_value("metropole")

        # On the page where it was told, it is the reader's own.
        page.goto(server + DEBTOR)
        expect(question(page, "sbi", "date_saisie")).not_to_contain_text("Repris")


def test_what_was_typed_or_came_by_a_link_is_never_replaced(page: Page, server: str) -> None:
    open_form(page, server, address=DEADLINES)
    page.get_by_label("Que voulez-vous calculer").select_option("saisie-attribution")
    fill_in(page, {DAY: "10/11/2026"})
    tell_the_sbi(page, server)
    open_form(page, server, address=DEADLINES)
    day = question(page, "delais", "date_saisie")
    expect(day.get_by_role("textbox")).to_have_value("10/11/2026")
    expect(day).not_to_contain_text("Repris")

    page.goto("about:blank")
    open_form(page, server, SEIZED, address=DEADLINES)
    expect(form(page, "delais").locator(".calc-phrase")).to_be_visible()
    expect(day.get_by_role("textbox")).to_have_value("16/11/2026")
    expect(page.locator(".calc-repris")).to_have_count(0)  # what the link leaves out stays as it left it
    expect(question(page, "delais", "territoire").get_by_role("combobox")).to_have_value("metropole")


def test_what_is_marked_follows_the_form_that_told_it_and_says_what_another_had_said(page: Page, server: str) -> None:
    tell_the_sbi(page, server, "calculateurs/sbi/")
    open_form(page, server, address=DEADLINES)
    page.get_by_label("Que voulez-vous calculer").select_option("saisie-attribution")
    day = question(page, "delais", "date_saisie")
    expect(day.get_by_role("textbox")).to_have_value("20/11/2026")
    page.locator("[name=role][value=debiteur]").check()
    calculate(page, "delais")

    # The first form is put right: the answer that rested on it waits to be asked again.
    open_form(page, server)
    fill_in(page, {DAY: "21/11/2026"})
    calculate(page, "sbi")
    open_form(page, server, address=DEADLINES)
    expect(day.get_by_role("textbox")).to_have_value("21/11/2026")
    expect(form(page, "delais").locator("[data-zone=etat]")).to_contain_text(
        "L’une vient d’un autre calcul et a changé"
    )
    expect(form(page, "delais").locator(".calc-phrase")).to_be_hidden()

    # The reader knows better here: elsewhere the latest is taken, and the other is said.
    day.get_by_role("textbox").fill("22/11/2026")
    expect(day).not_to_contain_text("Repris")
    calculate(page, "delais")
    page.goto(f"{server}saisie-compte/sbi/")
    elsewhere = question(page, "sbi", "date_saisie")
    expect(elsewhere.get_by_role("textbox")).to_have_value("22/11/2026")
    expect(elsewhere).to_contain_text("le plus récent")
    expect(elsewhere).to_contain_text("Combien doit rester sur le compte\u00a0?\u00a0» disait\u00a0: 21/11/2026")
    # The day is that of this measure, and of no other.
    question(page, "sbi", "mesure").get_by_role("combobox").select_option("satd")
    expect(elsewhere.get_by_role("textbox")).to_have_value("")
    expect(elsewhere).not_to_contain_text("Repris")


def test_a_role_goes_from_the_deadlines_to_the_checklist(page: Page, server: str) -> None:
    tell_the_sbi(page, server)
    calculate(page, "delais")  # the page of a debtor says the role itself
    page.goto(f"{server}calculateurs/pieces/")
    page.get_by_label("Quelle démarche préparez-vous").select_option("saisie-compte")
    role = question(page, "pieces", "role")
    expect(role.get_by_role("radio", name="Mon compte est saisi")).to_be_checked()
    expect(role).to_have_accessible_description(re.compile("Repris de votre calcul"))


def test_erasing_one_form_erases_what_the_others_took_everywhere(page: Page, server: str) -> None:
    tell_the_sbi(page, server)
    page.goto(f"{server}calculateurs/quotite/")
    fill_in(page, {"Montant net versé": "1500"})  # kept, with the place that it took
    page.goto(server + DEBTOR)
    day = question(page, "delais", "date_saisie").get_by_role("textbox")
    expect(day).to_have_value("20/11/2026")
    form(page, "delais").get_by_role("button", name="Effacer mes réponses").click()
    expect(day).to_have_value("")
    assert "repris" not in page.evaluate(STORED)
    assert "guadeloupe" not in page.evaluate("() => sessionStorage.getItem('reponses:/calculateurs/quotite/ quotite')")
    # What was typed in the other form of the page is offered to be erased too, there and then.
    page.get_by_role("button", name="Effacer aussi les autres calculateurs").click()
    expect(question(page, "sbi", "date_saisie").get_by_role("textbox")).to_have_value("")
    page.goto(f"{server}calculateurs/quotite/")
    expect(page.get_by_label("Montant net versé").first).to_have_value("")
    expect(question(page, "quotite", "territoire").get_by_role("combobox")).to_have_value("metropole")
    assert page.evaluate(STORED) == []


def test_a_frame_tells_the_others_of_its_page_and_another_tab_is_told_nothing(
    context: BrowserContext, page: Page, server: str
) -> None:
    frames = "".join(f'<iframe src="/calculateurs/{name}/?integre"></iframe>' for name in ("sbi", "quotite"))
    body = f'<!doctype html><html lang="fr"><title>Hôte</title><link rel="icon" href="data:,">{frames}'
    page.route(f"{server}hote", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{server}hote")
    told, taken = (page.frame_locator(f"iframe[src*={name}]") for name in ("sbi", "quotite"))
    place = taken.locator("[data-champ=territoire]")
    expect(taken.get_by_role("button", name="Calculer", exact=True)).to_be_enabled()
    told.get_by_label(DAY).first.fill("20/11/2026")
    told.get_by_label("Solde le jour de la saisie").fill("1000")
    told.get_by_label("Où habite").select_option("guadeloupe")
    told.get_by_role("button", name="Calculer", exact=True).click()
    expect(place.get_by_role("combobox")).to_have_value("guadeloupe")
    expect(place).to_contain_text(FROM_SBI)
    other = context.new_page()
    open_form(other, server, address="calculateurs/quotite/")
    expect(other.locator(".calc-repris")).to_have_count(0)


@pytest.mark.parametrize(
    "record", ["{", "null", "[1]", '{"quotite territoire":{"valeur":5}}', '{"quotite territoire":null}']
)
def test_a_record_that_is_not_ours_fills_nothing_and_breaks_nothing(page: Page, server: str, record: str) -> None:
    open_form(page, server)
    page.evaluate("text => sessionStorage.setItem('repris', text)", record)
    page.reload()
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(page.locator(".calc-repris")).to_have_count(0)


def test_a_browser_that_keeps_nothing_answers_all_the_same(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context()
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }")
    page = context.new_page()
    tell_the_sbi(page, server)
    expect(question(page, "delais", "date_saisie").get_by_role("textbox")).to_have_value("")
