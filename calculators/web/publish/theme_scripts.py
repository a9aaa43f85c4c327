"""What publishing changes in the scripts of the theme, which both generators copy as they are.

The policy that Trusted Types ask (`calculators/web/js/reading/trusted.mjs`) goes first in each: the theme's scripts
write HTML and start a worker. And the list of the pages that the theme asks for is one of ours, always there and empty,
since links of the site are known by their folder (`calculators/web/js/reading/theme.mjs`): `sitemap.xml` is there only
when it has something to say. A page's `alternate` is another language of it where it names one, and a feed is none: the
theme asked for its list of pages beside each feed. Material's asks for the index of the search once the search is
opened, and no more with each page: the index weighs as much as all the rest of a page. The worker of the search is
wholly ours (`calculators/web/js/search/`), under the name of the theme's, which starts it. Zensical's script draws the
search itself, in English: its words become those that the templates give to Material's.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from calculators.web.engine.bundle import JAVASCRIPT, JAVASCRIPT_SOURCES, NODE, ROOT, BundleError, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: The theme's script, in every page, and the worker of its search.
SCRIPT = "assets/javascripts/bundle.*.js"
WORKER = "assets/javascripts/workers/search.*.js"
#: What the theme's own search reads of each language.
_LANGUAGES = "assets/javascripts/lunr"

#: The list of the pages, where the theme asks for it, and where it is sent.
_LIST = '"sitemap.xml"'
PAGES = "assets/javascripts/pages.xml"
_NONE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>\n'
)

#: How Material's script finds the other languages of a page, and how Zensical's does: by the language they name.
_ALTERNATE, _LANGUAGE = '"link[rel=alternate]"', '"link[rel=alternate][hreflang]"'

#: Where Material's script asks whether the site is served, to read the index of the search before it is opened.
_AT_ONCE = re.compile(r'\(location\.protocol!=="file:"\)(?=,\w+\("search"\))')

#: What only a script that draws the search holds; then its words, each with the name of ours in the templates.
_DRAWS = "Search is unavailable"
_FRENCH = "overrides/partials/languages/fr.html"
_WORDS: Mapping[str, str] = {
    '"Search"': '"{search.placeholder}"',
    '"Search results"': '"{search}"',
    '"Close search"': '"{search.close}"',
    '"Filters"': '"{search.filters}"',
    '"Tags"': '"{search.tags}"',
    '"Use Up and Down arrow keys to move between tags. Press Space or Enter to toggle a tag."': '"{search.tags.keys}"',
    '"Loading search\\u2026"': '"{search.result.initializer}"',
    f'"{_DRAWS}. Reload the page to try again."': '"{search.unavailable}"',
    '"No results"': '"{search.result.none}"',
    '"result":"results"': '"{search.result.one}":"{search.result.other}"',
    'Intl.NumberFormat("en-US")': 'Intl.NumberFormat("{search.config.lang}")',
}

#: How the policy begins, once bundled: a script that has it is left as it is.
_MARK = "/* trusted */"


def adapt(site: Path) -> None:
    """Change the scripts of the theme in `site`, once.

    Raises:
        BundleError: the theme asks for the list of the pages, other languages or the index another way, or draws the
            search with other words.
    """
    scripts, workers = sorted(site.glob(SCRIPT)), sorted(site.glob(WORKER))
    if not scripts:
        return
    policy = _bundled("reading/trusted.mjs")
    for path in scripts:
        text = path.read_text("utf-8")
        if text.startswith(_MARK):
            continue
        if text.count(_LIST) != 1:
            raise BundleError(f"{path.name}: the theme's script does not ask for {_LIST} once")
        if text.count(_ALTERNATE) + text.count(_LANGUAGE) != 1:
            raise BundleError(f"{path.name}: the theme's script does not look for {_ALTERNATE} once")
        asked = text.replace(_LIST, f'"{PAGES}"').replace(_ALTERNATE, _LANGUAGE)
        asked = _in_french(path.name, asked) if _DRAWS in asked else _when_opened(path.name, asked)
        path.write_text(f"{_MARK}{policy}{asked}", "utf-8")
    for path in workers:
        path.write_text(_bundled("search/worker.mjs"), "utf-8")
        path.with_name(f"{path.name}.map").unlink(missing_ok=True)
    shutil.rmtree(site / _LANGUAGES, ignore_errors=True)
    (site / PAGES).write_text(_NONE, "utf-8")


def _when_opened(name: str, script: str) -> str:
    """Let a script read the index of the search when a reader opens the search, as it does in a folder."""
    script, found = _AT_ONCE.subn("(!1)", script)
    if found != 1:
        raise BundleError(f"{name}: the theme's script does not read the index of the search where it did")
    return script


def _in_french(name: str, script: str) -> str:
    """Put our words in place of those of a script that draws the search."""
    said = dict(re.findall(r'^  "([^"]+)": "([^"]*)"', (ROOT / _FRENCH).read_text("utf-8"), re.MULTILINE))
    for theirs, ours in _WORDS.items():
        if theirs not in script:
            raise BundleError(f"{name}: the theme's search does not say {theirs}")
        # The templates put the number in place of « # »; here it is written before.
        words = re.sub(r"\{([^}]+)\}", lambda found: re.sub(r"^[1#] ", "", said[found[1]]), ours)
        script = script.replace(theirs, words)
    return script


def _bundled(script: str) -> str:
    """Bundle one of our scripts into one line."""
    command = [
        str(NODE),
        str(ROOT / "node_modules/esbuild/bin/esbuild"),
        str(ROOT / JAVASCRIPT_SOURCES / script),
        "--bundle",
        "--minify",
        "--format=iife",
        f"--target={JAVASCRIPT}",
        "--log-level=warning",
    ]
    return run(f"bundling {script}", command)
