"""From the questions to the answer in a real browser, and what the reader can do with it."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from calculators.edition import edition, edition_in_words
from tests.e2e.test_accessibility import everywhere, watched
from tests.helpers import SPARES_DATA, pasted, serving, until
from tests.sbi_page import (
    ADDRESS,
    SIMPLE,
    SIMPLE_LINK,
    amount,
    fill_in,
    open_form,
    result,
    send,
    shows_amounts,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.helpers import Faults

CLIPBOARD = ["clipboard-write"]

#: Two accounts, one joint, sums received: every part of an answer.
RICH_LINK = (
    "#date_saisie=2026-11-20&comptes.1.libelle=Compte+courant&comptes.1.solde=1000&comptes.1.joint=oui"
    "&comptes.2.solde=540.5&comptes.2.type=epargne&creance=500&sommes.1.nature=autre_insaisissable&sommes.1.montant=800"
)


# ---------------------------------------------------------------- the journey


def test_what_is_typed_is_answered_with_its_reasons(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")

    title = page.get_by_role("heading", name="Votre résultat", level=2)
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    expect(title).to_have_accessible_description(re.compile("La banque doit laisser 651,69\u00a0€"))
    expect(status(page)).to_be_empty()  # the focus has said it: nothing is said twice

    steps = result(page).locator(".calc-etapes > li")
    assert steps.count() >= 3
    # What an article provides opens where a step cites it, by the keyboard alone, with a link to the official text.
    fold = steps.locator("details.article-cite").filter(has_text="Article L162-2 du CPCE").first
    statement = fold.get_by_text("La banque laisse au débiteur une somme égale au RSA")
    expect(statement).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(statement).to_be_visible()
    expect(fold).to_contain_text("Texte lu le 28\u00a0novembre 2026")
    text = fold.get_by_role("link", name="sur Légifrance\u00a0: article L162-2 du CPCE")
    expect(text).to_have_attribute("href", re.compile(r"^https://www\.legifrance\.gouv\.fr/search/code\?.*L162-2"))
    expect(result(page).locator(".calc-legende li")).to_have_text(
        ["Laissé d’office\u00a0: 651,69\u00a0€", "Peut être saisi\u00a0: 348,31\u00a0€"]
    )
    expect(page).to_have_url(f"{server}{ADDRESS}")


def test_the_site_built_by_zensical_answers_too(page: Page, zensical_server: str) -> None:
    open_form(page, zensical_server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(page).to_have_url(f"{zensical_server}{ADDRESS}")


def test_the_site_answers_from_any_folder(page: Page, site: Path, tmp_path: Path) -> None:
    # A copy: the local server follows no link that leads out of its folder.
    shutil.copytree(site, tmp_path / "un" / "dossier")
    page.add_init_script(SPARES_DATA)  # nothing is on its way any more when that server closes
    with serving(tmp_path) as url:
        open_form(page, f"{url}un/dossier/", SIMPLE_LINK)
        shows_amounts(page, "651,69", "348,31")
        link = result(page).get_by_role("link", name="Lire le guide").first
        expect(link).to_have_attribute("href", re.compile(f"^{url}un/dossier/[a-z]"))


def test_the_headings_of_an_answer_follow_those_of_the_guide(page: Page, server: str) -> None:
    page.goto(f"{server}saisie-compte/sbi/{SIMPLE_LINK}")
    shows_amounts(page, "651,69", "348,31")
    levels: list[int] = page.evaluate(
        """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")]
            .map(({ tagName }) => Number(tagName[1]))"""
    )
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_links_of_an_answer_lead_to_the_guides(page: Page, server: str) -> None:
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    links: list[str] = (
        result(page).get_by_role("link", name="Lire le guide").evaluate_all("(links) => links.map(({ href }) => href)")
    )
    assert links
    for link in links:
        assert page.request.get(link).ok, link


def test_changed_answers_mark_the_result_as_outdated(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    warning = page.get_by_text("Résultat à recalculer.")
    expect(warning).to_be_hidden()
    fill_in(page, {"Solde le jour de la saisie": "700"})
    expect(warning).to_be_visible()
    fill_in(page, {"Solde le jour de la saisie": "1000"})
    expect(warning).to_be_hidden()
    fill_in(page, {"Solde le jour de la saisie": "700"})
    page.get_by_role("button", name="Recalculer").click()
    shows_amounts(page, "651,69", "48,31")
    expect(warning).to_be_hidden()


def test_answers_need_no_network_once_python_is_there(page: Page, server: str, faults: Faults) -> None:
    page.add_init_script(SPARES_DATA)  # the whole runtime is not fetched ahead
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    # The browser itself asks again for the icon of the tab when the address changes.
    faults.expect("ERR_INTERNET_DISCONNECTED.*favicon")
    page.context.set_offline(True)
    before = list(faults.requests)
    fill_in(page, {"Solde le jour de la saisie": "700"})
    send(page)
    shows_amounts(page, "651,69", "48,31")
    assert [url for url in faults.requests[len(before) :] if not url.endswith("favicon.svg")] == []


def test_the_keyboard_alone_goes_from_the_address_to_the_copy(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(permissions=CLIPBOARD).new_page()
    open_form(page, server)
    until(page, "document.documentElement.classList.contains('theme-pret')")

    def tab_to(test: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"() => Boolean(document.activeElement && {test})"):
                return
        pytest.fail(f"the keyboard does not reach {test}")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # « Aller au contenu »
    for field, text in (("date_saisie", "20/11/2026"), ("comptes.1.solde", "1000"), ("creance", "500")):
        tab_to(f"document.activeElement.name === '{field}'")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    tab_to("document.activeElement.textContent === 'Copier le texte'")
    page.keyboard.press("Enter")
    expect(result(page).get_by_role("status")).to_have_text("Texte copié.")
    assert "651,69" in pasted(page)


# ---------------------------------------------------------------- keeping the answer


def test_the_text_and_the_link_can_be_copied(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(permissions=CLIPBOARD).new_page()
    page.clock.set_fixed_time("2026-12-01T10:00:00")
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    said = result(page).get_by_role("status")

    page.get_by_role("button", name="Copier le texte").click()
    expect(said).to_have_text("Texte copié.")
    text = pasted(page)
    assert text.startswith("Combien doit rester sur le compte")
    marked = f"{SIMPLE_LINK}&regles={edition().id}&calcule=2026-12-01&alors.laisse=651.69&alors.sur_demande=0.00"
    address = f"{server}{ADDRESS}{marked}&alors.saisi=348.31"
    assert text.endswith(f"{edition_in_words()}\n\nCalculé le 1er\u00a0décembre 2026\u00a0: {address}")
    assert "article L162-2 du CPCE" in text

    page.get_by_role("button", name="Copier le lien").click()
    expect(said).to_contain_text("Lien copié.")
    assert pasted(page) == address


def test_without_clipboard_the_text_is_selected(new_context: Callable[..., BrowserContext], server: str) -> None:
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
    )
    page = context.new_page()
    open_form(page, server, SIMPLE_LINK)
    page.get_by_role("button", name="Copier le texte").click()
    field = page.get_by_label("Texte à copier")
    expect(field).to_be_focused()
    assert page.evaluate("() => getSelection().toString().length || document.activeElement.selectionEnd") > 100
    expect(result(page).get_by_role("status")).to_contain_text("Ctrl\u00a0+\u00a0C")


def test_the_answers_can_be_changed_from_the_result(page: Page, server: str) -> None:
    open_form(page, server, SIMPLE_LINK)
    page.get_by_role("button", name="Modifier mes réponses").click()
    expect(page.get_by_label("Date de la saisie")).to_be_focused()
    expect(page.get_by_label("Date de la saisie")).to_be_in_viewport()


def test_the_print_button_prints(page: Page, server: str) -> None:
    open_form(page, server, SIMPLE_LINK)
    page.evaluate("() => { globalThis.printed = 0; window.print = () => { printed += 1; }; }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("printed") == 1


def test_the_sheet_bears_the_day_of_printing(page: Page, server: str) -> None:
    page.clock.set_fixed_time("2026-11-30T10:00:00")
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    page.clock.set_fixed_time("2026-12-01T10:00:00")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".calc-imprime")).to_contain_text("Imprimé le 1er\u00a0décembre 2026 depuis")


# ---------------------------------------------------------------- links that carry the answers


def test_a_link_opened_elsewhere_fills_the_form_and_computes(
    new_context: Callable[..., BrowserContext], page: Page, server: str
) -> None:
    open_form(page, server, RICH_LINK)
    expect(amount(page, "laisse")).to_have_text("651,69\u00a0€")
    address, figures = page.url, result(page).locator(".calc-montants").inner_text()

    other = new_context().new_page()
    other.goto(address)
    expect(other.get_by_role("heading", name="Votre résultat")).to_be_focused()
    assert result(other).locator(".calc-montants").inner_text() == figures
    assert other.url == address
    expect(other.get_by_label("Date de la saisie")).to_have_value("20/11/2026")
    expect(other.get_by_label("Solde le jour de la saisie").nth(1)).to_have_value("540,50")
    expect(other.get_by_role("radiogroup", name="Les deux titulaires du compte joint")).to_be_visible()


def test_a_link_leads_to_the_answer_even_when_the_script_comes_late(page: Page, server: str) -> None:
    held: list[Route] = []
    late = True

    def hold(route: Route) -> None:
        if late:
            held.append(route)
        else:
            route.continue_()

    page.route("**/assets/app-*.js", hold)
    page.goto(f"{server}{ADDRESS}{SIMPLE_LINK}", wait_until="commit")
    expect(page.get_by_role("button", name="Calculer", exact=True)).to_be_disabled()
    late = False
    # The route stays: taking it away may let go by itself of what it holds.
    while held:
        held.pop().continue_()
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()


def test_a_short_key_with_a_fixed_kind_fills_its_row(page: Page, server: str) -> None:
    open_form(page, server, f"{SIMPLE_LINK}&insaisissable=200")
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_label("D’où vient cette somme")).to_have_value("autre_insaisissable")
    expect(page.get_by_label("Montant reçu")).to_have_value("200")


def test_an_address_pasted_over_the_page_replaces_the_answers(page: Page, server: str) -> None:
    open_form(page, server, RICH_LINK)
    expect(amount(page, "laisse")).to_have_text("651,69\u00a0€")
    page.evaluate("(hash) => { location.hash = hash; }", "#date_saisie=2026-11-20&solde=700")
    shows_amounts(page, "651,69", "48,31")
    expect(page.locator("[data-champ=comptes] [data-ligne]")).to_have_count(1)
    expect(page.get_by_label("Nom du compte")).to_have_value("")


def test_an_answer_adds_nothing_to_the_history(page: Page, server: str) -> None:
    open_form(page, server, SIMPLE_LINK)
    before = page.evaluate("() => history.length")
    for balance in ("900", "700"):
        fill_in(page, {**SIMPLE, "Solde le jour de la saisie": balance})
        send(page)
        expect(page).to_have_url(re.compile(f"solde={balance}"))
    assert page.evaluate("() => history.length") == before


# ---------------------------------------------------------------- from page to page


def test_the_worker_lives_from_page_to_page_and_the_answer_comes_back(page: Page, server: str, faults: Faults) -> None:
    open_form(page, server)
    until(page, "document.documentElement.classList.contains('theme-pret')")
    page.evaluate("() => { globalThis.sameTab = true; }")
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")

    page.locator(".md-sidebar--primary").get_by_role("link", name="Le compte joint").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("compte joint")
    page.go_back()
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_label("Solde le jour de la saisie")).to_have_value("1000")

    page.locator(".md-sidebar--primary").get_by_role("link", name="Le solde bancaire insaisissable (SBI)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Le solde bancaire insaisissable")
    fill_in(page, {**SIMPLE, "Solde le jour de la saisie": "700"})
    send(page)
    shows_amounts(page, "651,69", "48,31")
    expect(page).to_have_url(f"{server}saisie-compte/sbi/")

    assert page.evaluate("globalThis.sameTab") is True
    assert len([url for url in faults.requests if "/worker-" in url]) == 1


def test_leaving_while_python_loads_disturbs_nothing(page: Page, server: str) -> None:
    open_form(page, server)
    until(page, "document.documentElement.classList.contains('theme-pret')")
    fill_in(page, SIMPLE)
    send(page)
    page.locator(".md-sidebar--primary").get_by_role("link", name="Le compte joint").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("compte joint")
    until(page, "() => demarches.engine.state.state === 'ready'")
    assert page.url == f"{server}saisie-compte/compte-joint/"
    assert "Erreur" not in page.title()


def test_an_answer_that_comes_before_the_next_page_leaves_its_address_alone(page: Page, server: str) -> None:
    held: list[Route] = []
    open_form(page, server)
    until(page, "document.documentElement.classList.contains('theme-pret')")
    page.route("**/saisie-compte/compte-joint/", lambda route: held.append(route))  # noqa: PLW0108 - a builtin has no code to look at
    page.locator(".md-sidebar--primary").get_by_role("link", name="Le compte joint").click()
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    assert page.url == f"{server}saisie-compte/compte-joint/"
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_contain_text("compte joint")
    assert page.url == f"{server}saisie-compte/compte-joint/"


# ---------------------------------------------------------------- comfort


def test_an_answer_and_faults_are_accessible_and_fit(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = watched(new_context, reduced_motion="reduce")
    open_form(page, server, f"{RICH_LINK}&date_denonciation=2026-11-25")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    assert everywhere(page) == []

    page.get_by_label("Somme réclamée").fill("600")
    expect(page.get_by_text("Résultat à recalculer.")).to_be_visible()
    assert everywhere(page) == []

    page.get_by_role("button", name="Ajouter une somme reçue").click()
    fill_in(page, {"Date de la saisie": "hier"})
    page.get_by_role("radiogroup", name="Une autre banque").get_by_label("Oui").check()
    send(page)
    expect(page.locator(".calc-resume-erreurs")).to_be_focused()
    assert everywhere(page) == []


def test_the_shares_stay_distinct_without_colours(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(forced_colors="active").new_page()
    open_form(page, server, RICH_LINK)
    expect(amount(page, "laisse")).to_have_text("651,69\u00a0€")
    looks: list[Any] = (
        result(page)
        .locator(".calc-part")
        .evaluate_all(
            """(parts) => parts.map((part) => {
            const motif = getComputedStyle(part.querySelector(".calc-part-motif"));
            const { strokeDasharray, stroke, transform, strokeWidth } = motif;
            return [strokeDasharray, stroke, transform, strokeWidth].join(" ");
        })"""
        )
    )
    assert len(looks) == 4
    assert len(set(looks)) == 4
    expect(result(page).locator(".calc-part-numero")).to_have_text(["1", "2", "3", "4"])
