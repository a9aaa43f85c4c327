"""The strict policy: every page lives under it, and it does refuse what is not the site's own.

A violation prints an error in the console, which fails any test of this folder: all of them run under the policy.
"""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

from calculators.web.hosting.headers_file import read as headers_of
from tests.helpers import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.helpers import Faults

VIOLATIONS = """() => {
    globalThis.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
}"""


def test_every_page_carries_the_policy(server: str, site: Path) -> None:
    """In its headers and in itself; test_accessibility.py opens each one, and would print a violation."""
    policy = next(value for name, value in headers_of(site) if name == "Content-Security-Policy")
    for file in sorted(site.rglob("*.html")):
        with urllib.request.urlopen(server + file.relative_to(site).as_posix()) as answer:
            assert policy in answer.headers["Content-Security-Policy"]
            assert answer.read().count(b'<meta http-equiv="Content-Security-Policy"') == 1


def test_a_page_brought_into_another_one_finds_its_scripts_allowed(page: Page, server: str) -> None:
    """The theme brings the next page into the document it left, whose policy stays."""
    page.goto(server)
    page.evaluate(VIOLATIONS)
    page.locator(".md-content a[href*=saisie-compte]").first.click()
    until(page, "() => location.pathname.includes('saisie-compte')")
    page.locator("h1").wait_for()
    assert page.evaluate("refused") == []


def test_a_script_written_into_a_page_is_refused(page: Page, server: str, faults: Faults) -> None:
    faults.expect("Content Security Policy")
    page.goto(server)
    page.evaluate(VIOLATIONS)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "globalThis.intruder = true";
            document.body.append(script);
            const written = "<img src='data:,' onerror='intruder = true'><p style='color: red'>x</p>";
            document.body.insertAdjacentHTML("beforeend", written);
        }"""
    )
    until(page, "() => refused.length >= 2")
    assert page.evaluate("globalThis.intruder") is None
    assert {"script-src-elem", "style-src-attr"} <= set(page.evaluate("refused"))


def test_the_worker_has_the_policy_too(server: str, site: Path) -> None:
    (worker,) = site.glob("assets/engine/worker-*.mjs")
    with urllib.request.urlopen(server + worker.relative_to(site).as_posix()) as answer:
        assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
