"""What other sites and search engines read: written into the head of each built page, and into two files beside them.

Both generators get the same, whatever they wrote. Without the address of the site (`SITE_URL=https://…/`), what would
have to hold it is left out: canonical addresses, preview images, the list of the pages.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import yaml

from calculators.web.publish import cards, pages
from calculators.web.publish.linked_data import PageError, linked_data, script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from calculators.web.publish.pages import BuiltPage

__all__ = ["front_matter", "robots", "sitemap", "write"]

#: What the generators wrote of it, each in its way, and what an earlier run wrote.
_OLD = re.compile(
    r'\s*<(?:link rel="canonical"|meta (?:property="(?:og|article):|name="(?:twitter:|robots")))[^>]*>'
    r'|\s*<script type="application/ld\+json">.*?</script>',
    re.DOTALL,
)


def write(site: Path, docs: Path, site_name: str, site_url: str = "") -> None:
    """Write into every page of `site`, made from `docs`, and beside them; a `PageError` names the page."""
    known = {path: pages.read(site, path) for path in sorted(site.rglob("*.html"))}
    shown = {path: page for path, page in known.items() if page.adresse != pages.NOT_FOUND}
    images = cards.draw(site, site_name, [page.h1 for page in shown.values()] if site_url else [])
    for path, page in known.items():
        html = _OLD.sub("", path.read_text("utf-8"))
        if path in shown:
            try:
                data = linked_data(page, front_matter(docs, page.adresse), site_name, site_url)
            except PageError as error:
                raise PageError(f"{page.adresse or 'index'}: {error}") from None
            lines = [*_tags(page, site_name, site_url, images.get(page.h1, "")), script(data)]
        else:
            lines = ['<meta name="robots" content="noindex">']
        path.write_text(html.replace("</head>", "".join(f"{line}\n" for line in lines) + "</head>", 1), "utf-8")
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
    # A list of addresses must hold whole ones: without the site's, there is no list rather than an empty one.
    if site_url:
        (site / "sitemap.xml").write_text(sitemap(shown.values(), site_url), "utf-8")
    (site / "robots.txt").write_text(robots(site_url), "utf-8")


def front_matter(docs: Path, address: str) -> dict[str, Any]:
    """Read the front matter of the page that the built page comes from; none is an empty one."""
    place = docs / address
    source = place / "index.md" if (place / "index.md").is_file() else place.with_suffix(".md")
    head = source.read_text("utf-8").split("---\n")[1] if source.is_file() else ""
    return yaml.safe_load(head) or {}


def _tags(page: BuiltPage, site_name: str, site_url: str, image: str) -> Iterator[str]:
    if site_url:
        yield f'<link rel="canonical" href="{escape(site_url + page.adresse)}">'
    properties = {
        "og:type": "article" if page.chemin else "website",
        "og:site_name": site_name,
        "og:locale": "fr_FR",
        "og:title": page.h1,
        "og:description": page.description,
        "og:url": site_url and site_url + page.adresse,
        "article:modified_time": page.verifie_le if page.chemin else "",
    }
    if image:
        properties |= {
            "og:image": site_url + image,
            "og:image:type": "image/png",
            "og:image:width": str(cards.WIDTH),
            "og:image:height": str(cards.HEIGHT),
            "og:image:alt": f"{page.h1} - {site_name}",
        }
    for name, value in properties.items():
        if value:
            yield f'<meta property="{name}" content="{escape(value)}">'
    # The rest of what such a card shows is read from the properties above.
    yield f'<meta name="twitter:card" content="{"summary_large_image" if image else "summary"}">'


def sitemap(listed: Iterable[BuiltPage], site_url: str) -> str:
    """List the pages at their whole addresses, and when each was checked."""
    entries = [
        f"  <url>\n    <loc>{escape(site_url + page.adresse)}</loc>\n"
        + (f"    <lastmod>{page.verifie_le}</lastmod>\n" if page.verifie_le else "")
        + "  </url>"
        for page in listed
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *entries,
            "</urlset>\n",
        ]
    )


def robots(site_url: str) -> str:
    """Let every robot read everything; say where the list of the pages is, when it has addresses.

    >>> print(robots("https://site.example/aide/"), end="")
    User-agent: *
    Allow: /
    <BLANKLINE>
    Sitemap: https://site.example/aide/sitemap.xml
    """
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {site_url}sitemap.xml\n" if site_url else "")
