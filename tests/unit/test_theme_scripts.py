"""The script of the theme carries the policy of Trusted Types; its search is ours; it asks for no list of pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine.bundle import BundleError
from calculators.web.publish import theme_scripts

if TYPE_CHECKING:
    from pathlib import Path


def themed(site: Path, script: str) -> Path:
    (site / "assets/javascripts/workers").mkdir(parents=True)
    (site / "assets/javascripts/bundle.01234567.min.js").write_text(script, "utf-8")
    (site / "assets/javascripts/workers/search.01234567.min.js").write_text("self.search()", "utf-8")
    return site


def test_the_script_begins_with_the_policy_and_the_search_is_ours(tmp_path: Path) -> None:
    site = themed(tmp_path, 'ask(new URL("sitemap.xml",base));')
    (site / "assets/javascripts/lunr").mkdir()
    (site / "assets/javascripts/lunr/tinyseg.js").write_text("", "utf-8")
    theme_scripts.adapt(site)
    once = {path: path.read_text("utf-8") for path in site.rglob("*.js")}
    worker, script = (site / "assets/javascripts" / f"{name}.01234567.min.js" for name in ("workers/search", "bundle"))
    assert once.keys() == {worker, script}, "what only the theme's own search reads is gone"
    assert once[script].count('createPolicy("default"') == 1
    # What the policy declares is not seen by what follows.
    assert once[script].partition("})();\n")[2] == 'ask(new URL("assets/javascripts/pages.xml",base));'
    assert "self.search()" not in once[worker]
    assert "onmessage" in once[worker]
    assert list(ET.parse(site / "assets/javascripts/pages.xml").getroot()) == []  # noqa: S314  # our own file
    theme_scripts.adapt(site)
    assert {path: path.read_text("utf-8") for path in site.rglob("*.js")} == once


def test_another_theme_is_not_changed_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r'bundle\.01234567\.min\.js.*"sitemap\.xml"'):
        theme_scripts.adapt(themed(tmp_path, "ask('pages.xml')"))
