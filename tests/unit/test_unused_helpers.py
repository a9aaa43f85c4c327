"""Nothing of the tests is left that no test uses: a helper, a fixture or a constant is named somewhere else."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = sorted((ROOT / "tests").rglob("*.py"))
#: What pytest and unittest look for by name.
_CALLED_BY_PYTEST = re.compile(r"test_|Test|pytest_|pytestmark$|__\w+__$")


def defined(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and constants of a module, and methods; but those that something else than tests calls.

    A method of a class that has a base may be what that one calls; a fixture for every test is asked for by none.
    """
    plain = [outer for outer in tree.body if isinstance(outer, ast.ClassDef) and not outer.bases]
    methods = [inner for outer in plain for inner in outer.body if isinstance(inner, ast.FunctionDef)]
    for node in [*tree.body, *methods]:
        match node:
            case ast.FunctionDef(decorator_list=[ast.Call(keywords=[ast.keyword(arg="autouse"), *_])]):
                pass
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                yield name


def used(tree: ast.Module) -> Iterator[str]:
    """Names read, imported or asked for: a fixture by a parameter, or by a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(text)) if text.isidentifier():
                yield text


def unused(sources: dict[str, str]) -> list[str]:
    """The names that nothing uses, with their file."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    known = Counter(name for tree in trees.values() for name in used(tree))
    return [
        f"{path}: {name}"
        for path, tree in trees.items()
        for name in defined(tree)
        if not known[name] and not _CALLED_BY_PYTEST.match(name)
    ]


def test_every_helper_is_used() -> None:
    assert unused({path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in FILES}) == []


def test_a_helper_that_nothing_uses_is_found() -> None:
    helpers = "LEFT = 1\ndef used(): return 1\ndef forgotten(): return used()\nclass Kept:\n    def idle(self): ...\n"
    assert unused({"a.py": helpers, "b.py": "def test_it(): assert Kept()\n"}) == [
        "a.py: LEFT",
        "a.py: forgotten",
        "a.py: idle",
    ]
