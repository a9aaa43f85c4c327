"""The feeds of what changed, read back by a library that reads feeds: one of everything, one a démarche."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from calculators.law import law
from calculators.law.pieces import demarches
from calculators.versions.records import records
from calculators.web.guides.changes import of_the_lists
from calculators.web.guides.feeds import FEED, feed_of
from calculators.web.publish import feed
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCS, DAY = ROOT / "docs", date(2026, 11, 29)
NAMES = (FEED, *map(feed_of, demarches()))
SITE = "https://www.exemple.fr/aide/"
PAGE = "<!doctype html><html><head><title>Une page</title></head><body></body></html>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feeds of a site of a few pages."""
    folder = tmp_path_factory.mktemp("site")
    for address in (".", "pieces/passeport", "saisie-compte/contester", "glossaire"):
        (folder / address).mkdir(parents=True, exist_ok=True)
        (folder / address / "index.html").write_text(PAGE, "utf-8")
    feed.write(folder, DOCS, DAY)
    return folder


def read(site: Path, name: str) -> Any:
    """A feed, as a program that follows it at that address reads it."""
    headers = {"content-location": f"{SITE}{name}", "content-type": "application/atom+xml; charset=utf-8"}
    found = feedparser.parse((site / name).read_bytes(), response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_atom_with_all_that_a_reader_needs(site: Path, name: str) -> None:
    found = read(site, name)
    assert found.feed.title.endswith("ce qui a changé")
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.language == "fr"
    assert found.feed.author == "Mode d'emploi des démarches"
    assert {link.href for link in found.feed.links if link.rel == "self"} == {f"{SITE}{name}"}
    (page,) = (link.href for link in found.feed.links if link.rel == "alternate")
    source = page.removeprefix(SITE).strip("/")
    assert (DOCS / f"{source}.md").is_file()
    days = [entry.updated for entry in found.entries]
    assert days == sorted(days, reverse=True)
    assert found.feed.updated == days[0] <= f"{DAY}T00:00:00Z"
    for entry in found.entries:
        assert entry.title
        assert entry.summary
        assert entry.link.startswith("https://")
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_each_feed_has_its_own_identifier_and_its_entries_that_of_the_feed_of_everything(site: Path) -> None:
    feeds = [read(site, name) for name in NAMES]
    assert len({found.feed.id for found in feeds}) == len(feeds)
    every = {entry.id: entry.title for entry in feeds[0].entries}
    for found in feeds[1:]:
        assert {entry.id: entry.title for entry in found.entries}.items() <= every.items()


def test_the_same_law_gives_the_same_bytes_whenever_it_is_built(site: Path, tmp_path: Path) -> None:
    feed.write(tmp_path, DOCS, date(2027, 1, 15))
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (site / name).read_bytes()


@pytest.mark.parametrize(
    ("demarche", "told", "untold"),
    [
        ("saisie-compte", "Solde bancaire insaisissable", "Timbre"),
        ("passeport", "Timbre", "Solde bancaire insaisissable"),
        ("injonction-de-payer", "faire signifier l’ordonnance", "Timbre"),
        ("urbanisme", "autorisation", "Solde bancaire insaisissable"),
        ("espace-client", "", "Solde bancaire insaisissable"),
    ],
)
def test_a_feed_tells_what_concerns_its_demarche_and_no_more(site: Path, demarche: str, told: str, untold: str) -> None:
    text = (site / feed_of(demarche)).read_text("utf-8")
    assert told in text
    assert untold not in text


def test_a_correction_is_told_where_its_page_leads(site: Path) -> None:
    titles = {name: [entry.title for entry in read(site, feed_of(name)).entries] for name in demarches()}
    subject = law().corrections["aide-juridictionnelle"].sujet.replace("'", "’")
    told = {name for name, those in titles.items() if any(subject in title for title in those)}
    assert "saisie-compte" in told
    assert "passeport" not in told


def test_a_document_that_changed_is_told_in_the_feed_of_its_list() -> None:
    last = records()[-1]
    key = "passeport-photo"
    before = replace(last, version="2026-01-01-000000", publiee_le="2026-01-01", pieces=dict(last.pieces))
    gone = ("passeport", "Un vieux papier", "00")
    before = replace(before, pieces={**{k: v for k, v in last.pieces.items() if k != key}, "vieux": gone})
    found = {change.cle.rpartition("/")[2]: change for change in of_the_lists((before, last))}
    assert found[key].demarches == ("passeport",)
    assert found[key].jour == date.fromisoformat(last.publiee_le)
    assert found[key].quoi == "Liste « Passeport », nouvelle pièce : Photo d'identité aux normes."
    assert found["vieux"].quoi == "Liste « Passeport », n'est plus demandée : Un vieux papier."
    assert found["vieux"].lien == "pieces/passeport/"


def test_a_page_leads_to_the_feeds_of_its_demarches(site: Path) -> None:
    def led(address: str) -> list[str]:
        return re.findall(r'rel="alternate"[^>]*href="([^"]*)"', (site / address / "index.html").read_text("utf-8"))

    assert led("pieces/passeport") == ["../../flux/passeport.xml"]
    assert led("saisie-compte/contester") == ["../../flux/saisie-compte.xml"]
    assert led("glossaire") == led(".") == []
