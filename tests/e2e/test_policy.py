"""The strict policy: every page lives under it, and it does refuse what is not the site's own.

A violation prints an error in the console, which fails any test of this folder: all of them run under the policy.
"""

from __future__ import annotations

import shutil
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from calculators.web.project.settings import Settings
from calculators.web.publish import hosting, policy
from calculators.web.publish.hosting.headers_file import read as headers_of
from calculators.web.publish.hosting.rules import REFUSED, USED
from calculators.web.publish.site import lead_from_anywhere
from tests.helpers import until
from tests.sbi_page import SIMPLE_LINK, open_form, shows_amounts
from tests.servers import running

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
    sent = next(value for name, value in headers_of(site) if name == "Content-Security-Policy")
    for file in sorted(site.rglob("*.html")):
        with urllib.request.urlopen(server + file.relative_to(site).as_posix()) as answer:
            assert sent in answer.headers["Content-Security-Policy"]
            assert answer.read().count(b'<meta http-equiv="Content-Security-Policy"') == 1


def test_the_search_of_zensical_lives_under_the_policy_too(page: Page, zensical_server: str) -> None:
    """It writes its style sheet into the page: that one is allowed, by its hash."""
    for path in ("404.html", "calculateurs/sbi/", "saisie-compte/", ""):
        answer = page.goto(zensical_server + path)
        assert answer is not None
        assert "style-src 'self' 'sha256-" in answer.headers["content-security-policy"]
    page.get_by_role("button").filter(has_text="echerche").first.click()
    rules = "[...document.querySelectorAll('body > div')].find((box) => box.shadowRoot)?.shadowRoot.styleSheets"
    assert page.evaluate(f"{rules}[0].cssRules.length") > 0
    page.keyboard.insert_text("comte jiont")
    found = page.locator("body > div").get_by_role("option").first
    found.wait_for()
    assert "compte-joint" in str(found.get_attribute("href"))
    assert found.locator("mark").count() > 0


def test_a_page_brought_into_another_one_finds_its_scripts_allowed(page: Page, server: str) -> None:
    """The theme brings the next page into the document it left, whose policy stays."""
    page.goto(server)
    page.evaluate(VIOLATIONS)
    page.locator(".md-content a[href*=saisie-compte]").first.click()
    until(page, "() => location.pathname.includes('saisie-compte')")
    page.locator("h1").wait_for()
    assert page.evaluate("refused") == []


#: What an intruder would write, and what writes it.
WRITINGS = {
    "a script's words": "document.createElement('script').text = 'intruder = 1'",
    "a script's words, as a node": "const made = document.createElement('script'); made.append('intruder = 1'); "
    "document.body.append(made); throw globalThis.intruder ?? new TypeError()",
    "a script's address": "document.createElement('script').src = 'data:,intruder=1'",
    "a script of another site": "document.createElement('script').setAttribute('src', 'https://other.example/a.js')",
    "a file of ours that is no script": "document.createElement('script').src = '/donnees/montants.csv'",
    "a worker's address": "new Worker(URL.createObjectURL(new Blob(['intruder = 1'])))",
    "a handler": """document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='intruder = 1'>")""",
    "a handler in a table": "document.createElement('table').innerHTML = '<tr onclick=intruder()><td>'",
    "a handler in a template": "document.body.innerHTML += '<template><b onclick=intruder()>'",
    "a handler in words": "document.createElement('p').innerHTML = '<title><img onerror=intruder()></title>'",
    "a handler where scripts are off": "document.createElement('p').innerHTML = '<noscript>a</noscript>'",
    "an address that runs": "document.body.innerHTML = '<a href=\\'java\\tscript:intruder\\'>a</a>'",
    "a frame": "document.createElement('p').innerHTML = '<iframe></iframe>'",
    "a script in a part": "document.createElement('p').innerHTML = '<script></script>'",
    "a page that runs": "new DOMParser().parseFromString('<body onload=intruder()>', 'text/html')",
    "words to run": "setTimeout('intruder = 1')",
    "another policy": "trustedTypes.createPolicy('other', { createHTML: (text) => text })",
    "a policy of the same name": "trustedTypes.createPolicy('reading', { createHTML: (text) => text })",
}


@pytest.mark.parametrize("name", ["server", "zensical_server"])
def test_nothing_that_is_written_into_a_page_runs(
    page: Page, name: str, request: pytest.FixtureRequest, faults: Faults
) -> None:
    """Neither by a script of ours nor by one of the theme's, in a page that the theme brought and in the first one."""
    faults.expect("Content Security Policy|Trusted|requires '")
    page.goto(request.getfixturevalue(name))
    page.evaluate(VIOLATIONS)
    for what, writing in WRITINGS.items():
        refusal = page.evaluate(f"() => {{ try {{ {writing} }} catch (error) {{ return error.name }} }}")
        assert refusal in {"TypeError", "EvalError"}, what
    page.evaluate("document.body.firstElementChild.setAttribute('style', 'color: red')")
    until(page, "() => refused.includes('style-src-attr')")
    assert page.evaluate("globalThis.intruder") is None


def test_what_a_page_does_itself_is_trusted(page: Page, server: str, site: Path) -> None:
    """What is put in a page, a script of ours, and any page of the site brought by the theme."""
    page.goto(server)
    for writing in (
        "document.createElement('p').innerHTML = '<details><summary>a</summary><b>b</b></details> 1 < 2'",
        "document.createElement('script').src = document.querySelector('script[src]').src",
    ):
        assert page.evaluate(writing)
    pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    read = """async (pages) => {
        for (const path of pages) {
            const answer = await fetch(path);
            new DOMParser().parseFromString(await answer.text(), "text/html");
        }
        return pages.length;
    }"""
    assert page.evaluate(read, pages) == len(pages)


def test_all_that_the_browser_knows_is_refused_but_what_is_used(page: Page, server: str) -> None:
    page.goto(server)
    known, allowed = page.evaluate("[document.featurePolicy.features(), document.featurePolicy.allowedFeatures()]")
    # Of the dialogue that shares, some systems know nothing.
    assert allowed == [name for name in USED if name in known]
    assert "clipboard-write" in allowed
    assert set(known) <= {*REFUSED.split(), *USED}


def test_a_calculator_answers_behind_a_real_server_in_a_folder_of_its_host(
    page: Page, site: Path, tmp_path: Path, faults: Faults
) -> None:
    copy = tmp_path / "root/aide"
    shutil.copytree(site, copy)
    lead_from_anywhere(copy, "/aide/")
    hosting.write(copy, policy.apply(copy), replace(Settings.read(), path="/aide/"))
    with running("nginx", tmp_path, copy, copy.parent) as url:
        open_form(page, f"{url}aide/", SIMPLE_LINK)
        shows_amounts(page, "651,69", "348,31")
        faults.expect("404")
        page.goto(f"{url}aide/nulle/part/")
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).display") == "block"
        page.get_by_role("link", name="l’accueil").click()
        until(page, "() => location.pathname === '/aide/'")
        page.get_by_role("heading", level=1).wait_for()


def test_the_worker_has_the_policy_too(server: str, site: Path) -> None:
    (worker,) = site.glob("assets/engine/worker-*.mjs")
    with urllib.request.urlopen(server + worker.relative_to(site).as_posix()) as answer:
        assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]


def test_a_calculator_answers_without_the_theme_s_script(page: Page, server: str, faults: Faults) -> None:
    """What it writes is judged all the same: the page script has the policy too."""
    faults.expect("Failed to load resource|ERR_FAILED|Content Security Policy|Trusted")
    page.route("**/assets/javascripts/bundle.*", lambda route: route.abort())
    open_form(page, server, SIMPLE_LINK)
    shows_amounts(page, "651,69", "348,31")
    assert page.evaluate(
        "() => { try { document.body.innerHTML = '<b onclick=a()>' } catch (error) { return error.name } }"
    )
