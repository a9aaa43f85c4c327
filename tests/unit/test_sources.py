"""The sources: official ones, each used, and never a rumour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from calculators.law import law
from calculators.law.pieces import pieces
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted((ROOT / "docs").rglob("*.md"))
DATA = sorted((ROOT / "calculators/law").rglob("*.toml"))
#: Whose addresses a source may lead to: the State, the courts, a public body, and what decrees were checked with.
OFFICIAL = re.compile(
    r"(?:.+\.)?(?:gouv\.fr|service-public\.fr|courdecassation\.fr|conseil-constitutionnel\.fr|caissedesdepots\.fr)"
)
OPENFISCA = "https://github.com/openfisca/"
RUMOUR = re.compile(
    r"\b(?:un journal(?! technique)|la presse|presse juridique|un blog|on raconte que|rapporte que|paraît-il)\b",
    re.IGNORECASE,
)


def test_a_source_leads_to_an_official_publisher() -> None:
    """Where a text of law says it, neither a shop nor a town's home page stands for it."""
    links = {source.cle: source.lien for source in law().sources.values() if source.lien}
    links |= {f"{cle} {v.en_vigueur_du}": v.lien for cle, s in law().series.items() for v in s.valeurs if v.lien}
    for cle, link in links.items():
        assert link.startswith(OPENFISCA) or OFFICIAL.fullmatch(urlsplit(link).netloc), (cle, link)


def test_every_source_is_cited() -> None:
    cited = {source.cle for piece in pieces().values() for source in piece.sources}
    for page in PAGES:
        cited |= {line.strip() for line in page.read_text("utf-8").splitlines()}
    assert set(law().sources) - cited == set()


@pytest.mark.parametrize("file", [*PAGES, *DATA], ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_rumour_is_no_source(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not RUMOUR.search(text), RUMOUR.search(text)


def test_the_check_sees_a_rumour() -> None:
    assert RUMOUR.search("Prévoyez-en deux : un journal rapporte que des avis ont été refusés.")
    assert not RUMOUR.search("L'hébergeur peut tenir un journal technique.")


#: « À confirmer », typed by hand in a page, and the words of who could not find: each says whom to ask.
NOBODY = re.compile(r"\(à confirmer(?! (?:à|au|auprès|avec|sur place|de la même façon)\b)")
NOT_FOUND = re.compile(r"n'avons pas (?:pu |trouvé |vérifié )|ne savons pas ")
ASK = re.compile(r"\b(?:demande[rz]|posez|prévenez|fiez-vous|lisez|vérifiez|suivez|sont indiquées)", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_that_could_not_find_out_says_whom_to_ask(page: Path) -> None:
    text = page.read_text("utf-8").replace("\u2019", "'")
    assert not NOBODY.search(text)
    if page.name == "sources-et-methode.md":  # it lists them, each with where to ask
        return
    for paragraph in re.split(r"\n(?:\s*\n|\s*- )", text):
        assert not NOT_FOUND.search(paragraph) or ASK.search(paragraph), paragraph
