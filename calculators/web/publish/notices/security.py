"""`.well-known/security.txt`: whom to tell of a weakness of the site (RFC 9116), when a setting says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.web.project.settings import Settings

#: Where programs look for it, from the root of the host.
PLACE = ".well-known/security.txt"
#: For how long an address is trusted; the standard asks for less than a year.
_GOOD_FOR = timedelta(days=360)


def write(site: Path, settings: Settings) -> None:
    """Write it in `site`, or take away the one that an earlier build left."""
    path = site / PLACE
    if settings.security_contacts:
        path.parent.mkdir(exist_ok=True)
        path.write_text(security_txt(settings), "utf-8")
    else:
        path.unlink(missing_ok=True)


def security_txt(settings: Settings) -> str:
    """Write its lines.

    >>> from datetime import date
    >>> from calculators.web.project.settings import Settings
    >>> contacts = ("mailto:securite@exemple.fr",)
    >>> asked = Settings(day=date(2026, 11, 28), security_contacts=contacts, url="https://exemple.fr/aide/")
    >>> print(security_txt(asked), end="")
    Contact: mailto:securite@exemple.fr
    Expires: 2027-11-23T00:00:00Z
    Preferred-Languages: fr
    Canonical: https://exemple.fr/.well-known/security.txt
    """
    lines = [f"Contact: {contact}" for contact in settings.security_contacts]
    lines += [f"Expires: {(settings.day + _GOOD_FOR).isoformat()}T00:00:00Z", "Preferred-Languages: fr"]
    if settings.url.startswith("https:"):
        host = urlsplit(settings.url)
        lines.append(f"Canonical: https://{host.netloc}/{PLACE}")
    return "".join(f"{line}\n" for line in lines)
