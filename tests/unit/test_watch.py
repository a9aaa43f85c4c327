"""The sources are watched: a local server changes, moves, is gone, is slow, lies and floods; nothing of it is kept."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from calculators.law import law
from calculators.web.check.fetching import Limits
from calculators.web.upkeep import sources
from calculators.web.upkeep.archive import copy_of
from calculators.web.upkeep.citations import Cited, citations
from calculators.web.upkeep.passages import LyingError, normalised, passages_of
from calculators.web.upkeep.reading import AGENT, Reader
from calculators.web.upkeep.watch import Memory, Verdict
from tests.helpers import PATIENCE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (
    "<!doctype html><html><head><title>T</title></head><body><nav>Menu du {jour}</nav><main><h1>La saisie</h1>"
    "<p>Le montant est de <b>651,69&nbsp;€</b>.</p><p>{autour}</p></main></body></html>"
)
COPY = "http://web.archive.org/web/20261128000000/https://a.example/page"


@dataclass
class Site:
    """What the local server answers, by path: a status, headers and a content, or what it does instead."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    #: Each question: its path and its headers.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    root: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def page(self, path: str, autour: str = "Rien.", *, montant: str = "651,69", **headers: str) -> None:
        text = PAGE.replace("651,69", montant).format(jour=len(self.asked), autour=autour)
        self.put(path, 200, text.encode(), **{"Content-Type": "text/html; charset=utf-8", **headers})

    def put(self, path: str, status: int, content: bytes = b"", **headers: str) -> None:
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    site: ClassVar[Site]
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        site, path = self.site, urlsplit(self.path).path
        site.asked.append((self.path, dict(self.headers)))
        if path == "/lente":
            site.closing.wait(PATIENCE)
            return
        if path == "/infinie":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            while not site.closing.is_set():
                try:
                    self.wfile.write(b"<p>encore</p>" * 1000)
                except OSError:
                    return
        status, headers, content = site.answers.get(path, (404, {}, b""))
        if status == 200 and headers.get("ETag", "-") == self.headers.get("If-None-Match"):
            status, content = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.root = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as made:
        yield made


@dataclass
class Clock:
    """A clock that only waiting moves."""

    time: float = 0
    waited: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.time += seconds


def reader(clock: Clock | None = None, *, seconds: float = PATIENCE) -> Reader:
    clock = clock or Clock()
    limits = Limits(page=50_000, file=200_000, total=400_000, answer_seconds=seconds, total_seconds=seconds)
    return Reader(limits=limits, wait=clock.wait, now=lambda: clock.time)


@dataclass
class Watching:
    """The command, over the local server."""

    site: Site
    memory: Memory
    day: str = "2026-11-29"

    def cited(self, *paths: str) -> list[Cited]:
        return [
            Cited(self.site.root + path, {f"sources.{path[1:]}": f"La page {path}"}, {"series.sbi"}, {"651 69 euros"})
            for path in paths
        ]

    def watch(self, *paths: str, seconds: float = PATIENCE, record: list[str] | None = None) -> dict[str, Verdict]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_DATE", self.day)
            found = sources.watch(
                self.cited(*paths),
                self.memory,
                reader(seconds=seconds),
                record=record,
                afresh=True,
                archive=f"{self.site.root}/archive",
            )
        self.last = found
        return {address.removeprefix(self.site.root): finding.verdict for address, finding in found.items()}

    def report(self, *paths: str) -> str:
        return sources.report(self.cited(*paths), self.last).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def watching(site: Site, tmp_path: Path) -> Watching:
    return Watching(site, Memory(tmp_path / "empreintes.json", tmp_path / "trouve.json"))


# ---------------------------------------------------------------- compared with what was read


def test_what_was_never_read_says_so_until_it_is_recorded(site: Site, watching: Watching) -> None:
    site.page("/page")
    assert watching.watch("/page") == {"/page": Verdict.UNKNOWN}
    assert "Jamais lues par cet outil : 1" in watching.report("/page")
    assert not watching.memory.fingerprints.exists()
    assert watching.watch("/page", record=[]) == {"/page": Verdict.UNCHANGED}
    assert watching.watch("/page") == {"/page": Verdict.UNCHANGED}


def test_no_text_of_a_page_is_kept(site: Site, watching: Watching) -> None:
    site.page("/page")
    watching.watch("/page", record=[])
    kept = watching.memory.fingerprints.read_text("utf-8") + watching.memory.findings.read_text("utf-8")
    assert "montant" not in kept
    (entry,) = json.loads(watching.memory.fingerprints.read_text("utf-8")).values()
    assert entry["passages"] == [passages_of(b"<p>le montant est de 651,69 euros", "text/html").hashes[0]]
    assert not entry["entiere"]


def test_what_surrounds_the_passages_relied_on_may_change(site: Site, watching: Watching) -> None:
    site.page("/page")
    watching.watch("/page", record=[])
    site.page("/page", autour="Une autre phrase, et une bannière.")
    assert watching.watch("/page") == {"/page": Verdict.UNCHANGED}


def test_a_change_of_what_is_relied_on_names_the_rules_and_a_copy(site: Site, watching: Watching) -> None:
    site.page("/page")
    watching.watch("/page", record=[])
    site.page("/page", montant="660,00")
    copy = {"archived_snapshots": {"closest": {"available": True, "url": COPY, "timestamp": "20261128000000"}}}
    site.put("/archive", 200, json.dumps(copy).encode(), Content_Type="application/json")
    assert watching.watch("/page") == {"/page": Verdict.CHANGED}
    said = watching.report("/page")
    assert "Changées : à relire : 1" in said
    assert "s'y appuient : series.sbi" in said.replace("’", "'")
    assert COPY.replace("http:", "https:") in said
    (asked,) = [parse_qs(urlsplit(path).query) for path, _ in site.asked if path.startswith("/archive")]
    assert asked == {"url": [f"{site.root}/page"], "timestamp": ["20261129"]}
    # Found again each time, until a person has read it and says so.
    assert watching.watch("/page") == {"/page": Verdict.CHANGED}
    assert watching.watch("/page", record=[]) == {"/page": Verdict.CHANGED}
    assert watching.watch("/page", record=["sources.page"]) == {"/page": Verdict.UNCHANGED}
    assert watching.watch("/page") == {"/page": Verdict.UNCHANGED}


def test_a_page_without_a_known_passage_counts_whole(site: Site, watching: Watching) -> None:
    site.page("/page", montant="sans chiffre")
    watching.watch("/page", record=[])
    site.page("/page", montant="sans chiffre", autour="Rien.<p>Un paragraphe de plus.")
    assert watching.watch("/page") == {"/page": Verdict.CHANGED}


def test_what_is_gone_or_moved_is_told_apart(site: Site, watching: Watching) -> None:
    for path in ("/page", "/partie", "/changee", "/prete"):
        site.page(path)
    paths = ("/page", "/partie", "/changee", "/prete")
    watching.watch(*paths, record=[])
    site.put("/page", 301, Location="/nouvelle")
    site.page("/nouvelle")
    site.put("/partie", 410)
    site.put("/changee", 308, Location="/autre")
    site.page("/autre", montant="1,00")
    site.put("/prete", 302, Location="/nouvelle")
    assert watching.watch(*paths) == {
        "/page": Verdict.MOVED,
        "/partie": Verdict.GONE,
        "/changee": Verdict.CHANGED,
        "/prete": Verdict.UNCHANGED,
    }
    assert f"maintenant à <{site.root}/nouvelle>" in watching.report(*paths)


def test_a_page_is_not_sent_again_when_it_did_not_change(site: Site, watching: Watching) -> None:
    site.page("/page", ETag='"1"')
    watching.watch("/page", record=[])
    assert watching.watch("/page") == {"/page": Verdict.UNCHANGED}
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


# ---------------------------------------------------------------- what a site may do


def test_a_site_that_forbids_robots_is_not_asked(site: Site, watching: Watching) -> None:
    site.put("/robots.txt", 200, b"User-agent: *\nDisallow: /prive\n", Content_Type="text/plain")
    site.page("/prive/page")
    site.page("/page")
    found = watching.watch("/prive/page", "/page")
    assert found == {"/prive/page": Verdict.FORBIDDEN, "/page": Verdict.UNKNOWN}
    assert site.paths() == ["/page"]
    assert {headers["User-Agent"] for _, headers in site.asked} == {AGENT}


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_whose_rules_do_not_come_is_not_asked(site: Site, watching: Watching, status: int) -> None:
    site.put("/robots.txt", status)
    site.page("/page")
    assert watching.watch("/page") == {"/page": Verdict.FORBIDDEN}
    assert site.paths() == []


def test_a_site_is_given_time_and_the_time_that_it_asks_for(site: Site) -> None:
    clock = Clock()
    patient = reader(clock)
    for path in ("/a", "/b"):
        site.page(path)
        patient.get(site.root + path)
    assert clock.waited == [5, 5]
    site.put("/robots.txt", 200, b"User-agent: *\nCrawl-delay: 30\n")
    clock = Clock()
    patient = reader(clock)
    for path in ("/a", "/b"):
        patient.get(site.root + path)
    assert clock.waited == [30, 30]


@pytest.mark.parametrize(
    ("path", "verdict", "words"),
    [
        ("/lente", Verdict.UNREADABLE, "trop lente"),
        ("/infinie", Verdict.UNREADABLE, "trop grosse"),
        ("/pdf-dit-page", Verdict.UNREADABLE, "d'un autre genre (pdf)"),
        ("/page-dite-pdf", Verdict.UNREADABLE, "d'un autre genre (html)"),
        ("/programme", Verdict.UNREADABLE, "ne lit pas ce qui est dit application/octet-stream"),
        ("/sans-type", Verdict.UNREADABLE, "sans type"),
        ("/script", Verdict.UNREADABLE, "n'a pas de texte"),
        ("/boucle", Verdict.UNREADABLE, "renvois de suite"),
        ("/fichier", Verdict.UNREADABLE, "qui n'est pas du Web"),
        ("/interne", Verdict.UNREADABLE, "réseau privé"),
        ("/nulle-part", Verdict.UNREADABLE, "qui n'est pas du Web"),
        ("/garde", Verdict.FORBIDDEN, "refuse de la donner à un programme (403)"),
        ("/panne", Verdict.SILENT, "en panne (503)"),
        ("/fausse-304", Verdict.UNREADABLE, "ce programme ne lit pas"),
    ],
)
def test_what_cannot_be_read_is_said_and_changes_nothing(
    site: Site, watching: Watching, path: str, verdict: Verdict, words: str
) -> None:
    html = {"Content-Type": "text/html"}
    site.put("/pdf-dit-page", 200, b"%PDF-1.7\n", **html)
    site.put("/page-dite-pdf", 200, b"<!doctype html><p>Connectez-vous", Content_Type="application/pdf")
    site.put("/programme", 200, b"MZ\x00\x00", Content_Type="application/octet-stream")
    site.put("/sans-type", 200, b"MZ\x00\x00")
    site.put("/script", 200, b"<html><body><script>document.write('651,69')</script></body></html>", **html)
    site.put("/boucle", 302, Location="/boucle")
    site.put("/fichier", 301, Location="file:///etc/passwd")
    site.put("/interne", 301, Location="http://169.254.169.254/latest/meta-data")
    site.put("/nulle-part", 301, Location="http://[")
    site.put("/garde", 403)
    site.put("/panne", 503)
    site.put("/fausse-304", 304)
    seconds = 0.5 if path == "/lente" else PATIENCE
    assert watching.watch(path, seconds=seconds) == {path: verdict}
    assert words in watching.report(path).replace("’", "'")
    assert not watching.memory.fingerprints.exists()


def test_a_site_that_hangs_up_or_is_not_there_does_not_stop_the_visit(site: Site, watching: Watching) -> None:
    site.page("/page")
    there = watching.cited("/page")
    absent = replace(there[0], address="http://127.0.0.1:9/page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_DATE", "2026-11-29")
        found = sources.watch([absent, *there], watching.memory, reader(), archive=f"{site.root}/archive")
    assert [finding.verdict for finding in found.values()] == [Verdict.SILENT, Verdict.UNKNOWN]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": {"closest": {"available": true, "url": "javascript:alert(1)"}}}',
        b'{"archived_snapshots": {"closest": {"available": true, "url": "https://autre.example/web/2026/https://a"}}}',
        b'{"archived_snapshots": {"closest": {"available": "oui", "url": "%s"}}}' % COPY.encode(),
        b"[" * 100_000,
    ],
)
def test_an_archive_that_says_anything_else_has_no_copy(site: Site, content: bytes) -> None:
    site.put("/archive", 200, content, Content_Type="application/json")
    assert copy_of("https://a.example/", date(2026, 11, 28), reader(), f"{site.root}/archive") == ""


def test_what_a_site_says_of_itself_gives_no_order_to_a_terminal(site: Site, watching: Watching) -> None:
    site.put("/page", 200, b"x", Content_Type="text/\x1b]0;titre\x07")
    watching.watch("/page")
    assert "\x1b" not in watching.report("/page")


# ---------------------------------------------------------------- a visit that was stopped


def test_a_visit_that_was_stopped_goes_on_where_it_was(site: Site, watching: Watching) -> None:
    for path in ("/a", "/b", "/c"):
        site.page(path)
    every = watching.cited("/a", "/b", "/c")

    class StoppedError(Exception):
        pass

    def stop(_seconds: float) -> None:
        if "/b" in site.paths():
            raise StoppedError

    stopped = reader()
    stopped.wait = stop
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_DATE", "2026-11-29")
        with pytest.raises(StoppedError):
            sources.watch(every, watching.memory, stopped)
        assert "Pas encore visitées : 1" in sources.report(every, watching.memory.found(date(2026, 11, 29))).replace(
            "\u00a0", " "
        )
        sources.watch(every, watching.memory, reader())
    assert site.paths() == ["/a", "/b", "/c"]
    assert watching.memory.found(date(2026, 12, 6)) == {}, "what a week made old is visited again"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"https://a.example/": {}}', '{"https://a.example/": 3}'])
def test_a_file_that_was_cut_is_refused_or_begun_again(watching: Watching, content: str) -> None:
    watching.memory.findings.write_text(content, "utf-8")
    assert watching.memory.found(date(2026, 11, 29)) == {}
    watching.memory.fingerprints.write_text(content, "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011  # of json, or ours
        watching.memory.records()


# ---------------------------------------------------------------- what is cited


def test_every_text_that_the_law_data_cite_is_watched_with_what_rests_on_it() -> None:
    pages = {
        path.relative_to(ROOT / "docs").as_posix(): path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")
    }
    every = {cited.address: cited for cited in citations(law(), pages)}
    links = {article.lien for code in law().codes.values() for article in code.articles.values()}
    links |= {source.lien for source in law().sources.values() if source.lien}
    links |= {value.lien for series in law().series.values() for value in series.valeurs if value.lien}
    assert links <= every.keys()
    scale = every[law().article("CTRAV R3252-2").lien]
    assert {"baremes.remunerations", "calculateurs/quotite.md"} <= scale.rests
    period = every[law().article("CPCE R211-3").lien]
    assert {"8 jours", "huit jours"} <= period.marks
    assert every[law().article("CPC 643").lien].searched
    assert all(cited.titles for cited in every.values())


def test_a_searched_text_is_not_asked_for(site: Site, watching: Watching) -> None:
    (cited,) = watching.cited("/page")
    cited.searched = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_DATE", "2026-11-29")
        found = sources.watch([cited], watching.memory, reader())
    assert [finding.verdict for finding in found.values()] == [Verdict.SEARCHED]
    assert site.asked == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 500,50 €", "1\u202f500,50 euros"),
        ("Le\u00a0Montant ; est", "le montant est"),
        ("10\u00a0%", "10 pour cent"),
    ],
)
def test_typography_is_no_change(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_a_page_is_read_in_the_letters_that_it_is_written_in() -> None:
    said = "<main><p>créé le 1er août"
    for charset in ("utf-8", "iso-8859-15"):
        found = passages_of(said.encode(charset), f"text/html; charset={charset}")
        assert found.texts == ("créé le 1er août",)
    with pytest.raises(LyingError):
        passages_of(b"", "text/html; charset=klingon")


def test_a_page_deeper_than_any_is_refused_and_a_long_one_is_read() -> None:
    with pytest.raises(LyingError):
        passages_of(b"<main>" + b"<div>" * 100_000 + b"texte", "text/html")
    assert len(passages_of(b"<main>" + b"<p>texte" * 100_000, "text/html").texts) == 100_000


# ---------------------------------------------------------------- the command


def test_the_command_refuses_a_key_under_which_nothing_is_cited(capsys: pytest.CaptureFixture[str]) -> None:
    assert sources.main(["--pages", str(ROOT / "docs"), "--record", "sources.inconnue"]) == 2
    assert "sources.inconnue" in capsys.readouterr().err
