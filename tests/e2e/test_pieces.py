"""The checklists in a real browser: links open their case, boxes are ticked, sheets printed, pages embedded."""

from __future__ import annotations

import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.e2e.test_accessibility import AXE, findings
from tests.helpers import ROOT, until
from tests.sbi_page import result

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.helpers import Faults

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
    expect(progress(page)).to_be_visible(timeout=30_000)


def kept(page: Page) -> list[str]:
    """What the lists keep on the device; the theme keeps the choice of colours there."""
    found: list[str] = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('pieces:')).map(([, text]) => text)"
    )
    return found


def read_qr(page: Page) -> str:
    """Decode the QR code that is shown, with another library than the one that made it."""
    drawing = result(page).locator("[data-zone=qr] svg")
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
    assert read_qr(page) == f"{server}{ADDRESS}{CASE}"
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
    expect(page.get_by_role("button", name="Calculer", exact=True)).to_be_enabled()
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


def test_a_page_of_another_origin_embeds_a_list(page: Page, server: str, faults: Faults) -> None:
    class Outer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(
                f"""<!doctype html><html lang="fr"><title>Autre</title><link rel="icon" href="data:,">
                <iframe title="Liste" width="700" height="200" src="{server}{ADDRESS}?integre{CASE}"></iframe>
                <script>addEventListener("message", (event) => {{
                  if (event.data && event.data.source === "mode-emploi-demarches")
                    document.querySelector("iframe").style.height = event.data.hauteur + "px";
                }});</script>""".encode()
            )

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Outer) as outer:
        Thread(target=outer.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{outer.server_port}/")
        inside = page.frame_locator("iframe")
        expect(inside.locator("[data-zone=avancement]")).to_have_text("0 pièce sur 4", timeout=30_000)
        expect(inside.locator(".md-header")).to_be_hidden()
        until(page, "document.querySelector('iframe').getBoundingClientRect().height > 900")
        outer.shutdown()
    assert faults.unexpected() == []
