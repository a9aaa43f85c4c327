"""The look and the frame of the pages: what every page has, in French, with colours that can be read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import TYPE_CHECKING

import jinja2
import pytest
import yaml

from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
STYLES = DOCS / "assets" / "css" / "site.css"

#: What the theme writes in English, or about itself, where nobody takes care.
FOREIGN = (
    "Made with",
    "Skip to content",
    "Table of contents",
    "Back to top",
    "Not found",
    'alt="logo"',
    "Type to start searching",
    "Initializing search",
)


class Elements(HTMLParser):
    """Every element of a page, as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def each(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """List the attributes of the elements with this tag and these values (class_ stands for class)."""
        pairs = [(name.rstrip("_"), value) for name, value in wanted.items()]
        return [
            attributes
            for name, attributes in self.all
            if name == tag and all(value in attributes.get(key, "").split() for key, value in pairs)
        ]


def pages(site: Path) -> dict[str, str]:
    return {str(path.relative_to(site)): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}


def front_matters() -> Iterator[tuple[str, dict[str, object]]]:
    """Give, for each Markdown page, the path of its HTML page and its front matter."""
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text("utf-8")
        meta = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}
        place = path.relative_to(DOCS).with_suffix("")
        folder = place.parent if place.name == "index" else place
        yield str(folder / "index.html"), meta


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_every_page_is_french_and_has_one_title_and_a_way_to_the_content(
    builder: str, request: pytest.FixtureRequest
) -> None:
    for path, html in pages(request.getfixturevalue(builder)).items():
        page = Elements(html)
        assert page.each("html")[0]["lang"] == "fr", path
        assert len(page.each("h1")) == 1, path
        assert not [words for words in FOREIGN if words in html], path
        if path != "404.html":
            (skip,) = page.each("a", class_="md-skip")
            assert [name for name, given in page.all if given.get("id") == skip["href"].partition("#")[2]], path


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_every_page_says_what_it_is_not_and_what_it_does_not_send(builder: str, request: pytest.FixtureRequest) -> None:
    for path, html in pages(request.getfixturevalue(builder)).items():
        assert "Information générale, pas un conseil juridique personnalisé." in html, path
        assert "Rien de ce que vous tapez ne quitte votre appareil." in html, path
        assert Elements(html).each("noscript"), path


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_no_page_asks_another_origin_for_anything(builder: str, request: pytest.FixtureRequest) -> None:
    for path, html in pages(request.getfixturevalue(builder)).items():
        wanted = [
            given.get("src") or given.get("href", "")
            for name, given in Elements(html).all
            if name in {"link", "script", "img", "iframe", "source", "use", "image", "video", "audio"}
        ]
        assert not [address for address in wanted if re.match(r"[a-z]*:?//", address)], path


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_a_page_tells_when_it_was_verified_and_where_to_be_helped(builder: str, request: pytest.FixtureRequest) -> None:
    built = pages(request.getfixturevalue(builder))
    for path, meta in front_matters():
        page = Elements(built[path])
        dates = [given["datetime"] for given in page.each("time")]
        assert ("Vérifié le" in built[path]) == ("verifie_le" in meta), path
        if "verifie_le" in meta:
            assert str(meta["verifie_le"]) in dates, path
        assert bool(page.each("section", class_="aide")) == bool(meta.get("aide")), path


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2026-11-21", "21&nbsp;novembre&nbsp;2026"),
        ("2026-01-01", "1er&nbsp;janvier&nbsp;2026"),
        ("2027-08-02", "2&nbsp;août&nbsp;2027"),
        ("2025-12-31", "31&nbsp;décembre&nbsp;2025"),
    ],
)
def test_the_date_is_written_as_in_french(date: str, written: str) -> None:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"), autoescape=True)
    page = SimpleNamespace(meta={"verifie_le": date})
    html = environment.get_template("partials/verifie-le.html").render(page=page)
    assert f'<time datetime="{date}">{written}</time>' in " ".join(html.split())


def test_the_logo_and_the_icon_are_drawings_of_this_site(site: Path) -> None:
    for name in ("logo.svg", "favicon.svg"):
        assert (site / "assets" / "img" / name).read_text("utf-8").startswith("<svg ")


# Colours.

TEXTS = ("encre", "encre-douce", "lien", "lien-survol", "accent")
BACKGROUNDS = ("fond", "fond-doux", "fond-carte", "marque-douce", "accent-doux")
#: Words of a colour, on the pale form of that colour and on the cards.
PAIRS = (
    ("sur-marque", "marque"),
    ("sur-marque", "marque-survol"),
    ("marque", "marque-douce"),
    ("marque", "fond"),
    *(
        (name, ground)
        for name in ("succes", "attention", "erreur")
        for ground in (f"{name}-doux", "fond", "fond-carte")
    ),
    *(("encre", f"{name}-doux") for name in ("succes", "attention", "erreur")),
)
#: Borders and parts of a picture that mean something, and the ring of the focus.
SHAPES = ("trait-fort", "focus", "part-laissee", "part-demande", "part-saisie")


def colours(scheme: str) -> dict[str, str]:
    block = next(
        body
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLES.read_text("utf-8"))
        if f'[data-md-color-scheme="{scheme}"]' in selector and "--me-fond:" in body
    )
    return dict(re.findall(r"--me-([\w-]+):\s*(#\w{6})", block))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_text_colour_can_be_read_on_every_background(scheme: str) -> None:
    names = colours(scheme)
    pairs = [*((text, ground) for text in TEXTS for ground in BACKGROUNDS), *PAIRS]
    weak = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(*(names[name] for name in pair))) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_shape_that_means_something_stands_out(scheme: str) -> None:
    names = colours(scheme)
    pairs = [(shape, ground) for shape in SHAPES for ground in ("fond", "fond-carte")]
    weak = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(*(names[name] for name in pair))) < 3}
    assert weak == {}


def test_both_schemes_name_the_same_colours() -> None:
    assert colours("default").keys() == colours("slate").keys()


def test_every_rule_of_the_style_sheets_is_closed() -> None:
    """A browser takes what follows an unclosed rule for a part of it, without a word."""
    for path in STYLES.parent.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert rules.count("{") == rules.count("}"), path.name
