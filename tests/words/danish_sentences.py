"""Every Danish sentence that can be shown, read off the sources: ``python -m tests.words.danish_sentences`` writes the list anew.

A text with something to be filled in has {} there. The list is for reading: whoever changes a sentence sees it among the others.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).parent / "danish_sentences.txt"
SOURCES = ("api", "sim", "tariffs")
TOMLS = (
    "api/web/advice.toml", "api/web/why.toml", "api/web/why_parts.toml", "data/assumptions.toml", "data/facts.toml",
    "sim/answer/quantities.toml", "tariffs/elements.toml",
    "data/validation_notes.toml",
)  # fmt: skip
DANISH = re.compile(
    r"[æøåÆØÅ]|\b(?:og|er|ikke|det|den|der|af|til|med|kan|en|et|som|fra|har|skal|om|eller|vælg|skriv|giv|ved|pr|kr)\b"
)
ENGLISH = re.compile(r"\b(?:the|of|and|is|are|to|an|with|which|by|not|from|on|that|as|be|or|for each)\b", re.IGNORECASE)
NOT_SHOWN = re.compile(r"^[\w./:=?&%{}#-]*$|^\s*SELECT\b|^\(\?|\\[wdsb]|\[\^|^<[a-z]")
CALL = re.compile(r't\(\s*"((?:[^"\\]|\\.)*)"')


@cache
def sentences() -> dict[str, list[str]]:
    """Return the Danish texts of each file that has some, in the order in which they stand there."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for room in SOURCES for p in (ROOT / room).rglob("*.py")):
        found[str(path.relative_to(ROOT))] = list(_of_python(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "api").rglob("*.j2")):
        found[str(path.relative_to(ROOT))] = [text for text in CALL.findall(path.read_text("utf-8")) if " " in text]
    for name in TOMLS:
        found[name] = [t for t in texts_of_values(tomllib.loads((ROOT / name).read_text("utf-8"))) if is_danish(t)]
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items() if texts}


def is_danish(text: str) -> bool:
    """Say whether a text is words for people, in Danish.

    >>> is_danish("Vælg en anden mappe"), is_danish("choose another folder"), is_danish("net_cost_oere"), is_danish("år")
    (True, False, False, False)
    """
    if " " not in text.strip() or NOT_SHOWN.search(text) or not DANISH.search(text):
        return False
    return len(DANISH.findall(text)) > len(ENGLISH.findall(text))


def _of_python(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    unread = {id(text) for text in _documentation(tree)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread | inside:
            text = node.value
        else:
            continue
        text = " ".join(text.split())
        if is_danish(text):
            yield text


def _documentation(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the texts that are docstrings: nobody is shown them, but for a command's, which are its help."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            text = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(text, ast.Constant) and (
                ">>>" in str(text.value) or not is_danish(" ".join(str(text.value).split()))
            ):
                yield text


def texts_of_values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of_values(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of_values(one)


def written() -> str:
    """Return the list as it is kept."""
    parts = [f"{name}\n" + "".join(f"    {text}\n" for text in texts) for name, texts in sentences().items()]
    return "\n".join(parts)


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8")
