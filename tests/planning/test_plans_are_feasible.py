"""Thousands of random instances through the files and back, each plan judged by the independent checker."""

from pathlib import Path

import pytest
from plan_checker import complaints
from plan_instances import Instance, random_instance, write_files

from sim.desk.planning.dispatch import Options, dispatch, write_plan
from sim.desk.planning.drive import plan_and_drive
from sim.inputs.assumptions import load_assumptions


def judge(instance: Instance, folder: Path, planner: str, seed: int) -> dict[str, float]:
    """Plan one instance with both files on disk, and return the summary when the checker has nothing to say."""
    requests, vehicles = write_files(instance, folder)
    options = Options(planner=planner, boarding_s=instance.boarding_s, seed=seed, relocations=5)  # type: ignore[arg-type]
    results, summary, _ = dispatch(requests, vehicles, options, plan_and_drive)
    write_plan(results, summary, folder / "out")
    detour = tuple(load_assumptions().number(key) for key in ("detour_share", "detour_min"))
    wrong = complaints(requests, vehicles, folder / "out", boarding_s=instance.boarding_s, detour=detour)  # type: ignore[arg-type]
    assert not wrong, f"seed {seed}, {planner}: " + "; ".join(wrong[:5])
    return summary


PLANNERS = ["insertion", "improve"]


@pytest.fixture(autouse=True)
def _versions_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.desk.planning.dispatch.versions", lambda: {"takstlab": "as it is"})


KINDS = {"one vehicle": (8, 1, 1), "two vehicles": (15, 2, 1), "three days": (30, 6, 3), "a busy day": (80, 5, 1)}


def run(kind: str, planner: str, folder: Path, first: int, count: int) -> None:
    requests, vehicles, days = KINDS[kind]
    served = refused = 0
    for seed in range(first, first + count):
        summary = judge(random_instance(seed, requests, vehicles, days=days), folder, planner, seed)
        served, refused = served + summary["served"], refused + summary["refused"]
    assert min(served, refused) > count, (served, refused)


@pytest.mark.parametrize("planner", PLANNERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_plan_keeps_every_promise(kind: str, planner: str, tmp_path: Path) -> None:
    run(kind, planner, tmp_path, 0, 30)


@pytest.mark.slow
@pytest.mark.parametrize("planner", PLANNERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_plan_of_thousands_keeps_every_promise(kind: str, planner: str, tmp_path: Path) -> None:
    run(kind, planner, tmp_path, 100_000, 700)
