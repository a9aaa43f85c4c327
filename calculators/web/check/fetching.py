"""Ask an address, follow nothing, and say in French why there is no answer.

The site that answers is not trusted: what it sends is bounded in size and in time, and asked of its own host only.
"""

from __future__ import annotations

import gzip
import http.client
import io
import queue
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Without a byte for so long, a server does not answer.
SECONDS = 30.0
_CHUNK = 1 << 16
_MEGA = 1_000_000

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


class UnreadableError(Exception):
    """What the address answers is refused: too much, too slow, cut or malformed; the message says which."""


#: The status, the headers and the content as it travelled.
_Received = tuple[int, Message, bytes]


@dataclass(frozen=True)
class Limits:
    """How much is taken from a site, several times what a good one needs: bytes, packed or not, and seconds."""

    page: int = 2 * _MEGA
    file: int = 48 * _MEGA
    #: Of all that a visit receives and unpacks.
    total: int = 192 * _MEGA
    answer_seconds: float = 180
    total_seconds: float = 900


@dataclass(frozen=True)
class Answer:
    """What came back: as it travelled, and unpacked."""

    url: str
    status: int
    headers: Message
    raw: bytes
    body: bytes = b""

    def header(self, name: str) -> str:
        """Give the values of a header, joined; nothing when it is not there."""
        return ", ".join(self.headers.get_all(name, []))

    @property
    def text(self) -> str:
        """The content as text."""
        return self.body.decode("utf-8", "replace")


class _Nowhere(urllib.request.HTTPRedirectHandler):
    """Follows no redirection, and does not even read where it leads."""

    def http_error_302(self, *_: object) -> None:
        return None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302  # type: ignore[assignment]


def _opener() -> urllib.request.OpenerDirector:
    """Open addresses of the web: the usual opener also reads the files of this computer."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        _Nowhere,
    ):
        opener.add_handler(handler())
    return opener


_OPENER = _opener()


@dataclass
class Visit:
    """All that is asked of one site, within limits."""

    limits: Limits = field(default_factory=Limits)
    #: Bytes received and unpacked so far.
    taken: int = 0
    began: float = field(default_factory=time.monotonic)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None, *, page: bool = False) -> Answer:
        """Ask `url`; a redirection or an error of the server is an answer like another.

        Raises NoAnswerError when nobody answers, UnreadableError when what comes back is not worth reading.
        """
        left = self.began + self.limits.total_seconds - time.monotonic()
        stop = threading.Event()
        cap = min(self.limits.page if page else self.limits.file, self.limits.total - self.taken)
        # In a thread of its own: name, connection, handshake, headers and content may each come drop by drop.
        status, received, raw = _within(
            min(left, self.limits.answer_seconds), stop, url, lambda: _receive(url, headers or {}, cap, stop)
        )
        self.taken += len(raw)
        packed = ", ".join(received.get_all("Content-Encoding", [])) == "gzip"
        body = _unpacked(url, raw, min(cap, self.limits.total - self.taken)) if packed else raw
        self.taken += len(body) if packed else 0
        return Answer(url, status, received, raw, body)


def _within(seconds: float, stop: threading.Event, url: str, work: Callable[[], _Received]) -> _Received:
    results: queue.SimpleQueue[_Received | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put(work())
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            results.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=max(seconds, 0))
    except queue.Empty:
        stop.set()
        raise UnreadableError(f"{url} : réponse trop lente, abandonnée. Le serveur est-il surchargé ?") from None
    if isinstance(result, BaseException):
        raise result
    return result


def _receive(url: str, headers: Mapping[str, str], cap: int, stop: threading.Event) -> _Received:
    """Receive an answer of at most `cap` bytes."""
    asked = {"User-Agent": "mode-emploi-demarches-check", **headers}
    request = urllib.request.Request(url, headers=asked)  # noqa: S310 - the opener knows web addresses only
    try:
        try:
            with _OPENER.open(request, timeout=SECONDS) as answer:
                return answer.status, answer.headers, _content(url, answer, cap, stop)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, _content(url, cast("http.client.HTTPResponse", error.fp), cap, stop)
    except http.client.IncompleteRead as error:
        raise _cut(url) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(f"{url} : {reason(error, url)}") from error


def _content(url: str, answer: http.client.HTTPResponse, cap: int, stop: threading.Event) -> bytes:
    announced = answer.length
    if announced is not None and announced > cap:
        raise _too_big(url, cap)
    content = bytearray()
    while not stop.is_set() and (announced is None or len(content) < announced):
        part = answer.read1(_CHUNK if announced is None else min(_CHUNK, announced - len(content)))
        if not part:
            break
        content += part
        if len(content) > cap:
            raise _too_big(url, cap)
    if announced is not None and len(content) < announced:
        raise _cut(url)
    return bytes(content)


def _unpacked(url: str, raw: bytes, cap: int) -> bytes:
    """Unpack gzip up to `cap` bytes: a few kilobytes may hold gigabytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            body = packed.read(cap + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"{url} : version gzip coupée ou fausse. Refaites make publish, recopiez.") from error
    if len(body) > cap:
        raise _too_big(url, cap)
    return body


def _too_big(url: str, cap: int) -> UnreadableError:
    return UnreadableError(f"{url} : réponse trop grosse, abandonnée à {max(cap, 0) / _MEGA:.0f} Mo.")


def _cut(url: str) -> UnreadableError:
    return UnreadableError(f"{url} : la réponse est coupée avant sa fin.")


def joined(base: str, address: str) -> str:
    """Complete an address that the site gave; nothing if it cannot be read.

    >>> joined("https://a.example/b/", "../c"), joined("https://a.example/", "http://[")
    ('https://a.example/c', '')
    """
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def is_same_host(base: str, url: str) -> bool:
    """Tell whether an address is of the host of `base`, asked in the same way.

    >>> is_same_host("https://a.example/b/", "https://a.example/c"), is_same_host("https://a.example/", "file:///c")
    (True, False)
    """
    return urlsplit(url)[:2] == urlsplit(base)[:2]


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
