"""Files checked and mended in the page: dropped, judged, made anew, while nothing leaves the device."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import BROWSERS
from tests.e2e.test_accessibility import everywhere, ready, watched
from tests.files import bomb, pdf, picture, raw_pdf, stream, turned_jpeg
from tests.helpers import PATIENCE, until
from tests.unit.test_files import sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

    from tests.helpers import Faults

ADDRESS = "calculateurs/fichiers/"


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def give(page: Page, files: dict[str, bytes]) -> None:
    page.get_by_label("Vos fichiers").set_input_files([payload(name, data) for name, data in files.items()])


def item(page: Page, number: int = 0) -> Locator:
    return page.locator(".fichier").nth(number)


def told(page: Page) -> Locator:
    return page.locator("mode-emploi-fichiers [role=status]")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestInThePage:
    def test_each_file_is_judged_and_nothing_is_sent(self, page: Page, server: str, faults: Faults) -> None:
        page.goto(server + ADDRESS)
        acte = pdf(3)
        give(page, {"acte.pdf": acte, "<b>photo</b>.jpg": turned_jpeg(6), "note.txt": b"Bonjour", "a.pdf": acte})
        expect(told(page)).to_have_text("4 fichiers vérifiés : 1 serait refusé, 1 à vérifier.", timeout=PATIENCE * 1000)
        expect(item(page)).to_contain_text("Rien à corriger")
        expect(item(page)).to_contain_text("3 pages")
        expect(item(page, 1)).to_contain_text("<b>photo</b>.jpg")
        expect(item(page, 1)).to_contain_text("La photo a été prise appareil tourné")
        expect(item(page, 2)).to_contain_text("Serait refusé")
        expect(item(page, 3)).to_contain_text("Même contenu que « acte.pdf »")
        assert "accepté :" not in item(page).inner_text()
        # Where they go changes what would be refused.
        page.get_by_label("Où les déposerez-vous").select_option("avocat")
        expect(told(page)).to_have_text("4 fichiers vérifiés : 2 à vérifier.", timeout=PATIENCE * 1000)
        assert all(address.startswith((server, "blob:", "data:")) for address in faults.requests)
        sent = {request.split("?")[0].removeprefix(server) for request in faults.requests}
        assert not {address for address in sent if "acte" in address or "photo" in address}
        assert page.url == server + ADDRESS
        assert page.evaluate("() => JSON.stringify({ ...sessionStorage, ...localStorage })").find("acte.pdf") < 0

    def test_files_are_mended_checked_again_and_taken_away(self, page: Page, server: str) -> None:
        page.goto(server + ADDRESS)
        give(page, {"photo.jpg": turned_jpeg(6, where=True), "acte.pdf": pdf(2)})
        checked(page, 2)
        item(page).get_by_role("button", name="En faire une image JPEG").click()
        checked(page, 3)
        drawn = item(page, 2)
        expect(drawn).to_contain_text("Avant : 1754 × 1240")
        expect(drawn).to_contain_text("Rien à corriger")
        # What is saved is read back in one browser: the tests cannot take it out of the other.
        reads = page.evaluate("navigator.userAgent.includes('Chrome')")
        if reads:
            with Image.open(io.BytesIO(saved(drawn))) as image:
                assert image.size == (1754, 1240), "upright: no viewer has to turn it"
                assert dict(image.getexif()) == {}

        # By the keyboard alone: the PDF before what was made of the photo, which took its place; and that one turned.
        expect(item(page)).to_contain_text("« document-allegee.jpg » le remplace")
        binder = page.locator(".fichiers-reunir")
        expect(binder.locator(".fichier-nom")).to_have_text(["document-allegee.jpg", "acte.pdf"])
        binder.get_by_role("button", name="Monter acte.pdf").press("Enter")
        expect(told(page)).to_have_text("acte.pdf : place 1 sur 2.")
        binder.get_by_role("button", name="Tourner document-allegee.jpg").press("Enter")
        expect(told(page)).to_have_text("document-allegee.jpg : tourné de 90°.")
        expect(binder.locator("li").nth(1)).to_contain_text("tourné de 90°")
        expect(binder.get_by_role("button", name="Tourner document-allegee.jpg")).to_be_focused()
        binder.get_by_role("button", name="Faire le PDF").press("Enter")
        checked(page, 4)
        expect(item(page, 3)).to_contain_text("3 pages")
        if reads:
            made = pikepdf.open(io.BytesIO(saved(item(page, 3))))
            assert [int(one.get("/Rotate", 0)) for one in made.pages] == [0, 0, 90]

        page.get_by_role("button", name="Faire un zip").click()
        expect(told(page)).to_have_text("Le fichier et son bordereau sont prêts.", timeout=PATIENCE * 1000)
        if reads:
            with zipfile.ZipFile(io.BytesIO(saved(page.locator(".fichiers-emballer")))) as archive:
                assert archive.testzip() is None
                # The photo was drawn anew, and both went into the PDF: it alone is deposited.
                first, second = archive.namelist()
                assert first == "00_bordereau.pdf"
                assert re.fullmatch(r"01_\d{4}-\d\d-\d\d_documents\.pdf", second)


def checked(page: Page, count: int) -> None:
    expect(told(page)).to_have_text(re.compile(rf"^{count}\s+fichiers?\s+vérifiés?\s*:"), timeout=PATIENCE * 1000)


def saved(place: Locator) -> bytes:
    with place.page.expect_download() as download:
        place.get_by_role("link", name=re.compile("^Enregistrer")).click()
    return Path(download.value.path()).read_bytes()


def test_a_hostile_file_stops_nothing_and_its_memory_is_given_back(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    leaf = b"<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    files = {
        "bombe.pdf": raw_pdf(catalog, pages, leaf, stream(bomb(200 << 20), b"/Filter/FlateDecode")),
        "immense.png": picture("PNG")[:16] + (10_000).to_bytes(4, "big") * 2 + picture("PNG")[24:],
        "coupe.jpg": picture("JPEG")[:9_000],
        "vide.pdf": b"",
        "acte.pdf": pdf(3),
    }
    give(page, files)
    checked(page, 5)
    for number, words in enumerate(("bien plus de mémoire", "immense", "La fin du fichier manque", "vide")):
        expect(item(page, number)).to_contain_text(words)
    expect(item(page, 4)).to_contain_text("Rien à corriger")
    until(page, "() => performance.now() > 0")
    assert not [worker for worker in page.workers if "worker-" in worker.url], "Python goes with what it read"


def test_the_reader_stops_it_and_begins_again(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {f"{number}.pdf": pdf(400) for number in range(30)})
    page.get_by_role("button", name="Annuler").click()
    expect(told(page)).to_contain_text("Vérification arrêtée")
    expect(page.get_by_label("Vos fichiers")).to_be_focused()
    expect(page.locator("mode-emploi-fichiers [data-zone=avancement]")).to_be_hidden()
    remaining = page.locator(".fichier").count()
    assert remaining <= 1
    give(page, {"acte.pdf": pdf(3)})
    expect(page.locator(".fichier").last).to_contain_text("Rien à corriger", timeout=PATIENCE * 1000)


def test_a_signed_pdf_is_kept_apart_and_a_name_is_only_text(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {'<img src=x onerror="alert(1)">.pdf': pdf(3, sign), "b.pdf": pdf(3)})
    checked(page, 2)
    expect(item(page)).to_contain_text("<img src=x")
    assert page.locator(".fichier img").count() == 0
    expect(page.locator(".fichiers-reunir li")).to_have_count(1)


def test_of_many_files_those_to_mend_are_shown_alone(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {**{f"{number}.pdf": pdf(number + 3) for number in range(5)}, "vide.pdf": b""})
    checked(page, 6)
    page.get_by_label("Ne montrer que les fichiers à corriger").check()
    expect(page.locator(".fichier:visible")).to_have_count(1)
    expect(page.locator(".fichier:visible")).to_contain_text("Ce fichier est vide")


def test_axe_finds_nothing_and_nothing_is_cut(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = watched(new_context, reduced_motion="reduce")
    ready(page, server + ADDRESS)
    give(
        page,
        {
            "Un nom très long qui ne doit pas sortir de la page, même sur un téléphone.jpg": turned_jpeg(6),
            "a.txt": b"a",
        },
    )
    checked(page, 2)
    item(page).get_by_role("button", name="En faire une image JPEG").click()
    checked(page, 3)
    assert everywhere(page) == []
