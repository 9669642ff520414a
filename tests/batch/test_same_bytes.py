"""The results are the same bytes for any number of workers, in any order; a unit that fails does not stop the others."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.batch import batch as batch_module
from sim.batch import execution
from sim.batch.batch import run_batch
from sim.batch.execution import Crew, Processes
from sim.batch.units import Unit
from tariffs.errors import InputError
from tests.batch.conftest import result_bytes, tiny


def test_two_workers_give_the_same_bytes_as_one(unbroken: Path, tmp_path: Path) -> None:
    run_batch(tiny(), tmp_path, Processes(2))
    assert result_bytes(tmp_path) == result_bytes(unbroken)


def test_any_order_gives_the_same_bytes(unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = execution.run_all

    def shuffled(units: Sequence[Unit], *rest: object) -> None:
        mixed = list(units)
        random.Random(7).shuffle(mixed)
        in_order(mixed, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(batch_module, "run_all", shuffled)
    run_batch(tiny(), tmp_path, Crew())
    assert result_bytes(tmp_path) == result_bytes(unbroken)


def test_a_municipality_that_fails_is_told_and_left_out_whole(
    unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = execution.run_unit

    def fails(unit: Unit, expected: object) -> bytes:
        if unit.place.municipality == "0155" and unit.replication == 2:
            raise ZeroDivisionError("en fejl i modellen")
        return real(unit, expected)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(execution, "run_unit", fails)
        outcome = run_batch(tiny(), tmp_path, Crew())
    (failure,) = outcome.failures
    assert (failure.municipality, failure.year) == ("0155", 2020)
    assert "ZeroDivisionError: en fejl i modellen" in failure.why
    assert outcome.manifest["failed"][0]["municipality"] == "0155"
    assert list(result_bytes(tmp_path)) == ["manifest.json", "results/2020/0340.parquet"]
    # When the fault is mended, only what is missing is run.
    assert run_batch(tiny(), tmp_path, Crew()).made == 1
    assert result_bytes(tmp_path) == result_bytes(unbroken)


def test_what_would_fail_everywhere_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Året 2040 har ingen takstudgave"):
        run_batch(tiny(years=[2040]), tmp_path / "b", Crew())
    with pytest.raises(InputError, match="bytakst=high"):
        run_batch(tiny(years=[2018], options=[{"name": "B", "elements": ["bytakst=high"]}]), tmp_path / "b", Crew())
    assert not (tmp_path / "b").exists()


def test_nothing_to_run_still_gives_rows_that_say_so(tmp_path: Path) -> None:
    from sim.batch.packages import read_results

    outcome = run_batch(tiny(municipalities=["København"], passengers={}), tmp_path, Crew())
    assert (outcome.kept, outcome.made, outcome.manifest["rows"]) == (0, 0, 10)
    rows = read_results(tmp_path).to_pylist()
    assert {row["status"] for row in rows} == {"not_offered"}
    assert {row["net_cost_oere"] for row in rows} == {None}
