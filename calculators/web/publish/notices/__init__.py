"""What a published site says of its licences and of what it is made of, for whoever hosts it or takes it up.

`licences.txt`, with the notices of others; `sbom.cdx.json`, the components of the site, and
`sbom-construction.cdx.json`, the packages that built it (CycloneDX); `.well-known/security.txt`, where to tell of a
weakness, when a setting says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.publish.notices import licences, sbom, security
from calculators.web.publish.notices.components import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.web.project.settings import Settings

__all__ = ["write"]


def write(site: Path, settings: Settings) -> None:
    """Write all of them in `site`, whose every other file is what it will be."""
    components = shipped(site)
    (site / licences.NAME).write_text(licences.licences(components), "utf-8")
    (site / sbom.OF_THE_SITE).write_text(sbom.of_the_site(components, settings.day), "utf-8")
    (site / sbom.OF_THE_BUILD).write_text(sbom.of_the_build(settings.day), "utf-8")
    security.write(site, settings)
