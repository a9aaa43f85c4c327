"""`llms.txt`, at the root of the site: where an assistant finds what computes, instead of inventing.

The form is that of llmstxt.org: a title, what the site is, then lists of links. The schemas of the questions are beside
the other open data, and each says the same in its `$comment`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import api
from calculators.registry import CALCULATORS
from calculators.result import to_json
from calculators.typography import french
from calculators.web.guides.open_data import CONTENTS, LICENCE, NOT_BY_HEART
from calculators.web.publish import pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from calculators.web.publish.pages import BuiltPage

__all__ = ["FILE", "questions", "write"]

FILE = "llms.txt"


def questions() -> dict[str, dict[str, Any]]:
    """The JSON Schema of the questions of each calculator, by the name of its file."""
    return {f"questions-{name}.schema.json": {**api.schema(name), "$comment": NOT_BY_HEART} for name in CALCULATORS}


def write(site: Path, site_name: str, site_url: str = "") -> None:
    """Write it, and the schemas it leads to, into a site whose pages are written."""
    for name, schema in questions().items():
        (site / "donnees" / name).write_text(to_json(schema) + "\n", "utf-8")
    shown = [pages.read(site, path) for path in sorted(site.rglob("*.html"))]
    kept = [page for page in shown if page.adresse != pages.NOT_FOUND and page.description]
    (site / FILE).write_text("\n".join(_lines(kept, site_name, site_url)) + "\n", "utf-8")


def _lines(shown: list[BuiltPage], site_name: str, root: str) -> Iterator[str]:
    yield f"# {site_name}"
    yield french(f"\n> {_of(shown, '')}")
    yield f"\n{NOT_BY_HEART}"
    yield french("\n## Calculer\n")
    yield f"- [demarches mcp]({root}bibliotheque/#assistant): " + french(
        "un serveur du Model Context Protocol, sur l'entrée et la sortie standard ; chaque calculateur est un outil"
    )
    yield f"- [calculators.api]({root}bibliotheque/#reference): " + french("la même chose pour un programme Python")
    yield f"- [demarches]({root}bibliotheque/#commande): " + french("la même chose en ligne de commande, avec --json")
    for name, calculator in CALCULATORS.items():
        said = french(f"{calculator.titre} {calculator.description}")
        yield f"- [{name}]({root}donnees/questions-{name}.schema.json): {said}"
    yield french(f"\n## Données ({LICENCE})\n")
    for name, words in CONTENTS.items():
        described = french(f"{words} ; sa forme : donnees/{name}.schema.json")
        yield f"- [{name}.json]({root}donnees/{name}.json): {described}"
    yield french("\n## Pages\n")
    for page in shown:
        if page.adresse:
            yield f"- [{page.h1}]({root}{page.adresse}): {page.description}"


def _of(shown: list[BuiltPage], address: str) -> str:
    return next((page.description for page in shown if page.adresse == address), "")
