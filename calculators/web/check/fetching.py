"""Ask an address, follow nothing, and say in French why there is no answer."""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 30.0

NOT_KNOWN = (
    "rien de connu ici ne le garantit. Le serveur envoie-t-il la chaîne entière (fullchain.pem) ? "
    "Pour une autorité interne, mettez devant la commande SSL_CERT_FILE=/chemin/autorite.pem."
)
#: What is wrong with a certificate, by the code that OpenSSL gives it (x509_vfy.h).
FAULTS = {
    **dict.fromkeys((18, 19, 20, 21), NOT_KNOWN),
    **dict.fromkeys((62, 64), "il n’est pas fait pour {host}. Est-ce le nom que vous avez donné à votre autorité ?"),
    9: "il n’est pas encore valable. L’horloge de cet ordinateur est-elle à l’heure ?",
    10: "il est périmé. Son renouvellement automatique marche-t-il ?",
}


class NoAnswerError(Exception):
    """The address does not answer; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    url: str
    status: int
    headers: Message
    raw: bytes

    def header(self, name: str) -> str:
        """Give the values of a header, joined; nothing when it is not there."""
        return ", ".join(self.headers.get_all(name, []))

    @property
    def body(self) -> bytes:
        """The content, unpacked."""
        return gzip.decompress(self.raw) if self.header("Content-Encoding") == "gzip" else self.raw

    @property
    def text(self) -> str:
        """The content as text."""
        return self.body.decode("utf-8", "replace")


class _Nowhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Nowhere)


def fetch(url: str, headers: Mapping[str, str] | None = None, *, seconds: float = SECONDS) -> Answer:
    """Ask `url`; a redirection or an error of the server is an answer like another."""
    asked = {"User-Agent": "mode-emploi-demarches-check", **(headers or {})}
    request = urllib.request.Request(url, headers=asked)  # noqa: S310 - `usual` let only web addresses in
    try:
        try:
            with _OPENER.open(request, timeout=seconds) as answer:
                return Answer(url, answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(url, error.code, error.headers, error.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(f"{url} : {reason(error, url)}") from error


def fault_of_certificate(error: BaseException, host: str) -> str:
    """Say what is wrong with a certificate.

    >>> fault_of_certificate(ssl.SSLError(1, "something rare"), "a.example")
    'something rare.'
    """
    code: int = getattr(error, "verify_code", 0)
    return FAULTS[code].format(host=host) if code in FAULTS else f"{error}."


def reason(error: BaseException, url: str) -> str:
    """Say why an address does not answer.

    >>> reason(ConnectionRefusedError(), "http://a.example:81/")
    'rien n’écoute sur le port 81 de a.example. Le serveur est-il démarré, et le pare-feu ouvert ?'
    """
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException):
        error = error.reason
    address = urlsplit(url)
    host = address.hostname or ""
    port = address.port or {"https": 443}.get(address.scheme, 80)
    for kind, why in {
        socket.gaierror: f"le nom {host} est inconnu. L’enregistrement DNS est-il fait ? Il peut prendre des heures.",
        ssl.SSLCertVerificationError: f"le certificat est refusé : {fault_of_certificate(error, host)}",
        ssl.SSLError: f"le port {port} ne parle pas HTTPS ({error}).",
        ConnectionRefusedError: f"rien n’écoute sur le port {port} de {host}. "
        "Le serveur est-il démarré, et le pare-feu ouvert ?",
        http.client.BadStatusLine: "la réponse n’est pas celle d’un serveur web.",
        ConnectionError: "le serveur coupe la connexion.",
        TimeoutError: "pas de réponse à temps. Le pare-feu laisse-t-il passer les visiteurs ?",
        http.client.HTTPException: "la réponse est coupée ou illisible.",
    }.items():
        if isinstance(error, kind):
            return why
    return f"la connexion ne se fait pas ({error})."
