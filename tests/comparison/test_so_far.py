"""What is told of a run under way, by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.study.replicated import parallel
from sim.study.replicated.parallel import gather
from sim.study.replicated.so_far import SoFar, so_far
from tests.comparison.test_gathering import replication

T_TWO_DEGREES = 4.302653
"""The 97.5 % point of Student's t with two degrees of freedom (Abramowitz and Stegun, table 26.10)."""


def study() -> Any:
    options = (SimpleNamespace(name="I dag"), SimpleNamespace(name="Bytakst"))
    return SimpleNamespace(
        scenario=SimpleNamespace(options=options, min_replications=2, max_replications=4),
        region=SimpleNamespace(municipality=SimpleNamespace(code="0316")),
    )


def replications(*net: tuple[int, int]) -> Any:
    return [SimpleNamespace(year=np.column_stack([np.zeros((2, 7), dtype=np.int64), pair])) for pair in net]


def test_means_and_how_far_chance_may_have_moved_them() -> None:
    """Changes of 30, 40 and 35: mean 35, deviation 5, so 4.302653 x 5 / sqrt(3) either way; today's deviation is 10."""
    found = so_far(study(), replications((100, 130), (110, 150), (90, 125)))
    today, other = found.options
    assert (found.municipality, found.replications) == ("0316", 3)
    assert (today.name, today.net_cost_oere, today.change_oere) == ("I dag", 100.0, 0.0)
    assert (other.name, other.net_cost_oere, other.change_oere) == ("Bytakst", 135.0, 35.0)
    assert other.half_width_oere == pytest.approx(T_TWO_DEGREES * 5 / 3**0.5, rel=1e-6)
    assert today.half_width_oere == pytest.approx(T_TWO_DEGREES * 10 / 3**0.5, rel=1e-6)


def test_one_replication_says_nothing_of_chance() -> None:
    found = so_far(study(), replications((100, 130)))
    assert [option.half_width_oere for option in found.options] == [None, None]


def test_it_is_told_after_each_replication_under_central_parameters_and_after_no_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "run_replication", replication)
    told: list[SoFar] = []
    draws: Any = [SimpleNamespace(volume_factor=1.0)] * 3
    gather(
        study(), draws, workers=1, tables_to=None, progress=lambda *_: None,
        watch=lambda central: told.append(so_far(study(), central)),
    )  # fmt: skip
    assert [figures.replications for figures in told] == [1, 2, 3, 4]
    # Changes of +500 and -500 in turn.
    assert [figures.options[1].change_oere for figures in told] == [500.0, 0.0, pytest.approx(500 / 3), 0.0]
