"""Finish a built site: put the engine and the open data into it, and take out what only the build needed.

`python -m calculators.web.publish FOLDER` comes after MkDocs or Zensical has written FOLDER. Our own scripts and style
sheets then carry a hash of their content in their names, so that a browser may keep them for ever. The policy that the
pages run under is written in them and, with the other headers, into the files that servers read. The service worker,
which keeps the site on the reader's device, is given the list of all this; `SERVICE_WORKER=0` leaves it out.
With `COMPRESS=1`, every file has its compressed versions next to it.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path

import yaml

from calculators.law.pieces import anciens
from calculators.terminal import tell
from calculators.typography import french
from calculators.web.engine.bundle import ENGINE, ROOT, BundleError, digest
from calculators.web.page.elements import SITE
from calculators.web.project.paths import OutsideError, inside
from calculators.web.project.settings import SettingError, Settings
from calculators.web.publish import (
    feed,
    hosting,
    llms,
    metadata,
    notices,
    old_pages,
    policy,
    search,
    service_worker,
    theme_scripts,
)
from calculators.web.publish.compress import compress, compressible
from calculators.web.publish.data import write_data
from calculators.web.publish.linked_data import PageError

#: Files that pages name, and that are given a name of their content: ours, and those of the theme that are changed.
NAMED = ("assets/app.js", "assets/dossier.js", "assets/css/*.css", theme_scripts.SCRIPT, theme_scripts.WORKER)

#: A link around nothing.
EMPTY_LINK = re.compile(r"<a\b([^>]*)>\s*</a>")

#: What the theme says of the pages before and after, in the head of each.
NEIGHBOURS = re.compile(r'<link rel="(?:prev|next)" href="[^"]*">')


def publish(site: Path, settings: Settings, engine: Path = ENGINE) -> None:
    """Put `engine` into the assets of `site`, whatever an earlier run left there."""
    assets = site / "assets"
    shutil.rmtree(assets / "engine", ignore_errors=True)
    shutil.copytree(engine, assets, dirs_exist_ok=True)
    theme_scripts.adapt(site)
    name_by_content(site)
    allowed = policy.apply(site)
    notices.write(site, settings)
    # Once the pages are what they will be; and before the rules of the servers, which are for every file.
    service_worker.write(site, wanted=settings.service_worker)
    hosting.write(site, allowed, settings)
    if settings.compressed:
        compress(compressible(site))


def name_by_content(site: Path) -> None:
    """Put in the names of our own scripts and style sheets the hash of their content, and in the pages these names."""
    names: dict[str, str] = {}
    for path in sorted(path for pattern in NAMED for path in site.glob(pattern)):
        if not re.search(r"-[0-9a-f]{12}$", path.stem):
            target = path.with_stem(f"{path.stem}-{digest(path.read_bytes())}")
            path.replace(target)
            names[path.relative_to(site).as_posix()] = target.relative_to(site).as_posix()
    if names:
        known = re.compile(r'(?<=[/"])(' + "|".join(map(re.escape, names)) + r')(?=")')
        for page in site.rglob("*.html"):
            text = page.read_text("utf-8")
            page.write_text(known.sub(lambda found: names[found[1]], text), "utf-8")


def lead_links(site: Path) -> None:
    """Write the addresses that start with `site:` as the way from each page."""
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        if f'="{SITE}' in text:
            root = "../" * len(page.relative_to(site).parent.parts)
            page.write_text(re.sub(rf'\b(href|src)="{SITE}', rf'\1="{root}', text), "utf-8")


def lead_from_anywhere(site: Path, path: str) -> None:
    """Write the addresses of the page of what is not there, which is shown at any address, as from the host's root."""
    page = site / "404.html"
    if path != "/" and page.is_file():
        text = page.read_text("utf-8")
        page.write_text(re.sub(rf"""(?<=["'])/(?!{re.escape(path[1:])}|/)""", path, text), "utf-8")


def refuse_empty_links(site: Path) -> None:
    """Stop on a link that has no words: a template writes one for a tool, a page or a title that is not there.

    Raises:
        PageError: the first, with its page and where it leads.
    """
    for page in sorted(site.rglob("*.html")):
        for attributes in EMPTY_LINK.findall(page.read_text("utf-8")):
            if (led := re.search(r'\bhref="([^"]*)"', attributes)) and "aria-label=" not in attributes:
                name = page.relative_to(site).as_posix()
                raise PageError(f"{name} : un lien vers « {led[1]} » n'a pas de mots ; ce qu'il nomme n'existe pas ?")


def drop_hints(site: Path) -> None:
    """Take out of the pages what makes some browsers fetch the next page unasked: the links at the foot stay."""
    for page in site.rglob("*.html"):
        page.write_text(NEIGHBOURS.sub("", page.read_text("utf-8")), "utf-8")


def drop_drawings(site: Path) -> None:
    """Take out the files of the drawings that are written in the pages: no page asks for them."""
    for path in (site / "assets/img").glob("*.svg"):
        if "var(--me-" in path.read_text("utf-8"):
            path.unlink()


def drop_unasked(site: Path) -> None:
    """Take out what no page asks for: the theme's own icon."""
    shutil.rmtree(site / "assets/images", ignore_errors=True)


def site_name() -> str:
    """Read the name of the site where both generators read it."""
    # Without its tags: only the generators know what they mean.
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # only texts
    return french(settings["site_name"])


def redirect_former(site: Path) -> None:
    """Keep the address of each page of documents that is no more: it leads to the one that replaces it."""
    for answer, now in anciens().items():
        name, _, old = answer.partition("=")
        if name == "demarche" and "demarche" in now:
            page = inside(site / "pieces", f"{old}/index.html")
            inside(site / "pieces", now["demarche"])  # the page leads there: a script and links hold this name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_MOVED.replace("[adresse]", escape(f"../{now['demarche']}/")), "utf-8")


#: The script keeps the part of the address that names a document; the policy allows it by its hash.
_MOVED = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Cette page a changé d’adresse</title>
<script>location.replace("[adresse]" + location.hash)</script>
<meta http-equiv="refresh" content="0; url=[adresse]">
</head>
<body>
<main>
<h1>Cette page a changé d’adresse</h1>
<p><a href="[adresse]">Ouvrir la page qui la remplace</a></p>
</main>
</body>
</html>
"""


def main(arguments: list[str]) -> int:
    """Finish the site whose folder is named."""
    match arguments:
        case [folder] if (Path(folder) / "index.html").is_file():
            site = Path(folder)
            try:
                settings = Settings.read()
                refuse_empty_links(site)
                write_data(site / "donnees", settings.day)
                feed.write(site, ROOT / "docs", settings.day)
                lead_links(site)
                drop_hints(site)
                drop_drawings(site)
                drop_unasked(site)
                search.prepare(site)
                old_pages.flag(site, settings.day)
                metadata.write(site, ROOT / "docs", site_name(), settings.url)
                llms.write(site, site_name(), settings.url)
                redirect_former(site)
                lead_from_anywhere(site, settings.path)
                # Last: names by content, the policy's hashes and the compressed files are those of the final pages.
                publish(site, settings)
            except (SettingError, PageError, OutsideError, BundleError) as error:
                tell(str(error))
                return 1
            return 0
    tell("usage : python -m calculators.web.publish DOSSIER_DU_SITE (déjà construit)")
    return 2
