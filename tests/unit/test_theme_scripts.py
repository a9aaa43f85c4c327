"""The scripts of the theme carry the policy of Trusted Types, and ask for no list of pages that is not there."""

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


def test_each_script_begins_with_the_policy_and_is_else_as_it_was(tmp_path: Path) -> None:
    site = themed(tmp_path, 'ask(new URL("sitemap.xml",base));')
    theme_scripts.adapt(site)
    once = {path: path.read_text("utf-8") for path in site.rglob("*.js")}
    for text in once.values():
        assert text.count('createPolicy("default"') == 1
        # What the policy declares is not seen by what follows.
        assert text.partition("})();\n")[2] in {'ask(new URL("assets/javascripts/pages.xml",base));', "self.search()"}
    assert list(ET.parse(site / "assets/javascripts/pages.xml").getroot()) == []  # noqa: S314  # our own file
    theme_scripts.adapt(site)
    assert {path: path.read_text("utf-8") for path in site.rglob("*.js")} == once


def test_another_theme_is_not_changed_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r'bundle\.01234567\.min\.js.*"sitemap\.xml"'):
        theme_scripts.adapt(themed(tmp_path, "ask('pages.xml')"))
