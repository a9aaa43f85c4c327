"""What the reader gives stays in the tab: there after a reload, in no address unless asked, erased at one touch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from calculators.web.guides.kept import kept
from tests.browser import launch_in
from tests.conftest import BROWSERS, USUAL
from tests.helpers import copy_site, renew, serving, until
from tests.sbi_page import SIMPLE, SIMPLE_LINK, asking, fill_in, open_form, result, send, shows_amounts, status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page, Playwright, Request, Route

    from tests.helpers import Faults

#: An amount that nothing else in a browser's profile holds.
MARK = "7391,46"
LIST = "#demarche=consignation-cph&sens=restituer&profil=particulier"
TAKEN_UP = "Vos réponses dans cet onglet sont reprises."
STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def balance(page: Page) -> Locator:
    return page.get_by_label("Solde le jour de la saisie").first


def erase(page: Page) -> None:
    page.get_by_role("button", name="Effacer mes réponses").click()


def hide(page: Page) -> None:
    """As a phone does with a tab before it drops it: nothing else is said to the page."""
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("calculateurs/sbi/", SIMPLE),
        ("calculateurs/quotite/", {"Date de la paie ou du versement": "30/06/2024", "Montant net versé": "1500"}),
        ("saisie-compte/sbi/", SIMPLE),
    ],
)
def test_nothing_typed_goes_into_the_address(page: Page, server: str, address: str, typed: dict[str, str]) -> None:
    open_form(page, server, address=address)
    fill_in(page, typed)
    send(page)
    expect(result(page).first).to_be_visible()
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    hide(page)
    assert page.url == server + address
    assert page.evaluate("() => JSON.stringify(history.state ?? '')").find("1500") < 0


def test_ticks_and_answers_of_a_list_stay_in_the_tab_too(page: Page, server: str) -> None:
    open_form(page, server, address="calculateurs/pieces/")
    page.get_by_label("Quelle démarche préparez-vous").select_option("passeport")
    page.get_by_label("Pourquoi demandez-vous ce titre").select_option("premiere")
    send(page)
    box = result(page).get_by_role("checkbox", name="Photo d’identité aux normes", exact=True)
    box.check()
    assert page.url == f"{server}calculateurs/pieces/"
    page.reload()
    expect(box).to_be_checked()
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('pieces:'))") == []


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestNothingTypedIsLost:
    """What a reader does with a tab, in both browsers."""

    def test_a_form_half_filled_is_there_after_a_reload_and_after_a_guide(self, page: Page, server: str) -> None:
        open_form(page, server)
        until(page, "document.documentElement.classList.contains('theme-pret')")
        fill_in(
            page, {"Date de la saisie": "20/11/2026", "Nom du compte": "Livret", "Solde le jour de la saisie": "12"}
        )
        page.get_by_role("button", name="Ajouter un compte").click()
        page.get_by_label("Solde le jour de la saisie").nth(1).fill("34")

        page.reload()
        expect(page.get_by_label("Solde le jour de la saisie").nth(1)).to_have_value("34")
        expect(page.get_by_label("Nom du compte").first).to_have_value("Livret")
        expect(status(page)).to_have_text(TAKEN_UP)
        expect(result(page)).to_be_hidden()

        until(page, "document.documentElement.classList.contains('theme-pret')")
        page.locator(".md-sidebar--primary").get_by_role("link", name="Le compte joint").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("compte joint")
        page.go_back()
        expect(page.get_by_label("Solde le jour de la saisie").nth(1)).to_have_value("34")

    def test_what_was_changed_after_the_answer_is_there_and_waits_to_be_asked(self, page: Page, server: str) -> None:
        open_form(page, server)
        fill_in(page, SIMPLE)
        send(page)
        shows_amounts(page, "651,69", "348,31")
        page.reload()
        shows_amounts(page, "651,69", "348,31")  # the same answers: their result comes back
        fill_in(page, {"Solde le jour de la saisie": "700"})
        page.reload()
        expect(balance(page)).to_have_value("700")
        expect(result(page)).to_be_hidden()

    def test_a_tab_that_a_phone_drops_finds_its_answers(self, page: Page, server: str) -> None:
        open_form(page, server)
        fill_in(page, {"Solde le jour de la saisie": "12"})
        hide(page)
        page.evaluate("() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)")
        page.goto("about:blank")
        page.goto(f"{server}calculateurs/sbi/")
        expect(balance(page)).to_have_value("12")

    def test_after_the_site_was_updated(
        self, new_context: Callable[..., BrowserContext], site: Path, tmp_path: Path
    ) -> None:
        """The new version is another site: what the tab kept is that of the pages before."""
        copy_site(site, tmp_path)
        with serving(tmp_path) as server:
            page = new_context(service_workers="allow").new_page()
            open_form(page, server)
            fill_in(page, {"Date de la saisie": "20/11/2026", "Nom du compte": "Livret", "Somme réclamée": "5"})
            renew(page, tmp_path)
            with page.expect_event("load"):
                page.get_by_role("button", name="Afficher la nouvelle version").click()
            expect(page.get_by_label("Date de la saisie").first).to_have_value("20/11/2026")
            expect(page.get_by_label("Nom du compte").first).to_have_value("Livret")
            expect(page.get_by_label("Somme réclamée").first).to_have_value("5")
            expect(status(page)).to_have_text(TAKEN_UP)  # not finished: filled again, and not sent
            expect(result(page)).to_be_hidden()


def test_another_tab_shows_nothing_of_it(context: BrowserContext, server: str) -> None:
    first = context.new_page()
    open_form(first, server)
    fill_in(first, SIMPLE)
    send(first)
    shows_amounts(first, "651,69", "348,31")
    hide(first)
    other = context.new_page()
    open_form(other, server)
    expect(balance(other)).to_have_value("")
    expect(result(other)).to_be_hidden()


def test_a_link_wins_over_the_tab_but_not_over_what_was_changed_since(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, {"Solde le jour de la saisie": "12"})
    page.goto("about:blank")
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    fill_in(page, {"Solde le jour de la saisie": "700"})
    page.reload()
    expect(balance(page)).to_have_value("700")
    send(page)
    shows_amounts(page, "651,69", "48,31")
    expect(page).to_have_url(re.compile("solde=700"))  # a link that did: the address follows


def test_the_address_takes_the_answers_when_the_reader_asks(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    result(page).get_by_role("button", name="Garder l’adresse").click()
    expect(page).to_have_url(re.compile(re.escape(f"{server}calculateurs/sbi/{SIMPLE_LINK}&regles=") + "[^#]*$"))
    expect(result(page).get_by_text("Vos réponses sont dans l’adresse")).to_be_visible()
    fill_in(page, {"Solde le jour de la saisie": "700"})
    send(page)
    expect(page).to_have_url(re.compile("solde=700"))


@pytest.mark.parametrize("way", ["typed", "link", "list"])
def test_erasing_leaves_the_form_the_address_and_the_browser_as_they_came(page: Page, server: str, way: str) -> None:
    address = "calculateurs/pieces/" if way == "list" else "calculateurs/sbi/"
    open_form(page, server, {"typed": "", "link": SIMPLE_LINK, "list": LIST}[way], address=address)
    before = page.evaluate(STORED)
    eraser = page.get_by_role("button", name="Effacer mes réponses")
    if way == "typed":
        expect(eraser).to_be_hidden()  # nothing to erase yet
        fill_in(page, SIMPLE)
        page.get_by_role("button", name="Ajouter un compte").click()
        page.get_by_label("Solde le jour de la saisie").nth(1).fill("34")
        send(page)
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    if way == "list":
        result(page).get_by_label("Garder mes coches sur cet appareil").check()
        result(page).get_by_role("checkbox").first.check()
    hide(page)
    erase(page)
    expect(status(page)).to_contain_text("Vos réponses sont effacées.")
    expect(result(page)).to_be_hidden()
    expect(eraser).to_be_hidden()
    assert page.url == server + address
    assert set(page.evaluate("() => history.state ?? {}")) <= {"x", "y"}  # where the theme was in the page
    assert set(page.evaluate(STORED)) <= set(before)
    if way != "list":
        expect(page.locator("[data-champ=comptes] [data-ligne]")).to_have_count(1)
        expect(balance(page)).to_have_value("")
    page.reload()
    expect(asking(page)).to_be_enabled()
    expect(result(page)).to_be_hidden()
    expect(status(page)).to_have_text("")


def test_erasing_offers_to_erase_the_other_calculators_of_the_tab(page: Page, server: str) -> None:
    open_form(page, server, address="calculateurs/quotite/")
    fill_in(page, {"Montant net versé": "1500"})
    open_form(page, server)
    fill_in(page, {"Solde le jour de la saisie": "12"})
    erase(page)
    page.get_by_role("button", name="Effacer aussi les autres calculateurs").click()
    expect(status(page)).to_have_text("Tout ce que vous avez tapé dans cet onglet est effacé.")
    open_form(page, server, address="calculateurs/quotite/")
    expect(page.get_by_label("Montant net versé").first).to_have_value("")


def test_erasing_while_the_answer_is_awaited_leaves_nothing(page: Page, server: str) -> None:
    held: list[Any] = []
    page.route("**/engine/worker-*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright counts its parameters
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    expect(status(page)).to_contain_text("Le calculateur se prépare")
    erase(page)
    expect(status(page)).to_have_text("Vos réponses sont effacées.")
    for route in held:
        route.continue_()
    until(page, "() => demarches.engine.state.state === 'ready'")
    expect(status(page)).to_have_text("Vos réponses sont effacées.")
    expect(result(page)).to_be_hidden()


@pytest.mark.parametrize(
    "record",
    ["{", "null", "[]", '"texte"', '{"champs":null,"coches":[]}', '{"champs":{"solde":5},"coches":[],"adresse":""}'],
)
def test_a_record_that_is_not_ours_never_breaks_the_page(page: Page, server: str, record: str) -> None:
    open_form(page, server)
    page.evaluate("text => sessionStorage.setItem('reponses:/calculateurs/sbi/ sbi', text)", record)
    page.reload()
    expect(asking(page)).to_be_enabled()
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")


def test_a_browser_that_keeps_nothing_answers_all_the_same(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    page = context.new_page()
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    hide(page)
    erase(page)
    expect(status(page)).to_have_text("Vos réponses sont effacées.")


def test_an_official_site_learns_nothing_from_the_link_that_leads_to_it(
    page: Page, server: str, faults: Faults
) -> None:
    faults.expect("^off-origin: https://www.legifrance")
    asked: list[Request] = []

    def official(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body='<!doctype html><link rel="icon" href="data:,">', content_type="text/html")

    page.context.route(re.compile("^https://www.legifrance"), official)
    open_form(page, server, SIMPLE_LINK)  # the address holds the answers
    shows_amounts(page, "651,69", "348,31")
    link = result(page).locator("a[rel=external][href*=legifrance]").first
    link.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    address = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(str(address))
    assert [request.url for request in asked] == [address]
    assert "referer" not in asked[0].all_headers()
    assert page.evaluate("[document.referrer, window.name, String(window.opener)]") == ["", "", "null"]


# ---------------------------------------------------------------- what a browser really holds


def found_in(profile: Path) -> set[str]:
    """The files of a closed profile that hold the amount, in any of the ways a browser writes a text."""
    ways = [text.encode(coding) for text in (MARK, MARK.replace(",", ".")) for coding in ("utf-8", "utf-16-le")]
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(profile).as_posix() for path in files if any(way in path.read_bytes() for way in ways)}


def visit(playwright: Playwright, profile: Path, server: str, *, erased: bool) -> list[list[str]]:
    """Give the amount, come back to it in every way, close the browser; return what its stores held meanwhile."""
    context = launch_in(playwright, str(profile), **{**USUAL, "service_workers": "allow"})
    page = context.new_page()
    open_form(page, server)
    fill_in(page, {**SIMPLE, "Solde le jour de la saisie": MARK})
    send(page)
    expect(result(page)).to_contain_text("7\u202f391,46")
    page.reload()
    expect(result(page)).to_contain_text("7\u202f391,46")
    page.goto(f"{server}confidentialite/")
    page.go_back()
    expect(balance(page)).to_have_value(MARK)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    stores: list[list[str]] = page.evaluate(
        """async () => [
          Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys(),
          [document.cookie].filter(Boolean), (await indexedDB.databases()).map(({ name }) => name),
        ]"""
    )
    if erased:
        erase(page)
        expect(status(page)).to_have_text("Vos réponses sont effacées.")
    context.close()
    return stores


@pytest.mark.parametrize("erased", [False, True], ids=["closed", "erased"])
def test_a_closed_profile_holds_the_answers_no_longer_than_the_page_on_privacy_says(
    playwright: Playwright, site: Path, tmp_path: Path, *, erased: bool
) -> None:
    """In the tab's own store, until the browser starts again; nowhere else, the history included."""
    with serving(site) as server:
        stores = visit(playwright, tmp_path, server, erased=erased)
        assert {name.split("/")[1] for name in found_in(tmp_path)} <= {"Session Storage"}
        again = launch_in(playwright, str(tmp_path), **USUAL)
        page = again.new_page()
        open_form(page, server)
        expect(balance(page)).to_have_value("")
        again.close()
        assert found_in(tmp_path) == set()

    local, session, caches, *others = stores
    assert others == [[], []]
    listed = {thing.ou: [t.nom for t in kept() if t.ou == thing.ou] for thing in kept()}
    for store, names in (("localStorage", local), ("sessionStorage", session), ("caches", caches)):
        assert [name for name in names if not any(known in name for known in listed[store])] == [], store


def test_the_page_on_privacy_lists_every_store_that_the_scripts_name(page: Page, server: str) -> None:
    page.goto(f"{server}confidentialite/")
    shown = page.locator("[data-garde]")
    expect(shown).to_have_count(len(kept()))
    for line, thing in zip(shown.all(), kept(), strict=True):
        expect(line).to_contain_text(thing.duree.replace("'", "’"))
