"""French elides: no « de un avocat » in the data, the pages as built, the feed or the files that others may take."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.elisions import texts_of_html, wrong_elisions
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = sorted((ROOT / "calculators/law").rglob("*.toml"))


def texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in texts(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in texts(value))


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_data_elides(file: Path) -> None:
    found = texts(tomllib.loads(file.read_text("utf-8")))
    assert [wrong for text in found for wrong in wrong_elisions(text)] == []


@pytest.mark.parametrize("folder", ["site", "zensical_site"])
def test_the_built_pages_elide(request: pytest.FixtureRequest, folder: str) -> None:
    site: Path = request.getfixturevalue(folder)
    pages = [page for page in site.rglob("*.html") if "assets" not in page.relative_to(site).parts]
    pages += [*site.glob("*.xml"), *site.glob("donnees/*.json")]
    assert len(pages) > 30
    found = {
        page.relative_to(site).as_posix(): wrong
        for page in pages
        for text in texts_of_html(page.read_text("utf-8"))
        for wrong in wrong_elisions(text)
    }
    assert found == {}


WRONG = (
    "de un avocat;Que il parte;la acte;du employeur;sa adresse;ce acte;de le greffe;si il;lorsque un délai;de huissier"
)
RIGHT = "le onze mai;la ou les banques;ce à quoi;de le demander;à les joindre;au plus tard;de haut;dites-le au greffe"


@pytest.mark.parametrize("wrong", [*WRONG.split(";"), "ne est", "à les papiers", "jusque au soir", "de y aller"])
def test_the_check_sees_a_wrong_elision(wrong: str) -> None:
    assert any(map(wrong_elisions, texts_of_html(f"<p>Il faut {wrong[:-1]}<b>{wrong[-1]}</b> demain.</p>")))


@pytest.mark.parametrize("right", [*RIGHT.split(";"), "d'un avocat", "de A à Z", "si elle", "le huit", "la honte"])
def test_the_check_lets_the_rest_through(right: str) -> None:
    assert wrong_elisions(f"Il faut {right} ici.") == []
