"""The rules of the answers, as the local server and the hosts of static pages read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.project.settings import Settings
from calculators.web.publish import hosting
from calculators.web.publish.hosting.headers_file import NAME, read
from calculators.web.publish.hosting.rules import CACHE, CSP, FOREVER

if TYPE_CHECKING:
    from pathlib import Path


#: What the hosts that read `_headers` accept.
MOST_RULES = 100
LONGEST_LINE = 2000


def files(site: Path, *names: str, **settings: str) -> Path:
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("")
    hosting.write(site, "default-src 'none'", Settings.read(settings))
    return site


def test_only_the_calculators_may_be_shown_in_a_frame(tmp_path: Path) -> None:
    site = files(tmp_path / "site", "index.html", "404.html", "guide/index.html", "calculateurs/sbi/index.html")
    framed = {
        address: (CSP, "frame-ancestors 'none'") not in read(site, address)
        for address in ("/", "/index.html", "/404.html", "/guide/", "/calculateurs/sbi/")
    }
    assert [address for address, allowed in framed.items() if allowed] == ["/calculateurs/sbi/"]


def test_who_may_frame_them_is_one_setting(tmp_path: Path) -> None:
    asked = "https://www.tribunal.example 'self'"
    site = files(tmp_path / "site", "calculateurs/sbi/index.html", "index.html", FRAME_ANCESTORS=asked)
    assert (CSP, "frame-ancestors https://www.tribunal.example 'self'") in read(site, "/calculateurs/sbi/")
    for file in (site / "calculateurs/.htaccess", *hosting.beside(site).iterdir()):
        if file.name != "nginx-site.conf":
            assert "default-src 'none'; frame-ancestors https://www.tribunal.example 'self'\"" in file.read_text(
                "utf-8"
            )


def test_browsers_are_bound_to_https_only_when_the_host_asks_for_it(tmp_path: Path) -> None:
    site = files(tmp_path / "site", "index.html")
    written = [site / NAME, site / ".htaccess", hosting.beside(site) / "nginx-site.conf"]
    written.append(hosting.beside(site) / "caddy-site.conf")
    assert not any("Strict-Transport-Security" in file.read_text("utf-8") for file in written)
    files(site, HSTS="31536000")
    assert all("max-age=31536000" in file.read_text("utf-8").split("Strict-Transport-Security")[1] for file in written)


def test_no_address_gets_a_header_twice_but_the_policy(site: Path) -> None:
    """The hosts that read `_headers` join the values of one header; two policies only are both obeyed."""
    for path in sorted(site.rglob("*")):
        address = f"/{path.relative_to(site).as_posix()}".removesuffix("index.html")
        names = [name for name, _ in read(site, address) if name != CSP]
        assert len(names) == len(set(names)), address


def test_the_file_of_headers_keeps_within_the_limits_of_hosts(site: Path) -> None:
    lines = (site / NAME).read_text("utf-8").splitlines()
    assert sum(not line.startswith(" ") for line in lines) <= MOST_RULES
    assert max(map(len, lines)) <= LONGEST_LINE


def test_every_file_of_the_engine_is_kept_for_ever_but_its_list(site: Path) -> None:
    for path in site.glob("assets/engine/**/*.*"):
        kept = (CACHE, FOREVER) in read(site, f"/{path.relative_to(site).as_posix()}")
        assert kept != path.name.startswith("manifest.json"), path
