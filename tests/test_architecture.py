"""The rooms and the one way between them, read off the import statements."""

import ast
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
ONLY_IN = {
    "simpy": "sim/kernel",
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
    assert "simpy" in imports(ROOT / "sim/kernel/run.py")


def test_tariffs_need_only_the_standard_library_and_numpy() -> None:
    import sys

    for path in (ROOT / "tariffs").rglob("*.py"):
        foreign = {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"tariffs"}
        assert foreign <= TARIFF_LIBRARIES, f"{path.name} imports {foreign - TARIFF_LIBRARIES}"


def test_rooms_before_the_event_log_know_no_data_frames() -> None:
    for room in ("demand", "dispatch", "kernel", "response", "accounts"):
        for path in (ROOT / "sim" / room).rglob("*.py"):
            assert not {name.partition(".")[0] for name in imports(path)} & {"pandas", "pyarrow"}, path


def test_no_module_grows_past_what_one_can_hold_in_mind() -> None:
    long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not long
