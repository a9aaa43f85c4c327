"""`.well-known/security.txt`, as RFC 9116 wants it: there when a contact is set, and at no other time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from calculators.web.project.settings import Settings
from calculators.web.publish.notices.security import PLACE, security_txt, write

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 28)
ASKED = Settings(day=DAY, security_contacts=("mailto:securite@exemple.fr", "tel:+33123456789"))


def fields(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (line.partition(": ") for line in text.splitlines())]


def test_nothing_is_said_without_a_contact_and_what_was_said_before_goes(tmp_path: Path) -> None:
    write(tmp_path, ASKED)
    assert (tmp_path / PLACE).is_file()
    write(tmp_path, Settings(day=DAY))
    assert not (tmp_path / PLACE).exists()


def test_its_fields_are_those_of_the_standard() -> None:
    found = fields(security_txt(ASKED))
    assert [name for name, _ in found] == ["Contact", "Contact", "Expires", "Preferred-Languages"]
    expires = datetime.fromisoformat(dict(found)["Expires"])
    built = datetime.combine(DAY, datetime.min.time(), UTC)
    assert built < expires < built + timedelta(days=365)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", dict(found)["Expires"])


def test_its_own_address_is_told_when_it_is_known_and_secure() -> None:
    def canonical(url: str) -> str | None:
        settings = Settings(day=DAY, security_contacts=ASKED.security_contacts, url=url)
        return dict(fields(security_txt(settings))).get("Canonical")

    assert canonical("https://www.exemple.fr:8443/aide/") == "https://www.exemple.fr:8443/.well-known/security.txt"
    assert canonical("http://www.exemple.fr/") is None
    assert canonical("") is None
