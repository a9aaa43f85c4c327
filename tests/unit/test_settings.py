"""The settings of a build, as whoever builds gives them."""

from __future__ import annotations

from datetime import date

import markdown
import pytest

from calculators.web.project.settings import SettingError, Settings
from tests.helpers import ROOT


def test_without_any_setting_the_site_is_whole_at_no_known_address_and_of_today() -> None:
    assert Settings.read({}) == Settings(day=date.today())  # noqa: DTZ011  # a civil day
    settings = Settings.read({"SITE_URL": "", "COMPRESS": "", "SNAPSHOT": "", "SITE_PATH": ""})
    assert (settings.url, settings.path, settings.ancestors, settings.hsts) == ("", "/", "*", "")
    assert (settings.snapshot, settings.service_worker, settings.monolith, settings.compressed) == (
        True,
        True,
        False,
        False,
    )


def test_each_setting_is_read_under_the_name_that_the_documentation_gives_it() -> None:
    given = {
        "SITE_DATE": "2027-04-02",
        "SITE_URL": "https://www.exemple.fr/aide/",
        "FRAME_ANCESTORS": "'none'",
        "HSTS": "31536000",
        "HTTPS": "1",
        "SECURITY_CONTACT": "mailto:securite@exemple.fr https://exemple.fr/securite",
        "COMPRESS": "1",
        "SNAPSHOT": "0",
        "SERVICE_WORKER": "0",
        "MONOLITH": "1",
    }
    assert Settings.read(given) == Settings(
        day=date(2027, 4, 2),
        url="https://www.exemple.fr/aide/",
        path="/aide/",
        ancestors="'none'",
        hsts="31536000",
        https=True,
        security_contacts=("mailto:securite@exemple.fr", "https://exemple.fr/securite"),
        compressed=True,
        snapshot=False,
        service_worker=False,
        monolith=True,
    )
    written = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/heberger.md").read_text("utf-8")
    # `make publish` gives COMPRESS itself.
    assert {name for name in (*given, "SITE_PATH") if f"{name}=" not in written} == {"COMPRESS"}


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SITE_DATE", "hier", "AAAA-MM-JJ"),
        ("SITE_DATE", "2026-02-30", "AAAA-MM-JJ"),
        ("SNAPSHOT", "non", "1 pour oui, ou 0 pour non"),
        ("SITE_URL", "www.exemple.fr", "l'adresse entière"),
        ("SITE_PATH", "/aide", "commencer et finir par « / »"),
        ("SECURITY_CONTACT", "securite@exemple.fr", "mailto:securite@exemple.fr"),
        ("SECURITY_CONTACT", "http://exemple.fr/", "mailto:securite@exemple.fr"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_write(name: str, value: str, advice: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.read({name: value})
    assert str(caught.value).startswith(f"{name}={value} : ")
    assert advice in str(caught.value)


def test_who_is_led_to_https_is_led_to_an_address_that_is_not_said_to_be_http() -> None:
    with pytest.raises(SettingError, match=r"HTTPS=1 .* https://"):
        Settings.read({"HTTPS": "1", "SITE_URL": "http://www.exemple.fr/"})


def test_the_pages_are_of_the_day_that_the_builder_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> str:
        return markdown.markdown("{{ montant:sbi }}", extensions=["calculators.web.guides.extension"])

    monkeypatch.setenv("SITE_DATE", "2026-03-31")
    before = page()
    monkeypatch.setenv("SITE_DATE", "2026-04-01")
    assert "651,69" in page() != before
