"""Which Danish texts of a source have their English next to them: in a pair, under another key, or chosen by language."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from tests.words.danish_sentences import ROOT, is_danish, texts_of_values

BY_LANGUAGE = re.compile(r"['\"](?:en|da)['\"]")
TEMPLATE_CALL = re.compile(r't\(\s*"((?:[^"\\]|\\.)*)"\s*([,)~|%])')


@cache
def beside(name: str) -> frozenset[str]:
    """Return the Danish texts of a file that have English next to them."""
    source = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".py"):
        return frozenset(_of_python(ast.parse(source)))
    if name.endswith(".toml"):
        return frozenset(_of_table(tomllib.loads(source)))
    return frozenset(text for text, then in TEMPLATE_CALL.findall(source) if then in ",~|%")


def _texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in one.values)  # type: ignore[misc]
            yield " ".join(text.split())
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield " ".join(one.value.split())


def _of_python(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _pairs(node.args)
            yield from _by_name({keyword.arg: keyword.value for keyword in node.keywords})
        elif isinstance(node, ast.Tuple):
            yield from _pairs(node.elts)
        elif isinstance(node, ast.Dict):
            keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
            yield from _by_name(dict(zip(keys, node.values, strict=True)))
        elif isinstance(node, ast.If | ast.IfExp) and BY_LANGUAGE.search(ast.unparse(node.test)):
            yield from _texts(node)
        elif isinstance(node, ast.FunctionDef):
            ends = [n for n, one in enumerate(node.body) if isinstance(one, ast.If) and "'en'" in ast.unparse(one.test)]
            for statement in node.body[ends[0] :] if ends else ():
                yield from _texts(statement)


def _pairs(nodes: list[ast.expr]) -> Iterator[str]:
    for first, then in pairwise(nodes):
        english = list(_texts(then))
        if english and not any(is_danish(text) for text in english):
            yield from _texts(first)


def _by_name(values: dict[Any, ast.AST]) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(key, str) and _partner(key) in values:
            yield from _texts(value)


def _partner(key: str) -> str | None:
    """Return what the English of a key is called.

    >>> _partner("da"), _partner("text_da"), _partner("text")
    ('en', 'text_en', None)
    """
    return "en" if key == "da" else f"{key[:-3]}_en" if key.endswith("_da") else None


def _of_table(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if _partner(key) in value:
                yield from texts_of_values(one)
            yield from _of_table(one)
    elif isinstance(value, list):
        for one in value:
            yield from _of_table(one)
