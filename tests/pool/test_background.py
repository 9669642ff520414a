"""The referred traffic: how much, who and when; and that it is nobody else's business."""

import math
from fractions import Fraction

import numpy as np
import pytest

from sim.geography.municipalities import movia_municipalities
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.times import DAY_S
from sim.road.dispatch.plan import (
    GARANTIVOGN,
    R_EARLIEST,
    V_CONTRACT,
    V_FROM,
    V_GROUP,
    V_LIFT,
    V_UNTIL,
    V_WEEKEND,
    VARIABEL,
)
from sim.road.pool import Background, draw_pool
from sim.road.pool.background import bookings_a_weekday, bookings_a_year, draw_background, flexhandicap_share
from sim.study.drive import background_work
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs.errors import InputError
from tests.pool.conftest import holbaek


def background(study: Study, replication: int = 0) -> Background:
    return draw_background(study.region, study.year, study.assumptions, seed=1, replication=replication)


def test_the_referred_bookings_are_movias_by_population(study: Study) -> None:
    """A tenth of 3.15 M passengers less the quarter with flexrute, which is planned apart; 1.1 in a booking."""
    share = Fraction(study.region.municipality.population_2020, sum(m.population_2020 for m in movia_municipalities()))
    expected = float(share) * 3_150_000 * 0.75 / 1.1 / 10
    assert bookings_a_year(study.region, study.assumptions) == pytest.approx(expected)
    drawn = [len(background(study, replication)) for replication in range(5)]
    # A tour of 1.92 bookings on average: the count's standard deviation is about 1.9 times the tours' root.
    assert np.mean(drawn) == pytest.approx(expected, abs=4 * 2 * math.sqrt(expected / 1.92) / math.sqrt(5))


def test_flexhandicap_is_the_published_number_of_trips_and_its_part_of_the_pool(study: Study) -> None:
    """145.1 M kr at 227 and at 170 kr a trip are 639,000 and 854,000 trips; of 3.15 M referred, a quarter of them flexrute's."""
    register = study.assumptions
    low, high = (
        3_150_000 * end for end in (register["pool_flexhandicap_share"].low, register["pool_flexhandicap_share"].high)
    )
    assert (low, high) == pytest.approx((145_100_000 / 227, 145_100_000 / 170), rel=0.02)
    assert flexhandicap_share(register) == pytest.approx(0.235 / 0.75)
    drawn = np.concatenate([background(study, n).flexhandicap for n in range(5)])
    # Both ways of a tour are the same rider's: 1.92 bookings to a tour.
    assert drawn.mean() == pytest.approx(0.3133, abs=4 * math.sqrt(0.3133 * 0.6867 * 1.92 / len(drawn)))


def test_two_thirds_with_aids_is_flexhandicaps_alone(study: Study) -> None:
    """66 % with an aid, wheelchairs counted; of the others 30 % with aids or 12 % in a wheelchair: 1 - 0.7 x 0.88 = 38.4 %."""
    all_of = [background(study, n) for n in range(5)]
    flexhandicap = np.concatenate([b.flexhandicap for b in all_of])
    with_aid = np.concatenate([b.boarding_s for b in all_of]) > study.assumptions.number("boarding_s")
    for rows, expected in ((flexhandicap, 0.66), (~flexhandicap, 0.384)):
        chance = math.sqrt(expected * (1 - expected) * 1.92 / rows.sum())
        assert with_aid[rows].mean() == pytest.approx(expected, abs=4 * chance)


def test_flexhandicap_lives_where_the_older_live_and_rides_about_thirteen_km(study: Study) -> None:
    b, other = background(study), background(holbaek(flexhandicap_older_share=0.0))
    mine = b.flexhandicap
    assert np.array_equal(b.flexhandicap, other.flexhandicap)
    # Only flexhandicap's own homes move with its share of older riders.
    assert np.array_equal(b.origin[~mine], other.origin[~mine])
    assert not np.array_equal(b.origin[mine], other.origin[mine])
    # 13 km is a check, not a fit: Holbæk is a large municipality.
    km = study.region.fare_distance_m[b.origin[mine], b.destination[mine]].mean() / 1000
    assert 11 < km < 16


def test_more_flexrute_and_flexhandicap_than_there_are_referred_is_refused() -> None:
    with pytest.raises(InputError, match="tilsammen mere end alle visiterede"):
        holbaek(pool_flexrute_share=0.8, pool_flexhandicap_share=0.3)


def test_every_way_home_follows_its_way_out_on_the_same_day_and_ends_where_it_began(study: Study) -> None:
    b = background(study)
    home = np.flatnonzero(b.outbound_row >= 0)
    out = b.outbound_row[home]
    assert (out == home - 1).all()
    assert (b.origin[home] == b.destination[out]).all()
    assert (b.destination[home] == b.origin[out]).all()
    assert (b.service_day[home] == b.service_day[out]).all()
    assert (b.wished_s[home] >= b.wished_s[out] + b.direct_s[out]).all()
    assert len(home) / (len(b) - len(home)) == pytest.approx(0.92, abs=0.02)


def test_bookings_come_in_the_order_asked_within_the_booking_rules(study: Study) -> None:
    b = background(study)
    assert (np.diff(b.asked_at_s) >= 0).all()
    assert (b.asked_at_s >= (b.service_day - 14) * DAY_S).all()
    work = background_work(study, b)
    earliest = b.service_day * DAY_S + work.planner[:, R_EARLIEST]
    assert (earliest - b.asked_at_s >= 2 * 3600 - 15 * 60).all()


def test_homes_lie_inside_and_the_assumed_share_goes_beyond_the_border(study: Study) -> None:
    b = background(study)
    out = b.outbound_row < 0
    assert study.region.inside[b.origin[out]].all()
    assert (~study.region.inside[b.destination[out]]).mean() == pytest.approx(0.35, abs=0.03)


def test_it_is_the_same_whatever_flextur_is(study: Study) -> None:
    """Other options, another number of passengers and other flextur habits leave it alone, to the last bit."""
    other = holbaek(town_share=0.4, return_share=0.7, distance_decay_km=4.0)
    for mine, theirs in zip(vars(background(study)).values(), vars(background(other)).values(), strict=True):
        assert np.array_equal(mine, theirs)
    assert not np.array_equal(background(study, 0).origin[:50], background(study, 1).origin[:50])


def test_the_bookings_of_some_days_keep_their_tours_whole(study: Study) -> None:
    b = background(study)
    days = np.zeros(study.year.days, dtype=bool)
    days[[20, 21, 22]] = True
    some = b.among(days)
    assert len(some) == np.isin(b.service_day, [20, 21, 22]).sum() > 50
    home = np.flatnonzero(some.outbound_row >= 0)
    assert (some.origin[home] == some.destination[some.outbound_row[home]]).all()


def test_without_referred_traffic_there_is_none_and_no_garantivogn() -> None:
    alone = holbaek(pool_scale=0.0)
    pool = draw_pool(alone.region, alone.year, alone.assumptions, flextur_a_day=30, seed=1, replication=0)
    assert len(pool.background) == 0
    assert (pool.fleet[:, V_CONTRACT] == VARIABEL).all()


def test_garantivogne_are_sized_to_their_share_of_a_weekday() -> None:
    """Half the weekday's bookings at 2 an hour in 10 hours of duty; a fifth of them work on weekends."""
    whole = holbaek(pool_scale=1.0)
    weekday = bookings_a_weekday(whole.region, whole.year, whole.assumptions)
    assert 172 < weekday < 218
    pool = draw_pool(whole.region, whole.year, whole.assumptions, flextur_a_day=30, seed=1, replication=0)
    guaranteed = pool.fleet[pool.fleet[:, V_CONTRACT] == GARANTIVOGN]
    assert len(guaranteed) == round(weekday * 0.5 / (2 * 10))
    assert guaranteed[:, V_WEEKEND].sum() == round(len(guaranteed) * 0.2)
    assert set(guaranteed[:, V_FROM].tolist()) == {6.5 * 3600}
    assert set(guaranteed[:, V_UNTIL].tolist()) == {16.5 * 3600}
    assert guaranteed[:, V_LIFT].any()


def test_vehicles_of_one_group_are_alike_and_next_to_each_other() -> None:
    whole = holbaek(pool_scale=1.0)
    fleet = draw_pool(whole.region, whole.year, whole.assumptions, flextur_a_day=30, seed=1, replication=0).fleet
    others = [tuple(row) for row in np.delete(fleet, V_GROUP, axis=1).tolist()]
    for number in range(1, len(fleet)):
        same = fleet[number, V_GROUP] == fleet[number - 1, V_GROUP]
        assert same == (others[number] == others[number - 1])
    assert (np.diff(fleet[:, V_GROUP]) >= 0).all()


def test_rehabilitation_leaves_the_pool_from_2027_only_where_it_is_chosen() -> None:
    asked = {
        "municipality": "0316",
        "options": [parse_option("I dag: kommunetakst")],
        "assumptions": {"pool_leaving_share": 0.2},
    }
    stays, leaves = (prepare(build_scenario({**asked, "year": year}, "test"), "0316") for year in (2026, 2027))
    off = prepare(build_scenario({**asked, "assumptions": {}, "year": 2027}, "test"), "0316")
    before, after, none = (bookings_a_year(study.region, study.assumptions) for study in (stays, leaves, off))
    assert after == pytest.approx(0.8 * before)
    assert none == pytest.approx(before)
    assert any("Region Østdanmark" in note for note in leaves.notes)
    assert not any("Region Østdanmark" in note for note in (*stays.notes, *off.notes))
