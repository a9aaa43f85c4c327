"""What Python's memory is made of, just before it is kept: what has not run goes, and what nobody reads.

Run in Pyodide at build by `node/make_snapshot.mjs` and `node/called.mjs`, as a text with names of its own, so that
nothing of it is kept.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Where the class of texts is.
TEXT = id(str)
#: How a table of lines says that some instructions, eight at most, come from no line.
_NO_LINE, _AT_ONCE = 0xF8, 8
#: Our own code: a fault of it tells its line.
_OURS = "calculators"

#: What classes say of how they were written; nothing that answers reads it.
_OF_CLASSES = ("__firstlineno__", "__static_attributes__")
#: Where classes may be asked for their annotations, when one more is made: these are kept. Those of functions are not.
_ASK_CLASSES = ("typing:", "annotationlib:", "dataclasses:", "functools:")


def _own() -> set[int]:
    """What this file itself has in memory, by its addresses."""
    mine: list[Any] = [globals(), *globals().values()]
    mine = [thing for thing in mine if isinstance(thing, dict | set | tuple | FunctionType)]
    for thing in mine:
        if isinstance(thing, FunctionType):
            mine += [thing.__code__, thing.__annotations__]
        elif isinstance(thing, CodeType):
            mine += [thing.co_consts, thing.co_names, *(part for part in thing.co_consts if isinstance(part, CodeType))]
    return {id(thing) for thing in mine}


def _functions() -> list[FunctionType]:
    # Not `isinstance`: what stands for another thing would be asked what it is.
    found = [thing for thing in gc.get_objects() if type(thing) is FunctionType]
    return [function for function in found if function.__globals__ is not globals()]


def _key(function: FunctionType) -> str:
    """The name of a function, the same in another memory made from the same sources."""
    code = function.__code__
    return f"{function.__module__}:{function.__qualname__}:{code.co_name}:{code.co_firstlineno}"


def _inner(key: str, code: CodeType) -> Iterator[tuple[str, int, CodeType]]:
    """The code of the functions that this one makes, each with its name and its place among the constants."""
    for place, part in enumerate(code.co_consts):
        if isinstance(part, CodeType):
            yield f"{key}/{place}", place, part


# ---------------------------------------------------------------- code as if it had never run


def _without_lines(code: CodeType) -> bytes:
    whole, rest = divmod(len(code.co_code) // 2, _AT_ONCE)
    return bytes([_NO_LINE | _AT_ONCE - 1] * whole + ([_NO_LINE | rest - 1] if rest else []))


def _anew(code: CodeType, *, lines: bool) -> CodeType:
    inner = tuple(_anew(part, lines=lines) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_consts=inner, co_linetable=code.co_linetable if lines else _without_lines(code))


def _by_code() -> list[list[FunctionType]]:
    """The functions, those of the same code together."""
    groups: dict[int, list[FunctionType]] = {}
    for function in _functions():
        groups.setdefault(id(function.__code__), []).append(function)
    return [*groups.values()]


def refresh() -> None:
    """Make all code anew, since Python notes in code how it ran; forget which lines the library's comes from."""
    for functions in _by_code():
        ours = (functions[0].__module__ or "").startswith(_OURS)
        code = _anew(functions[0].__code__, lines=ours)
        for function in functions:
            function.__code__ = code


def freeze() -> None:
    """Let the collector of garbage leave alone all that is there now."""
    gc.collect()
    gc.freeze()


# ---------------------------------------------------------------- what was called


def called() -> str:
    """List as JSON the names of the functions that ran since `refresh`: the first instruction of such code changes."""
    gc.unfreeze()
    # Of the functions that others made and nothing holds, whether Python has let them go yet is chance.
    gc.collect()

    def trial() -> None:
        pass

    trial()
    fresh: int = trial.__code__.co_code[0]
    ran: int = trial.__code__._co_code_adaptive[0]  # type: ignore[attr-defined]  # noqa: SLF001
    if ran == fresh:
        raise AssertionError("this Python does not note in code that it ran")

    def found(key: str, code: CodeType) -> Iterator[str]:
        first = next(at for at in range(0, len(code.co_code), 2) if code.co_code[at] == fresh)
        if code._co_code_adaptive[first] == ran:  # type: ignore[attr-defined]  # noqa: SLF001
            yield key
        for name, _, part in _inner(key, code):
            yield from found(name, part)

    return json.dumps(sorted({key for function in _functions() for key in found(_key(function), function.__code__)}))


# ---------------------------------------------------------------- what answers, and nothing else


def _stub(holds: int) -> CodeType:
    """Code for a function that holds so many names of another: it asks the runtime for what its hot part does not have.

    `os.abort`, which nothing calls: there, it notes that it was, and stops everything.
    """
    names = "".join(f", n{number}" for number in range(holds))
    space: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a text is not called: another constant takes its place
        exec(f"def outer(*_{names}):\n return lambda *_, **__: ('cold'(){names})", space)  # noqa: S102  # our own text
    code: CodeType = space["outer"](**{f"n{number}": number for number in range(holds)}).__code__
    consts = tuple(os.abort if constant == "cold" else constant for constant in code.co_consts)
    return code.replace(co_consts=consts, co_name="cold", co_qualname="cold", co_linetable=_without_lines(code))


def _is_hot(hot: set[str], key: str, code: CodeType) -> bool:
    """Whether a function was called, or is a rule or a sentence of ours: chance leads to some of these too seldom.

    Not what reads the law, nor what `dataclass` writes.
    """
    written = code.co_filename != "<string>" and not code.co_name.startswith("__annotat")
    ours = key.startswith(f"{_OURS}.") and not key.startswith((f"{_OURS}.law.", f"{_OURS}.web.page.resume"))
    return key in hot or (written and ours)


def _without_sources() -> None:
    """Drop what classes say of how they were written."""
    for found in gc.get_objects():
        if issubclass(type(found), type) and found.__flags__ & _KIND == _MADE_HERE:
            for name in _OF_CLASSES:
                if name in found.__dict__:
                    type.__delattr__(found, name)
            if type(found.__dict__.get("__doc__")) is str:
                type.__setattr__(found, "__doc__", None)


#: What tells the names of a function's variables, of which only those of its arguments are kept.
_ASK_VARIABLES = {"co_varnames", "co_localsplusnames", "locals", "f_locals"}
#: Where they may be asked for: to tell of a mistake of the program.
_MAY_ASK = ("inspect:", "traceback:")


def _check(hot: set[str], key: str, code: CodeType) -> None:
    if _is_hot(hot, key, code):
        if "__annotations__" in code.co_names and not key.startswith(_ASK_CLASSES):
            raise AssertionError(f"{key} reads annotations, which are not kept")
        if (asked := _ASK_VARIABLES.intersection(code.co_names)) and not key.startswith(_MAY_ASK):
            raise AssertionError(f"{key} reads {asked}: the names of variables are not kept")
    for name, _, part in _inner(key, code):
        _check(hot, name, part)


class _Slimming:
    """What the codes that are slimmed have in common."""

    def __init__(self, hot: set[str]) -> None:
        self.hot = hot
        #: Stubs by how many names of another function they hold.
        self.stubs = {holds: _stub(holds) for holds in range(30)}
        #: Tables of lines, by the length of code.
        self.tables: dict[int, bytes] = {}
        #: Constants that are alike, and tuples of the same things.
        self.constants: dict[tuple[type, Any], Any] = {}
        self.tuples: dict[tuple[int, ...], tuple[Any, ...]] = {}

    def code(self, key: str, code: CodeType) -> CodeType:
        """The same code if it is hot, else a stub."""
        if not _is_hot(self.hot, key, code):
            return self.stubs[len(code.co_freevars)]
        consts = [part if isinstance(part, CodeType) else self.one(part) for part in code.co_consts]
        for name, place, part in _inner(key, code):
            consts[place] = self.code(name, part)
        given = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
        names = code.co_varnames
        return code.replace(
            co_consts=self.tuple_of(consts),
            co_names=self.tuple_of(code.co_names),
            # Its lines too are left to the whole memory; the tables of codes as long as each other are one.
            co_linetable=self.tables.setdefault(len(code.co_code), _without_lines(code)),
            co_varnames=(*names[:given], *[""] * len(names[given:])),
            co_qualname=code.co_name,
            co_filename="",
        )

    def one(self, constant: Any) -> Any:
        """A constant, the same for all that are alike."""
        if type(constant) is tuple:
            return self.tuple_of([self.one(part) for part in constant])
        if type(constant) in {str, bytes, int}:
            return self.constants.setdefault((type(constant), constant), constant)
        return constant

    def tuple_of(self, parts: Sequence[Any]) -> tuple[Any, ...]:
        """A tuple of these very things, the same each time; it keeps them, so that their addresses stay theirs."""
        return self.tuples.setdefault(tuple(map(id, parts)), tuple(parts))


def slim(names: str) -> None:
    """Keep the code of the functions that `called` names: each other one says that it was called."""
    hot = set(json.loads(names))
    _found.append(_names())
    slimming = _Slimming(hot)
    stubs = [*slimming.stubs.values()]
    _without_sources()
    groups = _by_code()
    for functions in groups:
        _check(hot, _key(functions[0]), functions[0].__code__)
    # From here on no failure can be told. Each code takes the place of the one before, and memory does not grow.
    while groups:
        functions = groups.pop()
        # The same code ran or did not, whichever function was called.
        code = slimming.code(_key(functions[0]), functions[0].__code__)
        for function in functions:
            function.__annotations__ = None  # type: ignore[assignment]
            function.__code__ = code
            function.__qualname__ = function.__name__
            if any(code is stub for stub in stubs):
                function.__defaults__ = function.__kwdefaults__ = None
    # It is not to be kept among Python's own classes.
    del globals()[_Slimming.__name__]


#: Two marks of a class: that it was made while Python ran, and that it may not be changed.
_MADE_HERE, _KIND = 1 << 9, 1 << 9 | 1 << 8


def addresses() -> tuple[bytearray, bytearray, bytearray, bytearray]:
    """List where all objects are: those that the collector of garbage follows, then the others.

    Then, of these, the plain ones, each with its size, and the texts. All are numbers of four bytes: lists of Python's
    own would take more memory than all that Python has, and the memory that is kept would be the larger for them.
    """
    gc.collect()
    mine = _own()
    waiting: list[Any] = gc.get_objects()
    first, others, sizes, texts = (bytearray() for _ in range(4))
    apart = mine | set(map(id, (mine, waiting, first, others, sizes, texts, sys._getframe())))  # noqa: SLF001
    #: Objects stand at multiples of eight: one bit for each such place, of 32 MiB. Beyond, it fails.
    seen = bytearray(1 << 19)
    apart |= {id(apart), id(seen)}
    for thing in waiting:
        if id(thing) not in apart:
            _mark(seen, id(thing))
            first += id(thing).to_bytes(4, "little")
    while waiting:
        thing = waiting.pop()
        if id(thing) in apart:
            continue
        for found in _parts(thing):
            at = id(found)
            if at not in apart and _mark(seen, at):
                others += at.to_bytes(4, "little")
                waiting.append(found)
                if type(found) in _PLAIN:
                    sizes += at.to_bytes(4, "little") + found.__sizeof__().to_bytes(4, "little")
                if type(found) is str:
                    texts += at.to_bytes(4, "little")
        found = thing = None
    return first, others, sizes, texts


def _mark(seen: bytearray, at: int) -> bool:
    """Take note of a place; tell whether it is new."""
    place, bit = at >> 6, 1 << (at >> 3 & 7)
    if seen[place] & bit:
        return False
    seen[place] |= bit
    return True


def _parts(thing: object) -> list[Any]:
    """What an object holds; the collector of garbage knows nothing of code."""
    if type(thing) is not CodeType:
        return gc.get_referents(thing)
    # Not the names of its variables: Python would make lists of them, and keep these.
    names = [thing.co_name, thing.co_qualname, thing.co_filename]
    return [thing.co_consts, thing.co_names, thing.co_linetable, thing.co_exceptiontable, *names]


def _names() -> dict[str, str]:
    """Python's own table of the names that it keeps once each: each leads to itself."""
    known = ("__subclasses__", "__basicsize__", "__itemsize__")
    dicts = [thing for thing in gc.get_objects() if type(thing) is dict]
    (found,) = [found for found in dicts if all(found.get(name, found) is name for name in known)]
    return found


#: That table, found while Python still answers and the collector of garbage follows it.
_found: list[dict[str, str]] = []


def names() -> str:
    """List as JSON where the names are that Python keeps once each, with their sizes."""
    return json.dumps([(id(name), name.__sizeof__()) for name in _found[0]])


def forget(unused: str) -> None:
    """Take out of Python's table the names at these addresses: nothing else holds them."""
    gone = set(json.loads(unused))
    (table,) = _found
    kept = sorted((name for name in table if id(name) not in gone), key=id)
    table.clear()
    for name in kept:
        table[name] = name


#: Objects that are in one piece, without anything beyond their size.
_PLAIN = (str, bytes, int, float)
