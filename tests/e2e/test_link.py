"""Where a court makes a link: the link opens its list, the codes decode to it, what is printed and pasted holds it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from playwright.sync_api import expect

from calculators.edition import edition
from tests.e2e.test_accessibility import findings
from tests.e2e.test_keyboard import focused
from tests.helpers import TODAY, settle, until
from tests.looks.tour import AXE
from tests.sbi_page import SIMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page

    from tests.helpers import Faults

ADDRESS = "juridictions/lien/"
#: The link of a case, and what it says of the rules it was made with.
CASE = "calculateurs/pieces/#demarche=consignation-cph&sens=restituer&profil=particulier"
MARKED = f"{CASE}&regles={edition().id}&calcule={TODAY.isoformat()}"

#: The grey levels of a picture, as the browser itself reads its bytes.
GREYS = """async ([type, bytes, width]) => {
  const picture = new Image();
  picture.src = `data:${type};base64,${bytes}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width || picture.naturalWidth;
  canvas.height = width || picture.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let greys = "";
  for (let at = 0; at < data.length; at += 4) greys += String.fromCharCode(data[at + 3] ? data[at] : 255);
  return [canvas.height, canvas.width, btoa(greys)];
}"""


def decoded(page: Page, kind: str, picture: bytes, width: int = 0) -> list[str]:
    """The QR codes of a picture, read by another library than the one that made them."""
    height, wide, greys = page.evaluate(GREYS, [kind, b64encode(picture).decode(), width])
    image = memoryview(b64decode(greys)).cast("B", shape=[height, wide])
    return [
        str(found.text)
        for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    ]


def open_maker(page: Page, server: str) -> None:
    page.clock.set_fixed_time(f"{TODAY}T10:00:00")
    page.goto(server + ADDRESS)
    expect(page.get_by_role("button", name="Faire le lien")).to_be_enabled()


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Le lien et ce qu’on en fait")


def make(page: Page, server: str) -> None:
    """Make the link of one case; the answers are given by keyboard alone."""
    open_maker(page, server)
    page.get_by_label("Que voulez-vous donner").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Prud")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Récupérer la provision")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Un particulier, par exemple un salarié")).to_be_checked()
    page.keyboard.press("Enter")


def drawn(page: Page) -> None:
    expect(result(page).get_by_text("Le QR code est prêt.")).to_be_visible()


def test_a_link_is_made_by_keyboard_and_opens_its_list(page: Page, server: str) -> None:
    make(page, server)
    expect(result(page).get_by_role("heading", name="Votre lien")).to_be_focused()
    assert focused(page)["inView"]
    link = result(page).get_by_role("link", name=server)
    assert link.get_attribute("href") == server + MARKED
    assert link.inner_text() == server + MARKED
    # The link and the code to paste are there before Python is; who changes an answer is told to make it again.
    page.get_by_role("radio", name="Verser la provision (consigner)").check()
    expect(result(page)).to_be_hidden()
    expect(page.locator("mode-emploi-lien form [data-zone=etat]")).to_contain_text("choisissez à nouveau")
    page.get_by_role("radio", name="Récupérer la provision").check()
    page.get_by_role("button", name="Faire le lien").click()
    link.click()
    expect(page.locator("[data-zone=avancement]")).to_have_text("0 pièce sur 4")


def test_what_is_not_chosen_is_asked_for(page: Page, server: str) -> None:
    open_maker(page, server)
    page.get_by_role("button", name="Faire le lien").click()
    summary = page.get_by_role("group", name="Une réponse manque")
    expect(summary).to_be_focused()
    summary.get_by_role("link").press("Enter")
    expect(page.get_by_label("Quelle démarche préparez-vous")).to_be_focused()
    expect(page.get_by_label("Quelle démarche préparez-vous")).to_have_attribute("aria-invalid", "true")
    expect(result(page)).to_be_hidden()


def test_the_downloads_and_the_sheets_hold_the_link(page: Page, server: str) -> None:
    make(page, server)
    drawn(page)
    for name, kind, width in (("QR code en PNG", "image/png", 0), ("QR code en SVG", "image/svg+xml", 600)):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert decoded(page, kind, download.value.path().read_bytes(), width) == [server + MARKED]

    png, svg = (page.get_by_role("button", name=f"QR code en {kind}").bounding_box() for kind in ("PNG", "SVG"))
    assert png
    assert svg
    assert png["x"] - svg["x"] - svg["width"] >= 4 or png["y"] - svg["y"] - svg["height"] >= 4

    page.evaluate("window.print = () => {}")
    page.get_by_label("Titre", exact=True).fill("<b>Récupérer</b> votre provision")
    for name, codes in (("Imprimer une affiche (A4)", 1), ("Imprimer des bandelettes à découper (A4)", 8)):
        page.get_by_role("button", name=name).press("Enter")
        # A sheet of paper at the resolution of a screen, for the codes; a PDF, for the pages.
        page.set_viewport_size({"width": 718, "height": 1050})
        page.emulate_media(media="print")
        seen = page.locator("body").inner_text()
        assert seen.count("<b>Récupérer</b> votre provision") == codes
        assert seen.count(server + MARKED) == codes
        assert seen.count("Quoi apporter") == seen.count("Mode d’emploi des démarches") == codes
        assert "Copier le lien" not in seen
        assert decoded(page, "image/png", page.screenshot()) == [server + MARKED] * codes
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
        page.emulate_media(media="screen")
    page.keyboard.press("Tab")
    assert page.locator(".papier").count() == 0


@contextmanager
def elsewhere(code: str) -> Iterator[str]:
    """Serve, from another origin, a page where that code is pasted twice."""

    class Outer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            page = f'<!doctype html><html lang="fr"><title>Autre</title><link rel="icon" href="data:,">{code}{code}'
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Outer) as outer:
        thread = Thread(target=outer.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{outer.server_port}/"
        outer.shutdown()
        thread.join()


@pytest.mark.parametrize("given", ["liste", "calculateur"])
def test_the_code_pasted_in_a_page_of_another_origin_works_and_resizes(
    page: Page, server: str, faults: Faults, given: str
) -> None:
    if given == "liste":
        make(page, server)
    else:
        open_maker(page, server)
        page.get_by_label("Que voulez-vous donner").select_option("sbi")
        page.get_by_role("button", name="Faire le lien").click()
        page.get_by_label("Montrer le calculateur seul").check()
    code = page.get_by_label("Code à coller dans votre page").input_value()
    assert f'src="{server}calculateurs/' in code
    assert ("?integre=seul" in code) == (given == "calculateur")
    height = "(number) => document.querySelectorAll('iframe')[number].getBoundingClientRect().height"
    with elsewhere(code) as address:
        page.goto(address)
        assert page.evaluate("location.origin") != server.rstrip("/")
        frame = page.locator("iframe").first.content_frame
        expect(frame.locator(".md-header")).to_be_hidden()
        if given == "liste":
            expect(frame.locator("[data-zone=avancement]")).to_have_text("0 pièce sur 4")
            assert page.evaluate("scrollY") < 50  # nobody asked to be led there
        else:
            _only_the_calculator(frame, server)
        for number in (0, 1):
            until(page, f"number => ({height})(number) > 900", number)
        inner = page.evaluate(height, 0)
        # Narrower, the page inside is taller, and its frame follows; wide again, it is as it was.
        page.set_viewport_size({"width": 400, "height": 800})
        until(page, f"before => ({height})(0) > before + 100", inner)
        page.set_viewport_size({"width": 1280, "height": 720})
        until(page, f"before => Math.abs(({height})(0) - before) <= 2", inner)
        if given == "calculateur":
            _led_to_what_was_asked(page, frame)
        # What is not of the frame, or not of that shape, changes nothing.
        before = page.evaluate(height, 0)
        forged = "{ source: 'mode-emploi-demarches', hauteur: 7, endroit: 7 }"
        page.evaluate(f"() => new Promise((done) => {{ addEventListener('message', done); postMessage({forged}); }})")
        for shape in ("hauteur: '9px'", "hauteur: NaN, endroit: 'haut'"):
            frame.locator("body").evaluate(
                f"() => parent.postMessage({{ source: 'mode-emploi-demarches', {shape} }}, '*')"
            )
        settle(page)
        assert page.evaluate(height, 0) == before
    assert faults.unexpected() == []


def _only_the_calculator(frame: FrameLocator, server: str) -> None:
    """The form and what goes with it; of the site, a link to the whole page, without an answer."""
    expect(frame.locator("form.calc-formulaire")).to_be_visible()
    expect(frame.get_by_role("navigation").filter(visible=True)).to_have_count(0)
    seen = frame.locator(".md-content__inner > :visible")
    assert [found.split()[0] for found in seen.evaluate_all("all => all.map((one) => one.className)")] == [
        "calc",
        "integre-retour",
    ]
    whole = frame.get_by_role("link", name="Ouvrir cette page dans « Mode d’emploi des démarches »")
    assert whole.evaluate("link => link.href") == f"{server}calculateurs/sbi/"
    assert whole.get_attribute("target") == "_blank"


def _led_to_what_was_asked(page: Page, frame: FrameLocator) -> None:
    """The faults, then the answer, come under the eyes in the page around, which was scrolled elsewhere."""
    for answers, wanted in (
        ({}, ".calc-resume-erreurs"),
        (SIMPLE, ".calc-resultat-titre"),
    ):
        for label, text in answers.items():
            frame.get_by_label(label).first.fill(text)
        frame.get_by_role("button", name="Calculer", exact=True).click()
        expect(frame.locator(wanted)).to_be_focused()
        inside = frame.locator(wanted).evaluate("it => it.getBoundingClientRect().top + scrollY")
        until(
            page,
            """inside => {
              const top = document.querySelector("iframe").getBoundingClientRect().top + inside;
              return Math.abs(top - 16) <= 2;
            }""",
            inside,
        )
    # Inside, nothing is hidden above.
    assert frame.locator("body").evaluate("() => scrollY") == 0


def test_what_leaves_a_frame_opens_beside_and_its_link_is_that_of_the_whole_page(page: Page, server: str) -> None:
    page.clock.set_fixed_time(f"{TODAY}T10:00:00")
    page.goto(f"{server}calculateurs/pieces/?integre#demarche=consignation-cph&sens=restituer&profil=particulier")
    expect(page.locator("[data-zone=avancement]")).to_be_visible()
    expect(page.locator("[data-zone=lien]")).to_have_count(0)  # a frame is always of today
    page.emulate_media(media="print")
    assert page.locator(".calc-imprime").inner_text().endswith(f"depuis {server}{MARKED}")
    page.emulate_media(media="screen")
    with page.expect_popup() as beside:
        page.get_by_role("link", name="Urbanisme : les pièces de chaque dossier").click()
    expect(beside.value).to_have_url(f"{server}pieces/urbanisme/")
    expect(beside.value.locator(".md-header")).to_be_visible()
    assert page.url.startswith(f"{server}calculateurs/pieces/?integre")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_link_that_is_made_passes_axe_and_fits_a_phone(
    new_context: Callable[..., BrowserContext], server: str, scheme: str
) -> None:
    context = new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = context.new_page()
    make(page, server)
    drawn(page)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
