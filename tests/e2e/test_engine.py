"""The engine in a real browser: it starts, answers, and never leaves the page waiting for ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from calculators.web.page.browser import answer
from calculators.web.project.settings import Settings
from tests.helpers import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.helpers import Faults

REQUEST: dict[str, Any] = json.loads(bundle.REQUESTS[0])

#: Calls the engine and gives the answer, or what went wrong.
CALL = """async (request) => {
    try { return { answer: await demarches.engine.call(request) }; }
    catch (error) { return { name: error.name, reason: error.reason, message: error.message }; }
}"""

START = """async () => {
    try { await demarches.engine.start(); return { started: true }; }
    catch (error) { return { name: error.name, reason: error.reason, message: error.message }; }
}"""

STATE = "() => demarches.engine.state.state"

#: A worker of the right protocol that is ready at once and echoes requests, but fails in each way when asked to.
FRAIL_WORKER = """
self.onmessage = ({ data }) => {
    if (data.type === "memory") { return; }
    if (data.type === "boot") { self.postMessage({ type: "ready" }); return; }
    while (JSON.parse(data.request).hang) {}
    if (JSON.parse(data.request).die) { self.postMessage({ type: "fatal", error: "the runtime stopped" }); return; }
    if (JSON.parse(data.request).crash) { throw new Error("out of memory"); }
    self.postMessage({ type: "result", id: data.id, ok: true, value: data.request });
};
"""

#: The same, except that it never takes a snapshot.
SNAPSHOT_SHY_WORKER = FRAIL_WORKER.replace('data.type === "boot"', 'data.memory) { return; } if (data.type === "boot"')

WORKER = "**/worker-*.mjs"
RUNTIME = "**/pyodide.asm.wasm"
WHOLE = "**/pyodide-*/pyodide.asm.wasm"
SNAPSHOT = f"**/{bundle.SNAPSHOT}"


def replace_worker(page: Page, script: str) -> None:
    def fulfill(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript")

    page.route(WORKER, fulfill)


def impatient(page: Page, **patience: int) -> None:
    """Replace the page's engine by one that gives up sooner."""
    page.evaluate(
        """(patience) => {
            const script = document.querySelector("script[src*=app]").src;
            const settings = { base: new URL("./", script).href, ...patience };
            demarches.engine = new demarches.engine.constructor(settings);
        }""",
        patience,
    )


def test_nothing_of_python_is_fetched_before_it_is_needed(engine_page: Page, faults: Faults) -> None:
    engine_page.wait_for_load_state("networkidle")
    assert engine_page.evaluate(STATE) == "idle"
    assert [url for url in faults.requests if "/engine/" in url] == []


def test_the_engine_starts_reports_its_progress_and_answers(engine_page: Page) -> None:
    engine_page.evaluate(
        """() => {
            globalThis.seen = [];
            demarches.engine.addEventListener("state", ({ detail }) => seen.push(detail));
        }"""
    )
    result = engine_page.evaluate(CALL, REQUEST)
    assert isinstance(result.get("answer"), dict), result
    seen: list[dict[str, Any]] = engine_page.evaluate("seen")
    assert [seen[0]["state"], seen[-1]["state"]] == ["loading", "ready"]
    loaded = [detail["loaded"] for detail in seen]
    assert loaded == sorted(loaded)
    assert len(set(loaded)) > 10
    assert loaded[-1] == seen[-1]["total"]
    assert loaded[-2] == pytest.approx(seen[-1]["total"], rel=0.01)


def test_the_engine_answers_many_calls_without_any_request(engine_page: Page, faults: Faults) -> None:
    # After the first answer, the whole runtime and its memory are fetched for the browser to keep.
    with engine_page.expect_request(WHOLE), engine_page.expect_request("**/memory-*/memory.bin"):
        first = engine_page.evaluate(CALL, REQUEST)
    before = list(faults.requests)
    script = "(request) => Promise.all(Array.from({ length: 300 }, () => demarches.engine.call(request)))"
    answers = engine_page.evaluate(script, REQUEST)
    assert answers == [first["answer"]] * 300
    assert faults.requests == before


@pytest.mark.parametrize("request_", [{}, {"calculateur": "inconnu"}, json.loads(bundle.REQUESTS[1])])
def test_a_bad_request_gets_an_answer_and_the_engine_goes_on(engine_page: Page, request_: dict[str, Any]) -> None:
    result = engine_page.evaluate(CALL, request_)
    assert "answer" in result or result["reason"] == "python", result
    assert "answer" in engine_page.evaluate(CALL, REQUEST)
    assert engine_page.evaluate(STATE) == "ready"


def abort(route: Route) -> None:
    route.abort()


def not_found(route: Route) -> None:
    route.fulfill(status=404, body="")


def truncated(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.body()[: len(response.body()) // 2])


def wrong_type(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-type": "text/plain"})


@pytest.mark.parametrize(("break_it", "reason"), [(abort, "offline"), (not_found, "refused"), (truncated, "damaged")])
def test_a_runtime_that_cannot_be_had_is_a_failure_that_can_be_tried_again(
    engine_page: Page, faults: Faults, break_it: Callable[[Route], None], reason: str
) -> None:
    faults.expect("^(console|exception): ")
    engine_page.route(RUNTIME, break_it)
    result = engine_page.evaluate(START)
    assert (result.get("name"), result.get("reason")) == ("EngineError", reason), result
    assert engine_page.evaluate(STATE) == "failed"
    engine_page.unroute(RUNTIME)
    assert engine_page.evaluate(START) == {"started": True}


def test_a_runtime_of_the_wrong_type_still_starts(engine_page: Page) -> None:
    engine_page.route(RUNTIME, wrong_type)
    assert "answer" in engine_page.evaluate(CALL, REQUEST)


def corrupted(route: Route) -> None:
    response = route.fetch()
    body = bytearray(response.body())
    body[len(body) // 2] ^= 1
    route.fulfill(response=response, body=bytes(body))


def lengthened(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.body() + b"\0")


#: What the worker's define says of the runtime: a worker of another build takes no other's snapshot.
def of_another_build(route: Route) -> None:
    response = route.fetch()
    route.fulfill(
        response=response,
        body=response.text().replace(bundle.runtime_build(bundle.shipped_runtime(Settings.read())), "0" * 12),
    )


@pytest.mark.parametrize(
    ("file", "break_it"),
    [
        (SNAPSHOT, abort),
        (SNAPSHOT, not_found),
        (SNAPSHOT, truncated),
        (SNAPSHOT, corrupted),
        (SNAPSHOT, lengthened),
        (WORKER, of_another_build),
    ],
)
def test_without_a_good_snapshot_python_starts_the_public_way(
    engine_page: Page, faults: Faults, file: str, break_it: Callable[[Route], None]
) -> None:
    """The answer is the same, and nobody is told anything."""
    faults.expect("^console: .*(Failed to (load resource|find a valid digest)|SRI's integrity checks failed)")
    engine_page.route(file, break_it)
    result = engine_page.evaluate(CALL, REQUEST)
    assert result == {"answer": json.loads(answer(json.dumps(REQUEST)))}
    assert [url for url in faults.requests if url.endswith(bundle.LIBRARY)]
    assert [url for url in faults.requests if url.endswith(".whl")]


def test_with_the_snapshot_the_library_is_not_fetched(engine_page: Page, faults: Faults) -> None:
    result = engine_page.evaluate(CALL, REQUEST)
    assert result == {"answer": json.loads(answer(json.dumps(REQUEST)))}
    assert sorted(url.rsplit("/", 1)[1].split("-")[0] for url in faults.requests if "/engine/" in url) == [
        "memory.bin",
        "pyodide.asm.wasm",
        "worker",
    ]


#: A worker that tells the page what it is sent, and is ready once it has its memory.
TELLING_WORKER = """
const told = new BroadcastChannel("told");
self.onmessage = ({ data: { type } }) => {
    told.postMessage(type);
    if (type === "memory") { self.postMessage({ type: "ready" }); }
};
"""


def test_python_does_not_wait_for_its_memory_to_do_what_it_can_without(engine_page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    replace_worker(engine_page, TELLING_WORKER)
    engine_page.route(SNAPSHOT, hold)
    engine_page.evaluate(
        """() => {
            globalThis.told = [];
            new BroadcastChannel("told").onmessage = ({ data }) => told.push(data);
            globalThis.started = demarches.engine.start();
        }"""
    )
    until(engine_page, "() => told.length > 0")
    assert engine_page.evaluate("told") == ["boot"]
    held[0].continue_()
    engine_page.evaluate("started")
    until(engine_page, "() => told.length > 1")
    assert engine_page.evaluate("told") == ["boot", "memory"]


def test_a_snapshot_that_hangs_is_given_up_for_the_public_way(engine_page: Page) -> None:
    replace_worker(engine_page, SNAPSHOT_SHY_WORKER)
    impatient(engine_page, startPatience=2000)
    assert engine_page.evaluate(CALL, {"n": 1}) == {"answer": {"n": 1}}


@pytest.mark.parametrize(
    ("file", "break_it", "reason"),
    [
        (f"**/{bundle.LIBRARY}", abort, "offline"),
        (f"**/{bundle.LIBRARY}", truncated, "damaged"),
        ("**/*.whl", not_found, "refused"),
        ("**/*.whl", truncated, "damaged"),
        (f"**/{bundle.LOCK}", not_found, "refused"),
    ],
)
def test_when_neither_way_works_it_is_a_failure_that_can_be_tried_again(
    engine_page: Page, faults: Faults, file: str, break_it: Callable[[Route], None], reason: str
) -> None:
    """Pyodide's own promise stays pending when some of these fail; the engine's does not."""
    faults.expect("^(console|exception): ")
    engine_page.route(SNAPSHOT, abort)
    engine_page.route(file, break_it)
    result = engine_page.evaluate(START)
    assert (result.get("name"), result.get("reason")) == ("EngineError", reason), result
    assert engine_page.evaluate(STATE) == "failed"
    engine_page.unroute(file)
    assert engine_page.evaluate(START) == {"started": True}


def test_a_worker_script_that_is_not_there_is_a_failure(engine_page: Page, faults: Faults) -> None:
    faults.expect("404")
    engine_page.route(WORKER, not_found)
    assert engine_page.evaluate(CALL, REQUEST)["reason"] == "refused"
    assert engine_page.evaluate(STATE) == "failed"


def test_a_silent_start_ends_by_the_watchdog(engine_page: Page) -> None:
    replace_worker(engine_page, "")
    impatient(engine_page, startPatience=1000)
    assert engine_page.evaluate(START)["message"] == "no progress for 1000 ms"
    assert engine_page.evaluate(STATE) == "failed"


def test_a_hung_call_is_stopped_and_the_worker_replaced(engine_page: Page) -> None:
    replace_worker(engine_page, FRAIL_WORKER)
    impatient(engine_page, callPatience=500)
    assert engine_page.evaluate(CALL, {"n": 1}) == {"answer": {"n": 1}}
    both = engine_page.evaluate(f"() => Promise.all([{{ hang: true }}, {{ n: 2 }}].map({CALL}))")
    assert both[0]["reason"] == "timeout"
    assert both[1] == {"answer": {"n": 2}}
    until(engine_page, "() => demarches.engine.state.state === 'ready'")


@pytest.mark.parametrize(
    ("request_", "message"), [({"die": True}, "the runtime stopped"), ({"crash": True}, "out of memory")]
)
def test_a_runtime_that_stopped_is_replaced(engine_page: Page, request_: dict[str, Any], message: str) -> None:
    replace_worker(engine_page, FRAIL_WORKER)
    impatient(engine_page)
    both = engine_page.evaluate(f"(request) => Promise.all([request, {{ n: 2 }}].map({CALL}))", request_)
    assert both[0]["reason"] == "stopped"
    assert message in both[0]["message"]
    assert both[1] == {"answer": {"n": 2}}


def test_an_exception_of_python_is_told_and_leaves_the_engine_ready(engine_page: Page) -> None:
    result = engine_page.evaluate(CALL, {"calculateur": "inconnu"})
    assert result["reason"] == "python"
    assert "inconnu" in result["message"]
    assert engine_page.evaluate(STATE) == "ready"
