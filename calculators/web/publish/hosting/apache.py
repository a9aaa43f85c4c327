"""The rules as Apache reads them: files to leave in the folders of the site.

No module is taken for granted, but those of the core: without one, what it would have done is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import (
    CACHE,
    CHALLENGE,
    CLOSED,
    CSP,
    ENCODINGS,
    FOREVER,
    FRESH,
    HASHED,
    METHODS,
    TYPES,
    whole_policy,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculators.web.publish.hosting.rules import Rules

#: What is not an error, and what is kept: an answer that has an error's status is neither, whatever its address.
_GOOD = "%{REQUEST_STATUS} -lt 400"

_ROOT = r"""# Fait par la construction du site : Apache le lit tout seul, si « AllowOverride All » le lui permet.
Options -Indexes -MultiViews
ErrorDocument 403 {path}404.html
ErrorDocument 404 {path}404.html
{errors}

<IfModule mod_dir.c>
    DirectoryIndex index.html
    # L'adresse d'une page sans son dernier « / » y mène, sans dire http ni https : un relais peut porter le certificat.
    <IfDirective RedirectRelative>
        DirectorySlash Off
        <If "-d %{{REQUEST_FILENAME}} && %{{REQUEST_URI}} !~ m#/$#">
            RedirectRelative On
            RedirectMatch 301 ^/+(.*)$ /$1/
        </If>
    </IfDirective>
</IfModule>

{types}
<IfModule mod_headers.c>
{headers}
    Header always set {cache} "{forever}" "expr=%{{REQUEST_URI}} =~ m#{hashed}# && {good}"
</IfModule>

# La version compressée si elle existe et si le navigateur sait la lire, sinon le fichier.
<IfModule mod_rewrite.c>
    RewriteEngine On
{https}    RewriteCond %{{REQUEST_METHOD}} !^({methods})$
    RewriteRule ^ - [R=405,L]
    # Ce qui s'adresse au serveur ne se publie pas, et un dossier sans page n'est pas là.
    RewriteRule (^|/)(_headers$|\.(?!well-known/)) - [R=404,L]
    RewriteCond %{{REQUEST_FILENAME}} -d
    RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
    RewriteRule ^ - [R=404,L]
    # Un Apache d'avant 2.4.58 ne sait pas mener à une adresse sans la dire entière.
    <IfDirective !RedirectRelative>
        RewriteCond %{{REQUEST_FILENAME}} -d
        RewriteCond %{{HTTP:X-Forwarded-Proto}} =https
        RewriteCond %{{REQUEST_URI}} [^/]$
        RewriteRule ^ https://%{{SERVER_NAME}}%{{REQUEST_URI}}/ [R=301,L]
    </IfDirective>
<IfModule mod_mime.c>
    AddEncoding br .br
    AddEncoding zstd .zst
    AddEncoding gzip .gz
    RewriteCond %{{REQUEST_FILENAME}} -d
    RewriteCond %{{REQUEST_URI}} /$
    RewriteRule ^(.*)$ $1index.html [L]
{packed}
    # Rien à compresser encore.
    RewriteRule ^ - [E=no-gzip:1,E=no-brotli:1]
</IfModule>
</IfModule>
"""

_HTTPS = r"""    RewriteCond %{{HTTPS}} !=on
    RewriteCond %{{HTTP:X-Forwarded-Proto}} !=https
    RewriteCond %{{REQUEST_URI}} !^{challenge}
    RewriteRule ^ https://%{{SERVER_NAME}}%{{REQUEST_URI}} [R=301,L]
"""

_PACKED = r"""    RewriteCond %{{HTTP:Accept-Encoding}} \b{name}\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))
    RewriteCond %{{REQUEST_FILENAME}}{ending} -f
    RewriteRule ^(.*)$ $1{ending} [L,E=no-gzip:1,E=no-brotli:1]
"""

_FOLDER = """# Fait par la construction du site.
<IfModule mod_headers.c>
{headers}
</IfModule>
"""

#: Errors that Apache would tell in English.
_ERRORS = (400, 405, 413, 414, 416, 500, 502, 503, 504)


def lines(headers: Mapping[str, str], removed: Iterable[str] = (), when: str = "") -> str:
    """Write the lines that set some headers and remove others; `when` is the expression of when they do."""
    condition = f' "expr={when}"' if when else ""
    return "\n".join(
        [
            *(f'    Header always set {name} "{value}"{condition}' for name, value in headers.items()),
            *(f"    Header always unset {name}{condition}" for name in removed if name not in headers),
        ]
    )


def write(rules: Rules) -> dict[str, str]:
    """Give the files, by name: one for the site, one in each folder that has headers of its own."""
    types = "\n".join(
        f'<FilesMatch "{re.escape(end)}(\\.(br|zst|gz))?$">\n    ForceType "{kind}"\n</FilesMatch>'
        for end, kind in TYPES.items()
    )
    packed = "".join(_PACKED.format(name=name, ending=end) for name, end in ENCODINGS.items())
    root = _ROOT.format(
        path=rules.path,
        errors="\n".join(f'ErrorDocument {status} "{rules.apology}"' for status in _ERRORS),
        types=types,
        headers=lines({**rules.elsewhere, "Vary": "Accept-Encoding", CACHE: FRESH}),
        hashed=HASHED,
        cache=CACHE,
        forever=FOREVER,
        good=_GOOD,
        https=_HTTPS.format(challenge=re.escape(CHALLENGE)) if rules.https else "",
        methods="|".join(METHODS),
        packed=packed.rstrip(),
    )
    folders = {
        f"{folder}/.htaccess": _FOLDER.format(
            headers=lines({**added, CSP: whole_policy(rules.policy, added[CSP])}, CLOSED, _GOOD)
        )
        for folder, added in rules.areas().items()
    }
    return {".htaccess": root, **folders}
