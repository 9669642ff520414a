"""Who makes the trips that an option touches, counted by hand on six requests."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.comparison.measures import RIDER_KEYS, rider_counts
from sim.kernel import Kind

TRIP, GONE = Kind.DROPPED_OFF, Kind.DECLINED


def test_older_riders_aids_and_phone_are_counted_among_the_trips_made_that_are_touched() -> None:
    """Bands 4 and 5 are 70 and more. The fourth request did not ride, the last is not touched: four trips are counted."""
    run: Any = SimpleNamespace(
        outcome=np.array([TRIP, TRIP, TRIP, GONE, TRIP, TRIP]),
        requests=SimpleNamespace(
            age_band=np.array([3, 4, 5, 5, 0, 5]),
            aids=np.array([0, 1, 0, 1, 0, 1], dtype=bool),
            wheelchair=np.array([0, 1, 1, 1, 0, 1], dtype=bool),
            online=np.array([1, 0, 1, 0, 0, 0], dtype=bool),
        ),
    )
    touched = np.array([1, 1, 1, 1, 1, 0], dtype=bool)
    counted = dict(zip(RIDER_KEYS, rider_counts(run, touched).tolist(), strict=True))
    assert counted == {"trips": 4, "older": 2, "aids": 2, "by_phone": 2}
