"""What befalls the runtime in two parts: each question ends in an answer all the same, or the next one does.

The worker of these tests answers at once with what it knows: on which part it runs, how it was told to fetch, and the
numbers of the questions that it was asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine import bundle
from tests.conftest import BROWSERS
from tests.e2e.test_engine import CALL, STATE, WHOLE, impatient, not_found, replace_worker
from tests.helpers import settle, until

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.helpers import Faults

pytestmark = pytest.mark.parametrize("browser", BROWSERS, indirect=True)

KNOWING_WORKER = """
let hot, cache;
const known = [];
const order = [];
const begins = ({ module, memory, cache: how }) => {
    hot = WebAssembly.Module.exports(module).some(({ name }) => name === "$cold");
    cache = how;
    self.postMessage({ type: "begun" });
    if (globalThis.fails?.(memory)) { return; }
    self.postMessage({ type: "ready" });
};
self.onmessage = ({ data }) => {
    if (data.type === "boot") { begins(data); }
    if (data.type !== "call") { order.push(data.type); return; }
    const asked = JSON.parse(data.request);
    while (asked.hangs && (hot || asked.hangs === "always")) {}
    if (hot && asked.cold) { self.postMessage({ type: "cold" }); return; }
    if (hot && asked.crashes) { throw new Error("out of memory"); }
    known.push(asked.n);
    const value = JSON.stringify({ ok: true, hot, cache, known, order });
    self.postMessage({ type: "result", id: data.id, ok: true, value });
};
"""

REPLAYS = "() => demarches.engine.replays"
HOT_MEMORY = f"**/hot-*/{bundle.SNAPSHOT}"


def ask(page: Page, **request: Any) -> dict[str, Any]:
    """Put a question; give what the worker knows, or what went wrong."""
    result: dict[str, dict[str, Any]] = page.evaluate(CALL, request)
    return result.get("answer", result)


def piece(n: int, numero: int = 1, *, debut: bool = False, **more: object) -> dict[str, Any]:
    """A question that gives a piece of a file."""
    return {"n": n, "lot": {"numero": numero, "debut": debut}, **more}


@pytest.fixture
def knowing_page(engine_page: Page) -> Page:
    replace_worker(engine_page, KNOWING_WORKER)
    return engine_page


# ---------------------------------------------------------------- a call that the hot part does not answer


@pytest.mark.parametrize("how", [{"hangs": "hot"}, {"crashes": True}, {"cold": True}], ids=str)
def test_a_call_that_the_hot_part_never_answers_is_put_to_the_whole_runtime(
    knowing_page: Page, how: dict[str, Any]
) -> None:
    impatient(knowing_page, callPatience=500)
    assert ask(knowing_page, **piece(1, debut=True))["hot"]
    found = ask(knowing_page, n=2, **how)
    assert (found["hot"], found["known"]) == (False, [1, 2])
    assert knowing_page.evaluate(REPLAYS) == 1


def test_what_a_worker_says_and_nobody_can_read_is_a_failure_of_that_worker(knowing_page: Page) -> None:
    knowing_page.evaluate(
        """() => {
            const { Worker } = globalThis;
            globalThis.Worker = function (...given) {
                globalThis.Worker = Worker;
                const worker = new Worker(...given);
                worker.postMessage = (message, moved) => {
                    if (message.type === "call") worker.dispatchEvent(new MessageEvent("messageerror"));
                    else Worker.prototype.postMessage.call(worker, message, moved);
                };
                return worker;
            };
        }"""
    )
    assert ask(knowing_page, n=1)["known"] == [1]
    assert knowing_page.evaluate(REPLAYS) == 1


def test_a_call_that_hangs_everywhere_is_stopped(knowing_page: Page) -> None:
    impatient(knowing_page, callPatience=500)
    assert ask(knowing_page, n=1, hangs="always")["reason"] == "timeout"
    assert ask(knowing_page, n=2)["known"] == [2]


# ---------------------------------------------------------------- a start


STARTS = {
    "cold": 'self.postMessage({ type: "cold" });',
    "fatal": 'self.postMessage({ type: "fatal", error: "no memory" });',
    "crash": 'setTimeout(() => { throw new Error("no memory"); });',
}


@pytest.mark.parametrize(("how", "replays"), [("cold", 1), ("fatal", 0), ("crash", 0)])
def test_a_worker_that_fails_before_its_memory_has_come_does_not_wait_for_it(
    engine_page: Page, how: str, replays: int
) -> None:
    """It goes the next way at once, and the memory is not fetched any more."""
    fails = f"globalThis.fails = (memory) => {{ if (memory && hot) {{ {STARTS[how]} return true; }} }};"
    replace_worker(engine_page, KNOWING_WORKER + fails)
    impatient(engine_page, startPatience=600_000)
    held: list[Route] = []
    engine_page.route(HOT_MEMORY, lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function
    engine_page.evaluate(
        f"""() => {{
            const {{ fetch }} = globalThis;
            globalThis.fetch = (address, options) => {{
                if (/hot-.*bin$/.test(address)) globalThis.fetching = options.signal;
                return fetch(address, options);
            }};
            ({CALL})({{ n: 1 }}).then((result) => {{ globalThis.found = result; }});
        }}"""
    )
    assert until(engine_page, "() => globalThis.found")["answer"]["hot"] is False
    assert engine_page.evaluate("fetching.aborted")
    assert len(held) == 1
    assert engine_page.evaluate(REPLAYS) == replays


#: No network for what the browser keeps already: it gives that, unless it is asked to look for it anew.
KEPT = """() => {
    const { fetch } = globalThis;
    globalThis.fetch = (address, options) =>
        options?.cache === "reload" ? Promise.reject(new TypeError("no network")) : fetch(address, options);
}"""


def test_after_the_whole_runtime_failed_the_hot_part_starts_from_what_the_browser_keeps(
    knowing_page: Page, faults: Faults
) -> None:
    faults.expect("^console: ")
    knowing_page.route(WHOLE, not_found)
    assert ask(knowing_page, n=1)["hot"]
    knowing_page.evaluate(KEPT)
    for number in (2, 4):
        assert ask(knowing_page, n=number, cold=True)["name"] == "EngineError"
        assert knowing_page.evaluate(STATE) == "failed"
        assert ask(knowing_page, n=number + 1)["known"] == [number + 1]


def test_tried_again_after_both_ways_on_the_whole_runtime_failed_nothing_of_it_is_taken_from_a_cache(
    engine_page: Page,
) -> None:
    failed = 'self.postMessage({ type: "fatal", error: "a page", reason: "page" }); return true;'
    fails = f'globalThis.fails = (memory) => {{ if (!hot && (memory || cache !== "reload")) {{ {failed} }} }};'
    replace_worker(engine_page, KNOWING_WORKER + fails)
    assert ask(engine_page, n=1, cold=True)["reason"] == "page"
    found = ask(engine_page, n=1, cold=True)
    assert (found["hot"], found["cache"]) == (False, "reload")


#: The worker's script comes last of all, where it is asked for past every cache.
SCRIPT_LAST = """() => {
    const { fetch } = globalThis;
    const { engine } = demarches;
    const come = new Promise((resolve) => engine.addEventListener("state", () => {
        const { loaded, total } = engine.state;
        if (total && loaded === total) resolve();
    }));
    globalThis.fetch = async (address, options) => {
        // Once the bytes have come, the page still looks at them.
        if (/worker-/.test(address)) await come.then(() => new Promise((resolve) => setTimeout(resolve, 300)));
        return fetch(address, options);
    };
}"""


def test_a_worker_whose_script_comes_last_is_told_to_begin_before_it_is_given_its_memory(
    engine_page: Page, faults: Faults
) -> None:
    faults.expect("^console: ")
    faults.expect("^exception: Loading Worker")  # Firefox
    engine_page.route("**/worker-*.mjs", not_found)
    assert ask(engine_page, n=1)["name"] == "EngineError"
    engine_page.unroute("**/worker-*.mjs")
    replace_worker(engine_page, KNOWING_WORKER)
    engine_page.evaluate(SCRIPT_LAST)
    found = ask(engine_page, n=1)
    assert found.get("order") == ["boot", "memory"], found


def test_a_module_that_has_come_is_kept_when_the_network_fails(knowing_page: Page, faults: Faults) -> None:
    faults.expect("^console: ")
    asked: list[str] = []
    knowing_page.on("request", lambda request: asked.append(request.url.rpartition("/engine/")[2]))
    for file in (HOT_MEMORY, WHOLE):
        knowing_page.route(file, lambda route: route.abort())
    assert ask(knowing_page, n=1)["reason"] == "offline"
    for file in (HOT_MEMORY, WHOLE):
        knowing_page.unroute(file)
    assert ask(knowing_page, n=2)["hot"]
    assert len([name for name in asked if re.fullmatch(r"hot-.*/pyodide\.asm\.wasm", name)]) == 1


# ---------------------------------------------------------------- what is fetched ahead


def test_a_cold_call_does_not_wait_for_the_page_to_be_at_rest(knowing_page: Page) -> None:
    knowing_page.evaluate("() => { globalThis.requestIdleCallback = () => 0; }")
    impatient(knowing_page, startPatience=4000)
    assert ask(knowing_page, n=1)["hot"]
    assert ask(knowing_page, n=2, cold=True)["hot"] is False


@pytest.mark.parametrize("file", [WHOLE, f"**/memory-*/{bundle.SNAPSHOT}"], ids=["runtime", "memory"])
def test_what_stalls_while_it_is_fetched_ahead_is_asked_for_afresh(knowing_page: Page, file: str) -> None:
    stalled: list[Route] = []
    knowing_page.route(file, lambda route: route.continue_() if stalled else stalled.append(route))
    impatient(knowing_page, startPatience=8000, aheadPatience=400)
    knowing_page.evaluate(
        """() => {
            const { fetch } = globalThis;
            globalThis.asked = [];
            globalThis.fetch = (address, options) => {
                asked.push([String(address), options?.cache]);
                return fetch(address, options);
            };
        }"""
    )
    with knowing_page.expect_request(file):
        assert ask(knowing_page, n=1)["hot"]
    assert ask(knowing_page, n=2, cold=True)["hot"] is False
    assert len(stalled) == 1
    # A service worker would else give what it is still waiting for.
    name = stalled[0].request.url
    assert [how for address, how in knowing_page.evaluate("asked") if address == name] == [None, "reload"]


# ---------------------------------------------------------------- a file being answered


def test_a_file_goes_on_though_the_whole_runtime_did_not_come_for_another_question(
    knowing_page: Page, faults: Faults
) -> None:
    faults.expect("^console: ")
    knowing_page.route(WHOLE, not_found)
    for number in (1, 2):
        assert ask(knowing_page, **piece(number, debut=number == 1))["hot"]
    assert ask(knowing_page, n=3, cold=True)["reason"] == "refused"
    found = ask(knowing_page, **piece(4))
    assert (found["hot"], found["known"]) == (True, [1, 2, 4])
    # And then on the whole runtime, once it can be had.
    knowing_page.unroute(WHOLE)
    found = ask(knowing_page, **piece(5, cold=True))
    assert (found["hot"], found["known"]) == (False, [1, 2, 4, 5])


def test_a_file_that_nobody_wants_any_more_is_told_to_no_other_python(knowing_page: Page) -> None:
    ask(knowing_page, bibliotheque="what reads workbooks", n=1)
    ask(knowing_page, **piece(2, 7, debut=True))
    knowing_page.evaluate("() => { demarches.engine.forget(6); }")
    ask(knowing_page, **piece(3, 7))
    knowing_page.evaluate("() => { demarches.engine.forget(7); }")
    assert ask(knowing_page, n=4, cold=True)["known"] == [1, 4]


def test_a_file_that_nobody_wants_any_more_is_told_no_further(knowing_page: Page) -> None:
    for number in (1, 2, 3):
        ask(knowing_page, **piece(number, 7, debut=number == 1))
    knowing_page.evaluate(
        """() => {
            const { postMessage } = Worker.prototype;
            Worker.prototype.postMessage = function (message, moved) {
                if (message.type === "call" && JSON.parse(message.request).n === 1) demarches.engine.forget(7);
                postMessage.call(this, message, moved);
            };
        }"""
    )
    assert ask(knowing_page, n=4, cold=True)["known"] == [1, 4]


def test_a_worker_that_stops_between_two_calls_is_replaced(knowing_page: Page) -> None:
    """The file that it was answering goes on in the next one."""
    knowing_page.evaluate(
        """() => {
            const { Worker } = globalThis;
            globalThis.Worker = function (...given) {
                globalThis.Worker = Worker;
                return globalThis.first = new Worker(...given);
            };
        }"""
    )
    ask(knowing_page, **piece(1, debut=True))
    knowing_page.evaluate("() => { first.dispatchEvent(new ErrorEvent('error', { cancelable: true })); }")
    until(knowing_page, "() => demarches.engine.state.state === 'idle'")
    settle(knowing_page)
    found = ask(knowing_page, **piece(2))
    assert (found["hot"], found["known"]) == (True, [1, 2])
