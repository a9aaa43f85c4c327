"""The lists of components, in the CycloneDX format: what the site contains, and what built it.

Written by hand: a list is a few dozens of lines of JSON, the same for the same sources, whatever the machine; the tests
check it with CycloneDX's own library, which the build then does without.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from calculators.web.engine.bundle import ROOT
from calculators.web.project import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from calculators.web.publish.notices.components import Component

OF_THE_SITE, OF_THE_BUILD = "sbom.cdx.json", "sbom-construction.cdx.json"

#: The packages that write the pages, by the theme that is then in the site.
BUILDERS = {"Material for MkDocs": ("mkdocs", "mkdocs-material"), "Zensical": ("zensical",)}
_SPACE = uuid.UUID("9f0a3f0c-6a3e-5c67-9a51-3c2b1f3f7f10")
_SPDX_OPERATORS = re.compile(r"\b(?:AND|OR|WITH)\b")


def of_the_site(components: Iterable[Component], day: date) -> str:
    """List what the site contains that others wrote, with where each is."""
    known = list(components)
    refs = {component.name: _reference(component) for component in known}
    direct = [refs[component.name] for component in known if not component.within]
    inside = [
        {"ref": ref, "dependsOn": [refs[other.name] for other in known if name in other.within]}
        for name, ref in refs.items()
    ]
    tools = [
        {"type": "application", "name": name, "version": locked.pypi()[name]}
        for theme, names in BUILDERS.items()
        if theme in refs
        for name in names
    ]
    listed = [_described(component, refs[component.name]) for component in known]
    return _document(listed, direct, inside, day, {"tools": {"components": tools}})


def of_the_build(day: date) -> str:
    """List the locked packages, of Python and of npm; the lock files hold their hashes, and what calls for which."""
    packages = [*_python(), *_npm()]
    return _document(packages, [package["bom-ref"] for package in packages], [], day, {})


def _python() -> Iterator[dict[str, Any]]:
    packages = {package for lock in locked.REQUIREMENTS for package in locked.pypi(lock).items()}
    for name, version in sorted(packages):
        purl = f"pkg:pypi/{name}@{version}"
        yield {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "scope": "excluded"}


def _npm() -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for place, package in sorted(locked.npm().items()):
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        if purl in seen:
            continue
        seen.add(purl)
        algorithm, _, value = package["integrity"].partition("-")
        digest = {"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(value).hex()}
        licenses = {"licenses": _licenses(package["license"])} if "license" in package else {}
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": package["version"],
            "purl": purl,
            "scope": "excluded",
            "hashes": [digest],
            **licenses,
        }


def _reference(component: Component) -> str:
    registry, _, name = component.package.partition(":")
    version = f"@{component.version}" if component.version else ""
    return f"pkg:{registry or 'generic'}/{quote(name or component.name, safe='/')}{version}"


def _described(component: Component, reference: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "type": "library",
        "bom-ref": reference,
        "name": component.name,
        "description": component.role,
        "licenses": _licenses(component.license),
        "purl": reference,
        "externalReferences": [{"type": "vcs", "url": component.home}],
    }
    if component.version:
        described["version"] = component.version
    if component.copyright:
        described["copyright"] = "\n".join(component.copyright)
    if component.files:
        described["evidence"] = {"occurrences": [{"location": file} for file in component.files]}
    return described


def _licenses(spdx: str) -> list[dict[str, Any]]:
    if _SPDX_OPERATORS.search(spdx):
        return [{"expression": spdx}]
    return [{"license": {"name" if spdx.startswith("LicenseRef-") else "id": spdx}}]


def _document(
    components: list[dict[str, Any]], direct: list[str], inside: list[dict[str, Any]], day: date, about: dict[str, Any]
) -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = f"pkg:generic/{project['name']}@{project['version']}"
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": f"{day.isoformat()}T00:00:00Z",
            **about,
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"expression": project["license"]}],
            },
        },
        "components": components,
        "dependencies": [{"ref": ours, "dependsOn": sorted(direct)}, *sorted(inside, key=lambda entry: entry["ref"])],
    }
    # The same list has the same number.
    document["serialNumber"] = uuid.uuid5(_SPACE, json.dumps(document)).urn
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
