"""The rules as nginx reads them: two files to include, without any module that is not always there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import (
    ANY_TYPE,
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
    from collections.abc import Mapping

    from calculators.web.publish.hosting.rules import Rules

_HTTP = """# Fait par la construction du site. À inclure dans le bloc « http » de nginx.
{maps}"""

_SERVER = r"""# Fait par la construction du site. À inclure dans un bloc « server » de nginx, après sa ligne « root ».
location {path} {{
    index index.html;
    # La version compressée si elle existe et si le navigateur sait la lire, sinon le fichier.
    try_files $uri$demarches_compresse $uri $uri/ =404;
    error_page 404 {path}404.html;
    absolute_redirect off;
    # Le type vient du nom sans son .br, .zst ou .gz.
    types {{ }}
    default_type "";
{headers}
    # Ce qui s'adresse au serveur ne se publie pas.
    location ~ /(\.(?!well-known/)|_headers$) {{
        return 404;
    }}
}}
"""


def table(source: str, name: str, cases: Mapping[str, str], default: str) -> str:
    """Write a `map`: the value of a variable for each case of another one."""
    lines = "".join(f'    "{case}" "{value}";\n' for case, value in cases.items())
    return f'\nmap {source} {name} {{\n{lines}    default "{default}";\n}}\n'


def write(rules: Rules) -> dict[str, str]:
    """Give the files, by name."""
    packed = r"(\.(br|zst|gz))?$"
    areas = {f"~^{re.escape(rules.path)}{folder}/": added for folder, added in rules.areas().items()}
    optional = sorted({name for added in [CLOSED, *areas.values()] for name in added} - {CSP})
    variables = {name: f"$demarches_{name.lower().replace('-', '_')}" for name in [CSP, *optional, CACHE]}
    maps = [
        table(
            "$http_accept_encoding",
            "$demarches_compresse",
            {rf"~*\b{name}\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))": ending for name, ending in ENCODINGS.items()},
            "",
        ),
        table("$uri", "$demarches_encodage", {rf"~\{ending}$": name for name, ending in ENCODINGS.items()}, ""),
        table(
            "$uri", "$demarches_type", {rf"~{re.escape(end)}{packed}": kind for end, kind in TYPES.items()}, ANY_TYPE
        ),
        table("$uri", variables[CACHE], {f"~{HASHED}": FOREVER}, FRESH),
        table(
            "$uri",
            variables[CSP],
            {case: whole_policy(rules.policy, added[CSP]) for case, added in areas.items()},
            whole_policy(rules.policy, CLOSED[CSP]),
        ),
        *(
            table(
                "$uri",
                variables[name],
                {case: added.get(name, "") for case, added in areas.items()},
                CLOSED.get(name, ""),
            )
            for name in optional
        ),
    ]
    headers = {
        "Content-Type": "$demarches_type",
        "Content-Encoding": "$demarches_encodage",
        "Vary": "Accept-Encoding",
        **{name: value for name, value in rules.everywhere.items() if name != CSP},
        **variables,
    }
    lines = "\n".join(f'    add_header {name} "{value}" always;' for name, value in headers.items())
    return {
        "nginx-http.conf": _HTTP.format(maps="".join(maps)),
        "nginx-site.conf": _SERVER.format(path=rules.path, headers=lines),
    }
