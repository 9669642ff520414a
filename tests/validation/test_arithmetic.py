"""The arithmetic between simulation and target, by hand."""

from datetime import date

import numpy as np
import pytest

from sim.evidence.validation import common_numbers, conserved, totals_2017, trials, years
from sim.evidence.validation.runs import repriced
from tariffs import Level, load_price_book


def test_a_ratio_over_tours_by_hand() -> None:
    # Tours: (x, y) = (1, 2), (1, 1), (0, 1); r = 2/4; residuals x - y/2 = 0, 1/2, -1/2; sum of squares 1/2, over 4
    tour = np.array([0, 0, 1, 2])
    m = totals_2017.moments(tour, np.array([1, 0, 1, 0]), np.array([1, 1, 1, 1]))
    assert m.tolist() == [2, 4, 2, 3, 6]
    assert totals_2017.ratio([m], [1.0]) == pytest.approx((0.5, 0.5**0.5 / 4))


def test_a_total_has_the_standard_error_of_a_poisson_number_of_tours() -> None:
    # Two tours of 3 and 4 passengers, counted with weight 1/2: total 3.5, error sqrt(1/4 * 25)
    m = totals_2017.moments(np.array([0, 1]), np.array([3, 4]), np.ones(2))
    assert totals_2017.total([m], [0.5]) == (3.5, 2.5)


def test_cost_goes_with_trips_along_the_line() -> None:
    # What remains costs 0.8 of before whatever falls away: 40 % fewer trips cost 1 - 0.6 * 0.8 = 52 % less
    trips = np.array([-30.0, -45.0, -60.0])
    cost = 100 * ((1 + trips / 100) * 0.8 - 1)
    assert trials.cost_at(trips, cost, -40.0).mean == pytest.approx(-52.0)


def test_only_draws_with_the_published_trip_effect_speak_of_the_cost() -> None:
    some = trials.Trial("0360", np.array([-80.0, -85.0, -92.0]), np.array([-1.0, -2.0, -3.0]), np.ones(3), np.ones(3))
    assert trials.within(some, -92.0, -85.0).tolist() == [-2.0, -3.0]


def test_equal_runs_and_a_constant_difference() -> None:
    base = np.array([1.0, 2.0, 3.0])
    # Var(base) = 1, option = 2 * base: Var = 4, the difference base: Var = 1, so (1 + 4) / 1
    assert common_numbers.times_smaller(base, 2 * base) == pytest.approx(5.0)


def test_prices_are_changed_from_the_day_on_and_not_before() -> None:
    day = date(2019, 12, 1)
    book = load_price_book()
    dearer = repriced(book, day, common_numbers.dearer)
    assert dearer.level(Level.KOMMUNETAKST, date(2019, 11, 30)).amount == 2400
    assert dearer.level(Level.KOMMUNETAKST, day).amount == 2520
    assert dearer.level(Level.GRUNDTAKST, date(2020, 7, 1)).amount == 3780
    assert dearer.level(Level.PLUSTUR, day).amount == book.level(Level.PLUSTUR, day).amount


def test_the_fares_of_2015_are_24_kr_and_six_a_kilometre() -> None:
    book = load_price_book()
    prices = {key: years.price_of(book.parameters[f"flextur/{key}"], date(2015, 7, 1))
              for key in ("grundtakst", "kilometertakst_fra_km_11", "kilometertakst_fra_km_21")}  # fmt: skip
    assert prices == {"grundtakst": 2400, "kilometertakst_fra_km_11": 600, "kilometertakst_fra_km_21": 600}


def test_unit_cost_weighs_the_municipalities() -> None:
    one = np.zeros((1, 8), dtype=np.int64)
    one[0, 3], one[0, 7] = 10, 100_000  # 10 passengers, 1,000 kr
    two = np.zeros((1, 8), dtype=np.int64)
    two[0, 3], two[0, 7] = 30, 600_000
    # (1,000 + 6,000 / 2) / (10 + 30 / 2) = 4,000 / 25
    assert years.unit_costs([one, two], [1.0, 0.5]).tolist() == [160.0]


STOPS = {
    "duty": np.array([0, 0, 0, 0]),
    "kind": np.array(["pickup", "pickup", "dropoff", "dropoff"]),
    "request_id": np.array([7, 8, 7, 8]),
    "load": np.array([1, 3, 2, 0]),
    "done_s": np.array([100, 160, 400, 500]),
}
TRIPS = {"request_id": np.array([7, 8]), "passengers": np.array([1, 2])}


def test_littles_law_stop_for_stop_and_trip_for_trip() -> None:
    # by stop: 1 * 60 + 3 * 240 + 2 * 100 = 980; by trip: 1 * 300 + 2 * 340 = 980
    assert conserved.little_off(STOPS, TRIPS) == 0
    assert conserved.little_off(STOPS, {**TRIPS, "passengers": np.array([1, 1])}) == 340


def test_a_passenger_left_in_the_car_is_found() -> None:
    assert conserved.left_in_the_car(STOPS) == 0
    assert conserved.left_in_the_car({**STOPS, "load": np.array([1, 3, 2, 1])}) == 1


def test_the_sets_whose_money_is_counted_depend_on_the_seed_alone() -> None:
    assert conserved.chosen(4, 1) == conserved.chosen(4, 1) != conserved.chosen(4, 2)
