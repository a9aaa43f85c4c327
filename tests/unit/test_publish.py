"""Publishing puts the engine into the site and takes the JavaScript sources out."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine import bundle
from calculators.web.engine.bundle import digest
from calculators.web.project.paths import OutsideError
from calculators.web.project.settings import Settings
from calculators.web.publish import policy
from calculators.web.publish import site as publishing
from calculators.web.publish.compress import compress
from calculators.web.publish.site import lead_from_anywhere, main, publish

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 28)
NOTICES = ("licences.txt", "sbom.cdx.json", "sbom-construction.cdx.json")


def test_the_engine_goes_in_and_the_last_one_goes_out(tmp_path: Path) -> None:
    site, engine = tmp_path / "site", tmp_path / "engine"
    (site / "assets/engine").mkdir(parents=True)
    (site / "assets/engine/old.mjs").write_text("old")
    (site / "assets/site.css").write_text("kept")
    (engine / "engine").mkdir(parents=True)
    (engine / "app.js").write_text("page script")
    (engine / "engine/worker.mjs").write_text("worker")
    publish(site, Settings(day=DAY), engine)
    left = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert left == {
        f"assets/app-{digest(b'page script')}.js",
        "assets/engine/worker.mjs",
        "assets/site.css",
        "_headers",
        ".htaccess",
        *NOTICES,
    }


def test_pages_name_our_scripts_and_styles_by_their_content(tmp_path: Path) -> None:
    site, engine = tmp_path / "site", tmp_path / "engine"
    (site / "assets/css").mkdir(parents=True)
    (site / "assets/css/site.css").write_text("body {}")
    (site / "guide").mkdir()
    engine.mkdir()
    (engine / "app.js").write_text("page script")
    page = '<link href="{}assets/css/{}.css"><p>assets/app.js</p><script src="{}assets/{}.js"></script>'
    (site / "index.html").write_text(page.format("", "site", "", "app"))
    (site / "guide/index.html").write_text(page.format("../", "site", "../", "app"))
    (site / "404.html").write_text(page.format("/", "site", "/", "app"))
    publish(site, Settings(day=DAY), engine)
    publish(site, Settings(day=DAY), engine)  # a second time changes nothing
    style, script = f"site-{digest(b'body {}')}", f"app-{digest(b'page script')}"
    for name, root in (("index.html", ""), ("guide/index.html", "../"), ("404.html", "/")):
        assert (site / name).read_text() == page.format(root, style, root, script)
    assert (site / f"assets/css/{style}.css").is_file()
    assert (site / f"assets/{script}.js").is_file()


def test_each_file_has_its_compressed_versions_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "BUILD", tmp_path / "build")
    site, engine = tmp_path / "site", tmp_path / "engine"
    site.mkdir()
    engine.mkdir()
    text = "la même page, encore et encore\n" * 100
    (site / "index.html").write_text(text, "utf-8")
    (site / "small.html").write_text("court")
    (site / "logo.png").write_bytes(b"\x89PNG" * 1000)
    publish(site, Settings(day=DAY, compressed=True), engine)
    assert {path.name for path in site.glob("[!._]*")} - {"assets"} == {
        "index.html",
        "index.html.br",
        "index.html.gz",
        "index.html.zst",
        "logo.png",
        "small.html",
        *NOTICES,
        *(f"{name}{ending}" for name in NOTICES for ending in (".br", ".gz", ".zst")),
    }
    assert gzip.decompress((site / "index.html.gz").read_bytes()).decode() == text
    monkeypatch.setattr(bundle, "run", None)  # what was compressed once is not compressed again
    publish(site, Settings(day=DAY, compressed=True), engine)


def test_what_another_build_is_compressing_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds of one folder compress the same files: neither takes what the other has half written."""
    monkeypatch.setattr(bundle, "BUILD", tmp_path / "build")
    page = tmp_path / "page.html"
    page.write_text("la même page, encore et encore\n" * 100, "utf-8")
    kept = tmp_path / "build/compressed" / hashlib.sha256(page.read_bytes()).hexdigest()
    kept.parent.mkdir(parents=True)
    half = kept.with_suffix(".br.part")
    half.write_bytes(b"half")
    compress([page])
    assert half.read_bytes() == b"half"
    assert gzip.decompress(page.with_name("page.html.gz").read_bytes()) == page.read_bytes()


def test_the_policy_allows_the_scripts_of_every_page_and_no_other(tmp_path: Path) -> None:
    page = '<head><meta charset="utf-8"><title>A</title><script>{}</script><script type="application/json">1</script>'
    (tmp_path / "index.html").write_text(page.format("first()"))
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide/index.html").write_text(page.format("second('é')"), "utf-8")
    allowed = policy.apply(tmp_path)
    assert policy.apply(tmp_path) == allowed  # a second time changes nothing
    assert sorted(re.findall(r"'sha256-[^']+'", allowed)) == sorted(map(policy.script_hash, ["first()", "second('é')"]))
    assert "unsafe-inline" not in allowed
    assert "'unsafe-eval'" not in allowed
    written = (tmp_path / "guide/index.html").read_text("utf-8")
    assert written.count("http-equiv") == 1
    assert written.index("http-equiv") < written.index("<title>")
    content = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', written)[0])
    assert content == allowed


def test_the_page_of_what_is_not_there_leads_into_the_folder_of_the_site(tmp_path: Path) -> None:
    page = """<a href="/.">x</a><a href="/guide/">x</a><a href="https://ailleurs.example/">x</a>
    <script src='/a.js'></script>
    <script>new URL("/",location)</script><script type="application/json">{"base": "/"}</script>"""
    (tmp_path / "404.html").write_text(page)
    for _ in range(2):  # a second time changes nothing
        lead_from_anywhere(tmp_path, "/aide/")
        assert (tmp_path / "404.html").read_text() == page.replace('"/', '"/aide/').replace("'/", "'/aide/")
    (tmp_path / "404.html").write_text(page)
    lead_from_anywhere(tmp_path, "/")
    assert (tmp_path / "404.html").read_text() == page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_PATH", "aide/"),
        ("SITE_PATH", "/aide"),
        ("SITE_PATH", "/a b/"),
        ("FRAME_ANCESTORS", "tout le monde; script-src *"),
        ("FRAME_ANCESTORS", "self"),
        ("HSTS", "un an"),
        ("SITE_DATE", "2026-02-30"),
        ("COMPRESS", "oui"),
        ("SNAPSHOT", "non"),
        ("SERVICE_WORKER", "false"),
        ("MONOLITH", "2"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<head>")
    monkeypatch.setattr(bundle, "ENGINE", tmp_path)
    monkeypatch.setenv(name, value)
    assert main([str(tmp_path / "site")]) == 1
    assert f"{name}={value}" in capsys.readouterr().err


def test_a_folder_that_is_no_built_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "now"),
    [("../../hacked", "passeport"), ("/etc", "passeport"), ("ancienne", '"+alert(1)+"'), ("ancienne", "..")],
)
def test_a_former_page_is_written_and_leads_among_the_lists_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, now: str
) -> None:
    monkeypatch.setattr(publishing, "anciens", lambda: {f"demarche={old}": {"demarche": now}})
    with pytest.raises(OutsideError):
        publishing.redirect_former(tmp_path)
    assert list(tmp_path.rglob("*.html")) == []
