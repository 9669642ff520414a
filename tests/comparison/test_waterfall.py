"""The change in net cost taken apart: by hand on a few trips, and exactly in every replication of a small comparison."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.compare import Comparison, compare
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.road.kernel import Kind
from sim.study.accounts.account import TripAccount
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS, waterfall_parts

TRIP, GONE = Kind.DROPPED_OFF, Kind.DECLINED


def ran(*trips: tuple[int, bool, Kind, int, int, int]) -> Any:
    """Return a run of trips: request, plustur, outcome, fare, operator payment and fee in oere."""
    request, plustur, outcome, fare, payment, fee = (np.array(column) for column in zip(*trips, strict=True))
    return SimpleNamespace(
        requests=SimpleNamespace(request_id=request, plustur=plustur.astype(bool)),
        outcome=outcome,
        account=TripAccount(fare, payment, fee),
    )


def parts(before: Any, after: Any) -> dict[str, int]:
    return dict(zip(WATERFALL_KEYS, waterfall_parts(before, after).tolist(), strict=True))


def test_a_lost_trip_loses_its_fare_and_a_dearer_one_pays_more() -> None:
    before = ran((7, False, TRIP, 4800, 9000, 3450), (8, False, TRIP, 4800, 8000, 3450))
    after = ran((7, False, TRIP, 6000, 9500, 3450), (8, False, GONE, 0, 0, 0))
    # Trip 8 paid 48 kr. and no more: +48. Trip 7 pays 12 kr. more: -12. Payment 170 -> 95 kr., fee 69 -> 34.50 kr.
    assert parts(before, after) == {
        "fewer_trips": 4800, "higher_fares": -1200, "operator_payment": -7500, "movia_fee": -3450, "plustur": 0,
    }  # fmt: skip


def test_added_trips_bring_their_fare_and_cheaper_ones_pay_less() -> None:
    before = ran((1, False, TRIP, 4800, 9000, 3450), (2, False, GONE, 0, 0, 0))
    after = ran((1, False, TRIP, 2400, 9000, 3450), (2, False, TRIP, 2700, 7000, 3450))
    # Trip 2 is new and pays 27 kr.: -27. Trip 1 pays 24 kr. less: +24.
    assert parts(before, after) == {
        "fewer_trips": -2700, "higher_fares": 2400, "operator_payment": 7000, "movia_fee": 3450, "plustur": 0,
    }  # fmt: skip


def test_a_trip_in_vain_costs_its_drive_and_pays_nothing_so_it_is_payment_alone() -> None:
    before = ran((1, False, TRIP, 3600, 9000, 3450))
    after = ran((1, False, Kind.IN_VAIN, 0, 4000, 0))
    assert parts(before, after)["fewer_trips"] == 3600
    assert parts(before, after)["operator_payment"] == -5000


def test_plusturs_three_amounts_are_one_part_and_the_flextur_it_replaces_is_a_lost_trip() -> None:
    before = ran((1, False, TRIP, 3600, 9000, 3450), (2, True, GONE, 0, 0, 0))
    after = ran((2, True, TRIP, 2100, 8000, 3400))
    # Plustur: 80 - 21 + 34 = 93 kr.; flextur: the fare of 36 kr. is lost, 90 and 34.50 kr. are not paid.
    assert parts(before, after) == {
        "fewer_trips": 3600, "higher_fares": 0, "operator_payment": -9000, "movia_fee": -3450, "plustur": 9300,
    }  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Comparison:
    options = (
        "I dag: kommunetakst, bytakst=low", "Bytakst 60: kommunetakst, bytakst=high", "Uden: kommunetakst",
        "Plus: kommunetakst, bytakst=low, plustur", "I dag igen: kommunetakst, bytakst=low",
    )  # fmt: skip
    values = {"passengers": 1500.0, "draws": 3, "min_replications": 2, "max_replications": 2}
    scenario = build_scenario({"municipality": "0316", "options": [parse_option(o) for o in options], **values}, "test")
    return compare(prepare(scenario, "0316"), workers=1)


def test_the_parts_are_the_change_in_net_cost_to_the_oere_in_every_replication(small: Comparison) -> None:
    for r in small.samples.central + small.samples.drawn:
        moved = r.year[:, Measure.NET_COST] - r.year[0, Measure.NET_COST]
        assert r.waterfall.sum(axis=1).tolist() == moved.tolist()
        assert not r.waterfall[0].any()
        assert not r.waterfall[4].any()


def test_the_published_means_sum_to_the_change_in_net_cost(small: Comparison) -> None:
    options: Any = small.json["options"]
    assert options[0]["waterfall"] is None
    for option in options[1:]:
        assert [part["id"] for part in option["waterfall"]] == list(WATERFALL_KEYS)
        whole = sum(part["oere"]["mean"] for part in option["waterfall"])
        assert whole == pytest.approx(option["change"]["net_cost_oere"]["mean"], abs=1e-6)


def test_a_dearer_town_fare_loses_fares_and_those_who_stay_pay_more_and_the_other_way_round(small: Comparison) -> None:
    options: Any = small.json["options"]
    dearer, cheaper, plus = ({p["id"]: p["oere"]["mean"] for p in options[n]["waterfall"]} for n in (1, 2, 3))
    assert dearer["fewer_trips"] > 0 > dearer["higher_fares"]
    assert cheaper["higher_fares"] > 0 > cheaper["fewer_trips"]
    assert plus["plustur"] > 0
    assert plus["higher_fares"] == 0
    assert dearer["plustur"] == cheaper["plustur"] == 0


def test_the_affected_trips_by_age_place_and_distance_are_all_of_them_before_and_after(small: Comparison) -> None:
    options: Any = small.json["options"]
    assert options[0]["affected_riders"] is None
    for option in options[1:]:
        riders = option["affected_riders"]
        for group in ("by_age", "by_place", "by_distance"):
            before, after = (sum(band[key]["mean"] for band in riders[group]) for key in ("trips", "trips_after"))
            assert before == pytest.approx(riders["trips"]["mean"], abs=1e-9)
            assert after == pytest.approx(option["affected"]["trips"]["mean"], abs=1e-9)
        older = sum(band["trips"]["mean"] for band in riders["by_age"] if band["id"] in ("70-79", "80+"))
        assert older == pytest.approx(riders["older"]["mean"], abs=1e-9)


def test_the_riders_of_a_town_fare_start_in_the_town_area(small: Comparison) -> None:
    options: Any = small.json["options"]
    places = {band["id"]: band["trips"]["mean"] for band in options[1]["affected_riders"]["by_place"]}
    assert list(places) == ["Holbæk", "other_towns", "country"]
    assert places["Holbæk"] > 0
    assert places["other_towns"] == places["country"] == 0


@pytest.mark.parametrize(
    ("metres", "band"), [(4_999, 0), (5_000, 0), (5_001, 1), (10_000, 1), (20_000, 2), (20_001, 3)]
)
def test_a_distance_band_includes_its_upper_end(metres: int, band: int) -> None:
    from sim.study.replicated.rider_bands import by_distance

    run: Any = SimpleNamespace(
        requests=SimpleNamespace(fare_distance_m=np.array([metres])), outcome=np.array([Kind.DROPPED_OFF])
    )
    counted = by_distance(run, np.array([True]))
    assert counted.tolist() == [int(n == band) for n in range(4)]
