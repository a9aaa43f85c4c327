"""The strict policy of the pages: what a browser may run and fetch for them, and nothing else.

The scripts written inside the pages are those of the theme; each is allowed by its hash, computed from the built pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Types of scripts that hold data and are not run.
DATA = {"application/json", "application/ld+json"}

#: The scripts of the theme, in a built site.
THEME_SCRIPTS = "assets/javascripts/*.js"

#: A style sheet that a script adds to the page, by the name of the constant that holds it.
_STYLE = re.compile(r'\("style",\{\},([\w$]+)\.toString\(\)\)')
_META = re.compile('<meta http-equiv="Content-Security-Policy" content="[^"]*">')


class _Scripts(HTMLParser):
    """Collects the scripts that stand in a page and are run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = tag == "script" and "src" not in given and given.get("type") not in DATA
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def inline_scripts(page: str) -> list[str]:
    """List the scripts written in `page`.

    >>> inline_scripts('<script>a && b</script><script src="c.js"></script><script type="application/json">{}</script>')
    ['a && b']
    """
    parser = _Scripts()
    parser.feed(page)
    parser.close()
    return parser.found


def script_hash(script: str) -> str:
    """Give the source expression that allows this very script, or style sheet.

    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def written_styles(script: str) -> list[str]:
    r"""List the style sheets that a script of the theme writes into the page, each a constant of the script.

    The search of Zensical has one, kept apart from those of the page.

    >>> written_styles(r'''var Tc='.a{content:"\\201c"}';o.appendChild(C("style",{},Tc.toString()))''')
    ['.a{content:"\\201c"}']
    >>> written_styles("document.body.append(C('p'))")
    []
    """
    styles = []
    for place in _STYLE.finditer(script):
        constant = re.search(rf"\b{re.escape(place[1])}='((?:[^'\\]|\\.)*)'", script, re.DOTALL)
        if constant is None:
            raise ValueError(f"the style sheet written by a script of the theme cannot be read: {place[0]}")
        styles.append(re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", _unescaped, constant[1], flags=re.DOTALL))
    return styles


def _unescaped(found: re.Match[str]) -> str:
    """Give the character that an escape of JavaScript stands for."""
    name = found[1]
    return chr(int(name[1:], 16)) if len(name) > 1 else {"n": "\n", "t": "\t", "r": "\r", "\n": ""}.get(name, name)


def policy(pages: Iterable[str], changes: Mapping[str, str] | None = None, scripts: Iterable[str] = ()) -> str:
    """Write the policy that all these pages run under, with these scripts of the theme.

    `changes` are rules of another edition of the site.

    One for all: the theme brings the next page into the document of the one before, under the policy of the first.
    """
    hashes = sorted({script_hash(script) for page in pages for script in inline_scripts(page)})
    styles = sorted({script_hash(style) for script in scripts for style in written_styles(script)})
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *hashes]),
        "worker-src": "'self'",
        "connect-src": "'self'",
        "style-src": " ".join(["'self'", *styles]),
        "img-src": "'self' data:",
        "font-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        # Where the browser knows it: a text becomes HTML, a script or its address through these two policies only. They
        # are those of calculators/web/js/reading/trusted.mjs; no other script can make one of their names.
        "require-trusted-types-for": "'script'",
        "trusted-types": "default reading",
        **(changes or {}),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def with_policy(page: str, rules: str) -> str:
    """Write a policy in a page, in place of any that stood there."""
    head, mark, rest = _META.sub("", page).partition('<meta charset="utf-8">')
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(rules)}">'
    return f"{head}{mark}{meta}{rest}" if mark else page


def apply(site: Path) -> str:
    """Write the policy of `site` into its pages, for the hosts that send no headers; return it."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    scripts = [path.read_text("utf-8") for path in sorted(site.glob(THEME_SCRIPTS))]
    rules = policy(pages.values(), scripts=scripts)
    for path, text in pages.items():
        path.write_text(with_policy(text, rules), "utf-8")
    return rules
