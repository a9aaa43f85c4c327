"""The command that checks a deployed site, before a server written to harm whoever runs it: loopback only.

What the servers of these tests send never ends or never fits: that the command comes back at all is what is tested.
"""

from __future__ import annotations

import gzip
import json
import re
import socketserver
import subprocess
import sys
import threading
import unicodedata
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from calculators.web.check.__main__ import main
from calculators.web.check.checks import MANIFEST
from calculators.web.check.fetching import Limits, UnreadableError, Visit
from calculators.web.engine import bundle
from calculators.web.publish.hosting.rules import EMBEDDABLE
from calculators.web.publish.serve import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Bytes = Iterable[bytes]

HOME = f'<title>__config</title><a href="{EMBEDDABLE}/">Calculateurs</a>'.encode()
HASH = "0" * 64
REFUSED = 3
#: Memory that a command may ask for: far more than it needs, far less than what it is sent.
MEMORY = 600_000_000


def http(
    body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None
) -> Callable[[threading.Event], Bytes]:
    """Make an answer, which says that it has `length` bytes."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}", "", ""]
    sent = "\r\n".join(lines).encode("latin-1") + body
    return lambda _: [sent]


def drips(*before: bytes, drop: bytes = b".") -> Callable[[threading.Event], Bytes]:
    """Make an answer that comes drop by drop until the test ends."""

    def answer(over: threading.Event) -> Bytes:
        yield from before
        while not over.wait(0.01):
            yield drop

    return answer


def pours(*before: bytes, flood: bytes) -> Callable[[threading.Event], Bytes]:
    """Make an answer that never stops."""

    def answer(over: threading.Event) -> Bytes:
        yield from before
        while not over.is_set():
            yield flood

    return answer


@contextmanager
def answering(
    answers: dict[str, Callable[[threading.Event], Bytes]], otherwise: Callable[[threading.Event], Bytes] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Answer each path as told; give the address and what was asked."""
    asked: list[str] = []
    over = threading.Event()
    missing = otherwise or http(b"rien", status="404 Not Found")

    class Hostile(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline(1 << 16).decode("latin-1").split(" ")[1][1:]
            while self.rfile.readline(1 << 16).strip():
                pass
            asked.append(path)
            try:
                for part in answers.get(path, missing)(over):
                    self.wfile.write(part)
            except ConnectionError:
                pass  # the command hung up

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server((ADDRESS, 0), Hostile) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://{ADDRESS}:{server.server_address[1]}/", asked
        finally:
            over.set()
            server.shutdown()
            thread.join()


def said_in_one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what the command said on its error output, which is one line that a terminal only shows."""
    captured = capsys.readouterr()
    for text in (captured.out, captured.err):
        assert [letter for letter in text if unicodedata.category(letter)[0] == "C" and letter != "\n"] == []
    (line,) = captured.err.splitlines()
    assert "Traceback" not in line
    return line.replace("\xa0", " ").replace("\u202f", " ")


QUICK = Limits(page=100_000, file=100_000, total=1_000_000, answer_seconds=1)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (http(gzip.compress(HOME)[:-9], "Content-Encoding: gzip"), "version gzip coupée ou fausse"),
        (http(b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff\xff", "Content-Encoding: gzip"), "version gzip coupée ou fausse"),
        (http(HOME, "Content-Encoding: gzip"), "version gzip coupée ou fausse"),
        (http(gzip.compress(HOME)[:-8] + b"\0" * 8, "Content-Encoding: gzip"), "version gzip coupée ou fausse"),
        (http(HOME, length=len(HOME) + 1), "coupée avant sa fin"),
        (lambda _: [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab"], "coupée avant sa fin"),
        (http(HOME, length=10**12), "trop grosse"),
        (http(gzip.compress(bytes(200_000)), "Content-Encoding: gzip"), "trop grosse"),
        (pours(b"HTTP/1.1 200 OK\r\n\r\n", flood=bytes(1 << 16)), "trop grosse"),
        (
            pours(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", flood=b"400\r\n" + bytes(1024) + b"\r\n"),
            "trop grosse",
        ),
        (drips(b"HTTP/1.1 200 OK\r\n\r\n"), "trop lente"),
        (drips(b"HTTP/1.1 200 OK\r\nX: "), "trop lente"),
        (drips(b"HTTP/1.1 "), "trop lente"),
        (drips(drop=b"HTTP/1.1 100 Continue\r\n\r\n"), "trop lente"),
    ],
    ids=[
        "gzip cut",
        "gzip broken",
        "no gzip",
        "gzip of another sum",
        "cut",
        "chunk cut",
        "announced",
        "gzip full",
        "flood",
        "flood of chunks",
        "drops",
        "drops of a header",
        "drops of a status",
        "for ever to be continued",
    ],
)
def test_what_is_too_much_too_slow_cut_or_false_is_refused_in_one_line(
    answer: Callable[[threading.Event], Bytes], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering({"": answer}) as (url, _):
        assert main([url], QUICK) == REFUSED
    assert said in said_in_one_line(capsys)


def test_a_gzip_bomb_takes_no_memory() -> None:
    """A gigabyte in a megabyte, for the real command, which may have a part of that."""
    bomb = gzip.compress(bytes(1 << 24)) * 64
    limited = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}));"
        "from calculators.web.check.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    with answering({"": http(bomb, "Content-Encoding: gzip")}) as (url, _):
        done = subprocess.run(
            [sys.executable, "-c", limited, url], cwd=bundle.ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == REFUSED, done.stderr
    assert "trop grosse" in done.stderr


def test_a_whole_visit_is_bounded_too() -> None:
    with answering({"": http(bytes(600))}) as (url, asked):
        visit = Visit(Limits(total=1000))
        visit.fetch(url)
        with pytest.raises(UnreadableError, match="trop grosse"):
            visit.fetch(url)
        late = Visit(Limits(total_seconds=0))
        with pytest.raises(UnreadableError, match="trop lente"):
            late.fetch(url)
    assert asked.count("") <= 3


def manifest(**changes: object) -> dict[str, object]:
    """Give a manifest of a known shape, with changes."""
    files = {"engine/worker-0123456789ab.mjs": {"bytes": 4, "sha256": HASH}}
    return {"sources": HASH, "engine": {"worker": "engine/worker-0123456789ab.mjs"}, "files": files, **changes}


def one(name: str) -> dict[str, object]:
    return {name: {"bytes": 4, "sha256": HASH}}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<!doctype html>",
        "[" * 100_000,
        "[]",
        "null",
        "1" * 5000,
        '{"engine": ' + "9" * 5000 + "}",
        *map(
            json.dumps,
            (
                manifest(engine=[]),
                manifest(engine={"worker": "engine/elsewhere.mjs"}),
                manifest(engine={"worker": ["engine"]}),
                manifest(engine={}, files={}),
                manifest(engine={}, files=[]),
                manifest(engine={}, files={"engine/a": HASH}),
                manifest(engine={}, files={"engine/a": {"sha256": "\x1b[2J"}}),
                manifest(engine={}, files={"engine/a": {"sha256": [HASH]}}),
                manifest(engine={}, files={f"engine/a{number}": {"sha256": HASH} for number in range(100)}),
                manifest(sources=[1]),
                *(
                    manifest(engine={}, files=one(name))
                    for name in (
                        "engine/../../hacked",
                        "engine/..",
                        "../hacked",
                        "/etc/hacked",
                        "engine//hacked",
                        "engine/a\\..\\hacked",
                        "engine/C:hacked",
                        "engine/\x1b]0;hacked\x07",
                        "engine/\ud800",
                        "engine/.hidden",
                        "engine/other/hacked",
                        "engine/" + "a" * 5000,
                        "",
                    )
                ),
            ),
        ),
    ],
    ids=lambda content: f"{zlib.crc32(content.encode()):08x}",
)
def test_a_malformed_manifest_is_refused_in_one_line(content: str, capsys: pytest.CaptureFixture[str]) -> None:
    with answering({"": http(HOME), MANIFEST: http(content.encode())}) as (url, asked):
        assert main([url]) == REFUSED
    assert "manifest.json : fichier malformé" in said_in_one_line(capsys)
    assert [path for path in asked if "hacked" in path] == []


def test_a_key_of_the_manifest_writes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the checker used to: it joined each key to a folder, then wrote there what the site sent."""
    target = tmp_path / "hacked"
    build = bundle.runtime_build(bundle.PYODIDE)
    described = {
        "sources": "",
        "engine": {
            "build": build,
            "worker": "",
            "runtime": "",
            "snapshot": "",
            "library": "",
            "lock": "",
            "package": "",
        },
        "files": {f"engine/{'../' * 12}{target}": {"sha256": HASH}},
    }
    answers = {"": http(HOME), MANIFEST: http(json.dumps(described).encode())}
    with answering(answers, otherwise=http(b"hacked")) as (url, _):
        status = main([url])
    assert not target.exists()
    assert status == REFUSED
    assert said_in_one_line(capsys)


def test_what_the_site_says_gives_no_order_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, C1 controls, and a header folded over lines."""
    orders = "\x1b]0;x\x07\x1b[2J\x9b31m\r\n\tfin"
    moved = http(b"", f"Location: http://[{orders}", status="302 Found")
    with answering({"": moved}) as (url, _):
        assert main([url]) == 1
    captured = capsys.readouterr()
    assert "renvoie à" in captured.out.replace("\xa0", " ")
    page = HOME + f"<script>{orders}\u202e\u2066</script>".encode() + b'<meta http-equiv="Content-Security-Policy" '
    spoken = {
        "": http(
            page + b'content="a">', f"Content-Type: {orders}", "Cache-Control: max-age=" + "9" * 6000, f"ETag: {orders}"
        ),
        MANIFEST: http(json.dumps(manifest()).encode(), f"Content-Type: text/{orders}"),
        f"{EMBEDDABLE}/": http(b"", f"Content-Security-Policy: frame-ancestors {orders}"),
    }
    with answering(spoken) as (url, _):
        assert main([url]) == 1
    captured_too = capsys.readouterr()
    assert "un script de la page" in captured_too.out
    assert "gardés sans être redemandés" in captured_too.out.replace("\xa0", " ")
    for text in (captured.out, captured.err, captured_too.out, captured_too.err):
        assert [letter for letter in text if unicodedata.category(letter)[0] == "C" and letter != "\n"] == []
    assert max(map(len, captured_too.out.splitlines())) < 2000


def test_no_other_host_and_no_file_is_asked_for_what_a_page_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.css").write_text("private")
    with answering({}, otherwise=http(b"inside")) as (other, asked):
        for sheet in (f"{other}a.css", f"//{other.removeprefix('http://')}a.css", f"{(tmp_path / 'a.css').as_uri()}"):
            lost = http(f'__config<link href="{sheet}">'.encode(), status="404 Not Found")
            answers = {"": http(HOME), MANIFEST: http(json.dumps(manifest()).encode())}
            with answering(answers, otherwise=lost) as (url, _):
                assert main([url]) == 1
            assert "elle s’affiche sans style" in capsys.readouterr().out
    assert asked == []


@pytest.mark.parametrize(
    "piece", ["<a ", "<a x", '<a href="', "<!--", "<script>", "<script ", "<a src=assets/css/site"]
)
def test_a_page_written_to_be_long_to_read_is_read_at_once(piece: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Forty kilobytes of it took a minute, and two megabytes would take days: here, less than a second each."""
    page = HOME + (piece * (1_900_000 // len(piece))).encode()
    with answering({"": http(page), MANIFEST: http(json.dumps(manifest()).encode())}) as (url, _):
        assert main([url]) == 1
    assert re.search(r"À corriger", capsys.readouterr().out)


@pytest.mark.parametrize("address", ["http://[", "http://a:999999/", "https://a:b/"])
def test_an_address_that_cannot_be_read_is_said_plainly(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([address]) == 2
    assert "cette adresse ne se lit pas" in said_in_one_line(capsys)
