"""What publishing changes in the scripts of the theme, which both generators copy as they are.

The policy that Trusted Types ask (`calculators/web/js/reading/trusted.mjs`) goes first in each: the theme's scripts
write HTML and start a worker. And the list of the pages that the theme asks for is one of ours, always there and
empty, since links of the site are known by their folder (`calculators/web/js/reading/theme.mjs`): `sitemap.xml` is
there only when it has something to say. The worker of the search is wholly ours (`calculators/web/js/search/`), under
the name of the theme's, which starts it.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from calculators.web.engine.bundle import JAVASCRIPT, JAVASCRIPT_SOURCES, NODE, ROOT, BundleError, run

if TYPE_CHECKING:
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

#: How the policy begins, once bundled: a script that has it is left as it is.
_MARK = "/* trusted */"


def adapt(site: Path) -> None:
    """Change the scripts of the theme in `site`, once.

    Raises:
        BundleError: the theme asks for the list of the pages another way.
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
        asked = text.replace(_LIST, f'"{PAGES}"')
        path.write_text(f"{_MARK}{policy}{asked}", "utf-8")
    for path in workers:
        path.write_text(_bundled("search/worker.mjs"), "utf-8")
        path.with_name(f"{path.name}.map").unlink(missing_ok=True)
    shutil.rmtree(site / _LANGUAGES, ignore_errors=True)
    (site / PAGES).write_text(_NONE, "utf-8")


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
