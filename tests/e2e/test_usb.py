"""The copy that needs no server: unpacked in a folder with a difficult name, and opened as files, without network."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import docx
import pytest
from playwright.sync_api import expect

from calculators.declaration import Kind, fields_of
from calculators.dossier.document import Cas, Dossier, read, write
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS
from calculators.typography import french
from calculators.web.publish import usb
from tests.conftest import BROWSERS
from tests.e2e.test_files import payload
from tests.e2e.test_pieces import read_qr
from tests.files import pdf
from tests.helpers import PATIENCE, ROOT, handed, until
from tests.links import links_of
from tests.sbi_page import SIMPLE, fill_in, open_form, result, send, shows_amounts, status
from tests.unit.test_files_password import locked

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.helpers import Faults

ZIP = ROOT / "dist/mode-emploi-demarches.zip"
CHECKLIST = "#demarche=consignation-cph&sens=restituer&profil=particulier"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the zip (`make offline`) where a reader may well unpack it."""
    if not ZIP.is_file():
        pytest.fail("dist/ is not made: make offline")
    place = tmp_path_factory.mktemp("cle") / "Mes documents" / "été n°1 #2 100%"
    with zipfile.ZipFile(ZIP) as archive:
        archive.extractall(place)
    return place / usb.FOLDER


@pytest.fixture
def copy(folder: Path) -> str:
    """Give the address of the pages; ends with a slash, as that of a server."""
    return f"{(folder / usb.PAGES).as_uri()}/"


@pytest.fixture
def offline(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a browser profile without network."""
    return new_context(offline=True)


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
class TestEverythingWorks:
    """What a reader does with the copy, from the double click on."""

    def test_guides_search_and_calculators(
        self, offline: BrowserContext, folder: Path, copy: str, faults: Faults
    ) -> None:
        page = offline.new_page()
        page.goto((folder / usb.START).as_uri())
        page.wait_for_url(f"{copy}index.html")
        notice = page.get_by_role("complementary", name="À propos de cette copie du site")
        expect(notice.get_by_text("Copie du site faite le")).to_be_visible()

        page.locator(".md-content a[href*='saisie-compte/']").first.click()
        page.wait_for_url(f"{copy}saisie-compte/**/index.html")
        expect(page.locator("h1")).to_be_visible()
        self.search(page, "terrasse")

        open_form(page, copy, address="calculateurs/sbi/index.html")
        fill_in(page, SIMPLE)
        send(page)
        shows_amounts(page, "651,69", "348,31")
        for link in result(page).locator("a:not([rel=external])").all():
            assert links_to_a_file(link.evaluate("link => link.href"))

        # Where the browser lets files share what a tab keeps: docs/cle-usb.md says where.
        shared = page.evaluate("navigator.userAgent.includes('Chrome')")
        open_form(page, copy, address="calculateurs/delais/index.html")
        day = page.locator("[name=date_saisie]")
        expect(day).to_have_value("20/11/2026" if shared else "")

        for name, calculator in CALCULATORS.items():
            # No link holds what is written freely.
            written = {field.nom for field in fields_of(calculator.inputs) if field.kind is Kind.TEXTE}
            example = {name: str(answer) for name, answer in calculator.exemple.items() if name not in written}
            told = ask_calculator(calculator, {"aujourdhui": date.today().isoformat(), **example})  # noqa: DTZ011
            assert isinstance(told, Answered)
            open_form(page, copy, f"#{urlencode(example)}", address=f"calculateurs/{name}/index.html")
            expect(result(page).locator(".calc-phrase")).to_have_text(french(told.result.resume))

        open_form(page, copy, CHECKLIST, address="calculateurs/pieces/index.html")
        box = result(page).get_by_role("checkbox").first
        box.check()
        expect(result(page).locator("[data-zone=avancement]")).to_contain_text("1 pièce sur")
        expect(page).to_have_url(re.compile("coches="))
        expect(result(page).get_by_text("pas de QR code")).to_be_visible()
        assert {urlsplit(address).scheme for address in faults.requests} <= {"file", "blob", "data"}

    def test_files_are_checked_and_nothing_is_asked_elsewhere(
        self, offline: BrowserContext, copy: str, faults: Faults
    ) -> None:
        page = offline.new_page()
        page.goto(f"{copy}calculateurs/fichiers/index.html")
        page.get_by_label("Vos fichiers").set_input_files(
            {"name": "acte.pdf", "mimeType": "application/pdf", "buffer": pdf(3)}
        )
        expect(page.locator(".fichier")).to_contain_text("3 pages", timeout=PATIENCE * 1000)
        page.get_by_label("Vos fichiers").set_input_files(
            {"name": "secret.pdf", "mimeType": "application/pdf", "buffer": locked("AES, 256 bits")}
        )
        field = page.get_by_label("Mot de passe de « secret.pdf »")
        field.fill("Secret 12", timeout=PATIENCE * 1000)
        field.press("Enter")
        made = page.locator(".fichier").last  # the first one says that it takes its place
        expect(made).to_contain_text("secret-sans-mot-de-passe.pdf", timeout=PATIENCE * 1000)
        expect(made).to_contain_text("2 pages", timeout=PATIENCE * 1000)
        open_form(page, copy, CHECKLIST, address="calculateurs/pieces/index.html")
        result(page).get_by_role("button", name="Vérifier mes fichiers, pièce par pièce").click()
        line = result(page).locator("li.piece").nth(1)
        line.locator("input[type=file]").set_input_files([payload(f"{name}.pdf", pdf(3)) for name in "ab"])
        expect(line.get_by_role("checkbox")).to_be_checked(timeout=PATIENCE * 1000)
        until(page, "() => Boolean(globalThis.demarchesSorting)")
        page.get_by_role("button", name="Faire un zip").click()
        expect(page.locator(".fichiers-emballer").get_by_role("link")).to_be_visible(timeout=PATIENCE * 1000)
        assert {urlsplit(address).scheme for address in faults.requests} <= {"file", "blob", "data"}

    def search(self, page: Page, word: str) -> None:
        """Find a page by a word, and go there."""
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type(word)
        first = page.locator(".md-search-result__link").first
        expect(first).to_be_visible()
        before = page.url
        first.click()
        until(page, "before => location.href !== before && document.readyState === 'complete'", before)
        expect(page.locator("h1")).to_be_visible()


def test_the_search_of_the_copy_names_files_that_are_there(folder: Path) -> None:
    """The parts of the home page too, whose own address in the site is empty."""
    script = (folder / usb.PAGES / f"{usb.SEARCH}.js").read_text("utf-8")
    index = json.loads(script.removeprefix("var __index = ").rstrip(";\n"))
    pages = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {page for page in pages if not page or not (folder / usb.PAGES / page).is_file()} == set()


def links_to_a_file(address: str) -> bool:
    return address.startswith("file:") and urlsplit(address).path.endswith(".html")


def test_no_link_leads_to_a_folder_or_nowhere(folder: Path) -> None:
    pages = {path.resolve(): links_of(path, folder) for path in folder.rglob("*.html")}
    assert len(pages) > 30
    broken = [
        f"{path.relative_to(folder)}: {href}"
        for path, page in pages.items()
        for href, target, anchor in page.internal
        if usb.to_file(href) != href
        or not target.is_file()
        or (anchor and "=" not in anchor and target.suffix == ".html" and anchor not in pages[target].ids)
    ]
    assert broken == []


def test_the_zip_is_that_of_the_site_and_the_same_each_time(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    assert usb.main([str(site), str(again)]) == 0
    assert again.read_bytes() == ZIP.read_bytes()
    with zipfile.ZipFile(again) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {name.split("/")[1] for name in archive.namelist()} == {usb.START, usb.READ_ME, usb.PAGES}


def test_a_copy_out_of_date_says_so_on_every_page(page: Page, copy: str) -> None:
    warning = page.locator("[data-zone=copie-perimee]")
    page.clock.set_fixed_time("2026-12-31T12:00:00+01:00")
    page.goto(f"{copy}saisie-compte/sbi/index.html")
    expect(page.locator(".copie__jour")).to_contain_text("Prochain changement de montant attendu")
    until(page, "() => document.documentElement.classList.contains('theme-pret')")
    expect(warning).to_be_hidden()
    page.clock.set_fixed_time("2027-01-01T00:30:00+01:00")
    page.reload()
    expect(warning.get_by_text("n’est plus à jour")).to_be_visible()
    expect(warning.locator("li:visible")).to_have_count(1)
    page.clock.set_fixed_time("2028-06-01T12:00:00+02:00")
    open_form(page, copy, "#date_saisie=2028-05-20&solde=1000", address="calculateurs/sbi/index.html")
    expect(warning.locator("li:visible")).to_have_count(3)
    expect(result(page).get_by_text("Une revalorisation était attendue")).to_be_visible()


def test_a_copy_read_by_a_clock_that_is_wrong_says_so_on_every_page(page: Page, copy: str) -> None:
    """By such a clock, no copy would ever be out of date."""
    page.clock.set_fixed_time("2009-01-01T12:00:00")
    for address in ("glossaire/index.html", "calculateurs/sbi/index.html"):
        page.goto(f"{copy}{address}")
        expect(page.get_by_text("sa date est fausse")).to_have_count(1)


def test_a_copy_of_a_site_with_an_address_gives_that_address(page: Page, copy: str) -> None:
    address = "https://demarches.example/calculateurs/pieces/"
    open_form(page, copy, address="calculateurs/pieces/index.html")
    page.evaluate(
        """address => {
            const link = Object.assign(document.createElement("link"), { rel: "canonical", href: address });
            document.head.append(link);
        }""",
        address,
    )
    page.evaluate("fragment => { location.hash = fragment; }", CHECKLIST)
    expect(result(page).locator("[data-zone=qr]")).to_be_visible()
    assert read_qr(page).startswith(f"{address}{CHECKLIST}&regles=")
    expect(result(page).locator(".calc-imprime")).to_contain_text(f"depuis {address}#demarche")


def lose(part: Path) -> None:
    part.unlink()


def damage(part: Path) -> None:
    """Change letters in the middle, as a worn stick does."""
    content = bytearray(part.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = b"A" * 64
    part.write_bytes(content)


@pytest.mark.parametrize(
    "fault",
    [("memory.bin.js", lose), ("pyodide.asm.wasm.js", lose), ("pyodide.asm.wasm.js", damage), ("worker-*.js", damage)],
)
def test_a_copy_that_lost_a_part(
    page: Page, folder: Path, tmp_path: Path, faults: Faults, fault: tuple[str, Callable[[Path], None]]
) -> None:
    """Without the snapshot Python starts the public way; without the runtime, the reader is told."""
    faults.expect("ERR_FILE_NOT_FOUND|^exception: ")
    part, befall = fault
    other = tmp_path / "copie"
    shutil.copytree(folder, other)
    befall(next(other.rglob(part)))
    open_form(page, f"{(other / usb.PAGES).as_uri()}/", address="calculateurs/sbi/index.html")
    fill_in(page, SIMPLE)
    send(page)
    if part == "memory.bin.js":
        shows_amounts(page, "651,69", "348,31")
    else:
        expect(status(page)).to_contain_text("Un fichier de cette copie du site manque, ou il est abîmé.")
        expect(page.get_by_role("button", name="Faire le calcul à la main")).to_be_visible()


def test_a_dossier_is_opened_and_taken_away_without_a_server(offline: BrowserContext, copy: str) -> None:
    seized = {"situation": "saisie-attribution", "role": "debiteur", "date_saisie": "2026-10-20"}
    cases = (Cas("delais", seized), Cas("sbi", {"date_saisie": "2026-10-20", "comptes.1.solde": "900"}))
    page = offline.new_page()
    page.goto(f"{copy}mon-dossier/index.html")
    page.get_by_label("Ouvrir un fichier de dossier").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": write(Dossier("Martin", cas=cases)).encode()}
    )
    expect(page.locator(".dossier-vue")).to_contain_text("La banque doit laisser")
    with page.expect_download() as found:
        page.get_by_role("button", name="Enregistrer dans un fichier").first.click()
    assert read(Path(found.value.path()).read_text("utf-8")).cas == cases
    page.get_by_role("button", name="Revoir ces réponses : Combien").click()
    page.wait_for_url(f"{copy}calculateurs/sbi/index.html")
    expect(result(page)).to_contain_text("La banque doit laisser")


@pytest.mark.parametrize("browser", BROWSERS, indirect=True)
def test_a_letter_is_taken_away_as_a_file_without_a_server(offline: BrowserContext, copy: str, faults: Faults) -> None:
    page = offline.new_page()
    open_form(page, copy, "#courrier=mairie-certificat", address="calculateurs/courriers/index.html")
    expect(result(page).locator("[data-zone=courrier-feuille]")).to_be_visible()
    book = docx.Document(io.BytesIO(handed(page, page.get_by_role("button", name=re.compile("docx")))))
    assert "À garder, ne pas envoyer" in [paragraph.text for paragraph in book.paragraphs]
    assert {urlsplit(address).scheme for address in faults.requests} <= {"file", "blob", "data"}
