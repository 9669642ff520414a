"""Which trips are counted, by hand on a few requests: those an option touches, the prebooked ones, and those of a trial."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.riders.demand.requests import PlaceClass
from sim.road.kernel import Kind
from sim.study.replicated import trial_trips
from sim.study.replicated.measures import RIDER_KEYS, rider_counts, transition_days
from sim.study.replicated.replication import _prebooked
from sim.study.replicated.rider_bands import by_place
from tariffs import Level

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


def test_prebooked_are_trips_from_the_start_on_that_pay_as_of_a_day_before_it() -> None:
    """The start is day 100. The first two are booked on day 99 and made; the third is booked on the day, the fourth travels before
    it, the fifth is declined. Of the standing ones for days 110 and 114 only the first pays by a day before: 96.
    """
    run: Any = SimpleNamespace(
        outcome=np.array([TRIP, TRIP, TRIP, TRIP, GONE, TRIP, TRIP]),
        carried=np.array([1, 2, 4, 8, 0, 16, 32]),
        requests=SimpleNamespace(
            service_day=np.array([100, 130, 100, 99, 101, 110, 114]),
            booked_day=np.array([99, 99, 100, 90, 99, 10, 10]),
            standing=np.array([0, 0, 0, 0, 0, 1, 1], dtype=bool),
        ),
    )
    study: Any = SimpleNamespace(start_day=100, standing_delay_days=14)
    assert _prebooked(study, run).tolist() == [3, 19, 1]
    line, nowhere = SimpleNamespace(names=()), SimpleNamespace(neighbours=())
    without: Any = SimpleNamespace(start_day=None, packages=(), free_names=(), lines=(line,), scenario=nowhere)
    assert _prebooked(without, run).tolist() == [0, 0, 0]


def test_the_first_fortnight_begins_on_the_start_date() -> None:
    study: Any = SimpleNamespace(start_day=3, standing_delay_days=4, year=SimpleNamespace(days=10))
    assert np.flatnonzero(transition_days(study)).tolist() == [3, 4, 5, 6]


def test_a_trip_is_counted_where_it_starts_in_a_town_area_another_town_or_the_country() -> None:
    """Six trips made of seven: two in the second area, one in another town (type 1), three in the country; no first area here."""
    zones = np.array([1, 1, -1, -1, -1, -1, 0])
    line: Any = SimpleNamespace(names=("A", "B"), zone_of=lambda points: zones[points].astype(np.int8))
    region: Any = SimpleNamespace(area_type=np.array([0, 1, 2]))
    study: Any = SimpleNamespace(region=region, lines=(SimpleNamespace(names=("A",)), line))
    requests = SimpleNamespace(origin=np.array([1, 0, 1, 0, 2, 2, 1]), origin_point=np.arange(7))
    run: Any = SimpleNamespace(requests=requests, outcome=np.array([TRIP] * 6 + [GONE]))
    assert by_place(study, run, np.ones(7, dtype=bool), 1).tolist() == [0, 2, 1, 3]


def test_the_trial_of_a_town_fare_is_held_against_the_town_trips_that_pay_it_both_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the first pays the town's level before and after in town; the others are free before, free after, or not in town."""
    low, high, free = Level.KOMMUNETAKST, Level.BYTAKST_LOW, Level.GRATIS
    levels = (np.array([low, free, low, low]), np.array([high, high, free, high]))
    monkeypatch.setattr(trial_trips, "option_levels", lambda _study, _requests, place: levels[place])
    place_class = np.array([PlaceClass.IN_TOWN] * 3 + [PlaceClass.INSIDE])
    requests: Any = SimpleNamespace(under=lambda *_, **__: SimpleNamespace(place_class=place_class))
    study: Any = SimpleNamespace(lines=(None, None), any_town=None)
    assert trial_trips._paying(study, requests, 1, (low, high)).tolist() == [True, False, False, False]
