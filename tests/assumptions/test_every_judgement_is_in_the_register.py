"""Every constant of the model traces to the register, or is declared to be no judgement."""

import ast
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from sim.answer.identity import run_id
from sim.inputs.assumptions import WHO, load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare

ROOT = Path(__file__).parent.parent.parent
ROOMS = (
    "riders", "riders/demand", "riders/response", "riders/plustur", "road/dispatch", "road/pool", "road/kernel", "study",
    "study/accounts", "answer/clinic", "answer/outlook", "answer/budget", "answer/neighbours", "estimate",
)  # fmt: skip
PLAIN = {0, 1, 2, -1, 0.5, 10, 100, 1000, 7, 12, 24, 60, 3600, 86_400}
"""Ones, halves, and the numbers that turn a unit into another."""
REGISTER = load_assumptions()


def declared() -> dict[str, set[float]]:
    document = tomllib.loads((Path(__file__).parent / "numbers.toml").read_text(encoding="utf-8"))
    assert all(entry["why"] for entry in document["files"])
    return {entry["path"]: set(entry["numbers"]) for entry in document["files"]}


def numbers_in(path: Path) -> set[float]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    } - PLAIN


def test_a_number_in_the_model_is_in_the_register_or_says_why_not() -> None:
    known = declared()
    found = {
        path.relative_to(ROOT).as_posix(): numbers
        for room in ROOMS
        for path in sorted((ROOT / "sim" / room).glob("*.py"))
        if (numbers := numbers_in(path))
    }
    strays = {path: numbers - known.get(path, set()) for path, numbers in found.items()}
    assert {path: numbers for path, numbers in strays.items() if numbers} == {}
    gone = {path: numbers - found.get(path, set()) for path, numbers in known.items()}
    assert {path: numbers for path, numbers in gone.items() if numbers} == {}


def test_every_entry_says_who_may_change_it_in_both_languages_and_why_its_range_is_left_out() -> None:
    raw = tomllib.loads((files("data") / "assumptions.toml").read_text(encoding="utf-8"))["assumptions"]
    for entry in raw:
        assert entry["who"] in WHO, entry["id"]
        assert entry["statement_da"] != entry["statement_en"], entry["id"]
        ranged = "low" in entry and entry["low"] < entry["high"]
        assert not entry.get("not_drawn") or ranged or isinstance(entry.get("default"), list), entry["id"]
        assert "fitted_in" not in entry or entry["who"] == "kalibrering", entry["id"]


@pytest.mark.parametrize("key", sorted(REGISTER))
def test_every_assumption_can_be_replaced_and_is_part_of_the_results_identity(key: str) -> None:
    entry = REGISTER[key]
    if isinstance(entry.value, tuple):
        other: float | list[float] = [0.9 * value for value in entry.value]
    else:
        other = entry.high if entry.high not in (None, entry.value) else 0.9 * entry.value
    if key in (
        "road_distance_factor",
        "town_density",
    ):  # a road is no shorter than the path, a town no thinner than a village
        other = [1.1 * value for value in entry.value]  # type: ignore[union-attr]
    base = {"municipality": "0159", "options": [{"name": "a", "elements": []}], "passengers": 500.0}
    scenario = build_scenario({**base, "assumptions": {key: other}}, "test")
    assert run_id(scenario, "0159") != run_id(build_scenario(base, "test"), "0159")
    replaced = REGISTER.overriding({key: tuple(other) if isinstance(other, list) else float(other)})[key]
    assert replaced.overridden
    assert not replaced.drawn
    study = prepare(scenario, "0159")
    assert study.assumptions[key].value == replaced.value
