"""The wheel that the browser installs is a valid wheel."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import tomllib

from calculators.web.engine import bundle
from calculators.web.engine.bundle import package_files, wheel_files, with_cited_articles


def test_the_record_tells_the_size_and_hash_of_every_file() -> None:
    files = wheel_files({"calculators/__init__.py": b"x = 1\n"}, "mode-emploi-demarches", "0.1.0", ">=3.11")
    record = files.pop("mode_emploi_demarches-0.1.0.dist-info/RECORD").decode()
    *rows, itself = list(csv.reader(record.splitlines()))
    assert itself == ["mode_emploi_demarches-0.1.0.dist-info/RECORD", "", ""]
    assert [row[0] for row in rows] == list(files)
    for name, hashed, size in rows:
        assert int(size) == len(files[name])
        expected = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
        assert hashed == f"sha256={expected}"


def test_the_metadata_names_the_package() -> None:
    files = wheel_files({}, "mode-emploi-demarches", "0.1.0", ">=3.11")
    metadata = files["mode_emploi_demarches-0.1.0.dist-info/METADATA"].decode()
    assert "Name: mode-emploi-demarches\nVersion: 0.1.0\n" in metadata


def test_the_wheel_has_the_articles_that_it_cites_and_no_other() -> None:
    table = (
        b'[codes.CGI]\nnom = "code"\n\n[codes.CGI.articles."1635 bis Q"]\nenonce = "A."\n\n'
        b'[codes.CGI.articles."R*281-4"]\nenonce = "B."\n\n[codes.CGI.articles.953]\nenonce = "C."\n'
    )
    name = "calculators/law/articles/impots.toml"
    files = {
        name: table,
        "calculators/law/x.toml": b'articles = ["CGI 1635 bis Q"]\n',
        "calculators/a.py": b'x("CGI R281-4")\n',
    }
    kept = tomllib.loads(with_cited_articles(files)[name].decode())["codes"]["CGI"]
    assert kept == {"nom": "code", "articles": {"1635 bis Q": {"enonce": "A."}, "R*281-4": {"enonce": "B."}}}


def test_what_the_browser_is_given_of_the_articles_is_as_it_is_written() -> None:
    shipped = package_files()
    tables = [tomllib.loads(text.decode()) for name, text in shipped.items() if "/law/articles/" in name]
    found = {
        f"{cle} {number}"
        for table in tables
        for cle, code in table["codes"].items()
        for number in code.get("articles", {})
    }
    assert {"CPCE L162-2", "CURB R*423-39", "CGI 953"} <= found


def test_what_the_engine_is_made_of_makes_another_one_when_it_changes_and_the_rest_does_not() -> None:
    sources = {path.relative_to(bundle.ROOT).as_posix() for path in bundle.source_files()}
    ours = {name for name in package_files() if name.startswith("calculators/")}
    # What stands in the browser for the sources is made from them.
    assert ours - {"calculators/edition.json"} <= sources
    makers = {path for path in (bundle.ROOT / "calculators/web/engine").rglob("*") if path.suffix in {".py", ".mjs"}}
    scripts = set((bundle.ROOT / bundle.JAVASCRIPT_SOURCES).rglob("*.mjs"))
    assert {path.relative_to(bundle.ROOT).as_posix() for path in makers | scripts} <= sources
    assert len(scripts) > 40
    assert {name.split("/")[2] for name in sources if name.startswith("calculators/web/")} == {
        "__init__.py",
        "engine",
        "js",
        "page",
        "project",
    }
    # Of the scripts, what makes the memory reads what its programs import: another format is another memory.
    imported = {
        (path.parent / found).resolve()
        for path in makers
        if path.suffix == ".mjs"
        for found in re.findall(r'from "(\.[^"]+)"', path.read_text("utf-8"))
    }
    assert imported & scripts == set(bundle.python_sources()) & scripts != set()
