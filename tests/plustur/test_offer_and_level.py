"""Where plustur is offered, how many ride, from where and how old: on five places that can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plustur_world import FARM, ISLE, KM, MOOR, STATION, VILLAGE, YOUNG, no_points, small_region, station_only

from sim.geography.regions import build_region
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.riders.demand.days import service_year
from sim.riders.plustur.offer import offered_share
from sim.riders.plustur.searches import Setting, day_types, plustur_demand, residents
from sim.riders.plustur.transfers import transfer_points
from tariffs.errors import InputError

YEAR = service_year(2020)
TOWN = np.array([True, True, False, False, False])
AWAY_M = 1000 * np.array(KM)


def assumptions(**values: float) -> Assumptions:
    return load_assumptions().overriding(values)


def setting(points=None, departures=None, pilot=2) -> Setting:
    points = station_only() if points is None else points
    own = residents(small_region(), points)
    anchor = residents(small_region(), station_only())
    return Setting(points, own, (anchor,) * pilot, departures)


def demand(of: Setting, **values: float):
    return plustur_demand(small_region(), of, YEAR, assumptions(**values))


def test_without_a_timetable_the_offer_follows_town_and_country_beyond_walking_distance() -> None:
    share = offered_share(TOWN, AWAY_M, None, assumptions(plustur_offered_town=0.2, plustur_offered_country=0.6))
    assert share[0, :, 0].tolist() == [0.0, 0.0, 0.6, 0.6, 0.6]  # the village can walk its 800 m
    near = offered_share(TOWN, AWAY_M, None, assumptions(plustur_offered_town=0.2, plustur_walk_m=500.0))
    assert near[0, VILLAGE, 0] == 0.2


def test_with_a_timetable_plustur_is_offered_in_the_hours_without_departures_enough() -> None:
    departures = np.zeros((3, 5, 17), dtype=np.int64)
    departures[0, FARM, 2:5] = (1, 2, 3)
    share = offered_share(TOWN, AWAY_M, departures, assumptions(plustur_good_departures_per_hour=2.0))
    assert share[0, FARM, :6].tolist() == [1, 1, 1, 0, 0, 1]
    assert share[:, STATION].sum() == share[:, VILLAGE].sum() == 0
    assert share[:, ISLE].all()


@given(st.lists(st.integers(0, 4), min_size=255, max_size=255), st.lists(st.integers(0, 3), min_size=255, max_size=255))
def test_more_departures_never_mean_more_offers_or_more_trips(counts: list[int], extra: list[int]) -> None:
    few = np.array(counts).reshape(3, 5, 17)
    more = few + np.array(extra).reshape(3, 5, 17)
    register = assumptions()
    assert (offered_share(TOWN, AWAY_M, more, register) <= offered_share(TOWN, AWAY_M, few, register)).all()
    assert demand(setting(departures=more)).trips <= demand(setting(departures=few)).trips


def test_a_municipality_like_the_pilots_has_the_pilots_trips() -> None:
    assert demand(setting()).trips == pytest.approx(12 * 9.1)


def test_trips_follow_the_young_without_a_good_alternative() -> None:
    """Bus to the farm at all hours leaves 30 + 10 of the 80 young people beyond walking distance; none are offered less."""
    departures = np.zeros((3, 5, 17), dtype=np.int64)
    departures[:, FARM] = 1
    # Own: 40 young, all offered. Pilot: 80 young, 70 % offered: 40 / 56 of 109.2 trips.
    assert demand(setting(departures=departures)).trips == pytest.approx(109.2 * 40 / 56)
    assert demand(setting(departures=departures), plustur_size_exponent=0.0).trips == pytest.approx(109.2)
    assert demand(setting(departures=departures), plustur_size_exponent=0.5).trips == pytest.approx(
        109.2 * (40 / 56) ** 0.5
    )


def test_where_everybody_has_a_good_alternative_nobody_rides() -> None:
    departures = np.full((3, 5, 17), 4)
    none = demand(setting(departures=departures))
    assert none.trips == none.tours == 0


def test_a_pilot_that_offered_nobody_anything_has_no_level() -> None:
    with pytest.raises(InputError, match="omfang kan ikke beregnes"):
        demand(setting(departures=np.zeros((3, 5, 17))), plustur_offered_town=0.0, plustur_offered_country=0.0)


def test_tours_are_the_trips_with_their_ways_home_and_those_in_vain() -> None:
    one = demand(setting(), return_share=0.85, in_vain_share=0.04)
    assert one.tours * 1.85 * 0.96 == pytest.approx(109.2)


def test_homes_days_and_hours_come_from_where_and_when_there_is_an_offer() -> None:
    departures = np.ones((3, 5, 17), dtype=np.int64)
    departures[2, MOOR, 10] = 0  # the moor on Sundays at 16 is all that is left
    one = demand(setting(departures=departures))
    u = np.linspace(0.001, 0.999, 200)
    day_type, home, hour = one.search(u)
    assert set(day_type) == {2}
    assert set(home) == {MOOR}
    assert set(hour) == {10}
    days = one.days(day_type, u)
    assert ((YEAR.weekday[days] == 6) | YEAR.holiday[days]).all()
    assert len(set(days)) > 50


def test_homes_weigh_by_the_people_who_search() -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    _, home, _ = demand(setting()).search(u)
    share = np.bincount(home, minlength=5) / len(u)
    # Weights of the pilot's riders a resident: 0.52 over its 2 x 1180 young, 0.28 over its 2 x 500 of 40-59 (nobody else lives here).
    young, middle = 0.52 / 2360, 0.28 / 1000
    weight = np.array([young * YOUNG[k] + middle * 100 for k in (FARM, MOOR, ISLE)])
    assert share[[FARM, MOOR, ISLE]] == pytest.approx(weight / weight.sum(), abs=1e-3)
    assert share[[STATION, VILLAGE]].sum() == 0


def test_a_municipality_with_the_pilots_residents_has_riders_of_the_pilots_ages() -> None:
    one = demand(setting())
    everywhere = np.repeat(np.arange(5), 1000)
    u = np.tile((np.arange(1000) + 0.5) / 1000, 5)
    bands = one.ages(everywhere, u)
    weight = np.array(YOUNG) * 0.52 / 2360 / (np.array(YOUNG) * 0.52 / 2360 + 100 * 0.28 / 1000)
    for place in range(5):
        assert np.mean(bands[everywhere == place] == 1) == pytest.approx(weight[place], abs=2e-3)


def test_day_types_know_saturdays_sundays_and_holidays() -> None:
    kinds = day_types(YEAR)
    assert kinds[0] == 2  # New Year's Day 2020, a Wednesday
    assert kinds[[1, 2, 3, 4]].tolist() == [0, 0, 1, 2]  # Thursday, Friday, Saturday, Sunday


def test_the_users_transfer_points_go_before_all_stations_and_unknown_ones_list_those_near() -> None:
    holbaek_region = build_region("0316", year=2020)
    assert transfer_points(holbaek_region, ["tølløse", "Jyderup"]).names == ("Tølløse", "Jyderup")
    everything = transfer_points(holbaek_region)
    assert {"Holbæk", "Jyderup", "Tølløse"} <= set(everything.names)
    assert len(set(everything.place.tolist())) == len(everything)
    with pytest.raises(InputError, match="måske Jyderup"):
        transfer_points(holbaek_region, ["Jyderap"])


def test_without_transfer_points_nobody_can_walk_to_one() -> None:
    one = demand(setting(points=no_points()))
    assert len(one.transfers) == 0
    assert one.trips > demand(setting()).trips  # station and village now have an offer too
