"""How well the ends of an interval are known, and when more draws are simulated."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from sim.answer.option import _known
from sim.study.many_draws import MANY, SETS, ranks
from sim.study.replicated import parallel
from sim.study.replicated.ends import blocks, end_errors, enough, of_simulated
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.low_fidelity import ClosedForms, LowFidelity, Volumes
from sim.study.replicated.parallel import gather
from sim.study.replicated.samples import Samples


def drawn(rng: np.random.Generator, draws: int, own: float) -> Spread:
    """Return a quantity: the closed form's standard deviation is 10, what it does not know has ``own``."""
    low = rng.normal(0, 10, draws)
    many = 10 * norm.ppf((np.argsort(np.argsort(rng.random(MANY))) + 0.5) / MANY)
    known = LowFidelity(0.0, low, many, Volumes(np.ones(draws), np.ones(MANY)))
    return Spread(np.zeros(1), low + rng.normal(0, own, draws), np.zeros(draws, dtype=np.int64), known)


@pytest.mark.parametrize(("draws", "own"), [(16, 2.0), (32, 2.0), (32, 10.0)])
def test_the_standard_error_is_what_the_ends_vary_by_from_set_to_set(draws: int, own: float) -> None:
    rng = np.random.default_rng(draws)
    ends, told = [], []
    for _ in range(150):
        of = drawn(rng, draws, own)
        found = figure(of)
        ends.append((found.p10, found.p90))
        told.append(of_simulated(of))
    # A jackknife of eight groups leans to the safe side.
    actual, said = np.std(ends, axis=0), np.sqrt(np.mean(np.square(told), axis=0))
    assert (said > 0.8 * actual).all()
    assert (said < 1.6 * actual).all()


def test_what_is_told_of_an_end_is_a_share_of_the_width() -> None:
    of = drawn(np.random.default_rng(1), 32, 2.0)
    found, whole = end_errors(of), figure(of)
    assert found is not None
    assert found.width_share == max(found.low, found.high) / (whole.p90 - whole.p10)
    assert 0.95 < found.correlation < 1.0
    assert end_errors(Spread(of.central, of.drawn, of.paired)) is None


def test_what_is_published_is_in_percent_of_the_width() -> None:
    """The closed form's standard deviation of 10 is carried over 16 draws: some per cent of an interval 26 wide, never below one."""
    of = drawn(np.random.default_rng(1), 16, 2.0)
    told, whole = _known(of), figure(of)
    assert told is not None
    assert 1 < told.width_percent < 20
    assert told.width_percent / 100 * (whole.p90 - whole.p10) == pytest.approx(
        max(told.low_error_oere, told.high_error_oere)
    )
    assert _known(None) is None


def end_of(of: Spread) -> np.ndarray:
    found = figure(of)
    return np.array([found.p10, found.p90])


def test_the_errors_by_hand() -> None:
    """Sixteen draws in eight groups, each left out once; the many in ten sets, each taken alone; and both added as variances."""
    of = drawn(np.random.default_rng(2), 16, 5.0)
    of = Spread(np.array([-1.0, 1.0, 3.0, 1.0]), of.drawn, np.arange(16) % 4, of.low)
    low = of.low
    assert low is not None
    without = []
    for group in range(8):
        kept = [n for n in range(16) if n % 8 != group]
        fewer = LowFidelity(0.0, low.drawn[kept], low.many, Volumes(np.ones(14), np.ones(MANY)))
        without.append(end_of(Spread(of.central, of.drawn[kept], of.paired[kept], fewer)))
    away = np.array(without) - np.mean(without, axis=0)
    simulated = np.sqrt(7 / 8 * (away**2).sum(axis=0))
    assert of_simulated(of) == pytest.approx(simulated)
    alone = [
        end_of(
            Spread(
                of.central, of.drawn, of.paired, LowFidelity(0.0, low.drawn, some, Volumes(np.ones(16), np.ones(100)))
            )
        )
        for some in low.many.reshape(10, 100)
    ]
    many = np.sqrt(((np.array(alone) - np.mean(alone, axis=0)) ** 2).sum(axis=0) / 9 / 10)
    found = end_errors(of)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(tuple(np.hypot(simulated, many)))
    # -1, 1, 3 and 1: the variance is 8 / 3, and the mean of four has a quarter of it.
    assert found.middle == pytest.approx((8 / 3 / 4) ** 0.5)
    two = end_errors(Spread(np.array([1.0, 3.0]), of.drawn, of.paired % 2, low))
    one = end_errors(Spread(np.array([1.0]), of.drawn, of.paired * 0, low))
    assert two is not None
    assert one is not None
    assert (two.middle, one.middle) == (pytest.approx(1.0), None)


def test_the_many_are_stratified_whole_and_in_each_set() -> None:
    found = ranks("volume")
    assert sorted(found.tolist()) == list(range(MANY))
    for some in found.reshape(SETS, -1):
        assert sorted((some // SETS).tolist()) == list(range(MANY // SETS))
    assert (found != ranks("walk_km")).any()


def forms(draws: int, own: float) -> tuple[ClosedForms, np.ndarray]:
    """Return the closed form of two options, of which the second costs less, and what is simulated of it."""
    rng = np.random.default_rng(3)
    change = np.concatenate(
        [[100.0], 100 + 10 * rng.normal(size=draws), 100 + 10 * norm.ppf((np.arange(MANY) + 0.5) / MANY)]
    )
    year = np.zeros((1 + draws + MANY, 2, 8))
    year[:, 0, 7] = 1000.0
    year[:, 1, 7] = 1000.0 - change
    simulated = year[1 : 1 + draws, :, 7].copy()
    simulated[:, 1] += own * rng.normal(size=draws)
    return ClosedForms({"year": year}, Volumes(np.ones(draws), np.ones(MANY))), simulated


def replications(net: np.ndarray) -> list[Any]:
    years = np.zeros((len(net), 2, 8))
    years[:, :, 7] = net
    return [SimpleNamespace(year=year) for year in years]


def samples(draws: int, own: float) -> Samples:
    known, simulated = forms(draws, own)
    central = replications(np.tile([1000.0, 900.0], (10, 1)))
    return Samples(central, replications(simulated), [n % 10 for n in range(draws)], known)


def test_draws_are_enough_where_the_closed_form_knows_the_change() -> None:
    assert enough(samples(16, 0.5), 2)
    assert not enough(samples(16, 15.0), 2)
    without = samples(16, 0.5)
    without.low = None
    assert not enough(without, 2)


def with_net(net: np.ndarray, year: np.ndarray) -> Samples:
    draws = len(net)
    found = ClosedForms({"year": year}, Volumes(np.ones(draws), np.ones(MANY)))
    return Samples(
        replications(np.tile([1000.0, 900.0], (10, 1))), replications(net), [n % 10 for n in range(draws)], found
    )


def test_a_net_cost_may_be_less_certain_than_a_change_but_not_as_uncertain_as_one_likes() -> None:
    """What the closed form does not know of both options is nothing to the change, and too much for one option alone."""
    rng = np.random.default_rng(5)
    level = np.concatenate(
        [[1000.0], 1000 + 10 * rng.normal(size=16), 1000 + 10 * norm.ppf((np.arange(MANY) + 0.5) / MANY)]
    )
    year = np.zeros((1 + 16 + MANY, 2, 8))
    year[:, 0, 7] = level
    year[:, 1, 7] = 0.9 * level
    noise = rng.normal(size=16)
    for own, both, alone in ((0.5, True, True), (4.0, True, False), (30.0, False, False)):
        net = year[1:17, :, 7] + own * noise[:, None]
        assert enough(with_net(net, year), 2) is both, own
        assert enough(with_net(net, year), 1) is alone, own


def test_a_change_that_is_the_same_in_every_draw_is_known() -> None:
    known, _ = forms(16, 0.0)
    assert enough(with_net(np.tile([1000.0, 880.0], (16, 1)), known.totals["year"]), 2)


@pytest.mark.parametrize(("own", "expected"), [(0.5, 16), (15.0, 32)])
def test_more_draws_are_simulated_while_the_ends_are_not_known(
    monkeypatch: pytest.MonkeyPatch, own: float, expected: int
) -> None:
    known, simulated = forms(32, own)

    def run(_study: Any, number: int, draw: Any, _tables_to: Any) -> Any:
        net = np.array([1000, 900]) if draw is None else simulated[draw.number]
        year = np.zeros((2, 8))
        year[:, 7] = net
        return SimpleNamespace(number=number, draw=draw, year=year)

    monkeypatch.setattr(parallel, "run_replication", run)
    draws: Any = tuple(SimpleNamespace(number=n, volume_factor=1.0) for n in range(32))
    study: Any = SimpleNamespace(
        scenario=SimpleNamespace(min_replications=2, max_replications=2), packages=("today", "other")
    )
    told: list[tuple[int, int]] = []
    found = gather(
        study, draws, workers=1, tables_to=None, progress=lambda *at: told.append(at), closed_forms=lambda: known
    )
    assert [r.draw.number for r in found.drawn] == list(range(expected))
    assert found.paired_with == [n % 2 for n in range(expected)]
    assert found.low is not None
    assert len(found.low.volumes.drawn) == expected
    # All 32 are expected until those that were run are enough.
    ran = 2 + expected
    assert told[:ran] == [(n, 34) for n in range(1, ran + 1)]
    assert told[-1] == (ran, ran)


def test_all_that_was_asked_for_is_the_last_block() -> None:
    assert [blocks(n) for n in (0, 8, 16, 20, 64)] == [(0,), (8,), (16,), (16, 20), (16, 32, 64)]
