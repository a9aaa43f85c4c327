"""The rules as Caddy reads them: one file to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import CACHE, CLOSED, CSP, FOREVER, FRESH, HASHED, TYPES, whole_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.web.publish.hosting.rules import Rules

_FILE = r"""# Fait par la construction du site. À importer dans le bloc d'un site de Caddy, après sa ligne « root ».
handle {path}* {{
{blocks}
    header {{
        Vary Accept-Encoding
        defer
    }}

    # Ce qui s'adresse au serveur ne se publie pas.
    @prive {{
        path_regexp /(\.[^/]*|_headers)$
        not path /.well-known/*
    }}
    error @prive 404

    file_server {{
        precompressed br zstd gzip
    }}
}}

handle_errors {{
    @demarches path {path}*
    handle @demarches {{
        header {{
            {cache} {fresh}
            Vary Accept-Encoding
            defer
        }}
        rewrite * {path}404.html
        file_server {{
            precompressed br zstd gzip
        }}
    }}
}}
"""


def block(name: str, where: str, headers: Mapping[str, str]) -> str:
    """Write the headers of the addresses that a matcher describes."""
    lines = "".join(f'        {header} "{value}"\n' for header, value in headers.items())
    return f"\n    @{name} {where}\n    header @{name} {{\n{lines}    }}\n"


def write(rules: Rules) -> dict[str, str]:
    """Give the file, by name."""
    areas = {f"{rules.path}{folder}/*": added for folder, added in rules.areas().items()}

    def headers(added: Mapping[str, str]) -> dict[str, str]:
        return {**rules.everywhere, **added, CSP: whole_policy(rules.policy, added[CSP])}

    blocks = [
        block("ferme", f"not path {' '.join(areas)}", headers(CLOSED)),
        *(
            block(f"zone{number}", f"path {where}", headers(added))
            for number, (where, added) in enumerate(areas.items())
        ),
        block("garde", f"path_regexp {HASHED}", {CACHE: FOREVER}),
        block("frais", f"not path_regexp {HASHED}", {CACHE: FRESH}),
        *(block(f"type_{end[1:]}", f"path *{end}", {"Content-Type": kind}) for end, kind in TYPES.items()),
    ]
    file = _FILE.format(blocks="".join(blocks), path=rules.path, cache=CACHE, fresh=FRESH)
    return {"caddy-site.conf": file}
