"""A module's program without its words: what it does, not how it is written or explained."""

import ast
from typing import Any


def code_without_words(source: bytes) -> str:
    """Return the syntax tree of a module as text, without comments, docstrings, layout and places.

    The text is the same under every Python that parses the module to the same tree.

    >>> one = code_without_words(b'def f(x):\\n    # twice\\n    return 2 * x\\n')
    >>> one == code_without_words(b'def f(x):\\n    "Double."\\n\\n    return (2 * x)\\n')
    True
    >>> one == code_without_words(b'def f(x):\\n    return 3 * x\\n')
    False
    """
    return _text(ast.parse(source))


def _text(node: Any) -> str:
    if isinstance(node, ast.AST):
        # What is empty is left out: later versions of Python have further fields.
        fields = ((name, getattr(node, name, None)) for name in node._fields)
        parts = [f"{name}={_text(value)}" for name, value in fields if value is not None and value != []]
        return f"{type(node).__name__}({' '.join(parts)})"
    if isinstance(node, list):
        return f"[{','.join(_text(each) for each in node if not _is_words(each))}]"
    return repr(node)


def _is_words(node: Any) -> bool:
    """Whether a statement is a text alone: a docstring, or the text below a constant."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
