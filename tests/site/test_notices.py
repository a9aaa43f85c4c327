"""What the built sites say of their licences and of what they are made of: true of every file that is shipped."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from calculators.web.engine.bundle import JAVASCRIPT_SOURCES
from calculators.web.project import locked
from calculators.web.publish.hosting.rules import ENCODINGS
from calculators.web.publish.notices import licences, sbom
from calculators.web.publish.notices.components import TABLE, shipped
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from calculators.web.publish.notices.components import Component

#: What is written here, from the root of the site. All else must be in a component.
OURS = re.compile(
    r"(.*/)?index\.html|404\.html|\.htaccess|.*/\.htaccess|_headers|robots\.txt|sitemap\.xml|ce-qui-a-change\.xml|flux/[\w-]+\.xml"
    r"|llms\.txt|donnees/[\w-]+(\.schema)?\.json|search/search_index\.json|search\.json|service-worker\.js|assets/apercus/.*"
    r"|licences\.txt|sbom(-construction)?\.cdx\.json|\.well-known/security\.txt"
    r"|assets/(app|dossier)-[0-9a-f]{12}\.js|assets/css/\w+-[0-9a-f]{12}\.css|assets/img/[\w-]+\.(svg|png)"
    r"|assets/javascripts/pages\.xml|assets/javascripts/workers/search\.[0-9a-f]{8}\.min-[0-9a-f]{12}\.js"
    r"|assets/engine/manifest\.json|assets/engine/calculators-[0-9a-f]{12}/pyodide-lock\.json"
)
#: The modules of the archives that no package of Python's own library has, with the component that they are.
MODULES = {"_pyodide": "Pyodide", "pyodide": "Pyodide", "segno": "segno", "calculators": ""}
MODULES |= {name: name for name in ("openpyxl", "et_xmlfile", "defusedxml", "pypdf")}
#: Those of Python's own library that it does not list, for being its inner parts.
INNER = {"_ast_unparse", "_colorize", "_opcode_metadata", "_py_warnings", "_pydatetime", "_pyrepl"}
INNER |= {"annotationlib", "compression"}  # of a newer Python than the one of the tests
SETS = {
    "material": "Material Design Icons",
    "octicons": "Octicons",
    "fontawesome": "Font Awesome Free",
    "lucide": "Lucide",
}
ICONS = list(ROOT.glob(".venv/lib/python*/site-packages/*/templates/.icons"))


@pytest.fixture(params=["site", "zensical_site"])
def built(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def files_of(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        if path.is_file() and path.suffix not in ENCODINGS.values():
            yield path.relative_to(site).as_posix()


@cache
def named(site: Path) -> dict[str, Component]:
    return {component.name: component for component in shipped(site)}


def test_every_file_is_ours_or_has_its_notice(built: Path) -> None:
    explained = {file for component in named(built).values() for file in component.files}
    assert [name for name in files_of(built) if not OURS.fullmatch(name) and name not in explained] == []
    assert [name for name in explained if OURS.fullmatch(name)] == []


def test_what_the_archives_hold_has_its_notice(built: Path) -> None:
    known = named(built)
    archives = [path for path in built.glob("assets/engine/*/*") if path.suffix in {".zip", ".whl"}]
    assert len(archives) == 5
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            tops = {name.partition("/")[0].removesuffix(".pyc") for name in archive.namelist()}
        for module in tops - sys.stdlib_module_names - INNER:
            if not module.startswith("mode_emploi_demarches-"):
                assert MODULES[module] == "" or MODULES[module] in known, module


def test_what_is_inside_the_scripts_of_the_theme_has_its_notice(site: Path, zensical_site: Path) -> None:
    """Material's source maps name each package, and hold its code; Zensical names them and their versions in a file."""
    known = named(site)
    packages = set()
    for path in site.glob("assets/**/*.map"):
        drawn = json.loads(path.read_text("utf-8"))
        for source, code in zip(drawn["sources"], drawn.get("sourcesContent", drawn["sources"]), strict=True):
            if found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/(.*)", source):
                packages.add(found[1])
                if code != source:  # the version that the lock names is the one that is shipped
                    assert code == (ROOT / "node_modules" / found[1] / found[2]).read_text("utf-8"), source
    assert packages >= {"rxjs", "clipboard"}
    assert packages <= known.keys()
    listed = (zensical_site / "assets/javascripts/LICENSE").read_text("utf-8")
    theirs = {name: component.version for name, component in named(zensical_site).items()}
    found_there = dict(re.findall(r"^Package: (\S+)@(\S+)$", listed, re.MULTILINE))
    assert found_there
    assert found_there.items() <= theirs.items()


def test_every_set_that_an_icon_comes_from_has_its_notice(built: Path) -> None:
    outline = re.compile(r"""\bd=(?:"|%22|')([^"%'>]{20,})""")
    sources = [*built.rglob("*.html"), *built.glob("assets/**/*.css")]
    used = {drawn for path in sources for drawn in outline.findall(path.read_text("utf-8"))}
    assert used
    for folder in ICONS:
        for kind in folder.iterdir():
            icons = (icon.read_text("utf-8") for icon in kind.rglob("*.svg")) if kind.is_dir() else ()
            if any(used.intersection(outline.findall(icon)) for icon in icons):
                assert SETS[kind.name] in named(built)


def test_our_own_scripts_take_no_package_but_those_that_are_listed(site: Path) -> None:
    """Of docx, its own file names each package that went into it."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / JAVASCRIPT_SOURCES).rglob("*.mjs"))
    named_there = re.findall(r"""\b(?:from|import)\s*\(?\s*["']([^."'][^"']*)["']""", text)
    asked = {"/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in named_there}
    assert asked == {"pyodide", "docx", "@noble/ciphers", "sortablejs"}
    inside = (ROOT / "node_modules/docx/dist/index.mjs").read_text("utf-8")
    marked = re.findall(r"^// (?:\\0|node_modules/)(@[\w-]+[/+][\w-]+|[\w-]+)", inside, re.MULTILINE)
    packages = {name.replace("+", "/") for name in marked}
    assert packages >= {"fflate", "nanoid", "@oxc-project/runtime"}
    # One line that joins modules, by the authors of the last.
    assert packages - {"rolldown"} <= named(site).keys()


def test_no_component_is_told_of_that_no_site_has(site: Path, zensical_site: Path) -> None:
    names = re.findall(r'^name = "(.*)"$', TABLE.read_text("utf-8"), re.MULTILINE)
    assert set(names) == named(site).keys() | named(zensical_site).keys()
    assert "Zensical" not in named(site)
    assert "Material for MkDocs" not in named(zensical_site)


def test_the_notices_name_everyone_and_hold_every_licence(built: Path) -> None:
    text = (built / licences.NAME).read_text("utf-8")
    ours = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith(ours.rstrip())
    for component in named(built).values():
        assert f"\n{component.name} {component.version}".rstrip() in text
        assert component.home in text
        for path in component.texts:
            assert path.read_text("utf-8-sig").strip() in text
        public = "domaine public" in component.role
        assert component.texts or public, f"{component.name} has no licence"
        own = "".join(path.read_text("utf-8") for path in component.texts)
        assert public or component.copyright or re.search("copyright|mozilla|pictogrammers", own, re.IGNORECASE)
    assert re.search(r"Copyright \(c\).*contributeurs", text)
    for words in ("Mozilla Public License, version 2.0", "PYTHON SOFTWARE FOUNDATION LICENSE", "W3C"):
        assert words.lower() in text.lower()


@pytest.mark.parametrize("name", [sbom.OF_THE_SITE, sbom.OF_THE_BUILD])
def test_the_list_of_components_is_what_cyclonedx_describes(built: Path, name: str) -> None:
    text = (built / name).read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = json.loads(text)
    references = [component["bom-ref"] for component in listed["components"]]
    assert len(references) == len(set(references))
    ours = listed["metadata"]["component"]["bom-ref"]
    for entry in listed["dependencies"]:
        assert {entry["ref"], *entry["dependsOn"]} <= {ours, *references}


def test_the_lists_name_what_is_shipped_and_what_is_locked(built: Path) -> None:
    of_the_site = json.loads((built / sbom.OF_THE_SITE).read_text("utf-8"))
    assert [component["name"] for component in of_the_site["components"]] == list(named(built))
    for component in of_the_site["components"]:
        for found in component.get("evidence", {}).get("occurrences", ()):
            assert (built / found["location"]).is_file()
    of_the_build = {
        (component["purl"].split(":")[1].split("/")[0], component["name"], component["version"])
        for component in json.loads((built / sbom.OF_THE_BUILD).read_text("utf-8"))["components"]
    }
    python = {("pypi", *package) for lock in locked.REQUIREMENTS for package in locked.pypi(lock).items()}
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    npm = {("npm", place.split("node_modules/")[-1], entry["version"]) for place, entry in lock.items() if place}
    assert of_the_build == python | npm
    assert {"mkdocs", "mkdocs-material", "zensical", "pyodide"} <= {name for _, name, _ in of_the_build}


def test_the_list_says_what_wrote_the_pages(site: Path, zensical_site: Path) -> None:
    def tools(folder: Path) -> list[tuple[str, str]]:
        listed = json.loads((folder / sbom.OF_THE_SITE).read_text("utf-8"))["metadata"]["tools"]["components"]
        return [(tool["name"], tool["version"]) for tool in listed]

    builders = locked.pypi()
    assert tools(site) == [(name, builders[name]) for name in ("mkdocs", "mkdocs-material")]
    assert tools(zensical_site) == [("zensical", builders["zensical"])]


def test_the_same_sources_give_the_same_lists(site: Path) -> None:
    day = date(2026, 11, 28)
    lists = [(sbom.of_the_site(named(site).values(), day), sbom.of_the_build(day)) for _ in range(2)]
    assert lists[0] == lists[1]
    assert str(ROOT) not in "".join(lists[0])
    assert json.loads(lists[0][0])["serialNumber"] != json.loads(lists[0][1])["serialNumber"]


def test_the_licences_are_one_link_away_and_in_the_copy_without_a_server(built: Path) -> None:
    assert 'href="../licences.txt"' in (built / "mentions-legales/index.html").read_text("utf-8")
    with zipfile.ZipFile(ROOT / "dist/mode-emploi-demarches.zip") as copy:
        (inside,) = [name for name in copy.namelist() if name.endswith(f"/{licences.NAME}")]
        assert copy.read(inside).decode().startswith((ROOT / "LICENSE").read_text("utf-8").rstrip())
