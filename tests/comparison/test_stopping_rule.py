import numpy as np
import pytest

from sim.study.replicated.sequential import half_width, precision, stopping_point


def nets(changes: list[float], base: float = 1000.0) -> np.ndarray:
    """Net cost of a base option and of one that differs from it by the given changes."""
    return np.array([[base, base + c] for c in changes], dtype=np.int64)


def test_the_half_width_is_the_textbook_t_interval() -> None:
    # 1, 2, 3, 4, 5: mean 3, s = sqrt(2.5), t(4, 0.975) = 2.7764; 2.7764 * 1.5811 / 2.2361 = 1.9632.
    assert half_width(np.array([1.0, 2, 3, 4, 5])) == pytest.approx(1.9632, abs=1e-4)
    # 1 and 3: s = sqrt(2), t(1, 0.975) = 12.7062.
    assert half_width(np.array([1.0, 3])) == pytest.approx(12.7062, abs=1e-4)


def test_equal_samples_have_no_half_width_and_one_sample_an_infinite_one() -> None:
    assert half_width(np.array([7.0, 7, 7])) == 0
    assert half_width(np.array([7.0])) == np.inf


def test_a_steady_change_stops_after_the_minimum_and_five_more() -> None:
    assert stopping_point(nets([-100.0] * 9), 5, 40) is None
    assert stopping_point(nets([-100.0] * 10), 5, 40) == 10
    assert stopping_point(nets([-100.0] * 20), 5, 40) == 10


def test_a_relapse_starts_the_count_again() -> None:
    """The criterion holds at 5-7, fails at 8 (an outlier widens the interval), and must then hold six times anew."""
    changes = [-100.0] * 7 + [-400.0] + [-100.0] * 32
    assert precision(nets(changes[:7])).reached
    assert not precision(nets(changes[:8])).reached
    stop = stopping_point(nets(changes), 5, 40)
    assert stop == 40  # one outlier of 300 among 40: half-width 2.02 * 47.4 / 6.3 = 15.2 > 5 % of 107.5
    assert stopping_point(nets(changes), 5, 60) is None


def test_the_cap_stops_whatever_was_reached() -> None:
    wild = [-1000.0, 1000.0] * 20
    assert stopping_point(nets(wild)[:39], 5, 40) is None
    assert stopping_point(nets(wild), 5, 40) == 40
    assert not precision(nets(wild)).reached


def test_what_is_allowed_is_five_percent_of_the_change_or_half_a_percent_of_net_cost() -> None:
    assert precision(nets([-500.0, -500, -501], base=1000)).allowed_oere == pytest.approx(0.05 * 500.333, rel=1e-3)
    assert precision(nets([-1.0, -1, -2], base=100_000)).allowed_oere == pytest.approx(500.0)


def test_one_option_alone_has_no_change_and_is_allowed_half_a_percent_of_its_net_cost() -> None:
    alone = precision(np.array([[99_000], [100_000], [101_000]]))
    assert alone.allowed_oere == pytest.approx(500.0)
    assert not alone.reached  # 4.3 x 1000 / sqrt(3)


def test_the_worst_option_decides() -> None:
    calm, wild = [-100.0] * 12, [-100.0, 100.0] * 6
    both = np.column_stack([nets(calm), nets(wild)[:, 1]])
    assert not precision(both).reached
    assert precision(both).half_width_oere > 0


def test_the_worst_option_decides_though_one_after_it_changes_most() -> None:
    """Its own half-width is t(11, 0.975) s / sqrt(12) = 2.20 x 104.4 / 3.46 = 66 oere, of which 5 are allowed."""
    wild, much = nets([-100.0, 100.0] * 6), nets([-9_000.0, -9_010.0] * 6)
    both = precision(np.column_stack([wild, much[:, 1]]))
    assert not both.reached
    assert both.half_width_oere == pytest.approx(66.4, abs=0.1)
    assert both.allowed_oere == pytest.approx(5.0)
