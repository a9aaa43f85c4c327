"""What several tests share, besides the fixtures of conftest."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
import time
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

from calculators.web.engine import bundle, cases
from calculators.web.engine.shipped import run_shipped
from calculators.web.publish import service_worker
from calculators.web.publish.serve import ADDRESS, SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

ROOT = bundle.ROOT
#: Seconds that a test waits for something before it calls it a failure. What is awaited is an event, so that the wait
#: costs nothing when it comes; on a machine ten times busier than usual, it comes ten times later.
PATIENCE = 120.0
#: The day on which every test asks its questions.
TODAY = date.fromisoformat(cases.TODAY)
#: A script for a page whose reader spares data: nothing is fetched ahead, and the engine starts when it is asked for.
SPARES_DATA = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });"


class Server(SiteServer):
    """A server that hangs up on everyone when it closes."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__(folder, port)
        self.lines: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        line, address = super().get_request()
        self.lines.append(line)
        return line, address

    def server_close(self) -> None:
        super().server_close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port; give its address, which ends with a slash."""
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def copy_site(site: Path, folder: Path) -> None:
    """Make of `folder` a site like `site`, whose service worker `renew` can change.

    A copy: the local server follows no link that leads out of its folder.
    """
    shutil.copytree(site, folder, dirs_exist_ok=True)


def renew(page: Page, folder: Path) -> None:
    """Deploy a newer version of the site that `copy_site` made, and have the page look for it."""
    until(page, "async () => (await demarches.offline.describe())?.version")
    script = folder / service_worker.SCRIPT
    content = script.read_bytes()
    script.unlink()
    script.write_bytes(content + b"// newer")
    look(page)


def look(page: Page) -> None:
    """Have the page look for the newer version of the site, which is there: its own look may have come too early."""
    ask = "const registration = await navigator.serviceWorker.ready; await registration.update();"
    until(page, f"async () => {{ {ask} return Boolean(registration.installing ?? registration.waiting); }}")


def until(page: Page, expression: str, argument: object = None, *, timeout: float = PATIENCE) -> Any:
    """Wait until a JavaScript expression or function is truthy in the page, and return its value.

    Playwright's own wait_for_function evaluates a string inside the page, which a strict policy forbids.
    """
    end = time.monotonic() + timeout

    def value_now() -> Any:
        try:
            return page.evaluate(expression, argument)
        except Error as error:
            # The page went to another, or was loaded again, meanwhile.
            if "Execution context was destroyed" in str(error):
                return None
            raise

    while not (value := value_now()):
        if time.monotonic() > end:
            raise TimeoutError(f"still not true after {timeout} s: {expression}")
        page.wait_for_timeout(25)
    return value


def settle(page: Page) -> None:
    """Let the page do what it does at once: its observers, its timers that are due, the requests that they begin."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))")


class Faults:
    """What a page must not do: print an error, throw one, or send a request to another origin."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.requests: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """Allow the faults whose text matches `pattern`: a test that breaks something on purpose says what."""
        self._expected.append(re.compile(pattern))

    def watch(self, context: BrowserContext) -> None:
        """Take note of everything that happens in the pages and workers of `context`."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"exception: {error.error}"))
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        """List the faults that no test allowed."""
        return [fault for fault in self.seen if not any(pattern.search(fault) for pattern in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != ADDRESS:
            self.seen.append(f"off-origin: {request.url}")


#: The next file that a page gives its reader, as it is handed to the browser.
_HANDED = """() => {
    const { createObjectURL } = URL;
    window.handed = new Promise((resolve) => {
        URL.createObjectURL = (blob) => {
            URL.createObjectURL = createObjectURL;
            resolve(blob);
            return createObjectURL.call(URL, blob);
        };
    });
}"""
_CONTENT = "async () => [...new Uint8Array(await (await window.handed).arrayBuffer())]"


def handed(page: Page, button: Locator) -> bytes:
    """Give the file that a button makes, in any browser: the driver of one tells of no download."""
    page.evaluate(_HANDED)
    button.click()
    return bytes(page.evaluate(_CONTENT))


def pasted(page: Page) -> str:
    """Give what was copied, as a reader pastes it: no page may read it, `Permissions-Policy` says so."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    field = page.locator("#pasted")
    field.focus()
    page.keyboard.press("Control+V")
    text = field.input_value()
    field.evaluate("field => field.remove()")
    return text


def answers_in_pyodide(
    requests: Sequence[str], folder: Path, engine: Path = bundle.ENGINE, *, snapshot: bool | None = None
) -> list[str]:
    """Put each request (a JSON text) to the calculators of `engine`; `folder` is a place for temporary files."""
    (folder / "requests.json").write_text(json.dumps(list(requests)), "utf-8")
    code = (
        "import json\nfrom pathlib import Path\nfrom calculators.web.page.browser import answer\n"
        "asked = json.loads(Path('/job/requests.json').read_text('utf-8'))\n"
        "Path('/job/answers.json').write_text(json.dumps([answer(request) for request in asked]), 'utf-8')\n"
    )
    run_shipped(code, folder, engine, snapshot=snapshot)
    answers: list[str] = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers
