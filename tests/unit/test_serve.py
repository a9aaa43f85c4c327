"""The local server answers as a good static host does."""

from __future__ import annotations

import html
import http.client
import re
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from calculators.web.publish import serve
from calculators.web.publish.hosting.rules import ENCODINGS
from tests.helpers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "assets/engine/pyodide-0123456789ab").mkdir(parents=True)
    (tmp_path / "assets/engine/pyodide-0123456789ab/a.wasm").write_bytes(b"\0asm")
    (tmp_path / "assets/engine/worker-0123456789ab.mjs").write_text("export {}")
    (tmp_path / "assets/javascripts").mkdir()
    for name in ("app-0123456789ab.js", "javascripts/bundle.01234567.min.js", "javascripts/lunr.js"):
        (tmp_path / "assets" / name).write_text("script")
    (tmp_path / "index.html").write_text("accueil")
    (tmp_path / "404.html").write_text("rien ici")
    (tmp_path / "empty").mkdir()
    with serving(tmp_path) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("", "text/html; charset=utf-8", "no-cache"),
        ("assets/engine/pyodide-0123456789ab/a.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        (
            "assets/engine/worker-0123456789ab.mjs",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("assets/app-0123456789ab.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        (
            "assets/javascripts/bundle.01234567.min.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("assets/javascripts/lunr.js", "text/javascript; charset=utf-8", "no-cache"),
    ],
)
def test_each_file_goes_out_with_its_type_and_how_long_it_may_be_kept(
    url: str, path: str, kind: str, kept: str
) -> None:
    with urllib.request.urlopen(url + path) as answer:
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == kept


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, zstd;q=1.0", "zstd"), ("gzip", "gzip"), ("identity", None), ("", None)],
)
@pytest.mark.parametrize("path", ["", "index.html", "index.html?x"])
def test_the_compressed_file_goes_out_to_whoever_reads_it(
    url: str, tmp_path: Path, path: str, accepted: str, encoding: str | None
) -> None:
    for name, ending in ENCODINGS.items():
        (tmp_path / f"index.html{ending}").write_text(name)
    with urllib.request.urlopen(urllib.request.Request(url + path, headers={"Accept-Encoding": accepted})) as answer:
        assert answer.headers["Content-Encoding"] == encoding
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.read().decode() == (encoding or "accueil")


def test_a_compressed_file_that_did_not_change_is_not_sent_again(url: str, tmp_path: Path) -> None:
    (tmp_path / "index.html.br").write_text("br")
    headers = {"Accept-Encoding": "br"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        headers["If-None-Match"] = answer.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(url, headers=headers))
    with caught.value as answer:
        assert (answer.code, answer.read()) == (304, b"")


@pytest.mark.parametrize(
    "path", ["nowhere", "nowhere/", "empty/", "../secret", "%2e%2e/secret", "_headers", ".htaccess", "%2egit/config"]
)
def test_what_is_not_there_gets_the_sites_own_page(url: str, tmp_path: Path, path: str) -> None:
    for name in ("_headers", ".htaccess", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url + path)
    with caught.value as answer:
        assert (answer.code, answer.read()) == (404, b"rien ici")


APP = "assets/app-0123456789ab.js"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "assets/app-ba9876543210.js", 404),
        ("GET", "calculateurs/nowhere.wasm", 404),
        ("POST", APP, 405),
        ("PUT", "", 405),
        ("TRACE", "", 405),
        ("GET", "a" * 70000, 414),
        ("GET", "assets/engine/pyodide-0123456789ab", 301),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_file_of_the_site_is_not_kept_and_has_one_type(
    url: str, tmp_path: Path, method: str, path: str, status: int
) -> None:
    (tmp_path / "_headers").write_text("/*\n  X-All: yes\n/404.html\n  X-Closed: yes\n/assets/*\n  X-Assets: yes\n")
    connection = http.client.HTTPConnection(url.split("/")[2])
    connection.request(method, f"/{path}", body=b"x" * 10 if method == "POST" else None)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    assert answer.status == status
    assert answer.headers.get_all("Cache-Control") == ["no-cache"]
    assert not re.search("[0-9]", answer.headers["Server"])
    if status == 301:
        assert answer.headers["Location"] == f"/{path}/"
    else:
        assert answer.headers.get_all("Content-Type") == ["text/html; charset=utf-8"]
        assert (answer.headers["X-All"], answer.headers["X-Closed"], answer.headers["X-Assets"]) == ("yes", "yes", None)
        assert said == "rien ici" if status == 404 else "Réessayez dans quelques minutes" in html.unescape(said)


def test_a_part_that_is_not_there_gets_the_whole_file(url: str) -> None:
    asked = urllib.request.Request(url + APP, headers={"Range": "bytes=9000-"})
    with urllib.request.urlopen(asked) as answer:
        assert (answer.status, answer.read()) == (200, b"script")


def test_a_busy_port_is_said_in_plain_french(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((serve.ADDRESS, 0)) as busy:
        port = busy.getsockname()[1]
        assert serve.main(["--port", str(port), "--check"]) == 1
    said = capsys.readouterr().err
    assert f"Le port {port} est déjà pris" in said
    assert "make serve PORT=" in said


def test_a_port_that_cannot_be_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main(["--port", "70000", "--check"]) == 1
    assert "Le port 70000 ne peut pas être ouvert" in capsys.readouterr().err


def test_a_free_port_is_accepted_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main(["--port", "0", "--check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "path",
    [
        *("a%00b", "%00", "a" * 300, f"{'a' * 300}/", "%ed%a0%80", "..%2f..%2fprivate"),
        *("loop", "out/", "out/a.html", "out.html", "in/"),
    ],
)
def test_a_name_that_leads_nowhere_or_out_of_the_site_is_not_there(tmp_path: Path, path: str) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private/index.html").write_text("private")
    (tmp_path / "private/a.html").write_text("private")
    site = tmp_path / "site"
    (site / "in").mkdir(parents=True)
    (site / "404.html").write_text("rien ici")
    for link, target in (
        ("out", tmp_path / "private"),
        ("out.html", tmp_path / "private/a.html"),
        ("in/index.html", tmp_path / "private/index.html"),
        ("loop", site / "loop"),
    ):
        (site / link).symlink_to(target)
    with serving(site) as url:
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(url + path)
        with caught.value as answer:  # read before the server goes
            assert (answer.code, answer.read()) == (404, b"rien ici")
