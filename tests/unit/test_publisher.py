"""Who publishes a copy of the site: what is not told is said not to be, and nothing is asked of the reader."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from tests.helpers import ROOT

NOTICE = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=True).get_template(
    "partials/exploitant.html"
)
SETTINGS = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # only texts
BLANK: dict[str, str] = SETTINGS["extra"]["exploitant"]


def shown(**told: str) -> str:
    page: dict[str, Any] = {"meta": {"mentions": True, "signaler": True, "copie": True}}
    return NOTICE.render(config={"extra": {"exploitant": BLANK | told}}, page=page)


def test_a_copy_that_names_nobody_says_so() -> None:
    assert set(BLANK.values()) == {""}
    text = shown()
    for words in ("ne nomme pas la personne qui la publie", "ne nomme pas son hébergeur", "ne donne pas d’adresse"):
        assert words in text
    assert "compléter" not in text
    assert "<dl" not in text


@pytest.mark.parametrize("name", [name for name in BLANK if name not in ("signaler", "copie")])
def test_what_is_told_is_shown_and_the_rest_is_said_not_to_be(name: str) -> None:
    text = shown(**{name: "Association d’entraide"})
    assert "<dd>Association d’entraide</dd>" in text
    assert "Cette copie ne le dit pas." in text
    assert "compléter" not in text


def test_an_address_to_write_to_is_a_link() -> None:
    assert '<a href="mailto:aide@asso.example">aide@asso.example</a>' in shown(signaler="mailto:aide@asso.example")
