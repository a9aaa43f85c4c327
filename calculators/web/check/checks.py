"""What an administrator would have to look at, one function a subject; each adds to the report what it sees."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from calculators.web.check.fetching import Answer, NoAnswerError, UnreadableError, Visit, is_same_host, joined
from calculators.web.check.manifest import Manifest, ManifestError
from calculators.web.publish.hosting.rules import CACHE, CSP, EMBEDDABLE, ENCODINGS, HEADERS, HSTS, TYPES
from calculators.web.publish.policy import DATA, script_hash

if TYPE_CHECKING:
    from calculators.web.check.findings import Report

MANIFEST = "assets/engine/manifest.json"
SERVICE_WORKER = "service-worker.js"
#: A page that no site has.
NOWHERE = "cette-page-n-existe-pas/"
#: Files that only a server reads.
PRIVATE = ("_headers", ".htaccess")
DAY = 86400
YEAR = 31536000
#: A page may be kept that many seconds without being asked for again, as some hosts decide.
SHORT = 600
RELOAD = "Recopiez site/ et site-serveur/ ensemble, puis rechargez le serveur."
READY = "Utilisez le fichier fait par « make publish » pour votre serveur (page « Héberger ce site »)."

_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
#: Of these characters only are the addresses of our pages; and one tag is never read past the next, which would take
#: for ever in a page of a million that are not closed.
_ADDRESSES = re.compile(r'<(?:link|script|img|a)\b[^<>]*?(?:href|src)="([!#-;=?-~]{0,300})"')
#: Seconds in a header.
_DIGITS = 12
_SECONDS = r"max-age=\"?(\d+)\"?"


@dataclass(frozen=True)
class Site:
    """The deployed site: where it is, and its files as they were received."""

    base: str
    get: Callable[[str], Answer]
    #: Its host cannot send headers of the site's own.
    bare: bool = False
    visit: Visit = field(default_factory=Visit)

    @property
    def home(self) -> Answer:
        """The home page."""
        return self.get("")

    @property
    def policy(self) -> str:
        """The policy written in the home page."""
        found = _META.search(self.home.text)
        return html.unescape(found[1]) if found else ""

    def named(self, pattern: str) -> str:
        """Give the first address in the home page that matches, from the site's root; nothing if none does."""
        return next((url for url in _ADDRESSES.findall(self.home.text) if re.search(pattern, url)), "")

    def manifest(self) -> Manifest:
        """Read what the engine is made of; nothing if it is not there. Raises UnreadableError if it is malformed."""
        answer = self.get(MANIFEST)
        if answer.status != HTTPStatus.OK:
            return Manifest()
        try:
            return Manifest.read(answer.text)
        except ManifestError as error:
            raise UnreadableError(f"{self.base}{MANIFEST} : fichier malformé ({error}). Recopiez site/.") from error

    def engine_files(self) -> dict[str, str]:
        """Name a file of the engine for each of its parts."""
        return {part: f"assets/{name}" for part, name in self.manifest().parts.items() if name}


def site_at(base: str, *, bare: bool = False, visit: Visit | None = None) -> Site:
    """Name the site deployed at `base`; each of its files is fetched once."""
    visit = visit or Visit()

    @cache
    def get(path: str) -> Answer:
        return visit.fetch(base + path, {"Accept-Encoding": "gzip"}, page=is_page(path))

    return Site(base, get, bare, visit)


def is_page(path: str) -> bool:
    """Tell whether what is at an address is small, as all is but the parts of the engine."""
    return path == MANIFEST or not path.startswith("assets/engine/")


def is_local(base: str) -> bool:
    """Tell whether an address is that of the machine itself, where HTTPS is not needed."""
    host = urlsplit(base).hostname or ""
    return host in {"localhost", "127.0.0.1", "::1"}


def check_address(site: Site, report: Report) -> bool:
    """The home page answers, and it is that of this site."""
    home = site.home
    if location := home.headers.get("Location"):
        report.fault(
            "Adresse",
            f"{site.base} renvoie à {location}",
            f"Vérifiez plutôt cette adresse-là : {joined(site.base, location)}",
        )
        return False
    if home.status != HTTPStatus.OK:
        report.fault(
            "Adresse",
            f"{site.base} répond {home.status}",
            "Le dossier du site est-il bien celui que sert le serveur, et lisible par lui ? "
            "Sous un chemin, l’adresse finit par « / ».",
        )
        return False
    if "__config" not in home.text or not site.named(rf"{EMBEDDABLE}/"):
        report.fault("Adresse", f"{site.base} ne montre pas ce site", "Donnez l’adresse de la page d’accueil du site.")
        return False
    report.good("Adresse", f"{site.base} répond")
    if urlsplit(site.base).scheme == "https":
        report.good("HTTPS", "certificat accepté")
    elif is_local(site.base):
        report.good("HTTPS", "inutile sur cet ordinateur")
    else:
        report.fault(
            "HTTPS",
            "le site est servi sans chiffrement",
            "Installez un certificat ; sans lui, ni vie privée ni hors ligne.",
        )
    return True


def check_policy(site: Site, report: Report) -> None:
    """The policy is that of these pages, and of no other version."""
    if not site.policy:
        report.fault("Politique des pages", "absente de la page d’accueil", "Refaites le site : make publish.")
        return
    allowed = set(re.split(r"[\s;]+", site.policy))
    refused = [script for script in scripts_in(site.home.text) if script_hash(script) not in allowed]
    if refused:
        report.fault(
            "Politique des pages",
            f"un script de la page n’est pas du site : « {refused[0].strip()[:60]} »",
            "Quelque chose modifie les pages en route (diffusion, statistiques de l’hébergeur) : désactivez-le.",
        )
    sent = site.home.header(CSP)
    if not sent:
        missing(site, report, "Politique des pages", "pas envoyée en en-tête ; seule celle de la page agit")
    elif site.policy not in sent:
        report.fault("Politique des pages", "l’en-tête est celui d’une autre version du site", RELOAD)
    else:
        report.good("Politique des pages", "envoyée, et c’est celle de cette version")


_OPENS, _CLOSES = (re.compile(rf"<{slash}script(?![\w-])", re.IGNORECASE) for slash in ("", "/"))
_SOURCE = re.compile(r"(?<![\w-])src\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""(?<![\w-])type\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)


def scripts_in(page: str) -> list[str]:
    """List the scripts written in a page, in a time that grows with it only.

    Of a page that was written for that, the parser of the standard library takes minutes for forty kilobytes.

    >>> scripts_in('<SCRIPT>a</script><script src="b.js"></script><script type="application/json">{}</script><script>c')
    ['a', 'c']
    """
    found = []
    at = 0
    while opens := _OPENS.search(page, at):
        begins = page.find(">", opens.end()) + 1
        if not begins:
            break
        closes = _CLOSES.search(page, begins)
        tag, at = page[opens.end() : begins], closes.end() if closes else len(page)
        kind = _TYPE.search(tag)
        if not _SOURCE.search(tag) and not (kind and kind[1].lower() in DATA):
            found.append(page[begins : closes.start() if closes else len(page)])
    return found


def missing(site: Site, report: Report, subject: str, seen: str) -> None:
    """Note headers that are not sent: a fault, unless the host cannot send any."""
    if site.bare:
        report.advice(subject, seen, "Cet hébergeur n’envoie pas d’en-têtes : un autre protégerait mieux.")
    else:
        report.fault(subject, seen, READY)


def check_headers(site: Site, report: Report) -> None:
    """The usual headers are sent, with the values of the rules."""
    wrong = [name for name, value in HEADERS.items() if site.home.header(name) != value]
    if not wrong:
        report.good("En-têtes de sécurité", "tous là")
    else:
        seen = ", ".join(f"{name} ({'autre valeur' if site.home.header(name) else 'absent'})" for name in wrong)
        missing(site, report, "En-têtes de sécurité", seen)


def check_https_for_ever(site: Site, report: Report) -> None:
    """Whether browsers will come back by HTTPS only: that is for who hosts the site to choose."""
    if urlsplit(site.base).scheme != "https":
        return  # the header would mean nothing
    sent = site.home.header(HSTS)
    found = re.search(rf"(?:^|;)\s*{_SECONDS}\s*(?:;|$)", sent, re.IGNORECASE)
    days = seconds(found[1]) // DAY if found else 0
    if sent and not found:
        report.fault("HTTPS pour toujours", f"les navigateurs ne lisent pas « {sent} »", READY)
    elif days:
        report.good("HTTPS pour toujours", f"les navigateurs ne reviendront qu’en HTTPS pendant {days} jours")
    elif site.bare:
        report.advice("HTTPS pour toujours", "pas demandé aux navigateurs", "C’est un réglage de votre hébergeur.")
    else:
        report.advice(
            "HTTPS pour toujours",
            "pas demandé aux navigateurs",
            "Quand HTTPS marche bien, refaites le site : make publish HSTS=31536000.",
        )


def check_frames(site: Site, report: Report) -> None:
    """Only the calculators may be shown in the page of another site."""
    closed = "frame-ancestors 'none'"
    if closed not in site.home.header(CSP):
        missing(site, report, "Cadres", "d’autres sites peuvent montrer toutes les pages dans un cadre")
        return
    sent = site.get(site.named(rf"{EMBEDDABLE}/")).header(CSP)
    allowed = re.findall(r"frame-ancestors ([^;,]*)", sent)
    if any("none" in value for value in allowed):
        report.advice(
            "Cadres",
            "aucun autre site ne peut montrer les calculateurs",
            "Voulu ? Sinon, voyez FRAME_ANCESTORS dans la page « Héberger ce site ».",
        )
    else:
        who = "tous les sites" if not allowed or "*" in allowed[0].split() else allowed[0]
        report.good("Cadres", f"pages fermées ; calculateurs ouverts à : {who}")


def samples(site: Site) -> dict[str, str]:
    """Name one file of each kind that the pages need."""
    named = {
        ".html": "",
        ".css": site.named(r"assets/css/site.*\.css$"),
        ".js": site.named(r"assets/app.*\.js$"),
        ".svg": site.named(r"\.svg$"),
        ".json": MANIFEST,
        ".xml": site.named(r"\.xml$"),
        ".webmanifest": site.named(r"\.webmanifest$"),
    }
    for part, ending in (("worker", ".mjs"), ("runtime", ".wasm"), ("snapshot", ".bin"), ("library", ".zip")):
        named[ending] = site.engine_files().get(part, "")
    return {ending: path for ending, path in named.items() if path or ending == ".html"}


def check_types(site: Site, report: Report) -> None:
    """Each kind of file is announced for what it is; a browser refuses or slows down what is not."""

    def kind(text: str) -> str:
        return text.partition(";")[0].strip().lower()

    same = {
        "application/javascript": "text/javascript",
        "text/xml": "application/xml",
        "application/atom+xml": "application/xml",
    }
    wrong, absent = [], []
    for ending, path in samples(site).items():
        answer = site.get(path)
        if answer.status != HTTPStatus.OK:
            absent.append(f"{path} ({answer.status})")
            continue
        sent = kind(answer.header("Content-Type"))
        # Of what is only data, the type changes nothing.
        if same.get(sent, sent) != kind(TYPES[ending]) and ending not in {".bin", ".zip"}:
            wrong.append(f"{ending} annoncé « {sent or 'rien'} » au lieu de « {kind(TYPES[ending])} »")
    if absent:
        report.fault("Fichiers", f"introuvables : {', '.join(absent)}", "Recopiez le dossier site/ en entier.")
    if wrong:
        report.fault("Types", " ; ".join(wrong), READY)
    elif not absent:
        report.good("Types", "justes pour chaque sorte de fichier")


def check_compression(site: Site, report: Report) -> None:
    """The compressed versions are sent to whoever reads them, and only to them."""
    runtime = site.engine_files().get("runtime", "")
    worst = ""
    for path in filter(None, ["/", runtime]):
        address = path.removeprefix("/")

        def ask(encoding: str, address: str = address) -> Answer:
            return site.visit.fetch(site.base + address, {"Accept-Encoding": encoding}, page=is_page(address))

        plain = ask("identity")
        if plain.header("Content-Encoding"):
            report.fault("Compression", f"{path} arrive compressé à qui n’en veut pas", READY)
        packed = {name: ask(name) for name in ENCODINGS}
        sent = [name for name, answer in packed.items() if answer.header("Content-Encoding") == name]
        broken = [name for name in sent if len(packed[name].raw) >= len(plain.raw)]
        if "gzip" in sent and "gzip" not in broken and packed["gzip"].body != plain.raw:
            broken.append("gzip")
        if broken:
            report.fault(
                "Compression", f"{path} : version {', '.join(broken)} abîmée", "Refaites make publish, recopiez."
            )
        elif not sent:
            report.fault("Compression", f"{path} arrive sans compression ({weight(plain)})", READY)
        elif any("accept-encoding" not in packed[name].header("Vary").lower() for name in sent):
            report.fault("Compression", f"{path} : il manque l’en-tête Vary", READY)
        elif "br" not in sent:
            worst = worst or f"{path} : {weight(packed[sent[0]])} au lieu d’un cinquième de moins"
        else:
            report.good(
                "Compression", f"{path} : {', '.join(sent)} ({weight(packed['br'])} au lieu de {weight(plain)})"
            )
    if worst:
        report.advice("Compression", f"pas de brotli : {worst}", READY)


def weight(answer: Answer) -> str:
    """Say how much an answer weighs."""
    size = len(answer.raw)
    return f"{size / 1e6:.1f} Mo".replace(".", ",") if size >= 1e6 else f"{size / 1e3:.0f} ko"  # noqa: PLR2004 - a million


def kept_for(answer: Answer) -> int:
    """Tell for how many seconds a browser keeps an answer without asking again; nothing said counts as nothing kept.

    >>> from email.message import Message
    >>> headers = Message(); headers["Cache-Control"] = "public, max-age=600"
    >>> kept_for(Answer("", 200, headers, b""))
    600
    """
    said = answer.header(CACHE).lower()
    found = re.search(_SECONDS, said)
    return 0 if "no-cache" in said or "no-store" in said or not found else seconds(found[1])


def seconds(digits: str) -> int:
    """Read a number that a site wrote: Python refuses one of ten thousand digits."""
    return int(digits[:_DIGITS])


def check_caching(site: Site, report: Report) -> None:
    """What never changes is kept; what changes is asked for again."""
    lasting = [path for path in (site.named(r"assets/app-"), *site.engine_files().values()) if path]
    short = [path for path in lasting if kept_for(site.get(path)) < YEAR]
    if short:
        told = f"{len(short)} fichiers sur {len(lasting)} ne sont pas gardés par le navigateur ({short[0]}…)"
        if site.bare:
            report.advice("Cache", told, "La deuxième visite est plus lente ; c’est le choix de cet hébergeur.")
        else:
            report.fault("Cache", told, READY)
    else:
        report.good("Cache", "les fichiers qui ne changent jamais sont gardés un an")
    changing = ["", site.named(rf"{EMBEDDABLE}/"), MANIFEST]
    if site.get(SERVICE_WORKER).status == HTTPStatus.OK:
        changing.append(SERVICE_WORKER)
    stuck = [path or "/" for path in changing if kept_for(site.get(path)) > SHORT]
    if stuck:
        report.fault(
            "Cache", f"gardés sans être redemandés : {', '.join(stuck)}", f"Une mise à jour ne serait pas vue. {READY}"
        )
    else:
        report.good("Cache", "les pages sont redemandées à chaque visite")
    if tag := site.home.header("ETag"):
        again = site.visit.fetch(site.base, {"Accept-Encoding": "gzip", "If-None-Match": tag}, page=True)
        if again.status != HTTPStatus.NOT_MODIFIED:
            report.advice("Cache", "une page inchangée est renvoyée en entier", "Le serveur devrait répondre 304.")


def check_lost(site: Site, report: Report) -> None:
    """An address that is not there says so, with a page that works; one without its last slash leads to the page."""
    lost = site.get(NOWHERE)
    if lost.status != HTTPStatus.NOT_FOUND:
        report.fault("Page introuvable", f"une adresse inventée répond {lost.status} au lieu de 404", READY)
    elif "__config" not in lost.text:
        report.fault("Page introuvable", "ce n’est pas celle du site (404.html)", READY)
    else:
        sheet = next((url for url in _ADDRESSES.findall(lost.text) if ".css" in url), "")
        style = joined(site.base + NOWHERE, sheet)
        # No other host is asked for anything, whatever the page says.
        if not is_same_host(site.base, style) or site.visit.fetch(style, page=True).status != HTTPStatus.OK:
            path = urlsplit(site.base).path
            report.fault(
                "Page introuvable", "elle s’affiche sans style", f"Refaites le site : make publish SITE_PATH={path}"
            )
        else:
            report.good("Page introuvable", "404, avec la page du site")
    page = site.named(rf"{EMBEDDABLE}/")
    leads = joined(site.base + page.rstrip("/"), site.get(page.rstrip("/")).header("Location"))
    if leads != site.base + page:
        report.fault(
            "Adresse sans « / » final",
            f"{page.rstrip('/')} ne mène pas à {page} ({leads})",
            "Derrière un relais, le serveur doit renvoyer des adresses relatives (nginx : absolute_redirect off).",
        )


def check_private(site: Site, report: Report) -> None:
    """What is for the server is not shown."""
    shown = [name for name in PRIVATE if site.get(name).status == HTTPStatus.OK]
    if shown:
        report.advice("Fichiers du serveur", f"publiés : {', '.join(shown)}", "Sans danger, mais inutile.")


def check_engine(site: Site, report: Report) -> None:
    """Each file of the engine arrived whole, to the byte."""
    described = site.manifest().files
    if not described:
        report.fault("Moteur", f"{MANIFEST} est introuvable ou illisible", "Recopiez le dossier site/ en entier.")
        return
    # The page script carries its hash in the name that pages give it.
    names = {name: f"assets/{name}" for name in described if name.startswith("engine/")}
    bad = [name for name, path in names.items() if hashlib.sha256(site.get(path).body).hexdigest() != described[name]]
    if bad:
        report.fault("Moteur", f"fichiers absents ou abîmés : {', '.join(bad)}", "Recopiez-les en mode binaire.")
    else:
        total = sum(len(site.get(path).body) for path in names.values())
        report.good("Moteur", f"{len(names)} fichiers intacts ({total / 1e6:.0f} Mo, avant compression)")


def usual(url: str) -> str:
    """Complete an address as it is typed.

    >>> usual("demarches.example.fr")
    'https://demarches.example.fr/'
    """
    url = url if "://" in url else f"https://{url}"
    try:
        scheme, _ = urlsplit(url).scheme, urlsplit(url).port
    except ValueError as error:
        raise NoAnswerError(f"{url} : cette adresse ne se lit pas") from error
    if scheme not in {"http", "https"}:
        raise NoAnswerError(f"{url} : l’adresse doit commencer par https://")
    return url if url.endswith("/") else f"{url}/"


CHECKS = (
    check_policy,
    check_headers,
    check_https_for_ever,
    check_frames,
    check_types,
    check_compression,
    check_caching,
    check_lost,
    check_private,
    check_engine,
)

__all__ = ["CHECKS", "Site", "check_address", "site_at", "usual"]
