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
from tests.files import drawing, endless_pdf, heavy_file, immense, pdf, picture, scan, turned_jpeg
from tests.helpers import PATIENCE, until
from tests.unit.test_files import sign
from tests.unit.test_files_password import locked
from tests.unit.test_files_scans import SHORT, blank

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

    @pytest.mark.parametrize("way", ["RC4, 128 bits", "AES, 128 bits", "AES, 256 bits"])
    def test_the_password_that_is_typed_makes_a_copy_without(
        self, page: Page, server: str, faults: Faults, way: str
    ) -> None:
        page.goto(server + ADDRESS)
        give(page, {"acte.pdf": locked(way, "Élève n°1"), "a.pdf": pdf(3)})
        checked(page, 2)
        expect(item(page)).to_contain_text("demande un mot de passe")
        field = item(page).get_by_label("Mot de passe de « acte.pdf »")
        field.press("Enter")
        expect(item(page).get_by_role("alert")).to_have_text("Tapez le mot de passe de ce PDF.")
        field.fill("élève n°1")
        field.press("Enter")
        expect(item(page).get_by_role("alert")).to_contain_text("n’ouvre pas", timeout=PATIENCE * 1000)
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        field.fill("Élève n°1")
        field.press("Enter")
        checked(page, 3)
        copy = item(page, 2)
        expect(copy).to_contain_text("acte-sans-mot-de-passe.pdf")
        expect(copy).to_contain_text("2 pages")
        expect(copy).not_to_contain_text("demande un mot de passe")
        expect(copy.locator("input[type=password]")).to_have_count(0)
        expect(field).to_have_count(0)  # nothing more is asked of what another file takes the place of
        if page.evaluate("navigator.userAgent.includes('Chrome')"):
            with pikepdf.open(io.BytesIO(saved(copy))) as made:
                assert (made.is_encrypted, len(made.pages)) == (False, 2)
        assert page.url == server + ADDRESS
        assert all(address.startswith((server, "blob:", "data:")) for address in faults.requests)
        kept = page.evaluate("() => JSON.stringify({ ...sessionStorage, ...localStorage, ...history.state })")
        assert "lève" not in kept

    def test_pages_are_turned_one_by_one_by_the_keyboard(self, page: Page, server: str) -> None:
        page.goto(server + ADDRESS)
        give(page, {"acte.pdf": pdf(4), "long.pdf": pdf(40)})
        checked(page, 2)
        item(page).get_by_text("Tourner des pages").press("Enter")
        second = item(page).get_by_role("button", name="Tourner la page 2 de acte.pdf")
        second.press("Enter")
        second.press("Enter")
        expect(item(page).locator(".fichiers-tours")).to_have_text("Vers la droite : page 2 de 180°.")
        item(page).get_by_role("button", name="Faire le PDF aux pages tournées").press("Enter")
        checked(page, 3)
        expect(item(page, 2)).to_contain_text("acte-tourne.pdf")
        expect(item(page, 2)).to_contain_text("Pages tournées autrement que les autres : 2.")

        # Of a long one, no button a page.
        long = item(page, 1)
        long.get_by_text("Tourner des pages").press("Enter")
        expect(long.get_by_role("button", name="Tourner la page")).to_have_count(0)
        field = long.get_by_label("Numéro de la page, de 1 à 40")
        field.fill("41")
        field.press("Enter")
        expect(long.get_by_role("alert")).to_have_text("Tapez un numéro de page, de 1 à 40.")
        for number in ("39", "39", "39", "39", "40"):
            field.fill(number)
            field.press("Enter")
        expect(long.locator(".fichiers-tours")).to_have_text("Vers la droite : page 40 de 90°.")
        expect(long.get_by_role("alert")).to_have_count(0)
        long.get_by_role("button", name="Faire le PDF aux pages tournées").click()
        checked(page, 4)
        if page.evaluate("navigator.userAgent.includes('Chrome')"):
            turns = [
                [int(one.get("/Rotate", 0)) for one in pikepdf.open(io.BytesIO(saved(item(page, number)))).pages]
                for number in (2, 3)
            ]
            assert turns == [[0, 180, 0, 0], [*[0] * 39, 90]]

    def test_a_blank_scan_is_told_from_a_full_one(self, page: Page, server: str) -> None:
        page.goto(server + ADDRESS)
        content = io.BytesIO()
        blank().save(content, "JPEG", quality=80)
        give(
            page,
            {
                "scan.pdf": scan(drawing(), blank(), drawing()),
                "png.pdf": scan(drawing(), blank(), how="png"),
                "verso.jpg": content.getvalue(),
                "recto.jpg": picture("JPEG"),
                "court.pdf": scan(SHORT),
            },
        )
        checked(page, 5)
        for number in (0, 1):
            expect(item(page, number)).to_contain_text("Pages numérisées qui paraissent vides : 2.")
            expect(item(page, number)).not_to_contain_text("n’ont pas été regardées")
        expect(item(page, 2)).to_contain_text("L’image paraît vide")
        for number in (3, 4):
            expect(item(page, number)).to_contain_text("Rien à corriger")


def checked(page: Page, count: int) -> None:
    expect(told(page)).to_have_text(re.compile(rf"^{count}\s+fichiers?\s+vérifiés?\s*:"), timeout=PATIENCE * 1000)


def saved(place: Locator) -> bytes:
    with place.page.expect_download() as download:
        place.get_by_role("link", name=re.compile("^Enregistrer")).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_a_hostile_file_stops_nothing_and_its_memory_is_given_back(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    files = {
        "bombe.pdf": endless_pdf(),
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
    assert at_rest(page)


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
@pytest.mark.parametrize("kind", ["pdf", "jpg"])
def test_a_file_of_200_megabytes_is_checked_and_so_is_the_next(
    page: Page, server: str, tmp_path: Path, kind: str
) -> None:
    page.goto(server + ADDRESS)
    (tmp_path / "acte.pdf").write_bytes(pdf(3))
    page.get_by_label("Vos fichiers").set_input_files([heavy_file(tmp_path, kind), tmp_path / "acte.pdf"])
    checked(page, 2)
    expect(item(page)).to_contain_text("Il pèse 200,0 Mo, pour une limite de 10,0 Mo.")
    expect(item(page, 1)).to_contain_text("Rien à corriger")
    assert at_rest(page)


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_200_files_are_checked_at_once_and_no_more(page: Page, server: str, tmp_path: Path) -> None:
    page.goto(server + ADDRESS)
    paths = [tmp_path / f"{number:03}.pdf" for number in range(201)]
    for number, path in enumerate(paths, 1):
        path.write_bytes(pdf(3 + number % 5))
    page.get_by_label("Vos fichiers").set_input_files([*paths])
    expect(told(page)).to_contain_text("Pas plus de 200 fichiers à la fois")
    checked(page, 200)
    expect(page.locator(".fichier-verdict--convient")).to_have_count(200)
    assert at_rest(page)


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_an_image_of_a_hundred_megapixels_and_a_pdf_of_two_thousand_pages(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"plan.png": immense(), "long.pdf": pdf(2_000), "acte.pdf": pdf(3)})
    checked(page, 3)
    expect(item(page)).to_contain_text("L’image est immense : 10000 × 10000 points.")
    expect(item(page).get_by_role("button", name="En faire une image JPEG")).to_have_count(0)
    expect(item(page, 1)).to_contain_text("Il a 2000 pages.")
    item(page, 1).get_by_text("Tourner des pages").click()
    assert item(page, 1).get_by_role("button").count() < 5
    field = item(page, 1).get_by_label("Numéro de la page, de 1 à 2000")
    field.fill("2")
    field.press("Enter")
    item(page, 1).get_by_role("button", name="Faire le PDF aux pages tournées").click()
    checked(page, 4)
    expect(item(page, 3)).to_contain_text("Pages tournées autrement que les autres : 2.")
    expect(item(page, 2)).to_contain_text("Rien à corriger")


def at_rest(page: Page) -> bool:
    """Whether Python went with what it read: a browser tells of the end of a worker in its own time."""
    for _ in range(300):
        if not any("worker-" in worker.url for worker in page.workers):
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_what_is_being_made_is_stopped_and_begun_again(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"long.pdf": pdf(1_500)})
    checked(page, 1)
    item(page).get_by_text("Tourner des pages").click()
    field = item(page).get_by_label("Numéro de la page, de 1 à 1500")
    field.fill("2")
    field.press("Enter")
    make = item(page).get_by_role("button", name="Faire le PDF aux pages tournées")
    make.click()
    expect(page.locator("mode-emploi-fichiers [data-zone=compte]")).to_have_text("Les pages se tournent…")
    page.get_by_role("button", name="Annuler").click()
    expect(told(page)).to_have_text("Arrêté. Vos fichiers n’ont pas été touchés.")
    expect(page.locator("mode-emploi-fichiers [data-zone=avancement]")).to_be_hidden()
    expect(page.locator(".fichier")).to_have_count(1)
    make.click()
    checked(page, 2)


def test_two_things_asked_at_once_are_both_made(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {f"{name}.pdf": locked("AES, 128 bits", user="", owner=name) for name in ("un", "deux")})
    checked(page, 2)
    for number in range(2):
        item(page, number).get_by_role("button", name="En faire une copie sans protection").click()
    checked(page, 4)
    for name in ("un", "deux"):
        expect(page.locator(".fichier > .fichier-nom", has_text=f"{name}-sans-protection.pdf")).to_have_count(1)
    assert at_rest(page)


def test_a_signed_pdf_with_a_password_is_left_as_it_is(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"acte.pdf": locked("AES, 256 bits", change=sign), "avis.pdf": locked("AES, 128 bits", user="")})
    checked(page, 2)
    item(page).locator("input[type=password]").fill("Secret 12")
    item(page).get_by_role("button", name="Ouvrir avec ce mot de passe").click()
    expect(item(page).get_by_role("alert")).to_contain_text("efface la signature", timeout=PATIENCE * 1000)
    item(page, 1).get_by_role("button", name="En faire une copie sans protection").click()
    checked(page, 3)
    expect(item(page, 2)).not_to_contain_text("protégé")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
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


# What a file is first read by, held back until it is let go.
HOLD = """() => {
  const read = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = () => new Promise(() => undefined);
  globalThis.letGo = () => { Blob.prototype.arrayBuffer = read; };
}"""
# An image that is looked at: so are the files after it, once it is let go.
HOLD_IMAGES = """() => {
  const draw = globalThis.createImageBitmap;
  const held = new Promise((go) => { globalThis.letGo = go; });
  globalThis.createImageBitmap = async (...asked) => { await held; return draw(...asked); };
}"""
LET_GO = "() => globalThis.letGo()"


def test_files_already_checked_stay_when_the_reader_stops_their_check_for_another_place(
    page: Page, server: str
) -> None:
    page.goto(server + ADDRESS)
    give(page, {"a.pdf": pdf(2), "b.pdf": pdf(3)})
    checked(page, 2)
    binder = page.locator(".fichiers-reunir")
    binder.get_by_role("button", name="Monter b.pdf").click()
    binder.get_by_role("button", name="Ôter a.pdf").click()
    binder.get_by_role("button", name="Faire le PDF").click()
    checked(page, 3)
    page.evaluate(HOLD)
    page.get_by_label("Où les déposerez-vous").select_option("avocat")
    page.get_by_label("Vos fichiers").set_input_files([payload("c.pdf", pdf(4))])
    page.get_by_role("button", name="Annuler").click()
    stopped = "Vérification arrêtée. Les fichiers déjà vérifiés restent dans la liste."
    expect(told(page)).to_have_text(f"{stopped} 3 restent à vérifier pour cet endroit.")
    # What was only brought goes, as before.
    names = [re.compile("^a.pdf"), re.compile("^b.pdf"), re.compile(r"^\S+_documents.pdf")]
    expect(page.locator(".fichier")).to_have_text(names)
    expect(page.locator(".fichier-verdict")).to_have_count(0)
    for number in range(3):
        expect(item(page, number)).to_contain_text("Pas encore vérifié pour l’endroit que vous avez choisi.")
    with pikepdf.open(io.BytesIO(saved(item(page, 2)))) as made:
        assert len(made.pages) == 3
    page.get_by_role("button", name="Faire un zip").click()
    expect(told(page)).to_have_text("Aucun fichier à emporter : il en reste à vérifier pour cet endroit.")

    # They are checked again: one, then all those that remain.
    page.evaluate(LET_GO)
    item(page).get_by_role("button", name="Vérifier a.pdf").press("Enter")
    expect(told(page)).to_have_text("1 fichier vérifié : 1 à vérifier, 2 pas encore vérifiés.", timeout=PATIENCE * 1000)
    expect(item(page).locator(".fichier-verdict")).to_be_visible()
    expect(item(page).get_by_role("button", name="Vérifier")).to_have_count(0)
    rest = page.get_by_role("button", name="Vérifier les fichiers qui restent")
    rest.press("Enter")
    expect(rest).to_have_count(0)
    checked(page, 3)
    expect(page.locator(".fichier-verdict")).to_have_count(3)
    expect(item(page, 1)).to_contain_text("le remplace")


def test_a_pdf_that_was_made_stays_when_its_own_check_is_stopped(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"a.pdf": pdf(2)})
    checked(page, 1)
    page.evaluate(HOLD)
    page.get_by_role("button", name="Faire le PDF", exact=True).click()
    expect(page.locator(".fichier")).to_have_count(2, timeout=PATIENCE * 1000)
    page.get_by_role("button", name="Annuler").click()
    expect(told(page)).to_contain_text("1 reste à vérifier pour cet endroit.")
    with pikepdf.open(io.BytesIO(saved(item(page, 1)))) as made:
        assert len(made.pages) == 2
    page.evaluate(LET_GO)
    # Another place asks for all of them again.
    page.get_by_label("Où les déposerez-vous").select_option("avocat")
    checked(page, 2)
    expect(item(page, 1).locator(".fichier-verdict")).to_be_visible()
    expect(page.get_by_role("button", name="Vérifier")).to_have_count(0)


def test_a_pdf_is_made_of_the_files_that_are_left_when_its_turn_comes(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"a.pdf": pdf(1), "b.pdf": pdf(2), "c.pdf": pdf(1)})
    checked(page, 3)
    page.locator(".fichiers-reunir").get_by_role("button", name="Tourner c.pdf").click()
    page.evaluate(HOLD_IMAGES)
    give(page, {"photo.jpg": picture("JPEG")})
    page.get_by_role("button", name="Faire le PDF", exact=True).click()
    item(page).get_by_role("button", name="Retirer a.pdf").click()
    page.evaluate(LET_GO)
    checked(page, 4)
    with pikepdf.open(io.BytesIO(saved(item(page, 3)))) as made:
        assert [int(one.get("/Rotate", 0)) for one in made.pages] == [0, 0, 90]


def test_no_pdf_is_made_of_files_that_are_all_gone_and_the_reader_is_told(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"a.pdf": pdf(1)})
    checked(page, 1)
    page.evaluate(HOLD_IMAGES)
    give(page, {"photo.jpg": picture("JPEG")})
    page.get_by_role("button", name="Faire le PDF", exact=True).click()
    item(page).get_by_role("button", name="Retirer a.pdf").click()
    page.evaluate(LET_GO)
    gone = "Aucun PDF n’a été fait : ses fichiers ne sont plus dans la liste."
    expect(told(page)).to_have_text(f"1 fichier vérifié : rien à corriger. {gone}", timeout=PATIENCE * 1000)
    expect(page.locator(".fichiers-reunir")).to_contain_text(gone)
    expect(page.locator(".fichier")).to_have_count(1)
    # It is said once.
    give(page, {"b.pdf": pdf(3)})
    expect(told(page)).to_have_text("2 fichiers vérifiés : rien à corriger.", timeout=PATIENCE * 1000)


def test_what_was_found_for_a_former_place_is_not_said_of_the_new_one(page: Page, server: str) -> None:
    """The place changes while a file is being looked at, and the reader stops before it is looked at again."""
    page.goto(server + ADDRESS)
    page.evaluate(
        """() => {
          const draw = globalThis.createImageBitmap;
          globalThis.looks = [];
          globalThis.createImageBitmap = (...asked) => new Promise((go) => looks.push(() => go(draw(...asked))));
        }"""
    )
    give(page, {"photo.jpg": picture("JPEG")})
    until(page, "() => looks.length === 1")
    page.get_by_label("Où les déposerez-vous").select_option("avocat")
    page.evaluate("() => looks[0]()")
    until(page, "() => looks.length === 2")
    page.get_by_role("button", name="Annuler").click()
    expect(item(page)).to_contain_text("Pas encore vérifié pour l’endroit que vous avez choisi.")
    expect(page.locator(".fichier-verdict")).to_have_count(0)


def test_a_pdf_that_waits_for_its_turn_is_made_though_the_place_changes(page: Page, server: str) -> None:
    page.goto(server + ADDRESS)
    give(page, {"a.pdf": pdf(1), "b.pdf": pdf(2)})
    checked(page, 2)
    page.evaluate(HOLD_IMAGES)
    give(page, {"photo.jpg": picture("JPEG")})
    page.get_by_role("button", name="Faire le PDF", exact=True).click()
    page.get_by_label("Où les déposerez-vous").select_option("avocat")
    page.evaluate(LET_GO)
    checked(page, 4)
    expect(item(page, 3)).to_contain_text("3 pages")


def test_nothing_of_the_files_that_were_checked_stays_tied_to_what_stops_them(page: Page, server: str) -> None:
    page.add_init_script("""(() => {
      const listen = EventTarget.prototype.addEventListener;
      globalThis.signals = [];
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        if (this instanceof AbortSignal && !globalThis.signals.includes(this)) globalThis.signals.push(this);
        return listen.call(this, type, ...rest);
      };
    })()""")
    page.goto(server + ADDRESS)
    give(page, {f"{number}.pdf": pdf(number + 1) for number in range(4)})
    checked(page, 4)
    session = page.context.new_cdp_session(page)
    count = session.send("Runtime.evaluate", {"expression": "signals.length"})["result"]["value"]
    assert count
    tied = []
    for number in range(count):
        signal = session.send("Runtime.evaluate", {"expression": f"signals[{number}]"})["result"]["objectId"]
        tied += session.send("DOMDebugger.getEventListeners", {"objectId": signal})["listeners"]
    assert [listener["type"] for listener in tied].count("abort") <= 1


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
            "Un autre nom très long d'un acte qui a un mot de passe et qui tient sur un téléphone.pdf": locked(
                "AES, 128 bits"
            ),
            "court.pdf": pdf(20),
            "long.pdf": pdf(30),
        },
    )
    checked(page, 5)
    item(page).get_by_role("button", name="En faire une image JPEG").click()
    checked(page, 6)
    item(page, 2).locator("input[type=password]").press("Enter")
    for number in (3, 4):
        item(page, number).get_by_text("Tourner des pages").click()
    item(page, 3).get_by_role("button", name="Tourner la page 20").click()
    item(page, 4).get_by_label("Numéro de la page").press("Enter")
    assert everywhere(page) == []
