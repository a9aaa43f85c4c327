"""What goes with each answer of a server, whatever the server: headers, types, and how long a browser keeps a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.web.project.settings import Settings

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


def rules_for(policy: str, settings: Settings) -> Rules:
    """Give the rules of a site whose pages have this policy, under the settings of this build."""
    return Rules(policy, settings.path, settings.ancestors, settings.hsts)
