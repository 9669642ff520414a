"""What a duty is paid and how it falls on its trips, by hand and to the last part of an oere."""

from fractions import Fraction

import numpy as np
import pytest
from instances import random_world, variable
from numpy.typing import NDArray

from sim.road.dispatch.plan import (
    GARANTIVOGN,
    R_DESTINATION,
    R_ORIGIN,
    R_PASSENGERS,
    V_CONTRACT,
    V_FROM,
    V_UNTIL,
    V_WEEKEND,
)
from sim.road.kernel import EventLog, Kind
from sim.road.stops import stops_and_duties
from sim.study.accounts.operator import OperatorRates, duty_payments, start_payments, trip_payments, unused_payment
from tariffs import VariabelRates
from tariffs.operator_payment import GarantivognRates

# 40 kr a start; on weekdays 10 oere a second driving and 5 waiting, on weekends 12 and 6.
# A garantivogn gets 8 oere a second on weekdays and 9 on weekends.
RATES = OperatorRates(
    VariabelRates(4000, 36_000, 43_200, 18_000, 21_600), GarantivognRates(28_800, 32_400), Fraction(1, 2), 0
)
ONE_VARIABLE = variable((0, 4, 0, 0))
PARTS = 3600
"""Parts of an oere."""
Events = list[tuple[int, Kind, int, int, int]]


def parts(
    events: Events, direct_s: list[int], *, weekend: bool = False, vehicles: NDArray[np.int64] = ONE_VARIABLE
) -> tuple[list[int], list[int]]:
    """Return what the duties are paid and what falls on each request, in parts of an oere; party of 1 each."""
    n = len(direct_s)
    stops, duties = stops_and_duties(EventLog(np.array(events)), np.zeros(n, np.int64), np.ones(n, np.int64), vehicles)
    days = np.array([weekend])
    return (
        duty_payments(duties, RATES, days).tolist(),
        trip_payments(stops, duties, RATES, days, np.array(direct_s), n).tolist(),
    )


TWO_TRIPS: Events = [
    (0, Kind.DUTY_START, 0, 0, 0),
    (600, Kind.AT_PICKUP, 0, 0, 600),
    (720, Kind.PICKED_UP, 0, 0, 60),  # after waiting 60 s
    (1920, Kind.AT_DROPOFF, 0, 0, 1200),
    (1950, Kind.DROPPED_OFF, 0, 0, 30),
    (2250, Kind.AT_PICKUP, 1, 0, 300),
    (2460, Kind.PICKED_UP, 1, 0, 60),  # after waiting 150 s
    (3360, Kind.AT_DROPOFF, 1, 0, 900),
    (3420, Kind.DROPPED_OFF, 1, 0, 60),
    (3420, Kind.DUTY_END, 1, 0, 0),
]


def test_a_duty_of_two_trips_by_hand() -> None:
    """Start 4000, driving 600 + 1200 + 300 + 900 = 3000 s, service 210 s, waiting 60 + 150 = 210 s.

    Paid 4000 + 30,000 + 2100 + 1050 = 37,150 oere. Boarding and alighting of their own: 90 s = 900 and 120 s = 1200. The
    rest, 35,050, by direct drive and approach, 1200 + 600 against 900 + 300, three fifths and two: 21,030 and 14,020.
    """
    duties, trips = parts(TWO_TRIPS, [1200, 900])
    assert duties == [37_150 * PARTS]
    assert trips == [21_930 * PARTS, 15_220 * PARTS]


def test_the_same_duty_on_a_weekend_costs_the_weekend_rates() -> None:
    """4000 + 3000 * 12 + 210 * 12 + 210 * 6 = 43,780; own 1080 and 1440; the rest 41,260 in three fifths and two."""
    duties, trips = parts(TWO_TRIPS, [1200, 900], weekend=True)
    assert duties == [43_780 * PARTS]
    assert trips == [(1080 + 24_756) * PARTS, (1440 + 16_504) * PARTS]


def test_a_trip_in_vain_pays_its_wait_and_its_approach() -> None:
    """Start 4000, driving 600 + 900 + 300 = 1800 s, service 60 + 30 + 300 = 390 s: 25,900 oere.

    Own: 900, and 3000 for waiting in vain. The rest, 22,000, by 600 + 900 against the approach of 300 alone, five sixths
    and one; the direct drive of the trip in vain, 5000 s, was not driven.
    """
    events = [
        (0, Kind.DUTY_START, 0, 0, 0),
        (600, Kind.AT_PICKUP, 0, 0, 600),
        (660, Kind.PICKED_UP, 0, 0, 60),
        (1560, Kind.AT_DROPOFF, 0, 0, 900),
        (1590, Kind.DROPPED_OFF, 0, 0, 30),
        (1890, Kind.AT_PICKUP, 1, 0, 300),
        (2190, Kind.IN_VAIN, 1, 0, 300),
        (2190, Kind.DUTY_END, 1, 0, 0),
    ]
    duties, trips = parts(events, [900, 5000])
    assert duties == [25_900 * PARTS]
    assert trips == [900 * PARTS + 22_000 * PARTS * 5 // 6, 3000 * PARTS + 22_000 * PARTS // 6]
    assert sum(trips) == duties[0]


def test_nobody_pays_an_approach_with_others_on_board() -> None:
    """Row 1 gets in where row 0 rides already, and row 2 does not come: only row 0 has an approach.

    Driving 600 + 300 + 200 + 400 + 500 = 2000 s, service 60 + 60 + 100 + 30 + 30 = 280 s: 4000 + 22,800 = 26,800. Own
    900, 900 and 1000; the rest, 24,000, by 600 + 1000 against 800 against nothing: two thirds and one third.
    """
    events = [
        (0, Kind.DUTY_START, 0, 0, 0),
        (600, Kind.AT_PICKUP, 0, 0, 600),
        (660, Kind.PICKED_UP, 0, 0, 60),
        (960, Kind.AT_PICKUP, 1, 0, 300),
        (1020, Kind.PICKED_UP, 1, 0, 60),
        (1220, Kind.AT_PICKUP, 2, 0, 200),
        (1320, Kind.IN_VAIN, 2, 0, 100),
        (1720, Kind.AT_DROPOFF, 0, 0, 400),
        (1750, Kind.DROPPED_OFF, 0, 0, 30),
        (2250, Kind.AT_DROPOFF, 1, 0, 500),
        (2280, Kind.DROPPED_OFF, 1, 0, 30),
        (2280, Kind.DUTY_END, 1, 0, 0),
    ]
    duties, trips = parts(events, [1000, 800, 700])
    assert duties == [26_800 * PARTS]
    assert trips == [16_900 * PARTS, 8900 * PARTS, 1000 * PARTS]


def test_a_duty_in_vain_next_to_the_base_still_pays_its_start() -> None:
    events = [
        (0, Kind.DUTY_START, 0, 0, 0),
        (0, Kind.AT_PICKUP, 0, 0, 0),
        (100, Kind.IN_VAIN, 0, 0, 100),
        (100, Kind.DUTY_END, 0, 0, 0),
    ]
    assert parts(events, [500]) == ([5000 * PARTS], [5000 * PARTS])


A_GARANTIVOGN = ONE_VARIABLE.copy()
A_GARANTIVOGN[0, [V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND]] = GARANTIVOGN, 0, 7200, 0


def test_the_hours_of_a_garantivogn_fall_on_its_trips_idle_ones_too() -> None:
    """Two hours at 8 oere a second: 57,600 oere, whatever is driven. Own: 90 s = 720 and 120 s = 960.

    The rest, 55,920, by 1200 + 600 against 900 + 300: three fifths and two.
    """
    guaranteed = [e for e in TWO_TRIPS if e[1] != Kind.DUTY_END]
    duties, trips = parts(guaranteed, [1200, 900], vehicles=A_GARANTIVOGN)
    assert duties == [57_600 * PARTS]
    assert trips == [(720 + 33_552) * PARTS, (960 + 22_368) * PARTS]


def test_days_on_which_nobody_rides_with_a_garantivogn_are_paid_to_it_and_belong_to_no_trip() -> None:
    """Of three days one is worked and one a weekend: the vehicle that is off then has one unused day, the other two.

    Two hours at 8 oere a second are 57,600 oere, at 9 on the weekend 64,800.
    """
    fleet = np.concatenate([ONE_VARIABLE, A_GARANTIVOGN, A_GARANTIVOGN])
    fleet[2, V_WEEKEND] = 1
    events = [(at, kind, row, 1, seconds) for at, kind, row, _, seconds in TWO_TRIPS if kind != Kind.DUTY_END]
    n = np.zeros(2, np.int64)
    _, duties = stops_and_duties(EventLog(np.array(events)), n, n + 1, fleet)
    weekend = np.array([False, False, True])
    assert unused_payment(fleet, duties, RATES, weekend) == PARTS * (57_600 + 2 * 57_600 + 64_800)


def test_the_start_fee_within_a_trips_part_follows_the_rest_of_the_duty() -> None:
    """4000 oere, three fifths and two; a garantivogn has no start fee."""
    n = np.zeros(2, np.int64)
    direct = np.array([1200, 900])
    for fleet, expected in ((ONE_VARIABLE, [2400.0, 1600.0]), (A_GARANTIVOGN, [0.0, 0.0])):
        stops, duties = stops_and_duties(EventLog(np.array(TWO_TRIPS)), n, n + 1, fleet)
        assert start_payments(stops, duties, RATES, direct, 2) == pytest.approx(np.array(expected) * PARTS)


def test_no_duties_cost_nothing() -> None:
    assert parts([(0, Kind.DECLINED, 0, -1, 0)], [500]) == ([], [0])


@pytest.mark.parametrize("guaranteed", [0.0, 0.5], ids=["variable", "with garantivogne"])
@pytest.mark.parametrize("seed", range(20))
def test_every_part_of_an_oere_of_a_duty_falls_on_its_trips_and_on_nobody_else(seed: int, guaranteed: float) -> None:
    world = random_world(
        seed, requests=150, vehicles=4, places=15, days=2, noise=True, in_vain_share=0.1, guaranteed=guaranteed
    )
    work = world.work
    log = world.run()
    stops, duties = stops_and_duties(log, work.service_day, work.planner[:, R_PASSENGERS], world.vehicles)
    weekend = np.arange(20) == 15
    direct = world.drive_s[work.planner[:, R_ORIGIN], work.planner[:, R_DESTINATION]].astype(np.int64)
    trips = trip_payments(stops, duties, RATES, weekend, direct, 150)
    paid = duty_payments(duties, RATES, weekend)
    per_duty = [0] * len(paid)
    for request, number in {(int(r), int(d)) for r, d in zip(stops.request, stops.duty, strict=True)}:
        per_duty[number] += int(trips[request])
    assert per_duty == paid.tolist()
    assert int(trips.sum()) == int(paid.sum())
    served = np.zeros(150, dtype=bool)
    served[stops.request] = True
    assert not trips[~served].any()
    # Everybody pays at least the own boarding, alighting or waiting in vain.
    own = np.zeros(150, dtype=np.int64)
    hour = np.where(
        duties.contract[stops.duty] == GARANTIVOGN,
        np.where(weekend[work.service_day[stops.request]], 32_400, 28_800),
        np.where(weekend[work.service_day[stops.request]], 43_200, 36_000),
    )
    np.add.at(own, stops.request, stops.service_s * hour)
    assert (trips >= own).all()


def test_the_planner_counts_what_the_operator_is_paid() -> None:
    """Driving and waiting by the plan and a start for each duty, with service on top, are the operator's pay."""
    world = random_world(3, requests=60, vehicles=3, places=10)
    rates = np.array([[[4000 * PARTS, 36_000, 18_000]]] * 16, dtype=np.int64)
    log = type(world)(world.work, world.vehicles, world.drive_s, rates).run()
    stops, duties = stops_and_duties(log, world.work.service_day, world.work.planner[:, R_PASSENGERS], world.vehicles)
    start, driving, waiting = rates[0, 0]
    planned = start + driving * duties.drive_s + waiting * duties.wait_s
    paid = duty_payments(duties, RATES, np.zeros(16, bool))
    assert (paid - planned == duties.service_s * 36_000).all()
    assert len(stops.request) > 20
