"""What a page says of itself to machines, as JSON-LD in the words of schema.org.

Everything is drawn from the built page, and from two keys of its front matter: `parcours`, the heading whose list is
the way to follow, and `service`, the public service that the page is about. A name that the page does not say is
refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from calculators.typography import french

if TYPE_CHECKING:
    from calculators.web.publish.pages import BuiltPage

__all__ = ["PageError", "linked_data", "script"]

#: Headings that are known by their anchor.
STEPS = "etapes"
QUESTIONS = "questions"
GLOSSARY = "glossaire/"

Node = dict[str, Any]


class PageError(ValueError):
    """The front matter announces what the page does not hold."""


def linked_data(page: BuiltPage, meta: dict[str, Any], site_name: str, site_url: str) -> Node:
    """Describe a page. Without the site's address, its own addresses stay relative to the page, as JSON-LD allows."""
    address = site_url + page.adresse if site_url else ""
    about = [*_service(page, meta), *_how_to(page, meta, address)]
    questions = [_question(part.titre, part.texte) for part in page.questions(QUESTIONS)]
    terms = page.terms() if page.adresse == GLOSSARY else []
    node: Node = {
        "@type": "FAQPage" if questions else "WebPage",
        **({"url": address} if address else {}),
        "name": page.h1,
        "description": page.description,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "name": site_name, "url": site_url or _to_root(page)},
    }
    if page.verifie_le:
        node |= {"dateModified": page.verifie_le, "lastReviewed": page.verifie_le}
    if page.chemin:
        node["breadcrumb"] = _breadcrumbs(page, address)
    if questions:
        node["mainEntity"] = questions
    if terms:
        node["about"] = {
            "@type": "DefinedTermSet",
            "name": page.h1,
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": part.titre,
                    "description": part.texte,
                    "url": f"{address}#{part.ancre}",
                }
                for part in terms
            ],
        }
    elif about:
        node["about"] = about
    return {"@context": "https://schema.org", **node}


def _how_to(page: BuiltPage, meta: dict[str, Any], address: str) -> list[Node]:
    anchor = meta.get("parcours", STEPS)
    steps = page.steps(anchor)
    if not steps:
        if "parcours" in meta:
            raise PageError(f"parcours: no steps under a heading {{ #{anchor} }}")
        return []
    numbered = [
        {
            "@type": "HowToStep",
            "position": number,
            **({"name": step.titre.rstrip(" .")} if step.titre else {}),
            "text": step.texte or step.titre,
            "url": f"{address}#{step.ancre}",
        }
        for number, step in enumerate(steps, start=1)
    ]
    return [
        {"@type": "HowTo", "name": page.h1, "description": page.description, "inLanguage": "fr", "step": numbered},
    ]


def _service(page: BuiltPage, meta: dict[str, Any]) -> list[Node]:
    service = meta.get("service")
    if service is None:
        return []
    name, organisation = french(service["nom"]), french(service["organisme"])
    for key, given in (("nom", name), ("organisme", organisation)):
        if given.lower() not in page.text.lower():
            raise PageError(f"service: {key}: the page does not say « {given} »")
    provider = {"@type": "GovernmentOrganization", "name": organisation}
    return [{"@type": "GovernmentService", "name": name, "provider": provider, "serviceOperator": provider}]


def _question(words: str, answer: str) -> Node:
    return {"@type": "Question", "name": words, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _breadcrumbs(page: BuiltPage, address: str) -> Node:
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": name,
            **({"item": urljoin(address, target)} if target else {}),
        }
        for number, (name, target) in enumerate(_linked(page.chemin), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _linked(crumbs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Only the last one may lead nowhere; the words of a section whose first page is in view are left out."""
    return [crumb for number, crumb in enumerate(crumbs) if crumb[1] or number == len(crumbs) - 1]


def _to_root(page: BuiltPage) -> str:
    return "../" * page.adresse.count("/") or "./"


def script(data: Node) -> str:
    """Write the description as an element of the page: data, which the browser does not run."""
    # In a script, only a tag could end it.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
