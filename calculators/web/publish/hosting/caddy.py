"""The rules as Caddy reads them: one file to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.publish.hosting.rules import (
    CACHE,
    CHALLENGE,
    CLOSED,
    CSP,
    FOREVER,
    FRESH,
    HASHED,
    LONGEST,
    METHODS,
    TYPES,
    whole_policy,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.web.publish.hosting.rules import Rules

_FILE = r"""# Fait par la construction du site. À importer dans le bloc d'un site de Caddy, après sa ligne « root ».
handle {path}* {{
{https}{blocks}
    header {{
        Vary Accept-Encoding
        defer
    }}

    @autre not method {methods}
    error @autre 405
    @long expression `size({{http.request.uri}}) > {longest}`
    error @long 414
    # Un nom que nul fichier ne peut avoir n'est pas une panne.
    @impossible path_regexp ([^/]{{256}}|\x00)
    error @impossible 404
    # Ce qui s'adresse au serveur ne se publie pas.
    @prive {{
        path_regexp /(\.|_headers$)
        not path_regexp ^{path}\.well-known/[^.]
    }}
    error @prive 404

    # L'erreur d'un morceau qui n'existe pas (416) se garderait aussi longtemps que le fichier.
    request_header @garde -Range
    file_server {{
        precompressed br zstd gzip
    }}
}}

handle_errors {{
    @demarches path {path}*
    handle @demarches {{
        header {{
{closed}
            -Access-Control-Allow-Origin
            Content-Type "{page}"
            Vary Accept-Encoding
            defer
        }}
        # Un dossier fermé n'est pas là non plus.
        @absente expression `{{http.error.status_code}} in [403, 404]`
        handle @absente {{
            request_header -Range
            request_header -If-None-Match
            request_header -If-Modified-Since
            rewrite * {path}404.html
            file_server {{
                precompressed br zstd gzip
                status 404
            }}
        }}
        handle {{
            respond "{apology}" {{http.error.status_code}}
        }}
    }}
}}
"""

_HTTPS = """    # Un relais qui porte le certificat le dit par cet en-tête ; la preuve d'un certificat se lit en clair.
    @clair {{
        protocol http
        not header X-Forwarded-Proto https
        not path {challenge}*
    }}
    redir @clair https://{{host}}{{uri}} 301
"""


def lines(headers: Mapping[str, str], depth: int) -> str:
    """Write a header a line."""
    return "\n".join(f'{"    " * depth}{name} "{value}"' for name, value in headers.items())


def block(name: str, where: str, headers: Mapping[str, str]) -> str:
    """Write the headers of the addresses that a matcher describes."""
    return f"\n    @{name} {where}\n    header @{name} {{\n{lines(headers, 2)}\n    }}\n"


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
    file = _FILE.format(
        path=rules.path,
        https=_HTTPS.format(challenge=CHALLENGE) if rules.https else "",
        blocks="".join(blocks),
        methods=" ".join(METHODS),
        longest=LONGEST,
        closed=lines({**rules.elsewhere, CACHE: FRESH}, 3),
        page=TYPES[".html"],
        apology=rules.apology,
    )
    return {"caddy-site.conf": file}
