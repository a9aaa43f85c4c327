"""A guide, or an answer, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from calculators.dossier.document import Cas, Dossier, write
from tests.e2e.test_accessibility import ready
from tests.looks.paper import faults, plain, printed
from tests.looks.tour import WIDE
from tests.sbi_page import SIMPLE_LINK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

SEIZED = "#situation=saisie-attribution&role=debiteur&date_saisie=2026-11-16&date_denonciation=2026-11-20"


def headings(page: Page) -> list[str]:
    return page.locator(".md-content :is(h1, h2, h3, h4, h5, h6)").all_text_contents()


@pytest.mark.parametrize(
    ("address", "most", "held"),
    [
        (f"calculateurs/sbi/{SIMPLE_LINK}", 1, ["651,69 €", "Solde le jour de la saisie : 1 000,00 €"]),
        # The calculator is folded in this guide, and another one stands beside it.
        (f"saisie-compte/debiteur/{SIMPLE_LINK}", 1, ["651,69 €", "Solde le jour de la saisie : 1 000,00 €"]),
        (
            f"calculateurs/delais/{SEIZED}",
            2,
            ["lundi 21 décembre 2026", "Acte qui vous annonce la saisie (dénonciation)"],
        ),
        ("calculateurs/delais/#situation=un-delai&delai=saisie-attribution.contestation&evenement=2016-03-09", 2, []),
        ("calculateurs/quotite/#net=1500&date=2026-11-30&personnes_a_charge=2", 2, ["171,42 €"]),
    ],
    ids=["sbi", "guide", "situation", "deadline", "wage"],
)
def test_paper_holds_what_was_asked_and_answered_and_nothing_else(
    page: Page, server: str, address: str, most: int, held: list[str]
) -> None:
    page.goto(server + address)
    result = page.locator(".calc-resultat:not([hidden])")
    expect(result.locator(".calc-phrase")).to_be_visible()
    sheets = printed(page)
    assert faults(sheets, headings(page)) == []
    assert len(sheets) <= most
    text = " ".join(sheet.text for sheet in sheets)
    for part in [*held, "Imprimé le", "Votre résultat", "Vos réponses", plain(page.locator("h1").inner_text())]:
        assert part in text
    # All that is read on the sheets but their numbers and their title stands in the answer.
    shown = plain(f"{page.locator('h1').text_content()} {result.text_content()}")
    for absent in ("Faire le calcul à la main", "Un exemple déjà calculé", "Copier le lien", "Lire le guide"):
        assert absent not in text
    words = {word.strip("();→.0123456789") for word in text.split()}
    assert {word for word in words if word not in shown} <= {"Page"}
    # What is due, and when, stands on the first sheet: it is the one that goes on the fridge.
    for day in result.locator(".calc-frise-liste .calc-frise-jour").all_text_contents():
        assert plain(day) in sheets[0].text


def test_a_dossier_prints_alone_to_be_shown_at_a_desk(page: Page, server: str) -> None:
    seized = {"situation": "saisie-attribution", "role": "debiteur", "date_saisie": "2026-10-20"}
    told = Cas("delais", {**seized, "date_denonciation": "2026-10-24"})
    account = Cas("sbi", {"date_saisie": "2026-10-20", "comptes.1.solde": "900"})
    listed = Cas(
        "pieces",
        {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"},
        ("cph-restituer-rib",),
    )
    content = write(Dossier("Zoé Martin", cas=(told, account, listed), courriers={"banque-sommes": "2026-11-02"}))
    page.goto(f"{server}mon-dossier/")
    page.get_by_label("Ouvrir un fichier de dossier").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    view = page.locator(".dossier-vue")
    expect(view).to_contain_text("La banque doit laisser")
    sheets = printed(page)
    assert faults(sheets, headings(page)) == []
    assert len(sheets) <= 2
    text = " ".join(sheet.text for sheet in sheets)
    for part in (
        "Mon dossier",
        "Dossier : Zoé Martin",
        "Aujourd’hui",
        "Réclamer à la banque les sommes protégées",
        "La banque doit laisser",
        "Ce qui reste à faire",
        "Vos documents",
        "RIB à votre nom",
        "Parti le 2 novembre 2026",
        "À qui s’adresser",
        "pas un conseil juridique",
    ):
        assert part in text, part
    # Nothing of the guide around it, nor what is done with it on a screen.
    shown = plain(f"Mon dossier {view.text_content()}")
    for absent in (
        "Lire le guide",
        "C’est fait",
        "Noter",
        "Vos calculs",
        "Revoir ces réponses",
        "Où l’obtenir",
        "Carré :",
    ):
        assert absent in shown, f"{absent}: no longer there on the screen, so its absence proves nothing"
        assert absent not in text
    for absent in ("En bref", "Comment ça marche", "Enregistrer dans un fichier", "Donnez vos dates"):
        assert absent not in text
    page.emulate_media(media="print")
    ticked = view.get_by_label("RIB à votre nom")
    expect(ticked).to_be_visible()
    expect(ticked).to_be_checked()


def test_no_heading_of_a_guide_ends_a_sheet(page: Page, server: str) -> None:
    ready(page, server + "saisie-compte/creancier/")
    sheets = printed(page)
    assert len(sheets) > 2
    # The letters of a drawing may be a little smaller than those of the text.
    assert faults(sheets, headings(page), smallest=7) == []


def test_paper_shows_the_guide_and_nothing_around_it(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=WIDE, color_scheme="dark").new_page()
    ready(page, server + "saisie-compte/debiteur/")
    page.emulate_media(media="print")
    for around in (".md-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
        assert not page.locator(around).first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = "[...document.querySelectorAll('.md-content a')].map(a => getComputedStyle(a, '::after').content)"
    assert set(page.evaluate(printed)) <= {"none", "normal"}


def test_paper_has_the_same_colours_from_either_scheme(new_context: Callable[..., BrowserContext], server: str) -> None:
    colours = """() => {
        const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .flatMap((rule) => [...(rule.style ?? [])]).filter((name) => name.startsWith("--me-"));
        const style = getComputedStyle(document.body);
        return Object.fromEntries([...new Set(names)].map((name) => [name, style.getPropertyValue(name)]));
    }"""
    printed = []
    for scheme in ("light", "dark"):
        page = new_context(viewport=WIDE, color_scheme=scheme).new_page()
        ready(page, server + "saisie-compte/debiteur/")
        page.emulate_media(media="print")
        printed.append(page.evaluate(colours))
    light, dark = printed
    assert len(light) > 30
    assert light == dark


def test_paper_has_every_list_opened_and_no_form(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=WIDE).new_page()
    ready(page, server + "saisie-compte/debiteur/")
    lists = page.locator("details.liste-pieces")
    assert lists.count() > 1
    page.emulate_media(media="print")
    assert all(fold.locator("li").last.is_visible() for fold in lists.all())
    assert all(fold.locator("summary").first.is_visible() for fold in lists.all())
    assert not page.locator(".calc-formulaire").first.is_visible()
    assert page.locator(".calc > [data-zone=methode]").first.is_visible()
    # A letter is part of the guide, folded or not.
    assert page.locator(".courrier-feuille").first.is_visible()
