"""What a hot part may do without, of a module's static data: on one of three functions."""

from __future__ import annotations

import json

import pytest

from calculators.web.engine import bundle

#: Tables that are long enough to be given up, each at a place of its own, and what leads to it.
LENGTH = 40_000
USED, UNUSED, POINTED, HELD, LATER, SHORT = (65_536 * place for place in range(1, 7))
_WORD = "".join(f"\\{byte:02x}" for byte in POINTED.to_bytes(4, "little"))
_TABLES = " ".join(f'(data (i32.const {at}) "TABLE")' for at in (USED, UNUSED, POINTED, HELD, LATER))
#: The function 0 is hot. It reads one table, and a word that leads to another; 1 reads others, and is not hot.
MODULE = f"""(module
  (import "env" "log" (func $log))
  (memory (export "memory") 16)
  (global i32 (i32.const {LATER}))
  (func (export "hot") (param i32) (result i32)
    (i32.add (i32.load8_u offset={USED} (local.get 0)) (i32.load (i32.const 2048))))
  (func (export "cold") (param i32) (result i64)
    (block (br_table 0 0 (local.get 0)))
    (drop (f64.const 1)) (drop (i32.load8_u offset={SHORT} (local.get 0))) (drop (i32.const {POINTED}))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
    (i64.load (i32.const {UNUSED})))
  (data (i32.const 2048) "{_WORD}")
  (data (i32.const {SHORT}) "{"s" * 12_000}")
  {_TABLES})"""

SCRIPT = """
import binaryen from "binaryen";
import { emptied, staticData } from "MODULE_PARTS";
import { unreached } from "STATIC_DATA";
const { text, hot, words, written } = JSON.parse(process.argv[1]);
const bytes = binaryen.parseText(text.replaceAll("TABLE", "x".repeat(LENGTH))).emitBinary();
const memory = new Uint32Array(16 * 65536 / 4 + words.length);
new Uint8Array(memory.buffer).set(staticData(bytes).image);
memory.set(words, 16 * 65536 / 4);
written.forEach((at) => { memory[at / 4] += 1; });
const ranges = unreached(bytes, new Set(hot), memory);
const empty = emptied(bytes, ranges, 7);
new WebAssembly.Module(empty);
const { image } = staticData(empty);
const pieces = PLACES.map((at) => [at, image.subarray(at, at + LENGTH).filter((byte) => byte === 7).length]);
console.log(JSON.stringify({ ranges, pieces }));
"""


def given_up(
    hot: list[int], words: list[int], text: str = MODULE, written: tuple[int, ...] = ()
) -> tuple[list[list[int]], dict[int, int]]:
    """The places that are emptied, and how many bytes of each piece of data."""
    places = [USED, UNUSED, POINTED, HELD, LATER, SHORT]
    script = SCRIPT.replace("LENGTH", str(LENGTH)).replace("PLACES", json.dumps(places))
    for name in ("module_parts", "static_data"):
        script = script.replace(name.upper(), str(bundle.ROOT / f"calculators/web/engine/node/{name}.mjs"))
    job = json.dumps({"text": text, "hot": hot, "words": words, "written": written})
    found = json.loads(bundle.run("searching", [str(bundle.NODE), "--input-type=module", "--eval", script, job]))
    return found["ranges"], dict(map(tuple, found["pieces"]))


def test_what_nothing_hot_leads_to_is_emptied_and_nothing_else() -> None:
    margin = 4096
    ranges, pieces = given_up([0], [HELD, 5])
    assert ranges[0][0] == UNUSED + margin
    assert pieces[UNUSED] >= LENGTH - 2 * margin
    assert {at for at, count in pieces.items() if count} == {UNUSED}


@pytest.mark.parametrize(
    ("hot", "words", "kept"),
    [([0, 1], [HELD], {UNUSED}), ([0], [HELD, UNUSED + 100], {UNUSED})],
    ids=["by code", "from the middle on, by a word of the memory"],
)
def test_what_is_reached_in_another_way_stays(hot: list[int], words: list[int], kept: set[int]) -> None:
    _, pieces = given_up(hot, words)
    assert [at for at in kept if pieces[at]] == []


def test_what_only_the_memory_or_a_global_holds_goes_with_it() -> None:
    _, pieces = given_up([], [])
    assert {at for at, count in pieces.items() if count} == {USED, UNUSED, POINTED, HELD}


def test_nothing_is_given_up_from_the_first_place_on_that_python_writes_in() -> None:
    """Python's own state is one thing, and code reaches far into it."""
    _, pieces = given_up([], [], written=(POINTED + 8,))
    assert {at for at, count in pieces.items() if count} == {USED, UNUSED}


def test_an_instruction_that_is_not_known_is_a_fault() -> None:
    text = MODULE.replace("(drop (f64.const 1))", "(drop (i8x16.splat (i32.const 1)))")
    assert text != MODULE
    with pytest.raises(bundle.BundleError, match="which is not known here"):
        given_up([0], [], text)


#: A list of two functions, and what they say; a module that is built in; words that only look like such.
NAMES, SAID, LIST, CODE, TAIL = 2048, 2304, 4096, 8192, 2320


def told(*words: int) -> str:
    return "".join(f"\\{byte:02x}" for word in words for byte in word.to_bytes(4, "little"))


SEALED = f"""(module
  (import "env" "log" (func $log))
  (memory (export "memory") 1)
  (global i32 (i32.const 0))
  (func (export "hot") (result i32) (i32.load (i32.const 12288)))
  (data (i32.const {NAMES}) "first\\00second\\00")
  (data (i32.const {SAID}) "first(a, /) says this and more\\00second() says that\\00")
  (data (i32.const {LIST}) "{told(NAMES, 7, 8, SAID, NAMES + 6, 9, 1, SAID + 31, 0, 0, 0, 0)}")
  (data (i32.const {LIST + 64}) "{told(NAMES, 7, 8, TAIL, 0, 0, 0, 0)}")
  (data (i32.const {LIST + 128}) "{told(NAMES, 7, 4096, SAID, 0, 0, 0, 0)}")
  (data (i32.const {LIST + 192}) "{told(NAMES, CODE, 64, 0)}")
  (data (i32.const {CODE}) "c{told(0, 0, 0, 0)}{"x" * 60}")
  (data (i32.const 12288) "{told(5)}"))"""

SEALING = """
import binaryen from "binaryen";
import { staticData } from "MODULE_PARTS";
import { sealed, sealing } from "SEALED_DATA";
const bytes = binaryen.parseText(process.argv[1]).emitBinary();
const { words, code, texts } = sealed(bytes);
const module = sealing(bytes, words);
new WebAssembly.Module(module);
const { image } = staticData(module);
const view = new DataView(image.buffer);
console.log(JSON.stringify({ words, code, texts, numbers: words.map((at) => view.getUint32(at, true)) }));
"""


def test_words_that_lead_to_built_in_code_and_to_what_functions_say_lead_nowhere() -> None:
    script = SEALING
    for name in ("module_parts", "sealed_data"):
        script = script.replace(name.upper(), str(bundle.ROOT / f"calculators/web/engine/node/{name}.mjs"))
    told_of = json.loads(bundle.run("sealing", [str(bundle.NODE), "--input-type=module", "--eval", script, SEALED]))
    assert told_of["words"] == [LIST + 12, LIST + 28, LIST + 196]
    assert told_of["texts"] == [[SAID, SAID + 30], [SAID + 31, SAID + 49]]
    assert told_of["code"] == [[CODE, CODE + 64]]
    # No memory of this runtime has such a place: to read there traps.
    assert set(told_of["numbers"]) == {0xFFFF0000}
