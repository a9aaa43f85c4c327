"""Ask other sites for a page, politely, and take nothing of what they send but its text and where it moved to.

Each site's `robots.txt` is respected, and asked a page at most every few seconds; a page that did not change since is
not sent again. What comes is bounded in size and in time by `calculators.web.check.fetching`, which the check of a
deployed site shares: the standard library under limits of our own, so that no other one is needed. Bytes are never run,
nor made a path. A redirection is followed a few times, never to this machine's own network.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from calculators import __version__
from calculators.web.check.fetching import Limits, NoAnswerError, UnreadableError, Visit, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.web.check.fetching import Answer

__all__ = ["AGENT", "Got", "Reader", "State"]

AGENT = f"mode-emploi-demarches-sources/{__version__}"
#: Seconds between two questions to one site, unless its robots.txt asks for more; more than the last is not waited for.
DELAY, LONGEST_DELAY = 5.0, 120.0
_LIMITS = Limits(page=1_000_000, file=16_000_000, total=32_000_000, answer_seconds=60, total_seconds=90)
_HOPS = 5
_OK, _NOT_MODIFIED = 200, 304
_FOR_EVER, _FOR_NOW, _GONE = {301, 308}, {302, 303, 307}, {404, 410}
_REFUSED = {401, 403}
_FROM_SERVER, _CLIENT = 500, 400


class State(StrEnum):
    """How it went."""

    READ = "lue"
    SAME = "pas_renvoyee"
    GONE = "disparue"
    FORBIDDEN = "interdite"
    SILENT = "sans_reponse"
    UNREADABLE = "illisible"


@dataclass(frozen=True, slots=True)
class Got:
    """What came of an address.

    Attributes:
        state: how it went.
        why: what is said of it, in French; empty when it was read.
        address: where it was in the end; ``moved``: and the site says that it is for ever.
        content: what was sent, when it was; ``said``: of which type, as the site says.
        etag: what to give back next time, with ``modified``, for it not to be sent again.
    """

    state: State
    why: str = ""
    address: str = ""
    moved: bool = False
    content: bytes = b""
    said: str = ""
    etag: str = ""
    modified: str = ""


class _ForbiddenError(Exception):
    """The site's robots.txt forbids it, or does not say; the message says which."""


@dataclass(slots=True)
class Reader:
    """Reads pages of many sites, one at a time."""

    delay: float = DELAY
    limits: Limits = _LIMITS
    wait: Callable[[float], object] = time.sleep
    now: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser | str] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, address: str, known: Mapping[str, str] | None = None) -> Got:
        """Ask for an address; ``known``: the headers by which it is sent only when it changed.

        Nothing that a site can do raises.
        """
        place, moved = address, False
        try:
            for _ in range(_HOPS + 1):
                answer = self._ask(place, known or {})
                if answer.status not in _FOR_EVER | _FOR_NOW:
                    return _got(answer, place, moved=moved)
                target = joined(place, answer.header("Location")).partition("#")[0]
                if why := _refused(address, target):
                    return Got(State.UNREADABLE, why, place)
                # What is for now may change again: the address to cite is the last one that was for ever.
                moved = moved or (answer.status in _FOR_EVER and _other(place, target))
                place = target
        except _ForbiddenError as error:
            return Got(State.FORBIDDEN, str(error), place)
        except NoAnswerError as error:
            return Got(State.SILENT, str(error), place)
        except UnreadableError as error:
            return Got(State.UNREADABLE, str(error), place)
        return Got(State.UNREADABLE, f"plus de {_HOPS} renvois de suite", place)

    def _ask(self, address: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        robots = self._robots_of(site)
        if isinstance(robots, str):
            raise _ForbiddenError(robots)
        if not robots.can_fetch(AGENT, address):
            raise _ForbiddenError("le robots.txt de ce site demande de ne pas la lire")
        asked = robots.crawl_delay(AGENT)
        return self._fetch(site, address, headers, min(float(asked or 0), LONGEST_DELAY))

    def _fetch(
        self, site: str, address: str, headers: Mapping[str, str], delay: float = 0.0, *, short: bool = False
    ) -> Answer:
        if site in self._asked:
            left = self._asked[site] + max(delay, self.delay) - self.now()
            if left > 0:
                self.wait(left)
        self._asked[site] = self.now()
        return Visit(self.limits).fetch(address, {"User-Agent": AGENT, **headers}, page=short)

    def _robots_of(self, site: str) -> RobotFileParser | str:
        """What a site allows, asked once; or why nothing can be asked of it (RFC 9309, 2.3.1)."""
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        return self._robots[site]

    def _read_robots(self, site: str) -> RobotFileParser | str:
        rules = RobotFileParser()
        try:
            answer = self._fetch(site, f"{site}/robots.txt", {}, short=True)
        except UnreadableError:
            return "le robots.txt de ce site ne se lit pas : dans le doute, elle n'est pas demandée"
        if answer.status >= _FROM_SERVER:
            return "le robots.txt de ce site ne répond pas : dans le doute, elle n'est pas demandée"
        # None that can be had: everything may be read, as the standard says.
        rules.parse(answer.text.splitlines() if answer.status == _OK else [])
        return rules


def _got(answer: Answer, place: str, *, moved: bool) -> Got:
    status = answer.status
    etag, modified = answer.header("ETag"), answer.header("Last-Modified")
    if status == _NOT_MODIFIED:
        return Got(State.SAME, address=place, moved=moved, etag=etag, modified=modified)
    if status == _OK:
        said = answer.header("Content-Type")
        return Got(State.READ, "", place, moved, answer.raw, said, etag, modified)
    if status in _GONE:
        return Got(State.GONE, f"le site répond {status}", place, moved)
    if status in _REFUSED:
        return Got(State.FORBIDDEN, f"le site refuse de la donner à un programme ({status})", place, moved)
    who = "le serveur est en panne" if status >= _FROM_SERVER else "le site répond autre chose que la page"
    return Got(State.SILENT if status >= _CLIENT else State.UNREADABLE, f"{who} ({status})", place, moved)


def _refused(first: str, target: str) -> str:
    """Why a redirection is not followed; nothing when it is."""
    parts, before = urlsplit(target), urlsplit(first)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "elle renvoie à une adresse qui n'est pas du Web"
    if before.scheme == "https" and parts.scheme == "http":
        return "elle renvoie d'une adresse chiffrée à une qui ne l'est pas"
    if parts.hostname == before.hostname:
        return ""
    if parts.hostname == "localhost" or _is_number(parts.hostname):
        return "elle renvoie à une adresse d'un réseau privé"
    return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _other(place: str, target: str) -> bool:
    """Whether two addresses differ by more than a slash at the end."""
    return place.rstrip("/") != target.rstrip("/")
