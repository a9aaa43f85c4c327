"""What one build was asked for: its settings, read once from the environment by each command, then handed on.

No other module reads the environment. Of what `make` knows, two settings are not here, as no code of ours reads them:
`SITE_DIR`, which `mkdocs.yml` gives to the generator, and `PORT`, an option of `serve`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.calendar import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SettingError", "Settings"]

_ORIGIN = r"(https?://[A-Za-z0-9-]+|(https?://)?(\*|[A-Za-z0-9-]+)(\.[A-Za-z0-9-]+)+)(:[0-9]+|:\*)?"
_ANCESTORS = re.compile(rf"\*|'none'|('self'|https?:|{_ORIGIN})( ('self'|https?:|{_ORIGIN}))*")
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")
_URL = re.compile(rf"https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]+)?({_PATH.pattern})")
#: Where to write, as security.txt says it; plain HTTP is not accepted there.
_CONTACT = re.compile(r"mailto:[^@\s\x00-\x1f]+@[A-Za-z0-9.-]+|https://[!-~]+|tel:\+[0-9-]+")


class SettingError(ValueError):
    """A setting of the build that cannot be used; the message says which one, in French."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one build, each with the name that whoever builds gives it."""

    #: `SITE_DATE=2026-11-28`: the day the site is built for, which decides the amounts « en vigueur » in the pages.
    day: date
    #: `SITE_URL=https://www.exemple.fr/aide/`: the whole address of the site; empty when it is not known.
    url: str = ""
    #: `SITE_PATH=/aide/`: where the site is on its host, with a slash at both ends; else the path of `SITE_URL`.
    path: str = "/"
    #: `FRAME_ANCESTORS="https://www.tribunal.example"`: who may show the calculators in a frame; all, else.
    ancestors: str = "*"
    #: `HSTS=31536000`: for how many seconds browsers must come back by HTTPS only; nothing is said by default.
    hsts: str = ""
    #: `HTTPS=1`: who comes by HTTP is led to the same address by HTTPS.
    https: bool = False
    #: `SECURITY_CONTACT="mailto:securite@exemple.fr"`: where to tell of a weakness, one address or several; none, else.
    security_contacts: tuple[str, ...] = ()
    #: `COMPRESS=1`: write the compressed versions beside each file.
    compressed: bool = False
    #: `SNAPSHOT=0`: the engine does not begin with Python's memory as kept at build.
    snapshot: bool = True
    #: `SERVICE_WORKER=0`: the site does not keep itself on the readers' devices, for want of a network.
    service_worker: bool = True
    #: `MONOLITH=1`: the runtime is Pyodide's own as it comes, in one part; without, what answers comes first.
    monolith: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read every setting of a build; an empty one is as none.

        Raises:
            SettingError: the first that cannot be used.

        >>> read = Settings.read({"SITE_DATE": "2026-11-28", "SITE_URL": "https://www.exemple.fr/aide/"})
        >>> read.day.year, read.path, read.snapshot, read.monolith
        (2026, '/aide/', True, False)
        """
        url = _url(environment)
        return cls(
            day=_day(environment),
            url=url,
            path=_path(environment, url),
            ancestors=_ancestors(environment),
            hsts=_hsts(environment),
            https=_https(environment, url),
            security_contacts=_security_contacts(environment),
            compressed=_switch(environment, "COMPRESS", usual=cls.compressed),
            snapshot=_switch(environment, "SNAPSHOT", usual=cls.snapshot),
            service_worker=_switch(environment, "SERVICE_WORKER", usual=cls.service_worker),
            monolith=_switch(environment, "MONOLITH", usual=cls.monolith),
        )


def _day(environment: Mapping[str, str]) -> date:
    given = environment.get("SITE_DATE") or ""
    # Rules never read a clock: this is the build's.
    day = parse_date(given) if given else date.today()  # noqa: DTZ011  # a civil day, as on a calendar
    if day is None:
        raise SettingError(f"SITE_DATE={given} : écrivez un jour de la forme AAAA-MM-JJ, comme 2026-11-28.")
    return day


def _url(environment: Mapping[str, str]) -> str:
    url = environment.get("SITE_URL") or ""
    if url and not _URL.fullmatch(url):
        raise SettingError(
            f"SITE_URL={url} : écrivez l'adresse entière du site, finie par « / », comme https://www.exemple.fr/aide/."
        )
    return url


def _path(environment: Mapping[str, str], url: str) -> str:
    whole = _URL.fullmatch(url)
    known = whole[1] if whole else ""
    path = environment.get("SITE_PATH") or known or "/"
    if not _PATH.fullmatch(path):
        raise SettingError(f"SITE_PATH={path} : ce chemin doit commencer et finir par « / », comme /demarches/.")
    if known and path != known:
        raise SettingError(f"SITE_PATH={path} : ce chemin n'est pas celui de SITE_URL, {known}.")
    return path


def _ancestors(environment: Mapping[str, str]) -> str:
    ancestors = environment.get("FRAME_ANCESTORS") or "*"
    if not _ANCESTORS.fullmatch(ancestors):
        raise SettingError(
            f"FRAME_ANCESTORS={ancestors} : écrivez des adresses de sites séparées par une espace, "
            "comme https://www.tribunal.example, ou « * » pour tous, ou 'none' pour aucun."
        )
    return ancestors


def _hsts(environment: Mapping[str, str]) -> str:
    seconds = environment.get("HSTS") or ""
    if not re.fullmatch("[0-9]*", seconds):
        raise SettingError(f"HSTS={seconds} : écrivez un nombre de secondes, comme 31536000 pour un an.")
    return seconds


def _https(environment: Mapping[str, str], url: str) -> bool:
    https = _switch(environment, "HTTPS", usual=Settings.https)
    if https and url.startswith("http:"):
        raise SettingError(f"HTTPS=1 : l'adresse donnée par SITE_URL, {url}, doit alors commencer par https://.")
    return https


def _security_contacts(environment: Mapping[str, str]) -> tuple[str, ...]:
    contacts = (environment.get("SECURITY_CONTACT") or "").split()
    for contact in contacts:
        if not _CONTACT.fullmatch(contact):
            raise SettingError(
                f"SECURITY_CONTACT={contact} : écrivez une adresse comme mailto:securite@exemple.fr, "
                "https://www.exemple.fr/securite/ ou tel:+33123456789."
            )
    return tuple(contacts)


def _switch(environment: Mapping[str, str], name: str, *, usual: bool) -> bool:
    given = environment.get(name) or ""
    if given not in {"", "0", "1"}:
        raise SettingError(f"{name}={given} : écrivez 1 pour oui, ou 0 pour non.")
    return given == "1" if given else usual
