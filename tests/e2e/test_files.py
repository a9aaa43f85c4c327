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
from tests.files import pdf, turned_jpeg
from tests.helpers import PATIENCE

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
        give(page, {"acte.pdf": pdf(3), "<b>photo</b>.jpg": turned_jpeg(6), "note.txt": b"Bonjour", "a.pdf": pdf(3)})
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
