"""What machines read of a page says what the page says: linked data, cards, canonical addresses, list of the pages."""

from __future__ import annotations

import json
import re
import shutil
import struct
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator

from calculators.web.engine import bundle
from calculators.web.publish import cards, metadata, pages
from calculators.web.publish.linked_data import PageError, linked_data, script
from calculators.web.publish.site import main, site_name
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://site.example/aide/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}


def node(kind: str, required: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Describe a node of one type, whose properties are those that schema.org gives this type, and no other."""
    return {
        "type": "object",
        "required": ["@type", *required],
        "properties": {"@type": {"const": kind}, **required, **others},
        "additionalProperties": False,
    }


ORGANISATION = node("GovernmentOrganization", {"name": TEXT})
STEP = node("HowToStep", {"position": {"type": "integer"}, "text": TEXT, "url": TEXT}, name=TEXT)
ABOUT = {
    "anyOf": [
        node("GovernmentService", {"name": TEXT, "provider": ORGANISATION, "serviceOperator": ORGANISATION}),
        node(
            "HowTo",
            {"name": TEXT, "description": TEXT, "inLanguage": TEXT, "step": {"items": STEP, "minItems": 2}},
        ),
    ]
}
TERMS = node(
    "DefinedTermSet",
    {
        "name": TEXT,
        "hasDefinedTerm": {"items": node("DefinedTerm", {"name": TEXT, "description": TEXT, "url": TEXT})},
    },
)
QUESTION = node("Question", {"name": TEXT, "acceptedAnswer": node("Answer", {"text": TEXT})})
CRUMB = node("ListItem", {"position": {"type": "integer"}, "name": TEXT}, item=TEXT)
PAGE = {
    "type": "object",
    "required": ["@context", "@type", "name", "description", "inLanguage", "isPartOf"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"enum": ["WebPage", "FAQPage"]},
        "url": TEXT,
        "name": TEXT,
        "description": TEXT,
        "inLanguage": {"const": "fr"},
        "isAccessibleForFree": {"const": True},
        "isPartOf": node("WebSite", {"name": TEXT, "url": TEXT}),
        "dateModified": DAY,
        "lastReviewed": DAY,
        "breadcrumb": node("BreadcrumbList", {"itemListElement": {"items": CRUMB, "minItems": 2}}),
        "mainEntity": {"type": "array", "items": QUESTION, "minItems": 1},
        "about": {"anyOf": [{"type": "array", "items": ABOUT, "minItems": 1}, TERMS]},
    },
    "if": {"properties": {"@type": {"const": "FAQPage"}}},
    "then": {"required": ["mainEntity"]},
    "additionalProperties": False,
}


class Head(HTMLParser):
    """The head of a page: its links, its meta elements and its data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, list[str]] = {}
        self.meta: dict[str, str] = {}
        self.data: list[str] = []
        self._in_data = False
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.links.setdefault(given["rel"], []).append(given["href"])
        if name := given.get("property") or given.get("name"):
            assert name not in self.meta, name
            self.meta[name] = given["content"]
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
            self._in_data = False


def heads(site: Path) -> dict[str, Head]:
    return {pages.address_of(site, path): Head(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def copied(site: Path, folder: Path, url: str) -> Path:
    """Copy the pages of a built site, and say of them what is said at this address."""
    for path in site.rglob("*.html"):
        target = folder / path.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    metadata.write(folder, ROOT / "docs", site_name(), url)
    return folder


@pytest.fixture(scope="module", params=["site", "zensical_site"])
def built(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.fixture(scope="module")
def addressed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the pages of a site that knows its address."""
    return copied(built, tmp_path_factory.mktemp("addressed"), URL)


# ---------------------------------------------------------------- linked data


def texts(data: object) -> list[str]:
    """List what linked data says in words: names, texts, descriptions of terms."""
    if isinstance(data, list):
        return [text for item in data for text in texts(item)]
    if not isinstance(data, dict):
        return []
    said = [data[key] for key in ("name", "text") if key in data and data["@type"] not in {"WebSite", "ListItem"}]
    said += [data["description"]] if data["@type"] == "DefinedTerm" else []
    return said + [text for key in data for text in texts(data[key])]


def test_linked_data_is_what_schema_org_defines_and_what_the_page_says(built: Path) -> None:
    schema = Draft202012Validator(PAGE)
    for address, head in heads(built).items():
        if address == pages.NOT_FOUND:
            assert head.data == []
            continue
        (written,) = head.data
        data = json.loads(written)
        assert [error.message for error in schema.iter_errors(data)] == [], address
        page = pages.read(built, built / address / "index.html")
        said = page.text
        assert [text for text in texts(data) if text not in said and f"{text}." not in said] == [], address
        assert data["description"] == head.meta["description"], address
        assert data.get("dateModified") == page.verifie_le or not page.verifie_le, address


def test_the_pages_that_have_steps_questions_services_and_terms_say_so(built: Path) -> None:
    kinds: dict[str, set[str]] = {}
    for address, head in heads(built).items():
        for kind in re.findall(r'"@type": "(\w+)"', "".join(head.data)):
            kinds.setdefault(kind, set()).add(address)
    prudhommes = {"prudhommes/consignation/", "prudhommes/restitution/"}
    services = {*prudhommes, "urbanisme/", "papiers/carte-identite-passeport/"}
    assert kinds["GovernmentService"] == services
    assert kinds["HowTo"] >= {*services, "saisie-compte/debiteur/", "saisie-compte/creancier/", "avocat/espace-client/"}
    assert kinds["FAQPage"] >= {"avocat/espace-client/"}
    assert kinds["DefinedTermSet"] == {"glossaire/"}
    assert (
        len(kinds["BreadcrumbList"]) == len(heads(built)) - 2
    )  # all but the home page and the page of what is not there


def test_a_step_is_an_item_of_the_list_or_a_heading(site: Path) -> None:
    page = pages.read(site, site / "papiers/carte-identite-passeport/index.html")
    steps = page.steps("etapes")
    assert [step.titre for step in steps][:2] == ["Faites la pré-demande", "Achetez le timbre fiscal"]
    assert steps[0].texte.startswith("Faites la pré-demande sur ants.gouv.fr.")
    headings = pages.read(site, site / "saisie-compte/actes/index.html").steps("etapes")
    assert headings[0].ancre == "acte"
    assert len(headings) > 5


def test_front_matter_that_the_page_does_not_bear_out_is_refused(site: Path) -> None:
    page = pages.read(site, site / "urbanisme/index.html")
    with pytest.raises(PageError, match=r"parcours: no steps under a heading \{ #absent \}"):
        linked_data(page, {"parcours": "absent"}, "Site", URL)
    with pytest.raises(PageError, match="organisme: the page does not say « Ministère des Îles »"):
        linked_data(page, {"service": {"nom": "guichet", "organisme": "Ministère des Îles"}}, "Site", URL)


def test_no_text_ends_the_element_of_the_data() -> None:
    element = script({"name": "</script><script>alert(1)</script>"})
    assert element.count("<") == 2
    assert json.loads(element.partition(">")[2].rpartition("<")[0])["name"] == "</script><script>alert(1)</script>"


# ---------------------------------------------------------------- with an address, and without


def test_without_its_address_a_site_says_nothing_that_needs_one(built: Path) -> None:
    for address, head in heads(built).items():
        assert "canonical" not in head.links, address
        assert not {"og:url", "og:image"} & head.meta.keys(), address
        assert "https://" not in "".join(head.data).replace("https://schema.org", ""), address
        if address != pages.NOT_FOUND:
            assert head.meta["twitter:card"] == "summary"
            assert head.meta["og:title"]
    assert not list(built.glob("sitemap*"))
    assert "Sitemap" not in (built / "robots.txt").read_text("utf-8")
    assert not (built / "assets/apercus").exists()


def test_with_its_address_every_page_says_where_it_is(addressed: Path) -> None:
    found = heads(addressed)
    for address, head in found.items():
        if address == pages.NOT_FOUND:
            assert head.meta["robots"] == "noindex"
            assert "canonical" not in head.links
            continue
        page = pages.read(addressed, addressed / address / "index.html")
        assert head.links["canonical"] == [head.meta["og:url"]] == [URL + address]
        assert head.meta["og:title"] == page.h1
        assert head.meta["og:description"] == head.meta["description"]
        assert head.meta["og:locale"] == "fr_FR"
        assert head.meta["twitter:card"] == "summary_large_image"
        data = json.loads(head.data[0])
        assert data["url"] == URL + address
        crumbs = data.get("breadcrumb", {"itemListElement": []})["itemListElement"]
        for crumb in crumbs[:-1]:
            assert crumb["item"].removeprefix(URL) in found
    listed = ET.parse(addressed / "sitemap.xml").getroot().findall(f"{SITEMAP}url")  # noqa: S314  # our own file
    assert {entry.findtext(f"{SITEMAP}loc") for entry in listed} == {
        URL + address for address in found if address != pages.NOT_FOUND
    }
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", entry.findtext(f"{SITEMAP}lastmod", "")) for entry in listed)
    assert f"Sitemap: {URL}sitemap.xml" in (addressed / "robots.txt").read_text("utf-8")


def test_written_twice_it_is_written_once(addressed: Path) -> None:
    before = {path: path.read_bytes() for path in addressed.rglob("*") if path.is_file()}
    metadata.write(addressed, ROOT / "docs", site_name(), URL)
    assert {path: path.read_bytes() for path in addressed.rglob("*") if path.is_file()} == before


def test_an_address_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text("<head></head>")
    for given in ("www.exemple.fr", "https://exemple.fr", "ftp://exemple.fr/", "https://exemple.fr/?a=b/"):
        monkeypatch.setenv("SITE_URL", given)
        assert main([str(tmp_path)]) == 1
        assert "écrivez l'adresse entière" in capsys.readouterr().err
    monkeypatch.setenv("SITE_URL", "https://exemple.fr/aide/")
    monkeypatch.setenv("SITE_PATH", "/autre/")
    assert main([str(tmp_path)]) == 1
    assert "SITE_PATH=/autre/" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


# ---------------------------------------------------------------- pictures


def test_every_page_has_its_picture_of_the_announced_size(addressed: Path) -> None:
    for address, head in heads(addressed).items():
        if address == pages.NOT_FOUND:
            continue
        file = addressed / head.meta["og:image"].removeprefix(URL)
        content = file.read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", content[16:24]) == (1200, 630)
        assert (head.meta["og:image:width"], head.meta["og:image:height"]) == ("1200", "630")
        assert head.meta["og:title"] in head.meta["og:image:alt"]
        assert len(content) < 100_000


def test_a_picture_drawn_again_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    for name in ("one", "other"):
        monkeypatch.setattr("calculators.web.engine.bundle.BUILD", tmp_path / name)
        address = cards.draw(tmp_path / f"site-{name}", "Le site", ["Où verser la provision ?"])[
            "Où verser la provision ?"
        ]
        drawn.append((address, (tmp_path / f"site-{name}" / address).read_bytes()))
    assert drawn[0] == drawn[1]
    # The title is really drawn: another one gives another picture, with as many dark points as it has letters.
    empty = cards.draw(tmp_path / "empty", "Le site", [""])[""]
    assert len((tmp_path / "empty" / empty).read_bytes()) < len(drawn[0][1]) - 5_000


def test_two_builds_that_draw_the_same_pictures_at_once_both_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculators.web.engine.bundle.BUILD", tmp_path / "build")
    title, tool = "Où verser la provision ?", bundle.run
    others: list[dict[str, str]] = []

    def slow(*command: Any) -> str:
        """Draw, while another build, begun meanwhile, draws the same picture and ends."""
        monkeypatch.setattr("calculators.web.publish.cards.run", tool)
        others.append(cards.draw(tmp_path / "quick", "Le site", [title]))
        return tool(*command)

    monkeypatch.setattr("calculators.web.publish.cards.run", slow)
    drawn = cards.draw(tmp_path / "slow", "Le site", [title])
    assert others == [drawn]
    assert (tmp_path / "slow" / drawn[title]).read_bytes() == (tmp_path / "quick" / drawn[title]).read_bytes()
    assert [path.suffix for path in (tmp_path / "build/apercus").iterdir()] == [".png"]  # nothing half made stays


def test_the_longest_title_fits() -> None:
    for title in ("Prud’hommes : verser ou récupérer la provision", "Un titre " * 60):
        size, lines = cards.lines_of(title)
        assert all(len(line) * size * 0.53 <= cards.WIDTH - 180 for line in lines)
        assert len(lines) * size * 1.2 <= cards.HEIGHT - 220


def test_relative_addresses_of_linked_data_lead_from_the_page(site: Path) -> None:
    data = json.loads(heads(site)["saisie-compte/debiteur/"].data[0])
    (home, section, here) = data["breadcrumb"]["itemListElement"]
    base = f"{URL}saisie-compte/debiteur/"
    assert urljoin(base, home["item"]).rstrip(".") == URL
    assert urljoin(base, section["item"]) == f"{URL}saisie-compte/"
    assert "item" not in here
