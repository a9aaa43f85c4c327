"""The checklists in a real browser: links open their case, boxes are ticked, sheets printed, pages embedded."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from playwright.sync_api import expect

from calculators.declaration import asked_of, parse
from calculators.edition import edition
from calculators.law.pieces import pieces
from calculators.pieces import PiecesInputs
from tests.e2e.test_accessibility import findings
from tests.helpers import ROOT, pasted, until
from tests.looks.tour import AXE
from tests.pieces_routes import FIELDS, TODAY, everything
from tests.sbi_page import open_form, result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page, Route

ADDRESS = "calculateurs/pieces/"
CASE = "#demarche=consignation-cph&sens=restituer&profil=particulier"
LINKS = [
    f"demarche={demarche}&{line.split()[0]}"
    for page in sorted((ROOT / "docs/pieces").glob("*.md"))
    for demarche, body in re.findall(
        r"^/// cas \| (\S+)\n(.*?)^///$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for line in body.splitlines()
]


def box(page: Page, name: str) -> Any:
    return result(page).get_by_role("checkbox", name=name, exact=True)


def progress(page: Page) -> Any:
    return result(page).locator("[data-zone=avancement]")


def opened(page: Page, address: str) -> None:
    """Go to an address that carries a case, and wait for its list."""
    page.goto(address)
    expect(progress(page)).to_be_visible()


def kept(page: Page) -> list[str]:
    """What the lists keep on the device; the theme keeps the choice of colours there."""
    found: list[str] = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('pieces:')).map(([, text]) => text)"
    )
    return found


def read_qr(page: Page, within: Locator | None = None) -> str:
    """Decode the QR code that is shown, with another library than the one that made it."""
    drawing = (within or result(page)).locator("[data-zone=qr] svg")
    size = int((drawing.get_attribute("viewBox") or "").split()[2])
    scale = 4
    points = bytearray(b"\xff" * (size * scale) ** 2)
    path = drawing.locator("path").get_attribute("d") or ""
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
        for line in range(int(row) * scale, (int(row) + 1) * scale):
            start = line * size * scale + int(column) * scale
            points[start : start + int(width) * scale] = b"\x00" * (int(width) * scale)
    image = memoryview(bytes(points)).cast("B", shape=[size * scale, size * scale])
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


def test_a_link_opens_its_case_and_keeps_what_is_ticked(page: Page, server: str) -> None:
    opened(page, f"{server}{ADDRESS}{CASE}")
    expect(progress(page)).to_have_text("0 pièce sur 4")
    assert re.fullmatch(
        re.escape(f"{server}{ADDRESS}{CASE}&regles={edition().id}&calcule=") + r"\d{4}-\d\d-\d\d", read_qr(page)
    )
    box(page, "RIB à votre nom").check()
    box(page, "Pièce d’identité").press("Space")
    expect(progress(page)).to_have_text("2 pièces sur 4")
    assert page.url.endswith("&coches=cph-restituer-identite,cph-restituer-rib")
    assert kept(page) == []

    page.goto("about:blank")
    opened(page, f"{server}{ADDRESS}{CASE}&coches=cph-restituer-rib,inconnue,%3Cb%3E")
    expect(progress(page)).to_have_text("1 pièce sur 4")
    expect(box(page, "RIB à votre nom")).to_be_checked()
    assert "inconnue" not in page.locator("main").inner_text()


def test_ticks_are_kept_on_the_device_only_when_asked_and_erased(page: Page, server: str) -> None:
    opened(page, f"{server}{ADDRESS}{CASE}")
    keep = result(page).get_by_label("Garder mes coches sur cet appareil")
    box(page, "RIB à votre nom").check()
    keep.check()
    assert kept(page) == ["cph-restituer-rib"]
    page.goto("about:blank")
    opened(page, f"{server}{ADDRESS}{CASE}")
    expect(progress(page)).to_have_text("1 pièce sur 4")
    result(page).get_by_role("button", name="Effacer tout ce qui est gardé ici").click()
    assert kept(page) == []
    expect(keep).not_to_be_checked()


def test_every_published_link_opens_its_case(page: Page, server: str) -> None:
    assert len(LINKS) > 20
    page.goto(f"{server}{ADDRESS}")
    expect(page.get_by_role("button", name="Voir ma liste", exact=True)).to_be_enabled()
    for link in LINKS:
        page.evaluate("hash => { location.hash = hash }", link)
        until(page, "wanted => document.querySelector('.calc-resultat:not([hidden]) .calc-phrase') !== null", link)
        shown = page.evaluate("location.hash.slice(1)")
        # Defaults need not be repeated in the address.
        assert set(shown.split("&")) <= set(link.split("&")), link
        page.evaluate("document.querySelector('.calc-phrase').remove()")


@pytest.mark.parametrize(
    ("fragment", "most"),
    [(CASE, 1), ("#demarche=carte-identite&motif=perte", 1), ("#demarche=urbanisme&dossier=dp", 2)],
)
def test_the_printed_sheet(page: Page, server: str, fragment: str, most: int) -> None:
    opened(page, f"{server}{ADDRESS}{fragment}")
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 1 <= pages <= most


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_passes_axe(new_context: Callable[..., BrowserContext], server: str, width: int, scheme: str) -> None:
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = context.new_page()
    opened(page, f"{server}{ADDRESS}#demarche=carte-identite&motif=renouvellement&date_delivrance=2012-05-04")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---------------------------------------------------------------- keyboard


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(20):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def test_a_whole_list_by_keyboard(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-write"])
    open_form(page, server, address=ADDRESS)
    page.get_by_label("Quelle démarche préparez-vous").focus()
    page.keyboard.type("Carte")
    page.keyboard.press("Tab")
    page.keyboard.type("Renouv")
    age_then = page.get_by_role("radiogroup", name="La personne avait-elle 18 ans ou plus ce jour-là")
    expect(age_then).to_be_hidden()
    tab_to(page, page.get_by_label("Quand la carte actuelle a-t-elle été délivrée"))
    page.keyboard.type("02/08/2021")  # ten years, whoever holds it
    expect(age_then).to_be_hidden()
    page.keyboard.press("Control+A")
    page.keyboard.type("04/05/2012")
    expect(age_then).to_be_visible()
    tab_to(page, age_then.get_by_role("radio", name="Je ne sais pas"))
    page.keyboard.press("ArrowDown")
    expect(age_then.get_by_role("radio", name="Oui")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Voir ma liste", exact=True))
    page.keyboard.press("Enter")

    expect(result(page).get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(progress(page)).to_have_text("0 pièce sur 5")
    for number, name in enumerate(("Photo d’identité aux normes", "Justificatif de domicile à votre nom"), 1):
        tab_to(page, box(page, name))
        page.keyboard.press("Space")
        expect(progress(page)).to_contain_text(f"{number} pièce")
    assert progress(page).get_attribute("role") == "status"
    tab_to(page, result(page).get_by_role("button", name="Copier le lien"))
    page.keyboard.press("Enter")
    expect(result(page).get_by_text("Lien copié.")).to_be_visible()
    link = pasted(page)
    assert page.url == f"{server}{ADDRESS}"
    assert link.startswith(f"{page.url}#demarche=carte-identite")
    assert "date_delivrance=2012-05-04&delivree_majeur=oui" in link
    page.goto("about:blank")
    opened(page, link)
    expect(progress(page)).to_have_text("2 pièces sur 5")


ASKED = """(every) => every.map((answers) => {
    const form = document.querySelector("mode-emploi-calculateur form");
    form.reset();
    for (const [name, value] of Object.entries(answers)) {
        const control = form.elements.namedItem(name);
        control.value = control.type === "text" ? value.split("-").reverse().join("/") : value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const questions = [...form.querySelectorAll("[data-champ]")];
    return questions.filter((question) => !question.closest("[hidden]")).map((question) => question.dataset.champ);
})"""


def test_the_page_asks_what_the_rules_would_ask(page: Page, server: str) -> None:
    """The form decides by itself, before there is any Python in the page: on every way through the questions."""
    page.clock.set_fixed_time(f"{TODAY}T12:00:00")
    open_form(page, server, address=ADDRESS)
    ways = list(everything())
    for answers, shown in zip(ways, page.evaluate(ASKED, ways), strict=True):
        known = parse(PiecesInputs, {"aujourdhui": TODAY, **answers})
        assert shown == [field.nom for field in FIELDS if (field.nom in asked_of(known))], answers


def test_without_javascript_every_document_is_read(
    new_context: Callable[..., BrowserContext], server: str, site: Path
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    for folder in sorted((site / "pieces").iterdir()):
        page.goto(f"{server}pieces/{folder.name}/")
        chosen = [piece for piece in pieces().values() if piece.demarche == folder.name]
        assert page.locator("li.piece").count() == len(chosen) > 0
        for piece in chosen:
            item = page.locator(f"#{piece.id}")
            expect(item).to_be_visible()
            assert item.get_by_text("Où l’obtenir").count() == 1
    page.goto(server + ADDRESS)
    expect(page.locator("noscript .calc-note")).to_have_text(re.compile("le formulaire ne calcule pas"))
    page.get_by_role("article").get_by_role("link", name="Passeport : les pièces à apporter").click()
    expect(page.locator("#passeport-photo")).to_be_visible()
    page.goto(server + "juridictions/lien/")
    expect(page.locator("noscript .calc-note")).to_have_text(re.compile("ce formulaire ne fait pas de lien"))


# ---------------------------------------------------------------- former addresses


def test_an_answer_and_a_document_that_are_no_more_lead_to_what_replaces_them(page: Page, server: str) -> None:
    """As the page would be, had « egare » been the word for a loss, and the RIB been called otherwise."""
    former = {"motif=egare": {"motif": "perte"}, "demarche=cni": {"demarche": "carte-identite"}}

    def rebuilt(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        assert text.count('data-anciens="{}"') == 1
        route.fulfill(response=answer, body=text.replace('data-anciens="{}"', f"data-anciens='{json.dumps(former)}'"))

    page.route(f"{server}{ADDRESS}", rebuilt)
    opened(page, f"{server}{ADDRESS}#demarche=cni&motif=egare")
    expect(page.get_by_label("Quelle démarche préparez-vous")).to_have_value("carte-identite")
    expect(box(page, "Déclaration de perte")).to_be_visible()
    assert page.url.endswith("#demarche=carte-identite&motif=perte")

    page.evaluate(
        """() => {
          const { engine } = demarches;
          const call = engine.call.bind(engine);
          engine.call = async (asked) => {
            const reply = await call(asked);
            const html = reply.html.replace('data-piece="cph-restituer-rib"', '$& data-anciens="cph-rib"');
            return { ...reply, html };
          };
        }"""
    )
    page.evaluate("hash => { location.hash = hash }", f"{CASE}&coches=cph-rib")
    expect(box(page, "RIB à votre nom")).to_be_checked()
    expect(progress(page)).to_have_text("1 pièce sur 4")
    assert page.url.endswith("&coches=cph-restituer-rib")
