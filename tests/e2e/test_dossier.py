"""« Mon dossier »: one matter on one page, kept only on request, opened from a file or a link, erased to the last."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from playwright.sync_api import expect

from calculators.dossier.document import FORMAT, MOST_CHARACTERS, VERSION, Cas, Dossier, read, write, write_link
from tests.conftest import BROWSERS
from tests.e2e.test_accessibility import findings, watched
from tests.e2e.test_offline import KEPT
from tests.e2e.test_pieces import read_qr
from tests.e2e.test_recovery import UNAVAILABLE, WORKER, host
from tests.helpers import SPARES_DATA, handed, serving, until
from tests.looks.tour import PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.e2e.test_recovery import Host
    from tests.helpers import Faults

__all__ = ["host"]  # a fixture

ADDRESS = "mon-dossier/"
OFFER, AGAIN = "Ouvrir le dossier de ce lien", "Réessayer"
#: What is told of every failure: where what was told or received is, and what to do.
STAYS = "Rien n’est perdu tant que vous restez sur cette page : choisissez « Réessayer »."
SEIZED = {"situation": "saisie-attribution", "role": "debiteur"}
#: All that is left on the device, but for the theme's own choice.
LEFT = """() => [localStorage, sessionStorage].flatMap((store) => {
  return Object.keys(store).filter((key) => !key.endsWith(".__palette"));
})"""
#: The texts of the dossiers kept on the device.
TEXTS = (
    """() => Object.keys(localStorage).filter((key) => key.startsWith("dossier:")).map((key) => localStorage[key])"""
)
TOLD = Cas("delais", {**SEIZED, "date_saisie": "2026-10-20", "date_denonciation": "2026-10-24"})
LIST = Cas("pieces", {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"})


def today(page: Page) -> Locator:
    return page.locator(".dossier-aujourdhui")


def said(page: Page) -> Locator:
    return page.locator("mode-emploi-dossier > [data-zone=ouvrir] .calc-etat")


def failed(page: Page) -> Locator:
    return page.locator("mode-emploi-dossier").get_by_role("status").filter(has=page.get_by_role("button", name=AGAIN))


def button(page: Page, name: str) -> Locator:
    return page.locator("mode-emploi-dossier").get_by_role("button", name=name, exact=True)


def tell_the_dates(page: Page, seized: str, told: str) -> None:
    form = page.locator("mode-emploi-calculateur[data-calculateur=delais]")
    expect(form.locator("[name=situation]")).to_have_value("saisie-attribution")
    expect(form.locator("[name=role][value=debiteur]")).to_be_checked()
    form.locator("[name=date_saisie]").fill(seized)
    form.locator("[name=date_denonciation]").fill(told)
    form.locator("[name=date_denonciation]").press("Enter")
    expect(today(page)).to_be_visible()


def open_file(page: Page, content: str, name: str = "dossier.json") -> None:
    file: Any = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    page.get_by_label("Ouvrir un fichier de dossier").set_input_files(file)


def drop_file(page: Page, content: str) -> None:
    transfer = page.evaluate_handle(
        """(content) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([content], "dossier.json", { type: "application/json" }));
          return transfer;
        }""",
        content,
    )
    page.locator("mode-emploi-dossier").dispatch_event("drop", {"dataTransfer": transfer})


def saved(page: Page) -> Dossier:
    with page.expect_download() as found:
        button(page, "Enregistrer dans un fichier").click()
    return read(Path(found.value.path()).read_text("utf-8"))


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["360", "1280"])
def test_the_facts_are_told_once_and_today_comes_first(
    new_context: Callable[..., BrowserContext], server: str, viewport: Any
) -> None:
    page = watched(new_context, viewport=viewport, reduced_motion="reduce")
    page.goto(f"{server}{ADDRESS}#recu=denonciation")
    tell_the_dates(page, "20/11/2026", "24/11/2026")
    expect(page.locator("#dossier-aujourdhui")).to_be_focused()
    expect(today(page)).to_contain_text("Réclamer à la banque les sommes protégées")
    expect(today(page).get_by_role("listitem")).to_have_count(3)
    assert page.url == server + ADDRESS
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dossier'))") == []

    # Another calculator has the day already, and tells the dossier in its turn, with a word.
    page.locator("mode-emploi-dossier").get_by_role("link", name="Combien doit rester sur le compte").click()
    sbi = page.locator("mode-emploi-calculateur[data-calculateur=sbi]")
    expect(sbi.get_by_label("Date de la saisie").first).to_have_value("20/11/2026")
    sbi.get_by_label("Solde le jour de la saisie").first.fill("1000")
    sbi.get_by_role("button", name="Calculer", exact=True).click()
    expect(sbi.locator("[data-zone=resultat]").get_by_role("status")).to_contain_text("Noté dans votre dossier")
    sbi.get_by_role("link", name="Voir mon dossier").click()
    expect(page.locator(".dossier-vue")).to_contain_text("La banque doit laisser")

    # A day that makes no sense is not noted; the day it was done is, and the rest follows.
    step = page.locator(".dossier-fait", has_text="sommes protégées")
    step.get_by_role("textbox").fill("32/13/2026")
    step.get_by_role("button", name="Noter").click()
    expect(step.get_by_role("alert")).to_contain_text("mois 13")
    step.get_by_role("textbox").fill("25/11/2026")
    step.get_by_role("button", name="Noter").press("Enter")
    expect(today(page)).to_contain_text("Contester la saisie")
    expect(page.locator(".dossier-vue .calc-frise")).to_contain_text("fait le 25")
    # The answers of a case are seen again in its own page, which answers at once.
    page.get_by_role("button", name="Revoir ces réponses : Combien").click()
    expect(sbi.locator(".calc-phrase")).to_contain_text("La banque doit laisser")
    page.go_back()


def test_a_dossier_is_kept_only_on_request_and_nothing_is_left_once_erased(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = watched(new_context, viewport=PHONE, reduced_motion="reduce")
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier(cas=(TOLD, LIST))))
    page.get_by_label("Parti : Demander à la banque").check()
    page.get_by_label("RIB à votre nom").check()
    expect(page.locator("mode-emploi-dossier [data-zone=avancement]")).to_contain_text("1 pièce sur")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dossier'))") == []
    page.get_by_label("Nom du dossier").fill("Compte de Zoé")
    page.get_by_label("Garder ce dossier sur cet appareil").check()
    expect(said(page)).to_contain_text("gardé dans ce navigateur")
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dossier:'))")
    assert len(kept) == 1

    # The tab is closed; another one finds it in the list, and nothing else.
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(server + ADDRESS)
    expect(today(page)).to_have_count(0)
    page.get_by_role("button", name="Ouvrir : Compte de Zoé").click()
    expect(today(page)).to_contain_text("sommes protégées")
    expect(page.get_by_label("Parti le", exact=False)).to_be_checked()
    expect(page.get_by_label("RIB à votre nom")).to_be_checked()
    assert findings(page) == []

    button(page, "Effacer ce dossier").click()
    expect(said(page)).to_contain_text("encore une fois")
    button(page, "Effacer ce dossier").click()
    expect(said(page)).to_contain_text("n’en reste rien")
    expect(page.locator("[name=date_saisie]")).to_have_value("")
    page.reload()
    expect(page.locator("[data-zone=debut]")).to_be_visible()
    assert page.evaluate(LEFT) == []


def test_a_file_is_opened_in_another_browser_and_one_that_is_not_ours_changes_nothing(
    new_context: Callable[..., BrowserContext], firefox: Browser, server: str
) -> None:
    desk = new_context().new_page()
    desk.goto(server + ADDRESS)
    former = {"format": FORMAT, "version": 1, "nom": "Martin", "calculs": {"delais": dict(TOLD.reponses)}}
    open_file(desk, json.dumps(former))
    expect(desk.get_by_label("Nom du dossier")).to_have_value("Martin")
    expect(desk.locator("[name=date_denonciation]")).to_have_value("24/10/2026")
    given = saved(desk)
    assert given == Dossier("Martin", "", (TOLD,))

    home = firefox.new_context().new_page()
    home.goto(server + ADDRESS)
    drop_file(home, write(given))
    expect(today(home)).to_contain_text("sommes protégées")
    newer = write(given).replace(f'"version": {VERSION}', f'"version": {VERSION + 1}')
    hostile = write(Dossier(nom="x")).replace('"x"', '"<img src=x onerror=alert(1)>", "autre": 1')
    for content, words in (
        (newer, "version plus récente"),
        ("{", "pas un dossier"),
        (hostile, "abîmé"),
        ("x" * (MOST_CHARACTERS + 1), "trop gros"),
        ("x" * (2 << 20), "trop gros"),
    ):
        open_file(home, content)
        expect(said(home)).to_contain_text(words)
        expect(home.get_by_label("Nom du dossier")).to_have_value("Martin")
    marked = Dossier("<b>Martin</b>", cas=(Cas("delais", {**TOLD.reponses, "repere": "<img src=x onerror=alert(1)>"}),))
    open_file(home, write(marked))
    expect(home.get_by_label("Nom du dossier")).to_have_value("<b>Martin</b>")
    assert home.locator("mode-emploi-dossier :is(img, b)").count() == 0
    home.context.close()

    # A desk keeps several, and one never takes the answers of another.
    desk.get_by_label("Garder ce dossier sur cet appareil").check()
    button(desk, "Fermer").click()
    expect(desk.locator("[name=date_denonciation]")).to_have_value("")
    open_file(
        desk, write(Dossier("Durand", cas=(Cas("sbi", {"date_saisie": "2026-11-20", "comptes.1.solde": "900"}),)))
    )
    expect(desk.locator(".dossier-vue")).to_contain_text("La banque doit laisser")
    desk.get_by_label("Garder ce dossier sur cet appareil").check()
    expect(desk.locator("[data-zone=liste]")).to_contain_text("2 dossiers gardés ici")
    desk.get_by_role("button", name="Ouvrir : Martin").click()
    expect(desk.locator(".dossier-vue")).not_to_contain_text("La banque doit laisser")
    button(desk, "Tout effacer").click()
    button(desk, "Tout effacer").click()
    expect(said(desk)).to_contain_text("Tout est effacé")
    assert desk.evaluate(LEFT) == []


def test_a_link_goes_to_a_phone_without_a_name_and_leaves_nothing_in_the_address(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context()
    context.add_init_script("navigator.share = async (told) => { window.told = told; };")
    page = context.new_page()
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé Martin", cas=(TOLD,))))
    expect(today(page)).to_be_visible()
    button(page, "Lien et QR code pour un téléphone").click()
    expect(page.locator(".dossier-qr svg")).to_be_visible()
    address = page.get_by_role("link", name="Le lien vers ce dossier").get_attribute("href") or ""
    assert read_qr(page, page.locator(".dossier-qr")) == address
    button(page, "Partager…").click()
    told = until(page, "() => window.told")
    assert told["url"] == address
    assert "sommes protégées" in told["text"]

    phone = new_context(viewport=PHONE).new_page()
    phone.goto(address)
    expect(said(phone)).to_contain_text("Ce lien contient un dossier")
    assert phone.url == server + ADDRESS
    assert phone.evaluate(LEFT) == []
    button(phone, OFFER).click()
    expect(today(phone)).to_contain_text("sommes protégées")
    expect(phone.get_by_label("Nom du dossier")).to_have_value("")
    phone.goto("about:blank")
    phone.goto(f"{server}{ADDRESS}#dossier=%%%")
    # That of the tab is shown again, and the one of the link still offered.
    expect(today(phone)).to_be_visible()
    button(phone, OFFER).click()
    expect(said(phone)).to_contain_text("pas un dossier")


def test_where_the_browser_keeps_nothing_the_dossier_lasts_as_long_as_the_page(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context()
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); };")
    page = context.new_page()
    page.goto(f"{server}{ADDRESS}#recu=denonciation")
    tell_the_dates(page, "20/11/2026", "24/11/2026")
    expect(page.locator("mode-emploi-dossier").get_by_role("alert").first).to_contain_text("ne garde rien")
    page.get_by_label("Garder ce dossier sur cet appareil").click()
    expect(said(page)).to_contain_text("ne permet pas")
    assert saved(page).cas[0].reponses["date_saisie"] == "20/11/2026"
    until(page, "() => sessionStorage.length === 0")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_a_dossier_and_its_letters_go_on_without_a_network(
    new_context: Callable[..., BrowserContext], site: Path, faults: Faults
) -> None:
    """Kept at the reader's request, and by no other way: they told their browser to spare data."""
    faults.expect("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource")
    reader = new_context(service_workers="allow", viewport=PHONE)
    reader.add_init_script(SPARES_DATA)
    with serving(site) as server:
        page = reader.new_page()
        page.goto(f"{server}confidentialite/")
        page.get_by_role("button", name="Garder tout le site").click()
        expect(page.locator("mode-emploi-appareil")).to_contain_text("Tout le site est gardé sur cet appareil")
        kept, before = set(page.evaluate(KEPT)), page.evaluate(LEFT)
    assert page.evaluate("() => fetch('/rien', { cache: 'no-store' }).then(() => false, () => true)")

    # From the paper in hand to a dossier.
    page.goto(f"{server}qu-avez-vous-recu/")
    for words in ("Un commissaire de justice", "De mon compte en banque"):
        page.locator(".recu summary", has_text=words).first.click()
    paper = page.get_by_role("listitem").filter(has=page.locator("#denonciation"))
    paper.locator("summary", has_text="C’est ce papier").click()
    expect(paper).to_contain_text("D’abord")
    paper.get_by_role("link", name="Suivre cette affaire dans un dossier").click()
    tell_the_dates(page, "20/11/2026", "24/11/2026")

    # One of another day is opened from its file, changed, saved, and erased.
    open_file(page, write(Dossier("Martin", cas=(TOLD, LIST))))
    expect(page.get_by_label("Nom du dossier")).to_have_value("Martin")
    page.get_by_label("RIB à votre nom").check()
    step = page.locator(".dossier-fait", has_text="sommes protégées")
    step.get_by_role("textbox").fill("26/10/2026")
    step.get_by_role("button", name="Noter").click()
    expect(page.locator(".dossier-vue .calc-frise")).to_contain_text("fait le 26")
    taken = read(handed(page, button(page, "Enregistrer dans un fichier")).decode())
    assert "26/10/2026" in taken.cas[0].reponses.values()
    assert taken.cas[1].coches

    # A letter, and its file: what writes it was kept too.
    page.goto(f"{server}calculateurs/courriers/#courrier=banque-sommes")
    letter = page.locator("[data-zone=courrier-feuille]")
    expect(letter).to_contain_text("20\u00a0octobre 2026")
    book = docx.Document(io.BytesIO(handed(page, page.get_by_role("button", name=re.compile("docx")))))
    assert any("20\u00a0octobre 2026" in paragraph.text for paragraph in book.paragraphs)

    page.goto(f"{server}{ADDRESS}")
    expect(page.get_by_label("Nom du dossier")).to_have_value("Martin")
    button(page, "Effacer ce dossier").click()
    button(page, "Effacer ce dossier").click()
    expect(said(page)).to_contain_text("n’en reste rien")
    assert page.evaluate(LEFT) == before
    assert set(page.evaluate(KEPT)) == kept


def link_to(dossier: Dossier) -> str:
    return f"{ADDRESS}#dossier={base64.urlsafe_b64encode(write_link(dossier).encode('latin-1')).decode().rstrip('=')}"


def test_the_dossier_of_a_link_is_opened_by_trying_again(page: Page, host: Host, faults: Faults) -> None:
    """Python does not start: neither the address nor the device holds it, and the page does until it is open."""
    faults.expect("^console: ")
    host.befall(WORKER, UNAVAILABLE)
    page.goto(host.url + link_to(Dossier(cas=(TOLD,))))
    expect(said(page)).to_contain_text("Ce lien contient un dossier")
    button(page, OFFER).click()
    for _ in range(2):
        expect(failed(page)).to_contain_text(f"Ce dossier n’a pas pu être ouvert. {STAYS}")
        with page.expect_response(re.compile(WORKER)):
            button(page, AGAIN).press("Enter")
    expect(button(page, AGAIN)).to_be_focused()
    expect(button(page, OFFER)).to_be_visible()
    assert page.url == host.url + ADDRESS
    assert page.evaluate(LEFT) == []
    host.heal()
    button(page, AGAIN).press("Enter")
    expect(page.locator("#dossier-aujourdhui")).to_be_focused()
    expect(today(page)).to_contain_text("sommes protégées")
    expect(said(page)).to_contain_text("Dossier ouvert")
    for gone in (AGAIN, OFFER):
        expect(button(page, gone)).to_be_hidden()


def test_where_python_does_not_start_each_dossier_waits_for_its_own_question(
    page: Page, host: Host, faults: Faults
) -> None:
    """That of the tab, that of a link, that of a file."""
    faults.expect("^console: ")
    mine = write(Dossier("Zoé", cas=(TOLD,)))
    page.goto(f"{host.url}404.html")
    page.evaluate("texte => sessionStorage.setItem('dossier', JSON.stringify({ id: '', texte }))", mine)
    host.befall(WORKER, UNAVAILABLE)
    page.goto(host.url + link_to(Dossier(cas=(LIST,))))
    expect(failed(page)).to_contain_text(f"Le dossier n’a pas pu être préparé. {STAYS}")
    expect(button(page, OFFER)).to_be_visible()
    # It is taken away as it is; nothing is said of what Python alone can tell.
    assert write(saved(page)) == mine
    expect(said(page)).to_contain_text("Fichier enregistré")
    expect(failed(page)).to_be_visible()
    button(page, "Ajouter à mon agenda (.ics)").click()
    expect(failed(page)).to_contain_text("n’a pas pu être préparé")
    open_file(page, write(Dossier("Martin", cas=(TOLD,))))
    expect(failed(page)).to_contain_text("n’a pas pu être ouvert")
    expect(page.get_by_label("Nom du dossier")).to_have_value("Zoé")
    host.heal()
    button(page, AGAIN).click()
    expect(page.get_by_label("Nom du dossier")).to_have_value("Martin")
    button(page, OFFER).click()
    expect(page.get_by_label("RIB à votre nom")).to_be_visible()
    expect(page.get_by_label("Nom du dossier")).to_have_value("")


def test_what_was_asked_of_an_open_dossier_is_asked_again(page: Page, server: str) -> None:
    """Python answered, and answers no more: a day typed stays, and what was to go; a link goes with its dossier."""
    fails = "() => { demarches.engine.call = () => Promise.reject(new Error('gone')); }"
    heals = "() => delete demarches.engine.call"
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(TOLD, LIST))))
    expect(today(page)).to_be_visible()

    page.evaluate(fails)
    step = page.locator(".dossier-fait", has_text="sommes protégées")
    step.get_by_role("textbox").fill("26/10/2026")
    step.get_by_role("button", name="Noter").click()
    expect(failed(page)).to_contain_text(f"Ce jour n’a pas pu être noté : il reste écrit à sa place. {STAYS}")
    expect(step.get_by_role("alert")).to_be_hidden()
    expect(step.get_by_role("textbox")).to_have_value("26/10/2026")
    page.evaluate(heals)
    button(page, AGAIN).click()
    expect(page.locator(".dossier-vue .calc-frise")).to_contain_text("fait le 26")

    page.evaluate(fails)
    remove = page.locator("[data-action=retirer]")
    expect(remove).to_have_count(2)
    remove.last.click()
    expect(failed(page)).to_contain_text(f"Ces réponses n’ont pas pu être retirées. {STAYS}")
    assert len(saved(page).cas) == 2
    remove.last.click()
    page.evaluate(heals)
    button(page, AGAIN).click()
    expect(remove).to_have_count(1)
    assert [one.calculateur for one in saved(page).cas] == ["delais"]

    page.locator("[data-courrier]").first.check()
    page.evaluate(fails)
    button(page, "Lien et QR code pour un téléphone").click()
    expect(failed(page)).to_contain_text(f"pas pu être mis à jour : ce qui en est affiché date d’avant. {STAYS}")
    page.evaluate(heals)
    button(page, AGAIN).click()
    expect(page.locator(".dossier-qr svg")).to_be_visible()
    page.evaluate(fails)
    button(page, "Lien et QR code pour un téléphone").click()
    expect(failed(page)).to_contain_text("Le QR code n’a pas pu être fait. Le lien reste bon.")
    page.evaluate(heals)
    button(page, AGAIN).click()
    expect(page.locator(".dossier-qr svg")).to_be_visible()
    button(page, "Fermer").click()
    expect(page.get_by_role("link", name="Le lien vers ce dossier")).to_have_count(0)


#: What Python answers about a dossier waits until it is let through.
HOLDS = """() => {
  const { engine } = demarches;
  const waiting = [];
  window.letThrough = undefined;
  engine.call = async (...asked) => {
    if ("dossier" in asked[0]) {
      await new Promise((through) => {
        waiting.push(through);
        window.letThrough = () => waiting.splice(0).forEach((one) => one());
      });
    }
    return Object.getPrototypeOf(engine).call.apply(engine, asked);
  };
}"""
HELD = "() => Boolean(window.letThrough)"
LETS = "() => { delete demarches.engine.call; window.letThrough(); }"
#: The answer that waits comes, and no other does.
LETS_ONE = "() => { demarches.engine.call = () => Promise.reject(new Error('gone')); window.letThrough(); }"
HEALS = "() => delete demarches.engine.call"
#: Comes once Python has answered all that it was asked before.
ANSWERED = "async () => { await demarches.engine.call({ qr: 'https://example.org/' }); }"
CARET = "(field) => [field.selectionStart, field.selectionEnd]"
#: As a browser tells a page that it brings back as it was left.
BACK = "() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
RECENT = Cas("delais", {**SEIZED, "date_saisie": "20/11/2026", "date_denonciation": "24/11/2026"})


def step_of(page: Page, words: str) -> Locator:
    return page.locator(".dossier-fait", has_text=words)


def test_a_day_typed_and_not_noted_stays_when_the_dossier_is_drawn_again(page: Page, server: str) -> None:
    """By its question and its case, with the focus and the caret."""
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(LIST, RECENT))))
    claim, field = step_of(page, "sommes protégées"), step_of(page, "Contester").get_by_role("textbox")
    name = page.get_by_label("Nom du dossier")
    view = page.locator(".dossier-vue")

    # The reader goes on typing while Python draws the dossier with its new name.
    page.evaluate(HOLDS)
    name.fill("Zoé Martin")
    name.press("Tab")
    until(page, HELD)
    field.press_sequentially("26/112026")
    for _ in "2026":
        field.press("ArrowLeft")
    page.evaluate(LETS)
    expect(view).to_contain_text("Zoé Martin")
    expect(field).to_have_value("26/112026")
    expect(field).to_be_focused()
    assert field.evaluate(CARET) == [5, 5]
    page.keyboard.type("/")
    expect(field).to_have_value("26/11/2026")

    # Another step is noted; its own day is written no more.
    claim.get_by_role("textbox").fill("25/11/2026")
    claim.get_by_role("button", name="Noter").click()
    expect(page.locator("#dossier-aujourdhui")).to_be_focused()
    expect(view.locator(".calc-frise")).to_contain_text("fait le 25")
    expect(field).to_have_value("26/11/2026")
    # The case before it goes, and its own has another number; then its dates change.
    page.get_by_role("button", name="Retirer du dossier").first.click()
    expect(page.locator("[data-action=retirer]")).to_have_count(1)
    expect(field).to_have_value("26/11/2026")
    told = page.locator("mode-emploi-calculateur [name=date_denonciation]")
    told.fill("25/11/2026")
    told.press("Enter")
    expect(page.locator("#dossier-aujourdhui")).to_be_focused()
    expect(view.locator(".calc-frise")).to_contain_text("25 novembre")
    expect(field).to_have_value("26/11/2026")


def test_what_is_wrong_with_a_day_and_a_name_that_is_being_typed_stay_when_the_dossier_is_drawn_again(
    page: Page, server: str
) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(RECENT,))))
    step, name, view = step_of(page, "Contester"), page.get_by_label("Nom du dossier"), page.locator(".dossier-vue")
    field, alert = step.get_by_role("textbox"), step.get_by_role("alert")
    field.fill("hier soir")
    step.get_by_role("button", name="Noter").click()
    expect(alert).to_be_visible()
    expect(field).to_be_focused()
    wrong = alert.inner_text()

    # Another name: Python draws the dossier with it while one more is being typed.
    page.evaluate(HOLDS)
    name.fill("Zoé Martin")
    name.press("Tab")
    until(page, HELD)
    name.fill("Zoé Martin-Du")
    page.evaluate(LETS)
    expect(view).to_contain_text("Zoé Martin")
    expect(name).to_have_value("Zoé Martin-Du")
    expect(field).to_have_value("hier soir")
    expect(alert).to_have_text(wrong)
    expect(field).to_have_accessible_description(wrong)

    # That of another matter takes its place; what is put right is no longer said.
    drop_file(page, write(Dossier("Durand", cas=(RECENT,))))
    expect(view).to_contain_text("Durand")
    expect(name).to_have_value("Durand")
    expect(field).to_have_value("")
    expect(alert).to_be_hidden()
    field.fill("hier soir")
    step.get_by_role("button", name="Noter").click()
    expect(alert).to_be_visible()
    field.fill("25/11/2026")
    step.get_by_role("button", name="Noter").click()
    expect(view.locator(".calc-frise")).to_contain_text("fait le 25")
    expect(view.get_by_role("alert")).to_have_count(0)


def test_a_day_typed_for_one_matter_never_goes_to_another(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(RECENT,))))
    field, view = step_of(page, "Contester").get_by_role("textbox"), page.locator(".dossier-vue")
    field.fill("26/11/2026")

    # The page is left, and comes back as it was: first for the same matter, then for that of another person.
    page.locator("[data-courrier]").first.check()
    page.evaluate(BACK)
    expect(view.locator("[data-courrier]:checked")).to_have_count(1)
    expect(said(page)).to_have_text("Votre dossier est à jour.")
    expect(field).to_have_value("26/11/2026")
    other = write(Dossier("Martin", cas=(TOLD,)))
    page.evaluate("texte => sessionStorage.setItem('dossier', JSON.stringify({ id: '', texte }))", other)
    page.evaluate(BACK)
    expect(view).to_contain_text("Martin")
    expect(field).to_have_value("")

    # A dossier is opened; or the form is erased, which takes its case out of the dossier.
    field.fill("26/11/2026")
    open_file(page, write(Dossier("Durand", cas=(LIST, RECENT))))
    expect(view).to_contain_text("Durand")
    expect(field).to_have_value("")
    field.fill("26/11/2026")
    form = page.locator("mode-emploi-calculateur[data-calculateur=delais]")
    form.locator("[data-action=effacer]").click()
    form.locator("[name=situation]").select_option("saisie-attribution")
    form.locator("[name=role][value=debiteur]").check()
    tell_the_dates(page, "20/11/2026", "24/11/2026")
    expect(field).to_have_value("")


def test_what_the_form_erases_leaves_the_dossier_at_once_and_does_not_come_back(page: Page, server: str) -> None:
    """« Effacer » is of the page's first script, the dossier of the second one: neither holds what the other let go."""
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(LIST, RECENT))))
    view = page.locator(".dossier-vue")
    expect(step_of(page, "Contester")).to_be_visible()
    form = page.locator("mode-emploi-calculateur[data-calculateur=delais]")
    form.locator("[data-action=effacer]").click()
    expect(step_of(page, "Contester")).to_have_count(0)
    expect(view).to_contain_text("Zoé")

    open_file(page, write(Dossier("Zoé", cas=(RECENT,))))
    expect(step_of(page, "Contester")).to_be_visible()
    form.locator("[data-action=effacer]").click()
    expect(view).to_have_count(0)
    form.locator("[name=situation]").select_option("saisie-attribution")
    form.locator("[name=role][value=debiteur]").check()
    tell_the_dates(page, "20/11/2026", "24/11/2026")
    assert saved(page).nom == ""


def test_what_changes_once_the_browser_has_no_room_left_is_not_lost(page: Page, server: str) -> None:
    """What it stored before is older than what the page holds."""
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(RECENT,))))
    expect(step_of(page, "Contester")).to_be_visible()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }")
    page.get_by_label("Nom du dossier").fill("Zoé Martin")
    page.get_by_label("Nom du dossier").press("Tab")
    expect(page.locator(".dossier-vue")).to_contain_text("Zoé Martin")
    assert saved(page).nom == "Zoé Martin"


@pytest.mark.parametrize("kept", [False, True], ids=["tab", "device"])
def test_what_the_form_erases_before_python_answers_does_not_come_back(page: Page, server: str, *, kept: bool) -> None:
    page.goto(f"{server}{ADDRESS}#recu=denonciation")
    if kept:
        open_file(page, write(Dossier("Zoé", cas=(LIST,))))
        page.get_by_label("Garder ce dossier sur cet appareil").check()
    form = page.locator("mode-emploi-calculateur[data-calculateur=delais]")
    if kept:
        form.locator("[name=situation]").select_option("saisie-attribution")
        form.locator("[name=role][value=debiteur]").check()
    page.evaluate(HOLDS)
    form.locator("[name=date_saisie]").fill("20/11/2026")
    form.locator("[name=date_denonciation]").fill("24/11/2026")
    form.locator("[name=date_denonciation]").press("Enter")
    until(page, HELD)
    form.locator("[data-action=effacer]").click()
    if kept:  # the reader asked for that one, and closes it with all the rest
        form.get_by_role("button", name="Effacer aussi les autres calculateurs").click()
    page.evaluate(LETS)
    page.evaluate(ANSWERED)
    expect(page.locator("[data-zone=debut]")).to_be_visible()
    expect(today(page)).to_have_count(0)
    expect(said(page)).to_have_text("")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert len(page.evaluate(TEXTS)) == int(kept)


@pytest.mark.parametrize("action", ["fait", "retirer"])
def test_python_is_asked_no_more_for_a_change_of_what_was_erased(page: Page, server: str, action: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(RECENT,))))
    step_of(page, "Contester").get_by_role("textbox").fill("26/11/2026")
    page.evaluate(HOLDS)
    page.locator(f"[data-action={action}]").last.click()
    until(page, HELD)
    page.locator("mode-emploi-calculateur [data-action=effacer]").click()
    page.evaluate(LETS)
    page.evaluate(ANSWERED)
    expect(said(page)).to_have_text("")
    expect(failed(page)).to_have_count(0)
    expect(page.locator(".dossier-vue")).to_have_count(0)
    assert page.evaluate("sessionStorage.getItem('dossier')") is None


def garder(page: Page) -> Locator:
    return page.get_by_label("Garder ce dossier sur cet appareil")


def alert(page: Page) -> Locator:
    return page.locator("mode-emploi-dossier > [data-zone=alerte]")


def rename(page: Page, name: str) -> None:
    page.get_by_label("Nom du dossier").fill(name)
    page.get_by_label("Nom du dossier").press("Tab")
    expect(page.locator(".dossier-vue")).to_contain_text(name)


@pytest.fixture
def tabs(new_context: Callable[..., BrowserContext], server: str) -> tuple[Page, Page]:
    """Two tabs, with the same dossier that is kept on the device."""
    first = new_context().new_page()
    first.goto(server + ADDRESS)
    open_file(first, write(Dossier("Zoé", cas=(LIST, RECENT))))
    expect(today(first)).to_be_visible()
    garder(first).check()
    second = first.context.new_page()
    second.goto(server + ADDRESS)
    second.get_by_role("button", name="Ouvrir : Zoé").click()
    expect(today(second)).to_be_visible()
    return first, second


@pytest.mark.parametrize("loaded", [False, True], ids=["changed", "loaded"])
def test_a_dossier_erased_in_another_tab_is_not_kept_again(tabs: tuple[Page, Page], *, loaded: bool) -> None:
    first, second = tabs
    button(second, "Tout effacer").click()
    button(second, "Tout effacer").click()
    expect(said(second)).to_contain_text("Tout est effacé")
    if loaded:
        first.reload()
    else:
        rename(first, "Zoé Martin")
    expect(alert(first)).to_contain_text("effacé de cet appareil dans un autre onglet")
    expect(garder(first)).not_to_be_checked()
    expect(step_of(first, "Contester")).to_be_visible()
    assert first.evaluate(TEXTS) == []
    # It is as one that was never kept, until the reader asks for it again.
    garder(first).check()
    expect(alert(first)).to_be_hidden()
    assert len(first.evaluate(TEXTS)) == 1


def test_two_tabs_never_write_over_each_other(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    rename(second, "Zoé Martin")
    first.get_by_label("RIB à votre nom").check()
    expect(alert(first)).to_contain_text("changé dans un autre onglet")
    expect(garder(first)).not_to_be_checked()
    (kept,) = first.evaluate(TEXTS)
    assert (read(kept).nom, read(kept).cas[0].coches) == ("Zoé Martin", ())
    mine = saved(first)
    assert mine.nom == "Zoé"
    assert mine.cas[0].coches

    # The one that is kept is in the list; from then on this tab has it.
    first.get_by_role("button", name="Ouvrir : Zoé Martin").click()
    expect(first.get_by_label("Nom du dossier")).to_have_value("Zoé Martin")
    expect(garder(first)).to_be_checked()
    expect(alert(first)).to_be_hidden()
    # To keep it no more is not to erase what another tab added.
    rename(second, "Zoé M.")
    garder(first).uncheck()
    expect(said(first)).to_contain_text("changé dans un autre onglet")
    assert [read(text).nom for text in first.evaluate(TEXTS)] == ["Zoé M."]
    # To erase it here is not to say that nothing is left.
    for _ in range(2):
        first.get_by_role("button", name="Effacer ce dossier").click()
    expect(said(first)).to_have_text("Dossier effacé. Ceux de la liste sont encore gardés sur cet appareil.")


def test_another_version_of_the_site_in_another_tab_parts_nothing(tabs: tuple[Page, Page]) -> None:
    """Each version writes its own name in the dossiers that it opens: nobody changed them."""
    first, second = tabs
    second.evaluate(
        """() => Object.keys(localStorage).filter((key) => key.startsWith("dossier:")).forEach((key) => {
          localStorage[key] = localStorage[key].replace(/"regles": "[^"]*"/, '"regles": "2036-01-01-000000"');
        })"""
    )
    (kept,) = first.evaluate(TEXTS)
    assert "2036-01-01-000000" in kept
    first.get_by_label("RIB à votre nom").check()
    expect(garder(first)).to_be_checked()
    expect(alert(first)).to_be_hidden()
    (kept,) = first.evaluate(TEXTS)
    assert read(kept).cas[0].coches


def test_what_another_tab_added_is_taken_up_by_a_page_that_is_loaded(tabs: tuple[Page, Page], server: str) -> None:
    first, second = tabs
    rename(second, "Zoé Martin")
    first.reload()
    expect(first.locator(".dossier-vue")).to_contain_text("Zoé Martin")
    expect(first.get_by_label("Nom du dossier")).to_have_value("Zoé Martin")
    expect(garder(first)).to_be_checked()
    expect(alert(first)).to_be_hidden()
    rename(second, "Zoé M.")
    first.goto(f"{server}calculateurs/sbi/")
    sbi = first.locator("mode-emploi-calculateur[data-calculateur=sbi]")
    sbi.get_by_label("Date de la saisie").first.fill("20/11/2026")
    sbi.get_by_label("Solde le jour de la saisie").first.fill("1000")
    sbi.get_by_role("button", name="Calculer", exact=True).click()
    expect(sbi.locator("[data-zone=resultat]").get_by_role("status")).to_contain_text("dossier «\u00a0Zoé M.\u00a0»")
    (kept,) = first.evaluate(TEXTS)
    assert [one.calculateur for one in read(kept).cas] == ["pieces", "delais", "sbi"]


def test_a_list_drawn_before_opens_what_is_kept_now(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    button(first, "Fermer").click()
    rename(second, "Zoé Martin")
    first.get_by_role("button", name="Ouvrir : Zoé").click()
    expect(first.get_by_label("Nom du dossier")).to_have_value("Zoé Martin")
    button(first, "Fermer").click()
    button(second, "Tout effacer").click()
    button(second, "Tout effacer").click()
    expect(said(second)).to_contain_text("Tout est effacé")
    first.get_by_role("button", name="Ouvrir : Zoé Martin").click()
    expect(said(first)).to_contain_text("n’est plus gardé sur cet appareil")
    expect(first.get_by_role("button", name="Ouvrir : Zoé Martin")).to_have_count(0)
    expect(first.locator("[data-zone=debut]")).to_be_visible()


BALANCE = Cas("sbi", {"date_saisie": "20/11/2026", "comptes.1.solde": "900"})


def note(page: Page, words: str, day: str) -> None:
    step_of(page, words).get_by_role("textbox").fill(day)
    step_of(page, words).get_by_role("button", name="Noter").click()


def test_changes_asked_before_python_answers_are_all_made(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(LIST, RECENT, BALANCE))))
    view, remove = page.locator(".dossier-vue"), page.locator("[data-action=retirer]")
    expect(remove).to_have_count(3)
    page.evaluate(HOLDS)
    note(page, "sommes protégées", "25/11/2026")
    until(page, HELD)
    note(page, "Contester", "26/11/2026")
    page.get_by_label("Nom du dossier").fill("Zoé Martin")
    page.get_by_label("Nom du dossier").press("Tab")
    page.evaluate(LETS)
    expect(view).to_contain_text("Zoé Martin")
    expect(view.locator(".calc-frise").first).to_contain_text("fait le 25")
    expect(view.locator(".calc-frise").first).to_contain_text("fait le 26")
    expect(said(page)).to_have_text("Votre dossier est à jour.")
    told = saved(page)
    assert told.nom == "Zoé Martin"
    assert {"25/11/2026", "26/11/2026"} <= set(told.cas[1].reponses.values())

    # Each that goes is the one that was chosen, whatever went before it; chosen twice, it goes once.
    page.evaluate(HOLDS)
    remove.first.click()
    until(page, HELD)
    remove.first.click()
    remove.nth(1).click()
    page.evaluate(LETS)
    expect(remove).to_have_count(1)
    page.evaluate(ANSWERED)
    assert [one.calculateur for one in saved(page).cas] == ["sbi"]


def test_of_several_changes_those_that_fail_are_said_and_made_again(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(LIST, RECENT, BALANCE))))
    frieze, remove = page.locator(".dossier-vue .calc-frise").first, page.locator("[data-action=retirer]")
    expect(remove).to_have_count(3)
    page.evaluate(HOLDS)
    remove.first.click()
    until(page, HELD)
    note(page, "sommes protégées", "25/11/2026")
    note(page, "Contester", "26/11/2026")
    remove.last.click()
    page.evaluate(LETS_ONE)
    expect(failed(page)).to_contain_text("n’a pas pu être noté : il reste écrit")
    expect(failed(page)).to_contain_text(f"n’ont pas pu être retirées. {STAYS}")
    expect(remove).to_have_count(2)
    expect(said(page)).to_have_text("")
    expect(step_of(page, "Contester").get_by_role("textbox")).to_have_value("26/11/2026")
    page.evaluate(HEALS)
    button(page, AGAIN).click()
    expect(remove).to_have_count(1)
    expect(frieze).to_contain_text("fait le 25")
    expect(frieze).to_contain_text("fait le 26")
    expect(failed(page)).to_have_count(0)
    (told,) = saved(page).cas
    assert {"25/11/2026", "26/11/2026"} <= set(told.reponses.values())


def test_a_change_is_made_to_its_case_when_the_form_takes_another_out(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(RECENT, LIST, BALANCE))))
    remove = page.locator("[data-action=retirer]")
    expect(remove).to_have_count(3)
    page.evaluate(HOLDS)
    remove.nth(1).click()
    until(page, HELD)
    page.locator("mode-emploi-calculateur [data-action=effacer]").click()
    page.evaluate(LETS)
    expect(remove).to_have_count(1)
    assert [one.calculateur for one in saved(page).cas] == ["sbi"]


def test_what_waits_is_not_done_to_a_dossier_that_is_closed_or_to_the_next(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    open_file(page, write(Dossier("Zoé", cas=(LIST, RECENT))))
    remove = page.locator("[data-action=retirer]")
    expect(remove).to_have_count(2)
    page.evaluate(HOLDS)
    remove.first.click()
    until(page, HELD)
    remove.last.click()
    button(page, "Fermer").click()
    open_file(page, write(Dossier("Martin", cas=(LIST, BALANCE))))
    page.evaluate(LETS)
    expect(page.get_by_label("Nom du dossier")).to_have_value("Martin")
    page.evaluate(ANSWERED)
    expect(remove).to_have_count(2)
    assert len(saved(page).cas) == 2
