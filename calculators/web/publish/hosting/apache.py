"""The rules as Apache reads them: files to leave in the folders of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import (
    CACHE,
    CLOSED,
    CSP,
    ENCODINGS,
    FOREVER,
    FRESH,
    HASHED,
    TYPES,
    whole_policy,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculators.web.publish.hosting.rules import Rules

_ROOT = r"""# Fait par la construction du site : Apache le lit tout seul, si « AllowOverride All » le lui permet.
Options -Indexes -MultiViews
DirectoryIndex index.html
ErrorDocument 404 {path}404.html

{types}
<IfModule mod_headers.c>
{headers}
    <If "%{{REQUEST_URI}} =~ m#{hashed}#">
        Header always set {cache} "{forever}"
    </If>
    # Une page qui n'existe pas ne se garde pas, quelle que soit son adresse.
    Header always set {cache} "{fresh}" "expr=%{{REQUEST_STATUS}} -ge 400"
</IfModule>

# La version compressée si elle existe et si le navigateur sait la lire, sinon le fichier.
<IfModule mod_rewrite.c>
<IfModule mod_mime.c>
    AddEncoding br .br
    AddEncoding zstd .zst
    AddEncoding gzip .gz
    RewriteEngine On
    # Ce qui s'adresse au serveur ne se publie pas.
    RewriteRule (^|/)(_headers$|\.(?!well-known/)) - [R=404,L]
    RewriteCond %{{REQUEST_FILENAME}} -d
    RewriteCond %{{REQUEST_URI}} /$
    RewriteRule ^(.*)$ $1index.html [L]
{packed}
    SetEnv no-gzip 1
    SetEnv no-brotli 1
</IfModule>
</IfModule>
"""

_PACKED = r"""    RewriteCond %{{HTTP:Accept-Encoding}} \b{name}\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))
    RewriteCond %{{REQUEST_FILENAME}}{ending} -f
    RewriteRule ^(.*)$ $1{ending} [L]
"""

_FOLDER = """# Fait par la construction du site.
<IfModule mod_headers.c>
{headers}
</IfModule>
"""


def lines(headers: Mapping[str, str], removed: Iterable[str] = ()) -> str:
    """Write the lines that set some headers and remove others."""
    return "\n".join(
        [
            *(f'    Header always set {name} "{value}"' for name, value in headers.items()),
            *(f"    Header always unset {name}" for name in removed if name not in headers),
        ]
    )


def write(rules: Rules) -> dict[str, str]:
    """Give the files, by name: one for the site, one in each folder that has headers of its own."""
    types = "\n".join(
        f'<FilesMatch "{re.escape(end)}(\\.(br|zst|gz))?$">\n    ForceType "{kind}"\n</FilesMatch>'
        for end, kind in TYPES.items()
    )
    closed = {
        **rules.everywhere,
        **CLOSED,
        CSP: whole_policy(rules.policy, CLOSED[CSP]),
        "Vary": "Accept-Encoding",
        CACHE: FRESH,
    }
    packed = "".join(_PACKED.format(name=name, ending=end) for name, end in ENCODINGS.items())
    root = _ROOT.format(
        path=rules.path,
        types=types,
        headers=lines(closed),
        hashed=HASHED,
        cache=CACHE,
        forever=FOREVER,
        fresh=FRESH,
        packed=packed.rstrip(),
    )
    folders = {
        f"{folder}/.htaccess": _FOLDER.format(
            headers=lines({**added, CSP: whole_policy(rules.policy, added[CSP])}, CLOSED)
        )
        for folder, added in rules.areas().items()
    }
    return {".htaccess": root, **folders}
