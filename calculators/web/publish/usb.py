"""Make the copy of the site that needs no server: one zip to unpack anywhere, on a USB stick for instance.

`python -m calculators.web.publish.usb SITE ZIP` takes the site as it is published. A page opened as a file may show
the files beside it and run the scripts among them, but read nothing, start no worker from a file, and find no page in
a folder. So, in the copy, each link names the file it leads to; the parts of the engine, the search's worker and its
index are carried by scripts; and the policy allows the workers that stand in a page's own memory, and no connection
at all.

Nobody brings such a copy up to date: each page says when it was made, and from when its amounts may have changed.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from calculators.calendar import in_words
from calculators.law import law
from calculators.terminal import run, tell
from calculators.typography import french
from calculators.web.engine import bundle
from calculators.web.engine.bundle import BundleError, EngineFiles, digest, make_script
from calculators.web.page.elements import el, serialise
from calculators.web.project.paths import OutsideError, files_of, inside
from calculators.web.project.settings import SettingError, Settings
from calculators.web.publish import feed
from calculators.web.publish.hosting.rules import ENCODINGS
from calculators.web.publish.notices import licences
from calculators.web.publish.policy import policy, with_policy

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from datetime import date

    from calculators.law import Law

NAME = "Mode d'emploi des démarches"

#: The folder that the zip holds, and what stands in it.
FOLDER = "mode-emploi-demarches"
START = "Ouvrir.html"
READ_ME = "LISEZMOI.txt"
PAGES = "site"

#: What the copy takes of the site as it is, besides the pages; the rest is only good on a server, or is made anew here.
KEPT = (
    "assets/css/*",
    "assets/dossier-*.js",
    "assets/engine/sorting-*.js",
    "assets/img/*",
    "assets/javascripts/bundle.*.js",
    "assets/stylesheets/*.css",
    "donnees/*",
    feed.FEED,
    licences.NAME,
)
NOT_FOUND = "404.html"

SEARCH = "search/search_index"
SEARCH_WORKER = "assets/javascripts/workers/search.*.js"

#: The policy, where it is not that of the site.
RULES = {"worker-src": "blob:", "connect-src": "'none'", "manifest-src": "'none'", "form-action": "'none'"}

_HREF = re.compile(r'(?<=\shref=")[^"]+(?=")')
_APP = re.compile(r'(?<=src=")([./]*)assets/app-[0-9a-f]{12}\.js(?=")')
_THEME = re.compile(r'<script src="([./]*)assets/javascripts/bundle\.[^"]*"></script>')
_ARTICLE = re.compile(r"<article\b[^>]*>")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


# ---------------------------------------------------------------- how old the copy is


def changes(known: Law) -> list[tuple[date, str]]:
    """List, first to last, the days when a value of the law is expected to change, with what it is."""
    found = [(day, series.intitule) for series in known.series.values() if (day := series.prochaine_revision())]
    ends = ((scale.valeurs[-1].en_vigueur_jusqu_au, scale.intitule) for scale in known.baremes.values())
    return sorted([*found, *((end + timedelta(days=1), what) for end, what in ends)])


def notice(made: date, known: Law, address: str) -> ET.Element:
    """What each page says of the copy: its day, and the warning that the page script shows once it is out of date.

    ``address`` is that of the site, empty when it is not known.
    """
    due = changes(known)
    words = f"Copie du site faite le {in_words(made)}, à lire sans connexion."
    if due:
        words += f" Prochain changement de montant attendu : le {in_words(due[0][0])}."
    newer = (
        ("Ne vous fiez plus à ses montants. Le site à jour : ", el("a", address, href=address), ".")
        if address
        else ("Ne vous fiez plus à ses montants. Demandez une copie récente à qui vous a donné celle-ci.",)
    )
    warning = el(
        "div",
        el("p", el("strong", "Cette copie du site n'est plus à jour."), " Depuis, ces montants ont dû changer :"),
        el("ul", *(el("li", f"{what} : le {in_words(day)}.", data_depuis=day.isoformat()) for day, what in due)),
        el("p", *newer),
        class_="verifie-ancien",
        data_zone="copie-perimee",
        hidden=True,
    )
    return el(
        "aside",
        el("p", words, class_="copie__jour"),
        warning,
        class_="copie",
        data_jour=made.isoformat(),
        aria_label="À propos de cette copie du site",
    )


# ---------------------------------------------------------------- pages


def to_file(address: str) -> str:
    """Name the file that an address leads to, when it leads to the folder of a page.

    >>> to_file("../delais/#calcul"), to_file("../.."), to_file("#calcul"), to_file("https://exemple.fr/")
    ('../delais/index.html#calcul', '../../index.html', '#calcul', 'https://exemple.fr/')
    """
    parts = urlsplit(address)
    last = parts.path.rpartition("/")[2]
    if parts.scheme or parts.netloc or not parts.path or last not in {"", ".", ".."}:
        return address
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/index.html"))


def to_page(page: str, app: str, search: str, about: str) -> str:
    """Write a page of the site as it stands in the copy."""
    page = _HREF.sub(lambda found: to_file(found[0]), page)
    page = _APP.sub(lambda found: f"{found[1]}{app}", page)
    page = _THEME.sub(lambda found: f'<script src="{found[1]}{search}"></script>{found[0]}', page, count=1)
    return _ARTICLE.sub(lambda found: found[0] + about, page, count=1)


def public_address(site: Path) -> str:
    """Read in the home page the address of the site; empty when it was built without one."""
    found = _CANONICAL.search((site / "index.html").read_text("utf-8"))
    return found[1] if found else ""


# ---------------------------------------------------------------- beside the pages

#: Leads to the home page. In an archive that is not unpacked, the start page does not find it, and says what to do.
OPENING = 'location.replace(new URL("../index.html", document.currentScript.src));\n'


def start_page() -> str:
    """Write the page to open first."""
    home = f"{PAGES}/index.html"
    body = [
        el("h1", NAME),
        el("p", el("a", "Ouvrir le site", href=home)),
        el(
            "p",
            "Rien ne s'ouvre ? Le fichier est encore dans son archive. Décompressez d'abord le fichier .zip (clic "
            f"droit, puis « Extraire tout »), et ouvrez le fichier {START} du dossier obtenu.",
        ),
    ]
    page = (
        f'<!doctype html>\n<html lang="fr">\n<meta charset="utf-8">\n<title>{escape(french(NAME))}</title>\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<script src="{PAGES}/assets/ouvrir.js"></script>\n{serialise(*body)}\n</html>\n'
    )
    return with_policy(page, "default-src 'none'; script-src 'self'")


def read_me(day: date, address: str) -> str:
    """Write what to do with the copy, for whoever finds it."""
    due = changes(law())
    change = f"Un montant devrait changer le {in_words(due[0][0])}. " if due else ""
    renewal = f"ouvrez {address}" if address else "demandez à la personne qui vous a donné celle-ci"
    lines = [
        NAME.upper(),
        f"Copie du site faite le {in_words(day)}, à lire sans connexion.",
        "",
        "OUVRIR",
        f"Double-cliquez sur {START}. Le site s'ouvre dans votre navigateur.",
        f"Gardez ensemble {START} et le dossier « {PAGES} ». Vous pouvez les copier sur une clé USB ou un disque.",
        "",
        "CE QUI FONCTIONNE",
        "Les guides, la recherche et tous les calculateurs, sans connexion.",
        "Rien de ce que vous tapez ne quitte votre appareil.",
        "",
        "RENOUVELER",
        f"{change}Quand la copie n'est plus à jour, elle le dit en haut de chaque page.",
        f"Pour en avoir une nouvelle, {renewal}.",
    ]
    return french("\n".join(lines) + "\n")


# ---------------------------------------------------------------- scripts that carry files


def carried(content: bytes) -> str:
    """Write a file as the script that carries it; `calculators/web/js/usb/carried.mjs` reads it."""
    # The best level would take five times as long for one byte less in a hundred.
    packed = base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()
    return f'demarchesPart("{packed}");\n'


def named(path: Path) -> Path:
    """Put the hash of a file's content in its name."""
    return path.rename(path.with_stem(f"{path.stem}-{digest(path.read_bytes())}"))


def write_engine(engine: Path, assets: Path, files: EngineFiles, settings: Settings) -> str:
    """Write the page script and the parts of the engine; return the page script's address from the copy's root."""
    folder = assets / "engine"
    folder.mkdir(exist_ok=True)  # the one part that is a script already is there
    classic = ("--banner:js=self.importScripts = undefined;", "--define:import.meta.url=self.location.href")
    worker = folder / "worker.js"
    make_script("engine/worker.mjs", worker, "iife", files, settings, *classic)
    files = replace(files, worker=f"engine/worker-{digest(worker.read_bytes())}")
    (assets / f"{files.worker}.js").write_text(carried(worker.read_bytes()), "utf-8")
    worker.unlink()
    start = (files.runtime, files.snapshot, files.library, files.lock, files.wheel)
    for part in (*start, files.sheets, files.files, files.pdf):
        if part:
            target = inside(assets, f"{part}.js")
            target.parent.mkdir(exist_ok=True)
            target.write_text(carried(inside(engine, part).read_bytes()), "utf-8")
    app = assets / "app.js"
    make_script("usb/usb.mjs", app, "iife", files, settings)
    return named(app).relative_to(assets.parent).as_posix()


def write_search(site: Path, copy: Path, files: EngineFiles, settings: Settings) -> str:
    """Write the search's index and the script that makes its worker; return that script's address from the root."""
    index = json.loads((site / f"{SEARCH}.json").read_text("utf-8"))
    for entry in index["docs"]:
        # From the home page, whose own address is empty.
        entry["location"] = to_file(f"./{entry['location']}").removeprefix("./")
    target = copy / f"{SEARCH}.js"
    target.parent.mkdir()
    target.write_text(f"var __index = {json.dumps(index, ensure_ascii=False)};\n", "utf-8")
    script = copy / "assets/search.js"
    make_script("usb/search.mjs", script, "iife", files, settings)
    (worker,) = site.glob(SEARCH_WORKER)
    text = f"globalThis.SEARCH_WORKER = {json.dumps(worker.read_text('utf-8'))};\n{script.read_text('utf-8')}"
    script.write_text(text, "utf-8")
    return named(script).relative_to(copy).as_posix()


# ---------------------------------------------------------------- everything


def copy_pages(site: Path, copy: Path, app: str, search: str, about: str) -> None:
    """Write the pages, under one policy."""
    paths = [path for path in files_of(site, "**/*.html") if path.name != NOT_FOUND]
    pages = {path.relative_to(site): to_page(path.read_text("utf-8"), app, search, about) for path in paths}
    rules = policy(pages.values(), RULES)
    for path, page in pages.items():
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(with_policy(page, rules), "utf-8")


def make(site: Path, engine: Path, folder: Path, settings: Settings) -> None:
    """Write the copy in `folder`: what to open, what to read, and the pages."""
    copy = folder / PAGES
    for path in (path for pattern in KEPT for path in files_of(site, pattern)):
        if path.suffix not in ENCODINGS.values():
            target = copy / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    files = EngineFiles(**json.loads((engine / bundle.MANIFEST).read_text("utf-8"))["engine"])
    # What is on the device is there at once: the whole runtime, and no part of it before.
    files = replace(files, hot="", hot_memory="", hot_memory_integrity="")
    app = write_engine(engine, copy / "assets", files, settings)
    search = write_search(site, copy, files, settings)
    address = public_address(site)
    copy_pages(site, copy, app, search, serialise(notice(settings.day, law(), address)))
    (copy / "assets/ouvrir.js").write_text(OPENING, "utf-8")
    (folder / START).write_text(start_page(), "utf-8")
    # Windows' own editor wants to be told the encoding.
    (folder / READ_ME).write_text(read_me(settings.day, address), "utf-8-sig", newline="\r\n")


def pack(folder: Path, target: Path, day: date) -> None:
    """Write everything in `folder` as a zip: the same content gives the same bytes; whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    files = {f"{FOLDER}/{path.relative_to(folder).as_posix()}": path for path in files_of(folder, "**/*")}
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        aside = Path(name) / target.name
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for member_name, path in sorted(files.items()):
                member = zipfile.ZipInfo(member_name, (*day.timetuple()[:3], 0, 0, 0))
                member.compress_type = zipfile.ZIP_DEFLATED
                member.create_system = 3  # of any other, the permissions below would be those of a FAT disk
                member.external_attr = 0o644 << 16
                archive.writestr(member, path.read_bytes())
        aside.replace(target)


def main(arguments: list[str]) -> int:
    """Make the copy of the site whose folder is named."""
    match arguments:
        case [site, target] if (Path(site) / "index.html").is_file():
            try:
                settings = Settings.read()
                with tempfile.TemporaryDirectory(dir=bundle.BUILD) as folder:
                    make(Path(site), bundle.ENGINE, Path(folder), settings)
                    pack(Path(folder), Path(target), settings.day)
            except (SettingError, OutsideError, BundleError) as error:
                tell(str(error))
                return 1
            print(f"{target} : {Path(target).stat().st_size / 1e6:.1f} Mo, à décompresser puis ouvrir par {START}")
            return 0
    tell("usage : python -m calculators.web.publish.usb DOSSIER_DU_SITE FICHIER.zip")
    return 2


if __name__ == "__main__":
    raise SystemExit(run(lambda: main(sys.argv[1:]), "La copie n'a pas été faite."))
