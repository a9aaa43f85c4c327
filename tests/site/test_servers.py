"""The site behind real servers, configured by the files of deploy/ and by those that the build writes."""

from __future__ import annotations

import gzip
import html
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
from calculators.web.publish.serve import ADDRESS
from tests import servers
from tests.servers import SERVERS, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

PAGE = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{}</title><script>go()</script>' + "a" * 600
HASH = "0123456789ab"
WASM = f"assets/engine/pyodide-{HASH}/a.wasm"
APP = f"assets/app-{HASH}.js"
#: What makes each server refuse an address, and fail at another one, among the rules that the build wrote.
FAILURES = [
    (
        "nginx-site.conf",
        "location / {",
        f"location = /{APP}/closed {{ return 403; }} location = /{APP}/broken {{ return 500; }}",
    ),
    ("caddy-site.conf", "handle /* {", f"\nerror /{APP}/closed 403\nerror /{APP}/broken 500\n"),
    (
        ".htaccess",
        "RewriteEngine On",
        f"\nRewriteRule ^{APP}/closed$ - [F]\nRewriteRule ^{APP}/broken$ - [R=500,L]\n",
    ),
]
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
    for name in (".git/config", ".well-known/any.txt"):
        (site / name).parent.mkdir()
        (site / name).write_text("any.", "utf-8")
    publish.publish(site, replace(Settings.read(), compressed=True), engine)
    for file, after, added in FAILURES:
        path = (hosting.beside(site) if file.endswith(".conf") else site) / file
        text = path.read_text("utf-8")
        assert after in text
        path.write_text(text.replace(after, after + added, 1), "utf-8")
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


def get(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    opener = urllib.request.build_opener(Here)
    try:
        with opener.open(urllib.request.Request(url, headers=dict(headers or {}), method=method)) as answer:
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


@pytest.mark.parametrize(
    "path", ["nowhere", "assets/", "_headers", ".htaccess", "calculateurs/.htaccess", ".git/config"]
)
def test_what_is_not_a_page_is_not_shown(server: str, path: str) -> None:
    answer = get(server + path)
    assert answer.status in {403, 404}
    assert b"Options" not in answer.body
    assert b"any." not in answer.body


def test_what_is_hidden_to_be_found_is_shown(server: str) -> None:
    answer = get(f"{server}.well-known/any.txt")
    assert (answer.status, answer.body, one(answer, "Content-Type")) == (200, b"any.", TYPES[".txt"])


def test_an_address_without_its_last_slash_leads_to_the_page(server: str) -> None:
    answer = get(server + "guide")
    assert answer.status in {301, 308}
    assert answer.headers["Location"] in {"/guide/", "guide/"}


def test_a_relay_that_speaks_https_is_never_led_back_to_http(server: str) -> None:
    """Whatever it says of itself: the address of a page without its last slash is answered without a scheme."""
    for said in ({}, {"X-Forwarded-Proto": "https"}):
        for path in ("calculateurs/sbi", "calculateurs/sbi?a=1", "/guide"):
            location = one(get(server + path, said), "Location")
            assert re.fullmatch(r"/\w[\w/]*/(\?a=1)?", location), location


#: What each kind of failure answers, if it is not what most do.
ERRORS = {
    "nowhere": 404,
    "nowhere.wasm": 404,
    "nowhere/": 404,
    "index.html/nowhere": 404,
    "calculateurs/nowhere": 404,
    "donnees/nowhere.json": 404,
    f"assets/app-{HASH[::-1]}.js": 404,
    WASM.rpartition("/")[0]: 404,  # a folder that has no page
    f"{WASM.rpartition('/')[0]}/": 404,
    "a" * 300: 404,
    "%00": 404,
    "..%2f..%2fpasswd": 404,
    f"{APP}/closed": 404,
    f"{APP}/broken": 500,
    "a" * 9000: 414,
}
#: nginx refuses two addresses before it knows which site is asked; Apache tells the third from its own page's status.
SPECIAL = {
    ("nginx", "%00"): 400,
    ("nginx", "..%2f..%2fpasswd"): 400,
    ("apache", "a" * 300): 403,
    ("apache", f"{APP}/closed"): 403,
}
#: nginx leads to the folder first.
LED = {("nginx", WASM.rpartition("/")[0])}


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: f"{path[:40]}-{len(path)}")
def test_an_error_is_not_kept_and_has_one_type_and_no_frame(
    server: str, small_site: Path, path: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["server"]
    headers = {"Range": "bytes=0-9", "If-None-Match": "*"} if path.startswith("nowhere") else {}
    answer = get(server + path + ("/" if (name, path) in LED else ""), headers)
    assert answer.status == SPECIAL.get((name, path), ERRORS[path])
    kind = one(answer, "Content-Type")
    if answer.status in {403, 404}:
        assert kind == TYPES[".html"]
        assert answer.body == (small_site / "404.html").read_bytes()
    assert kind.startswith("text/html")
    assert not re.search("[0-9]", answer.headers["Server"] or "")
    if name == "apache" and answer.status == 414:  # told before any rule of a site is read; nothing says to keep it
        assert answer.headers[CACHE] is None
        return
    assert one(answer, CACHE) == FRESH
    assert one(answer, CSP).endswith("; frame-ancestors 'none'")
    assert one(answer, "X-Frame-Options") == "DENY"
    assert one(answer, "X-Content-Type-Options") == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_a_failure_of_the_server_says_in_french_what_to_do(server: str) -> None:
    answer = get(f"{server}{APP}/broken")
    assert "Réessayez dans quelques minutes" in html.unescape(answer.body.decode("ascii"))


@pytest.mark.parametrize("path", ["", APP, "calculateurs/sbi/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_a_static_site_is_only_read(server: str, path: str, method: str) -> None:
    answer = get(server + path, method=method)
    assert answer.status == 405
    assert one(answer, "Content-Type").startswith("text/html")
    assert answer.headers[CACHE] == FRESH or method == "TRACE"
    assert "frame-ancestors *" not in str(answer.headers[CSP])


#: Whether each server gives a part of a file that is kept for ever, and of another one.
PARTS = {"nginx": (False, False), "caddy": (False, True), "apache": (True, True)}


@pytest.mark.parametrize("path", [APP, "donnees/any.zip"])
def test_a_part_of_a_file_is_answered_whole_or_right(
    server: str, small_site: Path, path: str, request: pytest.FixtureRequest
) -> None:
    given = PARTS[request.node.callspec.params["server"]][path != APP]
    content = (small_site / path).read_bytes()
    part = get(server + path, {"Range": "bytes=2-5", "Accept-Encoding": "identity"})
    assert (part.status, part.body) == ((206, content[2:6]) if given else (200, content))
    assert one(part, CACHE) == (FOREVER if path == APP else FRESH)
    assert one(part, "Content-Type") == TYPES[f".{path.rpartition('.')[2]}"]
    beyond = get(server + path, {"Range": "bytes=90000-", "Accept-Encoding": "identity"})
    assert beyond.status == (416 if given else 200)
    assert one(beyond, CACHE) == (FOREVER if path == APP and not given else FRESH)
    for name in ("Content-Type", CSP, "X-Content-Type-Options"):
        one(beyond, name)


def test_a_page_that_did_not_change_is_not_sent_again(server: str) -> None:
    tag = one(get(server, {"Accept-Encoding": "br"}), "ETag")
    again = get(server, {"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    kept = {"If-None-Match": one(get(server + APP, {"Accept-Encoding": "br"}), "ETag"), "Accept-Encoding": "br"}
    again = get(server + APP, kept)
    assert (again.status, one(again, CACHE)) == (304, FOREVER)


#: Without which of its modules Apache is tried; the last one is all of them.
ABSENT = [(name,) for name in servers.APACHE_MODULES if name not in {*servers.APACHE_NEEDS, "filter"}]


@pytest.mark.parametrize("absent", [*ABSENT, tuple(name for (name,) in ABSENT)], ids=" ".join)
def test_no_module_of_apache_is_taken_for_granted(
    small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absent: tuple[str, ...]
) -> None:
    kept = tuple(name for name in servers.APACHE_MODULES if name not in absent)
    monkeypatch.setattr(servers, "APACHE_MODULES", kept)
    with running("apache", tmp_path, small_site) as url:
        page = get(f"{url}guide/index.html", {"Accept-Encoding": "gzip"})
        nowhere = get(f"{url}nowhere.js")
        led = get(f"{url}guide", {"X-Forwarded-Proto": "https"})
    assert (page.status, one(page, "Content-Type")) == (200, TYPES[".html"])
    body = gzip.decompress(page.body) if page.headers["Content-Encoding"] else page.body
    assert body == (small_site / "guide/index.html").read_bytes()
    assert (nowhere.status, nowhere.body) == (404, (small_site / "404.html").read_bytes())
    if not {"dir", "rewrite"} & set(absent):  # as an Apache of before 2.4.58, when it is `alias` that it has not
        assert led.headers["Location"] == (f"https://{ADDRESS}/guide/" if "alias" in absent else "/guide/")


@pytest.mark.parametrize("name", SERVERS)
def test_https_is_one_setting_away(name: str, small_site: Path, tmp_path: Path) -> None:
    """Who comes by HTTP is led to HTTPS, but behind a relay that has done it, and but for a certificate's proof."""
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    hosting.write(site, "default-src 'none'", Settings.read({"HTTPS": "1", "HSTS": "31536000"}))
    proof = site / ".well-known/acme-challenge/proof"
    proof.parent.mkdir(parents=True)
    proof.write_text("proof", "utf-8")
    with running(name, tmp_path, site) as url:
        for path in ("", "guide", "nowhere", f"{APP}?a=%20b"):
            answer = get(url + path)
            assert (answer.status, answer.headers["Location"]) == (301, f"https://{ADDRESS}/{path}")
        behind = get(f"{url}guide/", {"X-Forwarded-Proto": "https"})
        assert (behind.status, one(behind, "Strict-Transport-Security")) == (200, "max-age=31536000")
        assert get(f"{url}{proof.relative_to(site).as_posix()}").body == b"proof"


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
            assert get(f"{url}aide/guide").headers["Location"] in {"/aide/guide/", "guide/"}
            assert one(get(f"{url}aide/{APP}", method="POST"), CACHE) == FRESH
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
