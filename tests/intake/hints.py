"""The hints that a module can print, read from its code: what stands for next_step, and what a cell is expected to be."""

import ast
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

import pytest

from tariffs.errors import TakstlabError

ANY = ".*"


def hints_in(name: str) -> list[str]:
    """Return a pattern for every hint in a module, so that one that no test prints is found."""
    module = importlib.import_module(name)
    assert module.__file__ is not None
    with open(module.__file__, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            hints = [keyword.value for keyword in node.keywords if keyword.arg == "next_step"]
            if isinstance(node.func, ast.Attribute) and node.func.attr == "fault":
                hints += node.args[2:3]
            if isinstance(node.func, ast.Name) and node.func.id == "Fault":
                hints += node.args[1:2]
            for hint in hints:
                found += _patterns(hint, tree, module)
    return sorted({pattern for pattern in found if re.search("[a-zæøå]{3}", pattern)})


def _patterns(node: ast.expr, tree: ast.Module, module: ModuleType) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANY for part in node.values)
    elif isinstance(node, ast.BinOp):
        for left in _patterns(node.left, tree, module):
            yield from (left + right for right in list(_patterns(node.right, tree, module)) or [ANY])
    elif isinstance(node, ast.IfExp):
        yield from _patterns(node.body, tree, module)
        yield from _patterns(node.orelse, tree, module)
    elif isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _patterns(element, tree, module)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield from _patterns(argument, tree, module)
    elif isinstance(node, ast.Name) and isinstance(getattr(module, node.id, None), str):
        yield re.escape(getattr(module, node.id))
    elif isinstance(node, ast.Name):
        for given in ast.walk(tree):
            targets = (
                given.targets
                if isinstance(given, ast.Assign)
                else [given.target]
                if isinstance(given, ast.AugAssign)
                else []
            )
            if any(isinstance(target, ast.Name) and target.id == node.id for target in targets):
                assert isinstance(given, ast.Assign | ast.AugAssign)
                yield from _patterns(given.value, tree, module)


def without_a_case(modules: Iterable[str], cases: Iterable[str]) -> list[tuple[str, str]]:
    """Return the hints of modules, each with its module, that are in the words of no case."""
    words = list(cases)
    return [(name, hint) for name in modules for hint in hints_in(name) if not any(is_in(hint, one) for one in words)]


def is_in(pattern: str, words: str) -> bool:
    """Whether a case's words are a part of a hint, or the hint a part of them."""
    if re.search(pattern, words):
        return True
    plain = re.sub(r"\\(.)", r"\1", pattern)
    return (
        any(words.strip(".") in part or (len(part) > 9 and part in words) for part in plain.split(".*"))
        and len(words) > 5
    )


def follow(words: str, broken: Callable[[], object], mended: Callable[[], object]) -> str:
    """Read a file that is refused with some words, then the same as they say to change it; returns the refusal."""
    with pytest.raises(TakstlabError) as caught:
        broken()
    told = str(caught.value)
    assert words in told
    assert "Gør nu" in told
    assert len(told.splitlines()) <= 10
    mended()
    return told
