"""The files of a checklist: they tick their document or say why not, and leave in a zip that follows the list."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from calculators.dossier.document import Cas, Dossier, write
from tests.conftest import BROWSERS
from tests.e2e.test_accessibility import everywhere, watched
from tests.e2e.test_dossier import LEFT, open_file
from tests.e2e.test_files import HOLD, LET_GO, payload, saved
from tests.e2e.test_offline import visit
from tests.e2e.test_pieces import ADDRESS, CASE, box, opened, progress, tab_to
from tests.files import pdf, picture, turned_jpeg
from tests.helpers import PATIENCE, serving, until
from tests.looks.tour import PHONE
from tests.sbi_page import open_form, result
from tests.unit.test_files import sign

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.helpers import Faults

RIB, IDENTITY = "RIB à votre nom", "Pièce d’identité"
OFFER = "Vérifier mes fichiers, pièce par pièce"
WAIT = PATIENCE * 1000


def line(page: Page, name: str) -> Locator:
    return page.locator("li.piece").filter(has=page.get_by_role("checkbox", name=name, exact=True))


def field(page: Page, name: str) -> Locator:
    return line(page, name).locator("input[type=file]")


def give(page: Page, name: str, files: dict[str, bytes]) -> None:
    field(page, name).set_input_files([payload(file, data) for file, data in files.items()])


def verdict(page: Page, name: str) -> Locator:
    return line(page, name).locator(".piece-verdict")


def said(page: Page) -> Locator:
    return page.locator(".pieces-depot [role=status]")


def begun(page: Page, address: str) -> None:
    """Open a list, and its place for files."""
    opened(page, address)
    result(page).get_by_role("button", name=OFFER).click()
    expect(page.get_by_label("Où les déposerez-vous")).to_be_focused()


def reads(page: Page) -> bool:
    """Whether what is saved can be read back: the tests cannot take it out of the other browser."""
    return bool(page.evaluate("navigator.userAgent.includes('Chrome')"))


def packed(page: Page) -> zipfile.ZipFile:
    page.get_by_role("button", name="Faire un zip").click()
    expect(page.locator(".fichiers-emballer").get_by_role("link")).to_be_focused(timeout=WAIT)
    return zipfile.ZipFile(io.BytesIO(saved(page.locator(".fichiers-emballer"))))


def listed(archive: zipfile.ZipFile) -> str:
    sheets = PdfReader(io.BytesIO(archive.read("00_bordereau.pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in sheets).split())


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestFilesOfAList:
    def test_files_tick_their_document_and_the_zip_follows_the_list(
        self, page: Page, server: str, faults: Faults
    ) -> None:
        opened(page, f"{server}{ADDRESS}{CASE}")
        page.wait_for_load_state("networkidle")
        result(page).get_by_role("button", name=OFFER).click()
        expect(page.get_by_label("Où les déposerez-vous")).to_have_value("consignations")
        fetched = [address for address in faults.requests if re.search(r"/(files|pdf|sorting)-", address)]
        assert fetched == [], "what checks files comes with the first file"

        give(page, RIB, {"mon rib.pdf": pdf(3)})
        expect(box(page, RIB)).to_be_checked(timeout=WAIT)
        expect(verdict(page, RIB)).to_have_text("✓ Pièce cochée : rien à corriger dans son fichier.")
        expect(progress(page)).to_have_text("1 pièce sur 4")
        give(page, IDENTITY, {"recto.pdf": pdf(3), "<b>verso</b>.pdf": b""})
        expect(verdict(page, IDENTITY)).to_have_text(
            "✗ Pièce non cochée : un de ses fichiers serait refusé.", timeout=WAIT
        )
        expect(said(page)).to_have_text("3 fichiers vérifiés : 1 serait refusé.")
        expect(box(page, IDENTITY)).not_to_be_checked()
        expect(line(page, IDENTITY)).to_contain_text("<b>verso</b>.pdf")

        # What is ticked by files is ticked: it is in the links, and the files are nowhere.
        assert page.url.endswith("&coches=cph-restituer-rib")
        line(page, IDENTITY).get_by_role("button", name="Retirer <b>verso</b>.pdf").click()
        expect(box(page, IDENTITY)).to_be_checked()
        expect(field(page, IDENTITY)).to_be_focused()
        give(page, IDENTITY, {"verso.pdf": pdf(3)})
        expect(verdict(page, IDENTITY)).to_have_text(
            "✓ Pièce cochée : rien à corriger dans ses fichiers.", timeout=WAIT
        )
        assert page.url.endswith("&coches=cph-restituer-identite,cph-restituer-rib")
        page.get_by_role("button", name="Faire un zip").click()
        expect(said(page)).to_contain_text("3 fichiers et leur bordereau sont prêts. 2 pièces n’ont pas de fichier")
        if reads(page):
            with packed(page) as archive:
                names = ["01a_piece-d-identite.pdf", "01b_piece-d-identite.pdf", "02_rib-a-votre-nom.pdf"]
                assert archive.namelist() == ["00_bordereau.pdf", *names]
                told = listed(archive)
                assert told.startswith(
                    "Bordereau des pièces Prud’hommes : la provision de la mesure médicale 1a. Pièce"
                )
                assert "1b. Pièce d’identité : 01b_piece-d-identite.pdf (3 pages," in told
                assert re.search(r"2\. RIB à votre nom : 02_\S+ \(3 pages, \d+ \w+\) 3\. .+ : non jointe", told)

        line(page, RIB).get_by_role("button", name="Retirer mon rib.pdf").click()
        expect(box(page, RIB)).not_to_be_checked()
        expect(progress(page)).to_have_text("1 pièce sur 4")
        page.get_by_role("button", name="Retirer tous les fichiers").click()
        expect(progress(page)).to_have_text("0 pièce sur 4")
        expect(page.locator(".fichier")).to_have_count(0)
        assert all(address.startswith((server, "blob:", "data:")) for address in faults.requests)
        assert not [address for address in faults.requests if re.search("rib|recto|verso", address)]
        assert not re.search("mon rib|recto", page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })"))

    def test_what_was_ticked_by_hand_stays_with_a_warning(self, page: Page, server: str) -> None:
        begun(page, f"{server}{ADDRESS}{CASE}")
        box(page, RIB).check()
        give(page, RIB, {"coupe.jpg": picture("JPEG")[:9_000]})
        expect(verdict(page, RIB)).to_have_text(
            "✗ Attention, pièce cochée par vous : son fichier serait refusé.", timeout=WAIT
        )
        expect(box(page, RIB)).to_be_checked()
        expect(line(page, RIB)).to_contain_text("La fin du fichier manque")
        # One that the reader unticks is not ticked again for them.
        give(page, IDENTITY, {"a.pdf": pdf(3)})
        expect(box(page, IDENTITY)).to_be_checked(timeout=WAIT)
        box(page, IDENTITY).uncheck()
        expect(verdict(page, IDENTITY)).to_have_text("✓ Pièce non cochée : rien à corriger dans son fichier.")

    def test_two_sides_become_one_pdf_by_the_keyboard_alone(self, page: Page, server: str) -> None:
        opened(page, f"{server}{ADDRESS}{CASE}")
        offer = result(page).get_by_role("button", name=OFFER)
        offer.focus()
        page.keyboard.press("Enter")
        field(page, IDENTITY).focus()
        give(page, IDENTITY, {"verso.jpg": picture("JPEG"), "recto.jpg": turned_jpeg(6, where=True)})
        expect(verdict(page, IDENTITY)).to_contain_text("un point est à vérifier ci-dessous", timeout=WAIT)
        group = line(page, IDENTITY).locator(".fichiers-reunir")
        group.get_by_role("button", name="Monter recto.jpg").press("Enter")
        expect(said(page)).to_have_text("recto.jpg : place 1 sur 2.")
        group.get_by_role("button", name="Faire le PDF").press("Enter")
        made = line(page, IDENTITY).locator(".fichier").nth(2)
        expect(made).to_contain_text("2 pages", timeout=WAIT)
        expect(verdict(page, IDENTITY)).to_have_text("✓ Pièce cochée : rien à corriger dans son fichier.")
        expect(line(page, IDENTITY).locator(".fichier").first).to_contain_text("le remplace")
        if reads(page):
            with packed(page) as archive:
                assert archive.namelist() == ["00_bordereau.pdf", "01_piece-d-identite.pdf"]
                assert len(pikepdf.open(io.BytesIO(archive.read("01_piece-d-identite.pdf"))).pages) == 2
        made.get_by_role("button", name=re.compile("^Retirer")).press("Enter")
        expect(line(page, IDENTITY).locator(".fichier").first).not_to_contain_text("le remplace")
        tab_to(page, line(page, IDENTITY).get_by_role("button", name="Retirer verso.jpg"))


def test_where_they_go_decides_and_is_the_reader_s_choice(page: Page, server: str) -> None:
    """A list that says no place begins with any other site; GeoDemat takes no text, a lawyer's space does not say."""
    begun(page, f"{server}{ADDRESS}#demarche=passeport&motif=perte")
    place = page.get_by_label("Où les déposerez-vous")
    expect(place).to_have_value("autre")
    name = "Déclaration de perte"
    give(page, name, {"perte.docx.txt": b"Bonjour"})
    expect(box(page, name)).to_be_checked(timeout=WAIT)
    place.select_option("geodemat")
    expect(verdict(page, name)).to_have_text("✗ Pièce non cochée : son fichier serait refusé.", timeout=WAIT)
    expect(box(page, name)).not_to_be_checked()
    place.select_option("avocat")
    expect(box(page, name)).to_be_checked(timeout=WAIT)


def test_an_answer_that_changes_keeps_the_files_and_erasing_forgets_them(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    page.get_by_label("Où les déposerez-vous").select_option("autre")
    give(page, RIB, {"mon rib.pdf": pdf(3)})
    expect(box(page, RIB)).to_be_checked(timeout=WAIT)
    box(page, IDENTITY).check()
    page.evaluate("document.querySelector('.piece-verdict').dataset.avant = ''")
    page.get_by_role("button", name="Voir ma liste", exact=True).click()
    expect(page.locator("[data-avant]")).to_have_count(0)
    expect(line(page, RIB)).to_contain_text("mon rib.pdf")
    expect(box(page, IDENTITY)).to_be_checked()
    expect(box(page, RIB)).to_be_checked()
    expect(page.get_by_label("Où les déposerez-vous")).to_have_value("autre")
    page.locator("[data-action=effacer]").click()
    expect(page.locator(".fichier")).to_have_count(0)
    opened(page, f"{server}{ADDRESS}{CASE}")
    expect(page.locator(".fichier")).to_have_count(0)


def test_the_reader_stops_it_and_a_hostile_file_stops_nothing(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    give(page, RIB, {f"{number}.pdf": pdf(400) for number in range(30)})
    page.locator(".lot-avancement").get_by_role("button", name="Annuler").click()
    expect(said(page)).to_contain_text("Vérification arrêtée")
    assert page.locator(".fichier").count() <= 1
    give(page, IDENTITY, {"signe.pdf": pdf(3, sign), "bruit.pdf": b"%PDF-1.7\n" + b"\xff" * 5_000})
    expect(said(page)).to_contain_text("vérifiés", timeout=WAIT)
    expect(line(page, IDENTITY)).to_contain_text("signé électroniquement")
    expect(box(page, IDENTITY)).not_to_be_checked()
    assert not [worker for worker in page.workers if "worker-" in worker.url and page.workers.count(worker) > 1]


def test_files_of_a_list_stay_when_their_check_for_another_place_is_stopped(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    give(page, RIB, {"mon rib.pdf": pdf(3)})
    expect(box(page, RIB)).to_be_checked(timeout=WAIT)
    page.evaluate(HOLD)
    page.get_by_label("Où les déposerez-vous").select_option("avocat")
    page.locator(".lot-avancement").get_by_role("button", name="Annuler").click()
    expect(said(page)).to_contain_text("1 reste à vérifier pour cet endroit.")
    expect(line(page, RIB).locator(".fichier")).to_contain_text("mon rib.pdf")
    expect(line(page, RIB).locator(".fichier")).to_contain_text("Pas encore vérifié pour l’endroit")
    expect(verdict(page, RIB)).to_contain_text("Pièce non cochée : son fichier n’est pas encore vérifié.")
    expect(box(page, RIB)).not_to_be_checked()
    page.get_by_role("button", name="Faire un zip avec son bordereau").click()
    expect(said(page)).to_have_text("Aucun fichier à emporter : il en reste à vérifier pour cet endroit.")
    page.evaluate(LET_GO)
    page.get_by_role("button", name="Vérifier les fichiers qui restent").press("Enter")
    expect(line(page, RIB).locator(".fichier")).to_be_focused()
    expect(box(page, RIB)).to_be_checked(timeout=WAIT)
    expect(verdict(page, RIB)).to_have_text("✓ Pièce cochée : rien à corriger dans son fichier.")


def test_what_is_being_made_is_stopped_too(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    give(page, RIB, {"photo.jpg": turned_jpeg(6)})
    expect(verdict(page, RIB)).to_contain_text("Pièce cochée", timeout=WAIT)
    page.evaluate("() => { globalThis.createImageBitmap = () => new Promise(() => undefined); }")
    line(page, RIB).get_by_role("button", name="En faire une image JPEG").click()
    bar = page.locator(".lot-avancement")
    expect(bar).to_contain_text("L’image se prépare")
    expect(bar.get_by_role("progressbar", name="Avancement de la vérification")).to_be_visible()
    bar.get_by_role("button", name="Annuler").click()
    expect(said(page)).to_have_text("Arrêté. Vos fichiers n’ont pas été touchés.")
    expect(bar).to_be_hidden()
    give(page, IDENTITY, {"a.pdf": pdf(3)})
    expect(box(page, IDENTITY)).to_be_checked(timeout=WAIT)


def test_why_an_image_cannot_be_drawn_is_said_where_it_was_asked(page: Page, server: str) -> None:
    """On a phone, the line that is read aloud is far above."""
    begun(page, f"{server}{ADDRESS}{CASE}")
    give(page, RIB, {"photo.jpg": turned_jpeg(6)})
    expect(verdict(page, RIB)).to_contain_text("Pièce cochée", timeout=WAIT)
    page.evaluate("() => { globalThis.createImageBitmap = () => Promise.reject(new Error()); }")
    line(page, RIB).get_by_role("button", name="En faire une image JPEG").click()
    for place in (line(page, RIB).locator(".fichier-echec").first, said(page)):
        expect(place).to_contain_text("Sur un iPhone")
        expect(place).to_contain_text("Sur un Android")


DROP = """([selector, name, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(bytes)], name));
  for (const type of ["dragover", "drop"]) {
    const options = { bubbles: true, cancelable: true, dataTransfer: transfer };
    const event = new DragEvent(type, options);
    const taken = !document.querySelector(selector).dispatchEvent(event);
    if (!taken) throw new Error(`${type} would replace the page`);
  }
}"""


def test_a_file_is_dropped_on_a_document_and_never_replaces_the_page(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    content = [*pdf(3)]
    page.evaluate(DROP, ["li.piece:has([data-piece=cph-restituer-rib])", "rib.pdf", content])
    expect(box(page, RIB)).to_be_checked(timeout=WAIT)
    page.evaluate(DROP, [".pieces-avancement", "perdu.pdf", content])
    expect(said(page)).to_contain_text("Déposez le fichier sur une pièce")
    page.evaluate(DROP, ["h1", "perdu.pdf", content])
    expect(page.locator(".fichier")).to_have_count(1)


def test_a_printed_list_says_the_verdicts(page: Page, server: str) -> None:
    begun(page, f"{server}{ADDRESS}{CASE}")
    give(page, RIB, {"mon rib.pdf": pdf(3)})
    give(page, IDENTITY, {"vide.pdf": b""})
    expect(verdict(page, IDENTITY)).to_contain_text("refusé", timeout=WAIT)
    expect(box(page, RIB)).to_be_checked()
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).replace("ﬁ", "fi").split())
    for words in ("rien à corriger dans son fichier", "mon rib.pdf", "Serait refusé", "son fichier serait refusé"):
        assert words in text
    for words in ("Choisir le fichier", "Ajouter un fichier", "Retirer", "Faire un zip", "Où les déposerez-vous"):
        assert words not in text
    assert len(sheets) <= 2


def test_axe_finds_nothing_and_nothing_is_cut(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = watched(new_context, viewport=PHONE, reduced_motion="reduce")
    begun(page, f"{server}{ADDRESS}{CASE}")
    long = "Un nom très long qui ne doit pas sortir de la page, même sur un téléphone"
    give(page, IDENTITY, {f"{long}.jpg": turned_jpeg(6), "b.jpg": picture("JPEG"), "vide.pdf": b""})
    expect(said(page)).to_contain_text("3 fichiers vérifiés", timeout=WAIT)
    line(page, IDENTITY).get_by_role("button", name="En faire une image JPEG").first.click()
    expect(said(page)).to_contain_text("4 fichiers vérifiés", timeout=WAIT)
    page.get_by_role("button", name="Faire un zip").click()
    expect(page.locator(".fichiers-emballer").get_by_role("link")).to_be_visible(timeout=WAIT)
    assert everywhere(page) == []


def test_the_list_of_a_dossier_has_its_files_too(page: Page, server: str) -> None:
    page.goto(f"{server}mon-dossier/")
    case = Cas("pieces", {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"})
    open_file(page, write(Dossier("Martin", cas=(case,))))
    view = page.locator(".dossier-vue")
    view.get_by_role("button", name=OFFER).click()
    expect(page.get_by_label("Où les déposerez-vous")).to_have_value("consignations")
    give(page, RIB, {"mon rib.pdf": pdf(3)})
    expect(page.get_by_role("checkbox", name=RIB, exact=True)).to_be_checked(timeout=WAIT)
    expect(view.locator("[data-zone=avancement]").first).to_have_text("1 pièce sur 4")
    kept = page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    assert "cph-restituer-rib" in kept
    assert "mon rib" not in kept
    assert page.evaluate(LEFT)

    # They stay when the same dossier is drawn again, and are of no other.
    page.get_by_label("Nom du dossier").fill("Martin père")
    page.get_by_label("Nom du dossier").press("Tab")
    expect(view).to_contain_text("Martin père")
    expect(line(page, RIB)).to_contain_text("mon rib.pdf")
    open_file(page, write(Dossier("Durand", cas=(case,))))
    expect(view).to_contain_text("Durand")
    expect(line(page, RIB)).to_be_visible()
    expect(page.get_by_text("mon rib.pdf")).to_have_count(0)
    expect(view.get_by_role("button", name=OFFER)).to_be_visible()


def test_files_are_checked_and_mended_without_a_network(
    new_context: Callable[..., BrowserContext], site: Path, faults: Faults
) -> None:
    """Once the site is kept on the device: on the page of the files, then in a list."""
    faults.expect("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource")
    reader = new_context(service_workers="allow")
    with serving(site) as server:
        visit(reader, f"{server}glossaire/")
    reader.set_offline(True)
    page = reader.new_page()
    page.goto(f"{server}calculateurs/fichiers/")
    page.get_by_label("Vos fichiers").set_input_files(
        [payload("acte.pdf", pdf(2)), payload("photo.jpg", turned_jpeg(6, where=True))]
    )
    expect(page.locator(".fichier").first).to_contain_text("2 pages", timeout=WAIT)
    page.get_by_role("button", name="En faire une image JPEG").click()
    expect(page.locator(".fichier").nth(2)).to_contain_text("Après", timeout=WAIT)
    expect(page.locator(".fichiers-ordre .fichiers-poignee").first).to_be_visible()
    page.get_by_role("button", name="Faire le PDF").click()
    expect(page.locator(".fichier").nth(3)).to_contain_text("3 pages", timeout=WAIT)

    open_form(page, server, CASE, address=ADDRESS)
    result(page).get_by_role("button", name=OFFER).click()
    give(page, RIB, {"mon rib.pdf": pdf(3)})
    expect(box(page, RIB)).to_be_checked(timeout=WAIT)
    with packed(page) as archive:
        assert archive.namelist() == ["00_bordereau.pdf", "02_rib-a-votre-nom.pdf"]


# ---------------------------------------------------------------- the order, dragged


def names(page: Page) -> list[str]:
    return page.locator(".fichiers-ordre .fichier-nom").all_inner_texts()


def middle(place: Locator) -> tuple[float, float]:
    spot = place.bounding_box()
    assert spot is not None
    return spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2


def three_in_order(page: Page, server: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Three files to put in order; give where the first is held, and where the last one is."""
    page.goto(f"{server}calculateurs/fichiers/")
    page.get_by_label("Vos fichiers").set_input_files([payload(f"{name}.pdf", pdf(2)) for name in "abc"])
    expect(page.locator("mode-emploi-fichiers [role=status]")).to_contain_text("3 fichiers vérifiés", timeout=WAIT)
    until(page, "() => Boolean(globalThis.demarchesSorting)")
    handles = page.locator(".fichiers-poignee")
    handles.first.scroll_into_view_if_needed()
    page.locator(".fichiers-reunir").get_by_role("button", name="Faire le PDF").scroll_into_view_if_needed()
    assert names(page) == ["a.pdf", "b.pdf", "c.pdf"]
    return middle(handles.first), middle(handles.last)


def test_the_order_is_set_by_the_mouse(page: Page, server: str) -> None:
    (x, y), (to_x, to_y) = three_in_order(page, server)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 10, steps=3)
    page.mouse.move(to_x, to_y + 10, steps=20)
    page.mouse.up()
    expect(page.locator("mode-emploi-fichiers [role=status]")).to_have_text("a.pdf : place 3 sur 3.")
    assert names(page) == ["b.pdf", "c.pdf", "a.pdf"]


def test_the_order_is_set_by_a_finger(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 1_400}).new_page()
    (x, y), (to_x, to_y) = three_in_order(page, server)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})

    before = page.evaluate("scrollY")
    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 21):
        touch("touchMove", {"x": x + (to_x - x) * step / 20, "y": y + (to_y + 10 - y) * step / 20})
    touch("touchEnd")
    expect(page.locator("mode-emploi-fichiers [role=status]")).to_have_text("a.pdf : place 3 sur 3.")
    assert names(page) == ["b.pdf", "c.pdf", "a.pdf"]
    assert page.evaluate("scrollY") == before, "the page does not scroll under the finger"
