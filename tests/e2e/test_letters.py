"""A letter in a real browser: filled, changed in place, printed for a window envelope, taken away as a file."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from playwright.sync_api import expect
from pypdf import PdfReader

from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.typography import french
from tests.e2e.test_accessibility import findings, ready
from tests.letters import CASES, as_fields
from tests.looks.paper import plain
from tests.looks.tour import AXE, PHONE
from tests.sbi_page import fill_in, result, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.helpers import Faults

ADDRESS = "calculateurs/courriers/"
LINK = f"{ADDRESS}#courrier=mairie-certificat"
#: What would be asked of a printer is counted.
COUNTED = "window.printed = 0; window.print = () => { window.printed += 1; };"
HOSTILE = "<img src=x onerror=alert(1)>"
_MM = 72 / 25.4


def part(page: Page, name: str) -> Locator:
    return result(page).get_by_role("textbox", name=name, exact=True)


def blanks(page: Page) -> Locator:
    return result(page).locator(".courrier-vers")


def test_a_letter_is_filled_changed_and_taken_away_and_nothing_of_who_writes_is_in_the_address(
    page: Page, server: str
) -> None:
    page.add_init_script(COUNTED)
    page.goto(server + LINK)
    expect(blanks(page)).to_have_count(9)
    fill_in(
        page, {"Votre prénom et votre nom": HOSTILE, "Votre adresse": "12 rue du Lac", "Le numéro du dossier": "PC 1"}
    )
    send(page)
    expect(part(page, "Vos nom et adresse")).to_contain_text(HOSTILE)
    assert "12" not in page.url.partition("#")[2]
    assert "img" not in page.url

    # By keyboard, from the list of blanks to the blank.
    expect(blanks(page)).to_have_count(6)
    blanks(page).first.focus()
    page.keyboard.press("Enter")
    expect(part(page, "Vos nom et adresse")).to_be_focused()
    paragraph = part(page, "Paragraphe").last
    paragraph.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ma phrase.\nEt [… ma raison …] <b>x</b>")
    blanks(page).first.focus()
    expect(blanks(page)).to_have_count(7)
    expect(blanks(page).last).to_have_text("ma raison")
    expect(paragraph.locator("mark")).to_have_text("[… ma raison …]")

    page.get_by_role("button", name="Imprimer le courrier").click()
    assert page.evaluate("printed") == 0, "blanks are left: they are said first"
    expect(result(page).get_by_text("Il reste des blancs")).to_be_visible()
    page.get_by_role("button", name="Imprimer le courrier").click()
    assert page.evaluate("printed") == 1

    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("docx")).click()
    assert taken.value.suggested_filename == "courrier-mairie-certificat.docx"
    read = docx.Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    texts = [paragraph.text for paragraph in read.paragraphs]
    assert {HOSTILE, "12 rue du Lac", "Ma phrase.", "Et [… ma raison …] <b>x</b>"} <= set(texts)
    assert texts.index("À garder, ne pas envoyer") > texts.index("Pièces jointes\u00a0:")
    assert "☐ Récépissé de dépôt" in texts
    expect(result(page).get_by_text("Sa dernière page est à garder")).to_be_visible()

    page.get_by_role("button", name="Remettre le texte d’origine").click()
    expect(paragraph).not_to_contain_text("Ma phrase")
    expect(blanks(page)).to_have_count(6)


def test_a_letter_prints_on_a4_with_its_address_in_the_window_and_a_sheet_to_keep(page: Page, server: str) -> None:
    page.goto(server + LINK)
    expect(blanks(page)).to_have_count(9)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    height = float(sheets[0].mediabox.height)
    assert [round(float(side) / _MM) for side in sheets[0].mediabox[2:]] == [210, 297]
    places: dict[str, tuple[float, float]] = {}

    def visit(text: str, moved: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            across = matrix[4] * moved[0] + moved[4]
            down = height - (matrix[5] * moved[3] + moved[5])
            places.setdefault(plain(text), (across / _MM, down / _MM))

    letter, kept = sheets[0].extract_text(visitor_text=visit), plain(sheets[1].extract_text())
    (address,) = [place for text, place in places.items() if "La mairie, service" in text]
    assert 100 < address[0] < 110, address
    assert 48 < address[1] < 60, address
    assert "Pièces jointes" in letter
    assert "Imprimé le" not in letter
    assert "À garder, ne pas envoyer" in kept
    assert "Récépissé de dépôt" in kept
    assert "le silence vaut refus" in kept


#: Asks for a letter with these answers, words of the reader's own among them, as a dossier that is opened does.
ANSWER = """([event, answers]) => {
  const form = document.querySelector("mode-emploi-calculateur");
  form.dispatchEvent(new CustomEvent(event, { detail: answers }));
  form.querySelector("[type=submit]").click();
}"""


def test_every_letter_prints_with_whom_it_goes_to_its_subject_its_blanks_and_what_is_joined(
    page: Page, server: str
) -> None:
    """Each in three cases, on one page: nothing answered, its example, and everything."""
    ready(page, f"{server}{ADDRESS}")
    for name, kind, answers in CASES:
        page.evaluate(ANSWER, ["demarches:remplir", {"courrier": name, **as_fields(answers)}])
        asked = {"aujourdhui": date.today().isoformat(), "courrier": name, **answers}  # noqa: DTZ011
        told = ask_calculator(get("courriers"), asked)
        assert isinstance(told, Answered)
        letter = told.result.lettre
        assert letter
        expect(result(page).locator(".calc-phrase")).to_have_text(french(told.result.resume))
        printed = squeezed(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))
        blocs = (*letter.blocs, *letter.garde)
        lines = [line for bloc in blocs for line in bloc.texte.split("\n")]
        lines += [cell for bloc in blocs for row in bloc.lignes for cell in row]
        missing = [line for line in lines if squeezed(line)[:40] not in printed]
        assert missing == [], (name, kind)


def squeezed(text: str) -> str:
    """Its letters and figures alone: a line may be cut anywhere on paper."""
    return re.sub(r"\W+", "", plain(text)).casefold()


def test_a_letter_takes_what_another_form_was_told_and_fits_a_phone(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    page.add_init_script(path=AXE)
    ready(page, f"{server}calculateurs/sbi/")
    fill_in(page, {"Date de la saisie": "16/11/2026", "Solde le jour de la saisie": "1000", "Somme réclamée": "500"})
    send(page)
    expect(result(page)).to_be_visible()
    ready(page, f"{server}{ADDRESS}#courrier=banque-sommes")
    expect(part(page, "Paragraphe").first).to_contain_text("16\u00a0novembre 2026")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert findings(page) == []


def test_a_file_whose_writer_did_not_come_is_asked_for_again(page: Page, server: str, faults: Faults) -> None:
    """The page of a network that wants one to sign in comes in its place, and is kept by the browser."""
    faults.expect("integrity")
    kept = {"cache-control": "max-age=31536000, immutable"}
    page.route(
        "**/engine/word-*.js",
        lambda route: route.fulfill(body="<!doctype html>", content_type="text/html", headers=kept),
        times=1,
    )
    page.goto(server + LINK)
    expect(blanks(page)).to_have_count(9)
    page.get_by_role("button", name=re.compile("docx")).click()
    expect(result(page).get_by_text("n’a pas pu être fait")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("docx")).click()
    assert docx.Document(str(taken.value.path())).paragraphs


def test_what_is_told_at_length_is_there_again_after_a_reload(page: Page, server: str) -> None:
    told = "Un avis de passage, sans le nom de la banque. Puis plus rien, ni lettre ni appel, pendant dix longs jours."
    ready(page, f"{server}{ADDRESS}#courrier=avocat-dossier")
    page.get_by_label("Votre prénom et votre nom").fill(told)
    page.reload()
    expect(page.get_by_label("Votre prénom et votre nom")).to_have_value(told)
