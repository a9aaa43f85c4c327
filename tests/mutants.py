"""Change the rules and the sentences on purpose, one thing at a time, and see whether a test fails: `make mutants`.

A change that no test sees is a survivor: a case is missing, or the code says something twice. Those known to change
nothing are in `mutants_harmless.toml`, each with why. A sample, always the same for the same seed; each mutant is
compiled in the memory of a process of its own, and no file is written.

It is our own: mutmut and cosmic-ray rewrite the files of a copy, import tests another way than ours, and change neither
a `match` nor a sentence.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
import tomllib
import traceback
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
HARMLESS = ROOT / "tests/mutants_harmless.toml"
#: Modules that only say; the rest of a calculator, and the notions they share, decide.
WORDS = (
    *("*/words/*.py", "*/words.py"),
    *("calculators/refusals.py", "calculators/shared_warnings.py", "calculators/sections.py", "calculators/text.py"),
)
#: Neither: questions, the law as it is loaded, what carries answers about.
REST = (
    *(
        "*/__init__.py",
        "*/inputs.py",
        "calculators/delais/names.py",
        *("*/command.py", "*/door.py", "*/rehearsal.py"),
        "calculators/law/*",
        "calculators/web/*",
        "calculators/__main__.py",
    ),
    *("calculators/lot/*", "calculators/sheets/*", "calculators/declaration.py", "calculators/errors.py"),
    *("calculators/ics.py", "calculators/language.py", "calculators/terminal.py", "calculators/outcome.py"),
    *("calculators/registry.py", "calculators/result.py", "calculators/typography.py"),
    *("calculators/edition.py", "calculators/fingerprint.py", "calculators/versions/records.py"),
    *("calculators/versions/history.py", "calculators/api.py", "calculators/assistants.py"),
)
#: Native tests, the quickest first, with the calculators whose rules and words they try; "" for all. The cases by hand
#: and the approved answers are tried before them, and a mutant that these see costs no more. These take about a second.
QUICK_TESTS = {
    "tests/unit/test_shared_notions.py": "",
    "tests/unit/test_planning_certificates.py": "delais",
    "tests/unit/test_far_dates.py": "delais",
    "tests/properties/test_pieces_rules.py": "pieces",
    "tests/unit/test_sbi_dates.py": "sbi",
    "tests/unit/test_given_law.py": "",
    "tests/unit/test_comparison.py": "sbi quotite",
    "tests/unit/test_titles.py": "",
    "tests/unit/test_pieces_words.py": "pieces",
    "tests/properties/test_words.py": "",
    "tests/unit/test_english.py": "sbi",
    "tests/unit/test_ics.py": "delais",
    "tests/unit/test_doubts.py": "",
    "tests/unit/test_typed.py": "",
    "tests/unit/test_wage_schedule.py": "quotite",
    "tests/unit/test_extension.py": "delais",
    "tests/unit/test_narrow.py": "delais",
    "tests/properties/test_eviction.py": "delais",
    "tests/unit/test_dossier_limits.py": "dossier",
    "tests/unit/test_dossier.py": "dossier",
}
SLOWER_TESTS = {
    "tests/unit/test_carry.py": "",
    "tests/unit/test_letters.py": "letters",
    "tests/unit/test_versions.py": "versions",
    "tests/unit/test_feeds.py": "versions",
    "tests/unit/test_deposits.py": "pieces",
    "tests/unit/test_new_amounts.py": "sbi quotite",
    "tests/unit/test_bordereau.py": "files",
    "tests/unit/test_files_pictures.py": "files",
    "tests/unit/test_files_password.py": "files",
    "tests/unit/test_files_scans.py": "files",
    "tests/unit/test_files_kinds.py": "files",
    "tests/unit/test_files_verdicts.py": "files",
    "tests/unit/test_files_images.py": "files",
    "tests/unit/test_files_pdf.py": "files",
    "tests/unit/test_files.py": "files",
    "tests/unit/test_files_limits.py": "files",
    "tests/unit/test_files_mend.py": "files",
    "tests/properties/test_interruption.py": "delais",
    "tests/unit/test_declaration.py": "",
    "tests/unit/test_open_points.py": "sbi delais",
    "tests/unit/test_deadline_corrections.py": "delais",
    "tests/unit/test_law_data.py": "",
    "tests/properties/test_deadline_rules.py": "delais",
    "tests/unit/test_deadlines_given_law.py": "delais",
    "tests/oracles": "",
    "tests/unit/test_articles.py": "",
    "tests/unit/test_deadline_contract.py": "delais",
    "tests/unit/test_deadlines.py": "delais",
    "tests/properties/test_declaration.py": "",
    "tests/properties/test_quotite_rules.py": "quotite",
    "tests/properties/test_echeancier_rules.py": "echeancier",
    "tests/unit/test_names.py": "delais pieces",
    "tests/properties/test_deadline_citations.py": "delais",
    "tests/properties/test_sbi_rules.py": "sbi",
    "tests/unit/test_pieces_law.py": "pieces",
    "tests/unit/test_html.py": "",
    "tests/properties/test_sbi_by_hand.py": "sbi",
    "tests/unit/test_pieces.py": "pieces",
    "tests/properties/test_every_answer.py": "",
}
_CHECKED = "strict"  # of zip: it fails where lengths differ, which nothing does, and changes nothing else
_LIMIT = 600  # seconds: a mutant that turns in a circle is seen too
_SENTENCE = 12  # characters, and three words: shorter texts are keys, or articles

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}


@dataclass(frozen=True)
class Mutant:
    """One change of one module: where, what stands there, what is done to it; and how to find both again."""

    path: str
    line: int
    source: str
    change: str
    position: int
    number: int
    words: bool
    #: The line it begins in.
    text: str = ""

    @property
    def name(self) -> str:
        """What is said of it."""
        return f"{self.path}:{self.line}  {self.source}  [{self.change}]"

    @property
    def module(self) -> str:
        """The name it is imported by."""
        return self.path.removesuffix(".py").replace("/", ".")

    def tree(self) -> ast.Module:
        """The whole module, so changed."""
        tree = ast.parse((ROOT / self.path).read_text("utf-8"))
        if not self.change:
            return tree
        there = list(ast.walk(tree))[self.position]
        _, apply = list(_changes(there, words=self.words))[self.number]
        replaced = apply()
        if replaced is not None:
            tree = _Put(there, replaced).visit(tree)
        return ast.fix_missing_locations(tree)


#: No change: the tests must pass, or what they say of the others is worth nothing. A survivor shows as much.
_UNCHANGED = Mutant("calculators/money.py", 0, "", "", 0, 0, words=False)


def modules(group: str) -> list[Path]:
    """The modules of a group: `rules` or `words`."""

    def kind(path: str) -> str:
        if any(fnmatch(path, pattern) for pattern in REST):
            return ""
        return "words" if any(fnmatch(path, pattern) for pattern in WORDS) else "rules"

    files = sorted((ROOT / "calculators").rglob("*.py"))
    return [path for path in files if kind(path.relative_to(ROOT).as_posix()) == group]


def mutants(path: Path, *, words: bool) -> Iterator[Mutant]:
    """Every mutant of a module; the changes of sentences only where there are some to read."""
    text = path.read_text("utf-8")
    tree, lines = ast.parse(text), ["", *map(str.strip, text.splitlines())]
    skipped = _not_run(tree)
    for position, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        changes = [change for change, _ in _changes(node, words=words)]
        for number, change in enumerate(changes):
            shown = " ".join(ast.unparse(node).split())[:160]
            where = path.relative_to(ROOT).as_posix()
            line = getattr(node, "lineno", 0)
            yield Mutant(where, line, shown, change, position, number, words, lines[line])


def _not_run(tree: ast.Module) -> set[int]:
    """Nodes that nothing runs: docstrings, annotations, imports for types, the list of exported names."""
    found: set[int] = set()
    for node in ast.walk(tree):
        dead: list[ast.AST | None] = []
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            dead.append(node.body[0])
        if isinstance(node, ast.keyword) and node.arg == _CHECKED:
            dead.append(node.value)
        if isinstance(node, ast.FunctionDef):
            dead += [node.returns, *node.decorator_list]
        if isinstance(node, ast.ClassDef):
            dead += node.decorator_list
        if isinstance(node, ast.arg | ast.AnnAssign):
            dead.append(node.annotation)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            dead.append(node)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            dead.append(node)
        for one in dead:
            found |= {id(inner) for inner in ast.walk(one)} if one is not None else set()
    return found


class _Put(ast.NodeTransformer):
    """Put a node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        """Return the new one in the place of the old one."""
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


def _changes(node: ast.AST, *, words: bool) -> Iterator[tuple[str, Any]]:
    """What may be done to a node: its name, and a function that does it to this very node, or returns another one."""
    yield from _of_conditions(node)
    yield from _of_values(node, words=words)
    yield from _of_steps(node)


def _of_conditions(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _SWAPS:
            yield _swap(node, "ops", op)
        case ast.BoolOp():
            yield _swap(node, "op", node.op)
            for number, operand in enumerate(node.values):
                kept = [other for other in node.values if other is not operand]
                whole = kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
                yield f"drop operand {number}: {ast.unparse(operand)[:60]}", lambda whole=whole: whole
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield f"drop {'not' if isinstance(node.op, ast.Not) else 'minus'}", lambda: node.operand
        case ast.If() | ast.IfExp():
            yield "negate", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _of_values(node: ast.AST, *, words: bool) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.BinOp() if type(node.op) in _SWAPS:
            yield _swap(node, "op", node.op)
        case ast.Constant(value=bool() as stood):
            yield f"{stood}->{not stood}", lambda: setattr(node, "value", not stood)
        case ast.Constant(value=int() as number):
            for value in (number + 1, number - 1):
                yield f"{number}->{value}", lambda value=value: setattr(node, "value", value)
        case ast.Constant(value=str() as text) if words and len(text) >= _SENTENCE and text.count(" ") > 1:
            yield "drop words", lambda: setattr(node, "value", "…")
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield "->None", lambda: setattr(node, "value", ast.Constant(None))


def _of_steps(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "drop yield", ast.Pass
        case ast.Match(cases=cases) if len(cases) > 1:
            for number, case in enumerate(cases[:-1]):
                yield f"drop case {ast.unparse(case.pattern)}", lambda number=number: cases.__delitem__(number)
        case ast.Call(keywords=keywords):
            for number, keyword in enumerate(keywords):
                if isinstance(keyword.value, ast.Constant) and keyword.arg != _CHECKED:
                    yield f"drop {keyword.arg}=", lambda number=number: keywords.__delitem__(number)


def _swap(node: ast.AST, field: str, op: ast.AST) -> tuple[str, Any]:
    other = _SWAPS[type(op)]()
    value = [other] if field == "ops" else other
    return f"{type(op).__name__}->{type(other).__name__}", lambda: setattr(node, field, value)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


# ---------------------------------------------------------------- whether a test sees it


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import one module from a tree in memory instead of its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Answer for that module alone."""
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, ROOT / self.mutant.path, loader=self)

    def create_module(self, _spec: ModuleSpec) -> None:
        """Let Python make the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated tree."""
        exec(compile(self.mutant.tree(), str(ROOT / self.mutant.path), "exec"), module.__dict__)  # noqa: S102


def _seen(mutant: Mutant, *, quick: bool) -> bool:
    """Whether a test fails, in a process that has not imported the module yet. ``quick``: but for the slower ones."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "calculators"]:
        if mutant.module in sys.modules:  # the law itself stands on it: all of it is loaded again
            del sys.modules[name]
    sys.modules.pop(mutant.module, None)
    sys.meta_path.insert(0, _Mutated(mutant))
    try:
        from tests import approve, cases  # noqa: PLC0415  # with the mutant in place

        mine = [cas for cas in cases.cases() if _tries(cas.calculateur, mutant.path)]
        if any(bool(cases.differences(cas)) != bool(cas.defaut) for cas in mine):
            return True
        kept = approve.kept()
        if any(kept[name] != text for name, text in approve.answers(mine).items()):
            return True
    except Exception:  # noqa: BLE001  # it fails: that is what is asked
        return True
    import pytest  # noqa: PLC0415

    found = tests_of(mutant.path, quick=quick)
    options = ["-x", "-q", "--no-header", "--no-summary", "--tb=no", "-p", "no:cacheprovider", "-p", "no:randomly"]
    return pytest.main([*options, "-o", "addopts=--import-mode=importlib", *found]) != 0


def tests_of(path: str, *, quick: bool) -> list[str]:
    """The tests that may see a change of this module: of its calculator, or all when it is shared."""
    tests = QUICK_TESTS if quick else QUICK_TESTS | SLOWER_TESTS
    return [test for test, tried in tests.items() if not tried or any(_tries(name, path) for name in tried.split())]


#: The rooms of the calculators that are not named after theirs.
_ROOMS = {"courriers": "letters"}


def _tries(calculator: str, path: str) -> bool:
    _, room, *_ = path.split("/")
    return room == _ROOMS.get(calculator, calculator) or room.endswith(".py")


def _quiet(mutant: Mutant, *, quick: bool) -> int:
    """Run one in this process, which ends with it: 0 when no test saw it."""
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
        signal.alarm(_LIMIT)
        try:
            return int(_seen(mutant, quick=quick))
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            return 1


def run(chosen: Sequence[Mutant], jobs: int, *, quick: bool = False) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant, and whether a test saw it, as they end."""
    waiting, running = list(reversed(chosen)), dict[int, Mutant]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            if (child := os.fork()) == 0:
                os._exit(_quiet(mutant, quick=quick))
            running[child] = mutant
        ended, status = os.wait()
        if ended in running:
            yield running.pop(ended), status != 0


def harmless() -> dict[tuple[str, str, str], str]:
    """Mutants known to change nothing, by what stood there, what was done to it, and in which line, if not any: why."""
    entries = tomllib.loads(HARMLESS.read_text("utf-8"))["inoffensif"]
    return {(entry["source"], entry["change"], entry.get("ligne", "")): entry["pourquoi"] for entry in entries}


def is_harmless(mutant: Mutant, known: Collection[tuple[str, str, str]]) -> bool:
    """Whether it is one of them."""
    return any((mutant.source, mutant.change, line) in known for line in ("", mutant.text))


def main() -> int:
    """Sample, run, and say what survived."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="mutants of each group")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--group", choices=["rules", "words"], action="append")
    parser.add_argument("--quick", action="store_true", help="without the slower tests")
    parser.add_argument("--only", default="", help="mutants of the modules whose path holds this")
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    from calculators.law import law, pieces, situations  # noqa: PLC0415  # loaded once, and shared by every process

    pieces.pieces(), situations.situations(law())
    os.environ.setdefault("HYPOTHESIS_PROFILE", "quick")
    known = harmless()
    for group in given.group or ("rules", "words"):
        every = [m for path in modules(group) if given.only in str(path) for m in mutants(path, words=group == "words")]
        told = [mutant for mutant in every if not is_harmless(mutant, known)]
        chosen = random.Random(given.seed).sample(told, min(given.count, len(told)))  # noqa: S311
        start, killed = time.monotonic(), 0
        print(f"{group} : {len(chosen)} mutants de {len(told)}, graine {given.seed}", flush=True)
        for mutant, seen in run(chosen, given.jobs, quick=given.quick):
            killed += seen
            if not seen:
                print(f"  survit : {mutant.name}", flush=True)
        if killed == len(chosen) and any(seen for _, seen in run([_UNCHANGED], 1, quick=given.quick)):
            print("Les essais échouent aussi quand rien n'est changé : ces chiffres ne disent rien.", flush=True)
            return 1
        share = 100 * killed / len(chosen) if chosen else 100
        print(
            f"{group} : {killed} sur {len(chosen)} vus, soit {share:.1f} % ({time.monotonic() - start:.0f} s)",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
