"""The tariff room needs the standard library and numpy alone, and its rules know neither clock nor chance."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tariffs

MODULES = sorted(Path(tariffs.__file__).parent.glob("*.py"))
IMPURE = {"random", "secrets", "time", "socket", "subprocess", "os", "urllib", "http"}
FILES = {"load.py", "municipal_choices.py", "source.py"}


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_tariff_module_imports_the_standard_library_and_numpy_alone(module: Path) -> None:
    names = imported(ast.parse(module.read_text(encoding="utf-8")))
    assert names <= set(sys.stdlib_module_names) | {"numpy", "tariffs"}
    assert not names & IMPURE


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_rule_asks_no_clock_and_opens_no_file(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("now", "today", "utcnow"), module.name
            if module.name not in FILES:
                assert node.attr not in ("read_text", "read_bytes", "write_text", "open", "random"), module.name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "print", "input", "eval", "exec"), module.name


def test_every_name_at_the_front_door_opens() -> None:
    assert len(tariffs.__all__) == len(set(tariffs.__all__))
    for name in tariffs.__all__:
        assert getattr(tariffs, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = tariffs.no_such_name


def test_importing_the_room_loads_no_numpy() -> None:
    code = "import sys, tariffs, tariffs.errors; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_in_the_docstrings_are_true() -> None:
    import doctest
    import importlib

    tried = sum(
        doctest.testmod(importlib.import_module(f"tariffs.{module.stem}"), raise_on_error=True).attempted
        for module in MODULES
        if module.stem != "__init__"
    )
    assert tried >= 10
