"""The compiled planner on the clock makes exactly the choices of the slow one, request by request."""

import numpy as np
import pytest
from plan_instances import Instance, random_instance
from plan_oracle import plain_insertion

from sim.desk.planning.drive import plan_and_drive
from sim.desk.planning.protocol import Outcome


def both(instance: Instance) -> tuple[Outcome, Outcome]:
    given = {"planner": "insertion", "boarding_s": instance.boarding_s, "relocations": 0, "seed": 1}
    world = (instance.requests, instance.vehicles, instance.travel)
    return plan_and_drive(*world, **given), plain_insertion(*world, **given)  # type: ignore[arg-type]


def compare(seed: int, requests: int, vehicles: int, **kind: int) -> tuple[int, int, int]:
    """Compare on one instance; return how many requests were served, refused, and picked up with others on board."""
    instance = random_instance(seed, requests, vehicles, **kind)  # type: ignore[arg-type]
    got, expected = both(instance)
    # Whether a stop that ends in the very second of a booking has ended before it is the calendar's business.
    if {*expected.begin_s.tolist(), *(expected.begin_s + instance.boarding_s).tolist()} & {
        *instance.requests.booked_s.tolist()
    }:
        return 0, 0, 0
    for name, column in vars(expected).items():
        assert np.array_equal(getattr(got, name), column), (
            f"seed {seed} {requests} {vehicles} {kind}: {name}\n{getattr(got, name)}\n{column}"
        )
    served = int((expected.vehicle >= 0).sum())
    aboard = np.cumsum(np.where(expected.stop_pickup, 1, -1))
    return served, requests - served, int(((aboard > 1) & expected.stop_pickup).sum())


KINDS = {
    "few requests, one vehicle": (1000, 5, 1, {}),
    "two vehicles": (1000, 8, 2, {}),
    "three days": (500, 12, 5, {"days": 3}),
    "driving times with quicker ways round": (1000, 7, 2, {"table": True}),
    "a busy day": (60, 40, 3, {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_is_the_slow_planners(kind: str) -> None:
    count, requests, vehicles, more = KINDS[kind]
    seen = np.sum([compare(seed, requests, vehicles, **more) for seed in range(count)], axis=0)
    assert (seen > 100).all(), seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_is_the_slow_planners_many_times(kind: str) -> None:
    count, requests, vehicles, more = KINDS[kind]
    for seed in range(1_000_000, 1_000_000 + 10 * count):
        compare(seed, requests, vehicles, **more)
