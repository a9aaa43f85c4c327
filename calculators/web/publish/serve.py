"""Serve the built site on this machine, the way a good static host does.

`python -m calculators.web.publish.serve FOLDER --port 8000`. WebAssembly goes out as `application/wasm`, without
which the browser neither compiles it while it arrives nor keeps the compiled code; files named by their content are
kept.
"""

from __future__ import annotations

import argparse
import errno
import re
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from calculators.terminal import run, tell
from calculators.web.project.paths import is_inside
from calculators.web.publish.hosting import headers_file
from calculators.web.publish.hosting.rules import (
    ANY_TYPE,
    APOLOGY,
    CACHE,
    ENCODINGS,
    FOREVER,
    FRESH,
    HASHED,
    PRIVATE,
    TYPES,
)

ADDRESS = "127.0.0.1"
NOT_FOUND = "404.html"


class SiteHandler(SimpleHTTPRequestHandler):
    """One request for a file of the site."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **SimpleHTTPRequestHandler.extensions_map,
        **TYPES,
        "": ANY_TYPE,
    }

    #: What is asked, before it is known.
    path = ""
    #: Nothing of the versions here.
    server_version = "demarches"
    sys_version = ""
    _status = 0

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin the answer, and remember of what kind it is."""
        self._status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Say how long the answer may be kept: an error never is, nor what leads elsewhere."""
        kept = self._status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED} and re.search(HASHED, self.path)
        self.send_header(CACHE, FOREVER if kept else FRESH)
        for name, value in headers_file.read(Path(self.directory), self.path.partition("?")[0]):
            if name != CACHE:
                self.send_header(name, value)
        self.send_header("Vary", "Accept-Encoding")
        super().end_headers()

    def send_head(self) -> BinaryIO | None:
        """Send the compressed version of a file, the first there is of those that the browser reads."""
        wanted = {part.split(";")[0].strip() for part in self.headers.get("Accept-Encoding", "").split(",")}
        path = Path(self.translate_path(self.path))
        asked = unquote(self.path.partition("?")[0])
        as_folder = asked.endswith("/")
        file = path / "index.html" if as_folder else path
        is_there = self._is_there(file) or (not as_folder and self._is_there(path, folder=True))
        if re.search(PRIVATE, asked) or not is_there:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        for encoding, ending in ENCODINGS.items():
            packed = file.with_name(f"{file.name}{ending}")
            if encoding in wanted and file.is_file() and self._is_there(packed):
                return self._send_packed(file, packed, encoding)
        return super().send_head()

    def _is_there(self, path: Path, *, folder: bool = False) -> bool:
        """Tell whether a file, or a folder, is there and in the site: a link of the disk may lead out of it."""
        try:
            return (path.is_dir() if folder else path.is_file()) and is_inside(Path(self.directory), path)
        except (OSError, ValueError, RuntimeError):  # too long, holding what no name holds, or a link to itself
            return False

    def _send_packed(self, file: Path, packed: Path, encoding: str) -> BinaryIO | None:
        try:
            opened = packed.open("rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        state = packed.stat()
        tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        same = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if same else HTTPStatus.OK)
        self.send_header("ETag", tag)
        if not same:
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Encoding", encoding)
            self.send_header("Content-Length", str(state.st_size))
        self.end_headers()
        if same:
            opened.close()
            return None
        return opened

    def list_directory(self, path: object) -> None:
        """Answer that a folder without a page is not there."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page when something is not there, in a few words of French for the rest."""
        del explain
        page = Path(self.directory) / NOT_FOUND
        if code == HTTPStatus.NOT_IMPLEMENTED:  # by the base class, which knows no other name for a method
            code, message = HTTPStatus.METHOD_NOT_ALLOWED, None
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            content = page.read_bytes()
        else:
            content = APOLOGY.format(path="/").encode("ascii")
        # The headers are those of that page, whatever the address.
        self.path = f"/{NOT_FOUND}"
        self.send_response(code, message)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        if code != HTTPStatus.NOT_FOUND:
            # What came with the question was not read.
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep the terminal quiet: the address stays in sight."""


class SiteServer(ThreadingHTTPServer):
    """Serves `folder`; the port 0 takes any free one."""

    daemon_threads = True
    # Otherwise a port where another server is listening would be taken without a word on some systems.
    allow_reuse_port = False

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__((ADDRESS, port), partial(SiteHandler, directory=str(folder)))

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser hang up in the middle of a file; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """The address of the site's home page."""
        return f"http://{ADDRESS}:{self.server_port}/"


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted, or only check that the port is free."""
    parser = argparse.ArgumentParser(
        prog="python -m calculators.web.publish.serve",
        description="Sert le site sur cet ordinateur.",
    )
    parser.add_argument("dossier", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--check", action="store_true", help="vérifier seulement que le port est libre")
    options = parser.parse_args(arguments)
    try:
        server = SiteServer(options.dossier, options.port)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            reason = "est déjà pris par un autre programme"
        else:
            reason = f"ne peut pas être ouvert ({error})"
        advice = f"Essayez-en un autre : make serve PORT={suggestion(options.port)}"
        tell(f"Le port {options.port} {reason}. {advice}")
        return 1
    with server:
        if not options.check:
            print(f"Le site est sur {server.url} (Ctrl+C pour arrêter)", flush=True)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print()
    return 0


def suggestion(port: int) -> int:
    """Propose another port than the one that cannot be had.

    >>> suggestion(8000)
    8001
    >>> suggestion(80)
    8000
    """
    usual, last = 8000, 65535
    return port + 1 if usual <= port < last else usual


if __name__ == "__main__":
    raise SystemExit(run(main, "Le site n'est plus servi."))
