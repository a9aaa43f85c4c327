"""The script of the theme carries the policy of Trusted Types; its search is ours; it asks for no list of pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine.bundle import BundleError
from calculators.web.publish import theme_scripts

if TYPE_CHECKING:
    from pathlib import Path


#: How Material's script asks for the pages of each language, and how Zensical's does.
ASKS, ASKS_TOO = (f'all("link[rel=alternate]{mark}");ask(new URL("sitemap.xml",base))' for mark in ("", "[hreflang]"))
#: How Material's script reads the index of the search: at once where the site is served, else when it is opened.
READS = 'L($(location.protocol!=="file:"),Je("search"))'


def themed(site: Path, script: str) -> Path:
    (site / "assets/javascripts/workers").mkdir(parents=True)
    (site / "assets/javascripts/bundle.01234567.min.js").write_text(script, "utf-8")
    (site / "assets/javascripts/workers/search.01234567.min.js").write_text("self.search()", "utf-8")
    return site


def test_the_script_begins_with_the_policy_and_the_search_is_ours(tmp_path: Path) -> None:
    site = themed(tmp_path, f"{ASKS};{READS}")
    (site / "assets/javascripts/lunr").mkdir()
    (site / "assets/javascripts/lunr/tinyseg.js").write_text("", "utf-8")
    theme_scripts.adapt(site)
    once = {path: path.read_text("utf-8") for path in site.rglob("*.js")}
    worker, script = (site / "assets/javascripts" / f"{name}.01234567.min.js" for name in ("workers/search", "bundle"))
    assert once.keys() == {worker, script}, "what only the theme's own search reads is gone"
    assert once[script].count('createPolicy("default"') == 1
    # What the policy declares is not seen by what follows.
    assert once[script].partition("})();\n")[2] == (
        'all("link[rel=alternate][hreflang]");ask(new URL("assets/javascripts/pages.xml",base));L($(!1),Je("search"))'
    ), "a feed is no other language, and no list of pages stands beside it"
    assert "self.search()" not in once[worker]
    assert "onmessage" in once[worker]
    assert list(ET.parse(site / "assets/javascripts/pages.xml").getroot()) == []  # noqa: S314  # our own file
    theme_scripts.adapt(site)
    assert {path: path.read_text("utf-8") for path in site.rglob("*.js")} == once


#: The words that Zensical's script draws the search with.
DRAWN = (
    f"{ASKS_TOO};"
    'b={"aria-label":"Search",placeholder:"Search"},d={"aria-label":"Search results"},'
    'c={"aria-label":"Close search"},f="Filters",t="Tags",'
    'k="Use Up and Down arrow keys to move between tags. Press Space or Enter to toggle a tag.",'
    'm=n>0?`${new Intl.NumberFormat("en-US").format(n)} ${n===1?"result":"results"}`:"No results",'
    'w="Loading search\\u2026",x="Search is unavailable. Reload the page to try again."'
)


def test_a_search_that_the_script_draws_speaks_the_words_of_the_templates(tmp_path: Path) -> None:
    site = themed(tmp_path, DRAWN)
    theme_scripts.adapt(site)
    drawn = (site / "assets/javascripts/bundle.01234567.min.js").read_text("utf-8").partition("})();\n")[2]
    assert 'b={"aria-label":"Rechercher",placeholder:"Rechercher"}' in drawn
    assert (
        'NumberFormat("fr").format(n)} ${n===1?"page trouvée":"pages trouvées"}`:"Aucune page ne contient ces mots"'
        in drawn
    )
    assert not re.search(r"Search|result|Tags|Filters|Loading|Press|\{search", drawn)


def test_a_search_drawn_with_other_words_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r'bundle\.01234567\.min\.js.*"No results"'):
        theme_scripts.adapt(themed(tmp_path, DRAWN.replace("No results", "Nothing found")))


def test_another_theme_is_not_changed_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r'bundle\.01234567\.min\.js.*"sitemap\.xml"'):
        theme_scripts.adapt(themed(tmp_path, "ask('pages.xml')"))
    with pytest.raises(BundleError, match=r"link\[rel=alternate\]"):
        theme_scripts.adapt(themed(tmp_path / "other", 'all("link[rel~=alternate]");ask("sitemap.xml")'))


def test_a_theme_that_reads_the_index_another_way_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"bundle\.01234567\.min\.js.*index of the search"):
        theme_scripts.adapt(themed(tmp_path, f'{ASKS};L(Je("search"))'))
