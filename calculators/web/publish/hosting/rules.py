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

#: What is for the server, and not published: hidden files and folders, but the one that is made to be read.
PRIVATE = r"/(\.(?!well-known/)|_headers$)"

#: What a static site is asked with; anything else is answered 405.
METHODS = ("GET", "HEAD")
#: An address longer than this, in characters, is answered 414, by the servers that have no limit of their own.
LONGEST = 8000

#: Where the authorities that give certificates look for a proof, by HTTP.
CHALLENGE = "/.well-known/acme-challenge/"

#: What any other error than a page that is not there shows, whatever the server: without accents, since not all say in
#: which encoding they write it, nor a double quote, since each writes it in its own configuration.
APOLOGY = (
    "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Pas de r&#233;ponse</title></head><body>"
    "<h1>Le serveur n&#8217;a pas pu r&#233;pondre</h1>"
    "<p>R&#233;essayez dans quelques minutes, ou revenez &#224; <a href='{path}'>l&#8217;accueil</a>.</p></body></html>"
)

#: Folders whose pages another site may show in a frame: those of the calculators.
EMBEDDABLE = "calculateurs"
#: The folder of the open data, which the scripts of other sites may read.
SHARED = "donnees"

CSP = "Content-Security-Policy"
HSTS = "Strict-Transport-Security"
CACHE = "Cache-Control"

#: What a browser may do for the pages of the site, and for no other: copying a link, handing a dossier to the system's
#: own dialogue.
USED = ("clipboard-write", "web-share")
#: Everything else that browsers know how to do for a page and ask no one: none of it is done here, nor by an intruder.
#: tests/e2e/test_policy.py asks a browser for its own list.
REFUSED = """
accelerometer ambient-light-sensor aria-notify attribution-reporting autoplay bluetooth browsing-topics camera
captured-surface-control ch-device-memory ch-downlink ch-dpr ch-ect ch-prefers-color-scheme
ch-prefers-reduced-motion ch-prefers-reduced-transparency ch-rtt ch-save-data ch-ua ch-ua-arch ch-ua-bitness
ch-ua-form-factors ch-ua-full-version ch-ua-full-version-list ch-ua-high-entropy-values ch-ua-mobile
ch-ua-model ch-ua-platform ch-ua-platform-version ch-ua-wow64 ch-viewport-height ch-viewport-width ch-width
clipboard-read compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal
digital-credentials-create digital-credentials-get display-capture encrypted-media fullscreen gamepad
geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort keyboard-map
language-detector language-model local-fonts local-network local-network-access loopback-network magnetometer
media-playback-while-not-visible microphone midi on-device-speech-recognition otp-credentials payment
picture-in-picture private-state-token-issuance private-state-token-redemption publickey-credentials-create
publickey-credentials-get screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr
translator unload usb window-management xr-spatial-tracking
"""

#: Headers of every answer, besides the policy of the pages.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        sorted([*(f"{name}=()" for name in REFUSED.split()), *(f"{name}=(self)" for name in USED)])
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
    #: Whether who comes by HTTP is led to HTTPS.
    https: bool = False

    @property
    def everywhere(self) -> dict[str, str]:
        """Headers of every answer."""
        secure = {HSTS: f"max-age={self.hsts}"} if self.hsts else {}
        return {CSP: self.policy, **HEADERS, **secure}

    @property
    def embeddable(self) -> dict[str, str]:
        """Headers of the pages that may be framed, besides those of every answer."""
        return {CSP: f"frame-ancestors {self.ancestors}"}

    @property
    def elsewhere(self) -> dict[str, str]:
        """Headers of what is in no area, and of every error, wherever it is."""
        return {**self.everywhere, **CLOSED, CSP: whole_policy(self.policy, CLOSED[CSP])}

    @property
    def apology(self) -> str:
        """The page of the errors of a server, in letters that every one of them writes alike."""
        return APOLOGY.format(path=self.path)

    def areas(self) -> dict[str, dict[str, str]]:
        """Give what is added for the addresses of some folders; all the others have `CLOSED`."""
        return {EMBEDDABLE: self.embeddable, SHARED: OPEN_DATA}


def whole_policy(policy: str, added: str) -> str:
    """Join the policy of the pages and who may frame them: most servers send one header of a name."""
    return f"{policy}; {added}"


def rules_for(policy: str, settings: Settings) -> Rules:
    """Give the rules of a site whose pages have this policy, under the settings of this build."""
    return Rules(policy, settings.path, settings.ancestors, settings.hsts, settings.https)
