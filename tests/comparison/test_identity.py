"""What a run is called: equal for equal inputs, another name as soon as anything that can change a number is another."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import data
import tariffs
from sim.answer import identity
from sim.answer.source_code import code_without_words


def version_after(
    package: ModuleType,
    version: Callable[[], str],
    change: Callable[[Path], None],
    where: Path,
    patch: pytest.MonkeyPatch,
) -> tuple[str, str]:
    """Return a version before and after a change of a copy of a package's files."""
    copy = where / "copy"
    shutil.copytree(Path(str(package.__file__)).parent, copy, ignore=shutil.ignore_patterns("reference", "__pycache__"))
    patch.setattr(identity, "files", lambda _: copy)
    version.cache_clear()
    before = version()
    change(copy)
    version.cache_clear()
    after = version()
    version.cache_clear()
    return before, after


def add(name: str, text: str) -> Callable[[Path], None]:
    def change(copy: Path) -> None:
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("calibration/vehicles.toml", "\nanother = 1\n"),
        ("calibration/draws.csv", "another"),
        ("free_destinations.toml", "\nanother = 1\n"),
    ],
)
def test_a_new_fit_or_a_newly_published_fact_gives_results_another_identity(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = version_after(data, identity.assumptions_version, add(name, text), tmp_path, monkeypatch)
    assert after != before


@pytest.mark.parametrize("name", ["calibration/vehicles.toml", "assumptions.toml"])
def test_a_comment_in_a_file_of_values_leaves_the_identity_as_it_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = version_after(data, identity.assumptions_version, add(name, "\n# another\n"), tmp_path, monkeypatch)
    assert after == before


def test_a_tariff_is_its_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "parameters/flextur/grundtakst.toml"
    comment = version_after(tariffs, identity.tariff_version, add(name, "\n# another\n"), tmp_path / "a", monkeypatch)
    value = version_after(tariffs, identity.tariff_version, add(name, "\nanother = 1\n"), tmp_path / "b", monkeypatch)
    assert comment[0] == comment[1] == value[0] != value[1]


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ('"""Another."""\nRATE = 2\n\n\ndef f(x: int) -> int:\n    """Double."""\n    return RATE * x\n', True),
        ('RATE = 2  # kr\n"""What is paid."""\ndef f(x: int) -> int: return (RATE\n    * x)\n', True),
        ("RATE = 3\ndef f(x: int) -> int:\n    return RATE * x\n", False),
        ("RATE = 2\ndef f(x: int) -> int:\n    return RATE * x + 1\n", False),
        ('RATE = 2\ndef f(x: int) -> int:\n    return RATE * x\nTEXT = "a"\n', False),
        ("RATE = 2.0\ndef f(x: int) -> int:\n    return RATE * x\n", False),
    ],
)
def test_a_module_is_its_program_and_not_its_words(source: str, same: bool) -> None:
    told = "RATE = 2\ndef f(x: int) -> int:\n    return RATE * x\n"
    assert (code_without_words(source.encode()) == code_without_words(told.encode())) == same


def test_what_is_empty_in_the_program_is_not_in_its_text() -> None:
    # Later versions of Python give a function and its arguments further lists, which are empty.
    text = code_without_words(b"def f(x):\n    return\n")
    assert text == "Module(body=[FunctionDef(name='f' args=arguments(args=[arg(arg='x')]) body=[Return()])])"


def test_another_library_that_calculates_gives_a_run_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.inputs.scenario.scenario import build_scenario

    scenario = build_scenario({"municipality": "0316", "options": [{"name": "A"}]}, "x")
    told = dict.fromkeys([*identity.DECIDING, "pyarrow", "python"], "1")
    names = []
    for change in ({}, {"pyarrow": "2", "python": "2"}, {"numpy": "2"}, {"model": "2"}):
        monkeypatch.setattr(identity, "versions", lambda change=change: told | change)
        names.append(identity.run_id(scenario, "0316"))
    assert names[0] == names[1]
    assert len(set(names)) == 3
