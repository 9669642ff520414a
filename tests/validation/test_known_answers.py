"""Closed forms by hand, and the small queues that stand behind the targets."""

import numpy as np
import pytest

from sim.evidence.validation import queues
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.queues import erlang_b, erlang_c_wait
from sim.road.kernel.queue import waits


def test_erlang_b_of_one_vehicle_is_load_over_one_plus_load() -> None:
    assert erlang_b(1, 0.5) == pytest.approx(0.5 / 1.5)


def test_erlang_c_of_two_servers_at_load_one_waits_a_third_of_a_service() -> None:
    # B(2, 1) = (1/2) / (1 + 1 + 1/2) = 1/5; C = (1/5) / (1 - 1/2 * 4/5) = 1/3; wait = C / (2 - 1) = 1/3
    assert erlang_c_wait(2, 1.0, 1.0) == pytest.approx(1 / 3)


def test_a_line_serves_first_come_first_served() -> None:
    # one server, 10 s each: at 0 served at once, at 1 waits 9, at 2 waits 18, at 40 nobody is there
    found = waits(np.array([0.0, 1.0, 2.0, 40.0]), np.full(4, 10.0), 1)
    assert found.tolist() == [0.0, 9.0, 18.0, 0.0]


def test_the_day_driven_by_hand_is_driven_the_same() -> None:
    assert queues.hand_traced() == 0


def test_planner_and_clock_hit_the_closed_forms() -> None:
    small = Profile("small", 1, 1, 1, 2, 1, 1, 1, 1, 0.5, 1, queue_days=150)
    found = queues.GROUP.found(small, [unit() for unit in queues.GROUP.units(small, 11)])
    assert [t.id for t in found.targets if t.missed] == []


def test_a_sixth_vehicle_would_be_seen() -> None:
    """The loss check has the power to tell five servers from six."""
    lost, error = queues.lost_shares(150, 11)
    assert abs(lost - erlang_b(6, queues.BUSY_MEAN)) > 6 * error
