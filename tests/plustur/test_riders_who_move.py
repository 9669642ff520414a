"""Where plusture go, who leaves flextur for plustur, and what that does to the fee: by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from plustur_world import FARM, ISLE, MOOR, STATION, VILLAGE, no_points, small_region
from test_offer_and_level import assumptions, demand, setting

from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.pattern_sums import Part
from sim.riders.demand.places import plustur_pairs
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.trip_pattern import TourKind, trip_pattern
from sim.riders.plustur.moved import moves_to_plustur, moving_share, served_ends
from sim.riders.plustur.transfers import TransferPoints
from sim.study.plustur import fee_under, moved_online
from sim.study.prepare import prepare

INSIDE = np.ones(5, dtype=bool)
REGION = small_region()
PATTERN = trip_pattern(
    replace(REGION, older=REGION.population / 5), assumptions(), served=np.ones(len(REGION.population), dtype=bool)
)


def where(plustur, homes: list[int], uniform: float) -> tuple[np.ndarray, np.ndarray]:
    model = SimpleNamespace(region=REGION, plustur=plustur, pattern=PATTERN, assumptions=assumptions())
    return plustur_pairs(model, np.array(homes, dtype=np.int32), np.full(len(homes), uniform))


def two_points() -> TransferPoints:
    return TransferPoints(("Station", "Mose"), np.array([STATION, MOOR], np.int32), np.zeros(2), np.zeros(2))


def test_plustur_goes_to_the_nearest_transfer_point_or_at_times_the_second() -> None:
    plustur = demand(setting(points=two_points()))
    assert where(plustur, [FARM, ISLE], 0.9)[1].tolist() == [
        STATION,
        MOOR,
    ]  # the farm lies midway; the first named wins
    assert where(plustur, [FARM, ISLE], 0.1)[1].tolist() == [
        MOOR,
        MOOR,
    ]  # the isle's second, 20 km off, is out of reach
    near = demand(setting(points=two_points()), plustur_transfer_reach_km=25.0)
    assert where(near, [ISLE], 0.1)[1].tolist() == [STATION]


def test_door_to_door_where_no_transfer_point_is_within_reach() -> None:
    plustur = demand(setting())
    # 20 km from the station: where tours in the municipality go, and that is mostly close to home.
    assert ISLE in {where(plustur, [ISLE], u)[1][0] for u in np.linspace(0, 0.999, 50)}
    assert {where(plustur, [FARM], u)[1][0] for u in np.linspace(0, 0.999, 50)} == {STATION}


def test_without_transfer_points_every_ride_is_door_to_door() -> None:
    plustur = demand(setting(points=no_points()))
    kind, destination = where(plustur, [STATION, FARM, ISLE], 0.0)
    assert destination.tolist() == [STATION, STATION, STATION]  # the first place of the line has u = 0
    assert kind.tolist() == [TourKind.TOWN, TourKind.INSIDE, TourKind.INSIDE]


def test_only_local_tours_with_an_end_at_a_transfer_point_that_are_not_standing_can_move() -> None:
    plustur = replace(demand(setting()), moving_share=0.5)
    inside = np.array([True, True, True, True, False])
    origin = np.array([FARM, FARM, STATION, STATION, STATION, STATION])
    destination = np.array([STATION, VILLAGE, FARM, FARM, FARM, ISLE])
    standing = np.array([False, False, False, True, False, False])
    uniform = np.array([0.1, 0.1, 0.1, 0.1, 0.6, 0.1])
    moves = moves_to_plustur(plustur, inside, origin, destination, standing, uniform)
    assert moves.tolist() == [True, False, True, False, False, False]


def test_without_transfer_points_any_local_tour_can_move() -> None:
    assert served_ends(demand(setting(points=no_points())).transfers, INSIDE).all()
    assert np.flatnonzero(served_ends(demand(setting()).transfers, INSIDE)).tolist() == [STATION]


def test_the_moving_share_is_the_tours_wanted_over_those_that_could_move() -> None:
    """400 tours inside x half of them at the station x 80 % that ride x 90 % not standing = 144; 36 of them move."""
    there = 400.0 * Part(share=0.5, in_town=0.0).riding({PlaceClass.IN_TOWN: 0.3, PlaceClass.INSIDE: 0.8})
    assert moving_share(there, 0.1, 36.0) == pytest.approx(0.25)
    assert moving_share(there, 0.1, 300.0) == 1.0  # no more than there are
    assert moving_share(0.0, 0.1, 36.0) == 0.0


def test_the_fee_falls_by_the_calls_saved() -> None:
    """27.3 moved trips x 1.2 passengers x 62 % by phone, of 6,000 passengers: 0.34 points more online."""

    def study(**values):
        options = [parse_option("I dag: kommunetakst"), parse_option("Plus: kommunetakst, plustur")]
        return prepare(
            build_scenario({"municipality": "0316", "options": options, "passengers": 6000.0, **values}, "test"), "0316"
        )

    flat = {"plustur_size_exponent": 0.0, "plustur_trips_per_month": 9.1, "plustur_moved_share": 0.25}
    flat["price_level"] = 2017.0
    own = study(assumptions=flat, fee_pooling="municipality")
    today, plus = own.packages
    moved = 12 * 9.1 * 0.25 * 1.2 / 6000 * 0.62
    assert moved == pytest.approx(0.003385, abs=1e-6)
    assert moved_online(own, plus) == pytest.approx(moved, rel=1e-9)
    # 0.83 calls x 17.20 kr saved for each: 4.8 oere a passenger on the municipality's own fee, 290 kr on 6,000.
    assert float(fee_under(own, today)) == 3450
    assert float(fee_under(own, plus)) == pytest.approx(3450 - 0.83 * 1720 * moved, abs=1e-6)
    assert float(fee_under(own, today) - fee_under(own, plus)) * 6000 / 100 == pytest.approx(290, abs=1)
    # Pooled over Movia's 389,000 it is 6,000 / 389,000 of that: 4.5 kr a year.
    pooled = study(assumptions=flat)
    assert float(3450 - fee_under(pooled, plus)) == pytest.approx(0.83 * 1720 * moved * 6000 / 389_000, abs=1e-6)
    assert float(3450 - fee_under(pooled, plus)) * 6000 / 100 == pytest.approx(4.5, abs=0.05)
    off = study(assumptions=flat, fee_pooling="municipality", switches={"plustur_fee_effect": "false"})
    assert fee_under(off, plus) == 3450
    nobody = study(assumptions=flat | {"plustur_moved_share": 0.0}, fee_pooling="municipality")
    assert fee_under(nobody, plus) == 3450
