"""The runtime in two parts: what the hot part does not do is asked of the whole runtime, whatever happens meanwhile.

The hot part of these tests was trained for one question and for files of it: nearly everything else is asked again.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, expect

from calculators.web.engine import bundle
from calculators.web.engine.cases import TODAY
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from calculators.web.publish.site import publish
from tests.conftest import BLANK, BROWSERS
from tests.e2e.test_batch import batch, give, on_the_command_line, spare
from tests.helpers import serving, until
from tests.sbi_page import SIMPLE_LINK, open_form, send, shows_amounts, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.helpers import Faults

pytestmark = pytest.mark.parametrize("browser", BROWSERS, indirect=True)

HOT: dict[str, Any] = json.loads(bundle.REQUESTS[0])
COLD: dict[str, Any] = json.loads(bundle.REQUESTS[2])
WHOLE = "**/pyodide-*/pyodide.asm.wasm"
WHOLE_MEMORY = f"**/memory-*/{bundle.SNAPSHOT}"

#: Lines of a file that the hot part answers; one that it does not.
HEADER, LINE, OTHER = "date_saisie;solde\n", "2026-11-20;1000\n", "20/11/2026;mille\n"

CALL = """async (request) => {
    try { return { answer: await demarches.engine.call(request), replays: demarches.engine.replays }; }
    catch (error) { return { name: error.name, reason: error.reason }; }
}"""
REPLAYS = "() => demarches.engine.replays"


def piece(numero: int, octets: str, *, debut: bool, fin: bool) -> dict[str, Any]:
    lot = {"numero": numero, "octets": octets, "debut": debut, "fin": fin}
    return {"calculateur": "sbi", "aujourdhui": TODAY, "lot": lot}


def pieces(numero: int, lines: list[str]) -> list[dict[str, Any]]:
    """The requests that answer a file in two pieces, as the page puts them: a piece, then nothing while lines wait."""
    half = len(lines) // 2
    first = [piece(numero, HEADER + "".join(lines[:half]), debut=True, fin=False)]
    first += [piece(numero, "", debut=False, fin=False)] * (half // 50)
    last = [piece(numero, "".join(lines[half:]), debut=False, fin=True)]
    return first + last + [piece(numero, "", debut=False, fin=True)] * ((len(lines) - half) // 50)


def native(asked: list[dict[str, Any]]) -> list[Any]:
    return [json.loads(answer(json.dumps(request))) for request in asked]


@pytest.fixture(scope="module")
def sparse_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank page with our engine, whose hot part does little."""
    settings = Settings.read()
    folder = tmp_path_factory.mktemp("parts")
    asked = [HOT, *pieces(1, [LINE] * 120)]
    questions = [json.dumps(request) for request in asked]
    bundle.make_hot_part(bundle.kept_python(), bundle.shipped_runtime(settings), questions, folder / "hot")
    engine = folder / "engine"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle, "hot_part", lambda *_: folder / "hot")
        bundle.bundle(settings, engine)
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text(BLANK, "utf-8")
    publish(site, settings, engine)
    return site


@pytest.fixture(scope="module")
def sparse_server(sparse_site: Path) -> Iterator[str]:
    with serving(sparse_site) as url:
        yield url


@pytest.fixture
def parts_page(page: Page, sparse_server: str) -> Page:
    page.goto(sparse_server)
    return page


def test_the_hot_part_is_all_that_comes_before_the_first_answer(engine_page: Page, faults: Faults) -> None:
    """The engine as it is shipped: neither its start nor a question leads it to the whole runtime."""
    assert engine_page.evaluate(CALL, HOT)["answer"]["ok"]
    # Fetched ahead, for the browser to keep.
    until(
        engine_page,
        "() => performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.wasm')).length === 2",
    )
    runtimes = [url.rsplit("/", 2)[1].partition("-")[0] for url in faults.requests if url.endswith(".wasm")]
    assert runtimes == ["hot", "pyodide"]
    for request in (COLD, {"jour": "1er mars", "aujourdhui": TODAY}, {"qr": "https://www.exemple.fr/"}):
        assert engine_page.evaluate(CALL, request)["replays"] == 0


@pytest.mark.parametrize(
    "request_",
    [
        COLD,
        {"calculateur": "inconnu"},
        json.loads(bundle.REQUESTS[1]),
        {"jour": "hier matin", "aujourdhui": TODAY},
        {"qr": "https://www.exemple.fr/é"},
    ],
    ids=["answered", "an exception of Python", "refused", "within an except of Python", "qr"],
)
def test_what_the_hot_part_does_not_do_is_asked_again(parts_page: Page, request_: dict[str, Any]) -> None:
    assert parts_page.evaluate(CALL, HOT)["replays"] == 0
    result = parts_page.evaluate(CALL, request_)
    if request_.get("calculateur") == "inconnu":
        assert result == {"name": "EngineError", "reason": "python"}
    else:
        assert result["answer"] == native([request_])[0]
    assert parts_page.evaluate(REPLAYS) == 1
    assert parts_page.evaluate(CALL, COLD) == {"answer": native([COLD])[0], "replays": 1}


def test_what_a_catch_of_javascript_keeps_silent_is_known(parts_page: Page) -> None:
    """The worker answers a question of its own as soon as it is ready: what comes of it is nobody's business."""

    def other_rehearsal(route: Route) -> None:
        response = route.fetch()
        script = response.text().replace('"solde": "1000"', '"solde": "mille"')
        assert script != response.text()
        route.fulfill(response=response, body=script)

    parts_page.route("**/worker-*.mjs", other_rehearsal)
    with parts_page.expect_console_message(lambda message: message.text.startswith("calculateur")):
        parts_page.evaluate("() => demarches.engine.start()")
    assert parts_page.evaluate(REPLAYS) == 0
    assert parts_page.evaluate(CALL, HOT) == {"answer": native([HOT])[0], "replays": 1}


def test_two_at_once_are_both_answered(parts_page: Page) -> None:
    asked = [COLD, HOT, COLD, json.loads(bundle.REQUESTS[1])]
    script = "(asked) => Promise.all(asked.map((request) => demarches.engine.call(request)))"
    assert parts_page.evaluate(script, asked) == native(asked)
    assert parts_page.evaluate(REPLAYS) == 1


def let_through(page: Page, held: list[Route]) -> None:
    """Let come what was held: what was fetched ahead may have been given up, and asked for afresh."""
    page.unroute(WHOLE)
    for route in held:
        with suppress(Error):
            route.continue_()


def test_the_question_waits_for_a_whole_runtime_that_is_still_arriving(parts_page: Page) -> None:
    held: list[Route] = []
    parts_page.route(WHOLE, lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function
    with parts_page.expect_request(WHOLE):
        parts_page.evaluate(CALL, HOT)
    parts_page.evaluate("(request) => { globalThis.asked = demarches.engine.call(request); }", COLD)
    until(parts_page, "() => demarches.engine.state.again")
    let_through(parts_page, held)
    assert parts_page.evaluate("async () => (await asked).ok")
    assert not parts_page.evaluate("() => demarches.engine.state.again")


def test_the_reader_is_told_to_wait_a_moment(page: Page, server: str, sparse_site: Path) -> None:
    (hot,) = sparse_site.glob("assets/engine/hot-*/*.wasm")
    page.route("**/hot-*/*.wasm", lambda route: route.fulfill(path=hot, content_type="application/wasm"))
    held: list[Route] = []
    page.route(WHOLE, lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function
    with page.expect_request(WHOLE):
        open_form(page, server, f"{SIMPLE_LINK}&situation=couple")
        send(page)
    expect(status(page)).to_contain_text("Encore un instant")
    let_through(page, held)
    shows_amounts(page, "651,69", "348,31")


def test_whoever_gives_a_file_is_told_to_wait_a_moment(page: Page, server: str, sparse_site: Path) -> None:
    (hot,) = sparse_site.glob("assets/engine/hot-*/*.wasm")
    page.route("**/hot-*/*.wasm", lambda route: route.fulfill(path=hot, content_type="application/wasm"))
    held: list[Route] = []
    page.route(WHOLE, lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function
    open_form(page, server, address="calculateurs/sbi/")
    with page.expect_request(WHOLE):
        give(page, "court.csv", (HEADER + OTHER).encode())
    expect(batch(page)).to_contain_text("Encore un instant")
    let_through(page, held)
    expect(batch(page).get_by_role("link", name=re.compile("^Enregistrer"))).to_be_visible()
    expect(batch(page)).not_to_contain_text("Encore un instant")


def missing(route: Route) -> None:
    route.fulfill(status=404)


def blocked(route: Route) -> None:
    route.abort()


def damaged(route: Route) -> None:
    route.fulfill(body=b"\0asm\1\0\0\0\1", content_type="application/wasm")


def sign_in(route: Route) -> None:
    route.fulfill(body="<html>", content_type="text/html")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(missing, "refused"), (blocked, "offline"), (damaged, "damaged"), (sign_in, "page")],
    ids=["missing", "blocked", "damaged", "sign in"],
)
def test_without_the_whole_runtime_the_reader_is_told_and_the_hot_part_goes_on(
    parts_page: Page, faults: Faults, fault: Callable[[Route], None], reason: str
) -> None:
    faults.expect("^console: Failed to load resource")
    parts_page.route(WHOLE, fault)
    assert parts_page.evaluate(CALL, COLD) == {"name": "EngineError", "reason": reason}
    assert parts_page.evaluate("() => demarches.engine.state.state") == "failed"
    assert parts_page.evaluate(CALL, HOT)["answer"] == native([HOT])[0]
    parts_page.unroute(WHOLE)
    assert parts_page.evaluate(CALL, COLD)["answer"] == native([COLD])[0]


@pytest.mark.parametrize("fault", [missing, blocked, damaged, sign_in])
def test_without_the_whole_memory_python_starts_the_public_way(
    parts_page: Page, faults: Faults, fault: Callable[[Route], None]
) -> None:
    faults.expect("^console: Failed to load resource")
    parts_page.route(WHOLE_MEMORY, fault)
    assert parts_page.evaluate(CALL, HOT)["replays"] == 0
    assert parts_page.evaluate(CALL, COLD) == {"answer": native([COLD])[0], "replays": 1}


def test_a_site_that_was_updated_meanwhile_has_no_whole_runtime_of_before(parts_page: Page, faults: Faults) -> None:
    """The page is of yesterday: its hot part came, and then the names of all files changed."""
    faults.expect("^console: Failed to load resource")
    for file in (WHOLE, WHOLE_MEMORY, f"**/{bundle.LIBRARY}", "**/*.whl", f"**/{bundle.LOCK}"):
        parts_page.route(file, missing)
    with parts_page.expect_response(WHOLE):
        assert parts_page.evaluate(CALL, HOT)["answer"] == native([HOT])[0]
    assert parts_page.evaluate(CALL, COLD) == {"name": "EngineError", "reason": "refused"}
    assert parts_page.evaluate(CALL, HOT)["answer"] == native([HOT])[0]
    parts_page.unroute_all()
    parts_page.reload()
    assert parts_page.evaluate(CALL, COLD) == {"answer": native([COLD])[0], "replays": 1}


def test_a_file_goes_on_at_its_line(parts_page: Page) -> None:
    """Another question comes between two slices of the file; the first that is not trained for is far in it."""
    lines = [LINE] * 170 + [OTHER] + [LINE] * 79
    asked = pieces(7, lines)
    expected = native(asked)
    assert [reply["ok"] for reply in expected] == [True] * len(asked)
    got = [parts_page.evaluate(CALL, request) for request in asked]
    assert [reply["answer"] for reply in got] == expected
    replays = [reply["replays"] for reply in got]
    assert (replays[0], replays[-1]) == (0, 1)


def test_a_file_of_ten_thousand_lines_goes_on_at_its_line(parts_page: Page) -> None:
    """A line in its middle is not trained for: every line is answered once, those before it are not told again."""
    lines = [LINE] * 5_000 + [OTHER] + [LINE] * 5_024
    asked = pieces(8, lines)
    expected = native(asked)
    script = """async (asked) => {
        const got = [];
        for (const request of asked) got.push([await demarches.engine.call(request), demarches.engine.replays]);
        return got;
    }"""
    got = parts_page.evaluate(script, asked)
    replies = [reply for reply, _ in got]
    assert replies == expected
    assert "".join(reply["texte"] for reply in replies).count("\n") == len(lines) + 1
    first = next(place for place, (_, replays) in enumerate(got) if replays)
    assert replies[first - 1]["lignes"] < 5_001 <= replies[first]["lignes"]
    assert {replays for _, replays in got[first:]} == {1}


def test_another_question_between_two_slices_does_not_lose_the_file(parts_page: Page) -> None:
    asked = pieces(3, [LINE] * 120)
    expected = native(asked)
    got = [parts_page.evaluate(CALL, asked[0])["answer"]]
    assert parts_page.evaluate(CALL, COLD)["replays"] == 1
    got += [parts_page.evaluate(CALL, request)["answer"] for request in asked[1:]]
    assert got == expected


#: The last file that the page made: Firefox hands a test no download of one.
MADE = """
const create = URL.createObjectURL;
URL.createObjectURL = (blob) => {
    globalThis.made = blob;
    return create.call(URL, blob);
};
"""


def test_a_file_that_two_workers_share_goes_on_on_the_whole_runtime(page: Page, server: str, sparse_site: Path) -> None:
    """Both workers meet what their hot part does not do, each in its turn; bytes and order are those of one Python."""
    spare(page)
    page.add_init_script(MADE)
    (hot,) = sparse_site.glob("assets/engine/hot-*/*.wasm")
    page.route("**/hot-*/*.wasm", lambda route: route.fulfill(path=hot, content_type="application/wasm"))
    data = (HEADER + LINE * 3_000 + OTHER + LINE * 1_000).encode()
    open_form(page, server, address="calculateurs/sbi/")
    give(page, "long.csv", data)
    link = page.get_by_role("link", name=re.compile("^Enregistrer"))
    expect(link).to_be_visible()
    text = page.evaluate("() => made.text()")
    assert text.removeprefix("\ufeff") == on_the_command_line(data, "sbi").decode("utf-8-sig")
    assert page.evaluate(REPLAYS) in (1, 2)  # those of both


def test_both_parts_are_kept_for_when_there_is_no_network(
    sparse_site: Path, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(service_workers="allow")
    page = context.new_page()
    with serving(sparse_site) as url:
        page.goto(url)
        kept = page.evaluate("async () => { await demarches.offline.keep(); return demarches.offline.describe(); }")
        assert kept["bytes"] == kept["total"]
    page = context.new_page()
    page.goto(url)
    assert page.evaluate(CALL, HOT) == {"answer": native([HOT])[0], "replays": 0}
    assert page.evaluate(CALL, COLD) == {"answer": native([COLD])[0], "replays": 1}
