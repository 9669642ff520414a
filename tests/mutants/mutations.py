"""What can be changed in a module: one arithmetic operator, comparison, logical word or number at a time.

Texts, annotations and compiled functions are left alone; so is ``is``, which asks for nothing that can be reckoned.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Site = tuple[ast.AST, str]
COMPILED = ("njit", "jit", "compiled", "vectorize")

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@dataclass(frozen=True)
class Mutant:
    """One change of one module.

    ``name`` stays the same when other lines move: the function, the line as it is written, the change, and which of the
    equal changes on equal lines of that function it is. ``place`` is its number among the module's changes.
    """

    path: str
    line: int
    name: str
    place: int

    @property
    def id(self) -> str:
        """The mutant's name in survivors.toml."""
        return f"{self.path}: {self.name}"

    def tree(self, root: Path) -> ast.Module:
        """Return the module with the change made."""
        return _changed((root / self.path).read_text(encoding="utf-8"), self.place)


def mutants(root: Path, path: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines."""
    source = (root / path).read_text(encoding="utf-8")
    lines = source.splitlines()
    seen: dict[str, int] = {}
    found = []
    for place, (where, line, change) in enumerate(_described(ast.parse(source))):
        text = f"{where}: {lines[line - 1].strip()}: {change}"
        seen[text] = seen.get(text, 0) + 1
        name = text if seen[text] == 1 else f"{text} (no. {seen[text]})"
        found.append(Mutant(path, line, name, place))
    return sorted(found, key=lambda mutant: mutant.line)


def _described(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    for where, node, change in _changes(tree):
        yield where, node.lineno, change  # type: ignore[attr-defined]


def _changed(source: str, place: int) -> ast.Module:
    """Return the module with the change number ``place`` made."""
    tree = ast.parse(source)
    for number, (_, node, change) in enumerate(_changes(tree)):
        if number == place:
            _apply(node, change)
            return ast.fix_missing_locations(tree)
    raise IndexError(place)


def _changes(tree: ast.Module) -> Iterator[tuple[str, ast.AST, str]]:
    """Yield (function, node, change) for everything that can be changed, always in the same order."""
    yield from _within(tree, "module", False)


def _within(node: ast.AST, where: str, reckoned: bool) -> Iterator[tuple[str, ast.AST, str]]:
    """Yield the changes below a node; ``reckoned`` is whether a number here is part of a sum or a comparison."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        if any(word in ast.unparse(mark) for mark in node.decorator_list for word in COMPILED):
            return
        where = node.name if where == "module" else f"{where}.{node.name}"
    yield from ((where, node, change) for change in _own(node, reckoned))
    if isinstance(node, ast.JoinedStr):
        return
    inside = isinstance(node, ast.BinOp | ast.Compare | ast.AugAssign) or (reckoned and isinstance(node, ast.UnaryOp))
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child, where, inside)


def _own(node: ast.AST, reckoned: bool) -> Iterator[str]:
    """Yield the changes of a node itself, as text that `_apply` understands."""
    if (isinstance(node, ast.BinOp) and type(node.op) in OPERATORS and not _is_text(node) and not _is_type(node)) or (
        isinstance(node, ast.AugAssign) and type(node.op) in OPERATORS and not _is_text(node.value)
    ):
        yield f"{type(node.op).__name__} -> {OPERATORS[type(node.op)].__name__}"
    elif isinstance(node, ast.BoolOp):
        yield "And -> Or" if isinstance(node.op, ast.And) else "Or -> And"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield f"{type(node.op).__name__} -> nothing"
    elif isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            for other in COMPARISONS.get(type(op), ()):
                yield f"{type(op).__name__} -> {other.__name__} at {place}"
    elif isinstance(node, ast.Constant) and reckoned and type(node.value) in (int, float):
        yield f"{node.value} -> {node.value + 1}"


def _is_text(node: ast.AST) -> bool:
    """Return whether a sum is one of texts: what a call in it is told by does not count."""
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_type(node: ast.BinOp) -> bool:
    """Return whether it is a union of types, as in ``Figure | None``."""
    return isinstance(node.op, ast.BitOr) and any(
        isinstance(side, ast.Constant) and side.value is None for side in (node.left, node.right)
    )


def _apply(node: ast.AST, change: str) -> None:
    new = change.split(" -> ")[1]
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        node.op = getattr(ast, new)()
    elif isinstance(node, ast.UnaryOp):
        # Plus does nothing to numbers; of a truth or a mask nothing is left by denying it twice.
        node.op, node.operand = (
            (ast.UAdd(), node.operand)
            if isinstance(node.op, ast.USub)
            else (type(node.op)(), ast.UnaryOp(type(node.op)(), copy.deepcopy(node.operand)))
        )
    elif isinstance(node, ast.Compare):
        name, _, place = new.partition(" at ")
        node.ops[int(place)] = getattr(ast, name)()
    elif isinstance(node, ast.Constant):
        node.value = type(node.value)(node.value + 1)  # type: ignore[operator]
