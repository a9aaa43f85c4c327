"""The rules as nginx reads them: two files to include, without any module that is not always there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import (
    ANY_TYPE,
    CACHE,
    CHALLENGE,
    CLOSED,
    CSP,
    ENCODINGS,
    FOREVER,
    FRESH,
    HASHED,
    PRIVATE,
    TYPES,
    whole_policy,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.web.publish.hosting.rules import Rules

_HTTP = """# Fait par la construction du site. À inclure dans le bloc « http » de nginx.
{maps}"""

#: Errors that nginx answers with a page of its own, when it knows of which site they are.
_ERRORS = "405 500 502 503 504"

_SERVER = r"""# Fait par la construction du site. À inclure dans un bloc « server » de nginx, après sa ligne « root ».
{headers}location {path} {{
{https}    index index.html;
    # La version compressée si elle existe et si le navigateur sait la lire, sinon le fichier.
    try_files $uri$demarches_compresse $uri $uri/ =404;
    # Un dossier sans page n'est pas là non plus.
    error_page 403 404 =404 {path}404.html;
    error_page {errors} {path}_panne;
    absolute_redirect off;
    server_tokens off;
    # Un morceau qui n'existe pas (416) aurait deux fois chaque en-tête, ceux du fichier et ceux de l'erreur.
    max_ranges 0;
    # Le type vient du nom sans son .br, .zst ou .gz.
    types {{ }}
    default_type "";
{inner}
    # Ce qui s'adresse au serveur ne se publie pas.
    location ~ "{private}" {{
        return 404;
    }}
    location = {path}_panne {{
        internal;
        default_type "text/html; charset=utf-8";
        return 200 "{apology}";
    }}
}}
"""

_HTTPS = """    if ($demarches_en_clair) {
        return 301 https://$host$request_uri;
    }
"""


def table(source: str, name: str, cases: Mapping[str, str], default: str) -> str:
    """Write a `map`: the value of a variable for each case of another one."""
    lines = "".join(f'    "{case}" "{value}";\n' for case, value in cases.items())
    return f'\nmap "{source}" {name} {{\n{lines}    default "{default}";\n}}\n'


def write(rules: Rules) -> dict[str, str]:
    """Give the files, by name."""
    packed = r"(\.(br|zst|gz))?$"
    # An address says nothing of an answer before its status does: an error has no area, no long life and its own type.
    answer = "$status:$uri"
    areas = {f"~^[23]..:{re.escape(rules.path)}{folder}/": added for folder, added in rules.areas().items()}
    optional = sorted({name for added in [CLOSED, *areas.values()] for name in added} - {CSP})
    variables = {name: f"$demarches_{name.lower().replace('-', '_')}" for name in [CSP, *optional, CACHE]}
    # The page of what is not there is a file like another; nginx gives its own type to every other error.
    types = {f"~^(200|404):.*{re.escape(end)}{packed}": kind for end, kind in TYPES.items()}
    maps = [
        table(
            "$http_accept_encoding",
            "$demarches_compresse",
            {rf"~*\b{name}\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))": ending for name, ending in ENCODINGS.items()},
            "",
        ),
        table(answer, "$demarches_encodage", {rf"~^(200|404):.*\{end}$": name for name, end in ENCODINGS.items()}, ""),
        table(answer, "$demarches_type", {**types, "~^(200|404):": ANY_TYPE}, ""),
        table(answer, variables[CACHE], {f"~^(200|304):.*{HASHED}": FOREVER}, FRESH),
        table(
            answer,
            variables[CSP],
            {case: whole_policy(rules.policy, added[CSP]) for case, added in areas.items()},
            whole_policy(rules.policy, CLOSED[CSP]),
        ),
        *(
            table(
                answer,
                variables[name],
                {case: added.get(name, "") for case, added in areas.items()},
                CLOSED.get(name, ""),
            )
            for name in optional
        ),
    ]
    if rules.https:
        # The relay that speaks HTTPS for this server says so; and who renews a certificate comes by HTTP.
        clear = {rf"~^https | https:|:{re.escape(CHALLENGE)}": ""}
        maps.append(table("$scheme $http_x_forwarded_proto:$uri", "$demarches_en_clair", clear, "1"))
    headers = {
        "Content-Type": "$demarches_type",
        "Content-Encoding": "$demarches_encodage",
        "Vary": "Accept-Encoding",
        **{name: value for name, value in rules.everywhere.items() if name != CSP},
        **variables,
    }
    lines = [f'add_header {name} "{value}" always;\n' for name, value in headers.items()]
    # At the root of its host, the site also answers for what has no address (400, 414).
    alone = rules.path == "/"
    return {
        "nginx-http.conf": _HTTP.format(maps="".join(maps)),
        "nginx-site.conf": _SERVER.format(
            path=rules.path,
            headers="".join(lines) if alone else "",
            inner="" if alone else "".join(f"    {line}" for line in lines),
            https=_HTTPS if rules.https else "",
            errors=_ERRORS,
            apology=rules.apology,
            private=PRIVATE,
        ),
    }
