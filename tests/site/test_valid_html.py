"""Every built page is valid HTML, says a validator that knows the standard."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

VALIDATOR = ROOT / "node_modules/html-validate/bin/html-validate.mjs"

#: The theme's own boxes that open its menus: not ours to write, and harmless.
THEME = {("valid-autocomplete", "#__drawer"), ("valid-autocomplete", "#__search")}


def mistakes(folder: Path, pages: list[Path]) -> list[str]:
    """List what is wrong in these pages, one line each; `folder` is a place for the settings."""
    settings = folder / "settings.json"
    settings.write_text(json.dumps({"root": True, "extends": ["html-validate:standard"]}), "utf-8")
    report = folder / "report.json"
    command = [str(bundle.NODE), str(VALIDATOR), "--config", str(settings), "--formatter", f"json={report}"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
    assert report.is_file(), done.stderr
    results: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))
    return [
        f"{result['filePath']}:{found['line']}: {found['message']} ({found['ruleId']}, {found['selector']})"
        for result in results
        for found in result["messages"]
        if (found["ruleId"], found["selector"]) not in THEME
    ]


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_every_page_is_valid(builder: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    pages = sorted(request.getfixturevalue(builder).rglob("*.html"))
    assert len(pages) > 20
    assert mistakes(tmp_path, pages) == []


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    start = '<!DOCTYPE html>\n<html lang="fr"><head><title>Essai</title></head><body>'
    page.write_text(f"{start}<p>Bien.</p></body></html>\n", "utf-8")
    assert mistakes(tmp_path, [page]) == []
    page.write_text(f'{start}<p id="a"><div id="a"></p></body></html>\n', "utf-8")
    assert any("no-dup-id" in found for found in mistakes(tmp_path, [page]))
