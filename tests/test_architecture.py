"""The rooms and the one way between them, read off the import statements."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("tariffs", "sim", "api", "data")
MAY_IMPORT = {
    "tariffs": {"tariffs"},
    "data": {"data", "tariffs"},
    "sim": {"sim", "tariffs", "data"},
    "api": {"api", "sim", "tariffs", "data"},
}
TARIFF_LIBRARIES = {"numpy"}
FLOORS = (
    "words", "geography", "inputs", "riders", "road", "study", "estimate", "answer", "telling", "batch", "desk", "evidence",
)  # fmt: skip
"""The rooms of sim/ from the ground up: each may use those below it, and nothing of sim/ lies outside a room."""
LATE = "  # late: "
"""Marks an import of ours inside a function of sim/, followed by the reason: what must come first, or what start-up is saved."""
MOST_LATE_IN_API = 300
"""Imports of ours inside functions of api/: a command loads what it uses when it is given. So many of them at most."""
ONLY_IN = {
    "simpy": "sim/road/kernel",
    "fastapi": "api",
    "starlette": "api",
    "click": "api",
    "rich": "api",
    "uvicorn": "api",
    "structlog": "api",
    "xlsxwriter": "api",
    "docx": "sim/telling",
    "prometheus_client": "api/observing",
    "dbos": "api/jobs",
    "sqlalchemy": "api/jobs",
}


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Every absolute module name that a file imports, wherever in it the statement stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which room is meant"
            found.add(node.module or "")
    return found


def name_of(path: Path) -> str:
    """Return a module's dotted name; a package's is that of its front door."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in modules()}
SIM = {name: path for name, path in MODULES.items() if name.partition(".")[0] == "sim"}


def for_typing_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def uses(node: ast.AST, inside: bool = False) -> Iterator[tuple[str, int, bool]]:
    """Yield our modules that a module uses, the line, and whether it is inside a function; not those for typing alone."""
    for child in ast.iter_child_nodes(node):
        if for_typing_alone(child):
            continue
        if isinstance(child, ast.Import):
            found = [alias.name for alias in child.names]
        elif isinstance(child, ast.ImportFrom):
            known = [f"{child.module}.{alias.name}" for alias in child.names]
            found = [name if name in MODULES else child.module or "" for name in known]
        else:
            found = []
        yield from ((name, child.lineno, inside) for name in dict.fromkeys(found) if name in MODULES)  # type: ignore[attr-defined]
        yield from uses(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))


USES = {name: list(uses(ast.parse(path.read_text(encoding="utf-8")))) for name, path in MODULES.items()}


def test_sim_has_at_most_twelve_rooms_and_nothing_beside_them() -> None:
    assert len(FLOORS) <= 12
    assert {path.relative_to(ROOT / "sim").parts[0] for path in SIM.values()} == {"__init__.py", *FLOORS}


def test_every_room_uses_only_the_rooms_below_it() -> None:
    floor = {room: number for number, room in enumerate(FLOORS)}
    upwards = [
        f"{path.relative_to(ROOT)}:{line} uses {used}"
        for name, path in SIM.items()
        for used, line, _ in USES[name]
        if used in SIM and "." in name and "." in used and floor[used.split(".")[1]] > floor[name.split(".")[1]]
    ]
    assert not upwards


def test_no_modules_need_each_other_wherever_the_imports_stand() -> None:
    """Takes away what needs nothing that is left, until nothing is left but circles and what needs them."""
    left = {name: {used for used, _, _ in found} - {name} for name, found in USES.items()}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert not left


def test_an_import_of_ours_inside_a_function_of_sim_says_what_it_is_late_for() -> None:
    unmarked = [
        f"{path.relative_to(ROOT)}:{line}"
        for name, path in SIM.items()
        for _, line, inside in USES[name]
        if inside and LATE not in path.read_text(encoding="utf-8").splitlines()[line - 1]
    ]
    assert not unmarked


def test_the_edge_has_no_more_imports_inside_functions_than_are_counted_here() -> None:
    late = [name for name, found in USES.items() for _, _, inside in found if inside and name.startswith("api.")]
    assert len(late) <= MOST_LATE_IN_API


def test_no_record_of_sim_is_a_dictionary_called_json() -> None:
    assigned = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SIM.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and "Json"
        in [getattr(target, "id", "") for target in getattr(node, "targets", [getattr(node, "target", None)])]
    ]
    assert not assigned


def test_there_are_modules_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    rooms = {name.partition(".")[0] for name in imports(path)} & set(ROOMS)
    assert rooms <= MAY_IMPORT[room], f"{room} must not import {rooms - MAY_IMPORT[room]}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_simpy_only_in_the_kernel_and_the_web_only_at_the_edge(path: Path) -> None:
    inside = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        library = name.partition(".")[0]
        home = ONLY_IN.get(library)
        assert home is None or inside.startswith(home), f"{library} belongs in {home}"


def test_the_kernel_really_uses_simpy() -> None:
    assert "simpy" in imports(ROOT / "sim/road/kernel/run.py")


def test_tariffs_need_only_the_standard_library_and_numpy() -> None:
    import sys

    for path in (ROOT / "tariffs").rglob("*.py"):
        foreign = {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"tariffs"}
        assert foreign <= TARIFF_LIBRARIES, f"{path.name} imports {foreign - TARIFF_LIBRARIES}"


def test_rooms_before_the_event_log_know_no_data_frames() -> None:
    for room in ("riders/demand", "riders/response", "road/dispatch", "road/kernel", "study/accounts"):
        for path in (ROOT / "sim" / room).rglob("*.py"):
            assert not {name.partition(".")[0] for name in imports(path)} & {"pandas", "pyarrow"}, path


def test_no_module_grows_past_what_one_can_hold_in_mind() -> None:
    long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not long
