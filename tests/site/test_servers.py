"""The site behind real servers, configured by the files of deploy/ and by those that the build writes."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import time
import urllib.error
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from calculators.web.project.settings import Settings
from calculators.web.publish import hosting
from calculators.web.publish import site as publish
from calculators.web.publish.hosting.rules import CACHE, CSP, ENCODINGS, FOREVER, FRESH, TYPES
from tests.servers import SERVERS, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

PAGE = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{}</title><script>go()</script>' + "a" * 600
HASH = "0123456789ab"
WASM = f"assets/engine/pyodide-{HASH}/a.wasm"
KINDS = {f"donnees/any{end}" for end in TYPES if end != ".html"}


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a file of each kind, published as the real one is."""
    site = tmp_path_factory.mktemp("hosted") / "site"
    pages = ("index.html", "404.html", "guide/index.html", "calculateurs/sbi/index.html")
    engine = site.with_name("engine")
    for name in (*pages, WASM, f"assets/app-{HASH}.js", "service-worker.js", *KINDS):
        path = engine / name.removeprefix("assets/") if name == WASM else site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(name) if name in pages else "x" * 600, "utf-8")
    (site / "small.txt").write_text("court", "utf-8")
    publish.publish(site, replace(Settings.read(), compressed=True), engine)
    return site


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    with running(request.param, folder, small_site) as url:
        yield url


class Here(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a redirection is an answer like another."""

    def redirect_request(self, *_: object) -> None:
        return None


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    opener = urllib.request.build_opener(Here)
    try:
        with opener.open(urllib.request.Request(url, headers=dict(headers or {}))) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def one(answer: Answer, name: str) -> str:
    """The value of a header, which must be there once only."""
    (value,) = answer.headers.get_all(name, [])
    return value


def test_each_kind_of_file_has_its_type(server: str) -> None:
    for name in sorted(KINDS):
        assert one(get(server + name), "Content-Type") == TYPES[f".{name.rpartition('.')[2]}"], name


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", FRESH),
        ("guide/", FRESH),
        ("service-worker.js", FRESH),
        ("donnees/any.json", FRESH),
        (WASM, FOREVER),
        (f"assets/app-{HASH}.js", FOREVER),
        (f"assets/app-{HASH[::-1]}.js", FRESH),  # not there: never kept
    ],
)
def test_what_is_named_by_its_content_is_kept_and_the_rest_asked_for_again(server: str, path: str, kept: str) -> None:
    for encoding in ("br", "identity"):
        assert one(get(server + path, {"Accept-Encoding": encoding}), CACHE) == kept


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("zstd", "zstd"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
    ],
)
@pytest.mark.parametrize("path", ["", "guide/", WASM, "nowhere"])
def test_the_smallest_version_that_the_browser_reads_goes_out(
    server: str, small_site: Path, path: str, accepted: str, encoding: str | None
) -> None:
    answer = get(server + path, {"Accept-Encoding": accepted})
    file = small_site / {"": "index.html", "guide/": "guide/index.html", "nowhere": "404.html"}.get(path, path)
    assert answer.headers["Content-Encoding"] == encoding
    assert "accept-encoding" in ", ".join(answer.headers.get_all("Vary", [])).lower()
    assert answer.body == file.with_name(file.name + ENCODINGS.get(encoding or "", "")).read_bytes()
    assert one(answer, "Content-Type") == TYPES[file.suffix]
    if encoding == "gzip":
        assert gzip.decompress(answer.body) == file.read_bytes()


def test_a_file_too_small_to_be_compressed_goes_out_as_it_is(server: str) -> None:
    answer = get(server + "small.txt", {"Accept-Encoding": "br, gzip"})
    assert (answer.body, answer.headers["Content-Encoding"]) == (b"court", None)


@pytest.mark.parametrize(
    ("path", "ancestors", "others"),
    [
        ("", "'none'", "same-origin"),
        ("guide/", "'none'", "same-origin"),
        ("nowhere", "'none'", "same-origin"),
        (WASM, "'none'", "same-origin"),
        ("calculateurs/sbi/", "*", None),
        ("donnees/any.json", "'none'", None),
    ],
)
def test_every_answer_has_the_policy_and_only_the_calculators_may_be_framed(
    server: str, small_site: Path, path: str, ancestors: str, others: str | None
) -> None:
    answer = get(server + path)
    (written,) = re.findall(
        r'Content-Security-Policy" content="([^"]*)"', (small_site / "index.html").read_text("utf-8")
    )
    assert one(answer, CSP) == written.replace("&#x27;", "'") + f"; frame-ancestors {ancestors}"
    assert answer.headers["X-Frame-Options"] == ("DENY" if others else None)
    assert answer.headers["Cross-Origin-Resource-Policy"] == others
    assert answer.headers["Access-Control-Allow-Origin"] == ("*" if path.startswith("donnees/") else None)
    assert one(answer, "X-Content-Type-Options") == "nosniff"
    assert one(answer, "Referrer-Policy") == "no-referrer"
    assert "camera=()" in one(answer, "Permissions-Policy")


@pytest.mark.parametrize("path", ["nowhere", "assets/", "_headers", ".htaccess", "calculateurs/.htaccess"])
def test_what_is_not_a_page_is_not_shown(server: str, path: str) -> None:
    answer = get(server + path)
    assert answer.status in {403, 404}
    assert b"Options" not in answer.body
    assert b"any." not in answer.body


def test_an_address_without_its_last_slash_leads_to_the_page(server: str) -> None:
    answer = get(server + "guide")
    assert answer.status in {301, 308}
    assert answer.headers["Location"] in {"/guide/", "guide/", f"{server}guide/"}


def test_a_page_that_did_not_change_is_not_sent_again(server: str) -> None:
    tag = one(get(server, {"Accept-Encoding": "br"}), "ETag")
    again = get(server, {"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


def test_the_site_may_be_in_a_folder_of_its_host(small_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "root/aide"
    shutil.copytree(small_site, site)
    hosting.write(site, "default-src 'none'", replace(Settings.read(), path="/aide/"))
    for name in SERVERS:
        folder = tmp_path / name
        folder.mkdir()
        with running(name, folder, site, site.parent) as url:
            page = get(f"{url}aide/calculateurs/sbi/", {"Accept-Encoding": "br"})
            assert (page.status, page.headers["Content-Encoding"]) == (200, "br"), name
            assert one(page, CSP) == "default-src 'none'; frame-ancestors *"
            assert one(get(f"{url}aide/{WASM}"), CACHE) == FOREVER
            assert get(f"{url}aide/guide").headers["Location"] in {"/aide/guide/", "guide/", f"{url}aide/guide/"}
            nowhere = get(f"{url}aide/nowhere")
            assert nowhere.status == 404
            assert b"<title>404.html" in nowhere.body


def test_an_update_and_a_return_are_one_link_away(small_site: Path, tmp_path: Path) -> None:
    """As the guide of the administrator says: releases side by side, a link to the current one, and a reload."""
    releases = tmp_path / "demarches"
    for day in ("2026-11-21", "2027-04-01"):
        shutil.copytree(small_site, releases / day / "site")
        hosting.write(releases / day / "site", f"default-src 'none'; report-to {day}", Settings.read())
        for page in (releases / day / "site").glob("index.html*"):
            page.unlink()
        (releases / day / "site/index.html").write_text(day, "utf-8")
    current = releases / "actuel"
    current.symlink_to("2026-11-21")

    def shows(url: str, day: str) -> bool:
        answer = get(url)
        return answer.body.decode() == day and f"report-to {day};" in one(answer, CSP)

    with running("nginx", tmp_path, current / "site") as url:
        assert shows(url, "2026-11-21")
        for day in ("2027-04-01", "2026-11-21"):
            current.unlink()
            current.symlink_to(day)
            os.kill(int((tmp_path / "nginx.pid").read_text("utf-8")), signal.SIGHUP)
            end = time.monotonic() + 20
            while not shows(url, day):
                assert time.monotonic() < end, day
                time.sleep(0.02)
