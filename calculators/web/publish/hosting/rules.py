"""What goes with each answer of a server, whatever the server: headers, types, and how long a browser keeps a file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

#: Type of each kind of file, by the ending of its name.
TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
ANY_TYPE = "application/octet-stream"

#: Endings of the compressed files, by the name that HTTP gives their encoding, the smallest first.
ENCODINGS = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}

#: Files named by their content: ours carry twelve digits, the theme's eight.
HASHED = r"/assets/.*([.-][0-9a-f]{8}|-[0-9a-f]{12})(/|\.)"
FOREVER = "public, max-age=31536000, immutable"
#: Everything else, the service worker included: kept, but asked for again each time.
FRESH = "no-cache"

#: Folders whose pages another site may show in a frame: those of the calculators.
EMBEDDABLE = "calculateurs"
#: The folder of the open data, which the scripts of other sites may read.
SHARED = "donnees"

CSP = "Content-Security-Policy"
HSTS = "Strict-Transport-Security"
CACHE = "Cache-Control"

#: Headers of every answer, besides the policy of the pages.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
    ),
}

#: What closes an address to other sites: no frame around it, no use of it from their pages.
CLOSED = {CSP: "frame-ancestors 'none'", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"}
OPEN_DATA = {CSP: "frame-ancestors 'none'", "Access-Control-Allow-Origin": "*"}

_ORIGIN = r"(https?://[A-Za-z0-9-]+|(https?://)?(\*|[A-Za-z0-9-]+)(\.[A-Za-z0-9-]+)+)(:[0-9]+|:\*)?"
_ANCESTORS = re.compile(rf"\*|'none'|('self'|https?:|{_ORIGIN})( ('self'|https?:|{_ORIGIN}))*")
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")
_URL = re.compile(rf"https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]+)?({_PATH.pattern})")


class SettingError(ValueError):
    """A setting of the build that cannot be used; the message says which one, in French."""


@dataclass(frozen=True)
class Rules:
    """How to answer for one built site."""

    #: The policy of its pages.
    policy: str
    #: Where it is on its host, with a slash at both ends.
    path: str = "/"
    #: Who may show the pages of the calculators in a frame, as `frame-ancestors` says it.
    ancestors: str = "*"
    #: For how many seconds browsers must come back by HTTPS only; nothing is said by default.
    hsts: str = ""

    @property
    def everywhere(self) -> dict[str, str]:
        """Headers of every answer."""
        secure = {HSTS: f"max-age={self.hsts}"} if self.hsts else {}
        return {CSP: self.policy, **HEADERS, **secure}

    @property
    def embeddable(self) -> dict[str, str]:
        """Headers of the pages that may be framed, besides those of every answer."""
        return {CSP: f"frame-ancestors {self.ancestors}"}

    def areas(self) -> dict[str, dict[str, str]]:
        """Give what is added for the addresses of some folders; all the others have `CLOSED`."""
        return {EMBEDDABLE: self.embeddable, SHARED: OPEN_DATA}


def whole_policy(policy: str, added: str) -> str:
    """Join the policy of the pages and who may frame them: most servers send one header of a name."""
    return f"{policy}; {added}"


def setting_of_url() -> str:
    """Read the whole address where the site will be: `SITE_URL=https://www.exemple.fr/aide/`; it may be unknown."""
    url = os.environ.get("SITE_URL") or ""
    if url and not _URL.fullmatch(url):
        raise SettingError(
            f"SITE_URL={url} : écrivez l'adresse entière du site, finie par « / », comme https://www.exemple.fr/aide/."
        )
    return url


def setting_of_path() -> str:
    """Read where the site will be on its host: `SITE_PATH=/aide/`, or the path of `SITE_URL`.

    >>> os.environ["SITE_PATH"] = "/aide/"; setting_of_path(); del os.environ["SITE_PATH"]
    '/aide/'
    """
    url = _URL.fullmatch(setting_of_url())
    known = url[1] if url else ""
    path = os.environ.get("SITE_PATH") or known or "/"
    if not _PATH.fullmatch(path):
        raise SettingError(f"SITE_PATH={path} : ce chemin doit commencer et finir par « / », comme /demarches/.")
    if known and path != known:
        raise SettingError(f"SITE_PATH={path} : ce chemin n'est pas celui de SITE_URL, {known}.")
    return path


def setting_of_ancestors() -> str:
    """Read who may show the calculators in a frame: `FRAME_ANCESTORS="https://www.tribunal.example"`."""
    ancestors = os.environ.get("FRAME_ANCESTORS") or "*"
    if not _ANCESTORS.fullmatch(ancestors):
        raise SettingError(
            f"FRAME_ANCESTORS={ancestors} : écrivez des adresses de sites séparées par une espace, "
            "comme https://www.tribunal.example, ou « * » pour tous, ou 'none' pour aucun."
        )
    return ancestors


def setting_of_hsts() -> str:
    """Read for how long browsers must come back by HTTPS only: `HSTS=31536000`, in seconds."""
    seconds = os.environ.get("HSTS") or ""
    if not re.fullmatch("[0-9]*", seconds):
        raise SettingError(f"HSTS={seconds} : écrivez un nombre de secondes, comme 31536000 pour un an.")
    return seconds


def rules_for(policy: str) -> Rules:
    """Give the rules of a site whose pages have this policy, under the settings of this build."""
    return Rules(policy, setting_of_path(), setting_of_ancestors(), setting_of_hsts())
