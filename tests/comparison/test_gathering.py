"""How many replications are run, on what the draws are run, and what is told meanwhile; nothing is simulated here."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.study.replicated import parallel
from sim.study.replicated.low_fidelity import ClosedForms, Volumes
from sim.study.replicated.parallel import gather
from sim.study.replicated.samples import Samples


def replication(_study: Any, number: int, draw: Any, _tables_to: Any) -> Any:
    """A change in net cost that goes up and down by its own size, so that the sequential rule is never content."""
    net = np.array([1000, 1000 + 500 * (-1) ** number])
    return SimpleNamespace(number=number, draw=draw, year=np.column_stack([np.zeros((2, 7), dtype=np.int64), net]))


def gathered(monkeypatch: pytest.MonkeyPatch, *draws: Any, **limits: int) -> tuple[Samples, list[tuple[int, int]]]:
    def no_pool(*_: Any) -> Any:
        raise AssertionError("one worker needs no process of its own")

    monkeypatch.setattr(parallel, "run_replication", replication)
    monkeypatch.setattr(parallel, "pool", no_pool)
    told: list[tuple[int, int]] = []
    study: Any = SimpleNamespace(scenario=SimpleNamespace(**limits))
    samples = gather(study, draws, workers=1, tables_to=None, progress=lambda done, of: told.append((done, of)))
    return samples, told


def test_more_are_run_until_the_cap_while_the_rule_is_not_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two and the five that must follow, then two at a time, and of the last two only one."""
    samples, told = gathered(monkeypatch, min_replications=2, max_replications=10)
    assert [r.number for r in samples.central] == list(range(10))
    assert told == [*((n, 7) for n in range(1, 8)), (8, 9), (9, 9), (10, 10)]


def test_each_draw_is_run_once_on_one_of_the_first_replications_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of most riders go first, and all come back in their own order."""
    draws = [SimpleNamespace(volume_factor=factor) for factor in (0.5, 2.0, 1.0)]
    samples, told = gathered(monkeypatch, *draws, min_replications=2, max_replications=2)
    assert [r.draw for r in samples.drawn] == draws
    assert samples.paired_with == [r.number for r in samples.drawn] == [0, 1, 0]
    assert told == [(n, 5) for n in range(1, 6)]


@pytest.mark.parametrize(("known", "all_draws", "run"), [(True, False, 16), (True, True, 40), (False, False, 40)])
def test_draws_are_run_until_the_ends_are_known_or_all_of_them(
    monkeypatch: pytest.MonkeyPatch, *, known: bool, all_draws: bool, run: int
) -> None:
    """Sixteen are enough as soon as there is a closed form, but where a part of the answer rests on the draws alone all are run."""
    monkeypatch.setattr(parallel, "run_replication", replication)
    monkeypatch.setattr(parallel, "enough", lambda samples, _: samples.low is not None)
    draws: Any = [SimpleNamespace(volume_factor=1.0)] * 40
    study: Any = SimpleNamespace(
        scenario=SimpleNamespace(min_replications=2, max_replications=2), packages=("I dag", "Bytakst 60")
    )
    forms = ClosedForms({}, Volumes(np.ones(40), np.ones(100)))
    found = gather(
        study, draws, workers=1, tables_to=None, progress=lambda *_: None,
        closed_forms=(lambda: forms) if known else None, all_draws=all_draws,
    )  # fmt: skip
    assert len(found.drawn) == run
    assert (found.low is not None) == known


def test_with_one_worker_each_unit_is_told_before_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that Ctrl-C is heard, and the bar moves, after every unit: 74 of them ran before the first word."""
    told: list[str] = []

    def run(study: Any, number: int, draw: Any, tables_to: Any) -> Any:
        told.append("run")
        return replication(study, number, draw, tables_to)

    monkeypatch.setattr(parallel, "run_replication", run)
    draws: Any = [SimpleNamespace(volume_factor=1.0)] * 3
    study: Any = SimpleNamespace(scenario=SimpleNamespace(min_replications=2, max_replications=2))
    gather(study, draws, workers=1, tables_to=None, progress=lambda *_: told.append("told"))
    assert told == ["run", "told"] * 5
